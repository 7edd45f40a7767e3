"""6 export: a report's indicators and funds as CSV, one row a value set, for Excel and programs.

Every file of a kind has the same columns, so that files of many reports can be put below each
other; the first ones say whose and of which year a row is, and whether it is real.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from evalpress.assess import Assessment, Catalogue
from evalpress.exports.registry import columns, export, heads
from evalpress.model import (
    Evaluated,
    FundColumn,
    FundColumnRole,
    FundLine,
    Indicator,
    Kind,
    Nature,
)
from evalpress.model.values import Measure
from evalpress.pages.pieces import fund_columns
from evalpress.wording import word

Row = list[str]
_CSV = "text/csv"
# What a spreadsheet would run; a number with its sign is none.
_FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?", re.ASCII)


@export("indicator", "-indicators.csv", _CSV)
def indicators_csv(catalogue: Catalogue, assessment: Assessment) -> bytes | None:
    """One row per indicator of the report and of the projects inside it."""
    rows = [
        [*_origin(assessment), *project, *_indicator_cells(assessment, prefix, indicator)]
        for owner, prefix, project in _owners(assessment)
        for indicator in owner.indicators
    ]
    return as_csv([*heads("origin"), *heads("indicator")], rows) if rows else None


@export("fund", "-funds.csv", _CSV)
def funds_csv(catalogue: Catalogue, assessment: Assessment) -> bytes | None:
    """One row per amount, rate or score of a fund table: row, column, meaning, value, unit."""
    rows = [
        [*_origin(assessment), *project, *cells]
        for owner, prefix, project in _owners(assessment)
        for cells in _fund_cells(catalogue, assessment, owner, prefix)
    ]
    return as_csv([*heads("origin"), *heads("fund")], rows) if rows else None


def as_csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table as CSV after RFC 4180, in UTF-8 with a mark, as Excel wants it for Chinese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text, with an apostrophe before one that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _origin(assessment: Assessment) -> Row:
    report = assessment.report
    return [
        word("provenances", report.provenance, "word"), assessment.region.name,
        assessment.department_name, report.key.department, str(report.key.year),
        word("kinds", report.kind), report.title, report.key.address,
    ]  # fmt: skip


def _owners(assessment: Assessment) -> Iterator[tuple[Evaluated, str, Row]]:
    """The report and the projects inside it, with their places' beginning and project cells."""
    content = assessment.report.content
    is_project = assessment.report.kind is Kind.PROJECT
    own = content.project_name or (assessment.report.title if is_project else "")
    yield content, "", [assessment.key.slug, own]
    for project in content.projects:
        yield project, f"projects/{project.id}/", [project.id, project.name]


def _indicator_cells(assessment: Assessment, prefix: str, indicator: Indicator) -> Row:
    place = f"{prefix}indicators/{indicator.id}"
    return [_indicator_cell(assessment, place, indicator, n) for n in columns("indicator")]


def _indicator_cell(assessment: Assessment, place: str, indicator: Indicator, name: str) -> str:
    """A field as written; `target-value` is the number in it, `extra` all columns of its own."""
    field, _, part = name.partition("-")
    value = getattr(indicator, field)
    if value is None and not part:
        return assessment.report.withheld.get(f"{place}/{field}", "")
    if part:
        found = getattr(value, part) if isinstance(value, Measure) else None
        return "" if found is None else _written(found)
    if isinstance(value, Nature):
        return word("natures", value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{text}" for key, text in value.items() if text)
    return _written(value)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return word("flags", "yes" if value else "no")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _fund_cells(
    catalogue: Catalogue, assessment: Assessment, owner: Evaluated, prefix: str
) -> Iterator[Row]:
    funds, table = owner.funds, catalogue.reference.fund_table_of(owner, assessment.key)
    if funds is None or table is None:
        return
    names = {row.id: row.name for row in table.rows}
    for line in funds.rows:
        for column in fund_columns(table, funds.rows):
            value = _fund_value(assessment, f"{prefix}funds/{line.id}", line, column)
            if value:
                yield [
                    line.id, line.name or names.get(line.id, line.id), column.id, column.name,
                    str(column.role), value, _fund_unit(column, funds.unit or table.unit),
                    line.note or "",
                ]  # fmt: skip


_OF_LINE = {FundColumnRole.RATE: "rate", FundColumnRole.FULL_MARKS: "full_marks",
            FundColumnRole.SCORE: "score"}  # fmt: skip


def _fund_value(assessment: Assessment, place: str, line: FundLine, column: FundColumn) -> str:
    own = _OF_LINE.get(column.role)
    value = getattr(line, own) if own else line.amounts.get(column.id)
    if value is None:
        return assessment.report.withheld.get(f"{place}/{own or column.id}", "")
    return _written(value)


def _fund_unit(column: FundColumn, unit: str) -> str:
    if column.role is FundColumnRole.RATE:
        return "%"
    own = column.role in (FundColumnRole.FULL_MARKS, FundColumnRole.SCORE)
    return word("page", "points") if own else unit
