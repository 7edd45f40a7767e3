"""5 print: signs that no font has -> where in the data they stand, for whoever wrote them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from evalpress.wording import word

DataFile = tuple[str, str]  # how people call a file, and where it lies


def explain_gaps(signs: Iterable[str], sources: Iterable[DataFile]) -> str:
    """One line per sign: the sign, its code and every line of the files that holds it. Raises
    OSError for a file that cannot be read."""
    read = [(shown, Path(path).read_text(encoding="utf-8")) for shown, path in sources]
    return "\n".join(_explain(sign, list(_places(sign, read))) for sign in signs)


def _explain(sign: str, places: list[str]) -> str:
    name = f"“{sign}”（U+{ord(sign):04X}{_name(sign)}）"
    told = word("print", "signs").format(name)
    return f"{'、'.join(places)}：{told}" if places else told


def _name(sign: str) -> str:
    """A name for what can't be seen."""
    known = unicodedata.name(sign, "") if not sign.isprintable() else ""
    return f" {known}" if known else ""


def _places(sign: str, read: Iterable[tuple[str, str]]) -> Iterator[str]:
    for shown, text in read:
        for number, line in enumerate(text.splitlines(), 1):
            if sign in line:
                yield f"{shown}:{number}:{line.index(sign) + 1}"
