"""8 release: a finished folder -> its manifest, and everything that keeps it from going live.

Every file is compared by size and hash with what was to be written, every link with what is there,
every report with the files that it has to have. One more thing to prove: a function of `_PROOFS`.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from evalpress.cache.kept import Kept
from evalpress.cache.store import program
from evalpress.findings import Finding, Level, Place, find
from evalpress.model import Key
from evalpress.release.deadlinks import Facts, dead, facts_of, has_facts
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import NAME, SUMS, Entry, Share, is_seal
from evalpress.search import text_path

_FOLDER, _FILE = 0o755, 0o644
_SHOWN = 100  # findings of one kind; one fault of a template stands on every page


@dataclass(frozen=True)
class Wanted:
    """What a site has to have: all `addresses`, the files of all `reports`, the `documents` that
    they are, nothing but live links. `expected` are hashes by path of what was to be written;
    `beside` are paths that others serve; what `kept` knows of a file is not read from it again;
    `shares` are the files that belong to a report."""

    addresses: Sequence[str] = ()
    reports: Sequence[Key] = ()
    documents: Sequence[str] = ()
    site_url: str = ""
    expected: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[str] = ()
    kept: Kept = field(default_factory=lambda: Kept(None))
    shares: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True)
class _Finished:
    folder: Path
    files: Mapping[str, Entry]
    wanted: Wanted


def file_of(address: str) -> str:
    """The file that an address is served from."""
    return address if address and not address.endswith("/") else f"{address}index.html"


def files_of(folder: Path, hashes: Hashes, mend: bool = True) -> dict[str, Entry]:
    """Every file of a finished folder with size and hash; to `mend` is to make all of them readable
    for a web server, whatever the umask was."""
    found: dict[str, Entry] = {}
    for entry, path in _walk(str(folder), ""):
        if mend:
            _make_readable(entry)
        if entry.is_file(follow_symlinks=False) and path not in (NAME, SUMS) and not is_seal(path):
            found[path] = hashes.of(entry.path, entry.stat(follow_symlinks=False))
    return found


def _walk(folder: str, before: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{before}{entry.name}"
            yield entry, path
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{path}/")


def _make_readable(entry: os.DirEntry[str]) -> None:
    mode = entry.stat(follow_symlinks=False).st_mode
    wanted = _FOLDER if stat.S_ISDIR(mode) else _FILE
    if not stat.S_ISLNK(mode) and mode & wanted != wanted:
        os.chmod(entry.path, stat.S_IMODE(mode) | wanted)


def verify(folder: Path, files: Mapping[str, Entry], wanted: Wanted) -> list[Finding]:
    """Everything that is wrong with a finished folder; a dead link alone is a warning."""
    finished = _Finished(folder, files, wanted)
    return [finding for proof in _PROOFS for finding in _first(proof(finished))]


def _first(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding, _ in zip(findings, range(_SHOWN), strict=False)]


def _as_written(site: _Finished) -> Iterator[Finding]:
    """Every file holds what was to be written; one of unknown origin is not empty."""
    for path, sha in site.wanted.expected.items():
        if path in site.files and site.files[path][1] != sha:
            yield find("file_differs", Place(path), found=site.files[path][0])
    for path in site.files.keys() - site.wanted.expected.keys():
        if site.files[path][0] == 0:
            yield find("file_differs", Place(path), found=0)


def _is_there(site: _Finished) -> Iterator[Finding]:
    """Every address has its file, every report its page, PDF, data and entry in the search."""
    addresses = [*site.wanted.addresses, *site.wanted.documents, *site.wanted.expected]
    addresses += [a for key in site.wanted.reports for a in _of_report(key)]
    for path in dict.fromkeys(map(file_of, addresses)):
        if path not in site.files and path not in site.wanted.beside:
            yield find("page_missing", Place(path))


def _of_report(key: Key) -> Iterator[str]:
    yield key.address
    yield f"{key.address}{key.name}.json"
    yield text_path(key.address)


def _has_one_owner(site: _Finished) -> Iterator[Finding]:
    """No two pages or files have the same address."""
    for path, count in Counter(map(file_of, site.wanted.addresses)).items():
        if count > 1:
            yield find("address_shared", Place(path), found=count)


def _leads_somewhere(site: _Finished) -> Iterator[Finding]:
    """Every link inside the site has a file and a place; every PDF opens and has pages."""
    paths = [path for path in sorted(site.files) if has_facts(path)]
    asked = {path: (_parts(site, path), partial(_read_facts, site, path)) for path in paths}
    kept = site.wanted.kept
    kept.get_ahead(asked.values())
    known: dict[tuple[str, str], tuple[str, str]] = {}
    facts = {path: Facts.from_bytes(kept.get(*one), known) for path, one in asked.items()}
    for path, one in facts.items():
        if one.broken:
            yield find("pdf_broken", Place(path))
    for path, link in dead(facts, [*site.files, NAME, SUMS], site.wanted.beside):
        yield find("link_dead", Place(path), Level.WARNING, found=link)


def _parts(site: _Finished, path: str) -> tuple[str, ...]:
    return ("facts", program(), path, site.files[path][1], site.wanted.site_url)


def _read_facts(site: _Finished, path: str) -> bytes:
    content = (site.folder / path).read_bytes()
    return facts_of(path, content, site.wanted.site_url).as_bytes()


_PROOFS: tuple[Callable[[_Finished], Iterator[Finding]], ...] = (
    _as_written, _is_there, _has_one_owner, _leads_somewhere,
)  # fmt: skip
