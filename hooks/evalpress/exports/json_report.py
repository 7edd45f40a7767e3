"""6 export: a report as JSON: what was published, and what follows from it; and back.

Numbers are texts as written (`"43.20"`), so that no reader rounds them. Fields that a report does
not have are left out.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from evalpress.assess import Assessment, Catalogue
from evalpress.assess.indicator_years import outcome_told
from evalpress.assess.targets import targets
from evalpress.exports.registry import export
from evalpress.ledger.publicform import restored
from evalpress.model import Evaluated, Key, Kind, Provenance, PublicReport, State
from evalpress.model.values import LooseDate, Measure
from evalpress.pages.frame import short_name
from evalpress.pages.pieces import fund_columns
from evalpress.wording import word

FORMAT = "evalpress-report/1"


@export("json", ".json", "application/json")
def report_json(catalogue: Catalogue, assessment: Assessment) -> bytes:
    """The whole published model of a report, with names for what its ids stand for."""
    text = json.dumps(_document(catalogue, assessment), ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _document(catalogue: Catalogue, assessment: Assessment) -> dict[str, Any]:
    report, content = assessment.report, assessment.report.content
    found = {
        "format": FORMAT,
        "address": report.key.address,
        "title": report.title,
        "department": {
            "id": report.key.department,
            "name": assessment.department_name,
            "short": short_name(assessment.department, report.key.year),
        },
        "year": report.key.year,
        "slug": report.key.slug or None,
        "kind": {"id": report.kind, "name": word("kinds", report.kind)},
        "region": {"id": assessment.region.id, "name": assessment.region.name},
        "provenance": {
            "id": report.provenance,
            "name": word("provenances", report.provenance, "word"),
            "note": content.provenance_note or word("provenances", report.provenance, "note"),
        },
        "state": report.state,
        "version": content.version,
        "assessed": _assessed(assessment),
        "withheld": report.withheld or None,
        "tables": {"": _tables(catalogue, assessment, content)}
        | {p.id: _tables(catalogue, assessment, p) for p in content.projects},
        "sections": _sections(catalogue, assessment),
        "content": content.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
    }
    return {key: value for key, value in found.items() if value is not None}


def _assessed(assessment: Assessment) -> dict[str, Any]:
    """What follows from the data: `share` is the score in per cent of full marks."""
    money, rate, scheme = assessment.money, assessment.rate, assessment.scheme
    report, content = assessment.report, assessment.report.content
    found: dict[str, Any] = {
        "score": _text(assessment.score),
        "full_marks": _text(assessment.full_marks),
        "share": _text(assessment.score_percent),
        "grade": assessment.grade.id if assessment.grade else None,
        "grade_word": assessment.grade_word,
        "scheme": {"id": scheme.id, "name": scheme.name} if scheme else None,
        "execution_rate": {"percent": str(rate.percent), "computed": rate.computed}
        if rate
        else None,
        "outcomes": {i.id: told for i in content.indicators if (told := outcome_told(report, i))}
        or None,
        "targets": _targets(assessment),
        "money": {"unit": money.unit, **{str(k): str(v) for k, v in money.amounts.items()}}
        if money
        else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _targets(assessment: Assessment) -> dict[str, int] | None:
    """How many targets of the report and of the projects inside it were met, missed, not judged."""
    found = targets(assessment.report)
    return asdict(found) if found else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _sections(catalogue: Catalogue, assessment: Assessment) -> dict[str, str] | None:
    """Headings of the sections that the report has a text for, in the order of its outline."""
    report = assessment.report
    outline = catalogue.reference.outline_of(report.content, report.key, report.kind)
    body = report.content.body
    found = {s.id: s.heading or "" for s in outline.walk() if s.id in body} if outline else {}
    return found or None


def _tables(catalogue: Catalogue, assessment: Assessment, owner: Evaluated) -> dict[str, Any]:
    """Names and meaning of the rows and columns of the fund table, and its unit."""
    table = catalogue.reference.fund_table_of(owner, assessment.key)
    if table is None or owner.funds is None:
        return {}
    columns = fund_columns(table, owner.funds.rows)
    return {
        "unit": owner.funds.unit or table.unit,
        "columns": [{"id": c.id, "name": c.name, "meaning": c.role} for c in columns],
        "rows": {row.id: row.name for row in table.rows},
    }


# --- and back -----------------------------------------------------------------------------------


def read_report(content: bytes) -> PublicReport:
    """The public report that `report_json` wrote. Raises ValueError for what is none, or is of a
    format that this program does not know."""
    found = json.loads(content)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f"no {FORMAT}")
    report = restored({"content": _as_written(found["content"])})
    if report is None:
        raise ValueError(f"not what {FORMAT} holds")
    return PublicReport(
        key=Key(found["department"]["id"], found["year"], found.get("slug", "")),
        kind=Kind(found["kind"]["id"]),
        title=found["title"],
        content=report,
        provenance=Provenance(found["provenance"]["id"]),
        withheld=found.get("withheld", {}),
        state=State(found["state"]),
    )


def _as_written(node: Any) -> Any:
    """What was written, without how it was understood, which follows from it; moments as clerks
    write them."""
    if isinstance(node, list):
        return [_as_written(child) for child in node]
    if not isinstance(node, dict):
        return node
    if "written" in node and node.keys() <= _UNDERSTOOD:
        return node["written"]
    found = {key: _as_written(child) for key, child in node.items()}
    if moment := found.get("first_published"):
        found["first_published"] = f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M:%S}"
    return found


_UNDERSTOOD = {*Measure.model_fields, *LooseDate.model_fields}
