"""A district's finished site -> its files below its prefix in the joint one, each proved against
the district's manifest; where that cannot be done, those of the joint site as it is live.

What is the same as in the live site is linked, not copied again. Files that the manifest does not
name are nobody's here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from evalpress.districts.accounts import NEEDED, Account, Unread, read_account
from evalpress.districts.joint_search import NotJoinable, OwnIndex, read_index_of
from evalpress.districts.joint_settings import District, Joint
from evalpress.districts.origins import Folder, NotThere, Origin
from evalpress.findings import Finding, Level, Refused, find
from evalpress.release import Staged
from evalpress.release.manifest import (
    NAME,
    SUMS,
    Manifest,
    parse_manifest,
    read_manifest,
    read_sums,
)
from evalpress.verify.copies import SEALS

T = TypeVar("T")
_TRIES = 2  # a site that is exchanged while it is read is whole the next time


@dataclass(frozen=True)
class Part:
    """A district in the joint site: what it tells, its index, and whether it is the last good one
    again; `folder` is where its files lie until the site goes live."""

    district: District
    account: Account
    index: OwnIndex
    folder: Path
    again: bool = False

    @property
    def manifest(self) -> Manifest:
        """What it consists of."""
        return self.account.manifest


@dataclass(frozen=True)
class Intake:
    """Takes the districts of a joint site into a staged one."""

    staged: Staged
    joint: Joint

    @property
    def _site_url(self) -> str:
        """The joint site's address, with a slash at its end; "" where it has none."""
        return f"{(self.joint.settings.site_url or '').rstrip('/')}/".lstrip("/")

    def take(self, district: District, origin: Origin) -> tuple[Part | None, list[Finding]]:
        """The district as its origin has it, or as it is live; None where there is neither. With
        what somebody has to know of it."""
        try:
            part = self._taken(district, origin)
            return part, [*self._told(part)]
        except Refused as refused:
            kept = self._again(district)
            rule = "district_again" if kept else "district_absent"
            told = find(rule, self.joint.place(district), Level.WARNING, found=district.name)
            return kept, [*refused.findings, told]

    def _again(self, district: District) -> Part | None:
        live = self.staged.layout.live / district.prefix
        if read_manifest(live) is None:
            return None
        with suppress(Refused):
            return self._taken(district, Folder(live), again=True)
        return None

    def _taken(self, district: District, origin: Origin, again: bool = False) -> Part:
        """Raises Refused, and leaves nothing of it, where the site is not whole or not readable."""
        for tried in range(_TRIES):
            try:
                return self._read(district, self._placed(district, origin), again)
            except Refused:
                self.staged.take_back(district.below)
                if tried + 1 == _TRIES:
                    raise
        raise AssertionError("it is taken or refused")

    def _placed(self, district: District, origin: Origin) -> Manifest:
        content = self._asked(district, origin.manifest)
        manifest = parse_manifest(content)
        if manifest is None or not all(map(_is_inside, manifest.files)):
            raise self._refusal("district_foreign", district, found=NAME)
        if older := [path for path in NEEDED if path not in manifest.files]:
            found = "、".join(older)
            raise self._refusal("district_older", district, found=found, program=manifest.program)
        for path, (size, sha) in manifest.files.items():
            fetch = partial(self._fetch, district, origin, path, size)
            if not self.staged.put(f"{district.below}{path}", sha, fetch):
                raise self._refusal("district_damaged", district, found=path)
        for name, text in ((NAME, content), *self._sealed(district, origin, manifest)):
            path = f"{district.below}{name}"
            (self.staged.folder / path).write_bytes(text)
            self.staged.expect(path, text)
        return manifest

    def _sealed(
        self, district: District, origin: Origin, manifest: Manifest
    ) -> Iterator[tuple[str, bytes]]:
        """The district's own sums and what it signed them with, so that its part can be verified by
        itself."""
        sums = self._asked(district, partial(origin.beside, SUMS)) or manifest.sums()
        if read_sums(sums) != read_sums(manifest.sums()):
            raise self._refusal("district_damaged", district, found=SUMS)
        yield SUMS, sums
        for ending in SEALS:
            if seal := self._asked(district, partial(origin.beside, f"{SUMS}.{ending}")):
                yield f"{SUMS}.{ending}", seal

    def _fetch(
        self, district: District, origin: Origin, path: str, size: int, target: Path
    ) -> None:
        self._asked(district, partial(origin.fetch, path, size, target))

    def _asked(self, district: District, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except NotThere as error:
            raise self._refusal("district_not_there", district, found=error) from None

    def _read(self, district: District, manifest: Manifest, again: bool) -> Part:
        folder = self.staged.folder / district.prefix
        try:
            account = read_account(folder, manifest)
            index = read_index_of(folder, account.names, manifest)
        except (Unread, NotJoinable) as error:
            raise self._refusal(
                "district_unread", district, found=error, program=manifest.program
            ) from None
        if not again and self._is_elsewhere(district, account.site_url):
            raise self._refusal(
                "district_elsewhere", district, found=account.site_url, wanted=self._own(district)
            )
        return Part(district, account, index, folder, again)

    def _own(self, district: District) -> str:
        """The address that the district has on the joint site."""
        return f"{self._site_url}{district.below}" if self._site_url else ""

    def _is_elsewhere(self, district: District, site_url: str) -> bool:
        """Whether it was built for the place of another district of this site."""
        root, found = self._site_url, f"{site_url.rstrip('/')}/"
        return bool(root) and found.startswith(root) and found not in (self._own(district), root)

    def agrees(self, part: Part) -> bool:
        """Whether a district was built for its place on this site."""
        own = self._own(part.district)
        return bool(own) and f"{part.account.site_url.rstrip('/')}/" == own

    def _told(self, part: Part) -> Iterator[Finding]:
        """What its pages, PDFs and feeds say wrongly, or cannot say."""
        if self._site_url and not self.agrees(part):
            found = part.account.site_url
            rule = "district_address" if found else "district_no_address"
            wanted = self._own(part.district)
            where = self.joint.place(part.district)
            yield find(
                rule, where, Level.WARNING, found=found, wanted=wanted, name=part.district.name
            )

    def _refusal(self, rule: str, district: District, **values: Any) -> Refused:
        own: dict[str, Any] = {"name": district.name, "folder": district.folder}
        return Refused([find(rule, self.joint.place(district), Level.WARNING, **own, **values)])


def _is_inside(path: str) -> bool:
    """Whether a path stays below the folder that it starts from."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and path != ""
