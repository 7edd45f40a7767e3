"""The pipeline as one object: what a host (MkDocs, the command line) needs of all the stages.

`make` runs 1 read to 4 write and refuses what must not be published; `Site.print` runs 5 print.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from evalpress import pdf
from evalpress.assess import Catalogue, assess
from evalpress.cache.ahead import ahead
from evalpress.cache.cachefiles import sweep
from evalpress.cache.inputs import (
    PACKAGE,
    LastBuild,
    Seen,
    look_at_site,
    now_ns,
)
from evalpress.cache.kept import Kept
from evalpress.cache.outputs import Outputs, Witness
from evalpress.cache.store import Store, digest, keep_under_hash, program, templates
from evalpress.checks.examining import read
from evalpress.clock import ordered
from evalpress.disclose.hashed import Public, public_hashes
from evalpress.disclose.public import disclose, withdrawn
from evalpress.exports import Exported, keep, lacks, of_report
from evalpress.exports.correction_register import ADDRESS as CORRECTIONS
from evalpress.exports.correction_register import correction_register
from evalpress.exports.coverage_register import ADDRESS as COVERAGE
from evalpress.exports.coverage_register import coverage_register
from evalpress.exports.feeds import all_feeds, as_atom
from evalpress.exports.grouping import all_groups
from evalpress.exports.groups import Bundle, Follows, Group, bundle, drop_others
from evalpress.exports.guide import ADDRESS as DATA_PAGE
from evalpress.exports.guide import data_page, offers
from evalpress.exports.interface import INDEX, index
from evalpress.exports.of_charts import keep_chart
from evalpress.exports.release_register import ADDRESS as RELEASES
from evalpress.exports.release_register import release_register
from evalpress.exports.shared_records import listed_indicators, shared_records
from evalpress.exports.shown import packed, unpacked
from evalpress.files.attachments import (
    Exchanged,
    attachment_address,
    document_address,
    file_names,
    hold,
    public_files,
    size_words,
)
from evalpress.files.originals import original_texts
from evalpress.findings import Finding, Level, Mistaken, Place, Refused, blocking, find, report
from evalpress.ledger import Ledger, Volume
from evalpress.ledger.known import FileKind, kind_of
from evalpress.ledger.past import Past
from evalpress.load import Loaded
from evalpress.model import Key, PublicReport, Reference, Report
from evalpress.pages import Rewriter, plan
from evalpress.pages.books import Book, all_books, edition
from evalpress.pages.cards import Card, keep_cards
from evalpress.pages.crawled import ROBOTS, UNLISTED, Located, dated, robots, site_maps
from evalpress.pages.described import dates, facts, subject
from evalpress.pages.frame import Frame, Link, Offer, Page, entry
from evalpress.pages.happened import happened_first
from evalpress.pages.meta_tags import Identity
from evalpress.pages.moved import keep_page, moved
from evalpress.pages.reports import saved_as
from evalpress.release import Layout, Staged, Wanted
from evalpress.release.continuity import Continuity, data_of_edition
from evalpress.release.folders import notes_folder
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import Manifest, Share
from evalpress.settings import Settings, SiteIdentity
from evalpress.text.markup import as_url, link
from evalpress.verify import Current, answers_of, keep_shards
from evalpress.wording import word, words

INTRO = "index.md"
# What a report's PDF carries of its data.
_TRAVELLING = (".json", ".csv")


@dataclass
class Site:
    """Everything that is to be published: pages, files by address, and where they came from."""

    settings: Settings
    root: Path
    catalogue: Catalogue
    pages: list[Page]
    files: dict[str, Path]
    findings: list[Finding] = field(default_factory=list)
    unseen: int = 0
    preview: bool = False
    printed: int = 0
    bound: int = 0
    stale: bool = False
    until: datetime | None = None
    due: dict[str, tuple[Page, str]] = field(default_factory=dict)
    state: State = field(default_factory=lambda: State.unkept())
    record: Continuity | None = None
    bundles: list[Bundle] = field(default_factory=list)

    @property
    def data_dir(self) -> Path:
        """The folder with the data."""
        return self.root / self.settings.data_dir

    @property
    def moment(self) -> datetime:
        """The moment that the site is built for."""
        return self.catalogue.as_of or self.settings.moment()

    def addresses(self) -> list[str]:
        """Every address that the site must have."""
        return [*(page.address for page in self.pages), *self.files]

    def wanted(self, site_url: str) -> Wanted:
        """What a finished folder must have before it goes live."""
        keys = list(self.catalogue.assessments)
        return Wanted(
            self.addresses(), keys, [*self._documents()], site_url, kept=self.state.kept,
            shares=dict(self._shares()),
        )  # fmt: skip

    def _documents(self) -> Iterator[str]:
        """The file that each report is."""
        for assessment in self.catalogue.assessments.values():
            if self.settings.pdf or assessment.report.content.is_original_alone:
                yield document_address(assessment.report)

    def _shares(self) -> Iterator[tuple[str, Share]]:
        """Every file that belongs to a report, with the report and its edition."""
        for page in self.pages:
            if (report := page.report) is None:
                continue
            share = Share(page.address, report.content.version)
            frame = page.frame
            documents = (frame.original, frame.pdf, *frame.data)
            offered = [offer.url for offer in documents if offer]
            names = [attachment_address(report.key, n) for n in self.state.file_names(report)]
            for path in (f"{page.address}index.html", *offered, *names):
                yield path, share

    def _kept_in(self, name: str) -> Path:
        """The cache folder of one sort of files; a preview has its own, for it shows drafts."""
        return self.root / self.settings.cache_dir / f"{name}{'-preview' * self.preview}"

    def export(self) -> None:
        """6 export: the data of every report as files beside its page."""
        if self.stale:
            return
        folder = self._kept_in("exports")
        new = [p for p in self.pages if p.report and self._lacks_exports(p.report.key)]
        ahead([partial(self._exported, page) for page in new], self.state.kept)
        self.pages = [
            page.framed(data=[self._offer(page, e, folder) for e in self._exported(page)])
            if page.report
            else page
            for page in self.pages
        ]
        sweep(folder, (self.files[e.url] for page in self.pages for e in page.frame.data))
        self._draw()
        self._take_tables()
        if not self.preview:
            self.bundles = self._bundled()
        self._offer_bundles()

    def _take_tables(self) -> None:
        """The tables that pages show, as files beside them."""
        folder = self._kept_in("shown")
        taken: dict[str, Path] = {}
        for page in self.pages:
            if page.report is None:
                made = partial(_shown, page)
                for name, content in unpacked(
                    self.state.kept.get(("shown", program(), page.text_hash), made)
                ).items():
                    address = f"{page.address}{name}"
                    taken[address] = keep_under_hash(folder, address, content)
        self.files |= taken
        sweep(folder, taken.values())

    def _bundled(self) -> list[Bundle]:
        """The files of every year and department and, for a publication, of everything."""
        folder = self.root / self.settings.cache_dir / "groups"
        if not self.state.shared:
            shutil.rmtree(folder, ignore_errors=True)
        past = self.record.past if self.record else {}
        groups = all_groups(
            self.catalogue, past, self._document_of, self.settings.data_licence,
            everything=ordered() is not None,
        )  # fmt: skip
        made = bundle({one: self._follows(one, past) for one in groups}, folder)
        drop_others(folder, made)
        return made

    def _follows(self, group: Group, past: Mapping[Key, Sequence[Past]]) -> Follows:
        """What the files of a group are made from."""
        keys = [one.assessment.key for one in group.reported]
        changed = ((one.edition, one.changes) for key in keys for one in past.get(key, ()))
        figures = [part for key in keys for part in self.state.figures_of(key)]
        texts = [part for key in keys for part in self.state.parts_of(key)]
        return Follows([*figures, repr([*changed])], texts)

    def _document_of(self, key: Key) -> bytes:
        return self.files[f"{key.address}{key.name}.json"].read_bytes()

    def _offer_bundles(self) -> None:
        """Put the files of the bundles on the site; the pages of the same reports offer them."""
        files = (file for one in self.bundles for file in one.files)
        self.files |= {file.address: file.path for file in files}
        offered = {one.group.page: one for one in self.bundles}
        self.pages = [
            page.framed(data=offers(found), data_day=found.day)
            if (found := offered.get(page.address)) and not page.report
            else page
            for page in self.pages
        ]
        self.pages.append(data_page(self.bundles, self.settings.data_licence))

    def _draw(self) -> None:
        """6 export: the charts of the pages as files."""
        folder = self._kept_in("charts")
        for page in self.pages:
            for chart in page.charts:
                self.files |= keep_chart(chart, folder)
        sweep(folder, set(self.files.values()))

    def _lacks_exports(self, key: Key) -> bool:
        return lacks(self.state.kept, self.state.parts_of(key))

    def _exported(self, page: Page) -> list[Exported]:
        assert page.report is not None
        key = page.report.key
        seen = self.catalogue.within([key], dated=False)
        return of_report(seen, seen.assessments[key], self.state.kept, self.state.parts_of(key))

    def _offer(self, page: Page, exported: Exported, folder: Path) -> Offer:
        """Put a file on the site and say how readers are offered it."""
        assert page.report is not None
        self.files[exported.address] = keep(exported, folder)
        return Offer(
            url=exported.address,
            download=f"{saved_as(page.report)}{exported.kind.suffix}",
            title=exported.kind.title,
            media_type=exported.kind.media_type,
            size=size_words(len(exported.content)),
        )

    def print(self, site_url: str, progress: pdf.Progress | None = None) -> None:
        """5 print: one PDF per report, beside its page, and the books of departments and years.
        A preview prints a PDF when somebody asks for it, and binds no books."""
        if self.stale:
            return
        if not self.settings.pdf:
            self.pages = [page.framed(pdf=None, books=()) for page in self.pages]
            return
        if self.preview:
            self.due = {
                page.frame.pdf.url: (page, site_url)
                for page in self.pages
                if page.report and page.frame.pdf
            }
            self.pages = [page.framed(books=()) for page in self.pages]
            return
        jobs = {
            page.frame.pdf.url: self._job(page, site_url)
            for page in self.pages
            if page.report and page.frame.pdf
        }
        books = self._book_jobs(site_url)
        cache_dir = self.root / self.settings.cache_dir / "pdf"
        workers, official = self.settings.pdf_workers, self._official_fonts
        with pdf.Press(
            cache_dir, workers, progress=progress, official_fonts=official, tls=self._tls
        ) as press:
            printed = press.print(list(jobs.values()))
            bound = press.bind(list(books.values()), printed)
        sweep(cache_dir, [*printed.values(), *bound.values()])
        self.printed, self.bound = press.printed, press.bound
        self.files |= {address: printed[job.name] for address, job in jobs.items()}
        self.files |= {address: bound[job.name] for address, job in books.items()}
        hashes = Hashes(cache_dir.with_name(f"{cache_dir.name}-hashes.json"))
        self.pages = [
            page.framed(
                pdf=page.frame.pdf and self._sized(page.frame.pdf),
                version=self._with_hash(page.frame, hashes),
                books=[self._sized(book) for book in page.frame.books if book.url in books],
            )
            for page in self.pages
        ]

        hashes.save()

    def _with_hash(self, frame: Frame, hashes: Hashes) -> Mapping[str, Any] | None:
        """What the frame says of the edition, with the hash of its main download."""
        main = frame.original or frame.pdf
        if frame.version is None or main is None:
            return frame.version
        return {**frame.version, "sha256": hashes.of(self.files[main.url])[1]}

    def print_on_demand(self, address: str) -> Path | None:
        """The PDF at this address of a preview, printed now if it is not there yet; None where
        there is none. Raises PrintFailed."""
        if address not in self.due:
            return None
        job = self._job(*self.due[address])
        cache_dir = self.root / self.settings.cache_dir / "preview"
        with pdf.Press(cache_dir, 1, official_fonts=self._official_fonts) as press:
            printed = press.print([job])[job.name]
        pdf.forget_others(printed)
        return printed

    def _sized(self, offer: Offer) -> Offer:
        return replace(offer, size=size_words(self.files[offer.url].stat().st_size))

    def feed(self, site_name: str, site_url: str) -> None:
        """6 export: what is new, as feeds, each beside the page that leads to it."""
        if self.stale:
            return
        folder = self._kept_in("feeds")
        links: dict[str, Link] = {}
        for feed in all_feeds(self.catalogue):
            content = as_atom(feed, site_name, site_url)
            self.files[feed.address] = keep_under_hash(folder, feed.address, content)
            links[feed.page] = entry(feed.title, feed.address)
        self.pages = [page.framed(feed=links.get(page.address)) for page in self.pages]
        feeds = {link["url"]: link["title"] for link in links.values()}
        told = self._interface(feeds, site_name, site_url) if self.bundles else {}
        self.files |= {name: keep_under_hash(folder, name, found) for name, found in told.items()}
        sweep(folder, (self.files[address] for address in (*feeds, *told)))

    def _interface(
        self, feeds: Mapping[str, str], site_name: str, site_url: str
    ) -> dict[str, bytes]:
        """6 export: what the interface says of the site as a whole, by address."""
        shared = shared_records(self.catalogue, self.state.kept, self.state.parts_of)
        known = self.catalogue.reference.common_indicators.values()
        registers = self._registers()
        more = {
            "site_url": site_url, **{Path(name).stem: name for name in registers},
            "indicators": [*listed_indicators(known, tuple(shared))],
        }  # fmt: skip
        content = index(self.bundles, feeds, site_name, self.settings.data_licence, **more)
        return {INDEX: content, **registers, **shared}

    def _registers(self) -> dict[str, bytes]:
        """What is due and public, and, where there is a ledger, what each release brought."""
        found = {
            COVERAGE: coverage_register(self.catalogue),
            CORRECTIONS: correction_register(self.catalogue),
        }
        if self.record and self.record.ledger:
            formerly = self.record.formerly
            found[RELEASES] = release_register(self.record.ledger, self.catalogue, formerly)
        return found

    def picture(self, site_name: str, site_url: str) -> None:
        """4 write: a picture for every report, which stands for it where its link is shared.
        Without an address nothing could name it, and a preview is not shared."""
        if self.stale or self.preview or not site_url:
            return
        folder = self.root / self.settings.cache_dir / "cards"
        cards = {
            page.report.key.name: self._card(page, page.report, site_name)
            for page in self.pages
            if page.report
        }
        drawn = keep_cards(cards, folder)
        self.pages = [self._pictured(page, drawn) for page in self.pages]
        sweep(folder, drawn.values())

    def _pictured(self, page: Page, drawn: Mapping[str, Path]) -> Page:
        if page.report is None:
            return page
        name = page.report.key.name
        self.files[address := f"{page.address}{name}.png"] = drawn[name]
        return page.framed(picture=address)

    def _card(self, page: Page, report: PublicReport, site_name: str) -> Card:
        said = happened_first(self.catalogue.assessments[report.key])
        note = page.frame.stamp or page.frame.provenance or {"word": ""}
        return Card(site_name, page.title, said, note["word"])

    def map(self, by_hand: Iterable[str], site_url: str) -> None:
        """4 write: sitemap.xml with every page, also those that were written `by_hand`, and every
        PDF; robots.txt. Without an address there is no sitemap: it names whole addresses."""
        if self.stale or self.preview:
            return
        folder = self.root / self.settings.cache_dir / "crawled"
        made = site_maps(self._located(by_hand), site_url) if site_url else {}
        for name, content in {**made, ROBOTS: robots(site_url)}.items():
            self.files[name] = keep_under_hash(folder, name, content)
        sweep(folder, (self.files[name] for name in (*made, ROBOTS)))

    def _located(self, by_hand: Iterable[str]) -> Iterator[Located]:
        for page in self.pages:
            if page.frame.kind not in UNLISTED:
                yield Located(page.address, page.updated)
                for offer in (page.frame.original, page.frame.pdf, *page.frame.books):
                    if offer and offer.url in self.files:
                        yield Located(offer.url, page.updated)
        yield from map(Located, by_hand)

    def keep_pending(self, manifest: Manifest) -> None:
        """Leave for `publish` what it records once this site is live."""
        if self.record:
            data, volumes, state = self._data_files(), self._volumes(self._known_hashes), self.state
            self.record.pending(manifest, data, volumes, state.kept, state.parts_of)

    def _data_files(self) -> dict[str, list[str]]:
        """The addresses of the files with a report's data, those of its tables and charts among
        them, by that of the report."""
        found: dict[str, list[str]] = {}
        for page in self.pages:
            if page.report and page.report.key in self.catalogue.assessments:
                found[page.address] = [offer.url for offer in page.frame.data]
        for address in self.files:
            folder, _, name = address.rpartition("/")
            beside = found.get(f"{folder}/", [])
            is_shown = name.endswith((".csv", ".svg")) and f"{folder}/" in found
            if is_shown and address not in beside:
                beside.append(address)
        return found

    def _volumes(self, hashes: Hashes) -> dict[str, Volume]:
        """The files that many reports have a share in, by address: books, sets of data, and what
        pages show as files."""
        found = {}
        for book in all_books(self.catalogue):
            if path := self.files.get(book.address):
                found[book.address] = Volume(
                    kind=FileKind.BOOK, title=book.title, page=book.page,
                    reports=tuple(part.key.address for part in book.parts),
                    issued={"": hashes.of(path)[1]},
                )  # fmt: skip
        for one in self.bundles:
            for file in one.files:
                found[file.address] = Volume(
                    kind=FileKind.COLLECTION, title=one.group.title, page=one.group.page,
                    issued={"": hashes.of(file.path)[1]},
                )  # fmt: skip
        return found | dict(self._of_pages(found, hashes))

    def _of_pages(
        self, known: Mapping[str, Volume], hashes: Hashes
    ) -> Iterator[tuple[str, Volume]]:
        """The tables, charts and feeds of pages that are no reports, and what the interface says of
        the site as a whole."""
        pages = {page.address: page for page in self.pages if page.report is None}
        past = self.record.past.values() if self.record else ()
        others = {address for editions in past for one in editions for address in one.files}
        for address, path in self.files.items():
            kind = kind_of(address)
            shown = DATA_PAGE if kind is FileKind.INTERFACE else f"{address.rpartition('/')[0]}/"
            page = pages.get(shown.lstrip("/"))
            if kind and page and address not in known and address not in others:
                sha = hashes.of(path)[1]
                yield (
                    address,
                    Volume(kind=kind, title=page.title, page=page.address, issued={"": sha}),
                )

    @property
    def _known_hashes(self) -> Hashes:
        known = self.root / self.settings.cache_dir / "issued.json"
        return Hashes(None if self.preview else known)

    def lead_on(self, identity: Identity) -> None:
        """4 write: every former address of a page leads to it, every file lies there as well."""
        if self.stale:
            return
        folder = self.root / self.settings.cache_dir / "moved"
        addresses = moved(self.catalogue, self.addresses())
        pages = {page.address for page in self.pages}
        if self.record:
            addresses |= self.record.led_on(addresses)
            addresses |= {o: n for o, n in self.record.emptied(pages).items() if o not in addresses}
        for old, new in addresses.items():
            if new in pages:
                self.files[f"{old}index.html"] = keep_page(folder, old, new, identity)
            else:
                self.files[old] = self.files[new]

    def vouch(self, site_name: str, by_hand: Mapping[str, Path]) -> None:
        """7 index: for every file that was ever issued, what it is, as files that a browser loads;
        files that lie there `by_hand`, by address, are known while they do. What a preview holds
        was not issued."""
        if self.stale:
            return
        hashes = self._known_hashes
        current = () if self.preview else self._issued(hashes, site_name, by_hand)
        ledger = self.record.ledger if self.record else Ledger()
        removed = self._removed() if ledger else {}
        answers = answers_of(ledger, current, f"{self.moment:%Y-%m-%d}", removed)
        hashes.save()
        folder = self._kept_in("verify")
        self.files |= keep_shards(folder, answers)

    def _removed(self) -> dict[tuple[str, int], tuple[str, str]]:
        """When and why something was removed last from earlier editions, by the report's address
        and the edition's number."""
        assert self.record is not None, "it has the ledger"
        return {
            (key.address, number): (str(corrections[-1].date or ""), corrections[-1].reason or "")
            for key in self.catalogue.assessments
            for number, corrections in self.record.removed(key)
            if corrections
        }

    def _issued(
        self, hashes: Hashes, site_name: str, by_hand: Mapping[str, Path]
    ) -> Iterator[Current]:
        """Every file of the site that somebody may keep and ask about."""
        for address, path in by_hand.items():
            sha, name = hashes.of(path)[1], Path(address).name
            yield Current(sha, FileKind.STATIC, name, address, site_name)
        for address, one in self._volumes(hashes).items():
            sha, kind, name = one.issued[""], FileKind(one.kind), Path(address).name
            leading = DATA_PAGE if kind is FileKind.COLLECTION else one.page
            yield Current(sha, kind, name, leading, one.title)
        yield from self._data_of_editions(hashes)
        data_files = self._data_files()
        for page in self.pages:
            if page.report and page.address in data_files:
                data = data_files[page.address]
                yield from self._issued_with(page, page.report, data, hashes)

    def _data_of_editions(self, hashes: Hashes) -> Iterator[Current]:
        """The public data of earlier editions, which stay at addresses of their own."""
        past = self.record.past.values() if self.record else ()
        for one in (one for editions in past for one in editions):
            address = data_of_edition(one.report.key)
            yield Current(
                hashes.of(self.files[address])[1], FileKind.DATA, Path(address).name,
                one.present.key.address, one.present.title, one.edition.number,
            )  # fmt: skip

    def _issued_with(
        self, page: Page, report: PublicReport, data_files: Iterable[str], hashes: Hashes
    ) -> Iterator[Current]:
        original, frame = report.content.original, page.frame
        kinds = dict.fromkeys(data_files, FileKind.DATA)
        printed = FileKind.COVER if frame.original else FileKind.PDF
        kinds |= {frame.pdf.url: printed} if frame.pdf else {}
        kinds |= {frame.original.url: FileKind.ORIGINAL} if frame.original else {}
        for name in self.state.file_names(report):
            own = original and name == original.file
            if not (own and frame.original):  # the report itself has its bytes
                address = attachment_address(report.key, name)
                kinds[address] = FileKind.ORIGINAL if own else FileKind.ATTACHMENT
        for address, kind in kinds.items():
            sha = hashes.of(path := self.files[address])[1]
            handed_in = kind in (FileKind.ATTACHMENT, FileKind.ORIGINAL)
            yield Current(
                sha, kind, Path(address).name, page.address, report.title, report.content.version,
                sealed=handed_in and self._is_sealed(sha, path),
            )  # fmt: skip

    def _is_sealed(self, sha: str, path: Path) -> bool:
        def found() -> bytes:
            from evalpress.files.sealed import is_sealed

            return b"1" if is_sealed(path.read_bytes()) else b"0"

        return self.state.kept.get(("sealed", program(), sha), found) == b"1"

    def outdated(self, refused: Refused) -> Site:
        """The same site for a preview whose data have since become wrong; every page says so."""
        first = blocking(refused.findings, self.settings.strict)[0]
        note = word("stamps", "stale", "note").format(first.where)
        stamp = {"word": word("stamps", "stale", "word"), "note": note}
        pages = [page.framed(stamp=stamp) for page in self.pages]
        return replace(self, pages=pages, findings=[], stale=True)

    def _job(self, page: Page, site_url: str) -> pdf.PrintJob:
        report = page.report
        assert report is not None
        provenance, stamp, tags = page.frame.provenance, page.frame.stamp, page.frame.tags
        base = site_url.rstrip("/") + "/" + page.address if site_url else ""
        origin = [f"{provenance['word']}：{provenance['note']}"] if provenance else []
        assessment = self.catalogue.assessments[report.key]
        return pdf.PrintJob(
            name=report.key.name,
            title=report.title,
            markdown=page.markdown,
            author=tags.get("ContentSource", ""),
            description=subject(assessment),
            keywords=tuple(tags["Keywords"].split(",")),
            base_url=base,
            origin="　".join(origin),
            stamp=stamp["word"] if stamp else "",
            pictures=tuple(
                (as_url(link(page.address, address)), str(self.files[address]))
                for address in page.pictures
            ),
            data=(*self._original_inside(page), *self._data_inside(page.frame)),
            facts=facts(report),
            dates=dates(report),
            sources=tuple(self._sources(report)),
            cover=self._cover(report),
            imprint_last=self.settings.pdf_imprint == "last",
            official_fonts=self._official_hash,
        )

    @property
    def _tls(self) -> pdf.Tls | None:
        own = self.settings.pdf_tls
        return pdf.Tls(*(self.root / name for name in (own.ca, own.cert, own.key))) if own else None

    @property
    def _official_fonts(self) -> Path | None:
        return self.root / self.settings.pdf_fonts if self.settings.pdf_fonts else None

    @cached_property
    def _official_hash(self) -> str:
        return pdf.official_fingerprint(self._official_fonts) if self._official_fonts else ""

    def _original_inside(self, page: Page) -> Iterator[pdf.Data]:
        """The original of a report that is nothing else, with its hash."""
        original = page.report.content.original if page.report else None
        if page.frame.original and page.report and original:
            path = self.files[page.frame.original.url]
            sha = hashlib.sha256(path.read_bytes()).hexdigest()
            title = word("original", "inside").format(sha)
            address = attachment_address(page.report.key, original.file)
            leading = as_url(link(page.address, address))
            yield pdf.Data(original.file, title, str(path), is_source=True, link=leading)

    def _data_inside(self, frame: Frame) -> Iterator[pdf.Data]:
        """The files with data that a PDF carries, in the order of their addresses."""
        for offer in sorted(frame.data, key=attrgetter("url")):
            if offer.url.endswith(_TRAVELLING):
                yield pdf.Data(Path(offer.url).name, offer.title, str(self.files[offer.url]))

    def _cover(self, report: PublicReport) -> tuple[str, ...] | None:
        """What stands below the title on the cover; None where the outline wants no cover."""
        outline = self.catalogue.reference.outline_of(report.content, report.key, report.kind)
        if not (outline and outline.cover):
            return None
        signature = report.content.signature
        signed = (signature.office, signature.date) if signature else ()
        name = self.catalogue.assessments[report.key].department_name
        return tuple(str(line) for line in signed if line) or (name,)

    def _sources(self, report: PublicReport) -> Iterator[tuple[str, str]]:
        """The data files whose text a report may show."""
        own = self.data_dir / "reports" / f"{report.key.address.strip('/')}.yml"
        for path in (own, *self._shared_sources):
            yield path.relative_to(self.root).as_posix(), str(path)

    @cached_property
    def _shared_sources(self) -> list[Path]:
        return sorted(self.data_dir.glob("*.yml"))

    def _book_jobs(self, site_url: str) -> dict[str, pdf.BookJob]:
        """What is to be bound, by address."""
        return {book.address: _book_job(book, site_url) for book in all_books(self.catalogue)}

    def summary(self, live: Path, indexed: int, seconds: float) -> str:
        """What was made, in how long, and where to open it."""
        keys = self.catalogue.assessments
        made = word("summary", "made").format(
            reports=len(keys), departments=len({k.department for k in keys}),
            years=len({k.year for k in keys}), pdfs=sum(1 for p in self.pages if p.frame.pdf),
            printed=self.printed, books=sum(len(p.frame.books) for p in self.pages),
            bound=self.bound, indexed=indexed, seconds=seconds,
        )  # fmt: skip
        unseen = word("summary", "unseen").format(self.unseen) if self.unseen else ""
        warnings = sum(finding.level is Level.WARNING for finding in self.findings)
        unsigned = f"\n{word('summary', 'unsigned').format(warnings)}" if warnings else ""
        shown = word("summary", "open").format(live / "index.html", live.name)
        return f"{made}{unseen}{unsigned}\n{shown}"


def _shown(page: Page) -> bytes:
    return packed(page.markdown)


def _book_job(book: Book, site_url: str) -> pdf.BookJob:
    provenance = book.provenance
    address = f"{site_url.rstrip('/')}/{book.page}" if site_url else ""
    lines = [*book.lines, word("books", "address").format(address) if address else ""]
    lines.append(provenance["note"] if provenance else "")
    parts = (pdf.BookPart(p.key.name, p.report.title, edition(p.report)) for p in book.parts)
    return pdf.BookJob(
        name=book.name, title=book.title, heading=book.heading, parts=tuple(parts),
        subtitle=book.subtitle, authors=book.authors, description="".join(book.lines),
        keywords=book.keywords, dates=book.dates,
        stamp=provenance["word"] if provenance else "", lines=tuple(filter(None, lines)),
    )  # fmt: skip


def make(
    settings: Settings,
    root: Path,
    docs_dir: Path,
    preview: bool = False,
    live: Path | None = None,
) -> Site:
    """The whole site but for the PDFs; files of earlier editions that the ledger does not keep yet
    are taken from the `live` folder. Raises Refused with all findings when one of them blocks."""
    loaded, examination = read(settings, root)
    findings = examination.open
    if blocking(findings, settings.strict):
        raise Refused(findings)
    state = State.of(loaded, settings, root, preview)
    reports = _without_mistakes(loaded.reports, findings)
    made = compose(
        settings, root, reports, loaded.reference, docs_dir, preview, state,
        checked=examination.digests, ledger=examination.ledger, live=live,
    )  # fmt: skip
    return replace(made, findings=findings, until=_until(settings, loaded.reports))


def _without_mistakes(reports: Sequence[Report], findings: Iterable[Finding]) -> list[Report]:
    """All but the drafts that have an error: no preview can be relied on to show these."""
    wrong = {finding.where.file for finding in findings if finding.level is Level.ERROR}
    return [report for report in reports if report.source not in wrong]


def _until(settings: Settings, reports: Iterable[Report]) -> datetime | None:
    """The moment from which the same data make another site: midnight, because days late are
    counted, or the next publication; None where `as_of` is set."""
    if settings.as_of:
        return None
    now = settings.moment()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    published = (report.content.first_published for report in reports)
    return min([midnight, *(moment for moment in published if moment and moment > now)])


@dataclass(frozen=True)
class State:
    """What was read, as hashes, and the results that are kept for it."""

    kept: Kept
    reports: Mapping[Key, Public]
    shared: str

    @classmethod
    def of(cls, loaded: Loaded, settings: Settings, root: Path, preview: bool) -> State:
        """The state of the data that were read. A preview keeps its results apart, because they
        show drafts."""
        kept = Kept(root / settings.cache_dir / f"pages{'-preview' * preview}.sqlite")
        reports = public_hashes(loaded, kept)
        own = {report.source for report in loaded.reports}
        others = [s.digest for name, s in sorted(loaded.sources.items()) if name not in own]
        said = settings.model_dump_json(exclude={"as_of"})
        return cls(kept, reports, digest(program(), templates(), said, str(preview), *others))

    @classmethod
    def unkept(cls) -> State:
        """Keeps nothing."""
        return cls(Kept(None), {}, "")

    def parts_of(self, key: Key) -> tuple[str, ...]:
        """What everything that is made of one report alone follows from."""
        found = self.reports.get(key)
        return (self.shared, key.address, found.whole if found else "")

    def figures_of(self, key: Key) -> tuple[str, ...]:
        """The same of what shows no texts of the report."""
        found = self.reports.get(key)
        return (self.shared, key.address, found.without_texts if found else "")

    def file_names(self, report: PublicReport) -> list[str]:
        """The names of the files that a report names."""

        def found() -> bytes:
            return json.dumps([*file_names(report.content)]).encode()

        return [*json.loads(self.kept.get(("files", *self.parts_of(report.key)), found))]

    @property
    def rewriter(self) -> Rewriter:
        """Writes the pages of which something changed."""
        return Rewriter(self.kept, self.reports, self.shared)


class Inputs:
    """All that a build reads, seen before it reads anything: data, `read` (folders of the host),
    fonts, the program; `words` are the host's options, with our settings among them."""

    def __init__(
        self, settings: Settings, root: Path, read: Sequence[Path], words: str, layout: Layout
    ) -> None:
        self._cache_dir = root / settings.cache_dir
        self._last = LastBuild(self._cache_dir)
        fonts = [root / settings.pdf_fonts] if settings.pdf_fonts else []
        notes = notes_folder(self._cache_dir)
        folders = [*read, root / settings.data_dir, PACKAGE, *fonts, notes]
        left = (layout.new, layout.old, layout.ready)
        self._seen = Seen(folders, left, self._cache_dir)
        self._words, self._moment, self._live = words, settings.moment(), layout.live

    def outputs(self, folder: Path, witness: Witness) -> Outputs:
        """The files of the next site, which is built in `folder`; `witness` is told of each."""
        found = look_at_site(self._live, now_ns(self._cache_dir))
        return Outputs(folder, self._live, self._last.held(found, self._live), witness)

    def keep(self, made: Site, outputs: Outputs) -> None:
        """Write down that the live folder has just been made of these inputs, and what the next
        build has to say where nothing changes: the open findings again, and that."""
        span = self._moment.isoformat(), made.until.isoformat() if made.until else None
        found = report(made.findings, hints=False) if made.findings else ""
        done = word("summary", "unchanged").format(self._live / "index.html")
        said = "\n".join(filter(None, (found, done)))
        live = look_at_site(self._live, now_ns(self._cache_dir))
        self._last.keep(self._words, self._seen, self._live, live, span, said, outputs.follows)


def compose(
    settings: Settings,
    root: Path,
    reports: Sequence[Report],
    reference: Reference,
    docs_dir: Path,
    preview: bool = False,
    state: State | None = None,
    checked: Mapping[Path, str] | None = None,
    ledger: Ledger | None = None,
    live: Path | None = None,
) -> Site:
    """The site of these reports, all of which have passed the checks; with a `state` of what was
    read, what did not change is taken as kept. With the digests of the files that were `checked`,
    these very bytes are published; raises Refused where a file has become another. What the
    `ledger` knows of earlier editions is shown beside the reports."""
    as_of = settings.moment()
    public = disclose(reports, reference, as_of, preview)
    catalogue = assess(public, reference, as_of, withdrawn(reports, reference, as_of))
    state = state or State.unkept()
    files = public_files(public, root / settings.data_dir, state.file_names)
    if checked is not None:
        held = root / settings.cache_dir / f"attachments{'-preview' * preview}"
        files = _held(files, checked, held)
    intro = docs_dir / INTRO
    text = intro.read_text(encoding="utf-8") if intro.is_file() else ""
    store = Store(root / settings.cache_dir / f"originals{'-preview' * preview}.pickle")
    texts = original_texts(public, files, store)
    store.save()
    files |= {
        document_address(report): files[attachment_address(report.key, original.file)]
        for report in public
        if (original := report.content.original) and report.content.is_original_alone
    }
    record = Continuity(ledger or Ledger(), root, settings, catalogue, files, live)
    sizes = {address: path.stat().st_size for address, path in files.items()}
    planned = plan(catalogue, text, sizes, texts, settings.rankings, record.past)
    pages = [*dated(state.rewriter.pages(planned, catalogue), catalogue)]
    unseen = len(reports) - len(public)
    files |= record.files_of_editions()
    return Site(
        settings, root, catalogue, pages, files, [], unseen, preview, state=state, record=record
    )


def _held(files: dict[str, Path], checked: Mapping[Path, str], folder: Path) -> dict[str, Path]:
    try:
        return hold(files, checked, folder)
    except Exchanged as exchanged:
        places = [Place(path.as_posix()) for path in exchanged.paths]
        raise Refused([find("attachment_exchanged", place) for place in places]) from None


def strict_words(counts: Iterable[Any]) -> str:
    """Why a strict build stops, in words for the log."""
    said = "、".join(f"{name} {count}" for name, count in counts)
    return word("summary", "strict").format(said)


def collision_words(source: str) -> str:
    """What to do with a hand-written file that has the address of a generated one."""
    return word("summary", "collision").format(source)


def release_words(staged: Staged, made: Site, manifest: Manifest) -> Iterator[str]:
    """What somebody should know before this site goes live, in words for the log."""
    said = words("release")
    if beside := staged.foreign:
        yield said["foreign"].format(_names(beside))
    if staged.won:
        yield said["won"].format(_names(staged.won))
    if made.settings.as_of and ordered() is None:
        yield said["as_of"].format(made.settings.as_of)
    if not made.catalogue.assessments:
        yield said["no_reports"]
    if made.settings.data_licence is None:
        yield word("groups", "no_licence")
    if lost := staged.lost(manifest):
        yield said["lost"].format(len(lost), _names(lost))


def host_words(site_url: str, directories: bool, identity: SiteIdentity) -> Iterator[str]:
    """What somebody should know of the host's own settings, and of the site's duties that are not
    met. Raises Mistaken for addresses that are no folders: every report's is one, for good."""
    if not directories:
        raise Mistaken(word("summary", "flat"))
    if not site_url:
        yield word("summary", "no_site_url")
    for name in identity.missing():
        yield word("summary", "duty").format(name, word("duties", name))


def same_words() -> str:
    """That nothing had to be put in place."""
    return word("release", "same")


def _names(paths: Sequence[str]) -> str:
    shown = "、".join(path.encode(errors="replace").decode() for path in paths[:10])
    return shown + " …" * (len(paths) > 10)
