"""The text of a cell -> the text of a field, or None where it is no value of that field.

Nothing is computed: a figure keeps its digits, only what is no digit of it goes (thousands
separators, a unit that the table has anyway).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from evalpress.model.values import COMPARATORS, FLAGS
from evalpress.wording import words

BLANKS = frozenset(["", "—", "——", "-", "--", "–", "－", "―", "/", "\\", "*", "／", "一"])
_FULL_WIDTH = re.compile("[\uff01-\uff5e\uffe5]")
_FIGURE = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,10})?)", re.ASCII)
_COMPARATORS = frozenset(COMPARATORS)


def is_blank(text: str) -> bool:
    """True for an empty cell and for the signs with which people fill one."""
    return re.sub(r"\s+", "", text) in BLANKS


_LETTERS = re.compile(r"[(（]?[A-Z](?:\s*[=＝/÷×*+-]\s*(?:[A-Z]|\d{1,3}%?))*[)）]?", re.ASCII)


def numbers_columns(texts: Iterable[str]) -> bool:
    """True for a row that only counts the columns: 1, 2, 3 … or A, B, B/A, with a word before it
    or not."""
    found = [text.strip() for text in texts if text.strip()]
    if len(found) >= 3 and all(map(_LETTERS.fullmatch, found[1:])):
        return True
    counted = found[1:] if found and not found[0].isdecimal() else found
    first = int(counted[0]) if counted and counted[0].isdecimal() else -1
    return len(counted) >= 3 and first in (0, 1) and counted == [
        str(first + n) for n in range(len(counted))
    ]  # fmt: skip


def narrow(text: str) -> str:
    """A text without blanks, its full-width signs as plain ones; ³ and ③ are no digits."""
    folded = _FULL_WIDTH.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    return re.sub(r"\s+", "", folded)


def number(text: str, units: tuple[str, ...] = ()) -> str | None:
    """`1,234.50` -> `1234.50`; with one of the units behind it as well."""
    folded = narrow(text).lstrip("¥")
    for unit in units:
        folded = folded.removesuffix(unit)
    match = _FIGURE.fullmatch(folded)
    return match[1].replace(",", "") if match else None


def marks(text: str) -> str | None:
    """Full marks or a score: a number, 分 behind it or not."""
    return number(text, ("分",))


def percent(text: str) -> str | None:
    """`97.27%`; without the sign only where it cannot be a share of one."""
    folded = narrow(text)
    figure = number(folded.removesuffix("%"))
    if figure is None or (not folded.endswith("%") and 0 < abs(float(figure)) <= 2):
        return None
    return f"{figure}%" if folded.endswith("%") else figure


def percent_of_column(text: str) -> str | None:
    """The same in a column whose heading bears the sign."""
    return percent(text) or number(text)


def flag(text: str) -> str | None:
    """是 or 否."""
    return text.strip() if text.strip() in FLAGS else None


def nature(text: str) -> str | None:
    """正向 -> positive, as the wording lists them."""
    return words("import", "natures").get(re.sub(r"\s+|指标$", "", text))


def comparator(text: str) -> str | None:
    """≥ and the like, as written."""
    return text.strip() if text.strip() in _COMPARATORS else None


def words_of(text: str) -> str | None:
    """Any text, without blanks round it."""
    return text.strip() or None


def one_line(text: str) -> str | None:
    """A name, whose lines are only broken to fit the cell."""
    return "".join(line.strip() for line in text.split("\n")) or None


def short_words(text: str) -> str | None:
    """A text that can be a unit: no figure, few signs."""
    found = text.strip()
    return found if found and len(found) <= 12 and not re.search(r"\d{2}", found) else None


READERS: dict[str, Callable[[str], str | None]] = {
    "full_marks": marks, "score": marks, "completion": percent, "coefficient": percent,
    "level1": one_line, "level2": one_line, "name": one_line,
    "rate": percent, "core": flag, "nature": nature, "target/comparator": comparator,
    "unit": short_words, "target/unit": short_words, "actual/unit": short_words,
}  # fmt: skip


def reader(means: str, heading: str = "") -> Callable[[str], str | None]:
    """What reads a field's cells below a heading."""
    if means in ("completion", "coefficient", "rate") and re.search("[%％]", heading):
        return percent_of_column
    return READERS.get(means, words_of)
