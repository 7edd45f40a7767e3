"""A revision and the working tree -> both sites, built for one moment, and every file that differs.

`python -m tests.compare_builds BASE [--only pages]`, from the root of a checkout; 1 where something
differs, 2 where one of the two can't be built. Each tree is built with its own hooks, in a folder
of its own, by this Python and its libraries.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import NamedTuple

CONFIG = "compare.yml"
LINES, WIDTH, BEFORE = 3, 160, 40


class Difference(NamedTuple):
    """A file of either site: `new`, `gone` or `differs`, with the first lines that do."""

    kind: str
    path: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.kind:8}{self.path}", *self.lines])


class Unbuilt(Exception):
    """A site could not be built; says what the build said."""


# --- comparing ----------------------------------------------------------------------------------


def differences(base: Path, now: Path) -> Iterator[Difference]:
    """What two folders do not have alike, byte for byte, in the order of paths."""
    before, after = _files(base), _files(now)
    for path in sorted(before | after):
        if path not in before:
            yield Difference("new", path)
        elif path not in after:
            yield Difference("gone", path)
        elif (old := (base / path).read_bytes()) != (new := (now / path).read_bytes()):
            yield Difference("differs", path, tuple(_first_lines(old, new)))


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def _first_lines(old: bytes, new: bytes) -> Iterator[str]:
    """The first lines of two texts that differ, with their number; for other files, their sizes."""
    try:
        texts = old.decode().splitlines(), new.decode().splitlines()
    except UnicodeDecodeError:
        yield f"  {len(old)} and {len(new)} bytes"
        return
    pairs = enumerate(zip_longest(*texts, fillvalue=""), 1)
    unlike = [(number, *pair) for number, pair in pairs if pair[0] != pair[1]]
    for number, one, other in unlike[:LINES]:
        start = max(0, _alike(one, other) - BEFORE)
        yield f"  {number}: - {one[start : start + WIDTH]}"
        yield f"  {number}: + {other[start : start + WIDTH]}"
    if not unlike:
        yield "  only the ends of lines differ"
    elif len(unlike) > LINES:
        yield f"  and {len(unlike) - LINES} more lines"


def _alike(one: str, other: str) -> int:
    """How many signs two lines have in common before they differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- building -----------------------------------------------------------------------------------


def take_revision(root: Path, revision: str, folder: Path) -> None:
    """Put the files of a revision into a folder. Raises Unbuilt where there is no such revision."""
    made = subprocess.run(
        ["git", "archive", "--format=tar", f"{revision}^{{tree}}"], cwd=root, capture_output=True
    )
    if made.returncode:
        raise Unbuilt(made.stderr.decode())
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=made.stdout, check=True)


def take_tree(root: Path, folder: Path) -> None:
    """Put the files of the working tree into a folder, changed ones and new ones too."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, capture_output=True, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)


def build(folder: Path, moment: datetime, pdf: bool) -> Path:
    """Build the site of a tree for a moment; gives its folder. Raises Unbuilt where that fails."""
    settings = f"as_of: {moment:%Y-%m-%d %H:%M}, pdf: {str(pdf).lower()}"
    config = f"INHERIT: mkdocs.yml\nextra: {{evalpress: {{{settings}}}}}\n"
    (folder / CONFIG).write_text(config, encoding="utf-8")
    own = {
        "PYTHONPATH": str(folder / "hooks"),
        "SOURCE_DATE_EPOCH": f"{moment.timestamp():.0f}",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", CONFIG]
    made = subprocess.run(
        command, cwd=folder, env={**os.environ, **own}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if made.returncode:
        raise Unbuilt(made.stdout)
    return folder / "site"


def compare(root: Path, revision: str, work: Path, pdf: bool) -> list[Difference]:
    """Build a revision and the working tree below `work`; gives what differs."""
    moment = datetime.now(timezone(timedelta(hours=8)))
    base, now = work / "base", work / "tree"
    take_revision(root, revision, base)
    take_tree(root, now)
    return list(differences(build(base, moment, pdf), build(now, moment, pdf)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="make compare", description=__doc__)
    parser.add_argument("base", help="the revision that the working tree is compared with")
    parser.add_argument("--only", choices=["pages"], help="leave the PDFs out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        try:
            found = compare(Path.cwd(), options.base, Path(work), pdf=not options.only)
        except Unbuilt as told:
            print(told, file=sys.stderr)
            return 2
    print(*found, f"{len(found)} files differ from {options.base}", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
