"""`evalpress proofread`: a report and its signed original -> every sentence that differs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from evalpress.authoring.proofread import Proof, proofread
from evalpress.commands._options import add_config, add_report
from evalpress.mkdocs_yml import Configuration
from evalpress.text.collation import Difference, Kind
from evalpress.wording import word, words


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which report, and the file of its original."""
    add_report(parser, word("commands", "pdf", "slug"))
    parser.add_argument("file", type=Path, help=word("commands", "proofread", "file"))
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Print every difference, figures first; 1 where there is one or a part could not be read."""
    site = Configuration(options.config)
    wanted = (options.department, options.year, options.slug)
    proof = proofread(site.settings, site.root, *wanted, options.file)
    print("\n".join(told(proof, options.file)))
    return 1 if proof.differences or proof.unread else 0


def told(proof: Proof, file: Path) -> Iterator[str]:
    """What a comparison found, line by line."""
    said = words("commands", "proofread")
    names = {"file": file, "report": proof.report, "sentences": proof.sentences}
    if proof.differences:
        yield said["head"].format(**names)
    for number, (difference, lines) in enumerate(proof.differences, 1):
        yield from _entry(number, difference, proof.report, lines)
    if proof.unread:
        yield said["unread"].format(proof.unread)
    count = {"count": len(proof.differences), "figures": proof.in_figures}
    yield said["count"].format(**count) if proof.differences else said["same"].format(**names)


def _entry(
    number: int, difference: Difference, report: str, lines: tuple[int, ...]
) -> Iterator[str]:
    said = words("proofread")
    kind = word("proofread", "kinds", difference.kind.name.lower())
    figures = said["figures"] if difference.in_figures else ""
    where = f"{report}:{'、'.join(map(str, lines[:3]))}" if lines else report
    is_before = not difference.copy and bool(difference.after)
    yield f"{number}. {figures}{kind}  {where}{said['after'] if is_before and lines else ''}"
    for name in ("original", "copy"):
        if text := getattr(difference, name):
            yield f"    {said[name]}{text}"
    if difference.kind is Kind.CHANGED:
        changes = (_change(old, new) for old, new in difference.changes)
        yield f"    {said['change']}{'；'.join(changes)}"
    if is_before:
        yield f"    {said['before']}{difference.after}"


def _change(old: str, new: str) -> str:
    name = "another" if old and new else ("left_out" if old else "too_much")
    return word("proofread", "changes", name).format(old=old, new=new)
