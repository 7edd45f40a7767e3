"""`evalpress clean`: attachments -> the same without metadata, and what people have to decide."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from evalpress.files.clean import Cleaned, clean_files
from evalpress.files.scan import Hidden, Property
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which files and folders."""
    parser.add_argument("paths", nargs="+", type=Path, help=word("commands", "clean", "paths"))


def run(options: argparse.Namespace) -> int:
    """Strip the metadata, and say what is left; 1 where a file could not be cleaned or hides."""
    results = clean_files(options.paths)
    for cleaned in results:
        print("\n".join(_lines(cleaned)))
    return 1 if any(cleaned.refused or cleaned.left for cleaned in results) else 0


def _lines(cleaned: Cleaned) -> list[str]:
    said, path = words("commands", "clean"), cleaned.path.as_posix()
    if cleaned.refused:
        return [said["refused"].format(path=path, why=word("clean_refused", cleaned.refused))]
    left = said["left"].format(path=path, found=_names(cleaned.left))
    kept = [left] if cleaned.left else []
    if cleaned.removed:
        return [said["removed"].format(path=path, found=_names(cleaned.removed)), *kept]
    return kept or [said["nothing"].format(path=path)]


def _names(found: Iterable[Property | Hidden]) -> str:
    """What was found, each kind once."""
    names = (
        word("file_properties", one.name)
        if isinstance(one, Property)
        else word("hidden", one.kind, "name")
        for one in found
    )
    return "、".join(dict.fromkeys(names))
