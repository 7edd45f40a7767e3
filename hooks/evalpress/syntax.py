"""1 read: what a YAML parser complains about -> a finding in a clerk's words.

The parser names tokens and often points at the line after the mistake; a clerk wants the line that
is wrong and what to write there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from evalpress.findings import Finding, Place, find

# What YAML refuses without saying where, or takes for a line end that no editor shows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
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
    ("unexpected end of stream", "open_quote", True),
    ("parsing a flow", "open_bracket", True),
    ("expected '-' indicator", "bad_indent", False),
    ("block sequence entries", "dash_after_colon", False),
)


def unseen_character(name: str, text: str) -> Finding | None:
    """A finding for the first character of the text that nobody can see and YAML cannot bear."""
    match = _UNSEEN.search(text)
    if not match:
        return None
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    return find("control_character", Place(name, line, column), found=f"U+{ord(match[0]):04X}")


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
    found = problem if rule == "not_yaml" else _shown(line.strip())
    return find(rule, Place(name, mark.line + 1, mark.column + 1), found=found)


def _rule_of_line(problem: str, line: str, column: int) -> str:
    """The rule for a problem whose cause the line itself must tell."""
    if problem == _MISSING_COLON:
        return _rule_without_colon(line)
    if _NO_START in problem:
        return "tab_in_yaml" if line[column : column + 1] == "\t" else "reserved_start"
    if "mapping values" in problem:
        return "colon_in_text" if re.search(r":\s", line[:column]) else "bad_indent"
    if problem == "did not find expected key":
        return "text_after_quote" if line[:column].rstrip()[-1:] in tuple("]}\"'") else "bad_indent"
    return "not_yaml"


def _rule_without_colon(line: str) -> str:
    if re.match(r"\s*(- )?[\w-]+\s*：", line):
        return "wide_colon"
    return "colon_without_space" if re.match(r"\s*(- )?[\w-]+:\S", line) else "not_a_field"


def _shown(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"
