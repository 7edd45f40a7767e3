"""6 export: what a table is: typed columns with permanent ids, and the rows of a report in it.

A table is made of one report at a time, so that the tables of a department or a year are those of
its reports, one below the other. Their names and explanations stand in templates/wording/exports/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evalpress.assess import Assessment, Catalogue
from evalpress.ledger.past import Past
from evalpress.wording import catalogue, word

Value = str | int | Decimal | bool | date | None
Row = list[Value]


class FieldKind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    DATE = "date"


@dataclass(frozen=True)
class Field:
    """A column: its permanent id and what its values are; numbers are in `unit`, or in the unit
    that the row's column `unit_from` names."""

    id: str
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    unit_from: str = ""


@dataclass(frozen=True, eq=False)
class Reported:
    """What rows are made from: an assessed report, the catalogue that it may be seen in, and its
    earlier editions. `made` are the rows of tables that were asked for before."""

    catalogue: Catalogue
    assessment: Assessment
    past: Sequence[Past] = ()
    made: dict[str, list[Row]] = field(default_factory=dict)


Maker = Callable[[Reported], Iterator[Row]]


@dataclass(frozen=True, eq=False)
class Table:
    """A table: the name of its words, of its file, its own columns, and what gives the cells of
    these for every row of a report. `key` are the columns that no two rows have alike; `beside`
    says that every report has its part of the table beside it."""

    name: str
    file: str
    own: tuple[Field, ...]
    make: Maker
    key: tuple[str, ...]
    beside: bool
    fields: tuple[Field, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", (*ORIGIN, *self.own))

    @property
    def title(self) -> str:
        """What readers call it: 指标."""
        return word("exports", self.name, "table")

    def rows(self, reported: Reported) -> list[Row]:
        """The rows of one report, in its order."""
        if self.name not in reported.made:
            origin = _origin(reported.assessment)
            reported.made[self.name] = [[*origin, *cells] for cells in self.make(reported)]
        return reported.made[self.name]


def texts(*ids: str) -> tuple[Field, ...]:
    """Columns of texts."""
    return tuple(Field(name) for name in ids)


def figures(*ids: str, unit: str = "", unit_from: str = "") -> tuple[Field, ...]:
    """Columns of numbers, each with a column beside it that says how it was obtained."""
    pairs = ((Field(n, FieldKind.NUMBER, unit, unit_from), Field(f"{n}_how")) for n in ids)
    return tuple(one for pair in pairs for one in pair)


# What every row begins with: whose it is, and whether it is real.
ORIGIN = (
    *texts("provenance", "region", "department_name", "department"),
    Field("year", FieldKind.INTEGER),
    *texts("kind", "title", "address"),
)
# What the rows of reports and of the projects inside them go on with.
OWNER = texts("project", "project_name", "place")


def _origin(assessment: Assessment) -> Row:
    report = assessment.report
    return [
        word("provenances", report.provenance, "word"), assessment.region.name,
        assessment.department_name, report.key.department, report.key.year,
        word("kinds", report.kind), report.title, report.key.address,
    ]  # fmt: skip


_TABLES: dict[str, Table] = {}
# What most readers look for comes first; the others follow by name.
_FIRST = ("report", "indicator", "fund", "score", "problem", "followup")


def table(
    name: str,
    file: str,
    own: Sequence[Field],
    key: Sequence[str] = ("address", "place"),
    beside: bool = False,
) -> Callable[[Maker], Maker]:
    """Register what makes the rows of a table. Raises ValueError for a name that is taken, which
    is a bug."""

    def register(make: Maker) -> Maker:
        if name in _TABLES:
            raise ValueError(f"table {name} is registered twice")
        _TABLES[name] = Table(name, file, tuple(own), make, tuple(key), beside)
        return make

    return register


def tables() -> list[Table]:
    """All tables, in the order in which readers are offered them."""
    order = {name: place for place, name in enumerate(_FIRST)}
    return sorted(_TABLES.values(), key=lambda one: (order.get(one.name, len(order)), one.name))


def told(found: Table, column: Field) -> dict[str, str]:
    """The `name` of a column in Chinese, and what it is `about`."""
    groups = catalogue("wording")["exports"]
    own = groups[found.name]["columns"].get(column.id)
    if own is None and column.id.endswith("_how"):
        return _told_how(found, column)
    entry: dict[str, str] = own or groups["origin"]["columns"][column.id]
    return entry


def _told_how(found: Table, column: Field) -> dict[str, str]:
    """A column that says how another was obtained is named after it."""
    other = told(found, Field(column.id.removesuffix("_how")))["name"]
    said, short = catalogue("wording")["exports"]["how"], _ASIDE.sub("", other)
    return {"name": said["name"].format(short), "about": said["about"].format(short)}


# What of a column it is, or its unit: 年度指标值（数值）, 完成率（%）.
_ASIDE = re.compile("（[^（）]*）$")


def heads(found: Table) -> list[str]:
    """The first row of a table: the Chinese names of its columns."""
    return [told(found, column)["name"] for column in found.fields]


# --- how a value was obtained -------------------------------------------------------------------


class How(StrEnum):
    """How a value was obtained; only a `written` or `computed` one is there."""

    WRITTEN = "written"
    COMPUTED = "computed"
    WITHHELD = "withheld"
    ABSENT = "absent"


def notice(reported: Reported, place: str) -> str:
    """The notice that stands at a place, or at what it belongs to; "" where nothing is withheld."""
    withheld = reported.assessment.report.withheld
    if not withheld:
        return ""
    steps = place.split("/")
    places = ("/".join(steps[:n]) for n in range(len(steps), 0, -1))
    return next((withheld[p] for p in places if p in withheld), "")


def how(reported: Reported, value: object, *places: str, computed: bool = False) -> str:
    """In words how a value was obtained that stands at one of these places or follows from them."""
    if value is not None:
        found = How.COMPUTED if computed else How.WRITTEN
    else:
        hidden = any(notice(reported, place) for place in places)
        found = How.WITHHELD if hidden else How.ABSENT
    return word("obtained", found)
