"""Generated corpora for benchmarks: a number of reports -> a complete data folder of that size.

Two invented regions, up to 100 departments, ten years, overall and project reports whose sums,
rates and scores are right. The same number always gives the same bytes; all of it is demonstration
data and none of it is ever committed.

    python -m tests.benchmarks.corpus 1000 OUT_DIR
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

SEED = "evalpress"
LAST_YEAR = 2025
COST_SINCE = 2023
RENAMED = date(2019, 6, 1)
MOST_DEPARTMENTS = 100
CENT, TENTH, ONE = Decimal("0.01"), Decimal("0.1"), Decimal(1)
# Reference data that the corpora share with the project.
SHARED = ("tables.yml", "outlines.yml", "wording.yml")
DATA = Path(__file__).parent.parent.parent / "data"

Tree = dict[str, Any]


def write(count: int, folder: Path) -> None:
    """A complete data folder with this many reports; what already lies there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        shutil.copyfile(DATA / name, folder / name)
    for name, text in files(count):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def files(count: int) -> Iterator[tuple[str, str]]:
    """Every generated file's name below the data folder, and its text."""
    years = range(LAST_YEAR - (9 if count >= 100 else 4), LAST_YEAR + 1)
    departments = make_departments(count, len(years))
    yield "regions.yml", as_yaml({"regions": [_region(r) for r in words()["regions"]]})
    yield "schemes.yml", as_yaml(_schemes())
    yield "departments.yml", as_yaml({"departments": [d.entry() for d in departments]})
    projects = count - len(departments) * len(years)
    for index, department in enumerate(departments):
        share = _shares(projects, len(departments))[index]
        per_year = _shares(share, len(years))
        for slot in range(max(per_year, default=0) + 1):
            kept = [year for year, many in zip(years, per_year, strict=True) if many >= slot]
            yield from _series(department, slot, kept)


def _shares(total: int, parts: int) -> list[int]:
    """A whole number parted as evenly as can be, the larger parts last."""
    return [(total + i) // parts for i in range(parts)]


def _series(department: Department, slot: int, years: list[int]) -> Iterator[tuple[str, str]]:
    """The overall reports (slot 0) or those of one project, year after year."""
    series = Series(department, slot)
    for year in years:
        slug = f"{year}/project-{slot:02}" if slot else str(year)
        text = as_yaml(Composer(series, year).report())
        yield f"reports/{department.id}/{slug}.yml", f"{department.note}\n{text}"


# --- words --------------------------------------------------------------------------------------


@cache
def words() -> Tree:
    """The vocabulary."""
    text = Path(__file__).with_name("vocabulary.yml").read_text(encoding="utf-8")
    found: Tree = yaml.load(text, yaml.CSafeLoader)
    return found


@dataclass(frozen=True)
class Work:
    """Something that a department does, and the unit in which it is counted."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True)
class Department:
    """A department of an invented region."""

    id: str
    code: str
    region: Tree
    office: str
    short: str
    group: str
    people: str
    works: tuple[Work, ...]

    @property
    def note(self) -> str:
        return f"# {self.region['name']}为虚构地区，本文件为程序生成的演示数据。"

    @property
    def renamed(self) -> bool:
        return int(self.code) % 5 == 0

    def name(self, year: int) -> str:
        former = self.renamed and year < RENAMED.year
        return f"{self.region['name']}{self.office}{'筹备组' if former else ''}"

    def entry(self) -> Tree:
        """The department as departments.yml has it, some with a former name and with units."""
        names: Any = self.name(LAST_YEAR)
        if self.renamed:
            before = {"name": self.name(RENAMED.year - 1), "until": RENAMED - timedelta(1)}
            names = [Flow(before), Flow({"name": names, "since": RENAMED})]
        entry = {
            "id": self.id, "names": names, "budget_code": self.code, "group": self.group,
            "aliases": Row([self.region["level"] + self.short]), "regions": self.region["id"],
        }  # fmt: skip
        if int(self.code) % 3 == 0:
            unit = f"{self.region['name']}{self.works[0].name}服务站"
            entry["units"] = [Flow({"name": unit, "code": f"{self.code}01"})]
        return entry


def make_departments(count: int, years: int) -> list[Department]:
    """So many that about four in five reports are overall ones, at most 100."""
    number = max(1, min(MOST_DEPARTMENTS, count * 5 // 6 // years))
    lines = [line.split(" | ") for line in words()["offices"].strip().splitlines()]
    both = [(region, line) for line in lines for region in words()["regions"]]
    return [_department(501 + i, *pair) for i, pair in enumerate(both[:number])]


def _department(code: int, region: Tree, line: list[str]) -> Department:
    id_, office, short, group, people, works = (part.strip() for part in line)
    parsed = [work.split(":") for work in works.split()]
    return Department(
        f"{region['id']}-{id_}", str(code), region, office, short, group, people,
        tuple(Work(f"work-{i}", name, unit) for i, (name, unit) in enumerate(parsed, 1)),
    )  # fmt: skip


def _region(region: Tree) -> Tree:
    common = {
        "grade_scale": "four-grades", "fund_table": "four-rows", "indicator_table": "standard",
        "outlines": Flow({"department": "department", "project": "project-form"}),
    }  # fmt: skip
    return {
        "id": region["id"], "name": region["name"], "provenance": "demonstration",
        "note": f"{region['name']}及其部门、项目和数字均由程序生成，只用于测量。",
        "defaults": [
            {"until": COST_SINCE - 1, "scheme": "without-cost", **common},
            {"since": COST_SINCE, "scheme": "with-cost", **common},
        ],
    }  # fmt: skip


NAMES = {
    "execution": "预算执行率指标", "cost": "成本指标", "output": "产出指标",
    "benefit": "效益指标", "satisfaction": "满意度指标",
}  # fmt: skip
GRADES = (
    ("excellent", "优", 90, 100), ("good", "良", 80, 90), ("medium", "中", 60, 80),
    ("poor", "差", 0, 60),
)  # fmt: skip


def _marks(year: int) -> dict[str, int]:
    """Full marks by dimension."""
    if year < COST_SINCE:
        return {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}
    return {"execution": 10, "cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}


def _schemes() -> Tree:
    def scheme(id_: str, name: str, year: int, **span: int) -> Tree:
        dimensions = [
            Flow({"id": d, "name": NAMES[d], "full_marks": m}) for d, m in _marks(year).items()
        ]
        return {
            "id": id_, "name": name, **span, "full_marks": 100, "grade_scale": "four-grades",
            "dimensions": dimensions,
        }  # fmt: skip

    grades = [
        Flow({"id": i, "word": w, "floor": low, "ceiling": high}) for i, w, low, high in GRADES
    ]
    return {
        "schemes": [
            scheme(
                "without-cost", "演示权重方案（不含成本）", COST_SINCE - 1, until=COST_SINCE - 1
            ),
            scheme("with-cost", "演示权重方案（含成本）", COST_SINCE, since=COST_SINCE),
        ],
        "grade_scales": [{"id": "four-grades", "name": "四档", "grades": grades}],
    }


# --- what runs through the years ----------------------------------------------------------------


@dataclass
class Series:
    """The overall reports of a department, or one project's: what a year hands on to the next."""

    department: Department
    slot: int
    carried: Decimal = Decimal(0)
    problems: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)

    def random(self, *parts: Any) -> Random:
        """A source of numbers that depends on these names only."""
        return Random("/".join(map(str, (SEED, self.department.id, self.slot, *parts))))

    @property
    def works(self) -> tuple[Work, ...]:
        """All of the department's works, or a project's own first."""
        first = (self.slot - 1) % 4
        works = self.department.works
        return works if not self.slot else (*works[first:], *works[:first])

    @property
    def project_name(self) -> str:
        towns = words()["town"]
        town = towns[(self.slot + int(self.department.code)) % len(towns)]
        return f"{town}{self.works[0].name}"

    def target(self, id_: str, pattern: str, work: Work) -> str:
        """An indicator's target: once drawn, it is kept for good."""
        rng = self.random(id_)
        drawn = {
            "cost": rng.randint(30, 900), "few": rng.randint(5, 20), "low": rng.randint(3, 6),
            "high": rng.randint(86, 98), "amount": rng.choice((20, 60, 150, 400, 1200, 3600)),
            "unit": work.unit,
        }  # fmt: skip
        return self.targets.setdefault(id_, pattern.format(**drawn))


class _Draw(dict[str, str]):
    """The names of one sentence: known ones, and draws from lists that never repeat each other."""

    def __init__(self, rng: Random, known: dict[str, str]) -> None:
        super().__init__(known)
        self.rng = rng

    def __missing__(self, key: str) -> str:
        numbers = {"few": (2, 19), "some": (20, 199), "many": (200, 4999)}
        name = key.rstrip("0123456789")
        if name in numbers:
            found = str(self.rng.randint(*numbers[name]))
        else:
            taken = set(self.values())
            found = self.rng.choice([w for w in words()[name] if w not in taken])
        return self.setdefault(key, found)


# --- one report ---------------------------------------------------------------------------------


class Composer:
    """Writes the report of one year."""

    def __init__(self, series: Series, year: int) -> None:
        self.series, self.year, self.rng = series, year, series.random(year)
        self.department = series.department
        self.earlier = list(series.problems)
        # How well the year went: the share of targets met, and the least that was done for others.
        self.care = self.rng.uniform(0.35, 0.95)
        first, second = self.rng.sample(words()["topic"], 2)
        works = [work.name for work in series.works]
        self.known = {
            "NAME": self.department.name(year), "SHORT": self.department.region["level"]
            + self.department.short, "LEVEL": self.department.region["level"], "YEAR": str(year),
            "PEOPLE": self.department.people, "TOPIC1": first, "TOPIC2": second,
            **{f"WORK{i}": name for i, name in enumerate(works, 1)},
        }  # fmt: skip

    def say(self, *kinds: str, **known: str) -> str:
        """One paragraph of a sentence of each kind."""
        drawn = _Draw(self.rng, {**self.known, **known})
        drawn.setdefault("work", self.rng.choice(self.series.works).name)
        return "".join(
            self.rng.choice(words()["sentences"][kind]).format_map(drawn) for kind in kinds
        )

    def several(self, kind: str, number: int, **known: str) -> list[str]:
        """Paragraphs of one kind, none like another."""
        chosen = self.rng.sample(words()["sentences"][kind], number)
        return [s.format_map(_Draw(self.rng, {**self.known, **known})) for s in chosen]

    def report(self) -> Tree:
        """The whole report as a tree, in the order in which a clerk fills it in."""
        funds = self._funds()
        indicators = self._indicators()
        scores = self._scores(funds, indicators)
        total = funds["rows"][0]
        self.known |= {k.upper(): str(v) for k, v in total["amounts"].items()}
        self.known["RATE"] = str(total["rate"]).rstrip("%")
        self.known |= {"TOTAL": str(scores["total"]), "GRADE": scores["grade"]}
        staff = self._staff()
        body = self._project_body(indicators) if self.series.slot else self._body(indicators, staff)
        problems = self._problems()
        tree = {
            **self._head(), "body": body, "goals": self._goals(),
            "evaluation": self._evaluation(), "funds": funds, "indicators": indicators,
            "scores": scores, "problems": problems, "followups": self._followups(),
            "facts": [] if self.series.slot else [staff],
        }  # fmt: skip
        return {key: value for key, value in tree.items() if value}

    def _head(self) -> Tree:
        day = date(self.year + 1, 4, 1) + timedelta(self.rng.randrange(80))
        published = day + timedelta(self.rng.randint(3, 14))
        number = f"{self.series.slot + 1:05}"
        slot, code = self.series.slot, self.department.code
        project = {
            "kind": "project", "project_name": self.series.project_name,
            "project_code": f"{code}-{slot:03}", "authority": self.known["NAME"],
        }  # fmt: skip
        return {
            "state": "published", **(project if slot else {}),
            "first_published": f"{published} 09:{self.rng.randint(10, 59)}",
            "public_info": {
                "index_number": f"{code}/{self.year + 1}-{number}",
                "publisher": self.known["NAME"], "issued": day, "disclosure": "主动公开",
                "genre": "报告", "topic": "财政、预算与绩效", "validity": "有效",
                "keywords": Row(self.rng.sample([w.name for w in self.series.works], 3)),
            },
        }  # fmt: skip

    # --- texts

    def _body(self, indicators: list[Tree], staff: Tree) -> Tree:
        methods = self.several("method", 3)
        steps = self.several("judgement", 2)
        parts = "、".join(f"{p['name']}{p['value']}人" for p in staff["parts"])
        people = f"{self.year}年末在职{staff['value']}人，其中{parts}。"
        return {
            "preface": self.several("preface", 2),
            "overview": [*self.several("overview", 3), people],
            "finances": [self.say("finances"), {"show": "funds"}, *self.several("spending", 3)],
            "organisation": self.several("organisation", 2),
            "method": [methods[0], {"list": methods[1:], "numbering": "（1）"}, {"show": "stages"}],
            "overall-results": self.several("overall-results", 4),
            "item-results": [{"show": "goal-actuals"}, *self._analysis(indicators),
                             {"show": "indicators"}],
            "conclusion": [self.say("conclusion"), {"show": "scores"}, *steps],
            "experience": self.several("experience", 2),
            "suggestions": self.several("suggestions", self.rng.randint(1, 2)),
            "usage": self.several("usage", self.rng.randint(1, 2)),
        }  # fmt: skip

    def _project_body(self, indicators: list[Tree]) -> Tree:
        project = self.several("project", 8)
        return {
            "preface": self.several("preface", 2),
            "overview": [*project[:4], *self.several("overview", 2)],
            "funds": [self.say("finances"), *self.several("spending", 3)],
            "goals": project[4:6],
            "indicators": [*self._analysis(indicators), *project[6:]],
            "conclusion": [self.say("conclusion"), *self.several("judgement", 3)],
            "other": [*self.several("experience", 2), *self.several("suggestions", 2),
                      *self.several("method", 3), self.say("usage")],
        }  # fmt: skip

    def _analysis(self, indicators: list[Tree]) -> list[str]:
        chosen = self.rng.sample(indicators, 4)
        return [
            self.say("item-results", IND=i["name"], TARGET=i["target"], ACTUAL=i["actual"])
            for i in chosen
        ]

    def _goals(self) -> Tree:
        items = [
            {
                "id": work.id, "name": f"{work.name}与{topic}",
                "target": self.say("goal"), "actual": self.say("outcome"),
            }
            for work, topic in zip(self.series.works, self.rng.sample(words()["topic"], 2),
                                   strict=False)
        ]  # fmt: skip
        return {
            "overall": {"target": self.say("goal"), "actual": self.say("outcome")},
            **({} if self.series.slot else {"items": items}),
        }

    def _evaluation(self) -> Tree:
        day = date(self.year + 1, 2, 20) + timedelta(self.rng.randrange(10))
        names = [("prepare", "准备"), ("review", "核查"), ("rate", "评分")]
        stages = []
        for id_, name in names:
            last = day + timedelta(self.rng.randint(4, 7))
            content = self.say("stage")
            stages.append({"id": id_, "name": name, "start": day, "end": last, "content": content})
            day = last + timedelta(1)
        end = {"completed": stages[-1]["end"]}
        return end if self.series.slot else {"team": "绩效自评小组", **end, "stages": stages}

    def _problems(self) -> list[Tree]:
        known = [f"problem-{self.year}-{i}" for i in range(1, self.rng.randint(2, 3) + 1)]
        self.series.problems = known
        texts = self.several_problems(len(known))
        return [
            {
                "id": id_, "text": text, "measure": self.say("measure"),
                "office": self.rng.choice(words()["desk"]), "due": f"{self.year + 1}年底前",
            }
            for id_, text in zip(known, texts, strict=True)
        ]  # fmt: skip

    def several_problems(self, number: int) -> list[str]:
        works = self.rng.sample(self.series.works, number)
        chosen = self.rng.sample(words()["sentences"]["problem"], number)
        return [
            sentence.format_map(_Draw(self.rng, {**self.known, "work": work.name}))
            for sentence, work in zip(chosen, works, strict=True)
        ]

    def _followups(self) -> list[Tree]:
        states = [self.rng.choice(("solved", "solved", "underway", "open")) for _ in self.earlier]
        return [
            {"year": self.year - 1, "problem": problem, "status": state, "text": self.say(state)}
            for problem, state in zip(self.earlier, states, strict=True)
        ]

    def _staff(self) -> Tree:
        civil, institution = self.rng.randint(9, 60), self.rng.randint(10, 150)
        parts = [
            Flow({"name": "行政", "value": civil}),
            Flow({"name": "事业", "value": institution}),
        ]
        return {
            "id": "staff", "name": "年末在职", "value": civil + institution, "unit": "人",
            "period": f"{self.year}年末", "parts": parts,
        }  # fmt: skip

    # --- figures

    def _funds(self) -> Tree:
        """A fund table that adds up; what is left over comes back as next year's carried funds."""
        base = self.series.random("funds").randint(
            *((20, 900) if self.series.slot else (300, 9000))
        )
        given = _cents(base * self.rng.uniform(0.9, 1.2))
        budget = given + _cents(base * self.rng.choice((0, 0, self.rng.uniform(0.01, 0.15))))
        spent = _cents(float(budget) * self.rng.uniform(0.86, 0.998))
        old = self.series.carried
        used = _cents(float(old) * self.rng.uniform(0.8, 1))
        total = {"initial": given + old, "budget": budget + old, "executed": spent + used}
        self.series.carried = total["budget"] - total["executed"]
        rate = (total["executed"] / total["budget"] * 100).quantize(CENT, ROUND_HALF_UP)
        score = (rate / 10).quantize(CENT, ROUND_HALF_UP)
        rows = [
            {"id": "total", "amounts": Flow(total), "rate": f"{rate}%", "full_marks": 10,
             "score": score},
            {"id": "appropriation",
             "amounts": Flow({"initial": given, "budget": budget, "executed": spent})},
            {"id": "carried", "amounts": Flow({"initial": old, "budget": old, "executed": used})},
        ]  # fmt: skip
        return {"unit": "万元", "rows": rows if old else rows[:2]}

    def _indicators(self) -> list[Tree]:
        plan = self._plan()
        found: list[Tree] = []
        for dimension, marks in _marks(self.year).items():
            own = [row for row in plan if row[0] == dimension]
            shares = _split(self.rng, marks, len(own)) if own else []
            for row, share in zip(own, shares, strict=True):
                found.append(self._indicator(*row, share))
        return found

    def _plan(self) -> list[tuple[str, str, Work]]:
        """Dimension, line of the vocabulary and work of each of 10 to 14 indicators."""
        rng, works = self.series.random("plan"), self.series.works
        lines = words()["indicators"]
        costs = rng.sample(lines["cost"], 2) if self.year >= COST_SINCE else []
        amount, quality, in_time = lines["output"]
        outputs = [(amount, w) for w in works[: rng.randint(3, 4)]]
        outputs += [(quality, w) for w in works[: rng.randint(2, 3)]] + [(in_time, works[0])]
        benefits = rng.sample(lines["benefit"], rng.randint(2, 3))
        asked = lines["satisfaction"][: 1 if self.year >= COST_SINCE else 2]
        return [
            *(("cost", line, works[0]) for line in costs),
            *(("output", line, work) for line, work in outputs),
            *(("benefit", line, works[1]) for line in benefits),
            *(("satisfaction", line, works[0]) for line in asked),
        ]

    def _indicator(self, dimension: str, line: str, work: Work, marks: int) -> Tree:
        level2, name, pattern = (part.strip() for part in line.split("|"))
        kind = words()["indicators"][dimension].index(line) + 1
        id_ = f"{dimension}-{kind}-{work.id}"
        name = name.format(work=work.name, people=self.department.people)
        target = self.series.target(id_, pattern, work)
        actual, share = self._result(target)
        score = (marks * share).quantize(CENT, ROUND_HALF_UP)
        row = {
            "id": id_, "level1": NAMES[dimension], "level2": level2, "name": name,
            "target": target, "actual": actual, "full_marks": marks,
            "score": marks if score == marks else score,
        }  # fmt: skip
        return Flow(row) if score == marks else {**row, "deviation": self.say("deviation")}

    def _result(self, target: str) -> tuple[str, Decimal]:
        """What was reached of a target such as `≥95%`, and the share of the marks that it earns."""
        number = target[1:].rstrip(_LETTERS)
        unit, value = target[1 + len(number) :], Decimal(number)
        met = self.rng.random() < self.care
        more = self.rng.uniform(1, 1.12) if met else self.rng.uniform(self.care, 0.99)
        step = TENTH if unit == "%" else ONE
        if target[0] == "≥":
            most = Decimal(100) if unit == "%" else value * 2
            actual = min((value * Decimal(more)).quantize(step, ROUND_HALF_UP), most)
            return f"{actual}{unit}", min(actual / value, ONE)
        actual = (value / Decimal(more)).quantize(step, ROUND_HALF_UP)
        return f"{actual}{unit}", min(value / actual, ONE)

    def _scores(self, funds: Tree, indicators: list[Tree]) -> Tree:
        items = []
        for dimension in _marks(self.year):
            own = [i["score"] for i in indicators if i["level1"] == NAMES[dimension]]
            score = Decimal(sum(own)) if own else funds["rows"][0]["score"]
            items.append(Flow({"name": NAMES[dimension], "score": score}))
        total = sum((item["score"] for item in items), Decimal(0))
        grade = next(word for _, word, floor, _ in GRADES if total >= floor)
        return {"items": items, "total": total, "grade": grade}


_LETTERS = "%/" + "".join(
    sorted({c for line in words()["offices"] for c in line if not c.isdigit()} | set("天元"))
)


def _cents(found: float) -> Decimal:
    return Decimal(found).quantize(CENT, ROUND_HALF_UP)


def _split(rng: Random, total: int, parts: int) -> list[int]:
    """Whole marks for each part, none less than two."""
    found = [2] * parts
    for _ in range(total - 2 * parts):
        found[rng.randrange(parts)] += 1
    return found


# --- YAML ---------------------------------------------------------------------------------------


class Flow(dict[str, Any]):
    """A mapping on one line."""


class Row(list[Any]):
    """A list on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes as clerks do: short rows on one line, everything else below each other."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: _Dumper, found: Decimal) -> yaml.ScalarNode:
    kind = "float" if "." in str(found) else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(found))


def _mapping(dumper: _Dumper, found: dict[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", found.items(), flow_style=isinstance(found, Flow)
    )


def _sequence(dumper: _Dumper, found: Row) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", found, flow_style=True)


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(Flow, _mapping)
_Dumper.add_representer(Row, _sequence)


def as_yaml(tree: Tree) -> str:
    """A tree as YAML text, keys in their order, long texts on one line."""
    return str(yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, width=10**6, sort_keys=False))


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit("usage: python -m tests.benchmarks.corpus REPORTS OUT_DIR")
    write(int(sys.argv[1]), Path(sys.argv[2]))
