"""1 read: what other programs leave in a text -> findings, and the text as it was meant.

Signs without a form, look-alikes of Chinese characters, tabs between the cells of a pasted row,
Excel's error words and escapes. A file without any of them costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalpress.findings import Finding, Level, Place, find
from evalpress.text.lookalikes import RANGES, lookalikes, unified

_HIDDEN_SIGNS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufff9-\ufffb"
# Words that Excel and WPS show in the place of a value, and a column that is too narrow.
EXCEL_ERROR = (
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|GETTING_DATA)"
)
EXCEL_NARROW = r"#{4,}"
# Each begins with one set of signs, or with a sign of its own, which is quick to search for.
_ANY = (
    re.compile(f"[{_HIDDEN_SIGNS}{RANGES}\t]"),
    re.compile("_x[0-9A-Fa-f]{4}_"),
    re.compile(rf"#(?:{EXCEL_ERROR[1:]}|{EXCEL_NARROW.replace('4', '3')})"),
    re.compile(r"\\[uU]"),
)
_HIDDEN = re.compile(f"[{_HIDDEN_SIGNS}]")
_SOFT = re.compile(f"[{_HIDDEN_SIGNS}{RANGES}]")
# In the order in which they are told; the group is what is shown.
_TRACES = (
    ("tab_in_text", re.compile(r"(?<=\S)([^\S\n\t]*\t\s*)(?=\S)")),
    ("excel_escape", re.compile(r"(_x[0-9A-Fa-f]{4}_)")),
    ("excel_error", re.compile(rf"({EXCEL_ERROR})")),
    ("excel_error", re.compile(rf"^\s*['\"]?({EXCEL_NARROW})['\"]?\s*$")),
)
MAX_UNSEEN = 20
MAX_SIGNS = 10  # look-alikes that one finding names


def has_traces(text: str) -> bool:
    """False for nearly every file: then no text of it needs a second look."""
    return any(pattern.search(text) for pattern in _ANY)


def hidden_characters(name: str, text: str) -> list[Finding]:
    """Findings for characters without a form, which are left out of what is read."""
    found = coded_places(name, text, _HIDDEN)
    return [find("hidden_character", place, Level.WARNING, found=code) for place, code in found]


def hidden_in(name: str, written: str, line: int, column: int) -> Iterator[Finding]:
    """The same for a text in which an escape stands for such a sign: it is named once."""
    for sign in dict.fromkeys(_HIDDEN.findall(written)):
        place = Place(name, line, column)
        yield find("hidden_character", place, Level.WARNING, found=f"U+{ord(sign):04X}")


def as_meant(text: str) -> str:
    """The text without characters that have no form, and with the signs that look-alikes mean."""
    return unified(_HIDDEN.sub("", text)) if _SOFT.search(text) else text


def traces(name: str, written: str, line: int, column: int) -> Iterator[Finding]:
    """What is in a text that begins at this line and column, one finding of a kind for a line."""
    for number, part in enumerate(written.split("\n")):
        start = 1 if number else column
        if signs := lookalikes(part):
            at = Place(name, line + number, start + min(map(part.index, signs)))
            yield find("look_alike", at, **_named(signs))
        for rule, pattern in _TRACES:
            if match := pattern.search(part):
                at = Place(name, line + number, start + match.start(1))
                yield find(rule, at, found=match[1].strip() or _around(part, match))


def _named(signs: dict[str, str]) -> dict[str, Any]:
    shown = list(signs.items())[:MAX_SIGNS]
    more = "…" if len(signs) > MAX_SIGNS else ""
    codes = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign, _ in shown)
    return {"found": codes + more, "meant": "、".join(f"{a}→{b}" for a, b in shown) + more}


def _around(part: str, match: re.Match[str]) -> str:
    around = part[max(match.start() - 12, 0) : match.end() + 20]
    return re.sub(r"[^\S\t]*\t+", "→", around).strip()


def coded_places(name: str, text: str, wanted: re.Pattern[str]) -> Iterator[tuple[Place, str]]:
    """The first places where a sign is found, each with the sign's code."""
    for number, match in enumerate(wanted.finditer(text)):
        if number == MAX_UNSEEN:
            return
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        yield Place(name, line, column), f"U+{ord(match[0]):04X}"
