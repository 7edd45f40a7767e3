"""Files with metadata -> the same files without: authors, offices, places and devices are removed.

Only what nobody wrote on purpose goes. Comments, revisions, hidden sheets and embedded files stay
and are named, because whether they may go is for people to decide. Pictures and pages keep their
bytes: nothing is drawn anew. Signed PDFs and OFD files are never changed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evalpress.files.clean_office import Sealed, clean_office
from evalpress.files.clean_pictures import clean_picture
from evalpress.files.scan import Hidden, Property, Scan, Unreadable, scan, scan_content


@dataclass(frozen=True)
class Cleaned:
    """What was removed from a file and what is left; `refused` says why it was not touched."""

    path: Path
    removed: tuple[Property | Hidden, ...] = ()
    left: tuple[Property | Hidden, ...] = ()
    refused: str = ""


def clean_files(paths: Iterable[Path]) -> list[Cleaned]:
    """Clean files in place, and the files in folders; one that cannot be cleaned stays as it is."""
    return [_clean_file(path) for path in _files(paths)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if not p.is_symlink())
            yield from (p for p in inside if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _clean_file(path: Path) -> Cleaned:
    before = scan(path)
    told: tuple[Property | Hidden, ...] = (*before.properties, *before.hidden)
    if path.is_symlink():
        return Cleaned(path, refused="link")
    if not told:
        reason = "" if before.readable or before.kind in _CLEANERS else _reason(before)
        return Cleaned(path, refused=reason)
    try:
        content = clean(path.read_bytes())
        cleaned = _compared(path, before, scan_content(content))
        if cleaned.removed:
            _replace(path, content)
        return cleaned
    except Uncleanable as refusal:
        return Cleaned(path, left=told, refused=refusal.reason)
    except OSError:
        return Cleaned(path, left=told, refused="unwritable")


def _reason(found: Scan) -> str:
    return "ofd" if found.kind == "ofd" else found.reason


def _compared(path: Path, before: Scan, after: Scan) -> Cleaned:
    kinds = {hidden.kind for hidden in after.hidden}
    removed = tuple(found for found in before.properties if found not in after.properties)
    gone = tuple(hidden for hidden in before.hidden if hidden.kind not in kinds)
    return Cleaned(path, (*removed, *gone), (*after.properties, *after.hidden))


def _replace(path: Path, content: bytes) -> None:
    """Write the file beside and rename it, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".clean")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Uncleanable(Exception):
    """Why a file was left alone: format, encrypted, signed, damaged, ofd."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(content: bytes) -> bytes:
    """The file's content without metadata about persons; raises Uncleanable."""
    found = scan_content(content)
    cleaner = _CLEANERS.get(found.kind)
    if cleaner is None:
        refused = {"locked": "encrypted", "ofd": "ofd"}
        raise Uncleanable(refused.get(found.kind, "format"))
    try:
        return cleaner(content)
    except Sealed:
        raise Uncleanable("signed") from None
    except Unreadable as refusal:
        raise Uncleanable(refusal.reason) from None
    except LookupError:
        raise Uncleanable("format") from None
    except Exception:  # a parser's own errors are no closed list
        raise Uncleanable("damaged") from None


def _clean_pdf(content: bytes) -> bytes:
    from evalpress.files.clean_pdfs import clean_pdf  # loads pikepdf, for PDFs alone

    return clean_pdf(content)


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": _clean_pdf,
    "docx": clean_office,
    "xlsx": clean_office,
    "image": clean_picture,
}
