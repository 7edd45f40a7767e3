"""2 check: rules about wording and typing: wrong words, punctuation, heading numbers, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalpress.checks import rule
from evalpress.checks.fund_columns import money_unit
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import (
    Heading,
    ItemList,
    Label,
    Paragraph,
    WordRule,
)
from evalpress.text.numbering import NONE, number
from evalpress.wording import word

_WIDE = "\u4e00-\u9fff"


# --- words --------------------------------------------------------------------------------------


@rule("wording", level=Level.WARNING)
def wording(subject: Subject) -> Iterator[Finding]:
    """没有错别字表(data/wording.yml)里的写法。

    依据：国办秘函〔2019〕19号
    """
    entries = subject.reference.wording
    whole = subject.whole if entries else ""
    forms = _forms(tuple(entries))
    beginnings = {"", *_any_beginning(forms).findall(whole)}
    for form in forms:
        if beginnings.isdisjoint(form.beginnings) or not _occurs(form, whole):
            continue
        for text in subject.own_texts():
            match = form.pattern.search(text.value)
            if match:
                yield _misspelt(subject, text, match, entries[form.wrong])


@dataclass(frozen=True)
class _Form:
    """A wrong form, ready to search for; without one of its needles it cannot occur."""

    wrong: str
    pattern: re.Pattern[str]
    needles: tuple[str, ...]
    beginnings: frozenset[str]


def _occurs(form: _Form, text: str) -> bool:
    return any(needle in text for needle in form.needles) and bool(form.pattern.search(text))


@lru_cache(maxsize=4)
def _forms(wrong: tuple[str, ...]) -> tuple[_Form, ...]:
    return tuple(map(_form, wrong))


@lru_cache(maxsize=4)
def _any_beginning(forms: tuple[_Form, ...]) -> re.Pattern[str]:
    found = "".join({beginning for form in forms for beginning in form.beginnings})
    return re.compile(f"[{re.escape(found)}]" if found else "(?!)")


def _form(wrong: str) -> _Form:
    needles = tuple(_needles(wrong))
    return _Form(wrong, re.compile(wrong), needles, frozenset(needle[:1] for needle in needles))


# What a pattern begins with literally: of “账号?” it is “账”.
_PLAIN_START = re.compile(rf"[{_WIDE}]*(?![?*{{])")


def _needles(form: str) -> Iterator[str]:
    """The plain characters that each alternative of a pattern begins with."""
    depth, alternative = 0, ""
    for character in f"{form}|":
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            start = _PLAIN_START.match(alternative)
            yield start.group() if start else ""
            alternative = ""
        else:
            alternative += character


def _misspelt(subject: Subject, text: Text, match: re.Match[str], entry: WordRule) -> Finding:
    before, after = text.value[: match.start()][-6:], text.value[match.end() :][:6]
    note = f"（{entry.note}）" if entry.note else ""
    values: dict[str, Any] = {"found": match.group(), "right": entry.right, "note": note}
    return subject.find("wording", text.place, around=f"{before}{match.group()}{after}", **values)


# --- numbers of documents, years, units ---------------------------------------------------------


# The number of a document in any brackets: “财办(2024)15号” matches; “财办(2024年)15号” does not.
_DOCUMENT = re.compile(
    rf"(?P<open>[(（\[【［〖〔])(?<=[{_WIDE}\s].)\s*(?P<year>(?:19|20)\d\d)\s*[)）\]】］〗〕]"
    r"\s*(?P<nth>第?)\s*(?P<number>\d+)\s*号",
    re.ASCII,
)


@rule("document_number", level=Level.WARNING)
def document_number(subject: Subject) -> Iterator[Finding]:
    """发文字号的年份用六角括号，序号不加“第”、不补零，如〔2019〕5号。

    依据：地方做法
    """
    for text in subject.own_texts() if subject.may_hold(_DOCUMENT) else ():
        for match in _DOCUMENT.finditer(text.value):
            if match["open"] == "〔" and not match["nth"] and not match["number"].startswith("0"):
                continue
            right = f"〔{match['year']}〕{int(match['number'])}号"
            found = text.value[max(match.start() - 4, 0) : match.end()].lstrip("（《》(，。")
            yield subject.find("document_number", text.place, found=found, right=right)


# A year without its century: “25年度” matches; “2025年度” does not.
_SHORT_YEAR = re.compile(
    r"([12]\d)(?<![\d.第近满达约有共了间逾]..)\s?年"
    r"(?=度(?!假)|底|初(?!中)|末|上半年|下半年|全年|\d{1,2}月|部门|预算|绩效|整体|自评)",
    re.ASCII,
)


@rule("short_year", level=Level.WARNING)
def short_year(subject: Subject) -> Iterator[Finding]:
    """年份写四位数字，不写“25年”。

    依据：文字习惯
    """
    near = range(subject.key.year - 3, subject.key.year + 3)
    for text in subject.own_texts() if subject.may_hold(_SHORT_YEAR) else ():
        for match in _SHORT_YEAR.finditer(text.value):
            if 2000 + int(match[1]) in near:
                after = text.value[match.end() : match.end() + 6]
                found, right = f"{match.group()}{after}", f"20{match[1]}年"
                yield subject.find("short_year", text.place, found=found, right=right)
                return


@rule("percent_word", level=Level.WARNING)
def percent_word(subject: Subject) -> Iterator[Finding]:
    """百分数写“%”，不写“百分比”。

    依据：文字习惯
    """
    for owner, prefix in subject.owners():
        for indicator in owner.indicators:
            place = f"{prefix}indicators/{indicator.id}"
            for name in ("target", "adjusted_target", "period_target", "actual", "unit"):
                written = str(getattr(indicator, name) or "")
                if "百分比" in written and (name == "unit" or re.search(r"\d", written)):
                    yield subject.find("percent_word", f"{place}/{name}", found=written)
    for text in subject.texts:
        match = re.search(r"\d\s?百分比", text.value) if "百分比" in text.value else None
        if match:
            yield subject.find("percent_word", text.place, found=match.group())


@rule("amount_decimals", level=Level.HINT)
def amount_decimals(subject: Subject) -> Iterator[Finding]:
    """以万元为单位的金额保留两位小数。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        table = subject.fund_table(owner)
        unit = money_unit(owner.funds, table) if owner.funds else ""
        odd = [
            (f"{prefix}funds/{line.id}/{column}", amount)
            for line in (owner.funds.rows if owner.funds and unit == "万元" else ())
            for column, amount in line.amounts.items()
            if amount and column not in ("rate", "score", "full_marks")
            and amount.as_tuple().exponent != -2
        ]  # fmt: skip
        if odd:
            yield subject.find("amount_decimals", odd[0][0], found=odd[0][1], count=len(odd))
            return


# With the words of a scale: “等级为优。” names one of them, “优先” does not.
_GRADED = (
    r"(?:等[级次]|档次|评为|评定为)\s*(?:均|都)?[为是：:]?\s*[“\"「]?({words})"
    r"(?=[”\"」，,。；;、）)\s]|等[级次]|档|的|$)"
)


@rule("mixed_grades", level=Level.WARNING)
def mixed_grades(subject: Subject) -> Iterator[Finding]:
    """同一份报告里，同一等级只用一种说法。

    依据：报告前后一致
    """
    scale = subject.grade_scale(subject.content)
    if scale is None:
        return
    words = [w for grade in scale.grades for w in (grade.word, *grade.also)]
    pattern = _graded(tuple(sorted(words, key=len, reverse=True)))
    scores = subject.content.scores
    used = [Text("scores/grade", scores.grade)] if scores and scores.grade else []
    for text in subject.texts:
        if "等" in text.value or "评" in text.value or "档" in text.value:
            used += [Text(text.place, m[1]) for m in pattern.finditer(text.value)]
    first: dict[str, Text] = {}
    for text in used:
        grade = scale.grade(text.value)
        other = first.setdefault(grade.id, text) if grade else text
        if other.value != text.value:
            values: dict[str, Any] = {"found": text.value, "other": other.value}
            yield subject.find("mixed_grades", text.place, **values)
            return


@lru_cache(maxsize=8)
def _graded(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_GRADED.format(words="|".join(map(re.escape, words))))


# --- punctuation --------------------------------------------------------------------------------


# Half-width signs in Chinese text: “人员,其中” matches; “1,200” does not.
_HALF = {
    "comma": re.compile(rf"(?<=[{_WIDE}”》）]),(?=\s?[{_WIDE}“《（])"),
    "semicolon": re.compile(rf"(?<=[{_WIDE}”》）\d%]);(?=\s*(?:[{_WIDE}“《（]|$))"),
    "colon": re.compile(rf"(?<=[{_WIDE}”》）]):(?=\s?[{_WIDE}“《（])"),
    "bracket": re.compile(rf"\((?=\s?[{_WIDE}])|(?<=[{_WIDE}])\("),
    "stop": re.compile(rf"(?<=[{_WIDE}])\.(?=\s?[{_WIDE}]|\s*$)"),
    "mark": re.compile(rf"(?<=[{_WIDE}])[?!](?=\s?[{_WIDE}]|\s*$)"),
    "quote": re.compile(rf"(?<=[{_WIDE}，。：])\"|\"(?=[{_WIDE}])"),
}
# May be one of them: “人员,其中” matches; “1.5” does not.
_HALF_ANY = re.compile(
    rf"[,;:.?!\"(](?:(?<=[{_WIDE}”》）\d%，。：].)|(?=\s?[{_WIDE}“《（]))(?!(?<=\d\.)\d)"
)
_SHOWN = {"comma": ",", "semicolon": ";", "colon": ":", "bracket": "( )", "stop": ".",
          "mark": "? !", "quote": '"'}  # fmt: skip
_RIGHT = {"comma": "，", "semicolon": "；", "colon": "：", "bracket": "（ ）", "stop": "。",
          "mark": "？ ！", "quote": "“ ”"}  # fmt: skip


@rule("half_width", level=Level.WARNING)
def half_width(subject: Subject) -> Iterator[Finding]:
    """汉字之间用全角标点。

    依据：文字习惯
    """
    if not subject.may_hold(_HALF_ANY):
        return
    texts = [t for t in subject.own_texts() if _HALF_ANY.search(t.value)]
    for kind, pattern in _HALF.items():
        found = [(t, m) for t in texts for m in pattern.finditer(t.value)]
        if found:
            text, match = found[0]
            around = text.value[max(match.start() - 6, 0) : match.end() + 6]
            values: dict[str, Any] = {
                "shown": _SHOWN[kind],
                "right": _RIGHT[kind],
                "count": len(found),
            }
            yield subject.find("half_width", text.place, found=around, **values)


# Letters and figures: “２０２５” matches; “2025” does not.
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．]+")


@rule("full_width", level=Level.WARNING)
def full_width(subject: Subject) -> Iterator[Finding]:
    """数字、字母和百分号用半角。

    依据：文字习惯
    """
    if not subject.may_hold(_FULL_WIDTH):
        return
    found = [(t, m) for t in subject.own_texts() if (m := _FULL_WIDTH.search(t.value))]
    if found:
        text, match = found[0]
        values: dict[str, Any] = {
            "found": match.group(),
            "right": _narrow(match.group()),
            "count": len(found),
        }
        yield subject.find("full_width", text.place, **values)


def _narrow(text: str) -> str:
    return "".join(chr(ord(character) - 0xFEE0) for character in text)


# Signs that follow one another: “，。” matches; “，”” does not.
_REPEATED = re.compile(
    r"[，。；：、？,;](?:(?<=[，。；：、？])[ \u3000]*[，。；：、]|(?<=,),|(?<=;);)"
)


@rule("repeated_punctuation", level=Level.WARNING)
def repeated_punctuation(subject: Subject) -> Iterator[Finding]:
    """标点不重复、不连用。

    依据：文字习惯
    """
    for text in subject.own_texts() if subject.may_hold(_REPEATED) else ():
        match = _REPEATED.search(text.value)
        if match and "。。。" not in text.value:
            found = text.value[max(match.start() - 6, 0) : match.end() + 4]
            yield subject.find("repeated_punctuation", text.place, found=found)


_PAIRS = (
    ("《", "》"),
    ("“", "”"),
    ("（(", "）)"),
    ("【", "】"),
    ("〔", "〕"),
    ("「", "」"),
    ("‘", "’"),
)
_MARKS = "".join(opening + closing for opening, closing in _PAIRS)
_MARK = re.compile(f"[{re.escape(_MARKS)}]")
_NO_MARK = re.compile(f"[^{re.escape(_MARKS)}\x00]+")
# A number with a closing bracket only: “1）概况” matches; “（1）概况” does not.
_ITEM_NUMBER = re.compile(r"(?:^|(?<=[\n；;。，,、：:\s]))[\d一二三四五六七八九十a-zA-Z]{1,3}[）)]")


@rule("unbalanced_pair", level=Level.WARNING)
def unbalanced_pair(subject: Subject) -> Iterator[Finding]:
    """括号、引号、书名号成对。

    依据：文字习惯
    """
    texts = list(subject.own_texts())
    marks = _NO_MARK.sub("", "\x00".join([text.value for text in texts])).split("\x00")
    for text, found in zip(texts, marks, strict=False):
        if found and found not in _USUAL:
            unpaired = _unpaired(_ITEM_NUMBER.sub("", text.value))
            if unpaired:
                values: dict[str, Any] = {"found": unpaired[0], "around": unpaired[1]}
                yield subject.find("unbalanced_pair", text.place, **values)


_USUAL = frozenset(
    {"《》", "“”", "（）", "()", "〔〕", "（）（）", "“”“”", "《》《》", "《》（〔〕）"}
)


def _unpaired(text: str) -> tuple[str, str] | None:
    """The first mark without a partner, with what stands around it."""
    for pair in _PAIRS:
        open_at: list[int] = []
        for match in _MARK.finditer(text):
            if match.group() in pair[0]:
                open_at.append(match.start())
            elif match.group() in pair[1]:
                if not open_at:
                    return match.group(), text[max(match.start() - 10, 0) : match.end()]
                open_at.pop()
        if open_at:
            return text[open_at[0]], text[open_at[0] : open_at[0] + 10]
    return None


# --- numbers of headings and items --------------------------------------------------------------


_NUMERALS = "一二三四五六七八九十"
# The number of a heading or item: “（一）概况” matches; “一季度” does not.
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
    if written.isascii():
        return int(written)
    if written[0] not in _NUMERALS:
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.partition("十")
    digit = _NUMERALS.index
    if not ten:
        return digit(written[-1]) + 1
    return ((digit(tens[-1]) + 1) if tens else 1) * 10 + (digit(ones[-1]) + 1 if ones else 0)


# Places and beginnings of headings, items or paragraphs that stand beside each other.
_Siblings = list[tuple[str, str | None]]
_AUTO = ""


@rule("number_order", level=Level.WARNING)
def number_order(subject: Subject) -> Iterator[Finding]:
    """同级标题和条目的编号从一开始、连续、写法一致。

    依据：文字习惯
    """
    seen: set[tuple[str, int]] = set()
    for siblings in _groups(subject):
        for place, found, last in _out_of_order(siblings, seen):
            before = last.written if last else word("finding", "nothing")
            yield subject.find("number_order", place, found=found.written, before=before)
    for place, spoken, last_spoken in _spoken(subject):
        yield subject.find("number_order", place, found=spoken, before=last_spoken)


# Items counted in a sentence: “一是” matches; “一是否” does not.
_SPOKEN = re.compile(rf"(?:^|(?<=[。；：，,;\n]))([{_NUMERALS}])是(?!否)")


def _spoken(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """一是 … 二是 … 四是 inside one text: place, number, and the one before."""
    for text in subject.texts if "二是" in subject.whole else ():
        before = 0
        for match in _SPOKEN.finditer(text.value):
            value = _value(match[1])
            if before and value not in (before + 1, 1):
                yield text.place, match.group(), f"{_NUMERALS[before - 1]}是"
            before = value


def _groups(subject: Subject) -> Iterator[_Siblings]:
    """Everything that can be numbered, all over the report."""
    for owner, prefix in subject.owners():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        names = [s.id for s in outline.walk() if s.id in owner.body] if outline else owner.body
        own = [(name, owner.body[name]) for name in names]
        # A section of data alone may print, and count, before the first one with a text.
        sections = [(f"{prefix}body/{n}", _written_or_auto(t.number, t.heading)) for n, t in own]
        yield [("", _AUTO), *sections]
        for name, section in owner.body.items():
            yield from _groups_in(f"{prefix}body/{name}", section.content)
        problems = [(p.id, _written_or_auto(p.number, p.text)) for p in owner.problems]
        yield [(f"{prefix}problems/{name}", lead) for name, lead in problems]
    projects = [(p.id, _written_or_auto(p.number, p.name)) for p in subject.content.projects]
    yield [(f"projects/{name}", lead) for name, lead in projects]


def _groups_in(place: str, blocks: Sequence[Any]) -> Iterator[_Siblings]:
    """These blocks, and what is below each."""
    siblings: _Siblings = []
    for position, block in enumerate(blocks, 1):
        below = f"{place}/{getattr(block, 'id', None) or position}"
        siblings += [(below, lead) for lead in _leads(block)]
        if isinstance(block, ItemList):
            yield from _groups_of_list(below, block)
        elif isinstance(block, Heading | Label) and block.content:
            yield from _groups_in(below, block.content)
    yield siblings


def _groups_of_list(place: str, block: ItemList) -> Iterator[_Siblings]:
    siblings: _Siblings = []
    for index, item in enumerate(block.list, 1):
        below = f"{place}/{item.id or index}"
        made = number(block.numbering, index)
        siblings.append((below, item.number or made or item.heading or item.text))
        if item.content:
            yield from _groups_in(below, item.content)
    yield siblings


def _leads(block: Any) -> list[str | None]:
    """What begins with a number in a block: its own number, or the beginning of its text."""
    if isinstance(block, Paragraph):
        return [block.number] if block.number else list(block.text.split("\n"))
    if isinstance(block, Heading):
        return [_written_or_auto(block.number, block.heading)]
    if isinstance(block, Label):
        return [block.label, *(block.text or "").split("\n")]
    return []


def _written_or_auto(own: str | None, text: str | None) -> str | None:
    """The number as written; `_AUTO` where the program may make one."""
    return own or (text if _number_of(text) else _AUTO)


def _out_of_order(
    siblings: _Siblings, seen: set[tuple[str, int]]
) -> Iterator[tuple[str, _Number, _Number | None]]:
    """Numbers of siblings that skip a step, repeat one, or change their style half-way, each with
    the one before. The first may go on from what was `seen` in another place."""
    last: dict[str, _Number] = {}
    before: _Number | None = None
    unknown = False
    for place, lead in siblings:
        unknown = unknown or lead == _AUTO
        found = _number_of(lead) if lead else None
        if found is None:
            continue
        same = last.get(found.style)
        follows = same is not None and found.value == same.value + 1
        goes_on = before is None and (found.style, found.value - 1) in seen
        if found.value != 1 and not (follows or goes_on or unknown):
            yield place, found, same or before
        last[found.style] = before = found
        seen.add((found.style, found.value))
        unknown = False


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


# --- names and numbers that say too little ------------------------------------------------------

# A figure that is only rough: “约8万元” matches; “签约8家” does not.
_ROUGH = re.compile(
    r"(?:(?<![签合契条节公大])约|(?<!最)近|大约|将近)\s?\d[\d.,]*\s?[万亿]?[\u4e00-\u9fff%]"
    r"|\d[\d.,]*\s?[多余](?:[万亿]|[\u4e00-\u9fff])"
)


# Quicker to search for: it begins with a character: “约8” matches; “约定” does not.
_MAY_BE_ROUGH = re.compile(r"[约近多余](?:(?<=[约近])(?=\s?\d)|(?<=\d[多余])|(?<=\d\s[多余]))")


@rule("vague_figure", level=Level.HINT)
def vague_figures(subject: Subject) -> Iterator[Finding]:
    """正文里的数尽量写确数，不写“约”“近”“多”“余”。

    依据：地方做法
    """
    texts = [text for text in subject.texts if _MAY_BE_ROUGH.search(text.value)]
    found = [(text, m[0]) for text in texts for m in _ROUGH.finditer(text.value)]
    if found:
        shown = "、".join(dict.fromkeys(words for _, words in found))
        yield subject.find("vague_figure", found[0][0].place, found=shown, count=len(found))


@rule("short_name_first", level=Level.HINT)
def short_names(subject: Subject) -> Iterator[Finding]:
    """单位名称在正文里第一次出现用全称。

    依据：地方做法
    """
    department = subject.reference.departments[subject.key.department]
    full = department.named_in(subject.key.year).name
    # Three characters (网信办) may as well be another office's.
    names = [n for n in department.all_names() if n != full and len(n) > 3]
    for text in subject.texts if any(name in subject.whole for name in names) else ():
        if full in text.value:
            return
        short = next((n for n in names if n in text.value), "")
        if short:
            yield subject.find("short_name_first", text.place, found=short, full=full)
            return
