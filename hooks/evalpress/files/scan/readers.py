"""A file -> its Scan, by the reader that is registered for its kind.

Nothing in a file is executed or fetched, and a file that is damaged, encrypted, only pictures, of
an unknown kind or beyond the limits gives a Scan with `readable=False` and the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from evalpress.files.scan.found import Gathered, Scan, Unreadable
from evalpress.files.scan.kinds import kind_of

MAX_BYTES = 100_000_000
MAX_DEPTH = 2
MAX_INNER = 20

Reader = Callable[[bytes, Gathered], None]
READERS: dict[str, Reader] = {}
# Loaded when the first file of its kind comes: each brings a library that takes time to load.
MODULES = {
    "pdf": "pdfs", "docx": "word", "xlsx": "sheets", "image": "pictures", "text": "plain",
}  # fmt: skip


def reader(kind: str) -> Callable[[Reader], Reader]:
    """Register the function that reads files of a kind. Raises ValueError for a kind that has
    one."""

    def register(function: Reader) -> Reader:
        if kind in READERS:
            raise ValueError(f"reader {kind} is registered twice")
        READERS[kind] = function
        return function

    return register


def reader_of(kind: str) -> Reader | None:
    """The function that reads files of a kind; None for a kind that nobody reads."""
    if kind in MODULES:
        import_module(f"{__package__}.{MODULES[kind]}")
    return READERS.get(kind)


def scan(path: Path) -> Scan:
    """Everything that a file holds; a file that cannot be read gives a Scan that says so."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return Scan("unknown", readable=False, reason="too_large")
        return scan_content(path.read_bytes())
    except OSError as error:
        return Scan("unknown", readable=False, reason="damaged", detail=str(error.strerror))


def scan_content(content: bytes, depth: int = 0) -> Scan:
    """The same for a file's content; `depth` counts the files around it."""
    kind = kind_of(content)
    if not content.strip():
        return Scan(kind, readable=False, reason="empty")
    read = reader_of(kind)
    if read is None:
        return Scan(kind, readable=False, reason="encrypted" if kind == "locked" else "format")
    gathered = Gathered(kind, depth)
    try:
        read(content, gathered)
    except Unreadable as refusal:
        return gathered.scan(refusal)
    except MemoryError:
        return gathered.scan(Unreadable("too_large"))
    except Exception as error:  # a parser's own errors are no closed list
        return gathered.scan(Unreadable("damaged", type(error).__name__))
    return gathered.scan()


def read_inner(content: bytes, name: str, into: Gathered) -> None:
    """Take over what a file inside another one holds; beyond MAX_DEPTH levels or MAX_INNER files it
    is noted as a part that was not read. Raises Unreadable when the text grows too large."""
    into.inner += 1
    if into.depth + 1 >= MAX_DEPTH or into.inner > MAX_INNER:
        into.hide("unread_part", name)
    else:
        into.add(scan_content(content, into.depth + 1), name)
