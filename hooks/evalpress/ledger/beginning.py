"""A site that is live already -> its reports, as the first ledger records them.

Read from the site, not from the data: what readers have is what was public.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evalpress.files.attachments import (
    attachment_address,
    cover_address,
    document_address,
    document_name,
    file_names,
)
from evalpress.findings import Finding, Place, find
from evalpress.ledger.publicform import public_form, restored
from evalpress.ledger.recorded import Issued
from evalpress.ledger.recording import Live
from evalpress.model import Key, Kind, Provenance, PublicReport, Reference, ReportContent, State

_REPORT = "evalpress-report/"
_DATA = re.compile(
    r"[a-z][a-z0-9-]*/(?:19|20)[0-9]{2}/(?!v[0-9]+/)(?:[a-z][a-z0-9-]*/)?[^/]+\.json"
)
_BESIDE = re.compile(r".*/attachments/[^/]+|.*/[^/]+\.(?:pdf|csv)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}).*")


def live_reports(folder: Path, reference: Reference) -> tuple[dict[str, Live], list[Finding]]:
    """Every report of a site's folder by its address, and a finding for each that can't be read."""
    live: dict[str, Live] = {}
    wrong: list[Finding] = []
    for path, found in _documents(folder):
        report = _report(found, reference)
        if report is None:
            wrong.append(find("live_report_unread", Place(path.as_posix())))
        else:
            live[report.key.address] = _live(folder, report, reference)
    return live, wrong


def is_recorded(path: str) -> bool:
    """Whether the ledger needs a file of a site: reports' data, their PDFs and what they attach."""
    is_below = not path.startswith("/") and ".." not in path.split("/")
    return is_below and bool(_DATA.fullmatch(path) or _BESIDE.fullmatch(path))


def _documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.json")):
        if _DATA.fullmatch(path.relative_to(folder).as_posix()):
            found = json.loads(path.read_bytes())
            if isinstance(found, dict) and str(found.get("format", "")).startswith(_REPORT):
                yield path, found


def _report(found: dict[str, Any], reference: Reference) -> PublicReport | None:
    """The report that exported data hold; None where this program does not understand them."""
    tree = _written(found.get("content", {}))
    for problem in tree.get("problems", ()):
        problem.setdefault("text", None)
    content = restored({"content": tree})
    department = found.get("department", {}).get("id")
    if content is None or department not in reference.departments:
        return None
    return PublicReport(
        key=Key(department, int(found["year"]), found.get("slug") or ""),
        kind=Kind(found["kind"]["id"]), title=str(found["title"]), content=content,
        provenance=Provenance(found["provenance"]["id"]), withheld=found.get("withheld", {}),
        state=State(found["state"]),
    )  # fmt: skip


# What exported data tell of a text that was understood as a value or a date.
_UNDERSTOOD = frozenset({"written", "comparator", "value", "unit", "year", "month", "day"})


def _written(node: Any) -> Any:
    """Exported data as clerks write them: of what was understood only the written text."""
    if isinstance(node, dict):
        if "written" in node and node.keys() <= _UNDERSTOOD:
            return node["written"]
        found = {key: _written(child) for key, child in node.items()}
        return {"table": None, **found} if _is_table(node) else found
    if isinstance(node, list):
        return [_written(child) for child in node]
    return (
        _MOMENT.sub(r"\1 \2", node) if isinstance(node, str) and _MOMENT.fullmatch(node) else node
    )


def _is_table(node: dict[str, Any]) -> bool:
    """True for a free table without a caption, which exported data leave out."""
    return "table" not in node and {"columns", "rows"} <= node.keys()


def _live(folder: Path, report: PublicReport, reference: Reference) -> Live:
    key, content = report.key, report.content
    beside = dict(_files(folder, key, content))
    cover = folder / cover_address(report)
    corrected = [str(c.date) for c in content.corrections if c.date]
    return Live(
        title=report.title, state=str(report.state), number=content.version,
        index_number=content.public_info.index_number or "",
        first_published=str(content.first_published or ""), corrected=max(corrected, default=""),
        public=public_form(report, reference, beside),
        pdf=_document(folder, report, beside), cover=_issued(cover),
        attachments={attachment_address(key, name): sha for name, sha in beside.items()},
        data_files={_sha256(path): path.name for path in _data_files(folder / key.address)},
    )  # fmt: skip


def _data_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix in (".json", ".csv") and path.is_file():
            yield path


def _document(folder: Path, report: PublicReport, beside: Mapping[str, str]) -> Issued | None:
    """The file that a report is. An original lies beside it too, and may be there alone; sites made
    when originals were not it have a printed cover in its place."""
    original = report.content.original if report.content.is_original_alone else None
    sha = beside.get(original.file) if original else None
    known = Issued(name=document_name(report), sha256=sha) if sha else None
    return _issued(folder / document_address(report)) or known


def _issued(path: Path) -> Issued | None:
    return Issued(name=path.name, sha256=_sha256(path)) if path.is_file() else None


def _files(folder: Path, key: Key, content: ReportContent) -> Iterator[tuple[str, str]]:
    for name in sorted(set(file_names(content))):
        path = folder / attachment_address(key, name)
        if path.is_file():
            yield name, _sha256(path)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
