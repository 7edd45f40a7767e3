"""Report -> PublicReport: drafts, embargo, internal and withheld fields end here.

Nothing downstream takes a Report. What is withheld takes with it what a reader could compute it
from: rates, scores and totals (DESIGN, model rule 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from evalpress.findings import Finding, find
from evalpress.load import Source
from evalpress.model import (
    Evaluated,
    FundTable,
    Heading,
    Indicator,
    ItemList,
    Kind,
    Label,
    ListItem,
    Markdown,
    Paragraph,
    Picture,
    PublicReport,
    Reference,
    Report,
    ReportContent,
    SectionText,
    Table,
    WithheldBlock,
)
from evalpress.places import Steps, places
from evalpress.wording import word

_TEXT_BLOCKS = (Paragraph, ItemList, Table, Picture, Markdown)
_KEPT = ("id", "name", "number", "level1", "level2", "nature", "unit", "heading", "label", "slug")


def disclose(
    reports: Iterable[Report], reference: Reference, as_of: datetime, preview: bool = False
) -> list[PublicReport]:
    """The public form of every report that may be seen at `as_of`; a preview also gets the others."""
    return [
        public
        for public in (publish(report, reference, as_of) for report in reports)
        if preview or not public.previewed
    ]


def publish(report: Report, reference: Reference, as_of: datetime) -> PublicReport:
    """The public form of one report, internal fields dropped and withheld places emptied."""
    file = report.content
    content = ReportContent.model_construct(
        **{name: getattr(file, name) for name in ReportContent.model_fields}
    )
    notices = _notices(report, reference)
    for place in notices:
        content = _without(content, places(content).get(place, ((), None))[0], notices[place])
    kind = file.kind or (Kind.PROJECT if report.key.slug else Kind.DEPARTMENT)
    published = file.first_published
    return PublicReport(
        key=report.key,
        kind=kind,
        title=file.title or _title(report, reference, kind),
        content=content,
        provenance=file.provenance or reference.region_of(report.key).provenance,
        withheld=notices,
        state=file.state,
        embargoed=published is not None and published > as_of,
    )


def _title(report: Report, reference: Reference, kind: Kind) -> str:
    """单位全称 + 年度 + 文种, as the field names its documents (DOMAIN §2)."""
    department = reference.departments[report.key.department].named_in(report.key.year).name
    project = (report.content.project_name or "").removesuffix("项目")
    return f"{department}{report.key.year}年度{project}{word('kinds', kind)}"


# --- withheld -----------------------------------------------------------------------------------


def _notices(report: Report, reference: Reference) -> dict[str, str]:
    """Every place to withhold, asked for or revealing what was, with the words that stand there."""
    notices: dict[str, str] = {}
    known = places(report.content)
    for request in report.content.withheld:
        basis = f"（{request.basis}）" if request.basis else ""
        notice = word("withheld", "notice").format(reason=request.reason, basis=basis)
        for place in _revealing(request.place, report, reference):
            if place in known:
                notices.setdefault(place, notice)
    return notices


def _revealing(asked: str, report: Report, reference: Reference) -> Iterator[str]:
    """The place asked for, then all from which its value could be computed back."""
    yield asked
    prefix, owner, inner = _owner(asked, report.content)
    parts = inner.split("/")
    rules = {"funds": _fund_places, "indicators": _indicator_places, "scores": _score_places}
    if parts[0] in rules:
        for place in rules[parts[0]](parts, owner, report, reference):
            yield prefix + place
    if parts[0] == "facts":
        yield from (f"{prefix}facts/{parts[1]}/value", f"{prefix}facts/{parts[1]}/parts")


def _owner(place: str, content: ReportContent) -> tuple[str, Evaluated, str]:
    """A place inside one of several projects belongs to that project, not to the report."""
    parts = place.split("/")
    if parts[0] == "projects" and len(parts) > 2:
        project = next((p for p in content.projects if p.id == parts[1]), None)
        if project:
            return f"projects/{parts[1]}/", project, "/".join(parts[2:])
    return "", content, place


def _fund_places(
    parts: list[str], owner: Evaluated, report: Report, reference: Reference
) -> Iterator[str]:
    if len(parts) < 2 or not owner.funds:
        yield "funds"
        return
    columns = parts[2:] or [key for line in owner.funds.rows for key in line.amounts]
    related = {
        "executed": ["carried_over"],
        "budget": ["carried_over"],
        "carried_over": ["executed"],
    }
    columns = [*columns, *(c for column in columns for c in related.get(column, ()))]
    for row in _rows_computed_with(parts[1], reference.fund_table_of(owner, report.key)):
        yield from (f"funds/{row}/{column}" for column in (*columns, "rate", "score"))
    scores = owner.scores.items if owner.scores else ()
    for score in scores:
        if word("withheld", "rate_word") in score.name:
            yield from (f"scores/{score.id or score.name}/score", "scores/total", "scores/review")
    for indicator in owner.indicators:
        if word("withheld", "rate_word") in f"{indicator.level1}{indicator.name}":
            yield from (f"indicators/{indicator.id}/{key}" for key in _RESULTS)


_RESULTS = ("actual", "completion", "coefficient", "score")


def _rows_computed_with(row: str, table: FundTable | None) -> list[str]:
    """The row, the totals it is part of, and the parts of a total (they would add up to it)."""
    rows = [row]
    for line in table.rows if table else ():
        if row in line.sum_of:
            rows.append(line.id)
        if line.id == row:
            rows.extend(line.sum_of)
    return rows


def _indicator_places(
    parts: list[str], owner: Evaluated, report: Report, reference: Reference
) -> Iterator[str]:
    if len(parts) < 2:
        yield "indicators"
        return
    if parts[2:3] != ["deviation"]:
        yield from (f"indicators/{parts[1]}/{key}" for key in _RESULTS)
    indicator = next((i for i in owner.indicators if i.id == parts[1]), None)
    if indicator and indicator.score is not None:
        yield from _dimension_places(indicator, owner)


def _dimension_places(indicator: Indicator, owner: Evaluated) -> Iterator[str]:
    for score in owner.scores.items if owner.scores else ():
        if score.name == indicator.level1:
            yield f"scores/{score.id or score.name}/score"
    yield from ("scores/total", "scores/review")


def _score_places(
    parts: list[str], owner: Evaluated, report: Report, reference: Reference
) -> Iterator[str]:
    yield from ("scores/total", "scores/review")
    if parts[1:2] == ["total"]:
        yield from (f"scores/{s.id or s.name}/score" for s in owner.scores.items if owner.scores)
        yield from (f"indicators/{i.id}/score" for i in owner.indicators)


def _without(node: Any, steps: Steps, notice: str) -> Any:
    """A copy of the tree in which what the steps lead to is emptied; ids and names stay."""
    if not steps:
        return _emptied(node, notice)
    step, rest = steps[0], steps[1:]
    if isinstance(node, BaseModel):
        child = getattr(node, str(step))
        return node.model_copy(update={str(step): _without(child, rest, notice)})
    if isinstance(node, dict):
        return {**node, step: _without(node[step], rest, notice)}
    index = int(step)
    return (*node[:index], _without(node[index], rest, notice), *node[index + 1 :])


def _emptied(node: Any, notice: str) -> Any:
    stand_in = WithheldBlock(withheld=notice, id=getattr(node, "id", None))
    if isinstance(node, _TEXT_BLOCKS):
        return stand_in
    if isinstance(node, SectionText | Heading | Label | ListItem):
        cleared = {"content": (stand_in,), "text": None}
        return node.model_copy(
            update={k: v for k, v in cleared.items() if k in type(node).model_fields}
        )
    if isinstance(node, BaseModel) and "written" not in type(node).model_fields:
        return node.model_copy(update=_cleared_fields(node))
    if isinstance(node, tuple):
        is_text = any(isinstance(item, (*_TEXT_BLOCKS, Label, Heading)) for item in node)
        return (stand_in,) if is_text else ()
    return {} if isinstance(node, dict) else None


def _cleared_fields(node: BaseModel) -> dict[str, Any]:
    empty: dict[type, Any] = {tuple: (), dict: {}}
    fields = (key for key in type(node).model_fields if key not in _KEPT)
    return {key: empty.get(type(getattr(node, key))) for key in fields}


# --- leaks --------------------------------------------------------------------------------------


def leaks(report: Report, public: PublicReport, source: Source) -> Iterator[Finding]:
    """A finding for every public text that still holds a value withheld elsewhere."""
    before = places(report.content)
    remaining = [(place, str(v)) for place, (_, v) in places(public.content).items() if _is_leaf(v)]
    remaining.append(("title", public.title))
    for asked in report.content.withheld:
        for secret in _secrets(before.get(asked.place, ((), None))[1]):
            for place, text in remaining:
                if secret.search(text):
                    where = source.place(("withheld",))
                    yield find("withheld_leak", where, found=asked.place, place=place)


def _is_leaf(value: Any) -> bool:
    written = isinstance(value, BaseModel) and "written" in type(value).model_fields
    return isinstance(value, str | Decimal) or written


def _secrets(value: Any) -> Iterator[re.Pattern[str]]:
    """Patterns for the values that lie in a withheld place; one or two digits say too little."""
    leaves = [value] if _is_leaf(value) else [
        leaf for name, (_, leaf) in places(value).items()
        if _is_leaf(leaf) and name.split("/")[-1] not in _KEPT
    ] if isinstance(value, BaseModel) else []  # fmt: skip
    for leaf in leaves:
        text = str(leaf).strip()
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            short = text.rstrip("0").rstrip(".") if "." in text else text
            if len(short.replace(".", "").strip("-")) >= 3:
                yield re.compile(rf"(?<![\d.]){re.escape(short)}0*(?![\d]|\.\d)")
        elif len(text) >= 4:
            yield re.compile(re.escape(text))
