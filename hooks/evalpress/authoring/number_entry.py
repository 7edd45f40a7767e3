"""A report's file and its 索引号 -> the file with the number in it, every other sign as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from evalpress.cache.cachefiles import write_whole
from evalpress.findings import Mistaken
from evalpress.wording import word

_HEAD, _NUMBER = "public_info", "index_number"


class CannotNumber(Mistaken):
    """A file into which no number can be written; says which, and what to write by hand."""

    def __init__(self, path: Path, number: str) -> None:
        super().__init__(word("number_entry", "by_hand").format(path, number))


def write_number(path: Path, number: str) -> None:
    """Write the number into a report's file. Raises CannotNumber where the file would not read as
    before but for the number, OSError where it can't be written."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
        after = with_number(text, number)
        expected = yaml.load(text, Loader=yaml.BaseLoader)
        expected[_HEAD] = {**(expected.get(_HEAD) or {}), _NUMBER: number}
        if yaml.load(after, Loader=yaml.BaseLoader) != expected:
            raise CannotNumber(path, number)
    except (UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
        raise CannotNumber(path, number) from None
    write_whole(path, after.encode())


def with_number(text: str, number: str) -> str:
    """The text of a report with the number in its `public_info`."""
    said = f"{_NUMBER}: {json.dumps(number, ensure_ascii=False)}"
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    head = _entry(root, _HEAD)
    if head is None:
        return f"{text.rstrip()}\n{_HEAD}:\n  {said}\n"
    key, value = head
    if own := _entry(value, _NUMBER):
        return _after_colon(text, own[0], said.partition(": ")[2])
    if not isinstance(value, yaml.MappingNode):
        return _after_colon(text, key, f"{{{said}}}")
    if value.flow_style:
        at = value.start_mark.index + 1
        return f"{text[:at]}{said}{', ' if value.value else ''}{text[at:]}"
    first = value.value[0][0].start_mark
    return f"{text[: first.index]}{said}\n{' ' * first.column}{text[first.index :]}"


def _entry(node: Any, name: str) -> tuple[Any, Any] | None:
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((key, value) for key, value in entries if key.value == name), None)


def _after_colon(text: str, key: Any, said: str) -> str:
    """The text with a value for a key that has none."""
    at = text.index(":", key.end_mark.index) + 1
    return f"{text[:at]} {said}{text[at:]}"
