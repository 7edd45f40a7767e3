"""2 check: rules about wording and typing: wrong words, punctuation, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalpress.checks import rule
from evalpress.checks.fund_columns import money_unit
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import Department, Kind, WordRule

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
    pairs = {whole[m.start() : m.start() + 2] for m in _any_beginning(forms).finditer(whole)}
    beginnings = {"", *pairs, *(pair[0] for pair in pairs)}
    for form in forms:
        if beginnings.isdisjoint(form.beginnings) or not _occurs(form, whole):
            continue
        for text in subject.own_texts:
            for match in form.pattern.finditer(text.value):
                yield _misspelt(subject, text, match, entries[form.wrong])


@dataclass(frozen=True)
class _Form:
    """A wrong form, ready to search for; without one of its needles, which begin with one of its
    `beginnings` of up to two signs, it cannot occur."""

    wrong: str
    pattern: re.Pattern[str]
    needles: tuple[str, ...]
    beginnings: frozenset[str]


def _occurs(form: _Form, text: str) -> bool:
    for needle in form.needles:
        if needle in text:
            return bool(form.pattern.search(text))
    return False


@lru_cache(maxsize=4)
def _forms(wrong: tuple[str, ...]) -> tuple[_Form, ...]:
    return tuple(map(_form, wrong))


@lru_cache(maxsize=4)
def _any_beginning(forms: tuple[_Form, ...]) -> re.Pattern[str]:
    """A sign with which some form begins, where the next one may be the second of a form."""
    found = {beginning for form in forms for beginning in form.beginnings if beginning}
    if not found:
        return re.compile("(?!)")
    first, second = (re.escape("".join({b[at] for b in found if len(b) > at})) for at in (0, 1))
    alone = re.escape("".join({b for b in found if len(b) == 1}))
    behind = [f"(?<=[{alone}])"] * bool(alone) + [f"(?=[{second}])"] * bool(second)
    return re.compile(f"[{first}](?:{'|'.join(behind)})")


def _form(wrong: str) -> _Form:
    needles = tuple(_needles(wrong))
    return _Form(wrong, re.compile(wrong), needles, frozenset(needle[:2] for needle in needles))


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
    around = f"{before}{match.group()}{after}"
    return subject.find_at("wording", text.place, match.start(), around=around, **values)


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
    for text in subject.own_texts if subject.may_hold(_DOCUMENT) else ():
        for match in _DOCUMENT.finditer(text.value):
            if match["open"] == "〔" and not match["nth"] and not match["number"].startswith("0"):
                continue
            right = f"〔{match['year']}〕{int(match['number'])}号"
            found = text.value[max(match.start() - 4, 0) : match.end()].lstrip("（《》(，。")
            at = match.start()
            yield subject.find_at("document_number", text.place, at, found=found, right=right)


# A year without its century: “25年度” matches; “2025年度” does not.
_SHORT_YEAR = re.compile(
    r"([12]\d)(?<![\dOo.第近满达约有共了间逾]..)\s?年"
    r"(?=度(?!假)|底|初(?!中)|末|年[初末底]|上半年|下半年|全年|\d{1,2}月|部门|预算|绩效|整体|自评)",
    re.ASCII,
)


@rule("short_year", level=Level.WARNING)
def short_year(subject: Subject) -> Iterator[Finding]:
    """年份写四位数字，不写“25年”。

    依据：文字习惯
    """
    near = range(subject.key.year - 3, subject.key.year + 3)
    for text in subject.own_texts if subject.may_hold(_SHORT_YEAR) else ():
        for match in _SHORT_YEAR.finditer(text.value):
            if 2000 + int(match[1]) in near:
                after = text.value[match.end() : match.end() + 6]
                found, right = f"{match.group()}{after}", f"20{match[1]}年"
                at = match.start()
                yield subject.find_at("short_year", text.place, at, found=found, right=right)


# May be one of these: “204年” matches; “2024年” does not.
_MAY_BE_ODD = re.compile(r"20(?:\d|\d{3})年", re.ASCII)
# A year with a figure too many or too few: “20244年度” matches; “2024年度” does not.
_ODD_YEAR = re.compile(
    r"(?<![\d.,])(?:20\d{3}|20\d|202\d\d\d)年(?=度|[初底末]|全年|上半年|下半年|预算|年[初末底]|\d{1,2}月)",
    re.ASCII,
)


@rule("year_figures", level=Level.WARNING)
def year_figures(subject: Subject) -> Iterator[Finding]:
    """年份是四位数字，不多不少。

    依据：文字习惯
    """
    for place, match in subject.matches(_ODD_YEAR, near=_MAY_BE_ODD):
        yield subject.find_match("year_figures", place, match)


_PERCENT_WORD = re.compile(r"\d\s?百分比", re.ASCII)


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
    for place, match in subject.matches(_PERCENT_WORD, subject.texts):
        yield subject.find_match("percent_word", place, match)


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
            spots = [(place, 0) for place, _ in odd]
            yield subject.find_all("amount_decimals", spots, found=odd[0][1])
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
    used = [("scores/grade", 0, scores.grade)] if scores and scores.grade else []
    for text in subject.texts:
        if "等" in text.value or "评" in text.value or "档" in text.value:
            used += [(text.place, m.start(1), m[1]) for m in pattern.finditer(text.value)]
    first: dict[str, str] = {}
    for place, at, said in used:
        grade = scale.grade(said)
        other = first.setdefault(grade.id, said) if grade else said
        if other != said:
            yield subject.find_at("mixed_grades", place, at, found=said, other=other)


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
    texts = [t for t in subject.own_texts if _HALF_ANY.search(t.value)]
    for kind, pattern in _HALF.items():
        found = [(t, m) for t in texts for m in pattern.finditer(t.value)]
        if found:
            text, match = found[0]
            around = text.value[max(match.start() - 6, 0) : match.end() + 6]
            spots = [(t.place, m.start()) for t, m in found]
            values: dict[str, Any] = {"shown": _SHOWN[kind], "right": _RIGHT[kind]}
            yield subject.find_all("half_width", spots, found=around, **values)


# Letters and figures: “２０２５” matches; “2025” does not.
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．]+")


@rule("full_width", level=Level.WARNING)
def full_width(subject: Subject) -> Iterator[Finding]:
    """数字、字母和百分号用半角。

    依据：文字习惯
    """
    texts = subject.own_texts if subject.may_hold(_FULL_WIDTH) else []
    if _FULL_WIDTH.search("\n".join([measure.value for measure in subject.measures])):
        texts = [*texts, *subject.measures]
    found = [(t.place, m) for t in texts for m in _FULL_WIDTH.finditer(t.value)]
    if found:
        written = found[0][1].group()
        spots = [(place, match.start()) for place, match in found]
        yield subject.find_all("full_width", spots, found=written, right=_narrow(written))


def _narrow(text: str) -> str:
    return "".join(chr(ord(character) - 0xFEE0) for character in text)


# Signs that follow one another: “，。” matches; “，”” does not.
_REPEATED = re.compile(
    r"[，。；：、？,;…](?:(?<=[，。；：、？…])[ \u3000]*[，。；：、]|(?<=,),|(?<=;);)"
)


@rule("repeated_punctuation", level=Level.WARNING)
def repeated_punctuation(subject: Subject) -> Iterator[Finding]:
    """标点不重复、不连用。

    依据：文字习惯
    """
    for place, match in subject.matches(_REPEATED):
        if "。。。" not in match.string:
            found = match.string[max(match.start() - 6, 0) : match.end() + 4]
            yield subject.find_match("repeated_punctuation", place, match, found=found)


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
    texts = subject.own_texts
    marks = _NO_MARK.sub("", "\x00".join([text.value for text in texts])).split("\x00")
    for text, found in zip(texts, marks, strict=False):
        if found and found not in _USUAL:
            for found_mark, at, around in _unpaired(_ITEM_NUMBER.sub(_blank, text.value)):
                values: dict[str, Any] = {"found": found_mark, "around": around}
                yield subject.find_at("unbalanced_pair", text.place, at, **values)


_USUAL = frozenset(
    {"《》", "“”", "（）", "()", "〔〕", "（）（）", "“”“”", "《》《》", "《》（〔〕）"}
)


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def _unpaired(text: str) -> Iterator[tuple[str, int, str]]:
    """The marks without a partner, each with where it is and what stands around it."""
    for pair in _PAIRS:
        open_at: list[int] = []
        for match in _MARK.finditer(text):
            if match.group() in pair[0]:
                open_at.append(match.start())
            elif match.group() in pair[1]:
                if open_at:
                    open_at.pop()
                    continue
                around = text[max(match.start() - 10, 0) : match.end()]
                yield match.group(), match.start(), around.replace("\x00", "")
        for at in open_at:
            yield text[at], at, text[at : at + 10].replace("\x00", "")


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
    found = [(text.place, m) for text in texts for m in _ROUGH.finditer(text.value)]
    if found:
        shown = "、".join(dict.fromkeys(match[0] for _, match in found))
        spots = [(place, match.start()) for place, match in found]
        yield subject.find_all("vague_figure", spots, found=shown)


@rule("short_name_first", level=Level.HINT)
def short_names(subject: Subject) -> Iterator[Finding]:
    """单位名称在正文里第一次出现用全称。

    依据：地方做法
    """
    department = subject.reference.departments[subject.key.department]
    full = department.named_in(subject.key.year).name
    former = {n for d in department.former(subject.key.year) for n in (d.name, d.short)}
    # Three characters (网信办) may as well be another office's.
    names = [n for n in department.all_names() if n not in (full, *former) and len(n) > 3]
    for text in subject.texts if any(name in subject.whole for name in names) else ():
        if full in text.value:
            return
        short = next((n for n in names if n in text.value), "")
        if short:
            at = text.value.index(short)
            yield subject.find_at("short_name_first", text.place, at, found=short, full=full)
            return


_NAMED = ("title", "signature/office", "public_info/publisher", "unit", "authority")


@rule("former_name", level=Level.WARNING)
def former_names(subject: Subject) -> Iterator[Finding]:
    """标题、落款和发布机构写单位在报告年度的名称，不写改名以前的名称。

    依据：地方做法
    """
    department = subject.reference.departments[subject.key.department]
    full = department.named_in(subject.key.year).name
    for text in subject.every_text if len(department.names) > 1 else ():
        if text.place not in _NAMED or full in text.value:
            continue
        for dated in department.former(subject.key.year):
            found = next((n for n in (dated.name, dated.short) if n and n in text.value), "")
            if found:
                told: dict[str, Any] = {"found": found, "until": dated.until, "full": full}
                yield subject.find("former_name", text.place, **told)


# What a web page or another program would read: “[甲](http://a)” matches; “<90%” does not.
_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]{0,200})?/?>|&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,4});"
    r"|\[[^\]\n]{1,60}\]\([A-Za-z]{2,12}:[^)\n]{1,200}\)|\*\*[^*\n]{1,60}\*\*"
    r"|\\[nrt](?=[\u3400-\u9fff\s]|$)(?<![A-Za-z]:\\.)"
)
# May hold some of it: “[表](file:a)” matches; “表（一）” does not.
_LINKED = re.compile(r"\[|\*\*|&(?:nbsp|lt|gt|amp|quot|#)")


@rule("markup_left", level=Level.WARNING)
def markup_left(subject: Subject) -> Iterator[Finding]:
    """文字里不残留网页标签和 Markdown 写法，网页上会照原样印出来。

    依据：文字习惯
    """
    for place, match in subject.matches(_MARKUP):
        if place.endswith("/markdown") and _LINKED.match(match[0]):
            continue  # what the block is for
        yield subject.find_match("markup_left", place, match, found=match[0][:40])


# A file of a computer or an address of an office's network: “10.1.20.5” matches; “10.1.2” does not.
_LOCAL = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:\\[^\s，。；）]{1,80}|file:/+[^\s，。；）]{1,80}|(?<!\S)\\\\[\w.]+\\[^\s，。；）]{1,60}"
    r"|(?<=[\u3400-\u9fff])\\\\[\w.]+\\[^\s，。；）]{1,60}"
    r"|(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}(?![\d.])"
)
_MAY_BE_INNER = re.compile(r"10\.\d{1,3}\.\d", re.ASCII)


@rule("local_path", level=Level.WARNING)
def local_paths(subject: Subject) -> Iterator[Finding]:
    """文字里没有本机文件的路径、内部网络的地址。

    依据：文字习惯
    """
    may_be = "\\" in subject.signs or subject.may_say("file:/", "192.168.", "172.")
    if may_be or subject.may_hold(_MAY_BE_INNER):
        for place, match in subject.matches(_LOCAL):
            yield subject.find_match("local_path", place, match, found=match[0][:40])


# A bracket of two widths: “（4月2日)” matches; “（4月2日）” does not.
_TWO_WIDTHS = re.compile(r"（[^（）()\n]{0,80}\)|\([^（）()\n]{0,80}）")


@rule("bracket_widths", level=Level.WARNING)
def bracket_widths(subject: Subject) -> Iterator[Finding]:
    """一对括号，两头都是全角。

    依据：文字习惯
    """
    for place, match in subject.matches(_TWO_WIDTHS):
        right = f"（{match[0][1:-1]}）"
        yield subject.find_match("bracket_widths", place, match, right=right)


_OFFICES = ("signature/office", "public_info/publisher")


@rule("office_name", level=Level.WARNING)
def office_names(subject: Subject) -> Iterator[Finding]:
    """落款和发布机构的名称与登记的部门名称一字不差。

    依据：报告前后一致
    """
    departments = subject.reference.departments.values()
    own = subject.reference.departments[subject.key.department]
    full = own.named_in(subject.key.year).name
    title = subject.content.title or ""
    begins = title[: len(full)]
    if _is_nearly(begins, full) and not any(begins in d.all_names() for d in departments):
        yield subject.find("office_name", "title", found=begins, full=full)
    for text in (t for t in subject.every_text if t.place in _OFFICES):
        if not _is_nearly(text.value, full) or text.value in own.all_names():
            continue
        units = [unit.name for d in departments for unit in d.units]
        if not any(text.value in d.all_names() for d in departments) and text.value not in units:
            yield subject.find("office_name", text.place, found=text.value, full=full)


# An office inside a department, without its name: “局办公室” matches; “教育局” does not.
_INNER = re.compile(
    r"(?:[本我]?(?:局|委|办|院|校|中心|馆|单位|部门|机关)|本|我)?"
    r"(?:办公室|综合[股科处室]|(?:计划|规划)?财务[股科处室]|人事[股科处室]|办)|[本我][局委办院校]"
)


@rule("inner_office", level=Level.WARNING)
def inner_offices(subject: Subject) -> Iterator[Finding]:
    """落款和发布机构写单位全称，不写内设的办公室、股室，不写“本局”。

    依据：地方做法
    """
    departments = subject.reference.departments
    own = departments[subject.key.department]
    full = own.named_in(subject.key.year).name
    for text in (t for t in subject.every_text if t.place in _OFFICES):
        inside = text.value.removeprefix(full)
        named = any(text.value in d.all_names() for d in departments.values())
        if not named and (_INNER.fullmatch(inside) or inside in _offices(subject)):
            yield subject.find("inner_office", text.place, found=text.value, full=full)


def _offices(subject: Subject) -> tuple[str, ...]:
    profile = subject.content.profile
    return profile.offices if profile else ()


# What a district, county or banner calls itself: “，区财政局” matches; “全区” does not.
# An autonomous region is one as well.
_LEVEL = re.compile(
    r"(?:[我本]|全(?!区))(?P<own>[区县旗])(?![城域级间划])"
    r"|(?:(?<![\u3400-\u9fff])|(?<=[报经由向按据]))(?P<its>[区县旗])(?:委|人民政府|政府|财政局)(?!员)"
)
# By the last sign of the region's name, what its reports do not call it.
_OTHER_LEVELS = {"区": "县旗", "市": "县旗", "县": "区旗", "旗": "县"}


@rule("other_level", level=Level.HINT)
def other_levels(subject: Subject) -> Iterator[Finding]:
    """区的报告写“全区”“区财政局”，县的报告写“全县”“县财政局”：写成另一级的，多半照抄了别处的报告。

    依据：报告前后一致
    """
    own = subject.reference.departments[subject.key.department]
    region = subject.reference.regions.get(own.region)
    others = _OTHER_LEVELS.get(region.name[-1:], "") if region else ""
    texts = subject.texts if subject.signs & set(others) else ()
    found = [
        (text.place, match) for text in texts for match in _LEVEL.finditer(text.value)
        if (match["own"] or match["its"]) in others
    ]  # fmt: skip
    if found:
        shown = "、".join(dict.fromkeys(match[0] for _, match in found))
        spots = [(place, match.start()) for place, match in found]
        values = {"found": shown, "region": region.name if region else ""}
        yield subject.find_all("other_level", spots, **values)


@rule("office_in_text", level=Level.WARNING)
def offices_in_texts(subject: Subject) -> Iterator[Finding]:
    """正文里本单位的全称一字不差：只差一个字的，多半是别处的单位或错字。

    依据：报告前后一致
    """
    departments = subject.reference.departments
    full = departments[subject.key.department].named_in(subject.key.year).name
    end = full[-3:]
    if len(full) < _LONG_NAME or subject.whole.count(end) == subject.whole.count(full):
        return
    known = {n for d in departments.values() for n in d.all_names()}
    known |= {unit.name for d in departments.values() for unit in d.units}
    for text in (t for t in subject.texts if end in t.value):
        for match in re.finditer(re.escape(end), text.value):
            at = match.end() - len(full)
            found = text.value[at : match.end()] if at >= 0 else ""
            apart = sum(a != b for a, b in zip(found, full, strict=False))
            if len(found) == len(full) and apart == 1 and found not in known:
                yield subject.find_at("office_in_text", text.place, at, found=found, full=full)


_LONG_NAME = 6  # characters of a name of which one wrong is no other name


@rule("signed_by_others", level=Level.HINT)
def signed_by_others(subject: Subject) -> Iterator[Finding]:
    """部门整体报告由本部门落款；由别的部门落款的要核对。

    依据：报告前后一致
    """
    office = subject.content.signature.office if subject.content.signature else None
    if office and office in _others(subject, office):
        yield subject.find("signed_by_others", "signature/office", found=office)


def _is_nearly(written: str, full: str) -> bool:
    """True for a name with one sign wrong, and for one that leaves out something inside, or puts
    a little in."""
    if len(written) == len(full):
        return sum(a != b for a, b in zip(written, full, strict=True)) == 1
    shorter, longer = sorted((written, full), key=len)
    signs = iter(longer)
    inside = all(sign in signs for sign in shorter) and len(written) - len(full) <= _PUT_IN
    return inside and written[:2] == full[:2] and written[-1:] == full[-1:] and len(written) > 3


_PUT_IN = 3  # signs that make 教育局 into 教育和体育局


# What only its own report tells: “2025年部门整体支出” matches; “联合检查” does not.
_OWN_BUSINESS = re.compile(
    r"(?:(?:19|20)\d\d\s*年度?)?的?(?:部门|单位)?(?:整体支出|整体绩效|绩效自评|自评得分?|年初预算|全年预算|部门预算)"
    r"|(?:下设|内设|机关内设|核定编制|现有编制|共支出|自评范围|自评了)"
)
# The same, right behind a name: “财政局2025年部门预算” matches; “的部门预算” does not.
_ITS_BUSINESS = re.compile(rf"(?<=[局办委会馆院心部处])(?:{_OWN_BUSINESS.pattern})")


@rule("other_department", level=Level.WARNING)
def other_department(subject: Subject) -> Iterator[Finding]:
    """正文里开展自评、执行预算的，是本部门，不是照抄来的另一个部门。

    依据：报告前后一致
    """
    for text in subject.texts if subject.may_hold(_ITS_BUSINESS) else ():
        for match in _ITS_BUSINESS.finditer(text.value):
            if name := _stranger_before(subject, text.value, match.start()):
                at = match.start() - len(name)
                yield subject.find_at("other_department", text.place, at, found=name)


def _stranger_before(subject: Subject, text: str, at: int) -> str:
    """The name, full or short, of another department that ends at a sign of a text; none that may
    be the end of an own name, or of one by which something is done or decided; else nothing."""
    before = text[max(0, at - _LONGEST_NAME) : at]
    full = subject.reference.full_names(subject.key.year)
    for other in _strangers(subject):
        for name in (full[other.id], *other.all_names()):
            if before.endswith(name) and not any(own.endswith(name) for own in _mine(subject)):
                short = name != full[other.id]
                led = short and _LED.search(before.removesuffix(name))
                return "" if led or len(name) < _SHORT_NAME else name
    return ""


_LONGEST_NAME = 30  # signs of a department's name
_SHORT_NAME = 4  # signs of a short name that are no part of another word
# Before an office that does something for the report: “按” matches; “，” does not.
_LED = re.compile("[按经由据向报送与和对依照从请受]$")


def _others(subject: Subject, said: str) -> Iterator[str]:
    """The full names of the region's other departments that a text holds, none of which is a part
    of an own name."""
    names = subject.reference.full_names(subject.key.year)
    for other in _strangers(subject) if said else ():
        full = names[other.id]
        if full in said and not any(full in name for name in _mine(subject)):
            yield full


def _mine(subject: Subject) -> list[str]:
    own = subject.reference.departments[subject.key.department]
    return [*own.all_names(), *(unit.name for unit in own.units)]


def _strangers(subject: Subject) -> Iterator[Department]:
    """The region's other departments with which a department's report shares no duties."""
    departments = subject.reference.departments
    own = departments[subject.key.department]
    heirs = {successor.id for successor in own.successors}
    for other in departments.values() if subject.kind is Kind.DEPARTMENT else ():
        gave = any(successor.id == own.id for successor in other.successors)
        if other.id not in (own.id, *heirs) and not gave and other.region == own.region:
            yield other
