"""A report as it is now, held against the last edition that readers had: what differs, and which
corrections say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from evalpress.cache.store import digest
from evalpress.ledger.differences import Change, differences
from evalpress.ledger.editions import Editions
from evalpress.ledger.publicform import FORM, Form, digest_of_form, lifted, public_form
from evalpress.ledger.recorded import Ledger, ReportEntry
from evalpress.model import Correction, Key, PublicReport, Reference, Report


@dataclass(frozen=True)
class Recorded:
    """What the ledger holds of a report: at which address, if at all, and where the public data of
    its editions are kept."""

    editions: Editions
    address: str = ""
    entry: ReportEntry | None = None

    @property
    def digest(self) -> str:
        """A hash of all that findings against the ledger follow from."""
        if self.entry is None:
            return ""
        latest = self.entry.latest
        try:
            seen = self.editions.data_path(self.address, latest.number).stat().st_mtime_ns
        except OSError:
            seen = 0
        files = repr((latest.attachments, self.entry.replaced)) if latest.attachments else ""
        held = (self.address, latest.data, latest.state, repr(self.entry.withdrawn), files)
        return digest(*held, str((latest.number, latest.form, seen)))


def addresses(key: Key, former_slugs: tuple[str, ...], reference: Reference) -> Iterator[Key]:
    """The report's present identity, then all that its former ids and slugs gave it."""
    yield key
    department = reference.departments.get(key.department)
    departments = (key.department, *(department.former_ids if department else ()))
    for name, slug in islice(product(departments, (key.slug, *former_slugs)), 1, None):
        yield replace(key, department=name, slug=slug)


def recorded(
    ledger: Ledger, report: Report | PublicReport, reference: Reference, editions: Editions
) -> Recorded:
    """What the ledger holds of a report under its present or a former address."""
    for key in addresses(report.key, report.content.former_slugs, reference):
        if entry := ledger.reports.get(key.address):
            return Recorded(editions, key.address, entry)
    return Recorded(editions)


@dataclass(frozen=True)
class Held:
    """What became of a report since its last edition; `old` None where that cannot be told."""

    entry: ReportEntry
    old: Form | None
    new: Form
    changes: tuple[Change, ...]

    @property
    def known_corrections(self) -> dict[str, Any]:
        """The corrections that readers have, by id."""
        content = (self.old or {}).get("content", {})
        return {found["id"]: found for found in content.get("corrections", [])}


def hold(
    found: Recorded, public: PublicReport, reference: Reference, files: Mapping[str, str]
) -> Held | None:
    """The report against its last edition; None where the ledger does not know it."""
    if found.entry is None:
        return None
    form, latest = public_form(public, reference, files), found.entry.latest
    if latest.form == FORM and digest_of_form(form) == latest.data:
        return Held(found.entry, form, form, ())
    old = found.editions.read(found.address, latest)
    if old is not None:
        old = lifted(old, latest.form)
    changes = tuple(differences(old, form)) if old is not None else ()
    return Held(found.entry, old, form, changes)


def lasting(place: str) -> str:
    """The place as far as it is named by ids; what stands behind a position is not."""
    parts = place.removeprefix("withheld/").split("/")
    end = next((at for at, part in enumerate(parts) if part.isdigit()), len(parts))
    return "/".join(parts[:end]) or place


def covers(correction: Correction, place: str) -> bool:
    """Whether a correction speaks of a place that changed: of this one, or of one that it lies
    in."""
    said = correction.place
    return bool(said) and f"{place.removeprefix('withheld/')}/".startswith(f"{said}/")
