"""2 check: rules that hold each amount, rate, count and score of the prose against the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evalpress.assess.judging import Outcome, judge, named, outcome
from evalpress.checks import rule
from evalpress.checks.counterparts import YEAR_OF, Datum, Family, core, data_of
from evalpress.checks.matching import (
    ELSEWHERE,
    MINOR,
    Clash,
    Reading,
    Said,
    digits,
    is_each,
    is_slip,
    readings,
)
from evalpress.checks.subject import Subject, Text
from evalpress.findings import Finding, Level
from evalpress.model import FundColumnRole, Indicator, Report, Table
from evalpress.text.quantities import HUNDREDTH, Figure, Mismatch, read
from evalpress.text.spoken import whole_number
from evalpress.wording import word


def _clashes(subject: Subject, name: str, *families: Family) -> Iterator[Finding]:
    """Every quantity of the prose that contradicts a figure of the data."""
    for reading in readings(subject):
        seen: dict[str, list[Clash]] = {}
        for clash in reading.clashes:
            if clash.datum.family in families:
                seen.setdefault(clash.datum.place, []).append(clash)
        for place, clashes in seen.items():
            datum = clashes[0].datum
            where = subject.describe(place)
            for clash in clashes:
                said = clash.said
                values = {"found": said.quoted, "name": where, "value": datum.shown}
                yield subject.find_at(name, said.place, said.figure.start, **values)


@rule("prose_amount", level=Level.WARNING)
def amounts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的预算、支出、结转等金额和执行率要与资金表一致。

    依据：报告前后一致
    """
    return _clashes(subject, "prose_amount", Family.FUNDS, Family.RATE)


@rule("prose_score", level=Level.WARNING)
def scores_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的总分、各项得分和满分要与评分表一致。

    依据：报告前后一致
    """
    return _clashes(subject, "prose_score", Family.SCORE)


@rule("prose_fact", level=Level.WARNING)
def facts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的数字要与 facts、人员、资产里填的同名数字一致。

    依据：报告前后一致
    """
    return _clashes(subject, "prose_fact", Family.FACT)


@rule("prose_indicator", level=Level.WARNING)
def indicators_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的指标值和完成值要与指标表一致。

    依据：报告前后一致
    """
    yield from _clashes(subject, "prose_indicator", Family.INDICATOR)
    yield from _cells(subject)


# Heads of columns: “完成情况” matches; “评价” does not.
_REACHED = re.compile("完成|实际|实绩")
# “年初计划” matches; “完成” does not.
_INTENDED = re.compile("计划|目标|指标值|预期|任务数")


def _cells(subject: Subject) -> Iterator[Finding]:
    """Cells of the report's own tables whose row is called as an indicator or a fact."""
    known = readings(subject)[0].by_name
    for place, _, table in subject.of(Table):
        heads = [column.name for column in table.columns]
        for number, row in enumerate(table.rows, 1):
            for at, cell in enumerate(row[1:], 1):
                figure = _alone(cell)
                named = known.get((core(row[0] or ""), figure.unit), []) if figure else []
                intended = bool(_INTENDED.search(heads[at]))
                meant = [d for d in named if d.is_target is intended and d.family in _OF_CELLS]
                if not figure or not meant or not (intended or _REACHED.search(heads[at])):
                    continue
                if meant[0].year == subject.key.year and not any(
                    figure.matches(d.value) for d in meant
                ):
                    where = f"{place}/{number}/{at + 1}"
                    values = {"found": f"{row[0]} {cell}", "value": meant[0].shown}
                    name = subject.describe(meant[0].place)
                    yield subject.find("prose_indicator", where, name=name, **values)


_OF_CELLS = (Family.INDICATOR, Family.FACT)


def _alone(cell: str | None) -> Figure | None:
    """The quantity that a cell is, and nothing else."""
    figures = read(cell) if cell else []
    return figures[0] if len(figures) == 1 and figures[0].written == (cell or "").strip() else None


@rule("prose_sum", level=Level.WARNING)
def sums_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里的分项要合计得出总数。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, found in reading.mismatches:
            if not found.rounded and not found.is_open:
                yield _sum_of(subject, "prose_sum", text, found)


@rule("prose_parts", level=Level.HINT)
def parts_in_prose(subject: Subject) -> Iterator[Finding]:
    """总数后面用“其中”列出的分项只差一点不到总数的，核对是不是漏写、写错了一项。

    依据：算术关系
    """
    for reading in readings(subject):
        for text, found in reading.mismatches:
            if found.is_open:
                yield _sum_of(subject, "prose_parts", text, found)


def _sum_of(subject: Subject, rule_id: str, text: Text, found: Mismatch) -> Finding:
    total = found.total
    values = {
        "found": total.excerpt,
        "parts": " + ".join(part.written for part in found.parts),
        "sum": total.in_its_unit(found.sum),
        "left": total.in_its_unit(total.value - found.sum),
    }
    return subject.find_at(rule_id, text.place, total.start, **values)


# The grade that a sentence names: “评级为良好” matches; “优先” does not.
_GRADE = re.compile(
    r"(?:等[级次]|评级)(?:结果)?(?:初步|拟|评|定|确)*(?:为|是|：|:)\s*[“\"]?"
    r"(?P<grade>优[秀良]?|良好?|中等?(?!间)|不合格|合格|较?差)"
)
# A clause about another year: “上年” matches; “今年” does not.
_OTHER_YEAR = re.compile(r"上一?年|去年|20\d\d")


@rule("prose_grade", level=Level.WARNING)
def grades_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的等级要与评分表的等级一致。

    依据：报告前后一致
    """
    for reading in readings(subject):
        grade = reading.owner.scores.grade if reading.owner.scores else None
        for text in reading.texts if grade else ():
            if "等" not in text.value or ELSEWHERE.match(text.place):
                continue
            for match in _GRADE.finditer(text.value):
                if grade and not _same_grade(reading, match["grade"], grade, text, match.start()):
                    place = subject.describe(f"{reading.prefix}scores/grade")
                    values = {"found": match.group(), "name": place, "value": grade}
                    yield subject.find_at("prose_grade", text.place, match.start(), **values)


def _same_grade(reading: Reading, said: str, grade: str, text: Text, at: int) -> bool:
    """True also where the sentence is about another year."""
    years = _OTHER_YEAR.findall(re.split("[。；\n]", text.value[:at])[-1].split("，")[-1])
    if any(year != str(reading.year) for year in years):
        return True
    scale = reading.subject.grade_scale(reading.owner)
    known = (scale.grade(said), scale.grade(grade)) if scale else (None, None)
    if said == "优良" and known[0] is None:
        return False  # neither one grade nor the other
    return known[0] == known[1] if all(known) else said[0] == grade[0]


# --- how many projects, indicators, problems ----------------------------------------------------

# How many indicators there are: “12项三级指标” matches; “第12项指标” does not.
_COUNTED = re.compile(
    r"(?<![\d.第])(?P<all>\d{1,4})项(?:[一二三]级|绩效|评价|自评|年度)*指标"
    r"|(?:指标(?:共有?|合计|总数为?)|(?:共|设[置定立])[^，。；：\d]{0,8}指标(?:共有?)?)(?P<sum>\d{1,4})项"
)
# How many of them were met: “12项指标全部完成” matches; “12项未完成” does not.
_MET = re.compile(
    r"(?P<before>\d{1,4})项[^，。；\d未没不]{0,6}?(?:完成|达到|达标|实现|达成)"
    r"|(?<!未)(?<!没有)(?:完成|达到|达标|实现)(?:[^，。；\d的]{0,6})(?P<after>\d{1,4})项"
)
# How many of them were not: “2项未完成” matches; “2项完成” does not.
_UNMET = re.compile(
    r"(?P<before>\d{1,4})项(?:略|稍|指标)*(?:未|没有|尚未|低于|不达标|有差距)"
    r"|(?:未完成|未达标|没有完成|未达到[^，。；\d]{0,6})(?:的|有)?(?P<after>\d{1,4})项"
)
# Before a number of all there are: “本项目共” matches; “养老服务” does not.
_ABOUT_ALL = re.compile(
    r"(?:^|[，。；：])(?:20\d\d年度?)?(?:本?部门|本项目|下表|本表|上述|以上|年初|共|所列|全部|整体|设定|设置|设|下设|对照"
    r"|批复|自评|的|列出|本年度?|有|绩效|其中)*$"
)


@rule("prose_count", level=Level.WARNING)
def counts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文说的指标数、达标数、项目数、问题数要与所列的一致。

    依据：报告前后一致
    """
    for reading in readings(subject):
        for text, figures in reading.figures:
            if figures and not ELSEWHERE.match(text.place):
                yield from _indicator_counts(subject, reading, text)
                yield from _part_counts(subject, reading, text)
                yield from _item_counts(subject, reading, text, figures)


def _indicator_counts(subject: Subject, reading: Reading, text: Text) -> Iterator[Finding]:
    listed = [i for i in reading.owner.indicators if not i.not_applicable]
    match = _COUNTED.search(text.value) if listed and "指标" in text.value else None
    if not match or (match["all"] and not _ABOUT_ALL.search(text.value[: match.start()])):
        return
    said, place = int(match["all"] or match["sum"]), f"{reading.prefix}indicators"
    if said != len(listed):
        if abs(said - len(listed)) <= max(2, len(listed) // 5):
            yield _miscount(subject, text, match.group(), place, len(listed))
        return
    yield from _met_counts(subject, text, match, listed, place)


def _met_counts(
    subject: Subject, text: Text, match: re.Match[str], listed: list[Indicator], place: str
) -> Iterator[Finding]:
    """How many of the indicators were met, where every one of them can be told."""
    results = [_counted_as_met(indicator) for indicator in listed]
    behind = text.value[match.end() : match.end() + 60].split("\n")[0]
    found, missed = _MET.search(behind), _UNMET.search(behind)
    if not found or None in results or "超额" in behind:
        return
    met = int(found["before"] or found["after"])
    if met != results.count(True):
        yield _miscount(subject, text, found.group(), place, results.count(True))
    elif missed and int(missed["before"] or missed["after"]) != results.count(False):
        yield _miscount(subject, text, missed.group(), place, results.count(False))


# Says that all were met: “各项指标均已完成” matches; “除满意度外均已完成” does not.
_ALL_MET = re.compile(
    r"(?:各项|全部|所有|年度|(?P<all>\d{1,3})项)(?:年度|绩效|评价|[一二三]级)*(?:目标)?指标(?:值)?[^，。；\d除]{0,4}"
    r"(?:均|全部|全|都)(?:已|按[期时]|如期|超额)*(?:完成|达标|达到|实现|达成)"
)


@rule("all_met", level=Level.WARNING)
def all_met(subject: Subject) -> Iterator[Finding]:
    """正文写各项指标全部完成的，指标表里没有未完成的指标。

    依据：报告前后一致
    """
    for reading in readings(subject):
        for text in reading.texts:
            match = _ALL_MET.search(text.value) if "指标" in text.value else None
            if not match or ELSEWHERE.match(text.place) or "goals/" in text.place:
                continue
            listed = [i for i in reading.owner.indicators if not i.not_applicable]
            missed = [i for i in listed if outcome(i) is Outcome.MISSED]
            start = max(text.value.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
            other = match["all"] and int(match["all"]) != len(listed)
            if missed and not other and not _EXCEPT.search(text.value[start : match.end() + 2]):
                shown = "、".join(named(i) for i in missed[:4])
                values = {"found": match[0], "names": shown}
                yield subject.find_at("all_met", text.place, match.start(), **values)


_EXCEPT = re.compile(r"除|外|基本|大部分|多数|其余|其他|20\d\d")


def _counted_as_met(indicator: Indicator) -> bool | None:
    """Whether a text may count an indicator as met: by its values, or else by its own points."""
    judged = outcome(indicator)
    if judged is not Outcome.UNKNOWN:
        return judged is Outcome.MET
    if indicator.score is None or indicator.full_marks is None or judge(indicator):
        return None
    return indicator.score >= indicator.full_marks


# How many goals: “分项目标3条” matches; “目标3条” does not.
_GOALS = re.compile(
    r"(?:分项|具体|单项)目标(?:共|有)?(?P<count>\d{1,2}|[两三四五六七八九])[条个项]"
)
# How many stages: “自评经过四个阶段” matches; “四个阶段” does not.
_STAGES = re.compile(
    r"(?:自评|评价|工作)[^，。；\d]{0,6}(?:经过|分为?|划分为)(?:以下|如下)?(?P<count>\d{1,2}|[两二三四五六七八九])个?(?:阶段|步骤)"
)


def _part_counts(subject: Subject, reading: Reading, text: Text) -> Iterator[Finding]:
    """How many goals and stages a text says that there are."""
    goals, evaluation = reading.owner.goals, subject.content.evaluation
    listed = (
        (_GOALS, "目标", goals.items if goals else (), "goals"),
        (_STAGES, "段", evaluation.stages if evaluation else (), "evaluation/stages"),
    )
    for pattern, sign, parts, place in listed:
        match = pattern.search(text.value) if len(parts) > 1 and sign in text.value else None
        if match and whole_number(match["count"]) != len(parts):
            yield _miscount(subject, text, match[0], f"{reading.prefix}{place}", len(parts))


# Before the number of projects: “共安排了” matches; “道路” does not.
_LISTING = re.compile(
    r"(?:共|合计|安排|实施|纳入|涉及|包括|设立|列支|批复|下达|本次|自评|评价)[了有的]?$|^$"
)
# Behind it: “养老服务项目” matches; “养老服务” does not.
_PROJECTS = re.compile(r"[^，。中的]{0,6}项目")
# Behind the number of problems: “方面的突出问题” matches; “措施” does not.
_PROBLEM = re.compile(r"(?:方面)?的?(?:主要|突出)?问题")
# Before it: “存在以下” matches; “解决了” does not.
_PROBLEMS = re.compile(r"(?:以下|下列|如下|主要有|存在|突出的?)$")


def _item_counts(
    subject: Subject, reading: Reading, text: Text, figures: list[Figure]
) -> Iterator[Finding]:
    projects = subject.content.projects if not reading.prefix else ()
    problems = reading.owner.problems
    for figure in figures:
        if figure.unit not in ("个", "项", "方面", "条") or figure.rough:
            continue
        label, after, value = core(figure.label), figure.after, figure.value
        counted = _LISTING.search(label) and _PROJECTS.match(after)
        if projects and counted and 0 < abs(value - len(projects)) <= 2:
            yield _miscount(subject, text, figure.excerpt, "projects", len(projects))
        counted = _PROBLEMS.search(label) and _PROBLEM.match(after)
        if problems and counted and value != len(problems):
            place = f"{reading.prefix}problems"
            yield _miscount(subject, text, figure.excerpt, place, len(problems))


_NUMERAL = r"(?P<count>\d{1,2}|[两二三四五六七八九十])"
# Names in brackets behind how many: “3家（甲中心、乙中心、丙队）” matches; “3家（含1家）” does not.
_BRACKETED = re.compile(
    rf"(?<![\d第.]){_NUMERAL}(?:个|家|所|项|类|种)[\u4e00-\u9fff]{{0,8}}[（(](?!其中|含|包[括含]|不含|如|例如|指|即|以下|详?见)"
    r"(?P<list>[^（()）\d，,。；;：:]{1,24}(?:、[^（()）\d，,。；;：:、]{1,24})+)[)）]"
)
# Names before how many they are: “设办公室、财务股、业务股3个股室” matches; “设股室3个” does not.
_BEFORE = re.compile(
    rf"(?:内设|下设|设有?|下辖|包括|分别是)(?P<list>[\u4e00-\u9fff]{{2,14}}(?:、[\u4e00-\u9fff]{{2,14}}?)+?)(?:共|共计)?{_NUMERAL}个"
    r"(?:内设|职能)?(?:机构|[股科处]室|科|部门|单位|股)"
)
# Things announced by name: “两项制度：采购制度、验收制度” matches; “两项制度” does not.
_CALLED = re.compile(
    rf"(?<![\d第.])[“\"]?{_NUMERAL}[个项种类大](?P<thing>[\u4e00-\u9fff]{{2,4}})[”\"]?[：:]"
    r"(?P<list>[^。；，：:、\n\d]{2,12}(?:、[^。；，：:、\n\d]{2,12})+)(?=[。；\n]|$)"
)
# Points that are announced: “有三个方面的问题：一是” matches; “有三个方面的问题” does not.
_ANNOUNCED = re.compile(
    rf"{_NUMERAL}(?:个?方面|点|项|条|大)(?:的|主要|具体|工作|重点|突出)*(?:措施|做法|问题|经验|任务|不足|原因|建议|成效)?：一是"
)
# The beginning of a point: “，二是” matches; “一是否” does not.
_POINT = re.compile(r"(?:^|(?<=[。；：，,;:\n]))\s*([一二三四五六七八九十])是(?!否)")


@rule("miscounted_list", level=Level.WARNING)
def miscounted_lists(subject: Subject) -> Iterator[Finding]:
    """写明个数的，后面（或前面）列出的正好这么多个。

    依据：算术关系
    """
    for text in subject.texts:
        if "、" in text.value:
            for pattern in (_BRACKETED, _BEFORE):
                for match in pattern.finditer(text.value):
                    yield from _counted_list(subject, text, match)
            for match in _CALLED.finditer(text.value) if "：" in text.value else ():
                if all(item.endswith(match["thing"]) for item in match["list"].split("、")):
                    yield from _counted_list(subject, text, match)
        announced = _ANNOUNCED.search(text.value) if "：一是" in text.value else None
        if announced:
            told = _points_behind(text.value[announced.end() - 2 :])
            said = whole_number(announced["count"]) or 0
            if told > 1 and told != said:
                yield _miscounted(subject, text, announced, said, told)


def _counted_list(subject: Subject, text: Text, match: re.Match[str]) -> Iterator[Finding]:
    """A list whose items are another number, however 和 and 及 are read."""
    said, names = whole_number(match["count"]) or 0, match["list"]
    if "等" in names or "某" in names:
        return
    items = names.split("、")
    more = sum(any(word in item[1:-1] for word in ("和", "及", "与")) for item in items)
    if not len(items) <= said <= len(items) + more:
        yield _miscounted(subject, text, match, said, *range(len(items), len(items) + more + 1))


def _points_behind(text: str) -> int:
    """How many points follow one another: 一是…二是…三是."""
    told = 0
    for match in _POINT.finditer(text):
        if whole_number(match[1]) != told + 1:
            break
        told += 1
    return told


def _miscounted(
    subject: Subject, text: Text, match: re.Match[str], said: int, *counted: int
) -> Finding:
    told = word("finding", "or").join(map(str, counted))
    found = match[0] if len(match[0]) <= _LONGEST else f"{match[0][:_LONGEST]}…"
    at = match.start("count")
    return subject.find_at("miscounted_list", text.place, at, found=found, said=said, told=told)


_LONGEST = 30


@rule("amount_year", level=Level.WARNING)
def amounts_of_other_years(subject: Subject) -> Iterator[Finding]:
    """正文里写明年度的预算、支出，与资金表同一年度的数对应。

    依据：报告前后一致
    """
    for reading in readings(subject):
        whole = [d for d in reading.data if d.family is Family.FUNDS and not d.names and d.value]
        last = {d.value for d in whole if d.role is FundColumnRole.LAST_YEAR}
        now = {d.value for d in whole} - last
        years = [str(reading.year - back) for back in (1, 2, 3)]
        spoken = reading.said if now and subject.may_say(*years) else ()
        for said in spoken:
            value = said.figure.value
            if said.figure.unit != "元" or (value not in now and value not in last):
                continue
            if not any(year in said.figure.head for year in years):
                continue
            year = YEAR_OF.search(said.figure.year)
            if not year or said.figure.is_change or ELSEWHERE.match(said.place):
                continue
            named_year = int(year[0])
            mine = value in now and reading.year - 3 <= named_year < reading.year
            former = value in last and reading.year - 3 <= named_year < reading.year - 1
            if (mine or former) and len(digits(value).strip("0")) > 3:
                right = reading.year if mine else reading.year - 1
                at = said.figure.start
                yield subject.find_at("amount_year", said.place, at, found=said.quoted, year=right)


def _miscount(subject: Subject, text: Text, found: str, place: str, number: int) -> Finding:
    name, at = subject.describe(place), max(text.value.find(found), 0)
    return subject.find_at("prose_count", text.place, at, found=found, name=name, value=number)


# --- how far from a target ------------------------------------------------------------------------

# Before how far an indicator is from its target: “比目标低” matches; “比上年低” does not.
_GAP = re.compile(
    r"(?:[比较距离]|与)(?:年初|年度)?(?:目标值?|指标值)(?:[仍还]?[低高少多差超]|相差|提前|延后)了?|超出(?:目标|指标值)?"
)


@rule("prose_gap", level=Level.WARNING)
def gaps_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文写完成值比目标低（高、超出）多少的，要等于指标表里两个数的差。

    依据：算术关系
    """
    for reading in readings(subject) if subject.may_say("目标", "超出", "指标值") else ():
        for said in reading.said if reading.targets else ():
            targets = _missed(reading, said)
            told = {d.value for d in targets} | {abs(d.value - _before(said)) for d in targets}
            if targets and not any(said.figure.matches(value) for value in told):
                figure, gap = said.figure, abs(targets[0].value - _before(said))
                values = {"found": figure.excerpt, "name": subject.describe(targets[0].place)}
                values["actual"] = said.before.written if said.before else ""
                values["gap"] = figure.in_its_unit(gap)
                yield subject.find_at("prose_gap", said.place, figure.start, **values)


def _missed(reading: Reading, said: Said) -> list[Datum]:
    """The targets that a quantity may be the distance from: of those that achieved what stands
    right before it."""
    figure, before = said.figure, said.before
    if before is None or not _GAP.fullmatch(figure.label) or before.rough or figure.rough:
        return []
    unit = "%" if figure.unit == "个百分点" else figure.unit
    apart = before.unit != unit or before.start < figure.sentence[0] or before.is_change
    return [] if apart else reading.targets.get((unit, before.value), [])


def _before(said: Said) -> Decimal:
    return said.before.value if said.before else Decimal(0)


# --- the same quantity twice --------------------------------------------------------------------


@rule("prose_twice", level=Level.WARNING)
def twice_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一个数字在正文几处出现时要相同。

    依据：报告前后一致
    """
    for reading in readings(subject):
        first: dict[tuple[str, str], Said] = {}
        told = {id(clash.said) for clash in reading.clashes}
        for said in reading.said:
            name = core(said.figure.label)
            if len(name) < 4:
                continue
            other = first.setdefault((name, said.figure.unit), said)
            if other is said or not _disagree(said.figure, other.figure):
                continue
            if _are_parallel(said, other):
                continue
            if all(_is_one_thing(reading, s) and id(s) not in told for s in (said, other)):
                yield subject.find_at(
                    "prose_twice", said.place, said.figure.start, found=said.quoted,
                    name=subject.describe(other.place), value=other.quoted,
                )  # fmt: skip


def _is_one_thing(reading: Reading, said: Said) -> bool:
    """True where a quantity says how much something is this year, not of each or as a plan."""
    if ELSEWHERE.match(said.place) or MINOR.match(said.place) or said.is_plan:
        return False
    if not said.is_plain or said.figure.is_change or not said.is_about(reading.year):
        return False
    return not is_each(said.figure.clause)


def _disagree(one: Figure, other: Figure) -> bool:
    """True for two values of which one looks like a slip of the other."""
    apart = abs(one.value - other.value) * 2 > max(one.step, other.step)
    if not apart or one.after[:2] != other.after[:2]:
        return False
    return len(digits(one.value)) >= 3 and is_slip(one.value, other.value)


def _are_parallel(one: Said, other: Said) -> bool:
    """True for two items of one list: they tell the same of different things."""
    mine, its = one.place.split("/")[:-2], other.place.split("/")[:-2]
    return one.place != other.place and mine == its and len(mine) > 2


# --- against last year --------------------------------------------------------------------------

# Says more, not less: “增加” matches; “减少” does not.
_UP = re.compile(r"增|提|升|多|高|扩")
# Against another year: “，回升8” matches; “比例” does not.
_THAN = re.compile(r"同比|[比较与同](?:上|去年|20\d\d)|，回[升落]了?\d")
# Before a change against last year: “，支出比上年增加了” matches; “，支出” does not.
_TREND = re.compile(
    r"(?:^|[，。；：（、])(?P<what>(?:全年|实际|总)?(?:支出|预算|执行率|得分)?)(?P<than>同比|[比较与同]"
    r"(?:上一?年度?|去年|20\d\d年度?)(?:同期|相比|末)?[，,]?)?(?P<also>(?:支出|预算|执行率|得分)?)"
    r"(?:大幅|略|净|又|再|均)?(?:增加|增长|提高|回[升落]|上升|提升|减少|下降|降低|多|少|高|低)了?$"
)


@rule("prose_trend", level=Level.WARNING)
def trends_in_prose(subject: Subject) -> Iterator[Finding]:
    """与上年相比的增减数要与上年报告的数据相符。

    依据：报告前后一致
    """
    earlier = subject.earlier
    if earlier is None or earlier.key.year != subject.key.year - 1:
        return
    before: dict[str, Datum] | None = None
    for reading in readings(subject)[:1]:
        for text, figures in reading.figures:
            if not figures or not _THAN.search(text.value) or ELSEWHERE.match(text.place):
                continue
            before = before or _of_year(subject, earlier)
            for said, datum in _compared(reading, text, figures):
                old = before.get(datum.key)
                if old and not _fits(said, datum, old):
                    yield _untrue(subject, text, said, datum, old)


def _of_year(subject: Subject, report: Report) -> dict[str, Datum]:
    data = data_of(subject.reference, report.key, report.content, "")
    return {d.key: d for d in data if not d.is_target and d.year == report.key.year}


def _compared(
    reading: Reading, text: Text, figures: list[Figure]
) -> Iterator[tuple[Figure, Datum]]:
    """Changes against last year, each with the figure of this year's data that changed."""
    base: Datum | None = None
    sentence, than = -1, False
    for figure in figures:
        if figure.sentence[0] != sentence:
            base, sentence, than = None, figure.sentence[0], False
        if not figure.is_change:
            base, than = None if "其中" in figure.head else _base(reading, figure), False
            continue
        match = _TREND.search(figure.text[max(figure.floor, figure.sentence[0]) : figure.start])
        if not match or not (than or match["than"] or "回" in match[0]):
            continue
        named = _NAMED.get((match["what"] or match["also"]).lstrip("全年实际总"))
        base = reading.total_of(named) if named else base
        than = _is_last_year(match["than"], reading.year) if match["than"] else True
        if base and than and not figure.rough and not reading.subject.key.slug:
            yield figure, base


_NAMED = {"支出": "executed", "预算": "budget", "执行率": "rate", "得分": "total"}


def _is_last_year(than: str, year: int) -> bool:
    named = YEAR_OF.search(than)
    return not named or int(named.group()) == year - 1


def _base(reading: Reading, figure: Figure) -> Datum | None:
    """The one figure of the data that a quantity states."""
    equal = [
        d for d in reading.data
        if d.value == figure.value and d.unit == figure.unit and not d.is_target
        and d.year == reading.year
    ]  # fmt: skip
    if figure.label.endswith("执行率"):
        equal = [d for d in equal if d.family is Family.RATE]
    keys = {d.key for d in equal}
    return equal[0] if len(keys) == 1 else None


def _fits(said: Figure, now: Datum, old: Datum) -> bool:
    """Whether a change is the difference, or the share, of two years' values."""
    change = now.value - old.value
    if said.unit == "%" and now.unit != "%":
        change = change / old.value * 100 if old.value else Decimal(0)
    elif said.unit != now.unit and (said.unit, now.unit) != ("个百分点", "%"):
        return True
    slack = said.step * Decimal("0.6") + (HUNDREDTH if said.unit == "个百分点" else 0)
    rises = bool(_UP.search(said.label[-3:]))
    return abs(abs(change) - said.value) <= slack and (not change or rises == (change > 0))


def _untrue(subject: Subject, text: Text, said: Figure, now: Datum, old: Datum) -> Finding:
    return subject.find_at(
        "prose_trend", text.place, said.start, found=said.excerpt,
        name=subject.describe(now.place), value=now.shown, year=old.year, old=old.shown,
    )  # fmt: skip


# --- what is left to pay ------------------------------------------------------------------------

# Before what is left to pay: “尚余” matches; “余额” does not.
_LEFT = re.compile(r"(?:余|剩余?|仅余|尚余|尚有|还有)\s*$")
# Behind it: “的工程尾款未付” matches; “的工程已完工” does not.
_UNPAID = re.compile(
    r"\s*的?(?:工程|合同|项目)?(?:尾款|余款|质保金|质量保证金|资金|款项)?(?:未|没有|尚未|待)"
)


@rule("prose_left", level=Level.WARNING)
def left_in_prose(subject: Subject) -> Iterator[Finding]:
    """说“余百分之几未付”的，要与未执行的比例相符。

    依据：算术关系
    """
    for reading in readings(subject):
        rate = next((d for d in reading.data if d.family is Family.RATE), None)
        for said in reading.said if rate else ():
            figure = said.figure
            if figure.unit != "%" or not _LEFT.search(figure.label):
                continue
            left = 100 - rate.value if rate else Decimal(0)
            if _UNPAID.match(figure.text, figure.end) and abs(left - figure.value) > 1:
                where = subject.describe(rate.place if rate else "")
                yield subject.find_at(
                    "prose_left", said.place, figure.start, found=f"{figure.written}{figure.after}",
                    name=where, value=rate.shown if rate else "", left=f"{left}%",
                )  # fmt: skip
