"""A tree of texts -> YAML for a person to fill in: one value a line, comments behind or above."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

Tree = dict[str, Any]
# What stands before and behind a report: a file that was cut off has no end.
OPENED, CLOSED = ("---",), ("", "...")


@dataclass(frozen=True)
class Marked:
    """A value with a comment behind it; None and [] wait for the clerk."""

    value: Any
    hint: str


@dataclass(frozen=True)
class Commented:
    """A value that is no part of the data until the clerk takes the comment signs away."""

    value: Any


@dataclass(frozen=True)
class Noted:
    """A value with comments on lines of their own above it."""

    value: Any
    notes: tuple[str, ...]


def dump(tree: Tree, indent: str = "") -> list[str]:
    """The lines of a mapping; comments stand behind or above the values that they explain."""
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, Commented):
            shown = dump({key: value.value}, indent)
            lines += [f"{indent}# {line.removeprefix(indent)}" for line in shown]
        else:
            lines += _entry(f"{indent}{key}:", value, indent)
    return lines


def _entry(lead: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, Noted):
        above = (f"{indent}# {' '.join(note.split())}" for note in value.notes)
        return [*above, *_entry(lead, value.value, indent)]
    hint = ""
    if isinstance(value, Marked):
        value, hint = value.value, f"  # {' '.join(value.hint.split())}"
    if isinstance(value, dict) and value:
        return [lead + hint, *dump(value, indent + "  ")]
    if isinstance(value, list) and value:
        return [lead + hint, *(line for item in value for line in _listed(item, indent + "  "))]
    if isinstance(value, str) and _PARAGRAPHS.fullmatch(value):
        return [f"{lead} |-{hint}", *(f"{indent}  {line}" for line in value.split("\n"))]
    return [f"{lead} {scalar(value)}".rstrip() + hint]


def _listed(item: Any, indent: str) -> list[str]:
    if isinstance(item, list) and item:
        return [f"{indent}- [{', '.join(_inline(text) for text in item)}]"]
    if not isinstance(item, dict) or not item:
        return _entry(f"{indent}-", item, indent)
    lines = dump(item, indent + "  ")
    first = next((n for n, line in enumerate(lines) if not line.lstrip().startswith("#")), 0)
    above = [f"{indent}{line.lstrip()}" for line in lines[:first]]
    return [*above, f"{indent}- {lines[first].lstrip()}", *lines[first + 1 :]]


# Lines that need no quotes in a block of their own, which is how a clerk writes paragraphs.
_PARAGRAPHS = re.compile(
    r"[^\s\x00-\x1f](?:[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*\n)+.*\S"
)
# What YAML reads as the text itself without quotes: 民政局, 95%; not -5, [a].
_PLAIN = re.compile(
    r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*\S)?"
)


def scalar(value: Any) -> str:
    """A text as one line of YAML that reads back as the same text; quoted only where it must be."""
    if value in (None, [], {}):
        return "" if value is None else str(value)
    text = str(value)
    plain = _PLAIN.fullmatch(text) and not re.search(r":(\s|$)|\s#", text)
    return text if plain and text != "null" else json.dumps(text, ensure_ascii=False)


def _inline(value: Any) -> str:
    """The same between commas, where a hole is an empty text."""
    shown = scalar(value)
    return json.dumps(str(value), ensure_ascii=False) if _SEPARATES.search(shown) else shown or '""'


_SEPARATES = re.compile(r"^[^\"].*[,\[\]{}]")
