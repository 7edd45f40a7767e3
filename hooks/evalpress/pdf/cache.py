"""5 print: finished files, each kept under a name that holds a hash of all that shapes it."""

from __future__ import annotations

import ctypes
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evalpress.pdf.job import BOOK_TEMPLATE, SHARED_TEMPLATES, STYLE, TEMPLATE, BookJob, PrintJob
from evalpress.typefaces import private

_LIBRARIES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "fonttools",
    "tinycss2",
    "Markdown",
    "segno",
    "uharfbuzz",
    "rjieba",
)
_DIGITS = 20
_SYSTEM_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version", ctypes.c_int),
    ("libfontconfig.so.1", "FcGetVersion", ctypes.c_int),
    ("libharfbuzz.so.0", "hb_version_string", ctypes.c_char_p),
)


def cached_file(cache_dir: Path, job: PrintJob) -> Path:
    """Where the finished file of a job is kept, whether or not it is there."""
    return cache_dir / f"{job.name}-{fingerprint(job)}.pdf"


def forget_others(file: Path) -> None:
    """Remove what was kept of earlier states of a job whose finished file this is."""
    stem = file.stem.rpartition("-")[0]
    for other in file.parent.glob(f"{stem}-{'[0-9a-f]' * _DIGITS}.pdf"):
        if other != file:
            other.unlink(missing_ok=True)


def cached_book(cache_dir: Path, job: BookJob, parts: Iterable[Path]) -> Path:
    """Where a book is kept; its parts' names hold the hashes of all that shapes them."""
    described = {**vars(job), "files": [path.name for path in parts]}
    return cache_dir / f"{job.name}-{_hash(described)}.pdf"


def fingerprint(job: PrintJob) -> str:
    """A hash (20 hexadecimal digits) of everything that shapes the job's file. Raises OSError for a
    picture or file that cannot be read, FontsMissing without the fonts."""
    inside = {
        "sources": None,
        "pictures": [_digest(file) for _, file in job.pictures],
        "data": [(data.name, data.title, data.is_source, _digest(data.file)) for data in job.data],
    }
    return _hash({**vars(job), **inside})


def _hash(described: dict[str, Any]) -> str:
    described["shared"] = shared_fingerprint()
    text = json.dumps(described, sort_keys=True, ensure_ascii=False, default=asdict)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _digest(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


@cache
def shared_fingerprint() -> str:
    """A hash of what shapes all files alike: this program, style, template, fonts, libraries."""
    own = [*Path(__file__).parent.glob("*.py"), Path(private.__file__)]
    sources = (*sorted(own), STYLE, TEMPLATE, BOOK_TEMPLATE, *SHARED_TEMPLATES)
    parts = [path.read_text(encoding="utf-8") for path in sources]
    parts += [private.own_fingerprint(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    parts += [_system_version(*library) for library in _SYSTEM_LIBRARIES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _system_version(library: str, call: str, kind: type[Any]) -> str:
    function = getattr(ctypes.CDLL(library), call)
    function.restype = kind
    return str(function())
