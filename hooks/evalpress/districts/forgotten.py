"""A district's site as it is live here and as it comes now -> what it told once and tells no more.

A district that publishes with its ledger forgets nothing: a withdrawn report keeps its page, and a
file that was replaced keeps its answer. Where a ledger was lost, the joint site is the witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evalpress.districts.joint_answers import told_in
from evalpress.districts.taking_in import Part
from evalpress.findings import Finding, Level, Place, find
from evalpress.ledger import Standing
from evalpress.release.manifest import Manifest, read_manifest
from evalpress.verify.shards import Told

_SHOWN = 3


def forgotten(live: Path, part: Part, where: Place) -> Iterator[Finding]:
    """What somebody has to know where a district forgot reports or files; `live` is the folder of
    the joint site's districts as they are live."""
    folder = live / part.district.prefix
    before = read_manifest(folder)
    if before is None or before.digest == part.manifest.digest:
        return
    found = {
        "district_lost_reports": lost_reports(before, part.manifest),
        "district_forgot_files": forgotten_files(told_in(folder), told_in(part.folder)),
    }
    for rule, lost in found.items():
        if lost:
            yield find(
                rule, where, Level.WARNING, name=part.district.name, count=len(lost),
                found=_some(lost),
            )  # fmt: skip


def lost_reports(before: Manifest, now: Manifest) -> list[str]:
    """The addresses of reports that had a page and have none any more."""
    reports = {share.report for share in before.shares.values()}
    pages = ((report, f"{report}index.html") for report in sorted(reports))
    return [report for report, page in pages if page in before.files and page not in now.files]


def forgotten_files(before: Told, now: Told) -> list[str]:
    """The titles of files that only a ledger can know, once answered for and unknown now."""
    gone = (told for sha, told in before.items() if sha not in now)
    return [
        str(told[0].get("title", ""))
        for told in gone
        if told and told[0].get("standing") != Standing.CURRENT
    ]


def _some(lost: Sequence[str]) -> str:
    shown = "、".join(dict.fromkeys(lost[:_SHOWN]))
    return f"{shown} ……" if len(lost) > _SHOWN else shown
