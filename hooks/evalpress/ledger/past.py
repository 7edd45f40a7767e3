"""A report's earlier editions, as readers may still see them: whole, but for what was removed.

What a correction removed (`redacted`) is emptied wherever it stood in the editions before it, with
a notice in its place; the same data, kept or not yet kept without it, give the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from evalpress.disclose.withheld import without
from evalpress.files.attachments import digest_of
from evalpress.ledger.differences import Change, differences, leaves
from evalpress.ledger.held import Recorded, lasting
from evalpress.ledger.publicform import Form, lifted, plain, restored
from evalpress.ledger.recorded import Edition, Issued
from evalpress.model import Correction, Key, PublicReport
from evalpress.text.differing import differing
from evalpress.wording import word

_SHORT = 2  # characters; a single one stands everywhere


@dataclass(frozen=True)
class Past:
    """An edition that another one took the place of: `report` is what it said, under an address of
    its own; `changes` lead to the edition of the number `next`, made by a correction of the day
    `when`. `files` are those that are still shown, by address; `removed` are the corrections that
    took something out of it."""

    edition: Edition
    present: PublicReport
    report: PublicReport
    form: Form
    next: int
    changes: tuple[Change, ...]
    removed: tuple[Correction, ...]
    files: dict[str, Path]
    when: str = ""

    @property
    def document(self) -> str:
        """The address of the file that it is, its PDF or its original; "" where there is none to be
        had."""
        found = (document_of_edition(self.report.key, issued) for issued in self.edition.pdfs[-1:])
        return next((address for address in found if address in self.files), "")

    @property
    def is_original(self) -> bool:
        """Whether that file is an original."""
        return any(map(self.edition.is_original, self.edition.pdfs[-1:]))


def document_of_edition(key: Key, issued: Issued) -> str:
    """The address of the file that an earlier edition is; `key` is the edition's own."""
    return f"{key.address}{key.name}{Path(issued.name).suffix}"


def edition_key(key: Key, number: int) -> Key:
    """The identity of an earlier edition: `education/2024/v1/`."""
    return replace(key, slug="/".join(filter(None, (key.slug, f"v{number}"))))


def past_editions(
    found: Recorded, present: PublicReport, form: Form, live: Path | None = None
) -> list[Past]:
    """The editions before the present one, from the first on. Their files lie with the ledger or,
    until they do, in the `live` site. What cannot be read any more is left out; see `lost`."""
    entry = found.entry
    before = [e for e in entry.editions if e.number < present.content.version] if entry else []
    forms = [(e, read_form(found, e)) for e in before]
    readable = [(e, removed_from(f, form, present)) for e, f in forms if f is not None]
    steps = [*readable, (None, form)]
    return [
        _past(found, edition, old, present, then, new, live)
        for (edition, old), (then, new) in pairwise(steps)
        if edition is not None
    ]


def lost(found: Recorded, present: PublicReport) -> list[int]:
    """The numbers of earlier editions whose public data are not there any more."""
    entry = found.entry
    before = [e for e in entry.editions if e.number < present.content.version] if entry else []
    return [e.number for e in before if read_form(found, e) is None]


def read_form(found: Recorded, edition: Edition) -> Form | None:
    """The public data of an edition in the present form."""
    form = found.editions.read(found.address, edition)
    return None if form is None else lifted(form, edition.form)


def _past(
    found: Recorded, edition: Edition, old: Form, present: PublicReport, then: Edition | None,
    new: Form, live: Path | None,
) -> Past:  # fmt: skip
    key = edition_key(present.key, edition.number)
    content = restored(old) or present.content.model_copy(update={"body": {}})
    removed = tuple(_later_redactions(old, present))
    report = replace(
        present, key=key, content=content, withheld=old.get("withheld", {}),
        title=content.title or present.title,
    )  # fmt: skip
    files = dict(_files(found, edition, key, removed, live))
    changes = tuple(differences(old, new))
    number = then.number if then else present.content.version
    return Past(edition, present, report, old, number, changes, removed, files, _when(old, new))


def _when(old: Form, new: Form) -> str:
    """The day of the correction that made the next edition, as it is written."""
    before, after = (form.get("content", {}).get("corrections", []) for form in (old, new))
    known = {correction["id"] for correction in before}
    days = [str(c["date"]) for c in after if c["id"] not in known and c.get("date")]
    return days[-1] if days else ""


def _files(
    found: Recorded, edition: Edition, key: Key, removed: Sequence[Correction], live: Path | None
) -> Iterator[tuple[str, Path]]:
    """What it is, and the files whose bytes are no longer those at their address."""
    folder = found.editions.folder(found.address, edition.number)
    if edition.pdfs and not removed:
        last = edition.pdfs[-1]
        places = [folder / last.name, *([live / found.address / last.name] if live else [])]
        for path in places:
            if _is(path, last.sha256):
                yield document_of_edition(key, last), path
                break
    for address in edition.attachments:
        name = address.rpartition("/")[2]
        kept = folder / name
        if _is(kept, edition.attachments[address]) and not _takes_files(removed):
            yield f"{key.address}{name}", kept


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and digest_of(path.read_bytes()) == sha256


def _takes_files(removed: Sequence[Correction]) -> bool:
    return any((c.place or "").startswith(("attachments", "original")) for c in removed)


# --- what should never have been public ---------------------------------------------------------


def _later_redactions(form: Form, present: PublicReport) -> Iterator[Correction]:
    known = {c["id"]: c for c in form.get("content", {}).get("corrections", [])}
    for correction in present.content.corrections:
        if correction.redacted and not known.get(correction.id, {}).get("redacted"):
            yield correction


def removed_from(form: Form, now: Form, present: PublicReport) -> Form:
    """An earlier edition's data without what later corrections removed: the places that they name,
    and every other place where the same words or figures stand."""
    for correction in _later_redactions(form, present):
        notice = notice_of(correction)
        for place in _places(form, now, correction):
            form = _emptied(form, place, notice)
    return form


def notice_of(correction: Correction) -> str:
    """What stands where something was removed: when and why."""
    reason = correction.reason or word("ledger", "no_reason")
    return word("ledger", "removed").format(date=correction.date or "", reason=reason)


def _places(form: Form, now: Form, correction: Correction) -> list[str]:
    place = correction.place or ""
    secrets = secrets_of(form, now, place)
    told = (p for p, value in leaves(form.get("content", {})) if _tells(str(value), secrets))
    return list(dict.fromkeys([place, *map(lasting, told)]))


def _tells(text: str, secrets: Sequence[str]) -> bool:
    return any(secret in text for secret in secrets)


def secrets_of(form: Form, now: Form, place: str) -> list[str]:
    """What stood at a place of an earlier edition and stands there no longer: of each text that
    changed the part that is gone."""
    found = (c for c in differences(form, now) if f"{c.place}/".startswith(f"{place}/"))
    gone = (_gone(change) for change in found)
    return [text for text in gone if len(text) >= _SHORT]


def _gone(change: Change) -> str:
    """The part of the old text between what both begin and end with."""
    old = change.old
    start, end = differing(old, change.new)
    return old[start : len(old) - end].strip()


def _emptied(form: Form, place: str, notice: str) -> Form:
    content = restored(form)
    if content is None:
        return {**form, "content": {}, "withheld": {place: notice}}
    kept: Any = plain(without(content, place, notice))
    if place.startswith(("attachments", "original")):
        files = {n: sha for n, sha in form.get("files", {}).items() if n in str(kept)}
        form = {**form, "files": files}
    return {**form, "content": kept, "withheld": {**form.get("withheld", {}), place: notice}}
