"""The declaration and the rows of one report -> its form: the columns that stand in it, their
heads, the words of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evalpress.importing.modeltree import ValueKind, choice_of
from evalpress.importing.workbook.formrows import KIND, OWNER, kind_of_value
from evalpress.importing.workbook.formsheets import (
    BODY,
    EVERY,
    FUND_ROWS,
    GRIDS,
    PROJECTS,
    REPORT,
    SHEETS,
    TABLES,
    Kind,
    Table,
    owner_of,
)
from evalpress.importing.workbook.spreading import Spread
from evalpress.model import (
    Evaluated,
    FundColumnRole,
    FundTable,
    IndicatorTable,
    Outline,
    Reference,
    Report,
    Section,
)
from evalpress.wording import catalogue, field_entry, field_name, word, words

Words = dict[str, str]  # what a cell says -> what the report says
# Lists of reference data from which a field takes an id.
_REFERRED = {
    "outline": "outlines", "scheme": "schemes", "indicator_table": "indicator_tables",
    "table": "fund_tables",
}  # fmt: skip
_MARKED = {FundColumnRole.FULL_MARKS, FundColumnRole.RATE, FundColumnRole.SCORE}
_GRID_WIDTH = 8


@dataclass(frozen=True)
class Head:
    """A column as it stands in a form: its key, the word above it, its width in characters."""

    column: str
    word: str
    width: int


@dataclass
class Fitted:
    """A form: heads by table, words of the lists by their names, usual words that are no limit."""

    heads: dict[str, list[Head]] = field(default_factory=dict)
    lists: dict[str, Words] = field(default_factory=dict)
    offers: dict[str, list[str]] = field(default_factory=dict)

    def head(self, table: str, column: str) -> str:
        """The word above a column; its key where the form has no such column."""
        return next((h.word for h in self.heads[table] if h.column == column), column)

    def shown(self, table: Table, kind: Kind, column: str, text: str) -> str:
        """What a cell says for a text of the report."""
        names = self.lists.get(list_of(table, kind, column), {})
        return next((said for said, meant in names.items() if meant == text), text)

    def meant(self, table: Table, kind: Kind, column: str, said: str) -> str:
        """What a cell's word means; the word itself where it stands in no list."""
        name = list_of(table, kind, column)
        return self.lists.get(name, {}).get(said.strip()) or _meaning(name).get(said.strip(), said)


def list_of(table: Table, kind: Kind, column: str) -> str:
    """The name of the list from which a cell takes its words; nothing where it takes none."""
    if column in (OWNER, KIND):
        return OWNER if column == OWNER else f"{KIND}-{table.name}"
    if table is BODY and column == "section":
        return "section" if kind.name == "section" else ""
    if table is GRIDS:
        return "flag" if kind.name == "numeric" and column != "grid" else ""
    found = kind.field(column)
    owner = owner_of(kind.model, found) if kind.model and found else None
    if owner is None:
        return ""
    value = kind_of_value(kind, column)
    if value is ValueKind.CHOICE:
        chosen = choice_of(*owner)
        return chosen.__name__ if chosen else ""
    if value is ValueKind.FLAG:
        return "flag"
    is_evaluated = issubclass(owner[0], Evaluated) or (column == "table" and table.name != "body")
    return column if is_evaluated and column in _REFERRED else ""


def fit(
    found: Spread, report: Report, reference: Reference, offers: Mapping[str, Iterable[str]]
) -> Fitted:
    """The form for the rows of a report."""
    return _Fitting(found, report, reference).form(offers)


class _Fitting:
    """Chooses columns, heads and words for a report."""

    def __init__(self, found: Spread, report: Report, reference: Reference) -> None:
        self.found, self.report, self.reference = found, report, reference

    @cached_property
    def owners(self) -> list[Evaluated]:
        return [self.report.content, *self.report.content.projects]

    def form(self, offers: Mapping[str, Iterable[str]]) -> Fitted:
        form = Fitted(offers={name: list(dict.fromkeys(said)) for name, said in offers.items()})
        for name, table in TABLES.items():
            if table is not PROJECTS or self.found.rows[name]:
                form.heads[name] = _told_apart(table, list(self._heads(table)))
        form.lists = dict(self._lists())
        return form

    # --- columns

    def _heads(self, table: Table) -> Iterator[tuple[str, int, str]]:
        if self.report.content.projects and any(kind.is_of_projects for kind in table.kinds):
            yield OWNER, 16, word("workbook", "owner")
        if len(table.kinds) > 1:
            yield KIND, 12, word("workbook", "kind")
        names = self._arranged(table)
        for column, width in self._columns(table, names).items():
            said = names.get(column) or _own_word(table, column)
            yield column, width, said

    def _columns(self, table: Table, arranged: Iterable[str]) -> dict[str, int]:
        """Keys and widths of the columns, in their order."""
        used = dict.fromkeys(key for row in self.found.rows[table.name] for key in row.values)
        declared = {column.key: column for column in table.columns}
        first = [table.columns[0].key] if table is FUND_ROWS else []
        usual = [c.key for c in table.columns if c.is_usual and not c.key.endswith(EVERY)]
        rare = [c.key for c in table.columns if c.key in used]
        held = [f"{p}.{k}" for p, k in self._entries(table)]
        cells = [f"cells.{n}" for n in range(1, self._grid_width + 1)] if table is GRIDS else []
        keys = dict.fromkeys([*first, *arranged, *usual, *rare, *held, *cells])
        return {
            key: (declared.get(key) or declared[f"{key.partition('.')[0]}.{EVERY}"]).width
            for key in keys
        }

    def _entries(self, table: Table) -> Iterator[tuple[str, str]]:
        """Every entry that a row's mapping has, also one without a text."""
        for row in self.found.rows[table.name]:
            for key in (*row.values, *row.empty):
                prefix, _, rest = key.partition(".")
                if rest and any(c.key == f"{prefix}.{EVERY}" for c in table.columns):
                    yield prefix, rest

    @property
    def _grid_width(self) -> int:
        rows = self.found.rows[GRIDS.name]
        return max([_GRID_WIDTH, *(len(row.values) - 1 for row in rows)])

    def _arranged(self, table: Table) -> dict[str, str]:
        """The columns of the reference tables that hold for the report, with their names."""
        if table.arranged_by == "fund_table":
            tables = [self.reference.fund_table_of(o, self.report.key) for o in self.owners]
            return dict(e for t in reversed(tables) if t for e in _fund_columns(t))
        if table.arranged_by == "indicator_table":
            found = [self.reference.indicator_table_of(o, self.report.key) for o in self.owners]
            return dict(e for t in reversed(found) if t for e in _indicator_columns(t))
        return {}

    # --- words

    def _lists(self) -> Iterator[tuple[str, Words]]:
        for table in TABLES.values():
            if len(table.kinds) > 1:
                said = {word("workbook", "kinds", k.name): k.name for k in table.kinds}
                yield f"{KIND}-{table.name}", said
        yield "flag", {said: said for said in (word("flags", "yes"), word("flags", "no"))}
        for enumeration in ("Kind", "Provenance", "Nature", "FollowupStatus", "Piece"):
            yield enumeration, _meanings(enumeration)
        for column, name in _REFERRED.items():
            entries = getattr(self.reference, name).values()
            yield column, _unique((entry.name, entry.id) for entry in entries)
        yield "section", self._sections()
        none = {word("workbook", "no_scheme"): "none"}
        schemes = ((s.name, s.id) for s in self.reference.schemes.values())
        yield "scheme", none | _unique(schemes)

    def _sections(self) -> Words:
        """The sections of the report's outline, and whichever else its texts are in."""
        outline = outline_of(self.report, self.reference)
        known = [(s.heading or word("workbook", "no_heading"), s.id) for s in sections_of(outline)]
        rows = self.found.rows[BODY.name]
        used = [row.values["section"] for row in rows if row.kind.name == "section"]
        ids = {id_ for _, id_ in known}
        return _unique([*known, *((name, name) for name in dict.fromkeys(used) if name not in ids)])


def outline_of(report: Report, reference: Reference) -> Outline | None:
    """The outline that the report is printed by."""
    return reference.outline_of(report.content, report.key, report.kind)


def sections_of(outline: Outline | None) -> list[Section]:
    """The sections of an outline in their order; none without an outline."""
    return list(outline.walk()) if outline else []


def _fund_columns(table: FundTable) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        name = f"{column.group}·{column.name}" if column.group else column.name
        role = column.role
        yield (str(role) if role in _MARKED else f"amounts.{column.id}"), name


def _indicator_columns(table: IndicatorTable) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        name = f"{column.group}·{column.name}" if column.group else column.name
        yield (f"extra.{column.id}" if column.field == "extra" else str(column.field)), name


def _own_word(table: Table, column: str) -> str:
    """The word above a column: the catalogue's, or the name of its field."""
    given = catalogue("wording")["workbook"]["heads"].get(table.name, {})
    if column in given:
        return str(given[column])
    prefix, _, rest = column.partition(".")
    if table is GRIDS:
        return word("workbook", "cell").format(rest)
    if any(c.key == f"{prefix}.{EVERY}" for c in table.columns):
        return words("fund_roles").get(rest, rest)
    kind = next(k for k in table.kinds if k.model and k.field(column))
    assert kind.model is not None
    owner = owner_of(kind.model, kind.field(column) or "")
    return field_name(*owner) if owner else column


def _told_apart(table: Table, heads: list[tuple[str, int, str]]) -> list[Head]:
    """Heads of which no two are alike: what is below another field bears its name as well."""
    said = [said for _, _, said in heads]
    found: list[Head] = []
    taken: set[str] = set()
    for column, width, text in heads:
        kind = table.kinds[0]
        if said.count(text) > 1 and "." in column and kind.model and table is REPORT:
            above = owner_of(kind.model, column.rpartition(".")[0])
            text = f"{field_name(*above)}·{text}" if above else text
        elif said.count(text) > 1 and "." in column and kind.model:
            text = f"{field_name(kind.model, column.partition('.')[0])}·{text}"
        while text in taken:
            text += "＊"
        taken.add(text)
        found.append(Head(column, text, width))
    return found


def _meanings(enumeration: str) -> Words:
    """The words for the values of an enumeration: short where that is enough."""
    full = {str(v): str(k) for k, v in catalogue("fields")["choices"][enumeration].items()}
    short: dict[str, list[str]] = {}
    for said in full:
        short.setdefault(said.partition("，")[0], []).append(said)
    return {(s if len(ways) == 1 else w): full[w] for s, ways in short.items() for w in ways}


def _meaning(name: str) -> Words:
    """Other ways to write a value of an enumeration."""
    found = catalogue("fields")["choices"].get(name, {})
    return {str(said): str(value) for value, said in found.items()}


def _unique(entries: Iterable[tuple[str, str]]) -> Words:
    """Names with their ids; a name that two have bears its id."""
    listed = list(entries)
    names = [name for name, _ in listed]
    return {
        (name if names.count(name) == 1 else word("workbook", "ambiguous").format(name, id_)): id_
        for name, id_ in listed
    }


def explained(table: Table, column: str) -> str:
    """What the field guide says of the field in a column, with an example; nothing for a column
    that is no field."""
    given = catalogue("wording")["workbook"]["notes"].get(table.name, {})
    if column in given:
        return str(given[column])
    for kind in table.kinds:
        found = kind.field(column) if kind.model else None
        owner = owner_of(kind.model, found) if kind.model and found else None
        entry = field_entry(*owner) if owner else {}
        if entry:
            example = str(entry["example"])
            key, _, text = example.partition(": ")
            plain = text if owner and key == owner[1] and text[:1] not in "[{" else ""
            return entry["help"] + (word("workbook", "example").format(plain) if plain else "")
    return ""


def tables_of(form: Fitted) -> Iterator[tuple[str, list[Table]]]:
    """The sheets of a form, each with its tables."""
    for sheet in SHEETS:
        tables = [table for table in sheet.tables if table.name in form.heads]
        if tables:
            yield sheet.name, tables
