"""What was found about drafts -> a copy of the XLSX that they came from, each finding at the cell
that its value was read from, and what was not placed at its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evalpress.checks.signing import Examination
from evalpress.findings import Finding, Level, Place, find
from evalpress.importing.drafts import Sourced, bare, canonical
from evalpress.importing.intake import exact_kind
from evalpress.importing.merge import Written
from evalpress.importing.workbook.formrows import Path_
from evalpress.importing.workbook.marked import marked
from evalpress.importing.workbook.verdict import Paths, Remark, Spots, Verdict
from evalpress.load import Source

_CELL = re.compile(r"[^、]+![A-Z]{1,3}\d{1,7}")


def can_be_marked(path: Path) -> bool:
    """Whether a file is an XLSX."""
    return exact_kind(path.read_bytes()) == "xlsx"


def marked_copy(path: Path, drafts: Iterable[tuple[Written, Source]], found: Examination) -> bytes:
    """The copy of a file with what was found about the drafts that it gave. Each draft comes with
    its text as it was read again. Raises NotOpened."""
    verdicts = [_verdict(written, source, found) for written, source in drafts]
    remarks = [remark for verdict in verdicts for remark in verdict.remarks]
    unread = sum(verdict.unread for verdict in verdicts)
    return marked(path, Verdict(verdicts[0].key, list(dict.fromkeys(remarks)), unread=unread))


def _verdict(written: Written, source: Source, found: Examination) -> Verdict:
    draft = written.draft
    tree = canonical(draft.tree)
    spots, paths = Spots(dict(_cells(tree)), bare(tree)), Paths(source)
    own = [finding for finding in found.open if finding.where.file == source.name]
    remarks = [Remark(spots.cell(paths.of(f.where), f), f) for f in own]
    remarks += [Remark(_cell(u.source), _unplaced(u.text, u.why)) for u in draft.unplaced]
    return Verdict(draft.key, remarks, unread=len(draft.unplaced))


def _unplaced(text: str, why: str) -> Finding:
    return find("form_unplaced", Place(""), Level.WARNING, found=text[:60], why=why)


def _cells(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """In which cell each part of a draft stands."""
    if isinstance(node, Sourced):
        yield path, _cell(node.source)
        node = node.value
    steps: list[Any] = list(node.items()) if isinstance(node, dict) else []
    steps = list(enumerate(node)) if isinstance(node, list) else steps
    for step, child in steps:
        yield from _cells(child, (*path, step))


def _cell(source: str) -> str:
    """The first cell of a source; what is none stays as it is."""
    match = _CELL.match(source)
    return match[0] if match else source
