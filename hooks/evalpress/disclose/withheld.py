"""Withheld places: which others would reveal them, and a copy of a report without them.

What is withheld takes with it what a reader could compute it from: rates, scores, totals and
balances (DESIGN, model rule 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evalpress.model import (
    Evaluated,
    FundColumnRole,
    FundLine,
    FundTable,
    Heading,
    Indicator,
    ItemList,
    Label,
    ListItem,
    Markdown,
    Paragraph,
    Picture,
    Project,
    Reference,
    Report,
    ReportContent,
    Scheme,
    Score,
    SectionText,
    Table,
    WithheldBlock,
)
from evalpress.model.places import Steps, is_lasting, walk
from evalpress.model.values import Written
from evalpress.wording import word

TEXT_BLOCKS = (Paragraph, ItemList, Table, Picture, Markdown)
KEPT = ("id", "name", "number", "level1", "level2", "nature", "unit", "heading", "label")
# What tells the program how to read and print a report; without it nothing else could be shown.
_STRUCTURE = {
    "id", "kind", "version", "provenance", "first_published", "corrections", "outline", "scheme",
    "indicator_table", "table", "columns", "numbering", "show", "former_slugs",
    "withdrawal", "former_files",
}  # fmt: skip


# --- places that can be withheld ----------------------------------------------------------------


def withholdable(content: ReportContent) -> set[str]:
    """Every place that can be withheld: public, lasting, and no part of the report's structure."""
    return {
        place
        for place, steps, _ in walk(content)
        if steps[0] in ReportContent.model_fields
        and is_lasting(place)
        and steps[-1] not in _STRUCTURE
        and "columns" not in steps
        and _can_be_empty(content, steps)
    }


def _can_be_empty(content: ReportContent, steps: Steps) -> bool:
    owner = _at(content, steps[:-1])
    if not isinstance(owner, BaseModel) or isinstance(owner, TEXT_BLOCKS):
        return True
    return _nullable(type(owner).model_fields[str(steps[-1])])


def _nullable(field: FieldInfo) -> bool:
    kind = field.annotation
    holds_many = get_origin(kind) in (tuple, dict)
    model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return holds_many or model or type(None) in get_args(kind)


def _at(node: Any, steps: Steps) -> Any:
    for step in steps:
        node = getattr(node, str(step)) if isinstance(node, BaseModel) else node[step]
    return node


# --- places that reveal others ------------------------------------------------------------------


def revealing(asked: str, report: Report, reference: Reference) -> Iterator[str]:
    """The place asked for, then all from which its value could be computed back."""
    yield asked
    content: ReportContent = report.content
    project, inner = _split(asked, content)
    owner = project or content
    closure = _Closure(owner, reference, report)
    prefix = f"projects/{project.id}/" if project else ""
    for place in closure.places(inner):
        yield prefix + place
    columns = closure.summed_columns(inner)
    if project and content.funds:
        yield from _Closure(content, reference, report).amounts(columns)
    elif columns and not project:
        for part in content.projects:
            for place in _Closure(part, reference, report).amounts(columns):
                yield f"projects/{part.id}/{place}"


def revealing_last_year(
    hidden: str, earlier: Report, report: Report, reference: Reference
) -> Iterator[str]:
    """The places of a report that repeat a withheld amount of the year before: its 上年数."""
    project, inner = _split(hidden, earlier.content)
    parts = inner.split("/")
    if parts[0] != "funds" or len(parts) != 3:
        return
    before = _Closure(project or earlier.content, reference, earlier)
    prefix = f"projects/{project.id}/" if project else ""
    owner = _split(f"{prefix}funds", report.content)[0] if project else report.content
    if owner is None or before.role(parts[2]) not in {*_BEFORE, _Role.EXECUTED}:
        return
    for column in _Closure(owner, reference, report).columns_of(_Role.LAST_YEAR):
        yield from revealing(f"{prefix}funds/{parts[1]}/{column}", report, reference)


def revealing_counterparts(
    hidden: str, report: Report, other: Report, reference: Reference
) -> Iterator[str]:
    """The places of another report that say the same of a project as a withheld place: the
    project's own file and the list of projects in its department's report, either way round."""
    project, inner = _split(hidden, report.content)
    for own, prefix in _counterparts(project, report, other):
        before = _Closure(project or report.content, reference, report)
        parts = inner.split("/")
        if parts[0] != "funds" or len(parts) != 3 or parts[2] in FundLine.model_fields:
            yield from revealing(f"{prefix}{inner}".rstrip("/"), other, reference)
            continue
        after, role = _Closure(own, reference, other), before.role(parts[2])
        same = [parts[2]] if role is _Role.OTHER else after.columns_of(role)
        for column in dict.fromkeys([parts[2], *same]):
            yield from revealing(f"{prefix}funds/{parts[1]}/{column}", other, reference)


def _counterparts(
    project: Project | None, report: Report, other: Report
) -> Iterator[tuple[Evaluated, str]]:
    """Who in the other report is the project that a place belongs to, with its places' prefix."""
    if project and other.key.slug and is_same_project(project, other):
        yield other.content, ""
    if not project and report.key.slug and not other.key.slug:
        for part in other.content.projects:
            if is_same_project(part, report):
                yield part, f"projects/{part.id}/"


def is_same_project(project: Project, report: Report) -> bool:
    """Tell whether a project in a department's list is the one of a report: by id, code or name."""
    content = report.content
    return bool(
        project.id == report.key.slug
        or (project.code and project.code == content.project_code)
        or project.name == content.project_name
    )


def _split(place: str, content: ReportContent) -> tuple[Project | None, str]:
    """The project inside the report that a place belongs to, and the place inside that project."""
    parts = place.split("/")
    if parts[0] != "projects" or len(parts) < 2:
        return None, place
    project = next((p for p in content.projects if p.id == parts[1]), None)
    return project, "/".join(parts[2:])


_RESULTS = ("actual", "completion", "coefficient", "score")
_FIGURES = (*_RESULTS, "target", "adjusted_target", "period_target", "full_marks")
_Role = FundColumnRole
_BEFORE = (_Role.INITIAL, _Role.ADJUSTED, _Role.BUDGET, _Role.APPROPRIATED, _Role.RECEIVED)
_RATED = (*_BEFORE, _Role.EXECUTED, _Role.CARRIED_OVER, _Role.RATE, _Role.SCORE)


class _Closure:
    """What in one report or project reveals a place of it."""

    def __init__(self, owner: Evaluated, reference: Reference, report: Report) -> None:
        self.owner = owner
        self.scheme: Scheme | None = reference.scheme_of(owner, report.key)
        self.table: FundTable | None = reference.fund_table_of(owner, report.key)
        self.lines = [line.id for line in owner.funds.rows] if owner.funds else []
        self.items = owner.scores.items if owner.scores else ()

    def places(self, inner: str) -> Iterator[str]:
        """The places that reveal the one at `inner`."""
        parts = inner.split("/")
        if parts[0] == "funds":
            yield from self._of_funds(parts)
        elif parts[0] == "indicators" and len(parts) > 1:
            yield from self._of_indicator(parts)
        elif parts[0] == "scores":
            yield from self._of_scores(inner)
        elif parts[0] == "facts" and len(parts) > 1 and parts[2:3] not in (["unit"], ["period"]):
            yield from (f"facts/{parts[1]}/{key}" for key in ("value", "written", "parts"))

    # funds

    def _of_funds(self, parts: list[str]) -> Iterator[str]:
        rows, roles = self._rows(parts), self._roles(parts)
        columns = self._columns(parts, roles)
        yield from (f"funds/{row}/{column}" for row in rows for column in columns)
        if rows and roles & set(_RATED):
            yield from self._of_rate()

    def _rows(self, parts: list[str]) -> list[str]:
        """The rows asked for, all totals above them, and all parts below them."""
        if len(parts) < 2:
            return self.lines
        if parts[1] not in self.lines or parts[2:3] in (["note"], ["full_marks"]):
            return []
        return [parts[1], *self._above(parts[1], set()), *self._below(parts[1], set())]

    def _above(self, row: str, seen: set[str]) -> Iterator[str]:
        for line in self.table.rows if self.table else ():
            if row in line.sum_of and line.id not in seen:
                seen.add(line.id)
                yield line.id
                yield from self._above(line.id, seen)

    def _below(self, row: str, seen: set[str]) -> Iterator[str]:
        for line in self.table.rows if self.table else ():
            for part in line.sum_of if line.id == row else ():
                if part not in seen:
                    seen.add(part)
                    yield part
                    yield from self._below(part, seen)

    def columns_of(self, role: FundColumnRole) -> list[str]:
        """The columns in use that mean this."""
        return [column for column in self._used() if self.role(column) is role]

    def role(self, column: str) -> FundColumnRole:
        known = {c.id: c.role for c in self.table.columns} if self.table else {}
        general = column in FundColumnRole.__members__.values()
        return known.get(column) or (FundColumnRole(column) if general else FundColumnRole.OTHER)

    def _used(self) -> list[str]:
        lines = self.owner.funds.rows if self.owner.funds else ()
        return list(dict.fromkeys(column for line in lines for column in line.amounts))

    def _roles(self, parts: list[str]) -> set[FundColumnRole]:
        return {self.role(column) for column in parts[2:3] or [*self._used(), "rate"]}

    def _columns(self, parts: list[str], roles: set[FundColumnRole]) -> list[str]:
        """The columns asked for, and those that follow from them with the others."""
        wanted: set[FundColumnRole] = set()
        if roles & {*_BEFORE, _Role.EXECUTED}:
            wanted.add(_Role.CARRIED_OVER)
        if roles & {_Role.RATE, _Role.SCORE, _Role.CARRIED_OVER}:
            wanted |= {_Role.EXECUTED, _Role.CARRIED_OVER}
        rated = ("rate", "score") if roles & set(_RATED) else ()
        wanted |= {_Role.RATE, _Role.SCORE} if rated else set()
        asked = parts[2:3] or self._used()
        return [*asked, *(c for c in self._used() if self.role(c) in wanted), *rated]

    def _of_rate(self) -> Iterator[str]:
        """Scores and indicators that say how much of the budget was executed."""
        for item in self.items:
            if _is_rate(item.name):
                yield from (f"scores/{_key(item)}/score", "scores/total", "scores/review")
        for indicator in self.owner.indicators:
            if _is_rate(indicator.level1, indicator.level2, indicator.name):
                yield from self._results(indicator)

    def summed_columns(self, inner: str) -> list[str]:
        """The columns of the total that a place takes with it; reports add up their projects."""
        parts = inner.split("/")
        if inner == "":
            return self._used()
        if parts[0] != "funds" or not self.lines:
            return []
        total = "total" if "total" in self.lines else self.lines[0]
        return self._columns(parts, self._roles(parts)) if total in self._rows(parts) else []

    def amounts(self, columns: Iterable[str]) -> Iterator[str]:
        """These columns in all rows."""
        yield from (f"funds/{row}/{column}" for column in columns for row in self.lines)

    # indicators and scores

    def _of_indicator(self, parts: list[str]) -> Iterator[str]:
        indicator = next((i for i in self.owner.indicators if i.id == parts[1]), None)
        if indicator and (len(parts) == 2 or parts[2] in _FIGURES):
            yield from self._results(indicator)
            if _is_rate(indicator.level1, indicator.level2, indicator.name):
                for line in self.lines:
                    yield from self._of_funds(["funds", line, "rate"])

    def _results(self, indicator: Indicator) -> Iterator[str]:
        yield from (f"indicators/{indicator.id}/{key}" for key in _RESULTS)
        if indicator.score is not None:
            yield from (f"scores/{_key(item)}/score" for item in self._dimensions_of(indicator))
            yield from ("scores/total", "scores/review")

    def _dimensions_of(self, indicator: Indicator) -> list[Score]:
        """The scores that the indicator may count for; all where its dimension is not known."""
        own = [item for item in self.items if self._same(item.name, indicator.level1)]
        return own or list(self.items)

    def _same(self, name: str, other: str | None) -> bool:
        find = self.scheme.dimension if self.scheme else lambda text: None
        return name == other or (find(name) is not None and find(name) == find(other or ""))

    def _of_scores(self, inner: str) -> Iterator[str]:
        if inner in ("scores", "scores/total", "scores/grade"):
            yield from ("scores/total", "scores/review", "scores/grade")
            yield from (f"scores/{_key(item)}/score" for item in self.items)
            yield from (f"indicators/{i.id}/score" for i in self.owner.indicators)
            yield from (f"funds/{line}/score" for line in self.lines)
            return
        for item in self.items:
            if f"{inner}/".startswith(f"scores/{_key(item)}/"):
                yield from (f"scores/{_key(item)}/score", "scores/total", "scores/review")
                for indicator in self.owner.indicators:
                    if self._same(item.name, indicator.level1):
                        yield f"indicators/{indicator.id}/score"
                if _is_rate(item.name):
                    yield from (f"funds/{line}/{key}" for line in self.lines for key in _RATE)


_RATE = ("rate", "score")


def _key(item: Score) -> str:
    return item.id or item.name


def _is_rate(*names: str | None) -> bool:
    return any(word("withheld", "rate_word") in (name or "") for name in names)


# --- the copy without them ----------------------------------------------------------------------


def without(content: ReportContent, place: str, notice: str) -> ReportContent:
    """A copy of a report in which what stands at the place is emptied; ids and names stay."""
    found = [steps for name, steps, _ in walk(content) if name == place]
    outermost = [s for s in found if not any(s != o and s[: len(o)] == o for o in found)]
    for steps in outermost:
        content = _without(content, steps, notice)
    return content


def _without(node: Any, steps: Steps, notice: str) -> Any:
    if not steps or (len(steps) == 1 and isinstance(node, TEXT_BLOCKS)):
        return _emptied(node, notice)
    step, rest = steps[0], steps[1:]
    if isinstance(node, BaseModel):
        child = getattr(node, str(step))
        return node.model_copy(update={str(step): _without(child, rest, notice)})
    if isinstance(node, dict):
        return {**node, step: _without(node[step], rest, notice)}
    index = int(step)
    changed = _without(node[index], rest, notice)
    return (*node[:index], *([] if changed is None else [changed]), *node[index + 1 :])


def _emptied(node: Any, notice: str) -> Any:
    stand_in = WithheldBlock(withheld=notice, id=getattr(node, "id", None))
    if isinstance(node, TEXT_BLOCKS):
        return stand_in
    if isinstance(node, SectionText | Heading | Label | ListItem):
        cleared = {"content": (stand_in,), "text": None}
        return node.model_copy(
            update={k: v for k, v in cleared.items() if k in type(node).model_fields}
        )
    if isinstance(node, BaseModel) and not isinstance(node, Written):
        return _cleared(node)
    if isinstance(node, tuple):
        is_text = any(isinstance(item, (*TEXT_BLOCKS, Label, Heading)) for item in node)
        return (stand_in,) if is_text else ()
    return {} if isinstance(node, dict) else None


def _cleared(node: BaseModel) -> BaseModel | None:
    """The model with ids and names only; None where nothing of it may stay."""
    fields = type(node).model_fields
    kept = KEPT if "id" in fields else ()
    gone = [key for key in fields if key not in kept]
    if isinstance(node, Project):
        gone.append("unit")
    if any(fields[key].is_required() and not _nullable(fields[key]) for key in gone):
        return None
    return node.model_copy(update={key: _blank(fields[key]) for key in gone})


def _blank(field: FieldInfo) -> Any:
    if get_origin(field.annotation) in (tuple, dict):
        return get_origin(field.annotation)()  # type: ignore[misc]
    return None if field.is_required() else field.default
