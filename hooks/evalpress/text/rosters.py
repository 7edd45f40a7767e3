"""Rows of cells -> names of persons below a head such as 姓名. A pure function of the rows.

A list of names has no label beside each name; only the head of its column tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evalpress.text.privacy import Hit, PrivateKind, is_phone, name_mask, person_name

_HEAD = re.compile(
    r"(?:[\u3400-\u9fff]{0,8})?(?:姓名|名字)(?:[（(][^（()）]{0,10}[)）])?"
    r"|(?:项目|财务|业务|填报|经办|现场|单位|法定)?(?:联系|联络|负责|填报|填表|经办|审核|复核|制表|代表|申请|受益|收款|领款)人员?"
    r"|户主|法人"
)


@dataclass(frozen=True)
class Listed:
    """A name in a column of names: the number of its row, and of its cell in the row, from 0."""

    row: int
    cell: int
    hit: Hit


def names_in_columns(rows: Iterable[Sequence[str]]) -> Iterator[Listed]:
    """The names below a head, down to the next row that has heads of its own."""
    columns: set[int] = set()
    for number, cells in enumerate(rows):
        heads = {at for at, cell in enumerate(cells) if _is_head(cell)}
        if heads and len(cells) > 1:
            columns = heads
            continue
        for at in columns:
            name = person_name(cells[at]) if at < len(cells) else ""
            if name:
                phone = any(map(is_phone, cells))
                kind = PrivateKind.NAME_WITH_PHONE if phone else PrivateKind.NAME
                yield Listed(number, at, Hit(0, len(name), kind, name, name_mask(name), phone))


def _is_head(cell: str) -> bool:
    return len(cell) < 30 and bool(_HEAD.fullmatch(re.sub(r"\s", "", cell)))


def cells_of(line: str, part: str) -> list[str]:
    """The cells of a line of a file: between tabs; in plain text files also between commas; on a
    page between spaces, of which it has no more than one can see."""
    if "\t" in line:
        return line.split("\t")
    if part == "line" and re.search("[,，;；]", line):
        return re.split("[,，;；]", line)
    return line.split() if part in ("page", "line") else [line]
