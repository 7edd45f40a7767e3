"""2 check: rules about what stands twice: clauses, sentences, items of a list, rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evalpress.checks import rule
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import Table

# One small word twice: “检查的的学校” matches; “确有目的的” does not.
_DOUBLED = re.compile(
    "(?<![目标靶])的的(?!确|士)|和和(?!气|美|睦)|与与|及及|把把(?!关)|并并|为为(?!数)|在在"
)
_DOUBLE = ("的的", "和和", "与与", "及及", "把把", "并并", "为为", "在在")
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_CLAUSE = re.compile(r"[^，。；：！？、,;:\n（）()]+")
_SENTENCE_LENGTH = 10
_CLAUSE_LENGTH = 12
_PARAGRAPH = 16  # characters of a paragraph that stands in one section once
# The same three to six characters twice in a row: “组织开展组织开展” matches; “研究研究” does not.
_STUTTER = re.compile(
    r"([\u3400-\u9fff]{3})\1|([\u3400-\u9fff]{4})\2|([\u3400-\u9fff]{5})\3|([\u3400-\u9fff]{6})\4"
)


@rule("repeated_text", level=Level.WARNING)
def repeated_text(subject: Subject) -> Iterator[Finding]:
    """一段话、一个格子里不把同一句话写两遍。

    依据：文字习惯
    """
    twice, stutters = _says_twice(subject.whole), _may_stutter(subject.whole)
    for text in subject.own_texts if twice or stutters else ():
        for at, found in _repeated(text, stutters):
            yield subject.find_at("repeated_text", text.place, at, found=found)
    for text in subject.own_texts if subject.may_say(*_DOUBLE) else ():
        for match in _DOUBLED.finditer(text.value):
            yield subject.find_match("repeated_text", text.place, match)
    seen: set[tuple[str, str]] = set()
    for text in subject.texts:
        part = text.place.split("/", 2)
        if part[0] != "body" or len(text.value) < _PARAGRAPH:
            continue
        if (part[1], text.value) in seen:
            yield subject.find("repeated_text", text.place, found=text.value[:24])
        seen.add((part[1], text.value))


def _says_twice(whole: str) -> bool:
    """A quick look over all texts of a report: whether one of them has a clause twice."""
    parted = whole
    for mark in _BETWEEN:
        parted = parted.replace(mark, "\n")
    clauses = [clause for clause in parted.split("\n") if len(clause) >= _SHORTEST]
    if len(set(clauses)) == len(clauses):
        return False
    return any(_is_twice(whole, c) for c, count in Counter(clauses).items() if count > 1)


def _is_twice(whole: str, clause: str) -> bool:
    """True where no end of a text lies between a clause and its next occurrence."""
    at = whole.find(clause)
    while (after := whole.find(clause, at + len(clause))) >= 0:
        if "\n\n" not in whole[at:after]:
            return True
        at = after
    return False


# One sentence right behind itself: “受理查档八户。受理查档八户。” matches; “是。是。” does not.
_TWICE = re.compile(
    r"(?:^|(?<=[。；;！？\n]))([^。；;！？\n]{6,})[。；;！？]\s*\1(?=[。；;！？\n]|$)"
)
# One clause right behind itself: “检查学校64所，检查学校64所” matches; “一户一策，一户一档” not.
_AGAIN = re.compile(
    r"(?:^|(?<=[。；;！？\n，,]))([^。；;！？\n，,、]{6,})[，,]\1(?=[。；;！？\n，,]|$)"
)
_BETWEEN = "，。；：！？、,;:（）()"
_SHORTEST = 6


def _may_stutter(text: str) -> bool:
    """A quick look over a whole report: text and the text moved on by three to six characters are
    compared as two long numbers, in which what is equal becomes a row of zeros."""
    written = text.encode("utf-16-le", "surrogatepass")
    number = int.from_bytes(written, "little")
    return any(
        b"\0" * (2 * step) in (number ^ number >> 16 * step).to_bytes(len(written), "little")
        for step in range(3, 7)
    )


def _repeated(text: Text, stutters: bool) -> Iterator[tuple[int, str]]:
    """What stands a second time in a text, and where; of a sentence not its clauses as well."""
    value = text.value
    if twice := _TWICE.search(value):
        yield twice.end() - len(twice[1]), twice[1][:24]
        return
    if again := _AGAIN.search(value):
        yield again.start() + len(again[1]) + 1, again[1][:24]
        return
    for pattern, length in ((_SENTENCE, _SENTENCE_LENGTH), (_CLAUSE, _CLAUSE_LENGTH)):
        parts = [part.strip() for part in pattern.findall(value)]
        long = [part for part in parts if len(part) >= length]
        if len(set(long)) < len(long):
            for part in (part for part, count in Counter(long).items() if count > 1):
                yield value.index(part, value.index(part) + len(part)), part[:24]
            return
    told: set[str] = set()
    for match in _STUTTER.finditer(value) if stutters else ():
        if len(set(match[0])) > 2 and match[0] not in told:
            told.add(match[0])
            yield match.start() + len(match[0]) // 2, match[0]


@rule("repeated_item", level=Level.WARNING)
def repeated_items(subject: Subject) -> Iterator[Finding]:
    """内设机构、下属单位、职责、关键词和表格的各行，同一项只列一次。

    依据：报告前后一致
    """
    for place, values in _lists(subject):
        first: dict[str, int] = {}
        for at, value in enumerate(values):
            if first.setdefault(value, at) != at:
                yield subject.find("repeated_item", place, found=value)
    for place, _, table in subject.of(Table):
        seen: set[tuple[str | None, ...]] = set()
        for number, row in enumerate(table.rows, 1):
            if row in seen and sum(bool(cell) for cell in row) > 1 and row[0]:
                shown = "，".join(cell for cell in row[:3] if cell)
                yield subject.find("repeated_item", f"{place}/{number}/1", found=shown)
            seen.add(row)


def _lists(subject: Subject) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of names that a report has, each with its place."""
    yield "public_info/keywords", subject.content.public_info.keywords
    for owner, start in subject.owners():
        if profile := owner.profile:
            yield f"{start}profile/offices", profile.offices
            yield f"{start}profile/units", profile.units
            yield f"{start}profile/duties", profile.duties
