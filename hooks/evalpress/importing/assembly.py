"""A reading and whose it is -> the draft of a report in the words of the data: which fund table and
weight scheme it follows, ids, and the fields in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evalpress.authoring.sheet import Tree
from evalpress.importing.drafts import Draft, Sourced, Unplaced
from evalpress.importing.labels import bare, plain
from evalpress.importing.naming import Before, common_doubts, common_ids, indicator_ids, line_ids
from evalpress.importing.neutral import Told
from evalpress.importing.ownership import Owner, split_code
from evalpress.importing.reading import FundRow, Reading, Values, masked
from evalpress.load import Loaded
from evalpress.model import FundTable, Key, Outline, Reference, Scheme
from evalpress.wording import word

_OWN_FIELDS = ("full_marks", "rate", "score", "note")
_CODED = ("authority", "unit")


def assemble(
    reading: Reading, owner: Owner, loaded: Loaded, files: tuple[str, ...], told: tuple[Told, ...]
) -> Draft:
    """The draft of one report."""
    made = _Assembly(reading, owner, loaded)
    tree = made.tree()
    notes = [*_persons(reading), *_told(told), *made.notes]
    return Draft(
        owner.key, tree, files, tuple(made.unplaced), tuple(notes), tuple(reading.offers),
        tuple(reading.pictures.items()),
    )  # fmt: skip


def _persons(reading: Reading) -> Iterator[str]:
    if reading.persons:
        yield word("import", "persons").format("、".join(reading.persons))


def _told(told: tuple[Told, ...]) -> Iterator[str]:
    """What a file has besides, kind by kind."""
    for entry in told:
        said = word("import", "told", entry.kind).format(entry.source)
        text = masked(" ".join(entry.text.split()))
        yield word("import", "told_text").format(said, text) if text else said


class _Assembly:
    """Puts one report together."""

    def __init__(self, reading: Reading, owner: Owner, loaded: Loaded) -> None:
        self.reading, self.owner, self.loaded = reading, owner, loaded
        self.reference: Reference = loaded.reference
        self.defaults = self.reference.defaults(owner.key)
        self.before = Before.of(owner.key, loaded)
        self.unplaced: list[Unplaced] = list(reading.unplaced)
        self.notes: list[str] = []

    @property
    def key(self) -> Key:
        return self.owner.key

    def tree(self) -> Tree:
        tree: Tree = {"state": "draft"}
        if self.owner.kind is not self.key.kind:
            tree["kind"] = str(self.owner.kind)
        if self.reading.title:
            tree["title"] = self.reading.title
        if self.reading.outline:
            tree["outline"] = self.reading.outline
        tree |= self._heads()
        tree |= self._scheme()
        for key, made in (
            ("funds", self._funds()), ("goals", self._goals()),
            ("indicators", self._indicators()), ("scores", self._scores()),
            ("body", self._body()), ("attachments", self._attachments()),
        ):  # fmt: skip
            if made:
                tree[key] = made
        if self.owner.proposed:
            self.notes.append(word("import", "proposed_slug").format(self.key.slug))
        return tree

    def drop(self, value: Sourced, why: str, **values: str) -> None:
        """Something read that the report has no place for."""
        reason = word("import", "why", why).format(**values)
        self.unplaced.append(Unplaced(value.source, str(value.value), reason))

    # --- heads ----------------------------------------------------------------------------------

    def _heads(self) -> Tree:
        tree: Tree = {}
        for means, value in self.reading.heads.items():
            if means in ("year", "funds/unit") or means.startswith("scores/"):
                continue
            if means == "department":
                self._department(value)
                continue
            _put(tree, means.split("/"), self._without_code(means, value, tree))
        return tree

    def _department(self, value: Sourced) -> None:
        names = self.reference.departments[self.key.department].all_names()
        if plain(split_code(str(value.value))[1]) not in map(plain, names):
            self.drop(value, "no_field")

    def _without_code(self, means: str, value: Sourced, tree: Tree) -> Sourced:
        """A code before a name goes to the field for it, or is told."""
        if means not in ("project_name", *_CODED):
            return value
        code, name = split_code(str(value.value))
        if not code:
            return value
        if means == "project_name" and "project_code" not in self.reading.heads:
            tree["project_code"] = replace(value, value=code)
        else:
            self.drop(replace(value, value=code), "code")
        return replace(value, value=name)

    # --- scheme ---------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme | None:
        """The scheme whose dimensions have the full marks of the form: the region's, else the only
        other one."""
        found = self._marks()
        default = self.reference.schemes.get(self.defaults.scheme or "")
        if not found or (default and _follows(found, default)):
            return default
        region = self.reference.departments[self.key.department].region
        others = [
            s for s in self.reference.schemes.values()
            if s.region in (None, region) and _follows(found, s)
        ]  # fmt: skip
        return others[0] if len(others) == 1 else None

    def _marks(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for row in self.reading.indicators:
            if "level1" in row and "full_marks" in row:
                name = bare(str(row["level1"].value))
                found[name] = found.get(name, Decimal(0)) + Decimal(str(row["full_marks"].value))
        return found

    def _scheme(self) -> Tree:
        scheme, usual = self.scheme, self.defaults.scheme
        if (scheme.id if scheme else None) == usual:
            return {}
        if scheme is None:
            self.notes.append(word("import", "no_scheme"))
        else:
            self.notes.append(word("import", "other_scheme").format(scheme.name))
        return {"scheme": scheme.id if scheme else "none"}

    # --- funds ----------------------------------------------------------------------------------

    def _funds(self) -> Tree:
        rows = self.reading.fund_rows
        if not rows:
            return {}
        table = self._fund_table(rows)
        usual = self.defaults.fund_table
        found: Tree = {"table": table.id} if table and table.id != usual else {}
        unit = self.reading.fund_unit or _text(self.reading.heads, "funds/unit")
        if unit and (table is None or table.unit != unit):
            found["unit"] = unit
        elif not unit and table:
            self.notes.append(word("import", "usual_unit").format(table.unit))
        return {**found, "rows": self._fund_rows(rows, table)}

    def _fund_table(self, rows: list[FundRow]) -> FundTable | None:
        """The fund table that has all columns, the region's before others, those with most of the
        rows before others."""
        wanted = {c for row in rows for c in row.values if c not in _OWN_FIELDS}
        usual = self.defaults.fund_table
        tables = sorted(
            self.reference.fund_tables.values(),
            key=lambda t: (
                -len(wanted & _roles(t).keys()), -len(self._matched(rows, t)), t.id != usual
            ),
        )  # fmt: skip
        return tables[0] if tables else None

    def _matched(self, rows: list[FundRow], table: FundTable) -> set[str]:
        return {own for row in rows if (own := _row_id(row, table))}

    def _fund_rows(self, rows: list[FundRow], table: FundTable | None) -> list[Tree]:
        ids = [_row_id(row, table) if table else "" for row in rows]
        ids = [own if ids.index(own) == n else "" for n, own in enumerate(ids)]
        unknown = [str(row.name.value) for row, own in zip(rows, ids, strict=True) if not own]
        own_ids = iter(line_ids(unknown, self.before))
        return [self._fund_row(row, own or next(own_ids), bool(own), table)
                for row, own in zip(rows, ids, strict=True)]  # fmt: skip

    def _fund_row(self, row: FundRow, own: str, known: bool, table: FundTable | None) -> Tree:
        found: Tree = {"id": own}
        names = {r.id: r.name for r in table.rows} if table else {}
        if not known:
            found["name"] = replace(row.name, doubt=word("import", "own_row"))
        elif plain(names[own]) != plain(str(row.name.value)):
            found["name"] = row.name
        columns = _roles(table) if table else {}
        amounts: Tree = {}
        for means, value in row.values.items():
            if means in _OWN_FIELDS:
                found[means] = value
            elif means in columns:
                amounts[columns[means]] = value
            else:
                self.drop(value, "no_column", heading=means)
        return {**found, **({"amounts": amounts} if amounts else {})}

    # --- the rest -------------------------------------------------------------------------------

    def _goals(self) -> Tree:
        found = {
            key: values[0] if len(values) == 1 else list(values)
            for key, values in (
                ("target", self.reading.goal_targets), ("actual", self.reading.goal_actuals)
            )
            if values
        }  # fmt: skip
        return {"overall": found} if found else {}

    def _indicators(self) -> list[Tree]:
        rows = self.reading.indicators
        ids = indicator_ids(rows, self.before, self.reference, self.scheme)
        common = common_ids(rows, ids, self.before, self.reference)
        self.notes += common_doubts(rows, common, self.reference)
        return [
            {"id": own, **row, **({"common": shared} if shared else {})}
            for own, row, shared in zip(ids, rows, common, strict=True)
        ]

    def _scores(self) -> Tree:
        found: Tree = {}
        if self.reading.subtotals:
            found["items"] = [dict(values) for values in self.reading.subtotals]
        heads = {
            m.removeprefix("scores/"): v
            for m, v in self.reading.heads.items()
            if m.startswith("scores/")
        }
        for means, value in {**heads, **self.reading.scores}.items():
            other = heads.get(means)
            if other and other.value != value.value:
                self.drop(other, "said_twice", before=str(value.value))
            found[means] = value
        full = found.get("full_marks")
        if full and self.scheme and Decimal(str(full.value)) == self.scheme.full_marks:
            del found["full_marks"]
        return found

    def _body(self) -> Tree:
        body: Tree = dict(self.reading.body)
        sections = {s.id for s in self.outline.walk()} if self.outline else set()
        for section, label, value in self.reading.labelled:
            if section not in sections:
                self.drop(value, "no_section")
                continue
            block = {"label": label, "text": value}
            body.setdefault(section, []).append(block)
        return body

    def _attachments(self) -> list[Tree]:
        """Pictures that no text shows."""
        return [
            {"id": f"picture-{number}", "name": said, "file": name}
            for number, (name, said) in enumerate(self.reading.beside.items(), 1)
        ]

    @property
    def outline(self) -> Outline | None:
        """The outline that the report follows."""
        own = self.reading.outline or self.defaults.outlines.get(self.owner.kind)
        return self.reference.outlines.get(own or "")


def _put(tree: Tree, steps: list[str], value: Any) -> None:
    *above, last = steps
    for step in above:
        tree = tree.setdefault(step, {})
    tree[last] = value


def _text(values: Values, means: str) -> str:
    return str(values[means].value) if means in values else ""


def _roles(table: FundTable) -> dict[str, str]:
    """The columns of a table by what they mean; a column that says so itself goes first."""
    found = {str(c.role): c.id for c in reversed(table.columns) if c.role != "other"}
    return {**found, **{c.id: c.id for c in table.columns}}


def _row_id(row: FundRow, table: FundTable) -> str:
    """The row of a table that a row is: by its exact name, else by what its name means."""
    name = plain(str(row.name.value))
    own = next((r.id for r in table.rows if plain(r.name) == name), "")
    return own or (row.means if any(r.id == row.means for r in table.rows) else "")


def _follows(marks: dict[str, Decimal], scheme: Scheme) -> bool:
    """Whether first levels have the scheme's full marks; what the form leaves out is not asked."""
    dimensions = {name: scheme.dimension(name) for name in marks}
    return all(d is not None and d.full_marks == marks[name] for name, d in dimensions.items())
