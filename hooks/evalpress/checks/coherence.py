"""2 check: rules across the parts of a report: goals and results, indicators and money, points and
reasons, this year's report and last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evalpress.assess.judging import countable, named, target_of
from evalpress.checks import rule
from evalpress.checks.counterparts import pairs_of
from evalpress.checks.fund_columns import money_unit
from evalpress.checks.fund_rows import rates_of, total_row
from evalpress.checks.marking import dimension_key, effect_of, marks_of
from evalpress.checks.matching import Reading, is_slip, readings
from evalpress.checks.rounding import plain, rate_slack, rounded
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import (
    Effect,
    Evaluated,
    FollowupStatus,
    FundColumnRole,
    Goal,
    Indicator,
    Kind,
    ListItem,
    Report,
    Scheme,
    Score,
)
from evalpress.model.places import walk
from evalpress.text.quantities import read, unit_of
from evalpress.wording import word

_NO_HAN = re.compile(r"[^\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[，。；：、,;:\n]")


def _han(text: str) -> str:
    return _NO_HAN.sub("", text)


def _shared(text: str, others: frozenset[str]) -> float:
    """The share of a text's pairs of neighbouring characters that are among others, 0 to 1."""
    pairs = pairs_of(_han(text))
    return len(pairs & others) / len(pairs) if pairs else 1.0


# --- goals and results ----------------------------------------------------------------------------

_ANSWERED = 0.3
_ASKED = 0.2
# Sections that tell what was to be done, or who did it, not what came of it.
_NO_RESULT = frozenset(["preface", "overview", "finances", "goals", "organisation", "method"])


@rule("goal_unanswered", level=Level.HINT)
def goals_unanswered(subject: Subject) -> Iterator[Finding]:
    """每个分项目标在完成情况或指标里都有交代。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        items = [g for g in owner.goals.items if not g.actual] if owner.goals else []
        results = _results(subject, owner, start) if items else frozenset()
        for goal in items if results else ():
            asked = _goal_text(subject, f"{start}goals/{goal.id}", "target")
            if len(_han(asked)) >= 8 and _shared(asked, results) < _ANSWERED:
                found = goal.name or asked[:16]
                yield subject.find("goal_unanswered", f"{start}goals/{goal.id}", found=found)


def _results(subject: Subject, owner: Evaluated, start: str) -> frozenset[str]:
    """What the report says was done: its sections about results and its indicators."""
    texts = [*_result_texts(subject, start), *map(named, owner.indicators)]
    return pairs_of(_han("".join(texts)))


def _result_texts(subject: Subject, start: str) -> list[str]:
    """The texts of the sections that tell what came of the year."""
    body = f"{start}body/"
    return [
        text.value for text in subject.texts
        if text.place.startswith(body) and text.place[len(body):].split("/")[0] not in _NO_RESULT
    ]  # fmt: skip


def _goal_text(subject: Subject, place: str, *parts: str) -> str:
    begins = tuple(f"{place}/{part}" for part in parts)
    return "".join(t.value for t in subject.once(_goal_texts) if t.place.startswith(begins))


def _goal_texts(subject: Subject) -> list[Text]:
    return [text for text in subject.texts if "goals/" in text.place]


@rule("goal_part_unanswered", level=Level.HINT)
def goal_parts_unanswered(subject: Subject) -> Iterator[Finding]:
    """目标里有数的各项任务，在完成情况或指标里都有交代。

    依据：报告前后一致
    """
    for reading in readings(subject):
        owner, start = reading.owner, reading.prefix
        goals = [g for g in (owner.goals.overall, *owner.goals.items) if g] if owner.goals else []
        if not goals or not all(goal.actual for goal in goals):
            continue
        targets = [
            (t, f) for t, figures in reading.figures
            if "/target" in t.place and t.place.startswith(f"{start}goals/")
            for f in figures
        ]  # fmt: skip
        asked = [(text, figure) for text, figure in targets if figure.unit not in reading.values]
        places = {text.place for text, _ in asked}
        others = (figures for t, figures in reading.figures if asked and t.place not in places)
        told = {figure.unit for figures in others for figure in figures}
        for text, figure in asked:
            clause = next((c for c in _CLAUSE.split(text.value) if figure.written in c), "")
            if figure.unit not in told and len(_han(clause)) >= _PART:
                rows = pairs_of(_han("".join(map(named, owner.indicators))))
                if _shared(clause, rows) < _ANSWERED:
                    at = text.value.index(clause)
                    yield subject.find_at("goal_part_unanswered", text.place, at, found=clause)


_PART = 5  # characters of a task that can be told from others


@rule("result_unasked", level=Level.HINT)
def results_unasked(subject: Subject) -> Iterator[Finding]:
    """分项目标列了绩效指标的，完成情况里没有指标值的产出，在目标里都能找到。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        goals = [g for g in (owner.goals.overall, *owner.goals.items) if g] if owner.goals else []
        if not any(goal.indicator for goal in goals):
            continue
        told = [_goal_text(subject, f"{start}goals/{goal.id}", "") for goal in goals]
        told.append(_goal_text(subject, f"{start}body/goals", ""))
        asked = pairs_of(_han("".join(told)))
        stray = [text for text in _outputs(subject, owner, start) if _is_unasked(text, asked)]
        if stray:
            found = "、".join(dict.fromkeys(text.value for text in stray))
            yield subject.find_all("result_unasked", [(t.place, 0) for t in stray], found=found)


def _outputs(subject: Subject, owner: Evaluated, start: str) -> Iterator[Text]:
    """Outputs that no target measures: indicators in words, short items of the results."""
    told = set()
    for indicator in countable(owner):
        if not target_of(indicator):
            told.add(named(indicator).rstrip("；;。"))
            yield Text(f"{start}indicators/{indicator.id}", named(indicator))
    for place, _, item in subject.of(ListItem):
        section = place.removeprefix(f"{start}body/").split("/")[0]
        if not place.startswith(f"{start}body/") or section in _NO_RESULT or not item.text:
            continue
        if len(item.text) <= _ITEM and item.text.rstrip("；;。") not in told:
            yield Text(place, item.text)


_ITEM = 30  # characters of an item that names an output


def _is_unasked(text: Text, asked: frozenset[str]) -> bool:
    """True for an output that no goal speaks of; money and satisfaction are asked of everybody."""
    usual = re.search("满意|成本|执行|资金|资产", text.value)
    return not usual and len(_han(text.value)) >= 4 and _shared(text.value, asked) < _ASKED


_COPIED = 0.6
_CLAUSE_LENGTH = 8


@rule("result_copies_goal", level=Level.HINT)
def result_copies_goal(subject: Subject) -> Iterator[Finding]:
    """目标的完成情况写做到了什么，不照抄目标。

    依据：地方做法
    """
    for owner, start in subject.owners():
        goals = [g for g in (owner.goals.overall, *owner.goals.items) if g] if owner.goals else []
        for goal in goals:
            asked = _clauses(_goal_text(subject, f"{start}goals/{goal.id}", "target"))
            told, place = _told_result(subject, owner, start, goal)
            copied = [clause for clause in asked if clause in told]
            length = sum(map(len, asked))
            if len(asked) > 1 and sum(map(len, copied)) >= _COPIED * length:
                found = max(copied, key=len)[:24]
                yield subject.find("result_copies_goal", place, found=found)


def _told_result(subject: Subject, owner: Evaluated, start: str, goal: Goal) -> tuple[str, str]:
    """What the report says came of a goal, and where."""
    place = f"{start}goals/{goal.id}/actual"
    if goal.actual:
        return _goal_text(subject, f"{start}goals/{goal.id}", "actual"), place
    overall = bool(owner.goals and goal is owner.goals.overall)
    place = f"{start}body/overall-results" if overall else ""
    texts = (t.value for t in subject.texts if place and t.place.startswith(place))
    return "".join(texts), place


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if len(clause) >= _CLAUSE_LENGTH]


# --- indicators and money -------------------------------------------------------------------------

_WHOLE_COST = re.compile(
    r"(?:项目|总|预算|资金|经费|支出|投入|投资)?(?:总?成本|总额|支出|经费|投资)"
)
_OF_EACH = re.compile("单位|平均|每|均|单价|单个|单次")
_NEAR = Decimal("0.05")


@rule("cost_differs", level=Level.WARNING)
def cost_differs(subject: Subject) -> Iterator[Finding]:
    """成本指标的完成值写总支出的，与资金表的执行数一致，不取整。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        row = total_row(subject, owner, start)
        executed = row.values.get(FundColumnRole.EXECUTED) if row else None
        unit = money_unit(owner.funds, subject.fund_table(owner))
        for indicator in owner.indicators if executed else ():
            actual = _amount_of(indicator, unit)
            if actual is None or executed is None or actual == executed:
                continue
            if abs(actual - executed) <= executed * _NEAR or is_slip(actual, executed):
                values = {"name": named(indicator), "actual": str(indicator.actual)}
                values["executed"] = f"{plain(executed)}{unit}"
                place = f"{start}indicators/{indicator.id}/actual"
                yield subject.find("cost_differs", place, **values)


def _amount_of(indicator: Indicator, unit: str) -> Decimal | None:
    """The actual value of an indicator of the whole cost, in the unit of the fund table."""
    if "成本" not in f"{indicator.level1}{indicator.level2}":
        return None
    actual, target = indicator.actual, target_of(indicator)
    written = (actual and actual.unit) or indicator.unit or (target and target.unit) or unit
    factor, base = unit_of(written)
    name = indicator.name or ""
    named_whole = _WHOLE_COST.search(name) and not _OF_EACH.search(name)
    if not actual or actual.value is None or base != "元" or not named_whole:
        return None
    return actual.value * factor / unit_of(unit)[0]


_RATE_NAMES = re.compile(r"(?:部门|单位|项目|资金|年度|全年|整体)*预算(?:资金)?执行率")


@rule("rate_indicator", level=Level.WARNING)
def rate_indicators(subject: Subject) -> Iterator[Finding]:
    """“预算执行率”指标的完成值，与资金表的执行率一致。

    依据：报告前后一致
    """
    for owner, start in subject.owners():
        asked = [i for i in owner.indicators if _RATE_NAMES.fullmatch(i.name or "")]
        row = total_row(subject, owner, start) if asked else None
        rates = rates_of(row) if row else []
        for indicator in asked if rates else ():
            actual = indicator.actual
            written = actual.value if actual and not actual.comparator else None
            if written is None:
                continue
            is_rate = actual and (actual.unit or indicator.unit) in ("%", "％")
            if is_rate and all(abs(rate - written) > rate_slack(written) for rate in rates):
                values = {"actual": str(actual), "rate": f"{plain(rounded(rates[0]))}%"}
                place = f"{start}indicators/{indicator.id}/actual"
                yield subject.find("rate_indicator", place, name=named(indicator), **values)


_ASKED_ALL = re.compile("问卷|样本|调查表|收回|回收|有效|发放|受访")


@rule("sample_differs", level=Level.WARNING)
def samples_differ(subject: Subject) -> Iterator[Finding]:
    """指标的佐证和评价情况里写的问卷份数，与正文写的一致。

    依据：报告前后一致
    """
    for reading in readings(subject) if subject.may_say("份") else ():
        told = {
            s.figure.value for s in reading.said
            if s.figure.unit == "份" and _ASKED_ALL.search(s.figure.clause + s.figure.after)
        }  # fmt: skip
        for place, sample in _samples(reading) if told else ():
            for figure in read(sample):
                asked = _ASKED_ALL.search(figure.clause + figure.after)
                if figure.unit != "份" or figure.value in told or not asked:
                    continue
                if any(is_slip(figure.value, value) for value in told):
                    shown = "、".join(f"{plain(value)}份" for value in sorted(told))
                    values = {"found": figure.written, "told": shown}
                    yield subject.find_at("sample_differs", place, figure.start, **values)


def _samples(reading: Reading) -> Iterator[tuple[str, str]]:
    """Where samples are told beside the prose."""
    for indicator in reading.owner.indicators:
        yield f"{reading.prefix}indicators/{indicator.id}/evidence", indicator.evidence or ""
    evaluation = reading.subject.content.evaluation
    if evaluation and not reading.prefix:
        yield "evaluation/sample", evaluation.sample or ""


# --- points and reasons ---------------------------------------------------------------------------

_LOST = re.compile("扣|失分|丢分|未得|没有得|未完成|没有完成|未达|低于|不足|偏低|差距|滞后|减分")


@rule("dimension_points_lost", level=Level.HINT)
def dimension_points_lost(subject: Subject) -> Iterator[Finding]:
    """一级指标没有得满分的，指标表或文字里说明扣了什么。

    依据：地方做法
    """
    for owner, start in subject.owners():
        scheme = subject.scheme(owner)
        items = owner.scores.items if owner.scores else ()
        lost = [item for item in items if _has_lost(item, scheme)]
        levels = {i.level1 for i in owner.indicators if i.score is not None} if lost else set()
        detailed = {dimension_key(level, scheme) for level in levels}
        lost = [
            item for item in lost
            if dimension_key(item.name, scheme) not in detailed
            and not _explained(subject, owner, start, item.name)
        ]  # fmt: skip
        if lost:
            spots = [(f"{start}scores/{item.id or item.name}/score", 0) for item in lost]
            names = "、".join(item.name for item in lost)
            yield subject.find_all("dimension_points_lost", spots, names=names)


def _has_lost(item: Score, scheme: Scheme | None) -> bool:
    """True for a dimension below its full marks; the execution rate explains itself."""
    marks, effect = marks_of(item, scheme), effect_of(item.name, scheme)
    if marks is None or item.score is None or effect is not Effect.REGULAR:
        return False
    return item.score < marks and "执行率" not in item.name


def _explained(subject: Subject, owner: Evaluated, start: str, name: str) -> bool:
    """True where a note, or what is told of the results, says what went less well."""
    scores = owner.scores
    notes = [i.note for i in scores.items if i.name == name] if scores else []
    if any(notes) or (scores and scores.note):
        return True
    return any(_LOST.search(text) for text in _result_texts(subject, start))


_WHOLE = Decimal(100)


@rule("points_unexplained", level=Level.HINT)
def points_unexplained(subject: Subject) -> Iterator[Finding]:
    """没有各项满分、总分又不到100分的，文字里说明扣了什么。

    依据：地方做法
    """
    for owner, start in subject.owners():
        scores, scheme = owner.scores, subject.scheme(owner)
        if not scores or scores.total is None or not 50 <= scores.total < _WHOLE:
            continue
        known = [marks_of(item, scheme) for item in scores.items]
        if scheme or scores.full_marks or any(known) or any(i.full_marks for i in owner.indicators):
            continue
        texts = [t.value for t in subject.texts if t.place.startswith(f"{start}body/")]
        if not any(re.search("扣分|扣除|扣减|失分|丢分|减分|扣[0-9]", text) for text in texts):
            values = {"total": plain(scores.total), "lost": plain(_WHOLE - scores.total)}
            yield subject.find("points_unexplained", f"{start}scores/total", **values)


_SURVEY = re.compile("问卷|样本|抽样|调查|访谈|走访|回访|受访|座谈|测评|评议|满意率")


_USUAL = Decimal(10)  # full marks of satisfaction where nobody says them


@rule("satisfaction_unmeasured", level=Level.HINT)
def satisfaction_unmeasured(subject: Subject) -> Iterator[Finding]:
    """满意度得满分要有调查：没有满意度指标、也没有写怎样调查的，要补上。

    依据：地方做法
    """
    sample = subject.content.evaluation.sample if subject.content.evaluation else None
    for owner, start in subject.owners():
        measured = any("满意" in f"{i.name}{i.level1}{i.level2}" for i in owner.indicators)
        items = owner.scores.items if owner.scores else ()
        item = next((i for i in items if "满意" in i.name and i.score), None)
        marks = marks_of(item, subject.scheme(owner)) if item else None
        if item is None or measured or sample or (item.score or 0) < (marks or _USUAL):
            continue
        if not any(_SURVEY.search(text.value) for text in subject.texts):
            values = {"name": item.name, "score": plain(item.score or Decimal(0))}
            place = f"{start}scores/{item.id or item.name}"
            yield subject.find("satisfaction_unmeasured", place, **values)


# --- problems, kinds, the end ---------------------------------------------------------------------

_FUTURE = re.compile("今后|下一步|下步|改进措施|应(?:当|尽|该|进一步)|将进一步|建议")


@rule("problem_with_measure", level=Level.HINT)
def problem_with_measure(subject: Subject) -> Iterator[Finding]:
    """问题和改进措施分开写，读者看得出哪是问题、哪是措施。

    依据：地方做法
    """
    for owner, start in subject.owners():
        mixed = [
            p for p in owner.problems
            if not p.measure and (p.measure_in_text or _FUTURE.search(p.text or ""))
        ]  # fmt: skip
        if mixed:
            spots = [(f"{start}problems/{problem.id}/text", 0) for problem in mixed]
            yield subject.find_all("problem_with_measure", spots)


@rule("only_special_funds", level=Level.HINT)
def only_special_funds(subject: Subject) -> Iterator[Finding]:
    """部门整体支出的报告写全部收支，不只写专项资金。

    依据：报告前后一致
    """
    content, funds = subject.content, subject.content.funds
    if (
        subject.kind is not Kind.DEPARTMENT
        or subject.key.slug
        or "整体" not in (content.title or "整体")
    ):
        return
    special = "专项" in (funds.source or "") if funds else False
    told = subject.texts if "专项资金" in subject.whole else ()
    spoken = next(
        (t for t in told if "专项资金" in t.value and t.place.startswith("body/finances")), None
    )
    if not (special or spoken):
        return
    whole = re.search("基本支出|人员经费|公用经费|机关运行|日常公用|工资", subject.whole)
    rows_ = {row.id for row in funds.rows} if funds else set[str]()
    if not whole and not rows_ & {"basic", "projects"}:
        place = "funds" if special or spoken is None else spoken.place
        yield subject.find("only_special_funds", place)


@rule("unsigned", level=Level.HINT)
def unsigned(subject: Subject) -> Iterator[Finding]:
    """报告末尾写明落款单位。

    依据：地方做法
    """
    content = subject.content
    signature = content.signature
    named_ = (signature and signature.office) or (not signature and content.public_info.publisher)
    if not named_ and not content.original:
        yield subject.find("unsigned", "signature" if signature else "")


# --- last year's report under this year's name ----------------------------------------------------

_COPY = Decimal("0.9")
_LEAST_TEXTS = 5
_LEAST_AMOUNTS = 3
_DATED = re.compile(r"20\d\d")
_LETTERS = 12  # characters of a text that says something of its own


@rule("report_copied", level=Level.WARNING)
def report_copied(subject: Subject) -> Iterator[Finding]:
    """不把上年的报告换个年度就报：金额、得分和文字与上年几乎全同的，要核对。

    依据：报告前后一致
    """
    earlier = subject.earlier
    if earlier is None:
        return
    money, before = _figures(subject.content), _figures(earlier.content)
    same = sum(1 for place, value in money.items() if before.get(place) == value)
    if len(money) < _LEAST_AMOUNTS or same < len(money) * _COPY:
        return
    old = {_DATED.sub("", text) for text in _texts_of(earlier)}
    texts = [_DATED.sub("", t.value) for t in subject.texts if len(t.value) >= _LETTERS]
    copied = sum(text in old for text in texts)
    if len(texts) >= _LEAST_TEXTS and copied < len(texts) * _COPY:
        return
    share = Decimal(same + copied) * 100 / (len(money) + len(texts))
    values: dict[str, Any] = {"share": f"{share:.0f}", "year": earlier.key.year}
    values |= {"amounts": same, "texts": copied}
    yield subject.find("report_copied", "", **values)


def _figures(content: Evaluated) -> dict[str, Decimal]:
    """The amounts and scores of a report by their places; zeros say nothing."""
    funds, scores = content.funds, content.scores
    found = {
        f"{row.id}/{column}": amount
        for row in (funds.rows if funds else ())
        for column, amount in row.amounts.items()
        if amount
    }
    found |= {f"scores/{i.name}": i.score for i in (scores.items if scores else ()) if i.score}
    return found


def _texts_of(report: Report) -> Iterator[str]:
    for _, _, value in walk(report.content):
        if isinstance(value, str) and len(value) >= _LETTERS:
            yield value


# --- posts, offices and what became of problems ---------------------------------------------------

# Posts that are authorised, and persons who hold them: “行政编制” and “行政人员” are one kind.
_POSTS = re.compile("编制")
_HELD = re.compile("在职|实有|在编|在岗|现有")
_NO_KIND = re.compile(r"(?:核定|编制|在职|实有|在编|在岗|现有|总数|人员|人数|数|年末|共|名|人)")
# In one sentence: “核定编制30名，实有32人” matches; “事业编制30名，实有32人” does not.
_POSTS_SAID = re.compile(
    r"(?<![政业勤公])编制(?:总?数|人数|总计)?(?:为|共计?|有)?(?P<posts>\d{1,5})[名人个][，、；,]?(?:20\d\d年)?(?:年?末|目前|现)?"
    r"(?:实有|在职|在编|在岗)(?:在职|在编|在岗)?(?:人员|人数|职工)*(?:为|共计?)?(?P<held>\d{1,5})[名人]",
    re.ASCII,
)


@rule("staff_above_posts", level=Level.HINT)
def staff_above_posts(subject: Subject) -> Iterator[Finding]:
    """实有人数一般不多于编制数；多于的，核对有没有填反。

    依据：算术关系
    """
    for owner, start in subject.owners():
        staff = [s for s in owner.profile.staff if s.value is not None] if owner.profile else []
        posts = {_NO_KIND.sub("", s.name): s for s in staff if _POSTS.search(s.name)}
        for held in (s for s in staff if _HELD.search(s.name) and not _POSTS.search(s.name)):
            given = posts.get(_NO_KIND.sub("", held.name))
            if given and (held.value or 0) > (given.value or 0):
                place = f"{start}profile/staff/{held.id or held.name}/value"
                values = {
                    "found": f"{held.name} {held.value}",
                    "posts": f"{given.name} {given.value}",
                }
                yield subject.find("staff_above_posts", place, **values)
    for place, match in subject.matches(_POSTS_SAID) if subject.may_say("编制") else ():
        if int(match["held"]) > int(match["posts"]):
            values = {"found": match["held"], "posts": match["posts"]}
            yield subject.find_match("staff_above_posts", place, match, **values)


_NAMES = re.compile("[、，和及 ]")


@rule("problem_office", level=Level.HINT)
def problem_offices(subject: Subject) -> Iterator[Finding]:
    """问题的责任股室是概况里列出的股室：只差一个字的，多半是写错了。

    依据：报告前后一致
    """
    profile = subject.content.profile
    units = [u.name for u in subject.reference.departments[subject.key.department].units]
    known = [*profile.offices, *profile.units, *units] if profile else []
    for owner, start in subject.owners() if known else ():
        for problem in owner.problems:
            for name in _NAMES.split(problem.office or ""):
                near = [k for k in known if len(name) > 2 and _is_one_sign_off(name, k)]
                if name not in known and len(near) == 1:
                    place = f"{start}problems/{problem.id}/office"
                    yield subject.find("problem_office", place, found=name, known=near[0])


def _is_one_sign_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


# What is not over yet: “尚未验收” matches; “没有新增” does not.
_NOT_YET = re.compile(
    "尚未|还未|仍未|未完成|未办结|未达到|没有完成|没有根本|正在|继续(?:列入|推进|整改)|预计|有待|仍(?:有|存在|需)"
)
# What is over: “已全部办结” matches; “已部分办结” does not.
_OVER = re.compile("(?:已|均|全部)(?:全部|按期|如期)?(?:整改完成|完成整改|整改到位|解决|办结|销号)")


@rule("followup_status", level=Level.HINT)
def followup_status(subject: Subject) -> Iterator[Finding]:
    """后续情况的状态与文字相符：写“已解决”的，文字里不说还没有做完；写“未解决”的，不说已经办完。

    依据：报告前后一致
    """
    for followup in subject.content.followups:
        solved = followup.status is FollowupStatus.SOLVED
        match = (_NOT_YET if solved else _OVER).search(followup.text or "")
        if match and (solved or not _NOT_YET.search(followup.text or "")):
            place = f"followups/{followup.id or followup.problem}/status"
            status = word("followup_status", followup.status)
            yield subject.find("followup_status", place, found=match[0], status=status)
