"""2 check: rules about what stands twice: a phrase, a sentence, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalpress.checks import rule
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_CLAUSE = re.compile(r"[^，。；：！？、,;:\n（）()]+")
_SENTENCE_LENGTH = 10
_CLAUSE_LENGTH = 12
# The same three to six characters twice in a row: “组织开展组织开展” matches; “研究研究” does not.
_STUTTER = re.compile(
    r"([\u3400-\u9fff]{3})\1|([\u3400-\u9fff]{4})\2|([\u3400-\u9fff]{5})\3|([\u3400-\u9fff]{6})\4"
)


@rule("repeated_text", level=Level.WARNING)
def repeated_text(subject: Subject) -> Iterator[Finding]:
    """一段话、一个格子里不把同一句话写两遍。

    依据：文字习惯
    """
    stutters = subject.may_hold(_STUTTER)
    for text in subject.own_texts():
        if len(text.value) < 2 * 3:
            continue
        for at, found in _repeated(text, stutters):
            yield subject.find_at("repeated_text", text.place, at, found=found)


def _repeated(text: Text, stutters: bool) -> Iterator[tuple[int, str]]:
    """What stands a second time in a text, and where; of a sentence not its clauses as well."""
    value, end = text.value, 0
    for pattern, length in ((_SENTENCE, _SENTENCE_LENGTH), (_CLAUSE, _CLAUSE_LENGTH)):
        if len(value) < 2 * length:
            continue
        parts = [part.strip() for part in pattern.findall(value)]
        long = [part for part in parts if len(part) >= length]
        if len(set(long)) == len(long):
            continue
        for part in dict.fromkeys(p for p in long if long.count(p) > 1):
            at = value.index(part, value.index(part) + len(part))
            if at >= end:
                end = at + len(part)
                yield at, part[:24]
        return
    for match in _STUTTER.finditer(value) if stutters else ():
        if len(set(match[0])) > 2:
            yield match.start() + len(match[0]) // 2, match[0]


_PARAGRAPH = 30


@rule("repeated_paragraph", level=Level.HINT)
def repeated_paragraph(subject: Subject) -> Iterator[Finding]:
    """同一段文字在报告里只写一遍。

    依据：文字习惯
    """
    seen: dict[str, str] = {}
    for text in subject.texts:
        if len(text.value) >= _PARAGRAPH:
            first = seen.setdefault(text.value, text.place)
            if first != text.place:
                found = text.value[:24]
                yield subject.find("repeated_paragraph", text.place, found=found)
