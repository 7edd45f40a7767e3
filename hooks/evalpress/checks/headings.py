"""2 check: rules about the numbers of headings and items: in order, in one form, level by level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from evalpress.checks import rule
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import (
    Evaluated,
    Heading,
    ItemList,
    Label,
    ListItem,
    Outline,
    Paragraph,
)
from evalpress.text.numbering import NONE, number
from evalpress.text.spoken import whole_number

_NUMERALS = "一二三四五六七八九十"
_LEAD = re.compile(
    rf"\s*(?:(?P<wide>[{_NUMERALS}]{{1,3}})、(?![{_NUMERALS}]、?[{_NUMERALS}年季月期级类]?)"
    rf"|[（(](?P<wide_in>[{_NUMERALS}]{{1,3}})[）)]、?|[（(](?P<digit_in>\d{{1,2}})[）)]"
    r"|(?P<digit>\d{1,2})、(?!\d)|(?P<dot>\d{1,2})[.．](?!\d)|(?P<ring>[①-⑳]))",
    re.ASCII,
)


@dataclass(frozen=True)
class _Number:
    """A number as written before a heading, item or paragraph."""

    style: str
    value: int
    written: str


_LEADING = frozenset(f"{_NUMERALS}（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ \t\n\u3000\xa0")


def _number_of(text: str | None) -> _Number | None:
    match = _LEAD.match(text) if text and text[0] in _LEADING else None
    if not match:
        return None
    style = str(match.lastgroup)
    return _Number(style, _value(match[style]), match.group().strip())


def _value(written: str) -> int:
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return whole_number(written) or 0


class _Lead(NamedTuple):
    """The beginning of a heading, item or line that may have a number: its place, its text, and
    where a line begins in the text there."""

    place: str
    text: str | None
    at: int = -1


# What stands beside each other.
_Siblings = list[_Lead]
_AUTO = ""
# Before the sections of a body: they belong to chapters, each of which begins anew.
_CHAPTERS = "\0"


@rule("number_order", level=Level.WARNING)
def number_order(subject: Subject) -> Iterator[Finding]:
    """同级标题和条目的编号从一开始、连续、写法一致。

    依据：文字习惯
    """
    seen: set[tuple[str, int]] = set()
    for siblings in subject.once(_all_groups):
        for lead, found, last in _out_of_order(siblings, seen):
            values = {"found": found.written, "before": last.written if last else ""}
            name = "number_order" if last else "number_order_first"
            told = subject.find_at(name, lead.place, lead.at, **values)
            yield replace(told, rule="number_order")
    for lead, last_spoken in _spoken(subject):
        values = {"found": str(lead.text), "before": last_spoken}
        yield subject.find_at("number_order", lead.place, lead.at, **values)


_SPOKEN_ON = (
    "二是", "三是", "四是", "（2）", "(2)", "（3）", "②", "③", "第二，", "第二、", "第三，",
)  # fmt: skip
# Numbers in a row inside one text, each kind by itself: “；（3）” and “；第三，” match.
_INSIDE = (
    re.compile(r"(?:^|(?<=[。；：，,;\n]))\s*[（(](?P<number>\d)[)）]"),
    re.compile(r"(?:^|(?<=[。；：，,;\n]))\s*(?P<number>[①-⑨])"),
    re.compile(rf"(?:^|(?<=[。；：\n]))\s*第(?P<number>[{_NUMERALS}])(?=[，、是])"),
)
_SPOKEN = re.compile(rf"(?:^|(?<=[。；：，,;\n]))([{_NUMERALS}])是(?!否)")


def _spoken(subject: Subject) -> Iterator[tuple[_Lead, str]]:
    """一是 … 二是 … 四是 inside one text: the number, and the one before."""
    for text in subject.texts if subject.may_say(*_SPOKEN_ON) else ():
        before = 0
        for match in _SPOKEN.finditer(text.value):
            value = _value(match[1])
            if before and value not in (before + 1, 1):
                lead = _Lead(text.place, match.group(), match.start())
                yield lead, f"{_NUMERALS[before - 1]}是"
            before = value
        for pattern in _INSIDE:
            yield from _skipped(text, pattern)


def _skipped(text: Text, pattern: re.Pattern[str]) -> Iterator[tuple[_Lead, str]]:
    """A number inside a text that does not follow the one before, which began with one."""
    last: re.Match[str] | None = None
    for match in pattern.finditer(text.value):
        value = _value(match["number"])
        if last is None and value != 1:
            return
        if last and value not in (_value(last["number"]) + 1, 1):
            yield _Lead(text.place, match[0].strip(), match.start("number")), last[0].strip()
        last = match


def _all_groups(subject: Subject) -> list[_Siblings]:
    return list(_groups(subject))


def _groups(subject: Subject) -> Iterator[_Siblings]:
    """Everything that can be numbered, all over the report."""
    for owner, prefix in subject.owners():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        names = [s.id for s in outline.walk() if s.id in owner.body] if outline else owner.body
        own = [(name, owner.body[name]) for name in names]
        # A section of data alone may print, and count, before the first one with a text.
        sections = [
            _Lead(f"{prefix}body/{n}", _written_or_auto(t.number, t.heading)) for n, t in own
        ]
        yield [_Lead("", _CHAPTERS), *sections]
        for name, section in owner.body.items():
            yield from _groups_in(f"{prefix}body/{name}", section.content)
        yield [
            _Lead(f"{prefix}problems/{p.id}", _written_or_auto(p.number, p.text))
            for p in owner.problems
        ]
    projects = subject.content.projects
    yield [_Lead(f"projects/{p.id}", _written_or_auto(p.number, p.name)) for p in projects]


def _groups_in(place: str, blocks: Sequence[Any]) -> Iterator[_Siblings]:
    """These blocks, and what is below each."""
    siblings: _Siblings = []
    for position, block in enumerate(blocks, 1):
        below = f"{place}/{getattr(block, 'id', None) or position}"
        siblings += _leads(below, block)
        if isinstance(block, ItemList):
            yield from _groups_of_list(below, block)
        elif isinstance(block, Heading | Label) and block.content:
            yield from _groups_in(below, block.content)
    yield siblings


def _groups_of_list(place: str, block: ItemList) -> Iterator[_Siblings]:
    siblings: _Siblings = []
    for index, item in enumerate(block.list, 1):
        below = f"{place}/{item.id or index}"
        siblings.append(_Lead(below, _number_in(block, index, item)))
        if item.content:
            yield from _groups_in(below, item.content)
    yield siblings


def _leads(place: str, block: Any) -> list[_Lead]:
    """What begins with a number in a block: its own number, or the beginning of its lines."""
    if isinstance(block, Paragraph):
        return [_Lead(place, block.number)] if block.number else _lines(place, block.text)
    if isinstance(block, Heading):
        return [_Lead(place, _written_or_auto(block.number, block.heading))]
    if isinstance(block, Label):
        return [_Lead(place, block.label), *_lines(place, block.text or "")]
    return []


def _lines(place: str, text: str) -> list[_Lead]:
    """The lines of a text that may begin with a number, and the blank ones."""
    found, at = [], 0
    for line in text.split("\n"):
        if not line or line[0] in _LEADING:
            found.append(_Lead(place, line, at + len(line) - len(line.lstrip())))
        at += len(line) + 1
    return found


def _written_or_auto(own: str | None, text: str | None) -> str | None:
    """The number as written; `_AUTO` where the program may make one."""
    return own or (text if _number_of(text) else _AUTO)


def _out_of_order(
    siblings: _Siblings, seen: set[tuple[str, int]]
) -> Iterator[tuple[_Lead, _Number, _Number | None]]:
    """Numbers of siblings that skip a step, repeat one, or change their style half-way, each with
    the one before. The first may go on from what was `seen` in another place."""
    last: dict[str, _Number] = {}
    before: _Number | None = None
    unknown = False
    in_chapters = bool(siblings) and siblings[0].text == _CHAPTERS
    for lead in siblings:
        unknown = unknown or lead.text in (_AUTO, _CHAPTERS)
        found = _number_of(lead.text) if lead.text else None
        if found is None:
            continue
        same = last.get(found.style)
        follows = same is not None and found.value == same.value + 1
        goes_on = before is None and (found.style, found.value - 1) in seen
        if found.value != 1:
            fits = follows or goes_on or unknown
        else:
            fits = unknown or in_chapters or same is None or found.style not in _HEADED
        if not fits:
            yield lead, found, same or before
        for style in [s for s in last if _RANKS[s] > _RANKS[found.style]]:
            del last[style]
        last[found.style] = before = found
        seen.add((found.style, found.value))
        unknown = False


# Styles that only headings have: a second （一） needs another 一、 between.
_HEADED = ("wide", "wide_in")
# How deep a style stands: 一、 （一） 1. （1） ①.
_RANKS = {"wide": 0, "wide_in": 1, "digit": 2, "dot": 2, "digit_in": 3, "ring": 4}


# --- one form, level by level ---------------------------------------------------------------------


@rule("mixed_brackets", level=Level.WARNING)
def mixed_brackets(subject: Subject) -> Iterator[Finding]:
    """同级标题的编号用同一种括号：不是一处“(一)”、一处“（一）”。

    依据：文字习惯
    """
    forms: dict[str, dict[str, list[_Lead]]] = {}
    written: dict[str, dict[str, str]] = {}
    for siblings in subject.once(_all_groups):
        for lead in siblings:
            found = _number_of(lead.text) if lead.text and lead.text[0] in "（(" else None
            if found and found.style in ("wide_in", "digit_in"):
                form = found.written[0] + found.written.rstrip("、")[-1]
                forms.setdefault(found.style, {}).setdefault(form, []).append(lead)
                written.setdefault(found.style, {}).setdefault(form, found.written)
    for style, by_form in forms.items():
        usual, *others = sorted(by_form, key=lambda form: (form != "（）", -len(by_form[form])))
        for form in others:
            spots = [(lead.place, lead.at) for lead in by_form[form]]
            values = {"found": written[style][form], "other": written[style][usual]}
            yield subject.find_all("mixed_brackets", spots, **values)


@rule("number_levels", level=Level.HINT)
def number_levels(subject: Subject) -> Iterator[Finding]:
    """编号逐级用“一、”“（一）”“1.”“（1）”“①”：不跳过一级，下一级不用上一级的样式。

    依据：文字习惯
    """
    beginning = _beginning(subject)
    for owner, prefix in subject.owners() if beginning else ():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        for name, levels in _levels(owner, outline).items():
            if f"{prefix}body/{name}" not in beginning:
                continue
            section = owner.body[name].content
            for lead, above in _misplaced(f"{prefix}body/{name}", section, levels):
                first = _number_of(lead.text)
                values = {"found": first.written if first else "", "above": above}
                yield subject.find_at("number_levels", lead.place, lead.at, **values)


def _beginning(subject: Subject) -> set[str]:
    """The places of the sections in which some level begins: something has a first number."""
    firsts = [
        lead.place.split("/")
        for siblings in subject.once(_all_groups)
        for lead in siblings
        if lead.text and lead.text[0] in _FIRST
    ]
    return {"/".join(steps[: 2 + 2 * (steps[0] == "projects")]) for steps in firsts}


_FIRST = frozenset("一1①（(")
# Numbers from a heading's own downwards: samples as an outline has them.
_Levels = tuple[str, ...]


def _levels(owner: Evaluated, outline: Outline | None) -> dict[str, _Levels]:
    """The number that the heading of each section of the body has, and those below it."""
    found = {}
    depths = dict(_depths(outline)) if outline else {}
    samples = outline.numbering if outline else ()
    for name, text in owner.body.items():
        levels = samples[depths[name] :] if name in depths else ()
        own = text.number or (text.heading if _number_of(text.heading) else None)
        found[name] = (own, *levels[1:]) if own else levels
    return found


def _depths(outline: Outline) -> Iterator[tuple[str, int]]:
    """The sections with a heading, each with how many headings are above its own."""

    def visit(sections: Sequence[Any], depth: int) -> Iterator[tuple[str, int]]:
        for section in sections:
            if section.heading and section.number != NONE:
                yield section.id, depth
            yield from visit(section.sections, depth + bool(section.heading))

    return visit(outline.sections, 0)


def _misplaced(place: str, blocks: Sequence[Any], levels: _Levels) -> Iterator[tuple[_Lead, str]]:
    """First numbers of a level that does not follow the one above, each with the number above."""
    above = _number_of(levels[0]) if levels else None
    for siblings, is_list in _direct(place, blocks):
        chain = [above] if above else []
        for lead in siblings:
            found = _number_of(lead.text) if lead.text else None
            if found is None:
                continue
            while len(chain) > bool(above) and _RANKS[chain[-1].style] >= _RANKS[found.style]:
                chain.pop()
            if chain and found.value == 1 and not _follows(chain[-1], found, is_list):
                yield lead, chain[-1].written
            chain.append(found)
    for below, inner, deeper in _nested(place, blocks, levels):
        yield from _misplaced(below, inner, deeper)


def _follows(above: _Number, found: _Number, is_list: bool) -> bool:
    """True for the next level; two levels alone may be 一、 and 1., or 1. and ①, and a list may be
    of any level below."""
    step = _RANKS[found.style] - _RANKS[above.style]
    return step == 1 or (step == 2 and above.style != "wide_in") or (is_list and step > 0)


def _direct(place: str, blocks: Sequence[Any]) -> Iterator[tuple[_Siblings, bool]]:
    """The headings and lines among these blocks; the items of each list among them (True)."""
    siblings: _Siblings = []
    for position, block in enumerate(blocks, 1):
        below = f"{place}/{getattr(block, 'id', None) or position}"
        if isinstance(block, ItemList):
            items = [
                _Lead(f"{below}/{item.id or n}", _number_in(block, n, item))
                for n, item in enumerate(block.list, 1)
            ]
            yield items, True
        else:
            siblings += [lead for lead in _leads(below, block) if lead.text != _AUTO]
    yield siblings, False


def _number_in(block: ItemList, index: int, item: ListItem) -> str | None:
    """What an item of a list begins with: its own number, the list's, or its text."""
    return item.number or number(block.numbering, index) or item.heading or item.text


def _nested(
    place: str, blocks: Sequence[Any], levels: _Levels
) -> Iterator[tuple[str, Sequence[Any], _Levels]]:
    """What is below each block: its place, its blocks, and the numbers from above them on."""
    for position, block in enumerate(blocks, 1):
        below = f"{place}/{getattr(block, 'id', None) or position}"
        if isinstance(block, Heading) and block.content:
            own = block.number or (block.heading if _number_of(block.heading) else None)
            yield below, block.content, (own, *levels[2:]) if own else levels[1:]
        elif isinstance(block, Label) and block.content:
            numbered = _number_of(block.label)
            yield below, block.content, (block.label,) if numbered else levels
        elif isinstance(block, ItemList):
            for index, item in enumerate(block.list, 1):
                own = _number_in(block, index, item)
                inner = f"{below}/{item.id or index}"
                if item.content:
                    yield inner, item.content, (own,) if own and _number_of(own) else levels


@rule("double_number", level=Level.WARNING)
def double_number(subject: Subject) -> Iterator[Finding]:
    """程序自动编号的标题和条目，文字里不再写编号。

    依据：文字习惯
    """
    for owner, prefix in subject.owners():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        numbered = bool(outline and outline.numbering)
        for name, section in owner.body.items():
            place = f"{prefix}body/{name}"
            if section.heading and section.number != NONE and (numbered or section.number):
                yield from _doubled(subject, place, section.heading)
            yield from _doubles_in(subject, place, section.content, numbered)


def _doubles_in(
    subject: Subject, place: str, blocks: Sequence[Any], numbered: bool
) -> Iterator[Finding]:
    for position, block in enumerate(blocks, 1):
        below = f"{place}/{getattr(block, 'id', None) or position}"
        if isinstance(block, Heading) and block.number != NONE and (numbered or block.number):
            yield from _doubled(subject, below, block.heading)
        if isinstance(block, ItemList):
            counted = block.numbering not in (NONE, "•")
            for index, item in enumerate(block.list, 1):
                where = f"{below}/{item.id or index}"
                if (counted and item.number != NONE) or item.number not in (None, NONE):
                    yield from _doubled(subject, where, item.heading or item.text)
                yield from _doubles_in(subject, where, item.content, numbered)
        elif isinstance(block, Heading | Label):
            yield from _doubles_in(subject, below, block.content, numbered)


def _doubled(subject: Subject, place: str, text: str | None) -> Iterator[Finding]:
    found = _number_of(text)
    if found:
        yield subject.find("double_number", place, found=found.written, text=str(text)[:20])
