"""2 check: the quantities of a report's prose, each beside the figure of the data that it is about.

A quantity clashes where its label names a figure in the same unit and year and the value differs.
One without a counterpart is nothing: prose may say more than the data, so every doubt is for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from itertools import takewhile

from evalpress.checks.counterparts import (
    WHOLE_YEAR,
    Datum,
    Family,
    core,
    data_of,
    pairs_of,
)
from evalpress.checks.subject import Subject, Text
from evalpress.model import Evaluated, FundColumnRole, Label
from evalpress.text.quantities import Figure, Mismatch, mismatches, read, unit_of

# What an amount is of: “2025年全年预算为” matches; “共计” does not.
_FUND_LABEL = re.compile(
    r"""(?:.{0,20}20\d\d\s*年(?:度)?)?(?:(?:本年|当年|经费|部门|财政|资金|本局|我局|年中|整体|调整为|共|,|\s)*?)
    (?:(?P<initial>年?初(?:部门|项目|财政)?(?:收支|支出|收入)?(?:预算|批复|安排)(?:预算|批复|安排)?)
    |(?P<budget>(?:全年|调整后|调整)(?:的?全年)?(?:部门|项目|收支|支出)?预算|本年预算|预算调整|预算)
    |(?P<executed>(?:全年|实际|当年|年度|累计|共|总)*(?:支出|支付|执行|使用)|支出)
    |(?P<received>(?:实际)?到位)
    |(?P<appropriated>(?:收到)?财政(?:拨付|拨款)(?:的?专项资金)?)
    |(?P<carried_over>(?:年末|年底|期末)?(?:结转和?结余|结转|结余))
    |(?P<unspent>(?:年末|年底)?(?:未支出|未支付|未执行|未使用|没有用完|剩余)))
    (?:资金|总数|总额|金额|合计|数|为|是|共|达到?|的|增至|增加到|调整为|减至|共计|\s)*""",
    re.VERBOSE,
)
_ROLES = tuple(_FUND_LABEL.groupindex)
# Says which amount is meant: “全年预算” matches; “预算” does not.
_EXPLICIT = re.compile(r"全年|年初|调整后|本年|实际|合计|总额|到位|财政|年末")
# Before an execution rate: “预算执行率为” matches; “到位率” does not.
_RATE_LABEL = re.compile(
    r"(?:20\d\d\s*年(?:度)?|全年|部门|整体|项目|资金|预算|本年|当年|年度|支出|总)*执行率(?:为|是|达到?|提高到|回升到|：|\s)*"
)
# Before the total score: “自评总分为” matches; “总分目标” does not.
_TOTAL_LABEL = re.compile(
    r"(?:总分|总得分|合计|综合|自评|得分?|评分|之和|结论|绩效|相加)(?:总分|得分|评分|得|为|是|合计|共|共计|：|\s)*$"
)
# In a clause about other points: “扣2分” matches; “总分90” does not.
_OTHER_SCORE = re.compile(
    r"扣|满分|失|离|差|指标(?!.*合计)|本方面|该方面|一项|其中|权重|基础|基准|原始|初始|加分前|复[核评]"
)


# Points of a penalty without its name: “倒扣了” matches; “扣” does not.
_TAKEN_OFF = re.compile(r"倒扣了?")
# Points that a dimension lost: “产出指标扣” matches; “扣” does not.
_LOST = re.compile(r"(?P<name>.{2,12}?)(?:共|合计|一共)?扣(?:减|分|了|去)?")
# The points of the dimension that a section is about: “得” matches; “培训得” does not.
_SECTION_SCORE = re.compile(r"^(?:本方面|该项|此项)?(?:共|合计|综合|自评)?(?:满分|得)分?为?$")


# Texts of other times: “problems/a/due” matches; “problems/a/text” does not.
ELSEWHERE = re.compile(r"followups/|signature|.*/(?:measure|due|dates)$")
# Places of what was intended: “goals/overall/target” matches; “goals/overall/actual” does not.
_TARGETS = re.compile(r"(?:projects/[^/]+/)?(?:goals/[^/]+/(?:target|indicator)|body/goals)")
# What a goal asks for: “goals/overall/target” matches; “goals/overall/actual” does not.
_GOAL = re.compile(r"(?:projects/[^/]+/)?goals/[^/]+/target(?:/|$)")
# Places about parts of the whole: “indicators/seats/actual” matches; “scores/total” does not.
MINOR = re.compile(r"(?:projects/[^/]+/)?(?:indicators|evaluation|problems)/")


# Two values are set beside each other: “比上年” matches; “不少于” does not.
_COMPARED = re.compile(r"[比较扣]|同比|超|差|多|少(?!于)")
# A value moves: “提高” matches; “支出” does not.
_CHANGING = re.compile(r"[降增减升]|提高|节约")


@dataclass(eq=False)
class Said:
    """A quantity of the prose, the place of its text, and the quantity before it."""

    place: str
    figure: Figure
    before: Figure | None = None

    @property
    def quoted(self) -> str:
        """The words to quote it by."""
        return self.figure.excerpt

    @property
    def is_plan(self) -> bool:
        """True where it says what was intended, by its words or by where it stands."""
        return self.figure.is_plan or bool(_TARGETS.match(self.place))

    def is_about(self, year: int) -> bool:
        """True for a quantity of this year, and for one whose text names no year."""
        named = self.figure.year
        return not named or named.startswith(str(year))

    @property
    def is_goal(self) -> bool:
        """True in the text of a goal, which says what the targets of indicators say."""
        return bool(_GOAL.match(self.place))

    @property
    def is_plain(self) -> bool:
        """True where it states a value, not where something began, nor roughly."""
        return not (self.figure.rough or self.figure.is_start)

    @property
    def is_compared(self) -> bool:
        """True for a change against something else, which is no figure of this year's data."""
        figure = self.figure
        if figure.unit == "分" and _LOST.fullmatch(figure.label):
            return False
        return figure.unit == "个百分点" or (
            figure.is_change and (figure.unit != "%" or bool(_COMPARED.search(figure.clause)))
        )


@dataclass(frozen=True)
class Clash:
    """A quantity of the prose and the figure of the data that it contradicts."""

    said: Said
    datum: Datum


class Reading:
    """The prose of a report or of a project inside it, beside its data."""

    def __init__(self, subject: Subject, owner: Evaluated, prefix: str) -> None:
        self.subject, self.owner, self.prefix = subject, owner, prefix
        self.year = subject.key.year
        self.data = data_of(subject.reference, subject.key, owner, prefix)
        self.texts = [t for t in subject.texts if _belongs(t, prefix)]
        self.figures = [(text, read(text.value)) for text in self.texts]
        self.said = [
            Said(text.place, figure, before)
            for text, figures in self.figures
            for before, figure in zip([None, *figures], figures, strict=False)
        ]

    @cached_property
    def mismatches(self) -> list[tuple[Text, Mismatch]]:
        """Totals that their parts in the same sentence do not add up to exactly."""
        several = ((text, figures) for text, figures in self.figures if len(figures) > 1)
        alone = [(text, found) for text, figures in several for found in mismatches(figures)]
        return [*alone, *self._listed_below(), *self._gathered_above()]

    def _listed_below(self) -> Iterator[tuple[Text, Mismatch]]:
        """Totals whose parts are the next paragraphs or items: 共64所，其中： and what follows."""
        for at, (text, figures) in enumerate(self.figures):
            opening = text.value.rstrip()
            if not figures or not opening.endswith(("：", ":")):
                continue
            items = takewhile(partial(_is_item, text, figures[-1]), self.figures[at + 1 :])
            below = [item.value.strip("。；;，,、 ") for item, _ in items]
            if len(below) > 1:
                found = mismatches(read(opening + "；".join(below)))
                yield from ((text, m) for m in found if m.total.end <= len(opening))

    def _gathered_above(self) -> Iterator[tuple[Text, Mismatch]]:
        """Totals that gather the items of their list above: 甲40所； 乙18所； 合计64所."""
        for at, (text, figures) in enumerate(self.figures):
            if not figures or not text.value.startswith(("合计", "共计", "总计", "以上")):
                continue
            above = [t.value for t, _ in self.figures[:at] if _list_of(t) == _list_of(text)]
            before = "，".join(value.strip("。；;，,、 ") for value in above) + "，"
            for found in mismatches(read(before + text.value)) if len(above) > 1 else ():
                if found.total.start >= len(before):
                    yield text, replace(found, total=_moved(found.total, text, len(before)))

    @cached_property
    def values(self) -> dict[str, set[Decimal]]:
        """The values of the data by unit."""
        found: dict[str, set[Decimal]] = {}
        for datum in self.data:
            found.setdefault(datum.unit, set()).add(datum.value)
        return found

    @cached_property
    def intended(self) -> dict[str, set[Decimal]]:
        """The values of the data that a goal may name, by unit: all but what was achieved."""
        found: dict[str, set[Decimal]] = {}
        for datum in self.data:
            if datum.is_target or datum.family is not Family.INDICATOR:
                found.setdefault(datum.unit, set()).add(datum.value)
        return found

    @cached_property
    def money(self) -> set[Decimal]:
        """All amounts, and what is left between two of them."""
        amounts = [d.value for d in self.data if d.unit == "元"]
        return {abs(a - b) for a in amounts for b in amounts} | set(amounts)

    @cached_property
    def targets(self) -> dict[tuple[str, Decimal], list[Datum]]:
        """The targets of the indicators that achieved something else, by its unit and value."""
        found: dict[tuple[str, Decimal], list[Datum]] = {}
        meant = [d for d in self.data if d.family is Family.INDICATOR]
        known = {d.place.rpartition("/")[0]: d for d in meant if d.place.endswith("/target")}
        for datum in (d for d in meant if not d.is_target):
            target = known.get(datum.place.rpartition("/")[0])
            if target and target.unit == datum.unit and target.value != datum.value:
                found.setdefault((datum.unit, datum.value), []).append(target)
        return found

    def total_of(self, role: str) -> Datum | None:
        """The total's amount of a role, the `rate`, or the `total` score."""
        if role == "rate":
            return next((d for d in self.data if d.family is Family.RATE), None)
        if role == "total":
            return next((d for d in self.data if d.place == "scores/total"), None)
        return self._total(role)

    @cached_property
    def row_names(self) -> set[str]:
        """What the rows below the total of the fund table are called."""
        return {name for d in self.data if d.family is Family.FUNDS for name in d.names}

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[Datum]]:
        """The figures of the data by name and unit; those without a unit are left out."""
        found: dict[tuple[str, str], list[Datum]] = {}
        for datum in self.data:
            for name in datum.names if datum.unit else ():
                found.setdefault((name, datum.unit), []).append(datum)
        return found

    @cached_property
    def spoken(self) -> dict[str, set[Decimal]]:
        """The values that the prose states, by unit."""
        found: dict[str, set[Decimal]] = {}
        for said in self.said:
            found.setdefault(said.figure.unit, set()).add(said.figure.value)
        return found

    @cached_property
    def unsaid(self) -> dict[str, set[Decimal]]:
        """The values of the data that the prose does not state, by unit."""
        return {unit: data - self.spoken.get(unit, set()) for unit, data in self.values.items()}

    @cached_property
    def clashes(self) -> list[Clash]:
        """Every contradiction between a quantity and the data, each quantity at most once."""
        found = []
        for said in self.said:
            if said.figure.unit not in self.values:
                continue
            datum = self._contradicted(said)
            if datum and self._is_of_this_year(said):
                found.append(Clash(said, datum))
        return found

    def _is_of_this_year(self, said: Said) -> bool:
        """True where a quantity states what is so this year: no change, no start, no other year."""
        if ELSEWHERE.match(said.place) or not said.is_plain or said.is_compared:
            return False
        return said.is_about(self.year)

    def _contradicted(self, said: Said) -> Datum | None:
        unit = said.figure.unit
        if unit == "分":
            return self._score(said)
        if unit == "元" and (match := _FUND_LABEL.fullmatch(said.figure.label)):
            found = self._fund(said, str(match.lastgroup))
            return found or self._by_name(said) or self._by_likeness(said)
        if unit == "%" and _RATE_LABEL.fullmatch(said.figure.label):
            return self._rate(said)
        return self._by_name(said) or self._by_likeness(said)

    # funds

    def _fund(self, said: Said, role: str) -> Datum | None:
        datum = self._total(role)
        value = said.figure.value
        if datum is None or datum.unit != "元" or said.figure.is_single:
            return None
        if said.figure.matches(datum.value):
            return None
        explicit = bool(_EXPLICIT.search(said.figure.label)) and role != "carried_over"
        within = any(name in said.figure.head for name in self.row_names)
        if within and not explicit and not is_slip(value, datum.value):
            return None
        known = {d.value for d in self.data if d.role and (d.role == role or not explicit)}
        if value in known or not (is_near(value, datum.value) or _is_misplaced(said.figure, datum)):
            return None
        return None if self._tells_many(role, datum) else datum

    def _total(self, role: str) -> Datum | None:
        """The total's amount of a role; what is unspent follows from budget and executed."""
        amounts = {d.role: d for d in self.data if d.role and not d.names}
        if role in ("unspent", "carried_over"):
            over = amounts.get(FundColumnRole.CARRIED_OVER)
            return over or _unspent(amounts)
        if role == "budget":
            return next((amounts[r] for r in WHOLE_YEAR if r in amounts), None)
        return amounts.get(FundColumnRole(role))

    def _rate(self, said: Said) -> Datum | None:
        datum = next((d for d in self.data if d.family is Family.RATE), None)
        if datum is None or said.figure.matches(datum.value) or said.figure.is_single:
            return None
        if said.is_plan or re.search("季度|月底|上半年", said.figure.head):
            return None
        if not is_near(said.figure.value, datum.value):
            return None
        return None if self._tells_many("rate", datum) else datum

    def _tells_many(self, role: str, datum: Datum) -> bool:
        """True where the prose states the total and, by the same words, much else: projects."""
        return datum.value in self.spoken[datum.unit] and len(self.told[role]) > 2

    @cached_property
    def told(self) -> dict[str, set[Decimal]]:
        """The values that the prose gives for each role of an amount, and for the rate."""
        found: dict[str, set[Decimal]] = {"rate": set(), **{role: set() for role in _ROLES}}
        for said in self.said:
            figure = said.figure
            if figure.unit == "元" and (match := _FUND_LABEL.fullmatch(figure.label)):
                found[str(match.lastgroup)].add(figure.value)
            elif figure.unit == "%" and _RATE_LABEL.fullmatch(figure.label):
                found["rate"].add(figure.value)
        return found

    # scores

    def _score(self, said: Said) -> Datum | None:
        figure = said.figure
        if _TAKEN_OFF.fullmatch(figure.label):
            return self._penalty(figure.value)
        if lost := _LOST.fullmatch(figure.label):
            return self._lost(figure.value, core(lost["name"]))
        full = "满分" in figure.label
        named = self._dimension(_score_name(figure.label)) or self._of_section(said)
        if any(figure.value == d.value for d in named):
            return None
        if named:
            return next((d for d in named if d.is_target == full), None)
        total = next((d for d in self.data if d.place.endswith("scores/total")), None)
        if full or total is None or total.is_target or figure.value == total.value:
            return None
        if figure.label == "总分" and figure.value in self._full_marks:
            return None
        return total if self._is_total(said) and is_near(figure.value, total.value) else None

    def _penalty(self, value: Decimal) -> Datum | None:
        """The points of the one penalty, where another number was taken off: 倒扣3分."""
        named = [d for d in self.data if d.unit == "分" and any("扣" in n for n in d.names)]
        score = next((d for d in named if not d.is_target), None)
        return score if score and abs(score.value) != value else None

    def _lost(self, value: Decimal, name: str) -> Datum | None:
        """The points of a dimension of which so many were lost, where that is another number; of a
        penalty, what was lost is its points."""
        named = self.by_name.get((name, "分"), [])
        score = next((d for d in named if not d.is_target), None)
        full = next((d for d in named if d.is_target), None)
        if score is None or full is None:
            return None
        penalty = "扣" in name or score.value < 0
        lost = abs(score.value) if penalty else full.value - score.value
        return None if value == lost else score

    @cached_property
    def _full_marks(self) -> set[Decimal]:
        """The full marks of the whole."""
        return {d.value for d in self.data if d.place == "scores/total" and d.is_target}

    def _dimension(self, label: str) -> list[Datum]:
        """The dimension that a label names, or ends with: 评价结果为产出指标."""
        exact = self.by_name.get((label, "分"))
        if exact or len(label) < 4:
            return exact or []
        scores = [d for d in self.data if d.family is Family.SCORE and d.names]
        return [d for d in scores if d.names[0] and label.endswith(d.names[0])]

    def _of_section(self, said: Said) -> list[Datum]:
        """The dimension that a section is about, where it says 本方面 or tells points once only."""
        section = said.place.removeprefix(self.prefix).split("/")[1:2]
        if not section or not _SECTION_SCORE.fullmatch(said.figure.label):
            return []
        label = self._labels.get(said.place, "")
        if not label and "本方面" not in said.figure.head and self._scores_told[section[0]] > 1:
            return []
        heading = label or self._headings.get(section[0], "")
        named = [d for d in self.data if d.unit == "分" and any(n in heading for n in d.names if n)]
        return named if len({d.names for d in named}) == 1 else []

    @cached_property
    def _scores_told(self) -> Counter[str]:
        """How many points of no named thing each section tells."""
        return Counter(
            said.place.removeprefix(self.prefix).split("/")[1]
            for said in self.said
            if said.figure.unit == "分" and "/" in said.place.removeprefix(self.prefix)
            and _SECTION_SCORE.fullmatch(said.figure.label)
        )  # fmt: skip

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The label before each text that has one."""
        return {f"{place}/text": label.label for place, _, label in self.subject.of(Label)}

    @cached_property
    def _headings(self) -> dict[str, str]:
        outline = self.subject.reference.outline_of(self.owner, self.subject.key, self.subject.kind)
        return {s.id: s.heading or "" for s in outline.walk()} if outline else {}

    def _is_total(self, said: Said) -> bool:
        figure = said.figure
        if _OTHER_SCORE.search(figure.label):
            return False
        begin, end = figure.sentence
        graded = re.search(r"等[级次]", figure.text[begin:end])
        return bool(_TOTAL_LABEL.search(figure.label) or (graded and not figure.label))

    # facts and indicators

    def _by_name(self, said: Said) -> Datum | None:
        figure = said.figure
        named = self._named(said)
        if said.is_goal:
            named = [d for d in named if d.is_target] or named
        if not named or any(figure.matches(d.value) or _is_finer(figure, d) for d in named):
            return None
        fitting = [d for d in named if d.is_target == said.is_plan]
        fitting = [d for d in fitting if said.is_about(d.year) and d.value]
        if not fitting or is_each(figure.clause) != is_each(fitting[0].names[0]):
            return None
        meant = min(fitting, key=lambda d: abs(d.value - figure.value))
        meant = next((d for d in fitting if is_rescaled(figure.value, d.value)), meant)
        if len(meant.names[0]) < 4 and not is_near(figure.value, meant.value):
            return None
        if meant.family is Family.FUNDS:
            if swapped := self._swapped(said, named):
                return swapped
            if not self._is_about_funds(said, meant):
                return None
        near = _ratio(figure.value, meant.value) < _FAR or is_rescaled(figure.value, meant.value)
        return meant if near else None

    def _swapped(self, said: Said, named: list[Datum]) -> Datum | None:
        """What a row of the fund table holds, where the prose gives it the amount that another row
        has in the same column."""
        for own in named if named[0].family is Family.FUNDS and not said.is_plan else ():
            others = (d for d in self.data if d.family is Family.FUNDS and d.role == own.role)
            if any(d.names and d.names != own.names and said.figure.value == d.value and d.value
                   for d in others):  # fmt: skip
                return own
        return None

    def _is_about_funds(self, said: Said, datum: Datum) -> bool:
        """True where an amount is not told as a part of something that the fund table lacks."""
        before, figure = said.before, said.figure
        inside = before is not None and before.unit == "元" and before.end > figure.sentence[0]
        known = not inside or (before is not None and before.value in self.values["元"])
        roles = {d.role for d in self.data if d.names == datum.names}
        whole = FundColumnRole.EXECUTED in roles and not roles.isdisjoint(WHOLE_YEAR)
        return known and whole and is_near(figure.value, datum.value)

    def _named(self, said: Said) -> list[Datum]:
        figure = said.figure
        label = core(figure.label)
        if label:
            return self.by_name.get((label, figure.unit), [])
        after = core(figure.after)
        return next(
            (
                [d for d in data if is_near(figure.value, d.value)]
                for (name, unit), data in self.by_name.items()
                if unit == figure.unit and len(name) > 2 and after.startswith(name)
            ),
            [],
        )

    def _by_likeness(self, said: Said) -> Datum | None:
        """The figure whose name is most like the label, where neither value occurs elsewhere."""
        figure = said.figure
        known = self.intended if said.is_goal else self.values
        if figure.value in known.get(figure.unit, ()) or MINOR.match(said.place):
            return None
        if not said.is_goal and not self._may_be_one(figure):
            return None
        likeness, best = self._likest(said)
        if best is None or not said.is_about(best.year) or figure.matches(best.value):
            return None
        if _is_finer(figure, best):
            return None
        if figure.unit == "元" and figure.value in self.money and likeness < 1:
            return None
        label = core(figure.label)
        if said.is_goal and _is_reordered(label, best.names[0]):
            return best if _ratio(figure.value, best.value) < _FAR else None
        if best.value in self.unsaid[figure.unit]:
            return best if is_near(figure.value, best.value) else None
        if is_rescaled(figure.value, best.value) and likeness >= _LIKE:
            return best
        if _names_all(figure, best.names[0]) and is_slip(figure.value, best.value):
            return best
        enough = 2 if "goals/" in said.place else 4
        sure = len(label) >= enough and _likeness(label, best) >= _SURE
        return best if sure and is_slip(figure.value, best.value) else None

    def _may_be_one(self, figure: Figure) -> bool:
        """A quick look: whether any value of the unit could be the quantity, mistyped."""
        if any(is_near(figure.value, value) for value in self.unsaid[figure.unit]):
            return True
        return any(is_slip(figure.value, value) for value in self.values[figure.unit])

    def _likest(self, said: Said) -> tuple[float, Datum | None]:
        """The figure whose name is most like the label, and how much; None where several are."""
        figure = said.figure
        label, after = core(figure.label), _next_year(core(figure.after[:10]))
        texts = [t for t in (label, after, label + after) if len(t) > 1]
        each, changes = is_each(figure.clause), figure.is_change
        ranked: list[tuple[float, Datum]] = []
        for datum in self.data:
            if datum.unit != figure.unit or not datum.names or datum.family is Family.FUNDS:
                continue
            if changes and not _CHANGING.search(datum.names[0]):
                continue
            likeness = max((_likeness(t, datum) for t in texts), default=0.0)
            if likeness >= _ALIKE and (not each or is_each(datum.names[0])):
                ranked.append((likeness, datum))
        top = max((likeness for likeness, _ in ranked), default=0.0)
        best = [datum for likeness, datum in ranked if likeness == top]
        if not best or not _is_one([d.names[0] for d in best]):
            return top, None
        return top, next((d for d in best if d.is_target == said.is_plan), None)


def _is_finer(figure: Figure, datum: Datum) -> bool:
    """True for 92.92% beside 93%: the figure of the data is this one, rounded."""
    step = Decimal(1).scaleb(int(datum.value.as_tuple().exponent))
    rate = figure.unit == "%" and figure.step < step
    return rate and abs(figure.value - datum.value) * 2 <= step


_ITEM = 60  # characters of a paragraph that is one of several parts


def _is_item(above: Text, total: Figure, below: tuple[Text, list[Figure]]) -> bool:
    """True for a short paragraph of the section that begins with a quantity of a total's unit."""
    text, figures = below
    same = text.place.split("/")[:2] == above.place.split("/")[:2]
    return same and bool(figures) and len(text.value) <= _ITEM and figures[0].unit == total.unit


def _list_of(text: Text) -> list[str]:
    """The place of the list, or of the section, that a text is an item of."""
    return text.place.split("/")[:-2]


def _moved(figure: Figure, text: Text, by: int) -> Figure:
    """A quantity of a longer text where it stands in the last piece of it."""
    start, end = figure.start - by, figure.end - by
    return replace(
        figure, text=text.value, start=start, end=end, floor=max(figure.floor - by, 0),
        ceiling=len(text.value),
    )  # fmt: skip


def _is_one(names: list[str]) -> bool:
    """True where the names are one, longer or shorter."""
    longest = max(names, key=len)
    return all(name in longest for name in names)


def _belongs(text: Text, prefix: str) -> bool:
    return text.place.startswith(prefix or "") and (bool(prefix) or text.place[:9] != "projects/")


def _unspent(amounts: dict[FundColumnRole, Datum]) -> Datum | None:
    budget = next((amounts[role] for role in WHOLE_YEAR if role in amounts), None)
    executed = amounts.get(FundColumnRole.EXECUTED)
    if budget is None or executed is None:
        return None
    factor = unit_of(budget.shown.lstrip("-0123456789."))[0]
    left = budget.value - executed.value
    shown = f"{left / factor}{budget.shown.lstrip('-0123456789.')}"
    return replace(executed, value=left, shown=f"{budget.shown} − {executed.shown} = {shown}")


_ALIKE = 0.4
_LIKE = 0.6
_SURE = 0.8
_FAR = 20  # times: two values so far apart are of two things

# What the name of an indicator adds: “长度” matches; “工程” does not.
_MEASURED = re.compile("(?:总?(?:长度|面积|里程|规模)|[个人户台套项]数|人次|数量?)$")


def _is_reordered(text: str, name: str) -> bool:
    """True for 新建改造管网 and 管网新建改造长度: the same words in another order."""
    bare = _MEASURED.sub("", name)
    return len(bare) >= 4 and Counter(text) == Counter(bare)


def _names_all(figure: Figure, name: str) -> bool:
    """True for 对74所学校开展检查 and 检查学校数: every sign of the name is around the number."""
    bare = set(_MEASURED.sub("", name))
    return len(bare) >= 4 and bare <= set(figure.label + figure.after[:10])


def _likeness(text: str, datum: Datum) -> float:
    """The share of common pairs of characters, 0 to 1."""
    pairs = pairs_of(text)
    found = 0.0
    for name, own in zip(datum.names, datum.pairs, strict=True):
        common = len(pairs & own)
        if common and _same_kind(text, name):
            found = max(found, common / min(len(pairs), len(own)))
    return found


def _same_kind(text: str, name: str) -> bool:
    """False for 家长满意度 and 教师满意度: one ending, nothing in common before it."""
    end = 0
    while end < min(len(text), len(name)) and text[-1 - end] == name[-1 - end]:
        end += 1
    mine, its = text[: len(text) - end], name[: len(name) - end]
    return not end or not mine or not its or not set(mine).isdisjoint(its)


def is_each(text: str) -> bool:
    """True for words about each of many: 每户, 人均, 分别."""
    return bool(re.search("每|平均|均(?!衡|匀|为|已)|分别|各|单价", text))


def _next_year(text: str) -> str:
    return re.sub(r"结转20\d\d年", "结转下年", text)


def _score_name(label: str) -> str:
    return core(re.sub(r"(?:得分|满分|得|自评)+(?:为|是)?$|^自评得分：", "", label))


def _ratio(a: Decimal, b: Decimal) -> Decimal:
    low, high = sorted((abs(a), abs(b)))
    return high / low if low else Decimal(10**9)


_CLOSE = Decimal("1.3")


def is_near(said: Decimal, value: Decimal) -> bool:
    """True where one may be the other, changed or mistyped."""
    if not said or not value:
        return False
    low, high = sorted((abs(said), abs(value)))
    return high <= low * _CLOSE or high - low <= 2 or is_slip(said, value)


def is_slip(said: Decimal, value: Decimal) -> bool:
    """True for a digit mistyped, two digits swapped, the point or the unit misplaced."""
    if not said or not value:
        return False
    if _is_shifted(said, value):
        return True
    one, other = digits(said), digits(value)
    if len(one) != len(other):
        same = one.replace(".", "").strip("0") == other.replace(".", "").strip("0")
        return same and _ratio(said, value) in _POWERS
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return apart == 1 or (apart == 2 and Counter(one) == Counter(other))


def is_rescaled(said: Decimal, value: Decimal) -> bool:
    """True for 2.1卷 beside 2.1万卷: the same figures, 万 or 亿 left out or put in."""
    return bool(said and value) and _ratio(said, value) in _SCALES


_SCALES = (Decimal(10) ** 4, Decimal(10) ** 8)


def _is_misplaced(figure: Figure, datum: Datum) -> bool:
    """True for 0.91亿元 beside 912.48万元: another point or unit, and rounded."""
    if len(digits(figure.value).strip("0.")) < 2:
        return False
    return any(figure.matches(datum.value * power) for power in _MISPLACED)


_MISPLACED = tuple(Decimal(10) ** power for power in (-4, -2, -1, 1, 2, 4))


def _is_shifted(said: Decimal, value: Decimal) -> bool:
    """True for 672.15 beside 6721.48: the point one place off, and rounded as money is."""
    low, high = sorted((abs(said), abs(value)))
    return low >= 100 and abs(low * 10 - high) * 10**5 <= high


@lru_cache(maxsize=4096)
def digits(value: Decimal) -> str:
    """A value as it is written, without zeros that say nothing."""
    return f"{value.normalize():f}"


_POWERS = {Decimal(10) ** power for power in (1, 2, 4, 8)}


def readings(subject: Subject) -> list[Reading]:
    """The report and its projects, read once for all rules that ask."""
    return subject.once(_readings)


def _readings(subject: Subject) -> list[Reading]:
    return [Reading(subject, owner, start) for owner, start in subject.owners()]
