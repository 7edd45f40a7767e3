"""Files beside the reports: which of them are public, and their addresses on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evalpress.model import Key, Picture, PublicReport
from evalpress.model.values import Frozen, parts


def attachment_address(key: Key, name: str) -> str:
    """The address of an attachment; all documents of a department and year share one folder."""
    return f"{key.department}/{key.year}/attachments/{name}"


def attachment_folder(data_dir: Path, key: Key) -> Path:
    """Where the files of a department and year lie."""
    return data_dir / "attachments" / key.department / str(key.year)


def public_files(reports: Iterable[PublicReport], data_dir: Path) -> dict[str, Path]:
    """Every file that a public report names, by its address; nothing else is public."""
    return {
        attachment_address(report.key, name): attachment_folder(data_dir, report.key) / name
        for report in reports
        for name in file_names(report.content)
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


def size_words(size: int) -> str:
    """A file size in bytes for readers: `312 KB`, `1.4 MB` (KB of 1,000 bytes)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
