"""Which cells of a form are sums of others: a cell is one only where the sum is what the report
says, or where the report has nothing there yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evalpress.importing.modeltree import tree_of
from evalpress.importing.workbook.formrows import Row
from evalpress.importing.workbook.formsheets import FUND_ROWS, INDICATORS, SCORE_ITEMS, SCORE_TOTALS
from evalpress.importing.workbook.spreading import Spread, project_words
from evalpress.model import FundTable, Reference, Report

Cell = Callable[[Row, str], str | None]  # where a row's column stands: `指标!H12`, absolute


@dataclass(frozen=True)
class Sum:
    """A cell that is a formula: the row and column, the formula, and its value as a text."""

    row: Row
    column: str
    formula: str
    value: str


def sums(
    found: Spread, report: Report, reference: Reference, cell: Cell, is_new: bool
) -> Iterator[Sum]:
    """Every cell of the form that may be a formula."""
    words = project_words(tree_of(report.content))
    owners = [("", report.content), *zip(words, report.content.projects, strict=True)]
    for owner, content in owners:
        table = reference.fund_table_of(content, report.key)
        rows = [row for row in found.rows[FUND_ROWS.name] if row.owner == owner]
        made = [*_fund_sums(rows, table, cell), *_score_sums(found, owner, cell)]
        yield from (entry for entry in made if _fits(entry, is_new))


def _fits(entry: Sum, is_new: bool) -> bool:
    """True where the formula says what the report says, or the cell waits to be filled in."""
    said = entry.row.values.get(entry.column, "")
    return said == entry.value if said else is_new


def _fund_sums(rows: list[Row], table: FundTable | None, cell: Cell) -> Iterator[Sum]:
    """The rows of a fund table that add up others."""
    by_id = {row.id: row for row in rows}
    if table is None:
        return
    for line in table.rows:
        parts = [by_id[id_] for id_ in line.sum_of if id_ in by_id]
        if line.id in by_id and len(parts) == len(line.sum_of) > 0:
            for column in {f"amounts.{c.id}": None for c in table.columns}:
                yield from _sum(by_id[line.id], column, parts, column, cell)


def _score_sums(found: Spread, owner: str, cell: Cell) -> Iterator[Sum]:
    """The score of a dimension from its indicators, the total from the dimensions."""
    items = [row for row in found.rows[SCORE_ITEMS.name] if row.owner == owner]
    indicators = [row for row in found.rows[INDICATORS.name] if row.owner == owner]
    for item in items:
        parts = [r for r in indicators if r.values.get("level1") == item.values.get("name")]
        yield from _sum(item, "score", parts, "score", cell)
    for row in found.rows[SCORE_TOTALS.name]:
        if row.owner == owner:
            yield from _sum(row, "total", items, "score", cell)


def _sum(row: Row, column: str, parts: list[Row], of: str, cell: Cell) -> Iterator[Sum]:
    places = [place for part in parts if (place := cell(part, of))]
    if not places or cell(row, column) is None:
        return
    listed = ",".join(places)
    formula = f'=IF(COUNT({listed})=0,"",SUM({listed}))'
    if len(formula) < 8000 and len(places) <= 250:
        yield Sum(row, column, formula, total([part.values.get(of, "") for part in parts]))


def total(texts: list[str]) -> str:
    """The sum of figures as a text; nothing where one of them is none, or there are none."""
    try:
        figures = [Decimal(text) for text in texts if text]
    except ArithmeticError:
        return ""
    return f"{sum(figures, Decimal(0)):f}" if figures else ""
