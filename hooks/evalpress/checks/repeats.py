"""2 check: the rule about what stands twice in one text: a phrase, a clause, a sentence."""

from __future__ import annotations

import re
from collections import Counter
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
    again, stutters = _said_again(subject), subject.may_hold(_STUTTER)
    for text in subject.own_texts() if again or stutters else ():
        twice = any(text.value.count(clause) > 1 for clause in again)
        for at, found in _repeated(text, stutters) if twice or stutters else ():
            yield subject.find_at("repeated_text", text.place, at, found=found)


def _said_again(subject: Subject) -> list[str]:
    """The clauses that stand at least twice in the report: one look before each text's own."""
    clauses = [clause for clause in _BETWEEN.split(subject.whole) if len(clause) >= _SHORTEST]
    if len(set(clauses)) == len(clauses):
        return []
    return [clause for clause, count in Counter(clauses).items() if count > 1]


_BETWEEN = re.compile(r"[，。；：！？、,;:\n（）()]+")
_SHORTEST = 6


def _repeated(text: Text, stutters: bool) -> Iterator[tuple[int, str]]:
    """What stands a second time in a text, and where; of a sentence not its clauses as well."""
    value = text.value
    for pattern, length in ((_SENTENCE, _SENTENCE_LENGTH), (_CLAUSE, _CLAUSE_LENGTH)):
        parts = [part.strip() for part in pattern.findall(value)]
        long = [part for part in parts if len(part) >= length]
        if len(set(long)) < len(long):
            for part in dict.fromkeys(p for p in long if long.count(p) > 1):
                yield value.index(part, value.index(part) + len(part)), part[:24]
            return
    for match in _STUTTER.finditer(value) if stutters else ():
        if len(set(match[0])) > 2:
            yield match.start() + len(match[0]) // 2, match[0]
