"""What a file says of itself -> whose report it is: department, year, project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from evalpress.authoring.scaffold import find_department
from evalpress.findings import Mistaken
from evalpress.importing.labels import plain
from evalpress.importing.reading import Reading
from evalpress.load import Loaded
from evalpress.model import Department, Key, Kind
from evalpress.wording import word

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?")
# 51000021R000000019951-工资性支出, [219]某镇, 219001 某单位
_CODED = re.compile(
    r"\s*(?P<open>[\[【(（]?)(?P<code>[A-Za-z0-9]{3,40})[\]】)）]?\s*"
    r"(?P<sign>[-－—–_\u3000 ]?)\s*(?P<name>[^\d年].*)",
    re.DOTALL,
)
_SURELY_CODE = 6
_CODES = "public_info/extra/"


class NotOwned(Mistaken):
    """Whose report a file is cannot be told; says what to add to the command."""


@dataclass(frozen=True)
class Asked:
    """What the command line says of a report; empty where it says nothing."""

    department: str = ""
    year: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose report it is, and whether its slug is only proposed."""

    key: Key
    kind: Kind
    proposed: bool = False


def owner_of(reading: Reading, name: str, asked: Asked, loaded: Loaded) -> Owner:
    """The key of a reading from a file called `name`, the folders above it included where they may
    tell.

    Raises NotOwned where department or year are neither said nor asked for, CannotScaffold for a
    department that nobody knows."""
    year = _year(reading, name, asked)
    department = _department(reading, name, asked, loaded)
    kind = _kind(reading)
    if asked.slug or kind is Kind.DEPARTMENT:
        return Owner(Key(department.id, year, asked.slug), kind)
    project = _text(reading, "project_name")
    known = _known_slug(loaded, department.id, year, split_code(project)[1] or project)
    slug = known or _free_slug(loaded, department.id, year)
    return Owner(Key(department.id, year, slug), kind, proposed=not known)


def split_code(text: str) -> tuple[str, str]:
    """`219-某镇` -> code and name; ("", text) where no code stands before the name."""
    match = _CODED.fullmatch(text)
    parted = match and (match["sign"] or match["open"] or len(match["code"]) >= _SURELY_CODE)
    if match and parted and re.search(r"\d{3}", match["code"]):
        return match["code"], match["name"].strip()
    return "", text


def _kind(reading: Reading) -> Kind:
    if reading.kind:
        return Kind(reading.kind)
    return Kind.PROJECT if "project_name" in reading.heads else Kind.DEPARTMENT


def _text(reading: Reading, means: str) -> str:
    found = reading.heads.get(means)
    return str(found.value) if found else ""


def _texts(reading: Reading, name: str) -> list[str]:
    heads = [_text(reading, means) for means in ("department", "authority", "unit")]
    title = [str(reading.title.value)] if reading.title else []
    codes = [means for means in reading.heads if means.startswith(_CODES)]
    signed = [_text(reading, means) for means in ("signature/office", *codes)]
    steps = reversed(PurePosixPath(name).parts)
    return [t for t in (*heads, *title, *reading.titles, *signed, *steps) if t]


def _year(reading: Reading, name: str, asked: Asked) -> int:
    if asked.year:
        if not re.fullmatch(r"(19|20)[0-9]{2}", asked.year):
            raise NotOwned(word("new", "bad_year").format(found=asked.year))
        return int(asked.year)
    found = [_text(reading, "year"), *_texts(reading, "")]
    steps = list(reversed(PurePosixPath(name).parts))
    for pattern, texts in ((_YEAR, found[:1]), (_NAMED_YEAR, [*found[1:], *steps]), (_YEAR, steps)):
        for text in texts:
            years = set(pattern.findall(text))
            if len(years) == 1:
                return int(years.pop())
    raise NotOwned(word("import", "no_year").format(name))


def _department(reading: Reading, name: str, asked: Asked, loaded: Loaded) -> Department:
    if asked.department:
        return find_department(loaded.reference, asked.department)
    departments = list(loaded.reference.departments.values())
    for text in _texts(reading, name):
        found = _named(text, departments)
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(d.current.name for d in found)
            raise NotOwned(word("import", "many_departments").format(file=name, names=names))
    raise NotOwned(word("import", "no_department").format(name))


def _named(text: str, departments: Iterable[Department]) -> list[Department]:
    """The departments that a text names, by the longest name that stands in it, or by code."""
    code, rest = split_code(text)
    code, flat = code or text.strip(), plain(rest)
    hits: dict[str, tuple[int, Department]] = {}
    for department in departments:
        lengths = [len(n) for n in department.all_names() if plain(n) in flat]
        if lengths:
            hits[department.id] = (max(lengths), department)
        elif department.budget_code and department.budget_code == code:
            hits[department.id] = (0, department)
    longest = max((length for length, _ in hits.values()), default=0)
    return [d for length, d in hits.values() if length == longest]


def _known_slug(loaded: Loaded, department: str, year: int, project: str) -> str:
    """The slug under which the project has reported before, this year's before earlier ones."""
    wanted = plain(project)
    found = [
        report.key
        for report in loaded.reports
        if report.key.department == department
        and report.key.slug
        and wanted
        and plain(report.content.project_name or "") == wanted
    ]
    nearest = sorted(found, key=lambda key: (key.year != year, -key.year))
    return nearest[0].slug if nearest else ""


def _free_slug(loaded: Loaded, department: str, year: int) -> str:
    taken = {r.key.slug for r in loaded.reports if r.key.department == department}
    number = 1
    while f"project-{number}" in taken:
        number += 1
    return f"project-{number}"
