"""2 check: rules about years and dates: the year under review, days in their natural order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from evalpress.checks import rule
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import Kind, Stage
from evalpress.model.values import LooseDate

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
    r"|自评得|自评分|自我评价|绩效评价)",
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
        if not year - 4 < int(match[1]) < year:
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
                    found = match.group()
                    yield subject.find("cited_year", text.place, found=found, limit=limit)
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


# A full date: “2025年3月20日” matches; “2025年3月” does not.
_SIGNED = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII)


def _signed(subject: Subject) -> _Day | None:
    signature = subject.content.signature
    match = _SIGNED.search((signature.date or "") if signature else "")
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


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
        ("public_info/issued", _day(subject.content.public_info.issued)),
        ("signature/date", _signed(subject)),
        ("evaluation/completed", _day(evaluation.completed) if evaluation else None),
        ("first_published", _published(subject)),
    ]
    for place, day in days:
        if day and day[0] and (day[0], *day[1:]) < (subject.key.year, 12, 31):
            values: dict[str, Any] = {"found": _written(day), "year": subject.key.year}
            yield subject.find("before_year_end", place, **values)


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


def _days_in(text: str) -> list[_Day]:
    return [(int(y) if y else None, int(m), int(d)) for y, m, d in _MONTH_DAY.findall(text)]


def _span(stage: Stage) -> tuple[_Day | None, _Day | None]:
    """First and last day of a stage, from its fields or from its dates as written."""
    first, last = _day(stage.start), _day(stage.end)
    days = _days_in(stage.dates or "")
    if days:
        first, last = first or days[0], last or days[-1]
    return first, last


@rule("stage_order", level=Level.WARNING)
def stage_order(subject: Subject) -> Iterator[Finding]:
    """各工作阶段先后有序，起日不晚于止日。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
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


# Says that something was finished: “形成报告” matches; “开展调研” does not.
_DONE = re.compile(r"完成|形成|提交|结束|报送|印发|定稿|撰写|上报")


@rule("stage_beyond", level=Level.WARNING)
def stage_beyond(subject: Subject) -> Iterator[Finding]:
    """阶段里写的工作日期在该阶段的起止日期之内。

    依据：报告前后一致
    """
    for name, last, text, day, work in _days_beyond(subject):
        values: dict[str, Any] = {"found": _written(day), "end": _written(last), "work": work}
        yield subject.find("stage_beyond", text.place, name=name, **values)


@rule("completed_after_stages", level=Level.WARNING)
def completed_after_stages(subject: Subject) -> Iterator[Finding]:
    """最后一个阶段到自评完成为止。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    ends = [last for s in (evaluation.stages if evaluation else ()) if (last := _span(s)[1])]
    completed = _day(evaluation.completed) if evaluation else None
    if completed is None or not ends or not _later(completed, ends[-1]):
        return
    if not any(day[1:] == completed[1:] for _, _, _, day, _ in _days_beyond(subject)):
        values: dict[str, Any] = {"found": _written(completed), "end": _written(ends[-1])}
        yield subject.find("completed_after_stages", "evaluation/completed", **values)


# The stage's name and last day, the text that leaves it, the day there, and what was done then.
_Beyond = tuple[str, _Day, Text, _Day, str]


def _days_beyond(subject: Subject) -> Iterator[_Beyond]:
    """Days outside their stage on which its text says that something was finished."""
    evaluation = subject.content.evaluation
    for stage in evaluation.stages if evaluation else ():
        first, last = _span(stage)
        for text in _texts_below(subject, f"evaluation/{stage.id}") if last else ():
            yield from _outside(stage.name, (first, last), text)
    yield from _days_beyond_in_prose(subject)


# A stage with its days: “准备阶段（1月5日至1月20日）” matches; “准备阶段（1月）” does not.
_OPENING = re.compile(
    r"^[^，。；\n]{0,20}?[（(]\s*(?P<first>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日)\s*[-—–~～至]+\s*"
    r"(?P<last>(?:20\d\d\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日)\s*[)）]",
    re.ASCII,
)


def _days_beyond_in_prose(subject: Subject) -> Iterator[_Beyond]:
    """The same for stages that only the prose tells: `准备阶段（4月2日—4月4日）` and below."""
    name, section = "", ""
    span: tuple[_Day | None, _Day | None] = (None, None)
    for text in subject.texts:
        if "月" not in text.value or not text.place.startswith("body/"):
            continue
        here = "/".join(text.place.split("/", 2)[:2])
        opening = _OPENING.match(text.value)
        if opening:
            name, section = _stage_name(text.value[: opening.start("first")]), here
            span = (_days_in(opening["first"])[0], _days_in(opening["last"])[0])
        elif here == section:
            yield from _outside(name, span, text)


# The number before a stage: “（一）准备阶段” matches; “一季度” does not.
_BEFORE_NAME = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]\s*")


def _stage_name(opening: str) -> str:
    return _BEFORE_NAME.sub("", opening).rstrip(" （(")


def _outside(name: str, span: tuple[_Day | None, _Day | None], text: Text) -> Iterator[_Beyond]:
    first, last = span
    for day, work in _dated_work(text.value):
        if last and (_later(day, last) or _later(first, day)):
            yield name, last, text, day, work


def _texts_below(subject: Subject, place: str) -> list[Text]:
    return [t for t in subject.texts if t.place.startswith(f"{place}/") or t.place == place]


def _dated_work(text: str) -> Iterator[tuple[_Day, str]]:
    """Days on which a text says that something was finished, with the words that say it."""
    for match in _MONTH_DAY.finditer(text):
        after = text[match.end() : match.end() + 12]
        clause = re.split(r"[，。；、]", after)[0]
        if _DONE.search(clause):
            yield (int(match[1]) if match[1] else None, int(match[2]), int(match[3])), clause


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
        for year, month, day in _days_in(text.value) if "月" in text.value else ():
            if not _exists(year, month, day):
                found = _written((year, month, day))
                yield subject.find("impossible_day", text.place, found=found)


def _exists(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]
