"""1 read: comments that stand where a value was meant, or cut a text off -> findings.

YAML ends a text at ` #` and takes a value that begins with `#` for a comment. A comment is meant
where a line begins with `#`, and behind a value where two spaces stand before the `#` and one
behind it, as in the files that `evalpress new` writes; anything else may be a text that was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalpress.findings import Finding, Place, find
from evalpress.load.traces import EXCEL_ERROR, EXCEL_NARROW

_MARK = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_MEANT = re.compile(r"\s\s#(?:\s|$)")
_EXCEL = re.compile(rf"{EXCEL_ERROR}|#{{2,}}(?=\s*(?:[,}}\]]|$))|{EXCEL_NARROW}")
# What a value may follow: a colon, a dash, a comma, a bracket.
_OPENS = re.compile(r"(?:^|[\s\[{,])-$|[:\[{,]$")
_HEADER = re.compile(r"(?:^|\s)[|>][-+0-9]*$|^---$")
Spans = Sequence[tuple[int, int]]


def may_eat(text: str) -> bool:
    """False where no line has a comment behind something."""
    return " #" in text or "\t#" in text


def eaten(name: str, text: str, spans: Spans) -> Iterator[Finding]:
    """Findings for the comments of a file whose texts stand in these spans, in order."""
    at, lines = 0, text.split("\n")
    number, start, behind = 0, 0, 0
    for mark in _MARK.finditer(text):
        place = mark.start()
        while at < len(spans) and spans[at][1] <= place:
            at += 1
        if place < behind or (at < len(spans) and spans[at][0] <= place):
            continue
        while start + len(lines[number]) < place:
            start += len(lines[number]) + 1
            number += 1
        behind = start + len(lines[number])
        if finding := _eaten(name, lines, number, place - start):
            yield finding


def _eaten(name: str, lines: Sequence[str], number: int, column: int) -> Finding | None:
    """The finding for one comment; None for one that is meant as such."""
    line = lines[number]
    rest = line[column:].strip()
    rule = rule_of(line, column)
    is_text = rest[1:2].strip()
    if (
        not rule
        or rest == "#"
        or (not is_text and rule == "value_is_comment" and _goes_on_below(lines, number))
    ):
        return None
    found = excel.group() if (excel := _EXCEL.match(rest)) else rest
    return find(rule, Place(name, number + 1, column + 1), found=found[:40])


def rule_of(line: str, column: int) -> str:
    """The rule for a comment that begins at this column; nothing where a comment is meant."""
    before, rest = line[:column].rstrip(), line[column:]
    if not before or _HEADER.search(before):
        return ""
    if _EXCEL.match(rest):
        return "excel_error"
    if _MEANT.match(line, max(column - 2, 0)):
        return ""
    return "value_is_comment" if _OPENS.search(before) else "text_cut"


def _goes_on_below(lines: Sequence[str], number: int) -> bool:
    """True where fields or items stand below the line, so that the value is not the comment."""
    own = _indent(lines[number])
    for line in lines[number + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            return _indent(line) > own or (_indent(line) == own and line.lstrip().startswith("- "))
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
