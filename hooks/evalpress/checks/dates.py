"""2 check: rules about years and dates: the year under review, days in their natural order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level, find
from evalpress.ledger.allotting import codes_of
from evalpress.model import Kind, Stage
from evalpress.model.values import LooseDate
from evalpress.text.index_numbers import form_of
from evalpress.text.spoken import in_digits, whole_number
from evalpress.wording import word

# Kinds in which a department speaks of its own year; the others are written later by others.
_SELF = frozenset({Kind.DEPARTMENT, Kind.PROJECT, Kind.BOND, Kind.TRANSFER})
# A year, or some: “2023—2025年” matches; “财办〔2024〕15号” does not.
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*年?度?\s*[-—–~～至]+\s*((?:20)?\d\d))?"
    r"(?!\d|\s*[级届]|\s*[〕)）\]】]\s*第?\s*\d+\s*号)",
    re.ASCII,
)
_Day = tuple[int | None, int, int]


# --- the year under review ----------------------------------------------------------------------


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
    if found and subject.kind in _SELF:
        yield subject.find("title_year", "title", found=found, year=subject.key.year)


@rule("name_year", level=Level.WARNING)
def name_year(subject: Subject) -> Iterator[Finding]:
    """副标题、项目名称、附件名称里的年度与报告的年度一致。

    依据：报告前后一致
    """
    content, year = subject.content, subject.key.year
    names = [("subtitle", content.subtitle), ("project_name", content.project_name)]
    if subject.kind not in _SELF:
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
    for text in subject.texts if subject.kind in _SELF else ():
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


# --- dates of the report ------------------------------------------------------------------------


def _day(found: LooseDate | None) -> _Day | None:
    """A date that has at least a month and a day."""
    if found is None or found.month is None or found.day is None:
        return None
    return found.year, found.month, found.day


def _later(first: _Day | None, second: _Day | None) -> bool:
    """True where the first is surely later. Without years, a turn of the year may lie between."""
    if first is None or second is None:
        return False
    if first[0] and second[0]:
        return (first[0], *first[1:]) > (second[0], *second[1:])
    return first[1:] > second[1:] and first[1] - second[1] < 6


# A day, or a month: “2026年8月” matches; “8月12日” does not.
_SIGNED = re.compile(
    r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*(?:月|[./-]|$)\s*(?:(\d{1,2})\s*日?)?", re.ASCII
)
_CIRCLES = str.maketrans("○", "〇")


def _signed_parts(subject: Subject) -> tuple[int, int, int | None] | None:
    """Year, month and, where there is one, day below the report."""
    signature = subject.content.signature
    written = (signature.date or "") if signature else ""
    match = _SIGNED.search(in_digits(written.translate(_CIRCLES)))
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]), int(match[2]), int(match[3]) if match[3] else None


def _signed(subject: Subject) -> _Day | None:
    parts = _signed_parts(subject)
    if not parts or not parts[2] or not _exists(parts[0], parts[1], parts[2]):
        return None  # a day that does not exist is another rule's
    return parts[0], parts[1], parts[2]


def _last_signed(subject: Subject) -> _Day | None:
    """The last day that the signature may be of."""
    parts = _signed_parts(subject)
    if not parts:
        return None
    return parts[0], parts[1], parts[2] or monthrange(parts[0], parts[1])[1]


def _last_of(found: LooseDate | None) -> _Day | None:
    """The last day that a date may be of, where its year is known."""
    if found is None or found.year is None:
        return None
    month = found.month or 12
    return found.year, month, found.day or monthrange(found.year or 2024, month)[1]


def _published(subject: Subject) -> _Day | None:
    published = subject.content.first_published
    return (published.year, published.month, published.day) if published else None


def _written(day: _Day) -> str:
    year, month, number = day
    return f"{year}年{month}月{number}日" if year else f"{month}月{number}日"


@rule("issued_after_publication", level=Level.WARNING)
def issued_after_publication(subject: Subject) -> Iterator[Finding]:
    """成文日期不晚于首次公开日期。

    依据：报告前后一致
    """
    published = _published(subject)
    days = [
        ("public_info/issued", _day(subject.content.public_info.issued)),
        ("signature/date", _signed(subject)),
    ]
    for place, day in days:
        if day and published and _later(day, published):
            values: dict[str, Any] = {"found": _written(day), "published": _written(published)}
            yield subject.find("issued_after_publication", place, **values)
            return


@rule("before_year_end", level=Level.WARNING)
def before_year_end(subject: Subject) -> Iterator[Finding]:
    """报告的完成、成文、公开日期在被评价的年度结束之后。

    依据：报告前后一致
    """
    if subject.kind not in _SELF:
        return
    evaluation = subject.content.evaluation
    days = [
        ("public_info/issued", _last_of(subject.content.public_info.issued)),
        ("signature/date", _last_signed(subject)),
        ("evaluation/completed", _last_of(evaluation.completed) if evaluation else None),
        ("first_published", _published(subject)),
    ]
    for place, day in days:
        if day and day[0] and (day[0], *day[1:]) < (subject.key.year, 12, 31):
            values: dict[str, Any] = {"found": _written(day), "year": subject.key.year}
            yield subject.find("before_year_end", place, **values)


_LATE_YEARS = 5  # a report that is older than that when it becomes public is dated wrongly


@rule("publication_year", level=Level.ERROR)
def publication_year(subject: Subject) -> Iterator[Finding]:
    """首次公开的年份与报告的年度、成文的年份相去不远：写成以后的年份，报告就一直不会公开。

    依据：算术关系
    """
    published, year = _published(subject), subject.key.year
    issued = _last_of(subject.content.public_info.issued) or _last_signed(subject)
    if not published or not published[0]:
        return
    last = min(year + _LATE_YEARS, (issued[0] or year) + 2 if issued else year + _LATE_YEARS)
    if published[0] > max(last, year + 1):
        values: dict[str, Any] = {"found": _written(published), "year": year, "last": year + 1}
        yield subject.find("publication_year", "first_published", **values)


@rule("year_ahead", level=Level.WARNING)
def year_ahead(subject: Subject) -> Iterator[Finding]:
    """报告的年度（文件名）不晚于它自己的各个日期。

    依据：算术关系
    """
    content, evaluation = subject.content, subject.content.evaluation
    days = (
        _published(subject), _last_of(content.public_info.issued), _last_signed(subject),
        _last_of(evaluation.completed) if evaluation else None,
    )  # fmt: skip
    years = [day[0] for day in days if day and day[0]]
    if years and subject.key.year > max(years):
        found, year = max(years), subject.key.year
        yield subject.find("year_ahead", "", found=found, year=year)


@rule_for_all("odd_year", level=Level.WARNING)
def odd_years(context: Context) -> Iterator[Finding]:
    """报告的年度（文件名）不比其他报告晚好几年。

    依据：算术关系
    """
    reports = context.loaded.reports
    years = sorted({report.key.year for report in reports})
    if len(years) < 2 or years[-1] - years[-2] <= _LATE_YEARS:
        return
    for report in reports:
        if report.key.year == years[-1]:
            where = context.source(report).place(())
            yield find("odd_year", where, found=years[-1], other=years[-2])


@rule("signature_date", level=Level.WARNING)
def signature_date(subject: Subject) -> Iterator[Finding]:
    """落款日期与成文日期一致。

    依据：报告前后一致
    """
    issued, signed = _day(subject.content.public_info.issued), _signed(subject)
    if issued and signed and issued[0] and issued != signed:
        values: dict[str, Any] = {"found": _written(signed), "issued": _written(issued)}
        yield subject.find("signature_date", "signature/date", **values)


@rule("correction_date", level=Level.WARNING)
def correction_date(subject: Subject) -> Iterator[Finding]:
    """更正日期不早于首次公开日期。

    依据：报告前后一致
    """
    published = _published(subject)
    for correction in subject.content.corrections:
        day = _day(correction.date)
        if day and published and _later(published, day):
            values: dict[str, Any] = {"found": _written(day), "published": _written(published)}
            yield subject.find("correction_date", f"corrections/{correction.id}/date", **values)


@rule("late_publication", level=Level.HINT)
def late_publication(subject: Subject) -> Iterator[Finding]:
    """成文后二十个工作日内公开(不计节假日调休)。

    依据：地方做法
    """
    issued, published = _day(subject.content.public_info.issued), subject.content.first_published
    if not published or not issued or not issued[0]:
        return
    first = date(issued[0], *issued[1:])
    days = (published.date() - first).days
    if _working_days(first.weekday(), days) > 20:
        yield subject.find("late_publication", "first_published", found=days)


def _working_days(weekday: int, days: int) -> int:
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((weekday + n) % 7 < 5 for n in range(1, rest + 1))


# --- dates of the work --------------------------------------------------------------------------


# A day, with its year or without: “3月20日” matches; “3月20个” does not.
_MONTH_DAY = re.compile(
    r"(?:(?<!\d)((?:19|20)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII
)


def _day_of(match: re.Match[str]) -> _Day:
    return int(match[1]) if match[1] else None, int(match[2]), int(match[3])


def _days_in(text: str) -> list[_Day]:
    return [_day_of(match) for match in _MONTH_DAY.finditer(text)]


# 4月2日至24日, 4.2—4.24: what is left out is as before.
_SHORT = re.compile(r"[-—–~～至到]+\s*(\d{1,2})\s*日", re.ASCII)
# “4.24” matches; “4月24日” does not.
_POINTED = re.compile(r"(?:(20\d\d)[./-])?(?<![\d./-])(\d{1,2})[./-](\d{1,2})(?![\d./])", re.ASCII)


def _days_of(text: str) -> list[_Day]:
    """The days of a stage, in whatever form they are written."""
    days = _days_in(text)
    short = _SHORT.search(text)
    if len(days) == 1 and short:
        return [*days, (days[0][0], days[0][1], int(short[1]))]
    found = days or [_day_of(m) for m in _POINTED.finditer(text)]
    return [day for day in found if 1 <= day[1] <= 12 and 1 <= day[2] <= 31]


def _span(stage: Stage) -> tuple[_Day | None, _Day | None]:
    """First and last day of a stage, from its fields or from its dates as written."""
    first, last = _day(stage.start), _day(stage.end)
    days = _days_of(stage.dates or "")
    if days:
        first, last = first or days[0], last or days[-1]
    return first, last


@rule("stage_order", level=Level.WARNING)
def stage_order(subject: Subject) -> Iterator[Finding]:
    """各工作阶段先后有序，起日不晚于止日。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    yield from _prose_out_of_order(subject)
    before: _Day | None = None
    for stage in evaluation.stages if evaluation else ():
        first, last = _span(stage)
        place = f"evaluation/{stage.id}"
        for earlier, later in ((first, last), (before, first)):
            if earlier and later and _later(earlier, later):
                values: dict[str, Any] = {"found": _written(later), "before": _written(earlier)}
                yield subject.find("stage_order", place, name=stage.name, **values)
        before = first or before
    if evaluation and _later(_day(evaluation.start), _day(evaluation.end)):
        assert evaluation.start and evaluation.end
        found, start = evaluation.end.written, evaluation.start.written
        yield subject.find("stage_order", "evaluation/end", name=found, found=found, before=start)


def _prose_out_of_order(subject: Subject) -> Iterator[Finding]:
    """The same for stages that only the prose tells."""
    before: _ToldStage | None = None
    for stage in subject.once(_told_stages):
        first, last = stage.span
        earlier = before.span[0] if before and before.section == stage.section else None
        for one, other in ((first, last), (earlier, first)):
            if one and other and _later(one, other):
                values: dict[str, Any] = {"found": _written(other), "before": _written(one)}
                place, at = stage.text.place, stage.at
                yield subject.find_at("stage_order", place, at, name=stage.name, **values)
        before = stage


@rule("stage_dates", level=Level.WARNING)
def stage_dates(subject: Subject) -> Iterator[Finding]:
    """阶段的起止日期（start、end）与原文写法（dates）一致。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    for stage in evaluation.stages if evaluation else ():
        days = _days_of(stage.dates or "")
        for name, given, told in (("start", stage.start, days[:1]), ("end", stage.end, days[1:])):
            day = _day(given)
            if day and told and day[1:] != told[-1][1:]:
                place = f"evaluation/{stage.id}/{name}"
                values: dict[str, Any] = {"found": _written(day), "dates": stage.dates}
                yield subject.find("stage_dates", place, name=stage.name, **values)


_DASH = re.compile(r"(?<=[\d月日年])\s*——+\s*(?=\d)")


# Days of work that a clause begins with: “5月6日至5月17日” matches; “于5月6日至7日” does not.
_WORKED = re.compile(
    r"(?:^|(?<=[。；;\n]))(?:20\d\d年)?\s*(\d{1,2})月(\d{1,2})日\s*[-—–~～至到]+\s*(?:\d{1,2}月)?\d{1,2}日",
    re.ASCII,
)


@rule("work_order", level=Level.HINT)
def work_order(subject: Subject) -> Iterator[Finding]:
    """同一段里依次写的各步工作，起日先后有序。

    依据：报告前后一致
    """
    may_be = subject.may_say("日至", "日—", "日-", "日到", "日～", "日~")
    for text in subject.texts if may_be else ():
        before: _Day | None = None
        for match in _WORKED.finditer(text.value):
            day: _Day = (None, int(match[1]), int(match[2]))
            if before and _later(before, day):
                told = _written(before)
                yield subject.find_match("work_order", text.place, match, before=told)
            before = day


@rule("range_dash", level=Level.HINT)
def range_dash(subject: Subject) -> Iterator[Finding]:
    """起止之间用一字线“—”，不用破折号“——”。

    依据：文字习惯
    """
    if "——" in subject.whole and subject.may_hold(_DASH):
        texts = [t for t in subject.own_texts if "——" in t.value]
        found = [(t.place, m.start()) for t in texts for m in _DASH.finditer(t.value)]
        if found:
            yield subject.find_all("range_dash", found)


# Says that something was finished: “形成报告” matches; “开展调研” does not.
_DONE = re.compile(r"完成|形成|提交|结束|报送|印发|定稿|撰写|上报")


@rule("stage_beyond", level=Level.WARNING)
def stage_beyond(subject: Subject) -> Iterator[Finding]:
    """阶段里写的工作日期在该阶段的起止日期之内。

    依据：报告前后一致
    """
    for name, last, text, day, work, at in _days_beyond(subject):
        values: dict[str, Any] = {"found": _written(day), "end": _written(last), "work": work}
        yield subject.find_at("stage_beyond", text.place, at, name=name, **values)


@rule("completed_after_stages", level=Level.WARNING)
def completed_after_stages(subject: Subject) -> Iterator[Finding]:
    """最后一个阶段到自评完成为止。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    ends = [last for s in (evaluation.stages if evaluation else ()) if (last := _span(s)[1])]
    ends = ends or [last for s in subject.once(_told_stages) if (last := s.span[1])]
    completed = _day(evaluation.completed) if evaluation else None
    if completed is None or not ends or not _later(completed, ends[-1]):
        return
    if not any(found[3][1:] == completed[1:] for found in _days_beyond(subject)):
        values: dict[str, Any] = {"found": _written(completed), "end": _written(ends[-1])}
        yield subject.find("completed_after_stages", "evaluation/completed", **values)


# The stage's name and last day, the text that leaves it, the day there, what was done then, and
# where the text says so.
_Beyond = tuple[str, _Day, Text, _Day, str, int]


def _days_beyond(subject: Subject) -> Iterator[_Beyond]:
    """Days outside their stage on which its text says that something was finished; after all
    stages, that the report was."""
    evaluation = subject.content.evaluation
    ends = []
    for stage in evaluation.stages if evaluation else ():
        first, last = _span(stage)
        ends += [(stage.name, last)] if last else []
        for text in _texts_below(subject, f"evaluation/{stage.id}") if last else ():
            yield from _outside(stage.name, (first, last), text, 0, text.value)
    if ends:
        yield from _reported_beyond(subject, *ends[-1])
    yield from _days_beyond_in_prose(subject)


# “形成自评报告” matches; “印发通知” does not.
_REPORT = re.compile(r"[^，。；]{0,8}(?:自评|评价|绩效)[^，。；]{0,8}报告")


def _reported_beyond(subject: Subject, name: str, last: _Day) -> Iterator[_Beyond]:
    """Sentences of the body that have the report finished after the last stage."""
    for text in subject.texts:
        if text.place.startswith("body/") and "月" in text.value and "报告" in text.value:
            for found in _outside(name, (None, last), text, 0, text.value):
                if _REPORT.match(found[4]) or "报告" in found[4]:
                    yield found


# A line may begin with its number, its name and its first and last day.
# A stage with its days: “准备阶段（1月5日至1月20日）” matches; “准备阶段（1月）” does not.
_OPENING = re.compile(
    r"^[^，。；\n]{0,24}?[（(：:]\s*(?P<first>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日)\s*[-—–~～至到]+"
    r"\s*(?P<last>(?:20\d\d\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日)",
    re.ASCII,
)


@dataclass(frozen=True)
class _ToldStage:
    """A stage that the prose tells: `准备阶段（4月2日—4月4日）`, and where it does."""

    name: str
    section: str
    span: tuple[_Day | None, _Day | None]
    text: Text
    at: int


def _told_stages(subject: Subject) -> list[_ToldStage]:
    told = dict.fromkeys(stage for stage, _, _ in subject.once(_lines_by_stage))
    return [stage for stage in told if stage]


# A line with where it begins in its text, and the stage that it belongs to.
_Line = tuple[_ToldStage | None, Text, tuple[int, str]]


def _lines_by_stage(subject: Subject) -> list[_Line]:
    return list(_staged(subject))


def _staged(subject: Subject) -> Iterator[_Line]:
    """The lines of the body that name a month, each with the stage told last in its section."""
    stage: _ToldStage | None = None
    for text in subject.texts:
        if "月" not in text.value or not text.place.startswith("body/"):
            continue
        here, at = "/".join(text.place.split("/", 2)[:2]), 0
        for line in text.value.split("\n"):
            opening = _OPENING.match(line)
            if opening:
                name = _stage_name(line[: opening.start("first")])
                days = _days_of(f"{opening['first']}至{opening['last']}")
                stage = _ToldStage(name, here, (days[0], days[-1]), text, at)
            yield (stage if stage and stage.section == here else None), text, (at, line)
            at += len(line) + 1


def _days_beyond_in_prose(subject: Subject) -> Iterator[_Beyond]:
    """The same for stages that only the prose tells."""
    for stage, text, (at, line) in subject.once(_lines_by_stage):
        opening = _OPENING.match(line)
        if stage:
            rest = line[opening.end() :] if opening else line
            yield from _outside(stage.name, stage.span, text, at + len(line) - len(rest), rest)


# The number before a stage: “（一）准备阶段” matches; “一季度” does not.
_BEFORE_NAME = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]\s*")


def _stage_name(opening: str) -> str:
    return _BEFORE_NAME.sub("", opening).rstrip(" （(：:")


def _outside(
    name: str, span: tuple[_Day | None, _Day | None], text: Text, at: int, line: str
) -> Iterator[_Beyond]:
    first, last = span
    for day, work, start in _dated_work(line):
        if last and (_later(day, last) or _later(first, day)):
            yield name, last, text, day, work, at + start


def _texts_below(subject: Subject, place: str) -> list[Text]:
    return [t for t in subject.texts if t.place.startswith(f"{place}/") or t.place == place]


def _dated_work(text: str) -> Iterator[tuple[_Day, str, int]]:
    """Days on which a text says that something was finished, with the words that say it, and where
    it does."""
    for match in _MONTH_DAY.finditer(text):
        after = text[match.end() : match.end() + 14]
        clause = re.split(r"[，。；、]", after)[0]
        if _DONE.search(clause):
            yield _day_of(match), clause, match.start()


@rule("completion_order", level=Level.WARNING)
def completion_order(subject: Subject) -> Iterator[Finding]:
    """自评完成日期不早于各阶段结束，不晚于成文日期。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    completed = _day(evaluation.completed) if evaluation else None
    if evaluation is None or completed is None:
        return
    ends = [last for stage in evaluation.stages if (last := _span(stage)[1])]
    issued = _day(subject.content.public_info.issued)
    if ends and _later(ends[-1], completed):
        found, other = _written(completed), _written(ends[-1])
        yield subject.find("completion_order", "evaluation/completed", found=found, other=other)
    elif issued and _later(completed, issued):
        found, other = _written(issued), _written(completed)
        yield subject.find("completion_order", "public_info/issued", found=found, other=other)


@rule("impossible_day", level=Level.WARNING)
def impossible_day(subject: Subject) -> Iterator[Finding]:
    """文字里的日期真实存在。

    依据：算术关系
    """
    for text in subject.every_text:
        for match in _MONTH_DAY.finditer(text.value) if "月" in text.value else ():
            day = _day_of(match)
            if not _exists(*day):
                yield subject.find_match("impossible_day", text.place, match, found=_written(day))
    spelt = subject.may_say("二〇", "二○", "二零")
    for text in subject.texts if spelt or subject.may_hold(_MAY_BE_SIGNED_DAY) else ():
        may_be = spelt or _MAY_BE_SIGNED_DAY.search(text.value)
        for at, found, day in _other_days(text.value) if may_be else ():
            if not _exists(*day):
                yield subject.find_at("impossible_day", text.place, at, found=found)


# A day in signs: “2025.6.31” matches; “1.5.2” does not.
_SIGNED_DAY = re.compile(
    r"(?<![\w./-])(20\d\d)(?P<sign>[./-])(\d{1,2})(?P=sign)(\d{1,2})(?![\d./-]|\s?[%％万元分])",
    re.ASCII,
)
# A day in Chinese numerals: “二〇二五年二月三十日” matches; “二月三十日” does not.
_SPELT_DAY = re.compile(
    r"(二[〇○零][一二三四五六七八九〇○零]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
# May hold one in figures: “2025.6” matches; “20元” does not.
_MAY_BE_SIGNED_DAY = re.compile(r"20\d\d[./-]\d", re.ASCII)


def _other_days(text: str) -> Iterator[tuple[int, str, _Day]]:
    """Days that are not written 年月日 in figures: where, as written, and which."""
    for match in _SIGNED_DAY.finditer(text):
        yield match.start(), match[0], (int(match[1]), int(match[3]), int(match[4]))
    for match in _SPELT_DAY.finditer(text):
        parts = (part.translate(_CIRCLES) for part in match.groups())
        year, month, day = (whole_number(part) or 0 for part in parts)
        yield match.start(), match[0], (year, month, day)


# A day with its weekday: “2025年6月11日（星期五）” matches; “6月11日” does not.
_WEEKDAY = re.compile(
    r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[（(]?(?:星期|周)([一二三四五六日天])(?![季期])",
    re.ASCII,
)


@rule("weekday", level=Level.WARNING)
def weekdays(subject: Subject) -> Iterator[Finding]:
    """日期后面写的星期几与日历相符。

    依据：算术关系
    """
    for text in subject.texts if subject.may_say("星期", "（周", "(周", "日周") else ():
        for match in _WEEKDAY.finditer(text.value):
            day = (int(match[1]), int(match[2]), int(match[3]))
            right = "一二三四五六日"[date(*day).weekday()] if _exists(*day) else ""
            if right and match[4].replace("天", "日") != right:
                yield subject.find_match("weekday", text.place, match, right=right)


# What makes a report final: “审议本报告” matches; “审议方案” does not.
_APPROVED = re.compile(
    r"(?:审议|审定|审核|研究|讨论|通过|审签)[^，。；]{0,8}(?:本报告|自评报告|自评结果|评价报告)"
)


@rule("approved_after_issue", level=Level.WARNING)
def approved_after_issue(subject: Subject) -> Iterator[Finding]:
    """审议、审定本报告的日期不晚于成文日期。

    依据：报告前后一致
    """
    issued = _day(subject.content.public_info.issued) or _signed(subject)
    if not issued or not subject.may_say("本报告", "自评报告", "自评结果"):
        return
    for place, match in subject.matches(_MONTH_DAY, subject.texts, _APPROVED):
        clauses = re.split("[。；\n]", match.string[match.end() :], maxsplit=1)[0]
        day = _day_of(match)
        told = _APPROVED.search(clauses[:_NEAR_DAY])
        if told and not _MONTH_DAY.search(clauses[: told.start()]) and _later(day, issued):
            values = {"found": _written(day), "work": told[0], "issued": _written(issued)}
            yield subject.find_match("approved_after_issue", place, match, **values)


_NEAR_DAY = 30  # characters behind a day in which stands what was done on it


# What is no day below a report, nor 45826: “2025年6月 日” matches; “2025年6月” does not.
_NO_DAY = re.compile(r"[1-9]\d{4}(?:\.\d+)?|.*年\s*月.*|.*月\s*日.*", re.ASCII)


@rule("signature_unclear", level=Level.WARNING)
def signature_unclear(subject: Subject) -> Iterator[Finding]:
    """落款日期看得出是哪年哪月哪日：不是 Excel 的日期序号，不留空的月、日。

    依据：文字习惯
    """
    written = (subject.content.signature.date if subject.content.signature else None) or ""
    if _NO_DAY.fullmatch(written.strip()):
        meant = _serial_day(written)
        yield subject.find("signature_unclear", "signature/date", found=written, meant=meant)


def _serial_day(written: str) -> str:
    """The day that Excel counts by this number, for a message; nothing for what is no number."""
    if not written.strip().isdecimal():
        return ""
    day = date(1899, 12, 30) + timedelta(days=int(written))
    return word("finding", "serial_day").format(_written((day.year, day.month, day.day)))


def _exists(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


# From one day to another: “5月6日至17日” matches; “5月6日、17日” does not.
_RANGE = re.compile(
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[-—–~～至到]+\s*"
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日",
    re.ASCII,
)


@rule("reversed_range", level=Level.WARNING)
def reversed_range(subject: Subject) -> Iterator[Finding]:
    """文字里的起止日期，起日不晚于止日。

    依据：算术关系
    """
    for text in subject.texts:
        if "月" not in text.value or text.place.endswith("/dates") or _OPENING.match(text.value):
            continue
        for match in _RANGE.finditer(text.value):
            first = (int(match[1]) if match[1] else None, int(match[2]), int(match[3]))
            year = int(match[4]) if match[4] else first[0] if match[4] != match[1] else None
            last = (year, int(match[5] or match[2]), int(match[6]))
            if _later(first, last):
                yield subject.find_match("reversed_range", text.place, match)


# The day to which a report counts: “截至2025年12月31日” matches; “截至目前” does not.
_CUTOFF = re.compile(
    r"截[至止]到?\s*((?:19|20)\d\d)\s*年\s*(?:年?[底末]|(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日|[底末])?)",
    re.ASCII,
)


@rule("cutoff_ahead", level=Level.WARNING)
def cutoff_ahead(subject: Subject) -> Iterator[Finding]:
    """数据截至的日期不晚于报告成文的日期。

    依据：报告前后一致
    """
    issued = _last_of(subject.content.public_info.issued) or _last_signed(subject)
    issued = issued or _published(subject)
    for text in subject.texts if issued and "截" in subject.whole else ():
        for match in _CUTOFF.finditer(text.value):
            month = int(match[2] or 12)
            if not 1 <= month <= 12:
                continue
            day = (int(match[1]), month, int(match[3] or 1))
            if _later(day, issued):
                other = _written(issued) if issued else ""
                yield subject.find_match("cutoff_ahead", text.place, match, issued=other)


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
    for text in subject.texts if subject.kind in _SELF else ():
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


# --- years of numbers and figures -----------------------------------------------------------------

# The year of a document: “云教〔2026〕5号” matches; “2026年5号” does not.
_OWN_NUMBER = re.compile(r"[〔(（\[【［]\s*(20\d\d)\s*[〕)）\]】］]", re.ASCII)


@rule("document_year", level=Level.WARNING)
def document_year(subject: Subject) -> Iterator[Finding]:
    """报告自己的文号写成文的年份。

    依据：报告前后一致
    """
    info = subject.content.public_info
    match = _OWN_NUMBER.search(info.document_number or "")
    issued = info.issued.year if info.issued else None
    signed = _signed_parts(subject)
    year = issued or (signed[0] if signed else None)
    if match and year and int(match[1]) != year:
        values: dict[str, Any] = {"found": info.document_number, "year": year}
        yield subject.find("document_year", "public_info/document_number", **values)


@rule("index_number_year", level=Level.WARNING)
def index_number_year(subject: Subject) -> Iterator[Finding]:
    """索引号里的年份是公开或成文的年份。

    依据：报告前后一致
    """
    info, published = subject.content.public_info, _published(subject)
    pattern = subject.reference.defaults(subject.key).index_number
    department = subject.reference.departments.get(subject.key.department)
    if not (info.index_number and pattern and "{year}" in pattern and published and department):
        return
    years = {published[0], info.issued.year if info.issued else None} - {None}
    codes = codes_of(department)
    own = form_of(pattern, codes).fullmatch(info.index_number)
    if own and not any(form_of(pattern, codes, y).fullmatch(info.index_number) for y in years):
        values: dict[str, Any] = {"found": info.index_number, "year": published[0]}
        yield subject.find("index_number_year", "public_info/index_number", **values)


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
    for stage in evaluation.stages if evaluation and subject.kind in _SELF else ():
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
