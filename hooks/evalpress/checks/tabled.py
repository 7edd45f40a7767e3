"""2 check: the report's own tables, also those in Markdown -> Findings: totals, sums across a row
and rates that the other cells contradict.

A column of totals or rates is judged only where its other rows show how it is made; every doubt is
for the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, permutations

from evalpress.checks import rule
from evalpress.checks.rounding import ZERO, plain, rounded
from evalpress.checks.subject import Subject
from evalpress.findings import Finding, Level
from evalpress.model import Markdown, Table

# A number with its unit, and nothing else: “1,200.50万元” matches; “合计” does not.
_NUMBER = re.compile(r"([-−]?\d[\d,]*(?:\.\d+)?)\s*([^\d\s.,\-−—～~至]{0,6})", re.ASCII)
_NOTHING = frozenset(["", "-", "—", "——", "－", "/", "无"])
_TOTAL = re.compile(r"(?:总?合\s*计|总\s*计|共\s*计|支出合计|收入合计|合计数)[:：]?")
# Rows that are parts of a part, or sums of some: nobody knows what the total is made of.
_WITHIN = re.compile(
    r"其中|其中：|小\s*计|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、"
)
# Columns that nobody adds up: “执行率” and “单价” match; “金额” does not.
_NO_SUM = re.compile(
    r"率|比|占|均|单价|标准|满意|序号|编号|年[度份]|名次|排名|天数|时间|日期|[%％]"
)
_ROW_TOTAL = re.compile(r"(?:全年|年度)?(?:合计|总计|小计|共计)(?:[（(].*[)）])?")
_MONEY = re.compile("元|金额|资金|经费|预算|支出|收入")
_RATE = re.compile("率|占比|比例")
_SPENT = re.compile("支出|执行|支付|完成|实际|到位|办结|收回")
_PLANNED = re.compile("预算|计划|目标|安排|指标值|任务|应|受理|发放")
_MOST_COLUMNS = 8


@dataclass(frozen=True)
class _Cell:
    """A number in a table: its value, its unit, the worth of its last digit."""

    value: Decimal
    unit: str
    step: Decimal


@dataclass(frozen=True)
class _Grid:
    """A table: the place of each cell's text and the sign in it, the heads, the rows."""

    heads: list[str]
    rows: list[list[str]]
    place: str
    starts: tuple[int, ...] = ()
    """Where each row begins in the text of a Markdown block; nothing for a table of its own."""

    def at(self, row: int, column: int) -> tuple[str, int]:
        """The place of a cell."""
        if self.starts:
            return self.place, self.starts[row]
        return f"{self.place}/{row + 1}/{column + 1}", 0

    def column(self, at: int) -> list[_Cell | None] | None:
        """The numbers of a column, None for empty cells; None where a cell is something else, or
        the units differ."""
        cells = [row[at] if at < len(row) else "" for row in self.rows]
        read = [_read(cell) for cell in cells]
        known = [cell for cell in read if cell]
        if any(not r and c.strip() not in _NOTHING for r, c in zip(read, cells, strict=True)):
            return None
        return read if len(known) > 1 and len({cell.unit for cell in known}) == 1 else None


def _read(cell: str) -> _Cell | None:
    match = _NUMBER.fullmatch(cell.strip())
    if not match:
        return None
    value = Decimal(match[1].replace(",", "").replace("−", "-"))
    return _Cell(value, match[2].replace("％", "%"), Decimal(1).scaleb(int(value.as_tuple()[2])))


def _grids(subject: Subject) -> list[_Grid]:
    tables = [
        _Grid([c.name for c in t.columns], [[cell or "" for cell in r] for r in t.rows], place)
        for place, _, t in subject.of(Table)
    ]
    blocks = ((f"{place}/markdown", m.markdown) for place, _, m in subject.of(Markdown))
    return [*tables, *(grid for place, text in blocks for grid in _piped(place, text))]


def _piped(place: str, text: str) -> Iterator[_Grid]:
    """The tables of a Markdown text."""
    lines, at = [], 0
    for line in [*text.split("\n"), ""]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if "|" in line:
            lines.append((at, cells))
        elif lines:
            heads, rows = lines[0][1], lines[2:]
            yield _Grid(heads, [r for _, r in rows], place, tuple(start for start, _ in rows))
            lines = []
        at += len(line) + 1


# --- totals below and above -----------------------------------------------------------------------


@rule("table_total", level=Level.WARNING)
def table_totals(subject: Subject) -> Iterator[Finding]:
    """正文表格里的合计，应等于其他各行（各列）之和。

    依据：算术关系
    """
    for grid in subject.once(_grids):
        yield from _totals(subject, grid)
        yield from _row_totals(subject, grid)


def _totals(subject: Subject, grid: _Grid) -> Iterator[Finding]:
    """The row that gathers all others, first or last of the table."""
    names = [next((cell for cell in row[:2] if cell.strip()), "").strip() for row in grid.rows]
    totals = [at for at, name in enumerate(names) if _TOTAL.fullmatch(name)]
    if len(totals) != 1 or totals[0] not in (0, len(names) - 1) or len(names) < 3:
        return
    if any(_WITHIN.match(name) for name in names):
        return
    for at, head in enumerate(grid.heads):
        cells = grid.column(at) if at and not _NO_SUM.search(head) else None
        total = cells[totals[0]] if cells else None
        parts = [c for n, c in enumerate(cells or ()) if c and n != totals[0]]
        if total and total.unit != "%" and len(parts) > 1 and not _adds_up(total, parts, head):
            yield _told(subject, grid, (totals[0], at), total, parts, f"{names[totals[0]]}：{head}")


def _adds_up(total: _Cell, parts: Sequence[_Cell], head: str) -> bool:
    step = min(cell.step for cell in (total, *parts))
    exact = step >= 1 and not _MONEY.search(head + total.unit)
    slack = ZERO if exact else step * len(parts)
    return abs(total.value - sum(part.value for part in parts)) <= slack


def _told(
    subject: Subject, grid: _Grid, cell: tuple[int, int], total: _Cell, parts: Sequence[_Cell],
    name: str,
) -> Finding:  # fmt: skip
    place, at = grid.at(*cell)
    added = " + ".join(plain(part.value) for part in parts[:8])
    values = {"name": name, "found": plain(total.value), "parts": added}
    values["sum"] = plain(sum((part.value for part in parts), ZERO))
    return subject.find_at("table_total", place, at, **values)


def _row_totals(subject: Subject, grid: _Grid) -> Iterator[Finding]:
    """A column that gathers those before it, which at least as many rows show as contradict it."""
    for at, head in enumerate(grid.heads):
        if at < 3 or not _ROW_TOTAL.fullmatch(head.strip()):
            continue
        totals = grid.column(at)
        others = [grid.column(n) for n in range(1, at) if not _NO_SUM.search(grid.heads[n])]
        columns = [column for column in others if column]
        if not totals or len(columns) < 2 or len(columns) != len(others):
            continue
        rows = [(n, total, [c[n] for c in columns]) for n, total in enumerate(totals) if total]
        whole = [(n, total, [c for c in cells if c]) for n, total, cells in rows if all(cells)]
        wrong = [row for row in whole if not _adds_up(row[1], row[2], head)]
        for n, total, cells in wrong if 2 * len(wrong) <= len(whole) else ():
            yield _told(subject, grid, (n, at), total, cells, f"{grid.rows[n][0]}：{head}")


# --- units of columns -----------------------------------------------------------------------------

# The unit in the head of a column of money: “支出（元）” matches; “支出” does not.
_MONEY_UNIT = re.compile(r"[（(](?:单位[：:]?)?(?P<unit>元|千元|万元|百万元|亿元)[）)]\s*$")
_LIKE = Decimal(20)  # times: amounts of one row that are no further apart are in one unit


@rule("table_unit", level=Level.WARNING)
def table_units(subject: Subject) -> Iterator[Finding]:
    """正文表格里各列金额的单位一致：表头一列写元、一列写万元，两列的数却差不多大的，是写错了单位。

    依据：报告前后一致
    """
    for grid in subject.once(_grids):
        heads = [(at, m["unit"]) for at, h in enumerate(grid.heads) if (m := _MONEY_UNIT.search(h))]
        heads = [(at, unit) for at, unit in heads if not _NO_SUM.search(grid.heads[at])]
        for (one, unit), (other, its) in pairwise(heads):
            if unit != its and _are_like(grid.column(one), grid.column(other)):
                values = {"found": grid.heads[other], "other": grid.heads[one]}
                yield subject.find("table_unit", grid.place, **values)


def _are_like(one: list[_Cell | None] | None, other: list[_Cell | None] | None) -> bool:
    """True where every row has two numbers of about the same size, as no two units give."""
    pairs = [(a, b) for a, b in zip(one or (), other or (), strict=False) if a and b]
    known = [(a.value, b.value) for a, b in pairs if a.value and b.value]
    return len(known) > 1 and all(1 / _LIKE <= abs(a / b) <= _LIKE for a, b in known)


# --- rates ----------------------------------------------------------------------------------------


@rule("table_rate", level=Level.WARNING)
def table_rates(subject: Subject) -> Iterator[Finding]:
    """正文表格里的执行率、完成率，应由同一行的两个数算得。

    依据：算术关系
    """
    for grid in subject.once(_grids):
        for at, head in enumerate(grid.heads[:_MOST_COLUMNS]):
            rates = grid.column(at) if _RATE.search(head) else None
            if rates and {cell.unit for cell in rates if cell} <= {"", "%"}:
                yield from _rates(subject, grid, at, rates)


def _rates(subject: Subject, grid: _Grid, at: int, rates: list[_Cell | None]) -> Iterator[Finding]:
    """Rates that are not what the two columns give by which the other rows are made."""
    known = {n: c for n in range(1, len(grid.heads)) if n != at and (c := grid.column(n))}
    for part, whole in permutations(known, 2):
        rows = [
            (n, rate, p.value * 100 / w.value)
            for n, (rate, p, w) in enumerate(zip(rates, known[part], known[whole], strict=True))
            if rate and p and w and w.value
        ]
        wrong = [row for row in rows if not _is(row[1], row[2])]
        made = [row for row in rows if _is(row[1], row[2])]
        named = _SPENT.search(grid.heads[part]) and _PLANNED.search(grid.heads[whole])
        shown = any(row[2] not in (0, 100) for row in made)
        if not wrong or len(made) < len(wrong) or not (named or (shown and len(made) > 1)):
            continue
        for n, rate, computed in wrong:
            place, sign = grid.at(n, at)
            values = {"name": f"{grid.rows[n][0]}：{grid.heads[at]}", "found": plain(rate.value)}
            values["parts"] = f"{grid.rows[n][part]} ÷ {grid.rows[n][whole]}"
            values["expected"] = plain(rounded(computed))
            yield subject.find_at("table_rate", place, sign, **values)
        return


def _is(rate: _Cell, computed: Decimal) -> bool:
    value = rate.value if rate.unit or rate.value > 1 or computed <= 1 else rate.value * 100
    return abs(value - computed) <= max(rate.step, Decimal("0.01"))


# --- shares ---------------------------------------------------------------------------------------

# The head of a column of shares of the total: “占比（%）” matches; “占用” does not.
_PORTION = re.compile(
    r"(?:所?占)(?:比[例重]?|总[数额量])(?:[（(][%％][）)])?|比重(?:[（(][%％][）)])?"
)


@rule("table_share", level=Level.WARNING)
def table_shares(subject: Subject) -> Iterator[Finding]:
    """正文表格里各行的占比，应是这一行的数除以合计；合计行的占比是100%。

    依据：算术关系
    """
    for grid in subject.once(_grids):
        for at, head in enumerate(grid.heads[:_MOST_COLUMNS]):
            shares = grid.column(at) if _PORTION.fullmatch(head.strip()) else None
            if shares:
                yield from _shares(subject, grid, at, shares)


def _shares(
    subject: Subject, grid: _Grid, at: int, shares: list[_Cell | None]
) -> Iterator[Finding]:
    """Shares that are not of the total in the last row, where most others are."""
    if not _TOTAL.fullmatch(grid.rows[-1][0].strip()) or len(grid.rows) < 3:
        return
    amounts = [c for n in range(1, len(grid.heads)) if n != at and (c := grid.column(n))]
    for cells in amounts:
        whole = cells[-1]
        if not whole or not whole.value:
            continue
        rows = [
            (n, share, cell.value * 100 / whole.value)
            for n, (share, cell) in enumerate(zip(shares, cells, strict=True))
            if share and cell
        ]
        wrong = [row for row in rows if not _is(row[1], row[2])]
        if len(wrong) * 2 >= len(rows):
            continue
        for n, share, computed in wrong:
            place, sign = grid.at(n, at)
            values = {"name": f"{grid.rows[n][0]}：{grid.heads[at]}", "found": plain(share.value)}
            values["expected"] = plain(rounded(computed))
            yield subject.find_at("table_share", place, sign, **values)
        return
