"""1 read: lines that YAML cannot read -> the lines as they were probably meant.

One mistake must not hide the others of its file: its line is mended, or left out with what stands
below it, and the file is read again. What is mended is only looked at, never published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from evalpress.findings import Finding

MAX_MENDED = 1_000_000  # characters of a file that is mended at all
MAX_MENDS = 60
MAX_READ = 4_000_000  # characters of one file, all its readings together
_KEY = r"[A-Za-z][\w-]*"
_LEAD = re.compile(rf"\s*(?:- +)*(?:{_KEY}:\s+)?")
_IN_FLOW = re.compile(r"[{\[,]\s*(?:[\w-]+:\s+)?")
# Rules that may only be the echo of a mistake on a line above.
ECHOES = frozenset(
    {"bad_indent", "colon_in_text", "not_a_field", "dash_after_colon", "dash_lacks", "not_yaml"}
)
# Mistakes that put the lines below in another place than was meant.
_ECHOING = frozenset({
    "bad_indent", "colon_without_space", "dash_without_space", "excel_error", "key_refused",
    "not_a_field", "open_bracket", "open_quote", "tab_in_yaml", "text_after_quote", "text_cut",
    "value_is_comment", "wide_colon", "wide_indent", "wide_space",
})  # fmt: skip
_MISSING = frozenset({
    "missing_field", "problem_without_text", "empty_indicator", "empty_text", "ragged_row",
})  # fmt: skip


class Mender:
    """The lines of a file on their way to a text that can be read."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._first = tuple(self.lines)
        self._left = MAX_READ
        self._tries: Counter[int] = Counter()
        self._before: dict[int, list[str]] = {}
        self._told: dict[int, list[int]] = {}
        self._echoing: set[int] = set()
        self._left_out: set[int] = set()

    @property
    def text(self) -> str:
        """The file as it is now."""
        return "\n".join(self.lines)

    @property
    def is_spent(self) -> bool:
        """True where so much was mended already that the rest is left for another run."""
        return self._left < 0 or self._tries.total() >= MAX_MENDS

    def mend(self, finding: Finding) -> bool:
        """Change the line of a finding; False where nothing is left to try."""
        number, column = finding.where.line - 1, max(finding.where.column - 1, 0)
        self._left -= sum(map(len, self.lines)) + len(self.lines)
        if self.is_spent or not 0 <= number < len(self.lines):
            return False
        tries = self._tries[number]
        self._tries[number] += 1
        self._told.setdefault(number, []).append(column)
        if finding.rule in _ECHOING:
            self._echoing.add(number)
        return self._try(finding.rule, number, column, tries)

    def is_echo(self, finding: Finding) -> bool:
        """True for a mistake in YAML that may only follow from one told before, on the same line or
        on the one above it."""
        number = finding.where.line - 1
        if number in self._told or number in self._left_out:
            return True
        if finding.rule == "colon_in_text" or finding.rule not in ECHOES:
            return False
        above = next((n for n in range(number - 1, -1, -1) if _says(self._first[n])), -1)
        return above in self._echoing or above in self._left_out

    def hides(self, finding: Finding) -> bool:
        """True for a finding that only follows from what was mended or left out."""
        number, column = finding.where.line - 1, max(finding.where.column - 1, 0)
        line = self.lines[number] if 0 <= number < len(self.lines) else ""
        for told in self._told.get(number, ()):
            if "," not in line[min(told, column) : max(told, column)]:
                return True
        return finding.rule in _MISSING and self._lacks_at(number)

    def _lacks_at(self, number: int) -> bool:
        """True where something is left out of the part of the file that a line belongs to."""
        begin = next((n for n in range(number, -1, -1) if _begins_part(self.lines[n])), 0)
        numbers = range(number + 1, len(self.lines))
        end = next((n for n in numbers if _begins_part(self.lines[n])), len(self.lines))
        whole = number <= 0 or _indent(self.lines[number]) == 0
        return any(whole or begin <= n < end for n in self._left_out)

    def _try(self, rule: str, number: int, column: int, tries: int) -> bool:
        if rule == "second_document":
            self._leave_out(number, len(self.lines))
            return True
        if rule in ("wide_indent", "tab_in_yaml") and not tries and self._level(number):
            return True
        mend = _MENDS.get(rule)
        if mend and not tries and (line := mend(self.lines[number], column)) != self.lines[number]:
            self.lines[number] = line
            return True
        if rule == "bad_indent" and tries < 2 and self._reindent(number, tries):
            return True
        if tries < 4 and self.lines[number].strip():
            self._leave_out(number)
            return True
        return False

    def _level(self, number: int) -> bool:
        """Give a line that tabs or wide spaces indent the nearest indentation of its neighbours."""
        line = self.lines[number]
        text = line.lstrip()
        lead = line[: len(line) - len(text)]
        if lead.isascii() and "\t" not in lead:
            return False
        wide = sum(1 if sign == " " else 2 for sign in lead)
        above = next((n for n in range(number - 1, -1, -1) if _says(self.lines[n])), None)
        below = next((n for n in range(number + 1, len(self.lines)) if _says(self.lines[n])), None)
        levels = [] if above is None else [_indent(self.lines[above])]
        if above is not None and self.lines[above].rstrip().endswith(":"):
            levels = [levels[0] + 2]
        if below is not None and self.lines[below][0] not in "\t\u3000\u00a0":
            levels.append(_indent(self.lines[below]))
        level = min(levels or [wide], key=lambda found: abs(found - wide))
        self.lines[number] = " " * level + text
        return True

    def _reindent(self, number: int, tries: int) -> bool:
        """Move an entry, with what is below it, to the nearest indentation in use above it."""
        kept = self._before.setdefault(number, self.lines[number : self._end(number)])
        self.lines[number : number + len(kept)] = kept
        own = _indent(kept[0])
        above = {_indent(line) for line in self.lines[:number] if line.strip()} - {own}
        levels = sorted(above, key=lambda level: (abs(level - own), -level))
        if tries >= len(levels):
            return False
        lead = " " * levels[tries]
        moved = [lead + line[own:] if line.strip() else line for line in kept]
        self.lines[number : number + len(kept)] = moved
        return True

    def _leave_out(self, number: int, end: int = 0) -> None:
        end = end or self._end(number)
        self._left_out.update(range(number, end))
        self.lines[number:end] = [""] * (end - number)

    def _end(self, number: int) -> int:
        """The line behind an entry and all that is below it."""
        own, is_key = _indent(self.lines[number]), self.lines[number].rstrip().endswith(":")
        for at in range(number + 1, len(self.lines)):
            line = self.lines[at]
            listed = is_key and _indent(line) == own and line.lstrip().startswith("- ")
            if line.strip() and _indent(line) <= own and not listed:
                return at
        return len(self.lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _begins_part(line: str) -> bool:
    return bool(line) and line[0] not in " -#\t"


# --- how a line of each rule was meant ----------------------------------------------------------


def _value_start(line: str, column: int) -> tuple[int, bool]:
    """Where the value at a column begins, and whether it stands in brackets."""
    begins = [m.end() for m in _IN_FLOW.finditer(line) if m.end() <= column]
    opened = sum(line[:column].count(sign) for sign in "[{")
    closed = sum(line[:column].count(sign) for sign in "]}")
    if begins and opened > closed:
        return begins[-1], True
    lead = _LEAD.match(line)
    return (min(lead.end(), column) if lead else column), False


def _quoted(line: str, column: int) -> str:
    """The value in quotes, to its end."""
    start, in_flow = _value_start(line, column)
    rest = line[start:]
    match = re.search(r"[,}\]]", rest) if in_flow else None
    end = match.start() if match else len(rest)
    value = rest[:end].strip().strip("\"'")
    return f"{line[:start]}'{value.replace(chr(39), chr(39) * 2)}'{rest[end:]}"


def _comment_as_value(line: str, column: int) -> str:
    """`# 说明` is a comment with too few spaces before it, `#1号楼` a text."""
    if line[column + 1 : column + 2].strip():
        return _quoted(line, column)
    return f"{line[:column]} {line[column:]}"


def _half_colon(line: str, column: int) -> str:
    at = line.find("：", column)
    return f"{line[:at].rstrip()}: {line[at + 1 :].lstrip()}" if at >= 0 else line


def _spaced_colon(line: str, column: int) -> str:
    at = line.find(":", column)
    return f"{line[: at + 1]} {line[at + 1 :].lstrip()}" if at >= 0 else line


def _half_dash(line: str, column: int) -> str:
    return f"{line[:column]}- {line[column + 1 :].lstrip()}"


def _closed(line: str, column: int) -> str:
    """Every bracket of the line closed at its end."""
    opened: list[str] = []
    for sign in line[column:]:
        if sign in "[{":
            opened.append("]" if sign == "[" else "}")
        elif opened and sign == opened[-1]:
            opened.pop()
    return line.rstrip().rstrip(",，") + "".join(reversed(opened))


_LINES: dict[str, Callable[[str, int], str]] = {
    "wide_colon": _half_colon,
    "colon_without_space": _spaced_colon,
    "wide_space": _spaced_colon,
    "tab_in_yaml": lambda line, column: line.replace("\t", " "),
    "dash_without_space": _half_dash,
    "wide_comma": lambda line, column: f"{line[:column]}, {line[column + 1 :]}",
    "empty_between_commas": lambda line, column: f'{line[:column]}""{line[column:]}',
    "blank_cell": lambda line, column: line[:column].rstrip(),
    "not_a_field": lambda line, column: "",
    "dash_lacks": lambda line, column: "",
    "open_bracket": _closed,
    "value_is_comment": _comment_as_value,
    "text_cut": _comment_as_value,
}
_QUOTES = dict.fromkeys(
    (
        "reserved_start", "alias_refused", "tag_refused", "colon_in_text", "text_after_quote",
        "bad_escape", "open_quote", "dash_after_colon", "excel_error", "curly_quotes",
    ),
    _quoted,
)  # fmt: skip
_MENDS = {**_LINES, **_QUOTES}
