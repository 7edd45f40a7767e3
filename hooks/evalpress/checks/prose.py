"""Rules that hold every amount, rate, count and score of the prose against the report's data.

A quantity is compared where its label names a figure of the data in the same unit and year. One
without a counterpart is no finding: prose may say more than the data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from evalpress.assess import BUDGET_ROLES, percent, total_line
from evalpress.checks import rule
from evalpress.findings import Finding, Level
from evalpress.model import (
    Evaluated,
    FundColumnRole,
    FundLine,
    Indicator,
    Key,
    Nature,
    Reference,
    Report,
    Scheme,
)
from evalpress.places import describe
from evalpress.quantities import HUNDREDTH, Figure, mismatches, read, unit_of
from evalpress.subject import Subject, Text
from evalpress.values import Measure
from evalpress.wording import word

# --- the figures of the data --------------------------------------------------------------------


class Family(StrEnum):
    """Which part of the data a figure comes from; each has a rule of its own."""

    FUNDS = "funds"
    RATE = "rate"
    SCORE = "score"
    FACT = "fact"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class Datum:
    """A figure of the data: where it stands, what it is called, its value in the base unit.

    `key` is the same for the same figure of another year.
    """

    family: Family
    place: str
    key: str
    names: tuple[str, ...]
    value: Decimal
    unit: str
    shown: str
    year: int
    is_target: bool = False
    role: FundColumnRole | None = None

    @cached_property
    def pairs(self) -> list[frozenset[str]]:
        return [_pairs(name) for name in self.names]


def _data(reference: Reference, key: Key, owner: Evaluated, prefix: str) -> list[Datum]:
    """Every figure of a report or of a project inside it."""
    found = [*_funds(reference, key, owner), *_scores(reference.scheme_of(owner, key), key, owner)]
    found += [*_facts(key, owner), *_indicators(key, owner)]
    return [replace(datum, place=prefix + datum.place) for datum in found] if prefix else found


def _funds(reference: Reference, key: Key, owner: Evaluated) -> Iterator[Datum]:
    funds, table = owner.funds, reference.fund_table_of(owner, key)
    if not funds or not funds.rows:
        return
    unit = funds.unit or (table.unit if table else "")
    roles = {column.id: column.role for column in table.columns} if table else {}
    names = {row.id: row.name for row in table.rows} if table else {}
    total = total_line(funds)
    for line in funds.rows:
        name = core((line.name or names.get(line.id, "")).removeprefix("其中：")) if line is not total else ""
        for column, amount in line.amounts.items():
            role = roles.get(column) or FundColumnRole(column)
            if amount is not None and role not in _NOT_MONEY:
                yield _amount(f"funds/{line.id}/{column}", role, amount, unit, name, key.year)
        if line is total:
            yield from _rates(line, roles, key.year)


# What 全年预算 can mean; the budget of the year's beginning is another figure.
_WHOLE_YEAR = (FundColumnRole.BUDGET, FundColumnRole.ADJUSTED)
_NOT_MONEY = (FundColumnRole.FULL_MARKS, FundColumnRole.RATE, FundColumnRole.SCORE)


def _amount(
    place: str, role: FundColumnRole, amount: Decimal, unit: str, name: str, year: int
) -> Datum:
    factor, base = unit_of(unit)
    names = (name, name.removesuffix("资金")) if name else ()
    return Datum(
        Family.FUNDS, place, f"funds/{name}/{role}", names, amount * factor, base,
        f"{amount}{unit}", year, role=role,
    )  # fmt: skip


def _rates(line: FundLine, roles: dict[str, FundColumnRole], year: int) -> Iterator[Datum]:
    """The execution rate, as written or as it follows from budget and executed."""
    amounts = {roles.get(c) or FundColumnRole(c): a for c, a in line.amounts.items() if a is not None}
    budget = next((amounts[role] for role in BUDGET_ROLES if role in amounts), None)
    executed = amounts.get(FundColumnRole.EXECUTED)
    rate = line.rate if line.rate is not None else amounts.get(FundColumnRole.RATE)
    if rate is None and budget is not None and executed is not None:
        rate = percent(executed, budget)
    if rate is not None:
        place = f"funds/{line.id}/" + ("rate" if line.rate is not None else "executed")
        yield Datum(Family.RATE, place, "rate", ("执行率",), rate, "%", f"{rate}%", year)


def _scores(scheme: Scheme | None, key: Key, owner: Evaluated) -> Iterator[Datum]:
    scores = owner.scores
    if not scores:
        return
    for score in scores.items:
        dimension = scheme.dimension(score.name) if scheme else None
        names = (score.name, *(dimension.also if dimension else ()))
        names = tuple(dict.fromkeys(core(n) for n in (*names, score.name.removesuffix("指标"))))
        place = f"scores/{score.id or score.name}/score"
        if score.score is not None:
            yield _points(place, names, score.score, key.year)
        full = score.full_marks or (dimension.full_marks if dimension else None)
        if full is not None:
            yield replace(_points(place, names, full, key.year), is_target=True)
    if scores.total is not None:
        yield _points("scores/total", (), scores.total, key.year)
    full = scores.full_marks or (scheme.full_marks if scheme else None)
    if full is not None:
        yield replace(_points("scores/total", (), full, key.year), is_target=True)


def _points(place: str, names: tuple[str, ...], value: Decimal, year: int) -> Datum:
    return Datum(Family.SCORE, place, place, names, value, "分", f"{value}分", year)


_YEAR_OF = re.compile(r"20\d\d")


def _facts(key: Key, owner: Evaluated) -> Iterator[Datum]:
    for fact in owner.facts:
        named = _YEAR_OF.search(fact.period or "")
        year = int(named.group()) if named else key.year
        place = f"facts/{fact.id}"
        if fact.value is not None:
            yield _fact(f"{place}/value", fact.name, fact.value, fact.unit, year)
        for part in fact.parts:
            unit = part.unit or fact.unit
            yield _fact(f"{place}/parts/{part.name}/value", part.name, part.value, unit, year)
    for part_of in ("staff", "assets") if owner.profile else ():
        for item in getattr(owner.profile, part_of):
            if item.value is not None:
                place = f"profile/{part_of}/{item.id or item.name}/value"
                yield _fact(place, item.name, item.value, item.unit, key.year)


def _fact(place: str, name: str, value: Decimal, unit: str | None, year: int) -> Datum:
    factor, base = unit_of(unit or "")
    shown = f"{value}{unit or ''}"
    return Datum(Family.FACT, place, place, (core(name),), value * factor, base, shown, year)


def _indicators(key: Key, owner: Evaluated) -> Iterator[Datum]:
    for indicator in owner.indicators:
        for field in ("actual", "target", "adjusted_target"):
            measure: Measure | None = getattr(indicator, field)
            if measure is None or measure.value is None or not indicator.name:
                continue
            factor, base = unit_of(measure.unit or indicator.unit or "")
            place = f"indicators/{indicator.id}/{field}"
            yield Datum(
                Family.INDICATOR, place, f"indicators/{indicator.name}/{field}",
                (core(indicator.name),), measure.value * factor, base, measure.written, key.year,
                is_target=field != "actual",
            )  # fmt: skip


# --- labels -------------------------------------------------------------------------------------

_BEFORE = re.compile(
    r"(?:其中|全年|全区|全局|全系统|当年|当期|本年度?|本期|截至|截止|到|至|20\d\d\s*年(?:度|末|底)*|年末|年底|年内"
    r"|期末|\d+月末|[我本该][局办单位]+|局里|共|累计|合计|总(?!分)|实际|实现|完成|已|另有?|现有|有|各类|以及|及|和|与"
    r"|包括|包含|内?含|是|为|即|经|的|区|本(?=[^级])|\s)+"
)
_BEHIND = re.compile(
    r"(?:不[低高少多]于|不超过|控制在|至少|首次|共计|合计|总计|累计|共有?|总数|总量|数量?|为|是|有|达到?|得分?|仅|只|已|计|的|了|实现|完成|即|各|提高到|增加到"
    r"|升到|增至|降到|降至|下降到|回升到|缩短到|：|:|\s)+$"
)


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """A label without the words that say nothing about what is counted."""
    begin = match.end() if (match := _BEFORE.match(label)) else 0
    return _BEHIND.sub("", label[begin:])


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


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
_EXPLICIT = re.compile(r"全年|年初|调整后|本年|实际|合计|总额|到位|财政|年末")
_RATE_LABEL = re.compile(
    r"(?:20\d\d\s*年(?:度)?|全年|部门|整体|项目|资金|预算|本年|当年|年度|支出|总)*执行率(?:为|是|达到?|提高到|回升到|：|\s)*"
)
_TOTAL_LABEL = re.compile(
    r"(?:总分|总得分|合计|综合|自评|得分?|评分|之和|结论|绩效|相加)(?:总分|得分|评分|得|为|是|合计|共|共计|：|\s)*$"
)
_OTHER_SCORE = re.compile(r"扣|满分|失|离|差|指标(?!.*合计)|本方面|该方面|一项|其中|权重")

# --- what the prose says, beside the data -------------------------------------------------------

_ELSEWHERE = re.compile(r"followups/|signature|.*/(?:measure|due|dates)$")
_TARGETS = re.compile(r"(?:projects/[^/]+/)?(?:goals/[^/]+/(?:target|indicator)|body/goals)")
_MINOR = re.compile(r"(?:projects/[^/]+/)?(?:indicators|evaluation|problems)/")


_COMPARED = re.compile(r"[比较扣]|同比|超|差|多|少(?!于)")
_CHANGING = re.compile(r"[降增减升]|提高|节约")


@dataclass(eq=False)
class Said:
    """A quantity of the prose, the place of its text, and the quantity before it."""

    place: str
    figure: Figure
    before: Figure | None = None

    @property
    def quoted(self) -> str:
        return self.figure.excerpt

    @property
    def is_plan(self) -> bool:
        return self.figure.is_plan or bool(_TARGETS.match(self.place))

    def is_about(self, year: int) -> bool:
        named = self.figure.year
        return not named or named.startswith(str(year))

    @property
    def is_plain(self) -> bool:
        """True where it states a value, not where something began, nor roughly."""
        return not (self.figure.rough or self.figure.is_start)

    @property
    def is_compared(self) -> bool:
        """True for a change against something else, which is no figure of this year's data."""
        figure = self.figure
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
        self.data = _data(subject.reference, subject.key, owner, prefix)
        self.texts = [t for t in subject.texts if _belongs(t, prefix)]
        self.figures = [(text, read(text.value)) for text in self.texts]
        self.said = [
            Said(text.place, figure, before)
            for text, figures in self.figures
            for before, figure in zip([None, *figures], figures, strict=False)
        ]

    @cached_property
    def values(self) -> dict[str, set[Decimal]]:
        """The values of the data by unit."""
        found: dict[str, set[Decimal]] = {}
        for datum in self.data:
            found.setdefault(datum.unit, set()).add(datum.value)
        return found

    @cached_property
    def money(self) -> set[Decimal]:
        """All amounts, and what is left between two of them."""
        amounts = [d.value for d in self.data if d.unit == "元"]
        return {abs(a - b) for a in amounts for b in amounts} | set(amounts)

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
            if datum and said.is_plain and said.is_about(self.year) and not said.is_compared:
                if not _ELSEWHERE.match(said.place):
                    found.append(Clash(said, datum))
        return found

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
        if datum is None or said.figure.matches(datum.value) or said.figure.is_single:
            return None
        explicit = bool(_EXPLICIT.search(said.figure.label)) and role != "carried_over"
        if not explicit and not is_slip(value, datum.value):
            if any(name in said.figure.head for name in self.row_names):
                return None
        known = {d.value for d in self.data if d.role and (d.role == role or not explicit)}
        return None if value in known or not is_near(value, datum.value) else datum

    def _total(self, role: str) -> Datum | None:
        """The total's amount of a role; what is unspent follows from budget and executed."""
        amounts = {d.role: d for d in self.data if d.role and not d.names}
        if role in ("unspent", "carried_over"):
            over = amounts.get(FundColumnRole.CARRIED_OVER)
            return over or _unspent(amounts)
        if role == "budget":
            return next((amounts[r] for r in _WHOLE_YEAR if r in amounts), None)
        return amounts.get(FundColumnRole(role))

    def _rate(self, said: Said) -> Datum | None:
        datum = next((d for d in self.data if d.family is Family.RATE), None)
        if datum is None or said.figure.matches(datum.value) or said.figure.is_single:
            return None
        if said.is_plan or re.search("季度|月底|上半年", said.figure.head):
            return None
        return datum if is_near(said.figure.value, datum.value) else None

    # scores

    def _score(self, said: Said) -> Datum | None:
        figure = said.figure
        full = "满分" in figure.label
        named = self.by_name.get((_score_name(figure.label), "分")) or self._of_section(said)
        if named:
            datum = next((d for d in named if d.is_target == full), None)
            return datum if datum and figure.value != datum.value else None
        total = next((d for d in self.data if d.place.endswith("scores/total")), None)
        if full or total is None or total.is_target or figure.value == total.value:
            return None
        return total if self._is_total(said) and is_near(figure.value, total.value) else None

    def _of_section(self, said: Said) -> list[Datum]:
        """The dimension that a section is about, where its text says 本方面 or 满分."""
        if not re.fullmatch(r"本方面(?:满分|得)|满分|得", said.figure.label):
            return []
        if "本方面" not in said.figure.head:
            return []
        heading = self._headings.get(said.place.removeprefix(self.prefix).split("/")[1], "")
        fitting = [d for d in self.data if d.unit == "分" and any(n in heading for n in d.names)]
        return fitting

    @cached_property
    def _headings(self) -> dict[str, str]:
        outline = self.subject.reference.outline_of(
            self.owner, self.subject.key, self.subject.kind
        )
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
        if not named or any(figure.matches(d.value) for d in named):
            return None
        fitting = [d for d in named if d.is_target == said.is_plan]
        fitting = [d for d in fitting if said.is_about(d.year) and d.value]
        if not fitting or _is_each(figure.clause) != _is_each(fitting[0].names[0]):
            return None
        if len(fitting[0].names[0]) < 4 and not is_near(figure.value, fitting[0].value):
            return None
        if fitting[0].family is Family.FUNDS and not self._is_about_funds(said, fitting[0]):
            return None
        return fitting[0] if _ratio(figure.value, fitting[0].value) < 20 else None

    def _is_about_funds(self, said: Said, datum: Datum) -> bool:
        """True where an amount is not told as a part of something that the fund table lacks."""
        before, figure = said.before, said.figure
        inside = before is not None and before.unit == "元" and before.end > figure.sentence[0]
        known = not inside or (before is not None and before.value in self.values["元"])
        roles = {d.role for d in self.data if d.names == datum.names}
        whole = FundColumnRole.EXECUTED in roles and not roles.isdisjoint(_WHOLE_YEAR)
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
        """The one figure whose name is most like the label, where neither value occurs elsewhere."""
        figure = said.figure
        if figure.value in self.values[figure.unit] or _MINOR.match(said.place):
            return None
        if not any(is_near(figure.value, value) for value in self.values[figure.unit]):
            return None
        likeness, best = self._likest(said)
        if best is None or not said.is_about(best.year):
            return None
        if figure.unit == "元" and figure.value in self.money and likeness < 1:
            return None
        if best.value in self.unsaid[figure.unit]:
            return best if is_near(figure.value, best.value) else None
        label = core(figure.label)
        enough = 2 if "goals/" in said.place else 4
        sure = len(label) >= enough and _likeness(label, best) >= _SURE
        return best if sure and is_slip(figure.value, best.value) else None

    def _likest(self, said: Said) -> tuple[Decimal, Datum | None]:
        figure = said.figure
        label, after = core(figure.label), _next_year(core(figure.after[:10]))
        texts = [t for t in (label, after, label + after) if len(t) > 1]
        each = _is_each(figure.clause)
        ranked: list[tuple[Decimal, Datum]] = []
        for datum in self.data:
            if datum.unit != figure.unit or not datum.names or datum.family is Family.FUNDS:
                continue
            likeness = max((_likeness(t, datum) for t in texts), default=Decimal(0))
            if figure.is_change and not _CHANGING.search(datum.names[0]):
                continue
            if likeness >= _ALIKE and (not each or _is_each(datum.names[0])):
                ranked.append((likeness, datum))
        top = max((likeness for likeness, _ in ranked), default=Decimal(0))
        best = [datum for likeness, datum in ranked if likeness == top]
        if not best or not _is_one([d.names[0] for d in best]):
            return top, None
        return top, next((d for d in best if d.is_target == said.is_plan), None)


def _is_one(names: list[str]) -> bool:
    """True where the names are one, longer or shorter."""
    longest = max(names, key=len)
    return all(name in longest for name in names)


def _belongs(text: Text, prefix: str) -> bool:
    return text.place.startswith(prefix or "") and (bool(prefix) or text.place[:9] != "projects/")


def _unspent(amounts: dict[FundColumnRole | None, Datum]) -> Datum | None:
    budget = next((amounts[role] for role in _WHOLE_YEAR if role in amounts), None)
    executed = amounts.get(FundColumnRole.EXECUTED)
    if budget is None or executed is None:
        return None
    factor = unit_of(budget.shown.lstrip("-0123456789."))[0]
    left = budget.value - executed.value
    shown = f"{left / factor}{budget.shown.lstrip('-0123456789.')}"
    return replace(executed, value=left, shown=f"{budget.shown} − {executed.shown} = {shown}")


_ALIKE = Decimal("0.4")
_SURE = Decimal("0.8")


def _likeness(text: str, datum: Datum) -> Decimal:
    """The share of common pairs of characters, 0 to 1."""
    pairs = _pairs(text)
    found = Decimal(0)
    for name, own in zip(datum.names, datum.pairs, strict=True):
        if own and _same_kind(text, name):
            found = max(found, Decimal(len(pairs & own)) / min(len(pairs), len(own)))
    return found


def _same_kind(text: str, name: str) -> bool:
    """False for 家长满意度 and 教师满意度: one ending, nothing in common before it."""
    end = 0
    while end < min(len(text), len(name)) and text[-1 - end] == name[-1 - end]:
        end += 1
    mine, its = text[: len(text) - end], name[: len(name) - end]
    return not end or not mine or not its or not set(mine).isdisjoint(its)


def _is_each(text: str) -> bool:
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
    return _ratio(said, value) <= _CLOSE or abs(said - value) <= 2 or is_slip(said, value)


def is_slip(said: Decimal, value: Decimal) -> bool:
    """True for a digit mistyped, two digits swapped, the point or the unit misplaced."""
    if not said or not value:
        return False
    one, other = f"{said.normalize():f}", f"{value.normalize():f}"
    if len(one) != len(other):
        return _ratio(said, value) in _POWERS
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return apart == 1 or (apart == 2 and Counter(one) == Counter(other))


_POWERS = {Decimal(10) ** power for power in (1, 2, 4, 8)}


# --- rules --------------------------------------------------------------------------------------

_read: tuple[Subject, list[Reading]] | None = None


def readings(subject: Subject) -> list[Reading]:
    """The report and its projects, read; kept until the next report, as all rules ask for it."""
    global _read
    if _read is None or _read[0] is not subject:
        _read = subject, [Reading(subject, owner, start) for owner, start in subject.owners()]
    return _read[1]


def _clashes(subject: Subject, name: str, *families: Family) -> Iterator[Finding]:
    """One finding for each figure of the data that the prose contradicts."""
    for reading in readings(subject):
        seen: dict[str, list[Clash]] = {}
        for clash in reading.clashes:
            if clash.datum.family in families:
                seen.setdefault(clash.datum.place, []).append(clash)
        for place, clashes in seen.items():
            said, datum = clashes[0].said, clashes[0].datum
            where = describe(place, subject.content)
            yield subject.find(
                name, said.place, found=said.quoted, name=where, value=datum.shown
            )


@rule("prose_amount", level=Level.WARNING)
def amounts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的预算、支出、结转等金额和执行率要与资金表一致。"""
    return _clashes(subject, "prose_amount", Family.FUNDS, Family.RATE)


@rule("prose_score", level=Level.WARNING)
def scores_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的总分、各项得分和满分要与评分表一致。"""
    return _clashes(subject, "prose_score", Family.SCORE)


@rule("prose_fact", level=Level.WARNING)
def facts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的数字要与 facts、人员、资产里填的同名数字一致。"""
    return _clashes(subject, "prose_fact", Family.FACT)


@rule("prose_indicator", level=Level.WARNING)
def indicators_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的指标值和完成值要与指标表一致。"""
    return _clashes(subject, "prose_indicator", Family.INDICATOR)


@rule("prose_sum", level=Level.WARNING)
def sums_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一句话里的分项要合计得出总数。"""
    for reading in readings(subject):
        for text, figures in reading.figures:
            for found in mismatches(figures) if len(figures) > 1 else ():
                parts = " + ".join(part.written for part in found.parts)
                yield subject.find(
                    "prose_sum", text.place, found=found.total.excerpt, parts=parts,
                    sum=_in_unit_of(found.sum, found.total),
                )  # fmt: skip


def _in_unit_of(value: Decimal, figure: Figure) -> str:
    """A value written in the unit of a quantity: 6910000 beside 500万元 is 691万元."""
    unit = figure.written.lstrip("0123456789.,两二三四五六七八九十 ")
    return f"{(value / unit_of(unit)[0]).normalize():f}{unit}"


_GRADE = re.compile(
    r"(?:等[级次]|评级)(?:结果)?(?:初步|拟|评|定|确)*(?:为|是|：|:)\s*[“\"]?"
    r"(?P<grade>优秀?|良好?|中等?(?!间)|不合格|合格|较?差)"
)
_OTHER_YEAR = re.compile(r"上一?年|去年|20\d\d")


@rule("prose_grade", level=Level.WARNING)
def grades_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文里的等级要与评分表的等级一致。"""
    for reading in readings(subject):
        grade = reading.owner.scores.grade if reading.owner.scores else None
        for text in reading.texts if grade else ():
            if "等" not in text.value or _ELSEWHERE.match(text.place):
                continue
            for match in _GRADE.finditer(text.value):
                if grade and not _same_grade(reading, match["grade"], grade, text, match.start()):
                    place = describe(f"{reading.prefix}scores/grade", subject.content)
                    yield subject.find(
                        "prose_grade", text.place, found=match.group(), name=place, value=grade
                    )


def _same_grade(reading: Reading, said: str, grade: str, text: Text, at: int) -> bool:
    """True also where the sentence is about another year."""
    years = _OTHER_YEAR.findall(re.split("[。；\n]", text.value[:at])[-1].split("，")[-1])
    if any(year != str(reading.year) for year in years):
        return True
    scale = reading.subject.grade_scale(reading.owner)
    known = (scale.grade(said), scale.grade(grade)) if scale else (None, None)
    return known[0] == known[1] if all(known) else said[0] == grade[0]


# --- how many projects, indicators, problems ----------------------------------------------------

_COUNTED = re.compile(
    r"(?<![\d.第])(?P<all>\d+)项(?:[一二三]级|绩效|评价|自评|年度)*指标|指标(?:共有?|合计|总数为?)(?P<sum>\d+)项"
)
_MET = re.compile(
    r"(?P<before>\d+)项[^，。；\d未没不]{0,6}?(?:完成|达到|达标|实现|达成)"
    r"|(?<!未)(?<!没有)(?:完成|达到|达标|实现)(?:[^，。；\d的]{0,6})(?P<after>\d+)项"
)
_UNMET = re.compile(
    r"(?P<before>\d+)项(?:略|稍|指标)*(?:未|没有|尚未|低于|不达标|有差距)"
    r"|(?:未完成|未达标|没有完成|未达到[^，。；\d]{0,6})(?:的|有)?(?P<after>\d+)项"
)
_ABOUT_ALL = re.compile(
    r"(?:^|[，。；：])(?:20\d\d年度?)?(?:本?部门|本项目|下表|本表|上述|以上|年初|共|所列|全部|整体|设定|设置|设|下设|对照"
    r"|批复|自评|的|列出|本年度?|有|绩效|其中)*$"
)


@rule("prose_count", level=Level.WARNING)
def counts_in_prose(subject: Subject) -> Iterator[Finding]:
    """正文说的指标数、达标数、项目数、问题数要与所列的一致。"""
    for reading in readings(subject):
        for text, figures in reading.figures:
            if figures and not _ELSEWHERE.match(text.place):
                yield from _indicator_counts(subject, reading, text)
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
    results = [is_met(indicator) for indicator in listed]
    behind = text.value[match.end() : match.end() + 60].split("\n")[0]
    found, missed = _MET.search(behind), _UNMET.search(behind)
    if not found or None in results or "超额" in behind:
        return
    met = int(found["before"] or found["after"])
    if met != results.count(True):
        yield _miscount(subject, text, found.group(), place, results.count(True), "met")
    elif missed and int(missed["before"] or missed["after"]) != results.count(False):
        yield _miscount(subject, text, missed.group(), place, results.count(False), "unmet")


def is_met(indicator: Indicator) -> bool | None:
    """Whether an indicator reached its target; None where the data do not tell."""
    target, actual = indicator.adjusted_target or indicator.target, indicator.actual
    if target and actual and target.value is not None and actual.value is not None:
        if (target.unit or "") == (actual.unit or ""):
            return _reaches(indicator, target, actual.value, target.value)
    if indicator.score is None or indicator.full_marks is None:
        return None
    return indicator.score >= indicator.full_marks


def _reaches(indicator: Indicator, target: Measure, actual: Decimal, wanted: Decimal) -> bool:
    less = indicator.nature is Nature.NEGATIVE and target.comparator in (None, "=")
    if less or target.comparator in ("≤", "<"):
        return actual <= wanted
    return actual >= wanted


_LISTING = re.compile(r"(?:共|合计|安排|实施|纳入|涉及|包括|设立|列支|批复|下达|本次|自评|评价)[了有的]?$|^$")
_PROBLEMS = re.compile(r"(?:以下|下列|如下|主要有|存在|突出的?)$")


def _item_counts(
    subject: Subject, reading: Reading, text: Text, figures: list[Figure]
) -> Iterator[Finding]:
    projects = reading.subject.content.projects if not reading.prefix else ()
    for figure in figures:
        if figure.unit not in ("个", "项", "方面", "条") or figure.rough:
            continue
        label, after = core(figure.label), figure.after
        if projects and _LISTING.search(label) and re.match(r"[^，。中的]{0,6}项目", after):
            if 0 < abs(figure.value - len(projects)) <= 2:
                yield _miscount(subject, text, figure.excerpt, "projects", len(projects))
        problems = reading.owner.problems
        if problems and _PROBLEMS.search(label) and re.match(r"(?:主要|突出)?问题", after):
            if figure.value != len(problems):
                place = f"{reading.prefix}problems"
                yield _miscount(subject, text, figure.excerpt, place, len(problems))


def _miscount(
    subject: Subject, text: Text, found: str, place: str, number: int, what: str = "listed"
) -> Finding:
    return subject.find(
        "prose_count", text.place, found=found, name=describe(place, subject.content),
        value=number, how=word("counted", what),
    )  # fmt: skip


# --- the same quantity twice --------------------------------------------------------------------


@rule("prose_twice", level=Level.WARNING)
def twice_in_prose(subject: Subject) -> Iterator[Finding]:
    """同一个数字在正文几处出现时要相同。"""
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
            if all(_is_one_thing(reading, s) and id(s) not in told for s in (said, other)):
                yield subject.find(
                    "prose_twice", said.place, found=said.quoted,
                    name=describe(other.place, subject.content), value=other.quoted,
                )  # fmt: skip


def _is_one_thing(reading: Reading, said: Said) -> bool:
    """True where a quantity says how much something is this year, not of each or as a plan."""
    if _ELSEWHERE.match(said.place) or _MINOR.match(said.place) or said.is_plan:
        return False
    if not said.is_plain or said.figure.is_change or not said.is_about(reading.year):
        return False
    return not _is_each(said.figure.clause)


def _disagree(one: Figure, other: Figure) -> bool:
    if one.after[:2] != other.after[:2] or one.value == other.value:
        return False
    wider = max(one.step, other.step)
    return abs(one.value - other.value) * 2 > wider and is_near(one.value, other.value)


# --- against last year --------------------------------------------------------------------------

_UP = re.compile(r"增|提|升|多|高|扩")
_THAN = re.compile(r"同比|[比较与同](?:上|去年|20\d\d)")
_TREND = re.compile(
    r"(?:^|[，。；：（、])(?P<what>(?:全年|实际|总)?(?:支出|预算|执行率|得分)?)(?P<than>同比|[比较与同]"
    r"(?:上一?年度?|去年|20\d\d年度?)(?:同期|相比|末)?[，,]?)?(?P<also>(?:支出|预算|执行率|得分)?)"
    r"(?:大幅|略|净|又|再|均)?(?:增加|增长|提高|回升|上升|提升|减少|下降|降低|多|少|高|低)了?$"
)


@rule("prose_trend", level=Level.WARNING)
def trends_in_prose(subject: Subject) -> Iterator[Finding]:
    """与上年相比的增减数要与上年报告的数据相符。"""
    earlier = subject.earlier
    if earlier is None or earlier.key.year != subject.key.year - 1:
        return
    before: dict[str, Datum] | None = None
    for reading in readings(subject)[:1]:
        for text, figures in reading.figures:
            if not figures or not _THAN.search(text.value) or _ELSEWHERE.match(text.place):
                continue
            before = before or _of_year(subject, earlier)
            for said, datum in _compared(reading, text, figures):
                old = before.get(datum.key)
                if old and not _fits(said, datum, old):
                    yield _untrue(subject, text, said, datum, old)


def _of_year(subject: Subject, report: Report) -> dict[str, Datum]:
    data = _data(subject.reference, report.key, report.content, "")
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
        if not match or not (than or match["than"]):
            continue
        named = _NAMED.get((match["what"] or match["also"]).lstrip("全年实际总"))
        base = reading.total_of(named) if named else base
        than = _is_last_year(match["than"], reading.year) if match["than"] else than
        if base and than and not figure.rough and not reading.subject.key.slug:
            yield figure, base


_NAMED = {"支出": "executed", "预算": "budget", "执行率": "rate", "得分": "total"}


def _is_last_year(than: str, year: int) -> bool:
    named = _YEAR_OF.search(than)
    return not named or int(named.group()) == year - 1


def _base(reading: Reading, figure: Figure) -> Datum | None:
    """The one figure of the data that a quantity states."""
    equal = [
        d for d in reading.data
        if d.value == figure.value and d.unit == figure.unit and not d.is_target
        and d.year == reading.year
    ]  # fmt: skip
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
    return subject.find(
        "prose_trend", text.place, found=said.excerpt, name=describe(now.place, subject.content),
        value=now.shown, year=old.year, old=old.shown,
    )  # fmt: skip


# --- what is left to pay ------------------------------------------------------------------------

_LEFT = re.compile(r"(?:余|剩余?|仅余|尚余|尚有|还有)\s*$")
_UNPAID = re.compile(r"\s*(?:的)?(?:工程|合同|项目)?(?:尾款|余款|质保金|质量保证金|资金|款项)?(?:未|没有|尚未|待)")


@rule("prose_left", level=Level.WARNING)
def left_in_prose(subject: Subject) -> Iterator[Finding]:
    """说“余百分之几未付”的，要与未执行的比例相符。"""
    for reading in readings(subject):
        rate = next((d for d in reading.data if d.family is Family.RATE), None)
        for said in reading.said if rate else ():
            figure = said.figure
            if figure.unit != "%" or not _LEFT.search(figure.label):
                continue
            left = 100 - rate.value if rate else Decimal(0)
            if _UNPAID.match(figure.text, figure.end) and abs(left - figure.value) > 1:
                where = describe(rate.place if rate else "", subject.content)
                yield subject.find(
                    "prose_left", said.place, found=f"{figure.written}{figure.after}",
                    name=where, value=rate.shown if rate else "", left=f"{left}%",
                )  # fmt: skip
