"""The rows of a file and the records of its form -> the rows in their order, each with the id that
it had; what was added, deleted, renamed or sorted is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evalpress.findings import Level
from evalpress.importing.workbook.formrows import Row
from evalpress.importing.workbook.formsheets import BODY, GRIDS, TABLES, Table
from evalpress.importing.workbook.hiddensheet import Records, Remembered
from evalpress.importing.workbook.opened import Found, Opened, out_of_order
from evalpress.wording import word

Known = Mapping[tuple[str, str], str]  # ids by a row's kind and name


@dataclass
class _Matched:
    """The rows of one table, each with what it was."""

    table: Table
    found: list[Found]
    before: dict[int, Remembered]
    was: dict[int, int] = field(default_factory=dict)  # positions of `found` -> numbers of `before`

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """The numbers of what bears a name."""
        named: dict[str, list[int]] = {}
        for number, before in self.before.items():
            named.setdefault(before.identity, []).append(number)
        return named


def recognise(opened: Opened, records: Records, known: Known) -> dict[str, list[Row]]:
    """The rows by table, in the order of their numbers. What changed is added to what is told;
    `known` are ids that new rows of that name have."""
    return {
        name: _table(opened, _Matched(table, opened.rows[name], records.rows.get(name, {})), known)
        for name, table in TABLES.items()
    }


def _table(opened: Opened, matched: _Matched, known: Known) -> list[Row]:
    _match(matched)
    _restore(matched)
    _forget_blank(matched)
    title = word("workbook", "titles", matched.table.name)
    if out_of_order(matched.found):
        first = matched.found[0].where
        opened.tell(first, "form_rows_sorted", Level.HINT, found=title)
    _tell_deleted(opened, matched, title)
    _name(opened, matched, known)
    return [matched.found[position].row for position in _order(matched.found)]


def _match(matched: _Matched) -> None:
    """Which row was which: by its number where the name is the same, then by its name, then by its
    number alone."""
    taken: set[int] = set()
    for rule in (_same, _named, _numbered):
        for position, entry in enumerate(matched.found):
            number = rule(matched, entry)
            if number and position not in matched.was and number not in taken:
                matched.was[position] = number
                taken.add(number)


def _same(matched: _Matched, entry: Found) -> int | None:
    number = _numbered(matched, entry)
    return number if number and matched.before[number].identity == entry.row.identity else None


def _named(matched: _Matched, entry: Found) -> int | None:
    numbers = matched.by_name.get(entry.row.identity, [])
    return numbers[0] if len(numbers) == 1 and entry.row.identity else None


def _numbered(matched: _Matched, entry: Found) -> int | None:
    before = matched.before.get(entry.number or 0)
    return entry.number if before and before.kind == entry.row.kind.name else None


def _restore(matched: _Matched) -> None:
    """Give every row back what no column shows."""
    for position, number in matched.was.items():
        row, before = matched.found[position].row, matched.before[number]
        row.id, row.is_held = before.id, before.is_held
        row.shown = {key: text for key, text in before.shown.items() if row.values.get(key) == text}
        row.empty, row.offered = before.empty, before.offered


def _forget_blank(matched: _Matched) -> None:
    """Drop rows that nobody has filled in, and those that somebody has emptied."""
    kept: dict[int, int | None] = {}
    for position, entry in enumerate(matched.found):
        before = matched.before.get(matched.was.get(position, 0))
        stays = before is not None and before.is_held and before.is_blank
        if matched.table in (BODY, GRIDS) and before is not None and before.is_held:
            stays = stays or entry.row.kind.name in ("section", "head", "row")
        if not entry.row.is_blank or stays:
            kept[position] = matched.was.get(position)
    matched.found = [matched.found[position] for position in kept]
    numbers = enumerate(kept.values())
    matched.was = {position: number for position, number in numbers if number is not None}


def _order(found: list[Found]) -> list[int]:
    """Positions by number; a row without one follows the row above it."""
    keys: list[tuple[int, int, int]] = []
    above = 0
    for position, entry in enumerate(found):
        if entry.number is not None:
            above = entry.number
        keys.append((above, entry.number is None, position))
    return [position for *_, position in sorted(keys)]


def _tell_deleted(opened: Opened, matched: _Matched, title: str) -> None:
    there = set(matched.was.values())
    where = matched.found[0].where if matched.found else opened.titles.get("guide", title)
    for number, before in matched.before.items():
        if before.is_held and not before.is_blank and number not in there:
            name = before.identity.rpartition("|")[2] or title
            opened.tell(
                where, "form_row_deleted", Level.HINT, found=name, table=title, number=number
            )


def _name(opened: Opened, matched: _Matched, known: Known) -> None:
    """Tell what is new or has another name; give ids to what needs one."""
    there = {entry.row.id for entry in matched.found}
    taken = there | {before.id for before in matched.before.values()}
    for position, entry in enumerate(matched.found):
        row = entry.row
        name = row.name or row.kind.name
        if position in matched.was:
            before = matched.before[matched.was[position]]
            old = before.identity.rpartition("|")[2]
            if row.id and old and old != row.name:
                opened.tell(
                    entry.where, "form_row_renamed", Level.HINT, found=name, old=old, id=row.id
                )
        elif row.kind.needs_id:
            likely = known.get((row.kind.name, row.name), "")
            row.id = likely if likely and likely not in there else _new_id(row, taken)
            there.add(row.id)
            taken.add(row.id)
            opened.tell(entry.where, "form_row_added", Level.HINT, found=name, id=row.id)
        elif matched.before:
            opened.tell(entry.where, "form_text_added", Level.HINT, found=name)


def _new_id(row: Row, taken: set[str]) -> str:
    stem = row.kind.name.replace("_", "-")
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
    return f"{stem}-{number}"
