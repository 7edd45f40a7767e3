"""Files beside the reports: which of them are public, their addresses on the site, and copies that
nobody can exchange between the check and the publication."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evalpress.cache.cachefiles import sweep, write_whole
from evalpress.model import Key, Picture, PublicReport
from evalpress.model.values import Frozen, parts


def attachment_address(key: Key, name: str) -> str:
    """The address of an attachment; all documents of a department and year share one folder."""
    return f"{key.department}/{key.year}/attachments/{name}"


def document_name(report: PublicReport) -> str:
    """The name of the file that is the report: of its PDF, or of its original byte for byte where
    that is all there is."""
    original = report.content.original if report.content.is_original_alone else None
    ending = original.file.rpartition(".")[2].lower() if original else "pdf"
    return f"{report.key.name}.{ending}"


def document_address(report: PublicReport) -> str:
    """The address of the file that is the report."""
    return f"{report.key.address}{document_name(report)}"


def cover_address(report: PublicReport) -> str:
    """The address of the sheet that the program prints for an original."""
    return f"{report.key.address}{report.key.name}-cover.pdf"


def attachment_folder(data_dir: Path, key: Key) -> Path:
    """Where the files of a department and year lie."""
    return data_dir / "attachments" / key.department / str(key.year)


def leads_out(folder: Path) -> bool:
    """True where `attachment_folder`, or a folder above it, is a link out of the data folder."""
    data_dir = folder.parents[2].resolve()
    return not folder.resolve().is_relative_to(data_dir)


def is_own_file(folder: Path, name: str) -> bool:
    """True where a folder has a file of this name that is no link; names that no file can have are
    another rule's."""
    path = folder / name
    try:
        return path.name == name and path.is_file() and not path.is_symlink()
    except OSError:  # too long
        return False


def digest_of(content: bytes) -> str:
    """What tells one content of a file from every other: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def contents(folder: Path) -> dict[str, str]:
    """The digest of every file of an attachment folder by its name, "" for what is no file of its
    own; nothing where the folder is missing or leads out."""
    if not folder.is_dir() or leads_out(folder):
        return {}
    return {entry.name: _digest_at(entry) for entry in sorted(folder.iterdir())}


def _digest_at(path: Path) -> str:
    try:
        return "" if path.is_symlink() or not path.is_file() else digest_of(path.read_bytes())
    except OSError:
        return ""


class Exchanged(Exception):
    """Files that are no longer what was checked; `paths` says which."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__(*paths)
        self.paths = paths


def hold(files: Mapping[str, Path], checked: Mapping[Path, str], folder: Path) -> dict[str, Path]:
    """Copies of these files in a folder of the program's own, by the same addresses: the very bytes
    whose digest was `checked`. Raises Exchanged with all files that have become others."""
    held = {address: _held(path, checked.get(path, ""), folder) for address, path in files.items()}
    if exchanged := [path for address, path in files.items() if held[address] is None]:
        raise Exchanged(exchanged)
    kept = {address: path for address, path in held.items() if path}
    sweep(folder, kept.values())
    return kept


def _held(path: Path, digest: str, folder: Path) -> Path | None:
    """The copy of a file; None where its bytes are not those that were checked."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if digest_of(content) != digest:
        return None
    target = folder / f"{digest}{path.suffix.lower()}"
    if _digest_at(target) != digest:
        write_whole(target, content)
    return target


def public_files(
    reports: Iterable[PublicReport],
    data_dir: Path,
    names: Callable[[PublicReport], Iterable[str]] = lambda report: file_names(report.content),
) -> dict[str, Path]:
    """Every file that a public report names, by its address; nothing else is public. `names` may
    know the names of a report's files already."""
    return {
        attachment_address(report.key, name): attachment_folder(data_dir, report.key) / name
        for report in reports
        for name in names(report)
    }


def file_names(node: Any) -> Iterator[str]:
    """The names of all attachments, originals and pictures in a report."""
    if isinstance(node, Picture):
        yield node.picture
        return
    if isinstance(node, Frozen) and (own := node.__dict__.get("file")):
        yield own
    for child in parts(node):
        yield from file_names(child)


def picture_names(node: Any) -> Iterator[str]:
    """The names of the pictures that a report's text shows."""
    if isinstance(node, Picture):
        yield node.picture
    for child in parts(node):
        yield from picture_names(child)


def size_words(size: int) -> str:
    """A file size in bytes for readers: `312 KB`, `1.4 MB` (KB of 1,000 bytes)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
