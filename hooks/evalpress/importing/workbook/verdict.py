"""A form and the data of a site -> every finding about it, each with its cell: those of reading it
and those of all rules, found at once. A value that is no value is told and set aside, so that the
rest is checked all the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evalpress.authoring.sheet import Tree
from evalpress.cache.store import Store
from evalpress.checks import Context, examine
from evalpress.checks.signing import Examination
from evalpress.findings import Finding, Level, Place, find
from evalpress.importing.drafts import bare, canonical, canonical_text
from evalpress.importing.workbook.formrows import Path_, get
from evalpress.importing.workbook.returned import read_form
from evalpress.load import Loaded, Source, build
from evalpress.load.tree import BITS, Fields, spot_of
from evalpress.model import Key, Report, ReportFile, Waiver

_CONTAINERS = ("rows", "amounts", "items", "content", "list", "stages")
_ROUNDS = 8  # of setting aside what cannot be read


@dataclass(frozen=True)
class Remark:
    """A finding and the cell that it is about, as `指标!H12`; nothing where it is about no cell."""

    cell: str
    finding: Finding


@dataclass
class Verdict:
    """All that was found in a form. `aside` counts values that no rule has seen, `unread` cells
    that were not read; `waived` is signed off."""

    key: Key
    remarks: list[Remark] = field(default_factory=list)
    waived: list[tuple[Remark, Waiver]] = field(default_factory=list)
    aside: int = 0
    unread: int = 0

    def examination(self, file: str) -> Examination:
        """The findings as a terminal shows them, each with file, sheet and cell."""
        waived = [(_placed(remark, file), waiver) for remark, waiver in self.waived]
        return Examination([_placed(remark, file) for remark in self.remarks], waived)


def _placed(remark: Remark, file: str) -> Finding:
    where = f"{file}  {remark.cell}".strip()
    return replace(remark.finding, where=Place(where, field=remark.finding.where.field))


def judge(path: Path, loaded: Loaded, data_dir: Path, store: Store | None = None) -> Verdict:
    """Read a form and check it among the data. Raises NotOpened for what is no form."""
    returned = read_form(path, loaded)
    found = Verdict(returned.key, unread=len(returned.unplaced))
    found.remarks += [Remark(cell, finding) for cell, finding in returned.told]
    for entry in returned.unplaced:
        values = {"found": entry.text[:60], "why": entry.why}
        found.remarks.append(
            Remark(entry.source, find("form_unplaced", Place(""), Level.WARNING, **values))
        )
    spots = Spots(dict(returned.cells), canonical(bare(returned.tree)))
    report, source = _readable(path.name, found, spots)
    if report:
        _check(report, source, loaded, data_dir, store, found, spots)
    found.remarks = list(dict.fromkeys(found.remarks))
    return found


def _readable(name: str, found: Verdict, spots: Spots) -> tuple[Report | None, Source]:
    """The report without what cannot be read; the first round tells all that."""
    for turn in range(_ROUNDS):
        source = Source(name, canonical_text(spots.tree).encode())
        content, findings = build(ReportFile, source)
        if content is not None:
            return Report(found.key, name, content), source
        paths = [Paths(source).of(finding.where) for finding in findings]
        if turn == 0:
            found.aside = len(findings)
            told = zip(paths, findings, strict=True)
            found.remarks += [Remark(spots.cell(path, f), f) for path, f in told]
        for path in sorted(set(paths), key=_as_texts, reverse=True):
            spots.remove(path)
    return None, source


def _as_texts(path: Path_) -> list[str]:
    """Sorts later items of a list behind earlier ones."""
    return [str(step).zfill(9) for step in path]


def _check(
    report: Report, source: Source, loaded: Loaded, data_dir: Path, store: Store | None,
    found: Verdict, spots: Spots,
) -> None:  # fmt: skip
    """All rules on the report in the place of the one that the data have."""
    old = {r.source for r in loaded.reports if r.key == report.key}
    data = Loaded(
        loaded.reference,
        sorted([*(r for r in loaded.reports if r.source not in old), report], key=lambda r: r.key),
        {**{n: s for n, s in loaded.sources.items() if n not in old}, source.name: source},
        [f for f in loaded.findings if f.where.file not in old],
        loaded.refused,
    )
    examination = examine(Context(data, data_dir, store or Store(None)))
    paths = Paths(source)

    def remark(finding: Finding) -> Remark:
        return Remark(spots.cell(paths.of(finding.where), finding), finding)

    own = [f for f in examination.open if f.where.file == source.name]
    found.remarks += map(remark, own)
    own_waived = [(f, w) for f, w in examination.waived if f.where.file == source.name]
    found.waived += [(remark(finding), waiver) for finding, waiver in own_waived]


class Paths:
    """Which part of a source begins at a line and column."""

    def __init__(self, source: Source) -> None:
        self.starts: dict[tuple[int, int], Path_] = {}
        self._walk(source.data, ())

    def of(self, place: Place) -> Path_:
        """The way to what stands at a place; to the whole where nothing begins there."""
        return self.starts.get((place.line, place.column), ())

    def _walk(self, node: Any, path: Path_) -> None:
        if isinstance(node, dict):
            entries: list[tuple[str | int, Any]] = list(node.items())
        else:
            entries = list(enumerate(node)) if isinstance(node, list) else []
        for step, child in entries:
            mark = node.marks[step]
            shown = mark >> 2 * BITS if isinstance(node, Fields) else mark
            below = (*path, step)
            self.starts.setdefault(spot_of(shown), below)
            self._walk(child, below)
            self.starts.setdefault(spot_of(mark), below)


class Spots:
    """A tree, and in which cell each part of it stands."""

    def __init__(self, cells: dict[Path_, str], tree: Tree) -> None:
        self.cells, self.tree = cells, tree

    def remove(self, path: Path_) -> None:
        """Take a part out of the tree; what follows it in a list moves up."""
        holder, last = get(self.tree, path[:-1]), path[-1] if path else ""
        if isinstance(holder, dict):
            holder.pop(str(last), None)
        elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
            del holder[last]
            above = len(path) - 1
            self.cells = {
                (*p[:above], int(p[above]) - 1, *p[above + 1 :])
                if len(p) > above and p[:above] == path[:-1] and _later(p[above], last)
                else p: cell
                for p, cell in self.cells.items()
                if p[: len(path)] != path
            }

    def cell(self, path: Path_, finding: Finding) -> str:
        """The cell of a finding: of the place that it names, else of where it begins."""
        named = self._resolved(self.tree, tuple(finding.place.split("/")), ())
        if self.cells.get(named):
            return self.cells[named]
        while path:
            inside = (cell for p, cell in self.cells.items() if cell and p[: len(path)] == path)
            if found := self.cells.get(path) or next(inside, ""):
                return found
            path = path[:-1]
        return ""

    def _resolved(self, node: Any, parts: tuple[str, ...], path: Path_) -> Path_:
        """The way to a place that is named by ids, also to one that is empty."""
        if not parts:
            return path
        if isinstance(node, list):
            at = next((n for n, child in enumerate(node) if _own_name(child) == parts[0]), None)
            return self._resolved(node[at], parts[1:], (*path, at)) if at is not None else ()
        if not isinstance(node, dict):
            return ()
        ways = [(parts[0],)] if parts[0] in node else []
        found = [self._resolved(node[way[0]], parts[1:], (*path, *way)) for way in ways]
        inner = [key for key in _CONTAINERS if key in node]
        found += [self._resolved(node[key], parts, (*path, key)) for key in inner]
        empty = [(*path, parts[0])] if len(parts) == 1 else []
        return next((way for way in (*found, *empty) if way), ())


def _later(step: str | int, than: int) -> bool:
    return isinstance(step, int) and step > than


def _own_name(node: Any) -> str:
    return str(node.get("id") or node.get("name") or "") if isinstance(node, dict) else ""
