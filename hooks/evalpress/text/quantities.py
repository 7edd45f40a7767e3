"""Chinese prose -> the quantities in it: value, unit, label, year; totals that their parts miss.

Pure text work, no model. What is no quantity (dates, document numbers, `365天*24小时`) is left out;
what is only rough (约, 多, 余) or one end of a range is marked, so that nobody compares it. The
comment of an expression has a text that it finds and one that it does not; a test looks for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from evalpress.text.spoken import whole_number

# The last decimal in which amounts, rates and scores are usually written.
HUNDREDTH = Decimal("0.01")
_PLAIN = str.maketrans("０１２３４５６７８９．％／－＋", "0123456789.%/-+")
# Signs that are read as their half-width forms: “９５％” matches; “95%” does not.
_WIDE = re.compile("[０-９．％／－＋]")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7,
           "万亿": 10**12}  # fmt: skip
_SAME_UNITS = {"名": "人", "位": "人", "百分点": "个百分点", "工作日": "个工作日", "千克": "公斤"}

# Measure words, each with what may not follow it: “8个” matches; “8个百分点” does not.
_COUNTERS = (
    r"人次|册次|户次|家次|条次|场次|批次|班次|台件|台套|人(?![次民均员大])|名(?![单称录])|位(?!置)"
    r"|户(?![均籍厕])|家(?![庭长])|个(?!百分|月|工作日|性|人(?:所得|信息))|项(?!目(?!标))"
    r"|起(?!来|步|草)|条(?![例款件])|件(?!次)|份(?!额)|期(?![间限末初])|场(?![所地馆])|次(?!月|年|日)"
    r"|座(?!谈)|处(?![置理罚])|台(?![账])|套(?![取])|辆|部(?![门分委队])|所(?![有属在])|张(?!贴)|篇"
    r"|宗|例(?!行)|批(?![准复])|只(?![有能])|盏|眼|栋|幢|间(?!接)|床|对(?![象接应口照比])|株|棵"
    r"|册|页(?![面码])|卷(?![入宗烟])|幅(?!度)|头(?![部等号疼])|羽|艘|枚|组(?![织长])|类(?!别)|种(?![植子])|支(?![出付])|块|口(?!径)|单(?!位)|步(?!骤)"
)
# Units that measure, each with what may not follow it: “90平方米” matches; “天然” does not.
_MEASURES = (
    r"平方公里|平方米|立方米|公里|公顷|亩(?!均)|吨|公斤|千克|米|核|床位|千瓦时|小时|分钟|天(?!然)"
    r"|个月|个?工作日|课时|学时"
)
# Amounts, also for one of something: “元/人” matches; “万” does not.
_MONEY = r"元(?:/[^\d\s，。；、（）()]{1,4})?"
# What stands behind a number and belongs to it: “万亩” matches; “年” does not.
UNIT = rf"(?:百万|千万|万亿|[百千万亿])?(?:个?百分点|{_MONEY}|{_COUNTERS}|{_MEASURES}|分)|[万亿]"
# A quantity with its unit: “投入1,200.5万元” matches; “财办〔2024〕15号” does not.
_QUANTITY = re.compile(
    rf"""(?<![\d.A-Za-z第〔\[*×/_.-])(?<!\d,)
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:\s*(?P<range>[-–—~～至])\s*(?P<second>\d+(?:\.\d+)?))?
    \s*(?P<rough>[多余几来])?(?P<scale>百万|千万|万亿|[百千万亿])?(?P<rough2>[多余])?\s*
    (?P<unit>[%‰]|个?百分点|{_MONEY}|{_COUNTERS}|{_MEASURES}|分(?![钟之别店公点])(?:钟)?)
    (?!\s*[*×])(?P<bound>以上|以下|以内|左右|上下|多|余)?
    |百分之(?P<percent>[一二三四五六七八九两]?十?[零一二三四五六七八九]?百?(?:点[零一二三四五六七八九]+)?)
    (?![一二三四五六七八九十百千])
    |(?<![第十百千万几数一二三四五六七八九两])
    (?P<words>[两二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])
    (?P<counter>{_COUNTERS})""",
    re.VERBOSE | re.ASCII,
)
# What a quantity can begin with: “共8项” matches; “三是” does not.
_HINT = re.compile(
    rf"[0-9０-９两二三四五六七八九十](?:(?<=[0-9０-９])|(?=十?[一二三四五六七八九]?(?:{_COUNTERS})))"
    r"|百(?=分之[一二三四五六七八九十百])"
)
# Before a quantity that is only rough: “约” matches; “不超过” does not.
_ROUGH_BEFORE = re.compile(
    r"(?:约|近|(?<!不)超过|超(?!过)|逾|接近|不到|不足|至少|大概|突破)[为有达]?\s*$"
)
# How far a label, clause or sentence is followed, so that endless ones cost no endless time.
_REACH = 240
_MOST_PARTS = 50
_STOPS = frozenset("，。；、：（）();,:“”《》【】\n！？")
_CLAUSE_ENDS = frozenset("，,。；;\n！？（(")
_SENTENCE_ENDS = frozenset("。；;\n！？")
_LISTS_END = frozenset("。\n")
# The year that a clause speaks of: “上年末” matches; “上年结转” does not.
_YEAR = re.compile(
    r"(?P<than>(?:[比较与同由从自]|结转)\s*)?(?P<year>20\d\d\s*年|上一?年度?末?(?!结转|结余|延期|未)|去年|前年|往年|明年|下一?年|次年|以往|以后|今后)"
)
# Before an amount by which something changed: “比上年增加了” matches; “新增” does not.
_CHANGE = re.compile(
    r"(?:增加|增长|增幅|下降|减少|提高|上升|降低|回升|提升|(?<!新)增加?|净增|净减|升高|减|升|降|多|少|高|低|短|超|(?<!不)超过|超出"
    r"|(?:少|多|超额?)(?:完成|完工|建|办|查|支出|改造|安置|检查|培训)|超额|压减|压缩|延长|缩短|扩大|缩小|扣|扣减|差|晚|提前|领先|落后|加)了?\s*$"
)
# In a clause that says what was intended or allowed: “年度目标” matches; “应急” does not.
_PLAN = re.compile(
    r"目标|计划|任务|预期|原定|拟|应(?!急)|控制|指标值|不低于|不少于|不超过|不高于|满分|分值|力争|争取"
    r"|要求|上限|下限|门槛|限额|承诺|不足|以下|权重"
)
# Behind a quantity that was intended: “的年度目标” matches; “的工程” does not.
_PLANNED = re.compile(r"\s*的?(?:年初|年度|预期)?(?:目标|要求|预期|计划|控制线|标准|任务)")
# Before the first of two values: “由上年的” matches; “由上年的8个到” does not.
_FROM = re.compile(r"[由从自][^，。；到至为]*$")
# Behind the first of two values: “增加到” matches; “，” does not.
_TO = re.compile(r"[^，。；、]{0,6}?(?:到|至|为|增|减|降|升|提|缩|压|扩|调|变)")
# Before the second of two values: “提高到了” matches; “提高” does not.
_REACHED = re.compile(r"(?:到|至|为|成)了?\s*$")
# In a clause about each of many: “每户” matches; “共” does not.
_EACH = re.compile(r"每|平均|人均|户均|亩均|日均|均为?\s*$|单[价个]|各\s*$|分别|依次")


@dataclass(eq=False)
class Figure:
    """One quantity: its value in the base unit, as written, and the text around it.

    `step` is the worth of the last written digit; `floor` and `ceiling` are where the neighbouring
    quantities end and begin.
    """

    value: Decimal
    unit: str
    step: Decimal
    rough: bool
    text: str
    start: int
    end: int
    floor: int
    ceiling: int

    @property
    def written(self) -> str:
        """The quantity as it stands in the text, with its unit."""
        return self.text[self.start : self.end]

    def in_its_unit(self, value: Decimal) -> str:
        """Another value as it would be written: 6910000 beside 500万元 is 691万元."""
        unit = self.written.lstrip("0123456789.,两二三四五六七八九十 ")
        return f"{(value / unit_of(unit)[0]).normalize():f}{unit}"

    @cached_property
    def label(self) -> str:
        """What stands before it, back to a mark or to the quantity before."""
        return self.text[self._back(_STOPS, self.floor) : self.start].strip()

    @property
    def after(self) -> str:
        """What stands behind it, up to a mark or to the next quantity."""
        return self.text[self.end : self._ahead(_STOPS, self.ceiling)].strip()

    @cached_property
    def clause(self) -> str:
        """What stands before it in its clause."""
        return self.text[self._back(_CLAUSE_ENDS, 0) : self.start]

    @property
    def head(self) -> str:
        """What stands before it in its sentence."""
        return self.text[self.sentence[0] : self.start]

    @property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        return self._back(_SENTENCE_ENDS, 0), self._ahead(_SENTENCE_ENDS, len(self.text))

    @property
    def excerpt(self) -> str:
        """The words to quote it by."""
        begin = max(self._back(_CLAUSE_ENDS, 0), self.start - 24)
        return self.text[begin : self.end].strip()

    @cached_property
    def year(self) -> str:
        """The year that it is about: `2024年`, `上年`; empty where none is named."""
        if _REACHED.search(self.label) and _FROM.search(self.clause.removesuffix(self.label)):
            return ""
        own = [m["year"] for m in _YEAR.finditer(self.clause) if m["than"] != "结转"]
        if own:
            return own[-1].replace(" ", "")
        before = [match["year"] for match in _YEAR.finditer(self.head) if not match["than"]]
        return before[-1].replace(" ", "") if before else ""

    @property
    def is_change(self) -> bool:
        """True where it says by how much something grew, fell, or missed."""
        return bool(_CHANGE.search(self.label)) or self.unit == "个百分点"

    @property
    def is_plan(self) -> bool:
        """True where it says what was intended, allowed or full marks."""
        if _PLAN.search(self.clause) or _PLANNED.match(self.text, self.end):
            return True
        return self.text.endswith(("以上", "以内"), self.start, self.end)

    @property
    def is_start(self) -> bool:
        """True for the first figure of 由 … 到 …."""
        return bool(_FROM.search(self.label) and _TO.match(self.text, self.end))

    @property
    def is_single(self) -> bool:
        """True where it belongs to each of many, or shares its label with others (分别)."""
        return bool(_EACH.search(self.clause))

    def matches(self, value: Decimal) -> bool:
        """True where the value, rounded as far as this one is written, is this one."""
        return (
            abs(self.value - value) * 2 <= self.step if self.unit != "分" else self.value == value
        )

    def _back(self, marks: frozenset[str], floor: int) -> int:
        at, floor = self.start, max(floor, self.start - _REACH)
        while at > floor and self.text[at - 1] not in marks:
            at -= 1
        return at

    def _ahead(self, marks: frozenset[str], ceiling: int) -> int:
        at, ceiling = self.end, min(ceiling, self.end + _REACH)
        while at < ceiling and self.text[at] not in marks:
            at += 1
        return at


def read(text: str) -> list[Figure]:
    """Every quantity of a text, in order. Positions are those of the text as given."""
    if not _HINT.search(text):
        return []
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    matches = [m for m in _matches(plain) if not _is_clock(plain, m)]
    edges = [0, *(m.end() for m in matches)]
    starts = [*(m.start() for m in matches[1:]), len(plain)]
    return [
        _figure(plain, match, floor, ceiling)
        for match, floor, ceiling in zip(matches, edges, starts, strict=False)
    ]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """As `finditer` does, and several times as fast: most characters cannot begin a quantity."""
    end = 0
    while start := _HINT.search(text, end):
        match = _QUANTITY.match(text, start.start())
        end = match.end() if match else start.end()
        if match:
            yield match


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """`12时40分` is a time of the day."""
    return match["unit"] == "分" and text[match.start() - 1 : match.start()] == "时"


def _figure(text: str, match: re.Match[str], floor: int, ceiling: int) -> Figure:
    if match["percent"]:
        value, step = _spoken(match["percent"])
        unit, rough = "%", _is_rough_before(text, match)
    elif match["words"]:
        value, step = Decimal(whole_number(match["words"]) or 0), Decimal(1)
        unit, rough = _plain_unit(match["counter"]), False
    else:
        number = match["number"].replace(",", "")
        factor, unit = unit_of((match["scale"] or "") + match["unit"])
        value, step = Decimal(number) * factor, _last_digit(number) * factor
        rough = _is_rough(text, match)
    return Figure(value, unit, step, rough, text, match.start(), match.end(), floor, ceiling)


def _spoken(words: str) -> tuple[Decimal, Decimal]:
    """九十八点五 as (98.5, 0.1)."""
    whole, _, decimals = words.partition("点")
    value = whole_number(whole) or 0
    digits = "".join(str(whole_number(sign)) for sign in decimals)
    return Decimal(f"{value}.{digits}" if digits else value), Decimal(1).scaleb(-len(digits))


def _is_rough(text: str, match: re.Match[str]) -> bool:
    marks = match["range"] or match["rough"] or match["rough2"]
    if marks or match["bound"] in ("左右", "上下", "多", "余"):
        return True
    return _is_rough_before(text, match)


def _is_rough_before(text: str, match: re.Match[str]) -> bool:
    return bool(_ROUGH_BEFORE.search(text, max(0, match.start() - 5), match.start()))


def _last_digit(number: str) -> Decimal:
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


@lru_cache(maxsize=1024)
def unit_of(written: str) -> tuple[Decimal, str]:
    """A unit as (factor, base unit): `万元` is (10000, 元), `名` is (1, 人)."""
    unit = written.strip().translate(_PLAIN)
    for scale in sorted(_SCALES, key=len, reverse=True):
        if scale and unit.startswith(scale) and len(unit) > len(scale):
            return Decimal(_SCALES[scale]), _plain_unit(unit[len(scale) :])
    return Decimal(1), _plain_unit(unit)


def _plain_unit(unit: str) -> str:
    return _SAME_UNITS.get(unit, unit)


# --- totals and their parts ---------------------------------------------------------------------


@dataclass(frozen=True)
class Mismatch:
    """A total that its parts do not add up to; `rounded` where the difference may come from
    rounding each part, `is_open` where the words do not say that these are all and little is
    left."""

    total: Figure
    parts: tuple[Figure, ...]
    is_open: bool = False

    @property
    def rounded(self) -> bool:
        """True for amounts that differ by at most a hundredth of 万元 for each part (尾差)."""
        return abs(self.sum - self.total.value) <= _tail(self.total, len(self.parts))

    @property
    def sum(self) -> Decimal:
        """What the parts add up to, in the base unit of the total."""
        return sum((part.value for part in self.parts), Decimal(0))


# Behind a total whose parts follow, in the next sentence too: “。其中” matches; “甲” does not.
_OPENING = re.compile(
    r"(?:[^，。；：（）\d]{0,8}[，,。；;]\s*(?:其中|(?P<all>包括|包含)|(?P<respectively>分别)|(?P<by>由)"
    r"|(?P<divided>[按从][^，。；：\d]{1,8}(?:划分|分类|来?分|来?看|统计)[，,:：]))"
    r"|[^，。；：（）\d]{0,8}中[，,]|[^，。；：（）\d]{0,8}(?P<colon>[:：])|(?P<plain>[，,。；;]))"
)
# Names of parts of which nothing is left out, where all of them are told.
_WHOLE_SETS = (
    ("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"), ("线上", "线下"),
    ("男", "女"), ("行政", "事业", "工勤"),
    ("机关", "事业单位", "工勤"), ("接待", "车", "出国"), ("城镇", "农村"), ("城市", "农村"),
)  # fmt: skip
# Behind parts that are not all: “等” matches; “等级” does not.
_AMONG_OTHERS = re.compile(r"等(?![级次])")
# The end of a bracket with parts: “乙8个）” matches; “乙8个” does not.
_CLOSE = re.compile(r"[）)]")
# Behind a total of which only some parts follow: “（其中” matches; “（甲” does not.
_SOME = re.compile(r"[（(，,]\s*(?:其中|含|包括|包含|内含)")
# Before a total that gathers the parts before it: “三项合计” matches; “总计占比” does not.
_GATHER = re.compile(
    r"(?:[各三四五六]项)?(?:合计|共计|总计|总分|累计|合计得分|合计得|之和为?|共)为?\s*$"
    r"|(?:合计|共计|总计)[一-鿿]{1,4}(?<![比率占])\s*$"
)
# Before a total of first and added parts: “调整后全年预算” matches; “年初预算” does not.
_WHOLE = re.compile(r"(?:合计|共计|总计|^共|全年预算|调整后|调整为|增至|增加到)\D{0,6}$")
# Before what was added later: “年中追加” matches; “年中追加后调整” does not.
_ADDED = re.compile(r"^(?:[^减划收调]|调整?(?=[追增]))*(?:追加|增加|调增|新增|增补)[^减划收调]*$")
# Before what was taken away: “年中调减” matches; “年中调增” does not.
_TAKEN = re.compile(r"(?:调减|核减|压减|减少|收回|调整减少)[^增追加]*$")
_NEAR = Decimal("0.02")
# So many parts are all of them where less than the smallest, and than this share, is missing.
_MANY, _SLIP = 4, Decimal("0.05")
# So little may be left of a total that a person looks whether a part was mistyped.
_LITTLE = Decimal("0.1")


def mismatches(figures: Sequence[Figure]) -> Iterator[Mismatch]:
    """Totals whose parts, told beside them, contradict them or leave little."""
    for at, total in enumerate(figures):
        if total.rough or total.unit in ("%", "个百分点"):
            continue
        run, full = _told_behind(figures, at)
        found = _parts_in_brackets(figures, at) or _contradicting(total, run, full)
        found = found or _parts_before(figures, at) or _sentences_before(figures, at)
        found = found or _first_and_added(figures, at) or _first_and_added_behind(figures, at)
        if found:
            yield Mismatch(total, found)
        elif not full and _leave_little(total, run):
            yield Mismatch(total, tuple(run), is_open=True)


def _leave_little(total: Figure, run: Sequence[Figure]) -> bool:
    """True where several parts leave less than the smallest of them, and a small share."""
    if len(run) < 2 or total.unit in ("元", "分") or _AMONG_OTHERS.match(run[-1].after):
        return False
    missing = total.value - sum(part.value for part in run)
    return 0 < missing <= total.value * _LITTLE and missing < min(part.value for part in run)


def _parts_in_brackets(figures: Sequence[Figure], at: int) -> tuple[Figure, ...]:
    """691条（省预警166条、市预警525条）: all parts, unless 其中 or 含 names only some."""
    total = figures[at]
    if total.text[total.end : total.end + 1] not in ("（", "("):
        return ()
    close = _CLOSE.search(total.text, total.end)
    run = _run(figures, at + 1, total, close.start() if close else total.end)
    some = bool(_SOME.match(total.text, total.end))
    return _contradicting(total, run, full=not some) if some or len(run) > 1 else ()


def _told_behind(figures: Sequence[Figure], at: int) -> tuple[list[Figure], bool]:
    """共16个，其中甲8个、乙8个: the parts behind a total, and whether the words say that these are
    all; no parts where none follow."""
    total = figures[at]
    if at + 1 == len(figures):
        return [], False
    opening = _OPENING.match(total.text, total.end)
    first = at + 1
    if figures[first].unit == "%" and (behind := _behind_rate(figures, at)):
        opening, first = behind, first + 1
    if not opening or total.is_plan or first == len(figures):
        return [], False
    if opening["plain"] and not _begins_set(total):
        return [], False
    if opening.end() > total.sentence[1] and _stands_behind_another(figures, at):
        return [], False
    apart = 0 if opening["colon"] else opening.end()
    run = _run(figures, first, total, _end_of_parts(total, opening), apart)
    full = bool(run) and _names_all(opening, run)
    if (opening["plain"] or opening["divided"]) and not full:
        return [], False
    of_another = total.is_change and _adds_up_before(figures, at, run)
    return ([], False) if of_another else (run, full)


def _behind_rate(figures: Sequence[Figure], at: int) -> re.Match[str] | None:
    """What opens the parts of a total behind its rate: 支出90万元，执行率96%。按用途分，…."""
    total, rate = figures[at], figures[at + 1]
    between = total.text[total.end : rate.start]
    if "率" not in between or len(between) > _LONGEST_NAME:
        return None
    opening = _OPENING.match(total.text, rate.end)
    return opening if opening and (opening["divided"] or "其中" in opening[0]) else None


def _stands_behind_another(figures: Sequence[Figure], at: int) -> bool:
    """True where its sentence tells another of the unit before: a later 其中 may mean that one."""
    total, before = figures[at], figures[at - 1] if at else None
    return before is not None and before.unit == total.unit and before.start >= total.sentence[0]


def _end_of_parts(total: Figure, opening: re.Match[str]) -> int:
    """Where the parts behind a total end: what 其中 or a colon opens goes on behind semicolons."""
    text, start = total.text, opening.end()
    within = opening["plain"] or opening["by"] or opening["respectively"]
    marks = _SENTENCE_ENDS if within else _LISTS_END
    if not opening["colon"] and text.startswith("其中", start - 2):
        marks = frozenset("\n")
    last = min(len(text), start + _REACH * 2)
    return next((i for i in range(start, last) if text[i] in marks), last)


def _adds_up_before(figures: Sequence[Figure], at: int, run: Sequence[Figure]) -> bool:
    """True where the parts behind a change are a number's before it: 9个，少2个，其中甲9个."""
    total = figures[at]
    whole = sum(part.value for part in run)
    before = (f for f in figures[:at] if f.start >= total.sentence[0] and f.unit == total.unit)
    return any(f.value == whole for f in before)


def _begins_set(total: Figure) -> bool:
    """True where the part right behind a total is the first of a set that leaves nothing out."""
    behind = total.text[total.end : total.end + 10]
    return any(names[0] in behind for names in _WHOLE_SETS)


def _names_all(opening: re.Match[str], run: list[Figure]) -> bool:
    """True where the wording says that nothing is left: 分别, 由 … 组成, 按 … 分, 包括, a colon,
    其他, 其余, names that are all of a kind, or a part of which there is none."""
    told = run[0].text[run[0].floor : run[-1].end]
    if any(all(name in told for name in names) for names in _WHOLE_SETS):
        return True
    if opening["plain"] or _AMONG_OTHERS.match(run[-1].after):
        return False
    rest = any(word in part.label for part in run for word in ("其他", "其余"))
    none = len(run) > 2 and not all(part.value for part in run)
    made_of = opening["by"] and run[-1].after.startswith(("组成", "构成", "两部分", "三部分"))
    several = (opening["colon"] or opening["all"] or opening["divided"]) and len(run) > 1
    return bool(rest or none or made_of or opening["respectively"] or several)


def _parts_before(figures: Sequence[Figure], at: int) -> tuple[Figure, ...]:
    """甲37分、乙10分，合计47分."""
    total = figures[at]
    if at < 2 or not _GATHER.fullmatch(total.label):
        return ()
    run: list[Figure] = []
    for part in reversed(figures[max(0, at - _MOST_PARTS) : at]):
        if part.start < total.sentence[0] or part.unit != total.unit:
            break
        if not (_is_part(part) or _is_listed(part)):
            break
        run.append(part)
    sums = [sum(p.value for p in run[:size]) for size in range(2, len(run) + 1)]
    if not sums or total.value in sums:
        return ()
    tails = [n for n, s in enumerate(sums, 2) if abs(s - total.value) <= _tail(total, n)]
    return tuple(reversed(run[: tails[0]] if tails else run))


# Before a total that gathers whole sentences: “以上三项合计” matches; “以上三项” does not.
_GATHERS_ALL = re.compile(
    r"(?:以上|上述|前述)?(?P<count>[两二三四五六七八九])?[项类者部]?分?(?:合计|共计|总计)(?:[一-鿿]{1,4}(?<![比率占]))?为?"
)


def _sentences_before(figures: Sequence[Figure], at: int) -> tuple[Figure, ...]:
    """甲50人。乙60人。合计120人: one part in each sentence of the paragraph before."""
    total = figures[at]
    gathers = _GATHERS_ALL.fullmatch(total.head.strip())
    if at < 2 or not gathers:
        return ()
    near = figures[max(0, at - _MOST_PARTS) : at]
    said = whole_number(gathers["count"] or "") or 0
    run: list[Figure] = []
    for part in reversed([f for f in near if f.end <= total.sentence[0]]):
        if said and len(run) == said:
            break
        begin, end = part.sentence
        alone = not run or end < run[-1].sentence[0]
        follows = total.text[end : run[-1].sentence[0] if run else total.sentence[0]].strip()
        if part.unit != total.unit or not alone or follows not in ("。", "；", ";"):
            break
        if not _is_part(part) or part.is_plan or "其中" in total.text[begin : part.start]:
            break
        run.append(part)
    whole = _begins_paragraph(total.text, run[-1].sentence[0]) if run else False
    if len(run) < 2 or (len(run) != said if said else not whole):
        return ()
    return _contradicting(total, run[::-1], full=True)


def _begins_paragraph(text: str, at: int) -> bool:
    before = text[max(0, at - 1) : at]
    return before in ("", "\n")


def _first_and_added(figures: Sequence[Figure], at: int) -> tuple[Figure, ...]:
    """年初8个，年中增加8个，合计16个."""
    total = figures[at]
    if at < 2 or not _WHOLE.search(total.label):
        return ()
    near = figures[max(0, at - _MOST_PARTS) : at]
    before = [f for f in near if f.start >= total.sentence[0] and f.unit == total.unit]
    if len(before) < 2 or any(figure.rough for figure in before):
        return ()
    first, added = before[:2]
    if "年初" not in first.clause or "其中" in added.clause:
        return ()
    if len(before) > 2:
        return tuple(before) if _adds_several(total, first, before[1:]) else ()
    if _ADDED.search(added.label):
        return () if first.value + added.value == total.value else (first, added)
    if not _TAKEN.search(added.label) or first.value - added.value == total.value:
        return ()
    return first, replace(added, value=-added.value)


def _adds_several(total: Figure, first: Figure, added: Sequence[Figure]) -> bool:
    """True where several amounts were added that do not lead to the total: 年初8个，年中增加甲3个、
    乙4个，合计16个; each behind the first follows 、 right away."""
    joined = all(
        total.text[one.end : one.end + 1] == "、" and not _TAKEN.search(other.label)
        for one, other in pairwise(added)
    )
    whole = first.value + sum(figure.value for figure in added)
    return joined and bool(_ADDED.search(added[0].label)) and whole != total.value


# Before a total whose parts later sentences tell: “全年共有” matches; “共计划” does not.
_ALL = re.compile(r"(?:共|合计|总计)[有计]?\s*$")


def _first_and_added_behind(figures: Sequence[Figure], at: int) -> tuple[Figure, ...]:
    """共15个项目。年初批复8个项目；年中增加8个项目."""
    total = figures[at]
    if not _ALL.search(total.label) or total.unit == "元":
        return ()
    line = total.text.find("\n", total.end) % (len(total.text) + 1)
    behind = [f for f in figures[at + 1 : at + _MOST_PARTS] if f.end <= line]
    same = [f for f in behind if f.unit == total.unit and f.after[:2] == total.after[:2]]
    first = next((f for f in same if "年初" in f.clause and not f.rough), None)
    added = [f for f in same if "年初" not in f.clause and _ADDED.search(f.label) and not f.rough]
    if first is None or len(added) != 1 or first.value + added[0].value == total.value:
        return ()
    return first, added[0]


def _tail(total: Figure, parts: int) -> Decimal:
    """How far a sum of so many rounded amounts may be from its total; amounts in 元 are exact."""
    coarse = total.unit == "元" and total.written.rstrip()[-2:-1] in ("万", "亿")
    return HUNDREDTH * 10**4 * parts if coarse else Decimal(0)


def _run(
    figures: Sequence[Figure], first: int, total: Figure, end: int, opened: int = 0
) -> list[Figure]:
    """The parts that follow: one unit, one after the other, none of them a part of a part. Where
    they stand in another sentence than the total, that one `opened` behind it."""
    run: list[Figure] = []
    for part in figures[first : first + _MOST_PARTS]:
        if part.end > end:
            break
        if run and (_is_aside(part, run[-1]) or _says_the_same(part)):
            continue
        later = bool(opened) and part.start >= total.sentence[1]
        years = (total.year, "") if later else (total.year,)
        if part.unit != total.unit or part.year not in years or part.is_plan:
            break
        if later and "新增" in part.label and "新增" not in total.label:
            break  # what came, not what there is
        if "其中" in part.text[part.floor : part.start] and run:
            break
        if not _is_part(part) and not (run and _adds(run[0], part)):
            break
        if run and opened and not _is_listed_on(part, run, total):
            break
        run.append(part)
    return run


# Before a total, what is no thing: “全年共” matches; “年初” does not.
_COUNTS = re.compile(
    r"(?:全年|全区|全县|全市|本年度?|20\d\d年度?|[共总]计?|合计|累计|已|共有|各类)+"
)
# What begins a statement of its own: “整改隐患” matches; “隐患” does not.
_STATES = re.compile(
    r"(?:并|还|另外?|已|共|全年|累计)*(?:开展|举办|检查|培训|整改|完成|办理|新建|改造|发放|走访|处置|组织|印发|查处|受理|接待"
    r"|服务|实施|安排|投入|支出|争取|落实|建设|建成|购置|采购|收到|收回|回收|处理|宣传|发布|报送|开设|帮扶|救助|资助"
    r"|惠及|覆盖|受益|新增|减少|调整|发现|排查|整治|引进|签约|调解|化解|立案|结案|下派|选派|吸纳|带动)"
)
_LONGEST_NAME = 12


def _is_listed_on(part: Figure, run: Sequence[Figure], total: Figure) -> bool:
    """True unless a semicolon or the end of a sentence before it begins something else: a
    statement of its own, or more than there is in all."""
    between = part.text[run[-1].end : part.start]
    stop = max(between.rfind(mark) for mark in _SENTENCE_ENDS)
    if stop < 0:
        return True
    thing = between[stop + 1 :].strip()
    if not thing or len(thing) > _LONGEST_NAME or "，" in thing or part.value >= total.value:
        return False
    if between[stop] not in "；;" and not (between[:stop].strip() == "" and _ends_here(part)):
        return False
    verb = _COUNTS.sub("", total.label)[:2]
    begins = _STATES.match(thing)
    same = begins is not None and _STATES.match(run[0].label) is not None
    return (begins is None or same) and not (verb and len(verb) > 1 and verb in thing)


def _ends_here(part: Figure) -> bool:
    """True where nothing but a name and the quantity is the whole sentence."""
    return part.text[part.end : part.end + 1] in (*_SENTENCE_ENDS, "")


def _is_aside(part: Figure, before: Figure) -> bool:
    """True inside a bracket that opened after the part before."""
    between = part.text[before.end : part.start]
    return between.count("（") + between.count("(") > between.count("）") + between.count(")")


def _says_the_same(part: Figure) -> bool:
    """True for a share, or an amount told right behind a number: 8个985万元."""
    return part.unit == "%" or part.text[part.floor : part.start].strip("、（(项目") == ""


def _adds(first: Figure, part: Figure) -> bool:
    return "年初" in first.label and bool(_ADDED.search(part.label))


def _is_part(figure: Figure) -> bool:
    return not (figure.rough or figure.is_change or figure.is_single or figure.is_start)


# Before several quantities of several names: “得分分别为” matches; “分别平均为” does not.
_LISTED = re.compile(r"(?:分别|依次)为?[^每均]*$")


def _is_listed(figure: Figure) -> bool:
    """True for one of several that 分别 gives to several names, before their sum."""
    other = figure.rough or figure.is_change or figure.is_start
    return not other and bool(_LISTED.search(figure.clause) or _LISTED.search(figure.head))


def _contradicting(total: Figure, run: list[Figure], full: bool) -> tuple[Figure, ...]:
    """The run, where no beginning of it adds up to the total and it says too much or too little."""
    if not run or (len(run) == 1 and run[0].value <= total.value):
        return ()
    sums: list[Decimal] = []
    for part in run:
        sums.append((sums[-1] if sums else Decimal(0)) + part.value)
    if total.value in sums:
        return ()
    tails = [n for n, s in enumerate(sums, 1) if n > 1 and abs(s - total.value) <= _tail(total, n)]
    if tails:
        return tuple(run[: tails[0]])
    missing = total.value - sums[-1]
    smallest = min(part.value for part in run)
    slipped = len(run) >= _MANY and missing < smallest and missing <= total.value * _SLIP
    if missing < 0 or full or slipped or (len(run) > 1 and missing <= smallest * _NEAR):
        return tuple(run)
    return ()
