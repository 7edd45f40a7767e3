"""2 check: rules about the year under review, wherever a report names a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalpress.checks import rule
from evalpress.checks.report_days import SELF
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import Kind

# A year, or some: “2023—2025年” matches; “财办〔2024〕15号” does not.
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*年?度?\s*[-—–~～至]+\s*((?:20)?\d\d))?"
    r"(?!\d|\s*[级届]|\s*[〕)）\]】]\s*第?\s*\d+\s*号)",
    re.ASCII,
)


def _other_years(text: str | None, year: int) -> str:
    """The years that a name holds, where none of them is, or spans, this year; else nothing."""
    spans = [(int(first), _last_year(first, last)) for first, last in _YEARS.findall(text or "")]
    if not spans or any(first <= year <= last for first, last in spans):
        return ""
    return "、".join(str(first) for first, _ in spans)


def _last_year(first: str, last: str) -> int:
    return int(first[: 4 - len(last)] + last)


@rule("title_year", level=Level.ERROR)
def title_year(subject: Subject) -> Iterator[Finding]:
    """标题里的年度与报告的年度一致。

    依据：报告前后一致
    """
    found = _other_years(subject.content.title, subject.key.year)
    if found and subject.kind in SELF:
        yield subject.find("title_year", "title", found=found, year=subject.key.year)


@rule("name_year", level=Level.WARNING)
def name_year(subject: Subject) -> Iterator[Finding]:
    """副标题、项目名称、附件名称里的年度与报告的年度一致。

    依据：报告前后一致
    """
    content, year = subject.content, subject.key.year
    names = [("subtitle", content.subtitle), ("project_name", content.project_name)]
    if subject.kind not in SELF:
        names.append(("title", content.title))
    names += [(f"attachments/{a.id}/name", a.name) for a in content.attachments]
    names += [(f"attachments/{a.id}/file", a.file) for a in content.attachments]
    for place, name in names:
        found = _other_years(name, year)
        if found:
            yield subject.find("name_year", place, found=found, name=name, year=year)


@rule("attachment_years", level=Level.WARNING)
def attachment_years(subject: Subject) -> Iterator[Finding]:
    """目录里各附件名称的年度写法一致。

    依据：报告前后一致
    """
    attachments = subject.content.attachments
    if subject.kind is not Kind.ATTACHMENTS or len(attachments) < 3:
        return
    forms: dict[str, str] = {}
    for attachment in attachments:
        forms.setdefault(_year_form(attachment.name), attachment.name)
    if len(forms) > 1:
        found = "、".join(f"“{name}”" for name in list(forms.values())[:4])
        yield subject.find("attachment_years", "attachments", found=found, year=subject.key.year)


# How a name writes its year: “2024年度” matches; “年度” does not.
_YEAR_FORM = re.compile(r"20\d\d\s*(年?度?\s*[-—–~～至]+|年度|年)?", re.ASCII)


def _year_form(name: str) -> str:
    match = _YEAR_FORM.search(name)
    if not match:
        return ""
    return match[1] if match[1] in ("年", "年度", None) else "—"


# The year of which a sentence reports: “2024年度绩效自评报告” matches; “2024年9月自评” does not.
_REVIEWED = re.compile(
    r"(20\d\d)\s*年度?[^，。；：、！\d]{0,20}?(?:绩效(?:进行)?(?:了)?自评|自评报告|自评工作|自评表|自评价"
    r"|自评得|自评分|自我评价|绩效评价)"
    r"|(?:自评|评价)了(20\d\d)\s*年度?[^，。；]{0,12}?(?:支出|绩效)",
    re.ASCII,
)
# How a department begins to tell of the year under review.
# “2024年我局各项工作” matches; “比2024年各项工作” does not.
_TASKS = re.compile(
    r"(?:^|(?<=[。；\n]))(20\d\d)\s*年度?[，,]?(?:我[局委办会院校]|本[局委办部单][门位]?|全[局委系][统]?)"
    r"[^。；\n\d]{0,24}?(?:各项(?:工作|任务|目标|指标)|年初(?:确定|设定|制定|下达|预定)的)"
)
# May be one of both: “年初” matches; “年末” does not.
_SPEAKS = re.compile("自评|自我评价|绩效评价|各项|年初")
# A sentence that looks at other years: “与上年相比” matches; “本年” does not.
_COMPARING = re.compile(
    r"比|较|相比|同期|高于|低于|整改|以往|以前|上年|上一年|去年|历年|往年|发现|提出|指出|反映|首次"
    r"|曾|复核|抽查|继续|结果应用|起|未公开|尚未|未报|补报|补正"
)
_LOOKING_BACK = ("followups", "problems", "body/other", "body/usage", "body/suggestions")
_SENTENCE = re.compile(r"[^。；\n]+")


@rule("prose_year", level=Level.WARNING)
def prose_year(subject: Subject) -> Iterator[Finding]:
    """正文不把以前年度写成本次自评的年度。

    依据：报告前后一致
    """
    year = subject.key.year
    known_years = [str(year - back) for back in range(1, 4)]
    for text in subject.texts if subject.kind in SELF else ():
        value = text.value
        if not any(known in value for known in known_years) or not _SPEAKS.search(value):
            continue
        told = text.place.startswith(_LOOKING_BACK)
        found = "" if told else _reviewed_year(text, year)
        if found:
            yield subject.find("prose_year", text.place, found=found, year=year)
            return


def _reviewed_year(text: Text, year: int) -> str:
    """What names an earlier year as the one reviewed, in a sentence that compares nothing."""
    for match in (*_REVIEWED.finditer(text.value), *_TASKS.finditer(text.value)):
        if not year - 4 < int(next(filter(None, match.groups()))) < year:
            continue
        start = max(text.value.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
        whole = _SENTENCE.match(text.value, start)
        sentence = whole.group() if whole else match.group()
        if str(year) not in sentence and not _COMPARING.search(sentence):
            return match.group()
    return ""


# The year of a document: “财办〔2024〕15号” matches; “2024年15号” does not.
_NUMBERED = re.compile(
    r"[〔(（\[【［]\s*((?:19|20)\d\d)\s*[〕)）\]】］]\s*第?\s*\d+\s*号", re.ASCII
)


@rule("cited_year", level=Level.WARNING)
def cited_year(subject: Subject) -> Iterator[Finding]:
    """引用的文件不能晚于报告形成的时间。

    依据：报告前后一致
    """
    limit = subject.key.year + 1
    for text in subject.every_text:
        if "号" in text.value and not text.place.startswith("public_info"):
            for match in _NUMBERED.finditer(text.value):
                if int(match[1]) > limit:
                    yield subject.find_match("cited_year", text.place, match, limit=limit)
    for owner, prefix in subject.owners():
        for basis in owner.profile.bases if owner.profile else ():
            if basis.issued and basis.issued.year and basis.issued.year > limit:
                place = f"{prefix}profile/bases/{basis.id or basis.name}/issued"
                yield subject.find("cited_year", place, found=basis.issued.written, limit=limit)


# What is so at the end of a year: “2025年末实有” matches; “2025年末新增” does not.
_STATUS = re.compile(
    r"((?:19|20)\d\d)\s*年(?:度?末|底|12\s*月\s*31\s*日)[，,]?(?:[我本全]?[局委办馆院校县区市]?[机单部]?[关位门]?)?"
    r"(?:实有|在编|在职|在岗|编制|核定|共有|资产总额|固定资产)",
    re.ASCII,
)


@rule("status_year", level=Level.HINT)
def status_year(subject: Subject) -> Iterator[Finding]:
    """人员、资产等年末情况写报告年度末的数。

    依据：报告前后一致
    """
    year = subject.key.year
    for text in subject.texts if subject.kind in SELF else ():
        if "年" not in text.value or text.place.startswith(_LOOKING_BACK):
            continue
        for match in _STATUS.finditer(text.value):
            start = max(text.value.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
            whole = _SENTENCE.match(text.value, start)
            sentence = whole.group() if whole else match[0]
            other = int(match[1]) != year and str(year) not in sentence
            if other and not _COMPARING.search(sentence):
                yield subject.find_match("status_year", text.place, match, year=year)


# A year that begins or ends nothing: “2024年” matches; “2024年以来” does not.
_OF_YEAR = re.compile(r"((?:19|20)\d\d)\s*年(?!以来|[—～至到-])", re.ASCII)


@rule("goal_year", level=Level.HINT)
def goal_year(subject: Subject) -> Iterator[Finding]:
    """年度目标写报告年度要做的事，写以前年度的要说明与本年怎样比较。

    依据：报告前后一致
    """
    year = subject.key.year
    for text in subject.texts if "goals" in subject.content.model_fields_set else ():
        if "goals/" not in text.place or "/target" not in text.place or str(year) in text.value:
            continue
        for sentence in _SENTENCE.finditer(text.value):
            named = _OF_YEAR.search(sentence[0])
            if named and int(named[1]) < year and not _COMPARING.search(sentence[0]):
                at, found = sentence.start() + named.start(), named[0]
                yield subject.find_at("goal_year", text.place, at, found=found, year=year)


_OF_FIGURE = re.compile(r"20\d\d", re.ASCII)


@rule("fact_year", level=Level.HINT)
def fact_year(subject: Subject) -> Iterator[Finding]:
    """数据（facts）的时间是报告年度的；是其他年度的，名称里写明。

    依据：报告前后一致
    """
    year = subject.key.year
    for owner, start in subject.owners():
        for fact in owner.facts:
            years = [int(found) for found in _OF_FIGURE.findall(fact.period or "")]
            if years and max(years) < year and not _COMPARING.search(fact.name):
                values: dict[str, Any] = {"found": fact.period, "name": fact.name, "year": year}
                yield subject.find("fact_year", f"{start}facts/{fact.id}/period", **values)


@rule("fact_ahead", level=Level.WARNING)
def fact_ahead(subject: Subject) -> Iterator[Finding]:
    """数据（facts）的时间不晚于报告形成的时间。

    依据：算术关系
    """
    limit = subject.key.year + 1
    for owner, start in subject.owners():
        for fact in owner.facts:
            years = [int(found) for found in _OF_FIGURE.findall(fact.period or "")]
            if years and min(years) > limit:
                values: dict[str, Any] = {"found": fact.period, "name": fact.name, "limit": limit}
                yield subject.find("fact_ahead", f"{start}facts/{fact.id}/period", **values)


# What the results are used for: “自评结果用于2026年预算编制” matches; “用于2025年度考核” does not.
_USED = re.compile(
    r"(?:结果|结论)[^。；\d]{0,12}(?:用于|作为|应用于)[^。；\d]{0,6}(?P<year>20\d\d)年度?(?:部门)?预算(?:编制|安排|的)",
    re.ASCII,
)


@rule("usage_year", level=Level.HINT)
def usage_year(subject: Subject) -> Iterator[Finding]:
    """自评结果用于以后年度的预算。

    依据：报告前后一致
    """
    for place, match in subject.matches(_USED) if subject.may_say("预算编制", "预算安排") else ():
        if int(match["year"]) <= subject.key.year:
            values: dict[str, Any] = {"year": subject.key.year}
            yield subject.find_at(
                "usage_year", place, match.start("year"), found=match[0], **values
            )


# When a whole year was evaluated: “2026年3月，自评了2025年度” matches; “2025年3月部署” does not.
_EVALUATED = re.compile(
    r"(?P<when>20\d\d)年(?P<month>\d{1,2})月[^。；\d]{0,20}(?:自评了|评价了|完成了?|开展了)(?:对)?(?P<year>20\d\d)年度?",
    re.ASCII,
)
# Quicker to search for: “自评了2025” matches; “自评了” does not.
_MAY_BE_EVALUATED = re.compile(r"(?:自评了|评价了|完成了?|开展了)对?20\d\d", re.ASCII)


@rule("evaluated_early", level=Level.WARNING)
def evaluated_early(subject: Subject) -> Iterator[Finding]:
    """自评在被评价的年度结束以后做。

    依据：算术关系
    """
    for place, match in subject.matches(_EVALUATED, subject.texts, _MAY_BE_EVALUATED):
        whole = "评" in match[0] and int(match["month"]) < 12
        if whole and int(match["when"]) <= int(match["year"]) == subject.key.year:
            yield subject.find_match("evaluated_early", place, match, year=subject.key.year)


@rule("stage_early", level=Level.HINT)
def stage_early(subject: Subject) -> Iterator[Finding]:
    """自评的工作阶段在被评价的年度结束以后；年中就开始的要核对年份。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    for stage in evaluation.stages if evaluation and subject.kind in SELF else ():
        years = [d.year for d in (stage.start, stage.end) if d and d.year]
        years += [int(found) for found in _OF_FIGURE.findall(stage.dates or "")]
        if years and max(years) <= subject.key.year:
            place = (
                f"evaluation/stages/{stage.id}/dates"
                if stage.dates
                else (f"evaluation/stages/{stage.id}/start")
            )
            values: dict[str, Any] = {"name": stage.name, "found": max(years)}
            yield subject.find("stage_early", place, year=subject.key.year, **values)
