"""8 release: a site on its way: an empty folder beside the live one -> a release, live or ready.

A file that is the same as the live site's is not written but linked, so that a release costs what
changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from evalpress.cache.cachefiles import write_whole
from evalpress.findings import Finding, Place, Refused, blocking, find
from evalpress.release.admission import refuse_closed, try_disk, unwritable
from evalpress.release.folders import Layout, make_public
from evalpress.release.foreign import WINS, clashes, foreign, link_or_copy
from evalpress.release.hashes import Hashes
from evalpress.release.history import Kept, copy_release, prune, survivors
from evalpress.release.locking import exclusive
from evalpress.release.manifest import Entry, Manifest, read_manifest, write_manifest
from evalpress.release.records import Record
from evalpress.release.swapping import clear, complete, swap
from evalpress.release.verification import Wanted, files_of, verify


class Staged:
    """A site that is being built in `folder`, beside the live one."""

    def __init__(self, layout: Layout, hashes: Hashes) -> None:
        self.layout = layout
        self.folder = layout.new
        self.expected: dict[str, str] = {}
        self.won: list[str] = []
        self.warnings: list[Finding] = []
        self._shared: set[str] = set()
        self._hashes = hashes
        self._last = read_manifest(layout.live)

    def expect(self, path: str, content: bytes) -> None:
        """Say what a file holds that somebody else writes."""
        self.expected[path] = hashlib.sha256(content).hexdigest()

    def expect_copy(self, path: str, source: Path) -> None:
        """Say which file somebody else copies."""
        self.expected[path] = self._hashes.of(source)[1]

    def expect_same(self, path: str) -> None:
        """Say that a file is the live site's own."""
        if self._last and (found := self._last.files.get(path)):
            self.expected[path] = found[1]
            self._shared.add(path)

    def begin_apart(self) -> None:
        """In a copy of the process, only what is expected there is of interest."""
        self.expected = {}

    def hand_back(self) -> dict[str, str]:
        """What was expected in this copy of the process since this was last asked."""
        found, self.expected = self.expected, {}
        return found

    def take(self, found: Mapping[str, str]) -> None:
        """Expect what a copy of this process has written."""
        self.expected |= found

    def put(self, path: str, sha: str, fetch: Callable[[Path], None]) -> bool:
        """Put a file of this hash into the folder: the live site's where that has the same, else
        the one that `fetch` writes there; False where that is another. Raises what `fetch` does."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._share(path, sha):
            fetch(target)
            if self._hashes.of(target)[1] != sha:
                return False
        self.expected[path] = sha
        return True

    def take_back(self, below: str) -> None:
        """Take everything that was put below an address out of the folder again."""
        clear(self.folder / below)
        self.expected = {p: sha for p, sha in self.expected.items() if not p.startswith(below)}

    def _share(self, path: str, sha: str) -> bool:
        """Put the live site's file in the place of an equal one, if it has one that is whole."""
        last = self._last.files.get(path) if self._last else None
        source, target = self.layout.live / path, self.folder / path
        if last is None or last[1] != sha or self._hashes.known(source) != sha:
            return False
        if source.is_symlink():  # somebody's, in the place of the file
            return False
        if target.exists() and target.samefile(source):
            return True
        with suppress(OSError):
            part = target.with_name(".evalpress-part")
            os.link(source, part)
            os.replace(part, target)
            return True
        return False

    @cached_property
    def foreign(self) -> list[str]:
        """What others have put into the live folder, by path; it stays there."""
        return foreign(self.layout.live, self._last) if self._last else []

    def finish(self, wanted: Wanted, as_of: datetime, strict: bool = True) -> Manifest:
        """Verify every file and write the manifest. Raises Refused with all that is wrong; unless
        `strict`, what is only a warning is left in `warnings`."""
        beside = self.foreign
        files = files_of(self.folder, self._hashes)
        self._let_win(files)
        findings = self._clashes(files)
        findings += verify(
            self.folder, files, replace(wanted, expected=self.expected, beside=beside)
        )
        if blocking(findings, strict):
            raise Refused(findings)
        self.warnings = findings
        for path, (_, sha) in files.items():
            if path not in self._shared:
                self._share(path, sha)
        shares = {path: share for path, share in wanted.shares.items() if path in files}
        moment = as_of.isoformat(timespec="seconds")
        return self._listed(Manifest(files, moment, shares=shares))

    def _let_win(self, files: dict[str, Entry]) -> None:
        """Take out of the folder what the bureau has its own of."""
        self.won = [path for path in self.foreign if path in WINS and path in files]
        for path in self.won:
            del files[path]
            (self.folder / path).unlink()

    def _clashes(self, files: Mapping[str, Entry]) -> list[Finding]:
        live = self.layout.live
        found = clashes(self.foreign, live, Manifest(files))
        return [find("foreign_clash", Place(path), found=live) for path in found]

    def bring_back(self, kept: Kept, anew: Mapping[str, bytes] | None = None) -> Manifest:
        """Make the folder an earlier release, but for the files that are given `anew`. Raises
        Refused where that is no longer whole, or where others have put something in its place."""
        own = copy_release(kept, self.folder)
        files = dict(own.own_files)
        self._let_win(files)
        if findings := self._clashes(files):
            raise Refused(findings)
        for path, content in (anew or {}).items():
            target = self.folder / path
            target.unlink(missing_ok=True)  # the kept release has the same file
            write_whole(target, content)
            target.chmod(0o644)
            files[path] = self._hashes.of(target)
        return self._listed(replace(own, files=files))

    def _listed(self, own: Manifest) -> Manifest:
        """Write the manifest of the finished folder."""
        earlier = self._keep_earlier(own.files)
        files = {**own.files, **earlier}
        manifest = replace(own, files=files, earlier=frozenset(earlier))
        write_manifest(self.folder, manifest)
        self.folder.chmod(0o755)
        self._hashes.save()
        return manifest

    def lost(self, new: Manifest) -> list[str]:
        """The pages of the live site that the new one does not have."""
        return sorted(self._last.pages.keys() - new.pages.keys()) if self._last else []

    def _keep_earlier(self, files: Mapping[str, Entry]) -> dict[str, Entry]:
        """Let hashed files of the last release live one release longer; gives them."""
        last, live = self._last, self.layout.live
        found = {}
        for path in survivors(live, last, files) if last else ():
            target = self.folder / path
            make_public(target.parent)
            link_or_copy(live / path, target)
            found[path] = self._hashes.of(target)
        return found

    def is_live_already(self, new: Manifest) -> bool:
        """Whether the live site is the same, file by file, and nobody touched it."""
        live, last = self.layout.live, self._last
        if last is None or last.own_files != new.own_files:
            return False
        own = last.own_files.items()
        return all(self._hashes.known(live / path) == sha for path, (_, sha) in own)

    def go_live(self, went_live: datetime, keep: int, again: int | None = None) -> Record:
        """Swap, and keep this many earlier releases; `again` is the number of the one that comes
        back. Raises Refused where the system refuses."""
        return go_live(self.layout, self.folder, went_live, keep, again)

    def wait(self) -> None:
        """Put the finished site aside, for a later swap."""
        clear(self.layout.ready)
        os.rename(self.folder, self.layout.ready)


def go_live(
    layout: Layout, source: Path, went_live: datetime, keep: int, again: int | None = None
) -> Record:
    """Let a finished folder go live, and keep this many earlier releases. Raises Refused."""
    try:
        record = swap(layout, source, went_live.isoformat(timespec="seconds"), again)
        prune(layout, keep)
    except OSError as error:
        raise Refused([unwritable(layout, error)]) from None
    return record


@contextmanager
def stage(layout: Layout, hashes: Path | None = None) -> Iterator[Staged]:
    """An empty folder to build a site in, under the site's lock; what a killed run left is put in
    order first. Whatever is in the folder at the end is discarded.

    Raises Refused where another build runs, or where nothing can be written.
    """
    with exclusive(layout):
        try:
            complete(layout)
            layout.new.mkdir()
        except OSError as error:
            raise Refused([unwritable(layout, error)]) from None
        try:
            refuse_closed(layout)
            try_disk(layout)
            yield Staged(layout, Hashes(hashes))
        finally:
            clear(layout.new)
