"""1 read: careless YAML -> findings in a clerk's words.

The parser names tokens and often points at the line after the mistake, and much of what goes wrong
is good YAML that means something else; a clerk wants the line that is wrong and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from io import StringIO

import yaml

from evalpress.findings import Finding, Place, find
from evalpress.load.comments import rule_of
from evalpress.load.mending import ECHOES
from evalpress.load.traces import coded_places

# What YAML refuses without saying where, or takes for a line end that no editor shows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_WIDE_SPACE = "\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f"
_MISSING_COLON = "could not find expected ':'"
_NO_START = "cannot start any token"

# Part of the parser's problem or context -> rule, and whether the context's mark is the better one.
_KNOWN: Sequence[tuple[str, str, bool]] = (
    ("scanning an alias", "alias_refused", True),
    ("scanning an anchor", "alias_refused", True),
    ("scanning a tag", "tag_refused", True),
    ("tab character", "tab_in_yaml", False),
    ("scanning a block scalar", "reserved_start", True),
    ("expected node content", "reserved_start", False),
    ("unknown escape character", "bad_escape", False),
    ("invalid Unicode character escape", "bad_escape", True),
    ("expected hexdecimal number", "bad_escape", True),
    ("unexpected document indicator", "open_quote", True),
    ("mapping keys are not allowed", "key_refused", False),
    ("undefined tag handle", "tag_refused", False),
    ("scanning a directive", "reserved_start", True),
    ("unexpected end of stream", "open_quote", True),
    ("parsing a flow", "open_bracket", True),
    ("expected '-' indicator", "bad_indent", False),
    ("block sequence entries", "dash_after_colon", False),
    ("expected <document start>", "second_document", False),
)
_KEY = r"[A-Za-z][\w-]*"
# What can be wrong with a line by itself; the group is where.
_DASH = r"-(?=[^\s\d.\-])|-(?=[\u3000\u00a0])|[－–—•·](?![－–—\d])"
_FAULTS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("wide_indent", re.compile(rf" *([{_WIDE_SPACE}])\s*(?:{_KEY}\s*[:：]|[-－]\s)")),
    ("dash_without_space", re.compile(rf"\s*({_DASH})")),
    ("wide_colon", re.compile(rf"\s*(?:- +)*({_KEY})\s*：")),
    ("wide_space", re.compile(rf"\s*(?:- +)*({_KEY}):[{_WIDE_SPACE}]")),
    ("colon_without_space", re.compile(rf"\s*(?:- +)*({_KEY}):(?!//)\S")),
)  # fmt: skip
_NEW_ENTRY = re.compile(rf"\s*(?:- |(?:- +)*{_KEY}:(?:\s|$))")
_WIDE_COMMA = re.compile(rf"(，)\s*(?:{_KEY}:\s|$)")
_QUOTED = re.compile(rf"\s*(?:- +)*(?:{_KEY}:\s+)?([\"'])")
_BLANK_CELL = re.compile(rf"\s*(?:- +)*{_KEY}:\s+([-－—]+)\s*(?:#.*)?$")
_COMPLETE = re.compile(rf"\s*(?:- +)*{_KEY}:\s+[^\s#|>]")
_ITEM_DASH = re.compile(r"-(?=[^\s\d.\-\[]|[\u3000\u00a0])|－(?![－\d.])")
# A bracket or quotes that a line began with and closed: “- [检查]” matches; “甲]” does not.
_CLOSED = re.compile(
    rf"^\s*(?:- +)*(?:{_KEY}:\s+)?(?:\[[^\]]*\]|\{{[^}}]*\}}|\"[^\"]*\"|'[^']*')\s*$"
)
_STUCK_KEY = re.compile(r"([a-z][a-z_]*)(?:\s*(：)|:(?=[^\s/]))[ ]*(.*)", re.DOTALL)


def unseen_characters(name: str, text: str) -> list[Finding]:
    """Findings for the first characters that nobody can see and YAML cannot bear."""
    found = coded_places(name, text, _UNSEEN)
    return [find("control_character", place, found=code) for place, code in found]


_END = re.compile(r"^\.\.\.[ \t]*(?:#.*)?$", re.MULTILINE)


def cut_off(name: str, text: str) -> list[Finding]:
    """A finding for a file that opens with `---` and does not close with `...`: its end is gone,
    and what is left may well be whole YAML."""
    said = _lines_said(text)
    if next(said, "").partition("#")[0].rstrip() != "---" or next(said, None) is None:
        return []
    ends = [match.end() for match in _END.finditer(text)]
    if ends and next(_lines_said(text[ends[-1] :]), None) is None:
        return []
    return [find("cut_off", Place(name, text.rstrip().count("\n") + 1))]


def _lines_said(text: str) -> Iterator[str]:
    """The lines that are neither empty nor a comment."""
    return (line for line in StringIO(text) if line.strip() and not line.lstrip().startswith("#"))


# --- what the parser refuses --------------------------------------------------------------------


def syntax_finding(name: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Finding:
    """The finding for a parser's error in the file `name` with these lines."""
    problem, context = str(error.problem or ""), str(error.context or "")
    here, begin = error.problem_mark, error.context_mark
    rule, from_context = next(
        (known[1:] for known in _KNOWN if known[0] in problem or known[0] in context), ("", False)
    )
    mark = begin if begin and (from_context or problem == _MISSING_COLON) else here
    if mark is None:
        return find("not_yaml", Place(name), found=problem)
    line = lines[mark.line] if mark.line < len(lines) else ""
    rule = rule or _rule_of_line(problem, line, mark.column)
    if rule == "bad_indent" and _CLOSED.search(line[: mark.column]) and line[mark.column :].strip():
        rule = "text_after_quote"
    if rule == "reserved_start" and _is_empty_between_commas(line, mark.column):
        rule = "empty_between_commas"
    elif rule == "reserved_start" and not line[mark.column :].strip():
        return _open_at_end(name, lines)
    last = here.line if here else mark.line
    cause = _cause(rule, lines, mark.line, last)
    if cause:
        rule, number, column = cause
        return find(
            rule, Place(name, number + 1, column + 1), found=_found(rule, lines[number], column)
        )
    return find(
        rule, Place(name, mark.line + 1, mark.column + 1), found=_found(rule, line, mark.column)
    )


# Rules whose sentence is about what begins at the place, not about the line.
_FROM_PLACE = frozenset({
    "alias_refused", "blank_cell", "excel_error", "reserved_start", "tag_refused", "text_cut",
    "value_is_comment",
})  # fmt: skip


def _found(rule: str, line: str, column: int) -> str:
    if rule not in _FROM_PLACE:
        return _shown(line.strip())
    before, rest = line[:column], line[column:]
    in_flow = sum(map(before.count, "[{")) > sum(map(before.count, "]}"))
    end = re.search(r"[,}\]]", rest) if in_flow else None
    return _shown(rest[: end.start() if end else None].strip() or rest)


def _cause(rule: str, lines: Sequence[str], first: int, last: int) -> tuple[str, int, int] | None:
    """The mistake behind an error on the lines from `first`: its rule, line and column."""
    if first and (cut := _cut_bracket(lines[first - 1])) and cut[0] != "wide_comma":
        return cut[0], first - 1, cut[1]
    if rule == "open_bracket":
        for number in range(first, min(last + 1, len(lines))):
            if cause := _cut_bracket(lines[number]):
                return cause[0], number, cause[1]
    if rule == "text_after_quote" and (start := _open_quote(lines, first)):
        return "open_quote", *start
    if rule == "dash_after_colon" and (match := _BLANK_CELL.match(lines[first])):
        return "blank_cell", first, match.start(1)
    if rule in ECHOES:
        for number in _lines_above(lines, first):
            fault = _fault(lines[number])
            if fault:
                return fault[0], number, fault[1]
    fault = _fault(lines[first]) if rule in ECHOES and first < len(lines) else None
    if fault:
        return fault[0], first, fault[1]
    above = _dedented(lines, first) if rule == "bad_indent" else None
    return None if above is None else ("bad_indent", above, _indent(lines[above]))


def _cut_bracket(line: str) -> tuple[str, int] | None:
    """What parts a bracket from its end: a full-width comma, or a comment."""
    if match := _WIDE_COMMA.search(line):
        return "wide_comma", match.start(1)
    for mark in re.finditer(r"(?<=\s)#", line):
        before = line[: mark.start()]
        opened = sum(map(before.count, "[{")) > sum(map(before.count, "]}"))
        if opened and (rule := rule_of(line, mark.start())):
            return rule, mark.start()
    return None


def _open_quote(lines: Sequence[str], last: int) -> tuple[int, int] | None:
    """The text above whose quote was closed by the one that opens the text of line `last`."""
    closing = _QUOTED.match(lines[last])
    for number in range(last - 1, -1, -1) if closing else ():
        match = _QUOTED.match(lines[number])
        if match and closing and match[1] == closing[1] and lines[number].count(match[1]) % 2:
            return number, match.start(1)
    return None


def _dedented(lines: Sequence[str], number: int) -> int | None:
    """The line above, where only that one stands further left than its neighbours."""
    above = [n for n in range(number - 1, -1, -1) if lines[n].strip()][:2]
    if len(above) < 2:
        return None
    here, (one, two) = _indent(lines[number]), above
    wanted = _indent(lines[one]) < here and _COMPLETE.match(lines[one])
    return one if wanted and _indent(lines[two]) >= here else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines_above(lines: Sequence[str], start: int) -> Iterator[int]:
    """The lines above up to the one that begins the text or field which the error ends."""
    for number in range(min(start, len(lines)) - 1, -1, -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        yield number
        if _NEW_ENTRY.match(line):
            return


def _fault(line: str) -> tuple[str, int] | None:
    """What is wrong with a line by itself, and at which column."""
    for rule, pattern in _FAULTS:
        match = pattern.match(line)
        if match:
            return rule, match.start(1)
    return None


def _open_at_end(name: str, lines: Sequence[str]) -> Finding:
    """The finding for a file that ends inside brackets."""
    backwards = range(len(lines) - 1, -1, -1)
    number = next((n for n in backwards if "[" in lines[n] or "{" in lines[n]), 0)
    line = lines[number] if lines else ""
    if cut := _cut_bracket(line):
        found = _found(cut[0], line, cut[1])
        return find(cut[0], Place(name, number + 1, cut[1] + 1), found=found)
    column = max(line.rfind("["), line.rfind("{")) + 1
    return find("open_bracket", Place(name, number + 1, column), found=_shown(line.strip()))


def _is_empty_between_commas(line: str, column: int) -> bool:
    return line[column : column + 1] == "," and line[:column].rstrip()[-1:] in ("[", "{", ",")


def _rule_of_line(problem: str, line: str, column: int) -> str:
    """The rule for a problem whose cause the line itself must tell."""
    if problem == _MISSING_COLON:
        if re.match(r"\s*\{.*\}\s*$", line):
            return "dash_lacks"
        return "wide_colon" if re.match(r"\s*(- )?[\w-]+\s*：", line) else "not_a_field"
    if _NO_START in problem:
        return "tab_in_yaml" if line[column : column + 1] == "\t" else "reserved_start"
    if "mapping values" in problem:
        return "colon_in_text" if re.search(r":\s", line[:column]) else "bad_indent"
    if problem == "did not find expected key":
        return "text_after_quote" if line[:column].rstrip()[-1:] in tuple("]}\"'") else "bad_indent"
    return "not_yaml"


def _shown(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"


# --- what the parser lets pass ------------------------------------------------------------------


def stuck_key(written: str, fields: Collection[str]) -> tuple[str, str, str] | None:
    """A field's name with its value stuck to it, as `name：甲` or `name:甲`: rule, name, value."""
    match = _STUCK_KEY.fullmatch(written)
    if not match or match[1] not in fields:
        return None
    wide_space = not match[2] and match[3][:1] in ("\u3000", "\u00a0")
    rule = "wide_colon" if match[2] else "wide_space" if wide_space else "colon_without_space"
    return rule, match[1], match[3].strip()


def stuck_lines(
    written: str, starts_line: bool, fields: Collection[str]
) -> Iterator[tuple[str, int, int, str]]:
    """Lines of a text without quotes that were meant as a field or a list item of their own: rule,
    number of the line within the text, its indentation, the line."""
    for number, line in enumerate(written.split("\n") if "\n" in written else (written,)):
        text = line.strip(" ")
        indent = len(line) - len(line.lstrip(" "))
        stuck = stuck_key(text, fields) if text[:1].isascii() else None
        if stuck:
            yield stuck[0], number, indent, _shown(text)
        elif (number or starts_line) and _ITEM_DASH.match(text):
            yield "dash_without_space", number, indent, _shown(text)


def starts_with_wide_space(text: str) -> bool:
    """True where a space that YAML does not take for one comes first."""
    return not text[:1].isascii() and bool(re.match(f"[{_WIDE_SPACE}]", text))


_CURLY = {"“": "”", "‘": "’", "＂": "＂", "＇": "＇"}
_NEEDS_QUOTES = re.compile(
    r"[-+]?[\d.,]+[%％]?|\d{4}[-/.年]\d.*|true|false|yes|no|draft|published|archived|[@`%&*!|>#\[{,].*"
    r"|.*(?::\s| #).*"
)
SHORT = 12  # signs of what may be a name in quotes: “一件事”


def curly_quotes(written: str) -> str:
    """A text that stands as a whole in Chinese quotes where YAML's were meant; or nothing.

    Who means the Chinese ones puts YAML's around them; a name in quotes, “一件事”, passes.
    """
    text = written.strip()
    inside = text[1:-1]
    end = _CURLY.get(text[:1])
    if not end or len(text) < 2 or text[-1] != end or end in inside or text[0] in inside:
        return ""
    meant = text[0] in "＂＇" or len(inside) > SHORT or not inside
    return _shown(text) if meant or _NEEDS_QUOTES.fullmatch(inside) else ""
