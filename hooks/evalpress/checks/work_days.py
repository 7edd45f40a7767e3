"""2 check: rules about the days of the work: stages, and when the evaluation was finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evalpress.checks import rule
from evalpress.checks.report_days import (
    MONTH_DAY,
    OPENING,
    Day,
    day_in,
    day_of,
    days_in,
    is_later,
    worded,
)
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import Stage

# 4月2日至24日, 4.2—4.24: what is left out is as before.
_SHORT = re.compile(r"[-—–~～至到]+\s*(\d{1,2})\s*日", re.ASCII)
# “4.24” matches; “4月24日” does not.
_POINTED = re.compile(r"(?:(20\d\d)[./-])?(?<![\d./-])(\d{1,2})[./-](\d{1,2})(?![\d./])", re.ASCII)


def _days_of(text: str) -> list[Day]:
    """The days of a stage, in whatever form they are written."""
    days = days_in(text)
    short = _SHORT.search(text)
    if len(days) == 1 and short:
        return [*days, (days[0][0], days[0][1], int(short[1]))]
    found = days or [day_of(m) for m in _POINTED.finditer(text)]
    return [day for day in found if 1 <= day[1] <= 12 and 1 <= day[2] <= 31]


def _span(stage: Stage) -> tuple[Day | None, Day | None]:
    """First and last day of a stage, from its fields or from its dates as written."""
    first, last = day_in(stage.start), day_in(stage.end)
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
    before: Day | None = None
    for stage in evaluation.stages if evaluation else ():
        first, last = _span(stage)
        place = f"evaluation/{stage.id}"
        for earlier, later in ((first, last), (before, first)):
            if earlier and later and is_later(earlier, later):
                values: dict[str, Any] = {"found": worded(later), "before": worded(earlier)}
                yield subject.find("stage_order", place, name=stage.name, **values)
        before = first or before
    if evaluation and is_later(day_in(evaluation.start), day_in(evaluation.end)):
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
            if one and other and is_later(one, other):
                values: dict[str, Any] = {"found": worded(other), "before": worded(one)}
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
            day = day_in(given)
            if day and told and day[1:] != told[-1][1:]:
                place = f"evaluation/{stage.id}/{name}"
                values: dict[str, Any] = {"found": worded(day), "dates": stage.dates}
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
        before: Day | None = None
        for match in _WORKED.finditer(text.value):
            day: Day = (None, int(match[1]), int(match[2]))
            if before and is_later(before, day):
                told = worded(before)
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
        values: dict[str, Any] = {"found": worded(day), "end": worded(last), "work": work}
        yield subject.find_at("stage_beyond", text.place, at, name=name, **values)


@rule("completed_after_stages", level=Level.WARNING)
def completed_after_stages(subject: Subject) -> Iterator[Finding]:
    """最后一个阶段到自评完成为止。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    ends = [last for s in (evaluation.stages if evaluation else ()) if (last := _span(s)[1])]
    ends = ends or [last for s in subject.once(_told_stages) if (last := s.span[1])]
    completed = day_in(evaluation.completed) if evaluation else None
    if completed is None or not ends or not is_later(completed, ends[-1]):
        return
    if not any(found[3][1:] == completed[1:] for found in _days_beyond(subject)):
        values: dict[str, Any] = {"found": worded(completed), "end": worded(ends[-1])}
        yield subject.find("completed_after_stages", "evaluation/completed", **values)


# The stage's name and last day, the text that leaves it, the day there, what was done then, and
# where the text says so.
_Beyond = tuple[str, Day, Text, Day, str, int]


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


def _reported_beyond(subject: Subject, name: str, last: Day) -> Iterator[_Beyond]:
    """Sentences of the body that have the report finished after the last stage."""
    for text in subject.texts:
        if text.place.startswith("body/") and "月" in text.value and "报告" in text.value:
            for found in _outside(name, (None, last), text, 0, text.value):
                if _REPORT.match(found[4]) or "报告" in found[4]:
                    yield found


@dataclass(frozen=True)
class _ToldStage:
    """A stage that the prose tells: `准备阶段（4月2日—4月4日）`, and where it does."""

    name: str
    section: str
    span: tuple[Day | None, Day | None]
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
            opening = OPENING.match(line)
            if opening:
                name = _stage_name(line[: opening.start("first")])
                days = _days_of(f"{opening['first']}至{opening['last']}")
                stage = _ToldStage(name, here, (days[0], days[-1]), text, at)
            yield (stage if stage and stage.section == here else None), text, (at, line)
            at += len(line) + 1


def _days_beyond_in_prose(subject: Subject) -> Iterator[_Beyond]:
    """The same for stages that only the prose tells."""
    for stage, text, (at, line) in subject.once(_lines_by_stage):
        opening = OPENING.match(line)
        if stage:
            rest = line[opening.end() :] if opening else line
            yield from _outside(stage.name, stage.span, text, at + len(line) - len(rest), rest)


# The number before a stage: “（一）准备阶段” matches; “一季度” does not.
_BEFORE_NAME = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]\s*")


def _stage_name(opening: str) -> str:
    return _BEFORE_NAME.sub("", opening).rstrip(" （(：:")


def _outside(
    name: str, span: tuple[Day | None, Day | None], text: Text, at: int, line: str
) -> Iterator[_Beyond]:
    first, last = span
    for day, work, start in _dated_work(line):
        if last and (is_later(day, last) or is_later(first, day)):
            yield name, last, text, day, work, at + start


def _texts_below(subject: Subject, place: str) -> list[Text]:
    return [t for t in subject.texts if t.place.startswith(f"{place}/") or t.place == place]


def _dated_work(text: str) -> Iterator[tuple[Day, str, int]]:
    """Days on which a text says that something was finished, with the words that say it, and where
    it does."""
    for match in MONTH_DAY.finditer(text):
        after = text[match.end() : match.end() + 14]
        clause = re.split(r"[，。；、]", after)[0]
        if _DONE.search(clause):
            yield day_of(match), clause, match.start()


@rule("completion_order", level=Level.WARNING)
def completion_order(subject: Subject) -> Iterator[Finding]:
    """自评完成日期不早于各阶段结束，不晚于成文日期。

    依据：报告前后一致
    """
    evaluation = subject.content.evaluation
    completed = day_in(evaluation.completed) if evaluation else None
    if evaluation is None or completed is None:
        return
    ends = [last for stage in evaluation.stages if (last := _span(stage)[1])]
    issued = day_in(subject.content.public_info.issued)
    if ends and is_later(ends[-1], completed):
        found, other = worded(completed), worded(ends[-1])
        yield subject.find("completion_order", "evaluation/completed", found=found, other=other)
    elif issued and is_later(completed, issued):
        found, other = worded(issued), worded(completed)
        yield subject.find("completion_order", "public_info/issued", found=found, other=other)
