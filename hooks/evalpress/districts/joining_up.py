"""Settings -> the joint site, staged, verified and live: take the districts, write what is of the
joint site alone, hold every file and link against what is there, swap, drop what must not stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from evalpress.cache.kept import Kept
from evalpress.clock import now
from evalpress.districts import framing
from evalpress.districts.forgotten import forgotten
from evalpress.districts.joint_answers import joint_answers, own_answers
from evalpress.districts.joint_files import joint_feeds, joint_files
from evalpress.districts.joint_pages import DATA, NAVIGATION, JointSite, joint_pages
from evalpress.districts.joint_search import joint_search
from evalpress.districts.joint_settings import Joint
from evalpress.districts.origins import origin_of
from evalpress.districts.removed import holding, still_held
from evalpress.districts.taking_in import Intake, Part
from evalpress.findings import Finding, Place, Refused, find
from evalpress.pages.crawled import ROBOTS
from evalpress.pages.frame import Page, entry
from evalpress.release import DISK_ERRORS, Staged, Wanted, guard, stage, unwritable
from evalpress.release.history import find_release, forget, kept_releases
from evalpress.release.manifest import Manifest, Share, read_manifest
from evalpress.release.records import Record
from evalpress.release.sealing import seal
from evalpress.search import Entry, entry_of


@dataclass(frozen=True)
class Joined:
    """What came of it: the parts that the site has now, what somebody has to know, the record of
    the release (None where nothing was new), the numbers of releases that had to be dropped."""

    parts: Sequence[Part]
    findings: Sequence[Finding]
    record: Record | None = None
    dropped: Sequence[int] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether every district was taken as it is now, and still tells all that it told."""
        return not any(one.rule in _NOT_WHOLE for one in self.findings)


_NOT_WHOLE = (
    "district_again", "district_absent", "district_lost_reports", "district_forgot_files",
)  # fmt: skip


def join(joint: Joint, without: Sequence[str] = ()) -> Joined:
    """Join the districts and let the site go live. `without` are prefixes of districts that the
    live site has and that may go.

    Raises Refused, and leaves the live site as it was, where no district can be taken, where one
    would be lost, and where the site cannot be written or is not whole.
    """
    layout = joint.layout
    guard(layout, joint.root, [*joint.folders, joint.cache_dir], named_in=joint.file.name)
    with stage(layout, joint.cache_dir / "hashes.json") as staged:
        _refuse_lost(joint, without)
        try:
            return _joined(joint, staged)
        except OSError as error:
            if error.errno not in DISK_ERRORS:
                raise
            raise Refused([unwritable(layout, error)]) from None


def _refuse_lost(joint: Joint, without: Sequence[str]) -> None:
    """Raise Refused for districts that the live site has and the settings no longer name."""
    named = {one.prefix for one in joint.settings.districts} | {p.strip("/") for p in without}
    live = joint.layout.live
    own = read_manifest(live) or Manifest({})
    first = {path.partition("/")[0] for path in own.files if path.endswith("/manifest.json")}
    if lost := sorted(first - named):
        where = Place(joint.file.name, field="districts")
        raise Refused([find("district_lost", where, found=prefix) for prefix in lost])


def _joined(joint: Joint, staged: Staged) -> Joined:
    intake = Intake(staged, joint)
    parts, findings = _taken(joint, intake)
    if not parts:
        raise Refused(findings)
    with closing(Kept(joint.cache_dir / "joint.sqlite")) as kept:
        pages = _write(joint, staged, intake, parts, kept)
        manifest = staged.finish(_wanted(joint, parts, pages, kept), _moment(parts), strict=False)
    findings += _dead(staged.warnings, [part for part in parts if not intake.agrees(part)])
    record = None
    if not staged.is_live_already(manifest):
        if command := joint.settings.sign_command:
            seal(staged.folder, command, joint.root)
        record = staged.go_live(now(), joint.settings.releases_kept)
    return Joined(parts, findings, record, _drop_removed(joint, parts))


def _taken(joint: Joint, intake: Intake) -> tuple[list[Part], list[Finding]]:
    parts, findings = [], []
    for district in joint.settings.districts:
        part, told = intake.take(district, origin_of(district.folder, joint.root))
        parts += [part] if part else []
        findings += told
        if part and not part.again:
            findings += forgotten(joint.layout.live, part, joint.place(district))
    return parts, findings


def _moment(parts: Sequence[Part]) -> datetime:
    """The newest moment for which a district was built: the joint site follows from its districts
    alone, whenever it is joined."""
    moments = [datetime.fromisoformat(part.manifest.as_of) for part in parts]
    return max(moments, key=lambda moment: moment.timestamp())


def _write(
    joint: Joint, staged: Staged, intake: Intake, parts: Sequence[Part], kept: Kept
) -> list[Page]:
    """Write what is the joint site's own; gives its pages."""
    settings, site_url = joint.settings, joint.settings.site_url or ""
    site = JointSite(settings.title, settings.description or "", settings.districts, parts)
    feeds = {one.page: entry(one.title, one.address) for one in joint_feeds(site) if site_url}
    pages = [page.framed(feed=feeds.get(page.address)) for page in joint_pages(site)]
    around = framing.Surroundings(
        settings.title, site_url, settings.description or "", settings.site, NAVIGATION
    )
    agreeing = [part for part in parts if intake.agrees(part)]
    indexes = [(part.district.prefix, part.district.name, part.index) for part in parts]
    framed = around.pages(pages)
    told = {**framing.tables_of(pages), **joint_files(site, pages, site_url, agreeing)}
    files = {
        **framing.loaded(), **framing.pictures(joint.pictures), **framed, **told,
        **joint_search(indexes, kept, [*_entries(pages, framed)]),
        **joint_answers(parts, own_answers(told, pages, DATA), kept),
    }  # fmt: skip
    for path, content in files.items():
        target = staged.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        staged.expect(path, content)
    return pages


def _entries(pages: Sequence[Page], framed: Mapping[str, bytes]) -> Iterator[Entry]:
    """What the search finds of the joint site's own pages."""
    for page in pages:
        found = entry_of(framed[f"{page.address}index.html"].decode(), page.address)
        yield from [found] if found else []


def _wanted(joint: Joint, parts: Sequence[Part], pages: Sequence[Page], kept: Kept) -> Wanted:
    shares = {
        f"{part.district.below}{path}": Share(f"{part.district.below}{share.report}", share.edition)
        for part in parts
        for path, share in part.manifest.shares.items()
    }
    addresses = [*(page.address for page in pages), framing.MISSING, ROBOTS]
    site_url = joint.settings.site_url or ""
    return Wanted(addresses, site_url=site_url, kept=kept, shares=shares)


def _dead(findings: Sequence[Finding], elsewhere: Sequence[Part]) -> Iterator[Finding]:
    """Dead links, but for those of a district's own page for missing ones where it was built for
    another address: that is told already, and nobody is served it."""
    unserved = {f"{part.district.below}{framing.MISSING}" for part in elsewhere}
    yield from (one for one in findings if one.where.file not in unserved)


def _drop_removed(joint: Joint, parts: Sequence[Part]) -> list[int]:
    """Drop every kept release where one of them holds what a district has removed since, and all
    that is kept between runs; gives their numbers."""
    known = {
        (f"{part.district.below}{address}", name)
        for part in parts
        for address, name in part.account.removals
    }
    others = [one for one in kept_releases(joint.layout) if not one.is_live]
    if not known or not any(holding(others, known)):
        return []
    return forget(joint.layout, joint.cache_dir)


def bring_back(joint: Joint, number: int | None) -> tuple[int, Record]:
    """Let an earlier release of the joint site go live again; gives its number and the new record.
    Raises Refused where there is none, where it is no longer whole, or where it holds what its
    districts have withdrawn or removed since."""
    layout = joint.layout
    with stage(layout) as staged:
        kept = find_release(layout, number)
        prefixes = [one.prefix for one in joint.settings.districts]
        where = Place(str(kept.folder))
        if held := still_held(layout.live, kept, prefixes):
            raise Refused([
                find("release_holds_removed", where, found=address, title=title)
                for address, title in sorted(held.items())
            ])  # fmt: skip
        staged.bring_back(kept)
        if command := joint.settings.sign_command:
            seal(staged.folder, command, joint.root)
        again = kept.record.number
        return again, staged.go_live(now(), joint.settings.releases_kept, again)
