"""2 check: rules about what is left open: sections, placeholders, goals, measures, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from evalpress.checks import rule
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level, find
from evalpress.model import (
    Evaluated,
    Goal,
    Kind,
    Paragraph,
    Piece,
    Problem,
    ReportContent,
    Section,
    Show,
    State,
)
from evalpress.text.spoken import whole_number
from evalpress.wording import word

# Evaluations by others answer problems with suggestions of their own, in prose.
_BY_OTHERS = frozenset({Kind.FISCAL_EVALUATION, Kind.THIRD_PARTY, Kind.ATTACHMENTS})


# --- sections -----------------------------------------------------------------------------------


@rule("section_missing", level=Level.WARNING)
def section_missing(subject: Subject) -> Iterator[Finding]:
    """提纲规定必写的章节都写了内容。

    依据：地方做法
    """
    if subject.content.original:
        return  # the text is in the original's file
    for owner, prefix in subject.owners():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        for section in outline.walk() if outline else ():
            if not section.required or _is_filled(section, owner):
                continue
            if not prefix and (blank := _blank_field(subject, section)):
                where = subject.locate((blank,))
                yield find("section_data_empty", where, found=section.heading, field=blank)
            else:
                place = f"{prefix}body/{section.id}"
                found = section.heading or section.id
                values: dict[str, Any] = {"found": found, "section": section.id}
                yield subject.find("section_missing", place, **values)


def _blank_field(subject: Subject, section: Section) -> str:
    """The field of the data that a section shows, where the file has it with nothing in it."""
    data = subject.source.data
    return next((p.value for p in section.shows if isinstance(data, dict) and p.value in data), "")


@rule("section_empty", level=Level.WARNING)
def section_empty(subject: Subject) -> Iterator[Finding]:
    """写出的章节和标题下面有内容。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        outline = subject.reference.outline_of(owner, subject.key, subject.kind)
        known = {s.id: s for s in outline.walk()} if outline else {}
        empty = dict[str, str]()
        for name, text in owner.body.items():
            section = known.get(name) or Section(id=name)
            if not text.content and not _is_filled(section, owner):
                empty[f"{prefix}body/{name}"] = text.heading or section.heading or name
        if empty and subject.content.state is State.DRAFT:  # it is being filled in
            yield subject.find(
                "section_empty", next(iter(empty)), found="”、“".join(empty.values())
            )
        else:
            for place, found in empty.items():
                yield subject.find("section_empty", place, found=found)


def _is_filled(section: Section, owner: Evaluated) -> bool:
    """True where the section has text, data that it shows, or a filled section below it."""
    text = owner.body.get(section.id)
    return (
        bool(text and text.content)
        or any(_has(piece, owner) for piece in section.shows)
        or any(_is_filled(child, owner) for child in section.sections)
    )


def _has(piece: Piece, owner: Evaluated) -> bool:
    """True where the report holds the data of a piece."""
    goals = [g for g in (owner.goals.overall, *owner.goals.items) if g] if owner.goals else []
    evaluation = owner.evaluation if isinstance(owner, ReportContent) else None
    if piece in (Piece.GOAL_ACTUALS, Piece.OVERALL_ACTUAL):
        return any(goal.actual for goal in goals)
    if piece in (Piece.GOALS, Piece.GOAL_TARGETS):
        return bool(goals)
    if piece is Piece.FORM:
        return any(_has(part, owner) for part in (Piece.FUNDS, Piece.GOALS, Piece.INDICATORS))
    if piece is Piece.STAGES:
        return bool(evaluation and evaluation.stages)
    if piece is Piece.MEASURES:
        return any(problem.measure for problem in owner.problems)
    return bool(getattr(owner, piece.value, None))


@rule("title_incomplete", level=Level.WARNING)
def title_incomplete(subject: Subject) -> Iterator[Finding]:
    """标题写明单位或项目。

    依据：地方做法
    """
    title, content = subject.content.title, subject.content
    department = subject.reference.departments[subject.key.department]
    units = [unit.name for unit in department.units]
    own = [content.project_name, content.authority, content.unit]
    projects = [project.name for project in content.projects]
    names = [*department.all_names(), *units, *own, *projects]
    if subject.kind is Kind.ATTACHMENTS or (
        subject.kind in _BY_OTHERS and _OF_PROJECT.search(title or "")
    ):
        return
    if title and not any(name and name.removesuffix("项目") in title for name in names):
        yield subject.find("title_incomplete", "title", found=title)


# An evaluation by others names a project that no department has as its own.
# “养老服务设施项目” matches; “项目” does not.
_OF_PROJECT = re.compile("[一-鿿]{4,}(?:项目|工程|资金|政策)")


@rule("title_kind", level=Level.WARNING)
def title_kinds(subject: Subject) -> Iterator[Finding]:
    """标题写的是项目支出还是整体支出，与文种一致。

    依据：报告前后一致
    """
    title = subject.content.title or ""
    project, whole = "项目支出" in title, "整体" in title or "部门支出" in title
    alone = subject.kind is Kind.DEPARTMENT and not subject.key.slug and project and not whole
    if alone or (subject.kind is Kind.PROJECT and "整体支出" in title and not project):
        found = "项目支出" if project else "整体支出"
        yield subject.find("title_kind", "title", found=found, kind=word("kinds", subject.kind))


# --- placeholders -------------------------------------------------------------------------------


_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭马方任袁柳史唐薛雷贺汤罗郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊董梁杜阮蓝季贾江郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房解丁邓崔石刘叶白赖"  # noqa: E501
# What a template left: “×××局” matches; “王××” does not.
_PLACEHOLDER = re.compile(
    r"(?=[×XxＸ○△□■●*＊_＿（(\[【［〔《“请此TFt年 \u3000{$])(?:"
    rf"(?<![{_SURNAMES}×])×{{2,}}|×{{2,}}(?=[局委办部厅处科股镇区县市乡村年月日元万个项])"
    r"|(?<![A-Za-z0-9])[XxＸ]{2,}(?![A-Za-z0-9-])"
    r"|[○△□■●*＊]{2,}(?=[局委办部厅处科股年月日元万个项镇区县市乡村])"
    r"|_{3,}|＿{2,}"
    r"|[（(\[【［〔]\s*(?:请|此处|这里|在此|待)\s*(?:填写|填|输入|插入|补充|说明|核实|定)[^）)\]】］〕]{0,20}"
    r"[）)\]】］〕]"
    r"|[（(\[【［]\s*(?:填写|输入|插入)[^）)\]】］]{0,20}[）)\]】］]"
    r"|[（(\[【［](?:单位|部门|项目)(?:名称|全称)[）)\]】］]"
    r"|此处填写|此处插入|请在此"
    r"|（\s*）|〔\s*〕|《\s*》|“\s*”|【\s*】"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME|todo)(?![A-Za-z])"
    r"|\{{1,2}\s*[一-鿿A-Za-z_]{1,20}\s*\}{1,2}|\$\{[^}]{1,30}\}"
    r"|年\s+月(?![均度份报])|(?<=20\d\d)年\s*月\s*日|(?<=[一-鿿])[ \u3000]+(?:万元|％|%)"
    r"|(?<=[一-鿿])[ \u3000]{2,}(?:人次|公里|平方米|[个名人户家项次件份条场台套处亩吨元所座辆])"
    r"(?=[，。；、）)\s]|$)"
    r")"
)
# A text that is nothing but such: “待补充” matches; “已补充” does not.
_WHOLE = re.compile(
    r"(?:三级|二级|一级)?(?:指标|目标|项目|问题|措施|原因|附件名称|标题)\s*[一二三四五1-9]?\s*[：:]?\s*(?:…+|\.{3,})"
    r"|(?:三级|二级|一级)?(?:指标|目标|问题|措施)\s*[1-9一二三四五]\s*[：:]?"
    r"|[…⋯]+|\.{3,}|。{3,}|[-－—]{2,}"
    r"|待补充|待填写?|待完善|待核实?|待定|待续|待写|补充中|填写中|测试|test|示例|样例|待提供"
)
# Where a name is expected, 暂无 is a cell that nobody filled: “暂无” matches; “没有” does not.
_NOTHING = re.compile(r"(?:暂无|暂缺|略)。?")
# A line that is nothing but such: “指标1” matches; “指标1完成” does not.
_WHOLE_LINE = re.compile(rf"^(?:{_WHOLE.pattern}|{_NOTHING.pattern})$", re.MULTILINE)


# Rows of the indicator table that a template left have a rule of their own.
# “indicators/seats/name” matches; “indicators/seats/target” does not.
_ROW = re.compile(r"(?:^|/)indicators/[^/]+/(?:name|text)$")
# “指标1” matches; “座位数” does not.
_ROW_PLACEHOLDER = re.compile(r".{0,6}指标.{0,3}|[…⋯.。]+|[×xXＸ]+|待填|待补充")


@rule("placeholder", level=Level.ERROR)
def placeholder(subject: Subject) -> Iterator[Finding]:
    """没有留下占位符和模板提示。

    依据：地方做法
    """
    if not subject.may_hold(_PLACEHOLDER) and not subject.may_hold(_WHOLE_LINE):
        return
    for text in subject.own_texts:
        for at, found in _left_open(text):
            yield subject.find_at("placeholder", text.place, at, found=found)


def _left_open(text: Text) -> Iterator[tuple[int, str]]:
    """Each placeholder in a text: where it is, with a little of what stands around it."""
    value = text.value
    if _ROW.search(text.place) and _ROW_PLACEHOLDER.fullmatch(value):
        return
    if _WHOLE.fullmatch(value) or _is_nothing(text):
        yield 0, value
        return
    for match in _PLACEHOLDER.finditer(value):
        yield match.start(), value[max(match.start() - 6, 0) : match.end() + 6].strip()


def _is_nothing(text: Text) -> bool:
    inside = text.place.split("/")
    named = inside[-1] in ("name", "title", "project_name", "target", "text", "unit")
    in_data = bool({"goals", "indicators"} & set(inside)) or len(inside) == 1
    return in_data and (named or "goals" in inside) and bool(_NOTHING.fullmatch(text.value))


# --- goals --------------------------------------------------------------------------------------


# A text without a word: “95%” matches; “完成率” does not.
_ONLY_NUMBER = re.compile(r"[\s\d.,，%％、；;/]+(?:亿?万?元|[个次项人条份场期])?[。\s]*")


@rule("goal_is_number", level=Level.WARNING)
def goal_is_number(subject: Subject) -> Iterator[Finding]:
    """绩效目标和完成情况用文字说明，不只填一个数字。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        for goal in _goals(owner):
            parts = [(n, "".join(_texts(getattr(goal, n)))) for n in ("target", "actual")]
            bare = [(name, text) for name, text in parts if _ONLY_NUMBER.fullmatch(text)]
            if bare:
                place = f"{prefix}goals/{goal.id}/{bare[0][0]}"
                found = "”“".join(text for _, text in bare)
                yield subject.find("goal_is_number", place, found=found)


@rule("goal_without_result", level=Level.HINT)
def goal_without_result(subject: Subject) -> Iterator[Finding]:
    """年度总体目标写明了完成情况。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        overall = owner.goals.overall if owner.goals else None
        if overall and overall.target and not overall.actual and not _tells_results(owner):
            place = f"{prefix}goals/{overall.id}"
            yield subject.find("goal_without_result", place)


def _tells_results(owner: Evaluated) -> bool:
    """True where the prose tells what was achieved."""
    return any(
        text.content and (name.endswith(("results", "output", "benefit")) or name == "text")
        for name, text in owner.body.items()
    )


def _goals(owner: Evaluated) -> list[Goal]:
    return [g for g in (owner.goals.overall, *owner.goals.items) if g] if owner.goals else []


def _texts(node: Any) -> Iterator[str]:
    """The texts of blocks, in order."""
    if isinstance(node, Paragraph):
        yield node.text
    elif isinstance(node, tuple):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, BaseModel) and not isinstance(node, Show):
        for key in type(node).model_fields:
            found = getattr(node, key)
            if key in ("text", "heading", "label") and isinstance(found, str):
                yield found
            elif key in ("content", "list"):
                yield from _texts(found)


# --- problems and measures ----------------------------------------------------------------------


# Fields that are lists or groups: without anything in them they say nothing.
_GROUPS = frozenset(
    ["problems", "indicators", "projects", "goals", "scores", "funds", "attachments", "facts",
     "followups", "body", "evaluation", "profile", "corrections"]
)  # fmt: skip


@rule("field_empty", level=Level.HINT)
def fields_empty(subject: Subject) -> Iterator[Finding]:
    """写出的字段下面有内容：空着的，是漏填还是没有，看不出来。

    依据：本程序的数据格式
    """
    data = subject.source.data
    for name in _GROUPS & data.keys() if isinstance(data, dict) else ():
        if not data[name] or data[name] in ([""], [None]):
            yield find("field_empty", subject.source.place((name,)), found=name)


# Says that there is no problem: “暂无明显问题” matches; “资金不足” does not.
_NO_PROBLEM = re.compile(
    r"(?:暂时?|目前|尚)?(?:没有|未发现|无|不存在|未见)(?:明显|突出|重大)?(?:的?问题)?[。.！]?|/|-|—+|0"
)


@rule("no_problem", level=Level.WARNING)
def no_problem(subject: Subject) -> Iterator[Finding]:
    """存在的问题要写具体，不写“无”“暂无”。

    依据：地方做法
    """
    for place, problem in _problems(subject):
        if problem.text and _NO_PROBLEM.fullmatch(problem.text):
            yield subject.find("no_problem", f"{place}/text", found=problem.text)


# A problem that says what is to be done: “下一步将” matches; “将近” does not.
_MEASURE_IN_TEXT = re.compile(
    r"今后|下一步|下步|拟|将(?!近)|应(?:当|尽|该|进一步)|改(?:进)?措施|建议"
)


@rule("problem_without_measure", level=Level.WARNING)
def problem_without_measure(subject: Subject) -> Iterator[Finding]:
    """每个问题都有改进措施。

    依据：地方做法
    """
    suggested = subject.kind in _BY_OTHERS or _says(subject.content, "suggestions")
    for place, problem in _problems(subject):
        text = problem.text or ""
        answered = problem.measure or problem.measure_in_text or _MEASURE_IN_TEXT.search(text)
        if text and not answered and not suggested and not _NO_PROBLEM.fullmatch(text):
            yield subject.find("problem_without_measure", place, found=text[:24])


def _problems(subject: Subject) -> Iterator[tuple[str, Problem]]:
    for owner, prefix in subject.owners():
        for problem in owner.problems:
            yield f"{prefix}problems/{problem.id}", problem


def _says(owner: Evaluated, section: str) -> bool:
    return section in owner.body and bool(owner.body[section].content)


# --- indicators ---------------------------------------------------------------------------------


@rule("deviation_filler", level=Level.WARNING)
def deviation_filler(subject: Subject) -> Iterator[Finding]:
    """偏差原因栏写原因，没有偏差的空着，不填“/”。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        filled = [
            (f"{prefix}indicators/{indicator.id}/{name}", found)
            for indicator in owner.indicators
            for name in ("deviation", "cause", "measure")
            if (found := getattr(indicator, name)) in ("/", "／", "\\")
            or (found and found.strip("。") in (indicator.name, str(indicator.actual or "")))
        ]
        if filled:
            spots = [(place, 0) for place, _ in filled]
            yield subject.find_all("deviation_filler", spots, found=filled[0][1])


@rule("indicator_empty", level=Level.WARNING)
def indicator_empty(subject: Subject) -> Iterator[Finding]:
    """没有指标的类别写明“无”或“不涉及”，不留空行。

    依据：地方做法
    """
    for owner, prefix in subject.owners():
        for indicator in owner.indicators:
            if not (indicator.name or indicator.text or indicator.not_applicable):
                place = f"{prefix}indicators/{indicator.id}"
                yield subject.find("indicator_empty", place, found=indicator.level2)


# --- attachments, signature ---------------------------------------------------------------------


# An attachment by its number: “见附件2” matches; “附件2025年” does not.
_NAMED = re.compile(
    r"(?<![》）)号的其])附件\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})(?![0-9年])"
)
# One without a number: “详见附件” matches; “附件1” does not.
_POINTS = re.compile(
    r"(?:详?见|参见)(?:本报告)?(?:后附|所附)?的?附[件表](?!\s*[0-9０-９一二三四五六七八九十])"
)


@rule("attachment_unlisted", level=Level.WARNING)
def attachment_unlisted(subject: Subject) -> Iterator[Finding]:
    """文字里提到的附件都列在附件清单里。

    依据：报告前后一致
    """
    listed = _listed(subject)
    told: set[str] = set()
    for text in _outside_attachments(subject):
        for number in _numbers(text.value):
            if number not in listed and number not in told:
                told.add(number)
                found = f"附件{number}"
                yield subject.find("attachment_unlisted", text.place, found=found)
        match = _POINTS.search(text.value)
        if match and not subject.content.attachments and not told:
            told.add("")
            yield subject.find("attachment_unlisted", text.place, found=match.group())


@rule("attachment_unmentioned", level=Level.WARNING)
def attachment_unmentioned(subject: Subject) -> Iterator[Finding]:
    """文字按编号引用附件的，每个有编号的附件都提到。

    依据：报告前后一致
    """
    named = {n for text in _outside_attachments(subject) for n in _numbers(text.value)}
    for attachment in subject.content.attachments if named else ():
        numbers = _numbers(attachment.number or "")
        if numbers and not named & set(numbers):
            place = f"attachments/{attachment.id}"
            values: dict[str, Any] = {"found": attachment.number, "name": attachment.name}
            yield subject.find("attachment_unmentioned", place, **values)


def _outside_attachments(subject: Subject) -> Iterable[Text]:
    return (
        text
        for text in subject.every_text
        if "附" in text.value and not text.place.startswith(("attachments", "corrections"))
    )


def _numbers(text: str) -> list[str]:
    return [str(whole_number(said) or "") for said in _NAMED.findall(text)]


def _listed(subject: Subject) -> set[str]:
    """Numbers of the attachments: their own, in their names, and their positions."""
    attachments = subject.content.attachments
    listed = {n for a in attachments for n in _numbers(f"{a.number or ''} {a.name}")}
    if not any(a.number for a in attachments):
        listed |= {str(position) for position in range(1, len(attachments) + 1)}
    return listed


@rule("undated", level=Level.HINT)
def undated(subject: Subject) -> Iterator[Finding]:
    """报告写明了成文日期或落款日期。

    依据：地方做法
    """
    signature = subject.content.signature
    if not subject.content.public_info.issued and not (signature and signature.date):
        yield subject.find("undated", "")


# Nothing that somebody could check: “加强管理。” matches; “每季度核对进度。” does not.
_SLOGAN = re.compile(
    r"(?:今后|下一?步|将|要|应|继续|进一步|切实|不断)*(?:加强|强化|提高|完善|规范|做好|重视|改进)[^，。；、\d]{0,8}。?"
)


@rule("measure_past", level=Level.HINT)
def measures_past(subject: Subject) -> Iterator[Finding]:
    """改进措施的完成时限在被评价的年度以后。

    依据：报告前后一致
    """
    for place, problem in _problems(subject):
        for field in ("due", "measure"):
            text = getattr(problem, field) or ""
            years = [int(year) for year in _YEAR_DUE.findall(text)]
            past = years and max(years) <= subject.key.year and not _MADE.search(text)
            found = text if past else _begun_in_past(text, subject.key.year)
            if found:
                values: dict[str, Any] = {"found": found[:24], "year": subject.key.year}
                yield subject.find("measure_past", f"{place}/{field}", **values)


def _begun_in_past(text: str, year: int) -> str:
    """The clause that begins with a year before that of the report: 2017年目标改用…; or nothing."""
    clauses = (m for m in _YEAR_FIRST.finditer(text) if int(m["year"]) < year)
    return next((m[0] for m in clauses if not _MADE.search(m[0])), "")


# A clause at the beginning of a sentence: “2017年目标改用” matches; “自2017年” does not.
_YEAR_FIRST = re.compile(r"(?:^|(?<=[。；]))(?P<year>20\d\d)年(?!以来|度)[^，。；]*", re.ASCII)
_YEAR_DUE = re.compile(r"(20\d\d)年[^，。；]{0,8}(?:前|起|内)")
# Says that it was done, or looks back: “已于2025年” matches; “2025年6月底前” does not.
_MADE = re.compile("已|自20|完成了|以来|比|较|发现|检查|上年|去年")


@rule("measure_vague", level=Level.HINT)
def measures_vague(subject: Subject) -> Iterator[Finding]:
    """改进措施写做什么、谁来做、何时做完，不照抄问题，不只写一句“加强管理”。

    依据：地方做法
    """
    for place, problem in _problems(subject):
        measure, text = (problem.measure or "").strip("。"), (problem.text or "").strip("。")
        if measure and (measure == text or _SLOGAN.fullmatch(measure)):
            yield subject.find("measure_vague", f"{place}/measure", found=measure[:24])


@rule("cause_copied", level=Level.HINT)
def causes_copied(subject: Subject) -> Iterator[Finding]:
    """问题的原因写为什么，不照抄问题或措施。

    依据：地方做法
    """
    for place, problem in _problems(subject):
        cause = (problem.cause or "").strip("。")
        others = {(problem.text or "").strip("。"), (problem.measure or "").strip("。")}
        if cause and cause in others:
            yield subject.find("cause_copied", f"{place}/cause", found=cause[:24])


# What is still to come: “将开展培训” matches; “已将材料报送” does not.
_STILL = re.compile(r"(?:^|[，。；])(?:将(?!材料|资料|其|全)|拟|计划|准备|力争|预计)")


@rule("result_in_future", level=Level.HINT)
def results_in_future(subject: Subject) -> Iterator[Finding]:
    """目标的完成情况写已经做到的，不写打算做的。

    依据：报告前后一致
    """
    for text in subject.texts:
        if "goals/" in text.place and "/actual" in text.place:
            match = _STILL.search(text.value)
            if match:
                found, at = (
                    text.value[match.start() : match.end() + 8].lstrip("，。；"),
                    match.start(),
                )
                yield subject.find_at("result_in_future", text.place, at, found=found)


_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]")


@rule("title_without_year", level=Level.HINT)
def title_without_year(subject: Subject) -> Iterator[Finding]:
    """标题写明年度。

    依据：地方做法
    """
    title = subject.content.title
    if title and not subject.key.slug and not _YEAR.search(title):
        yield subject.find("title_without_year", "title", found=title, year=subject.key.year)


# A word twice in a row: “报告报告” matches; “年度年报” does not.
_WORD_TWICE = re.compile("(部门|整体|支出|绩效|自评|评价|报告|年度|项目)\\1")
_TITLE_WORDS = ("绩效自评报告", "绩效评价报告", "部门整体支出", "整体支出绩效", "项目支出绩效")
# One sign apart, and right: “绩效自查报告” matches; “绩效自评报告” does not.
_RIGHT_WORDS = re.compile(
    "绩效自查|绩效自[我行]|绩效[监考测]评|绩效评[价估]|绩效审评|绩效总评|绩效复评|部门总体支出"
)


@cache
def _slips(phrase: str) -> re.Pattern[str]:
    """What is one slip from a phrase: another sign, one left out, one twice, two
    neighbours exchanged."""
    slips = set()
    for at, sign in enumerate(phrase):
        before, after = phrase[:at], phrase[at + 1 :]
        slips |= {f"{before}[\u3400-\u9fff]{after}", f"{before}{sign}{sign}{after}"}
        if 0 < at < len(phrase) - 1:
            slips |= {before + after, f"{before}{after[0]}{sign}{after[1:]}"}
    return re.compile("|".join(sorted(slips, key=len, reverse=True)))


@rule("title_misspelt", level=Level.WARNING)
def title_misspelt(subject: Subject) -> Iterator[Finding]:
    """标题里的文种没有错字、漏字、多字。

    依据：地方做法
    """
    title = subject.content.title or ""
    if twice := _WORD_TWICE.search(title):
        values = {"found": twice[0], "expected": twice[1]}
        yield subject.find_at("title_misspelt", "title", twice.start(), **values)
        return
    for phrase in _TITLE_WORDS:
        match = None if phrase in title else _slips(phrase).search(title)
        if match and not _RIGHT_WORDS.search(match[0]):
            at = match.start()
            yield subject.find_at("title_misspelt", "title", at, found=match[0], expected=phrase)
            return
