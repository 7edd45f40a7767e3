"""Texts of a report <-> values of cells with their number formats, so that a figure comes back as
it was written: 43.20 stays 43.20, 97.5% a percentage, a text that looks like a figure a text."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from evalpress.files.excel_values import plain, shown
from evalpress.importing.modeltree import ValueKind
from evalpress.model.values import NUMBER
from evalpress.wording import word

TEXT_FORMAT = "@"
_FORMATS = {
    ValueKind.NUMBER: "General", ValueKind.PERCENT: "0.00%", ValueKind.COUNT: "0",
    ValueKind.DAY: "yyyy-mm-dd", ValueKind.MOMENT: "yyyy-mm-dd hh:mm",
}  # fmt: skip
FIGURES = (ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.COUNT)
# With these people fill a cell that has no figure.
_BLANKS = frozenset(["—", "——", "-", "--", "–", "－", "/", "／", "*"])
MOST_SIGNS = 32_767  # UTF-16 units of one cell
# Excel reads _x000D_ as a character, LibreOffice _xD_ too; what looks like it is written with an
# escaped underline.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{1,8}_)")
_PERCENT = re.compile(r"100(?:\.0*)?%")  # of 1; a mere sign behind a figure (0"%") shows 1%
_DECIMALS = re.compile(r"\.(\d+)", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def format_of(kind: ValueKind) -> str:
    """The number format of an empty cell for values of this kind."""
    return _FORMATS.get(kind, TEXT_FORMAT)


def cell_of(text: str, kind: ValueKind) -> tuple[Any, str]:
    """The value and the number format of a cell that reads back as the text."""
    for value, number_format in _figures(text, kind):
        if text_of(value, number_format, kind) == text:
            return value, number_format
    return _ESCAPED.sub("_x005F_", text), TEXT_FORMAT


def is_too_long(text: str) -> bool:
    """True for a text that no cell can hold."""
    return len(text) > MOST_SIGNS // 2 and len(text.encode("utf-16-le")) // 2 > MOST_SIGNS


def _figures(text: str, kind: ValueKind) -> list[tuple[Any, str]]:
    """How Excel could hold the text as a figure."""
    bare = text.removesuffix("%")
    places = len(bare.partition(".")[2])
    form = "0." + "0" * places if places else "0"
    if kind is ValueKind.PERCENT and text.endswith("%") and NUMBER.fullmatch(bare):
        return [(float(Decimal(bare) / 100), f"{form}%")]
    if kind in (ValueKind.NUMBER, ValueKind.COUNT) and NUMBER.fullmatch(text):
        value = float(text) if places else int(text)
        return [(value, _FORMATS[kind]), (value, form)]
    if kind in (ValueKind.DAY, ValueKind.MOMENT):
        return [(moment, _FORMATS[kind])] if (moment := _moment(text)) else []
    return []


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year > 1900 and found.tzinfo is None else None


def text_of(value: Any, number_format: str, kind: ValueKind) -> str:
    """What a cell says, for a field of this kind: a figure with all its places, everything else as
    Excel shows it. Nothing for an empty cell."""
    if isinstance(value, bool):
        return word("flags", "yes" if value else "no")
    if isinstance(value, int | float) and kind in (*FIGURES, ValueKind.MOMENT):
        return _figure(value, number_format)
    if isinstance(value, datetime) and kind in (ValueKind.DAY, ValueKind.MOMENT):
        clock = f"{value:%H:%M:%S}".removesuffix(":00")
        has_clock = kind is ValueKind.MOMENT or clock != "00:00"
        return f"{value:%Y-%m-%d} {clock}" if has_clock else f"{value:%Y-%m-%d}"
    is_whole = isinstance(value, int | float) and value == value // 1
    if is_whole and number_format in ("General", ""):
        return plain(value)  # a long code; Excel shows 1.10101E+11
    text = value if isinstance(value, str) else shown(value, number_format)
    if kind in FIGURES and text.strip() in _BLANKS:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unescaped(text: str) -> str:
    """A text as Excel means it: `_x000D_` stands for a character. LibreOffice writes none of it."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def _figure(value: int | float, number_format: str) -> str:
    """A figure with all its places, and with those that its format shows."""
    is_percent = _PERCENT.fullmatch(shown(1, number_format)) is not None
    figure = plain(Decimal(plain(value)) * 100 if is_percent else value)
    decimals = _DECIMALS.search(shown(value, number_format))
    places = len(decimals[1]) if decimals else 0
    missing = places - len(figure.partition(".")[2]) if number_format != "General" else 0
    point = "" if "." in figure or missing <= 0 else "."
    return f"{figure}{point}{'0' * missing}{'%' if is_percent else ''}"
