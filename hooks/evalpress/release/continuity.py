"""8 release: the ledger on one side, the reports of a new site on the other -> the earlier editions
that the site shows, the addresses that lead on, and what is to be recorded once it is live."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evalpress.assess import Catalogue
from evalpress.cache.cachefiles import write_whole
from evalpress.cache.kept import Kept
from evalpress.files.attachments import (
    attachment_address,
    cover_address,
    document_address,
    document_name,
    file_names,
)
from evalpress.ledger import Ledger
from evalpress.ledger.editions import Editions, form_file
from evalpress.ledger.held import Recorded, addresses, recorded
from evalpress.ledger.ledgerfile import digest_of_ledger
from evalpress.ledger.past import (
    Past,
    document_of_edition,
    edition_key,
    lost,
    past_editions,
)
from evalpress.ledger.pending import Pending
from evalpress.ledger.publicform import Form, digest_of_form, public_form
from evalpress.ledger.recorded import Issued, Redaction, ReportEntry, Volume, Withdrawn
from evalpress.ledger.recording import Live, news, volume_news
from evalpress.model import Correction, Key, PublicReport
from evalpress.pages.described import corrected_on
from evalpress.pages.moved import LISTS
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import Manifest
from evalpress.settings import Settings


@dataclass(frozen=True)
class Continuity:
    """What the ledger has to do with a site of these reports; `files` lie beside them, by address,
    `live` is the site that readers have now."""

    ledger: Ledger
    root: Path
    settings: Settings
    catalogue: Catalogue
    files: Mapping[str, Path]
    live: Path | None = None

    @property
    def _editions(self) -> Editions:
        return Editions(self.root / self.settings.data_dir)

    @property
    def _cache(self) -> Path:
        return self.root / self.settings.cache_dir

    def _recorded(self, report: PublicReport) -> Recorded:
        """What the ledger holds of a report."""
        return recorded(self.ledger, report, self.catalogue.reference, self._editions)

    @cached_property
    def past(self) -> dict[Key, list[Past]]:
        """The earlier editions of the reports that have some."""
        found = {}
        for key, assessment in self.catalogue.assessments.items() if self.ledger else ():
            report = assessment.report
            found_in = self._recorded(report)
            if found_in.entry and found_in.entry.editions[0].number < report.content.version:
                found[key] = past_editions(found_in, report, self._form(report), self.live)
        return found

    @property
    def formerly(self) -> dict[str, str]:
        """The addresses under which the ledger knows reports that have moved since, by theirs."""
        reports = (one.report for one in self.catalogue.assessments.values())
        found = {report.key.address: self._recorded(report).address for report in reports}
        return {new: old for new, old in found.items() if old not in ("", new)}

    def _form(self, report: PublicReport) -> Form:
        return public_form(report, self.catalogue.reference, self._hashes_beside(report))

    def _hashes_beside(self, report: PublicReport) -> dict[str, str]:
        """The hash of every file of a report, by its name."""
        if attachment_address(report.key, "") not in self._folders:
            return {}
        names = set(file_names(report.content))
        found = {name: self.files.get(attachment_address(report.key, name)) for name in names}
        hashes = Hashes()
        return {name: hashes.of(path)[1] for name, path in found.items() if path}

    @cached_property
    def _folders(self) -> set[str]:
        """Where files of reports lie; most reports have none, and need not be walked for them."""
        return {f"{address.rpartition('/')[0]}/" for address in self.files}

    def files_of_editions(self) -> dict[str, Path]:
        """PDFs, files and data of the earlier editions, by address."""
        found: dict[str, Path] = {}
        for past in (one for editions in self.past.values() for one in editions):
            found |= past.files
            key = past.report.key
            path = self._cache / "editions" / f"{key.name}.json"
            write_whole(path, form_file(past.form))
            found[data_of_edition(key)] = path
        return found

    # --- addresses --------------------------------------------------------------------------

    def led_on(self, known: Mapping[str, str]) -> dict[str, str]:
        """Addresses of what was public, with where they lead: files that others took the place of,
        editions of a report that was withdrawn."""
        found = dict(self._former_files())
        for key, report in self.catalogue.withdrawn.items():
            entry = self._recorded(report).entry
            for edition in entry.editions[:-1] if entry else ():
                for below in ("", "changes/"):
                    found[f"{key.address}v{edition.number}/{below}"] = key.address
            found |= {f"{old}/": key.address for old in _documents_once(key, entry)}
        return {old: new for old, new in found.items() if old not in known}

    def emptied(self, pages: Collection[str]) -> dict[str, str]:
        """The lists that a site of these pages has nothing for since reports were withdrawn, with
        the page above each."""
        lists = dict.fromkeys(one for key in self.catalogue.withdrawn for one in self._lists(key))
        gone = [one for one in lists if one not in pages]
        return {one: above for one in gone if (above := _above(one, pages))}

    def _lists(self, key: Key) -> Iterator[str]:
        """The pages that followed from a report and others."""
        yield from (f"{above}{key.year}/" for above in ("years/", "problems/"))
        yield from (f"{above}{key.department}/" for above in LISTS)
        for other in (*self.catalogue.assessments, key):
            if other.department == key.department:
                yield f"{other.address}compare/"

    def _former_files(self) -> Iterator[tuple[str, str]]:
        for key, assessment in self.catalogue.assessments.items():
            yield from self._former_cover(assessment.report)
            for attachment in assessment.report.content.attachments:
                for name in attachment.former_files if attachment.file else ():
                    old = attachment_address(key, name)
                    if old not in self.files:
                        yield old, attachment_address(key, attachment.file or "")

    def _former_cover(self, report: PublicReport) -> Iterator[tuple[str, str]]:
        """Where the sheet for an original that is no PDF once had the report's own name."""
        name, entry = f"{report.key.name}.pdf", self._recorded(report).entry
        issued = {one.name for one in entry.latest.pdfs} if entry else set()
        is_there = self.settings.pdf and report.content.is_original_alone
        if is_there and name in issued - {document_name(report)}:
            yield f"{report.key.address}{name}", cover_address(report)

    # --- what is to be recorded -----------------------------------------------------------------

    def pending(
        self, manifest: Manifest, data_files: Mapping[str, Sequence[str]],
        volumes: Mapping[str, Volume], kept: Kept, parts_of: Callable[[Key], tuple[str, ...]],
    ) -> None:  # fmt: skip
        """Write what publishing this site will have to record; `data_files` are the addresses of
        those that belong to a report, by its own."""
        reports: dict[str, Live] = {}
        for key, assessment in self.catalogue.assessments.items():
            report = assessment.report
            beside = self._hashes_beside(report)
            made = _Made(report, self, beside, kept, parts_of(key))
            offered = _hashed(manifest, data_files.get(key.address, ()))
            reports[key.address] = self._live(made, manifest, offered)
        for key, report in self.catalogue.withdrawn.items():
            reports[key.address] = _withdrawn(report)
        found = Pending(
            manifest=manifest.digest, as_of=manifest.as_of,
            ledger=digest_of_ledger(self._editions.data_dir),
            reports=news(self.ledger, reports), volumes=volume_news(self.ledger, volumes),
            taken=tuple(self._taken()), lost=tuple(self._lost()),
            emptied=tuple(self._emptied()),
        )  # fmt: skip
        found.save(self._cache)

    def _live(self, made: _Made, manifest: Manifest, data_files: dict[str, str]) -> Live:
        report, content, key = made.report, made.report.content, made.report.key
        found_in, data = self._recorded(report), made.digest
        known = bool(found_in.entry and found_in.entry.latest.data == data)
        former = addresses(key, content.former_slugs, self.catalogue.reference)
        return Live(
            title=report.title, state=str(report.state), number=content.version,
            index_number=content.public_info.index_number or "",
            first_published=str(content.first_published or ""),
            corrected=str(corrected_on(report) or ""),
            public={} if known else made.form, data=data, is_new=not known,
            pdf=_issued(manifest, document_address(report)),
            cover=_issued(manifest, cover_address(report)),
            attachments={attachment_address(key, n): sha for n, sha in made.beside.items()},
            data_files=data_files, former=tuple(k.address for k in former if k != key),
            redactions={number: tuple(map(_redaction, c)) for number, c in self.removed(key)},
            earlier_files={
                past.edition.number: _hashed(manifest, [data_of_edition(past.report.key)])
                for past in self.past.get(key, ())
            },
        )  # fmt: skip

    def removed(self, key: Key) -> Iterator[tuple[int, Sequence[Correction]]]:
        """What is removed from each earlier edition of a report, by its number; where its data are
        lost, all that ever was."""
        assessment = self.catalogue.assessments[key]
        for past in self.past.get(key, ()):
            yield past.edition.number, past.removed
        report = assessment.report
        ever = [c for c in report.content.corrections if c.redacted]
        if ever:
            yield from ((number, ever) for number in lost(self._recorded(report), report))

    def _taken(self) -> Iterator[tuple[str, str]]:
        """The files of earlier editions that the ledger does not keep yet, from the live site."""
        for past in (one for editions in self.past.values() for one in editions):
            found_in = self._recorded(past.present)
            folder = found_in.editions.folder(past.present.key.address, past.edition.number)
            for issued in past.edition.pdfs[-1:]:
                if past.document and not (folder / issued.name).is_file():
                    yield str(folder / issued.name), str(past.files[past.document])
            for address, sha in past.edition.attachments.items():
                name = address.rpartition("/")[2]
                source = self.live / address if self.live else None
                changed = self._hashes_beside(past.present).get(name) != sha
                if changed and not past.removed and source and source.is_file():
                    yield str(folder / name), str(source)

    def _emptied(self) -> Iterator[tuple[str, int, Form]]:
        """The data of the editions from which something is removed, as they are kept from now."""
        for past in (one for editions in self.past.values() for one in editions):
            if past.removed and past.edition.kept != digest_of_form(past.form):
                yield past.present.key.address, past.edition.number, past.form

    def _lost(self) -> Iterator[str]:
        for past in (one for editions in self.past.values() for one in editions):
            if past.edition.pdfs and not past.document and not past.removed:
                yield past.report.key.address


def data_of_edition(key: Key) -> str:
    """The address of the public data of an earlier edition; `key` is the edition's own."""
    return f"{key.address}{key.name}.json"


def _redaction(correction: Correction) -> Redaction:
    when, why = str(correction.date or ""), correction.reason or ""
    return Redaction(correction=correction.id, date=when, reason=why)


def _hashed(manifest: Manifest, addresses: Sequence[str]) -> dict[str, str]:
    """The names of files by their hash."""
    return {manifest.files[a][1]: a.rpartition("/")[2] for a in addresses if a in manifest.files}


def _documents_once(key: Key, entry: ReportEntry | None) -> Iterator[str]:
    """Where the file that a report is once lay. A folder of that name is what any web server leads
    on to; no file may lie there."""
    if entry is None:
        yield f"{key.address}{key.name}.pdf"
        return
    for issued in (*entry.latest.pdfs, *entry.latest.covers):
        yield f"{key.address}{issued.name}"
    for edition in entry.editions[:-1]:
        for issued in edition.pdfs[-1:]:
            yield document_of_edition(edition_key(key, edition.number), issued)


def _issued(manifest: Manifest, address: str) -> Issued | None:
    found = manifest.files.get(address)
    return Issued(name=address.rpartition("/")[2], sha256=found[1]) if found else None


@dataclass(frozen=True)
class _Made:
    """The public data of a report with the hashes of its files (`beside`), made where nothing is
    kept that follows from `parts`, on which they depend."""

    report: PublicReport
    record: Continuity
    beside: Mapping[str, str]
    kept: Kept
    parts: tuple[str, ...]

    @property
    def _follows(self) -> tuple[str, ...]:
        return repr(sorted(self.beside.items())), *self.parts

    @cached_property
    def form(self) -> Form:
        """The data."""
        form: Form = json.loads(self.kept.get(("public form", *self._follows), self._packed))
        return form

    @property
    def digest(self) -> str:
        """Their hash."""
        made = self.kept.get(
            ("public digest", *self._follows), lambda: digest_of_form(self.form).encode()
        )
        return made.decode()

    def _packed(self) -> bytes:
        form = public_form(self.report, self.record.catalogue.reference, self.beside)
        return json.dumps(form, ensure_ascii=False).encode()


def _above(address: str, pages: Collection[str]) -> str:
    """The nearest page above an address; nothing where only the home page is."""
    steps = address.strip("/").split("/")
    found = ("/".join(steps[:depth]) + "/" for depth in range(len(steps) - 1, 0, -1))
    return next((page for page in found if page in pages), "")


def _withdrawn(report: PublicReport) -> Live:
    taken = report.content.withdrawal
    return Live(
        title=report.title, state=str(report.state), number=report.content.version,
        withdrawn=Withdrawn(
            date=str(taken.date) if taken else "", reason=taken.reason if taken else "",
            office=taken.office if taken else "",
        ),
    )  # fmt: skip


def keep_latest(ledger: Ledger, data_dir: Path, live: Path, new: Manifest) -> None:
    """Keep with the ledger the files of every present edition that lie in the live site, and not in
    the one that is about to take its place. Raises OSError."""
    editions, hashes = Editions(data_dir), Hashes()
    for address, entry in ledger.reports.items():
        latest = entry.latest
        issued = {f"{address}{one.name}": one.sha256 for one in latest.pdfs[-1:]}
        for path, sha in {**issued, **latest.attachments}.items():
            target = editions.folder(address, latest.number) / path.rpartition("/")[2]
            source, stays = live / path, new.files.get(path, (0, ""))[1] == sha
            is_known = not stays and not target.is_file() and source.is_file()
            if is_known and hashes.of(source)[1] == sha:
                write_whole(target, source.read_bytes())
                target.chmod(0o644)
