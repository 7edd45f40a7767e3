"""2 check: waivers against findings.

A true report may hold a true mistake; then somebody answers for it. A waiver names a rule and a
place; it signs off that rule's findings there and below. Findings about safety and identity cannot
be signed off, those about privacy only for the string that they name: a number by its mask and its
place, so that no file, log or list ever repeats it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalpress.findings import Finding, Level, find
from evalpress.ledger import Ledger
from evalpress.load import Source
from evalpress.model import Report, Waiver
from evalpress.text.nearest import near
from evalpress.text.privacy import masked
from evalpress.wording import word


@dataclass(frozen=True)
class Signing:
    """How findings of a rule may be signed off; those of a `binding` one must be."""

    allowed: bool = True
    exact: bool = False
    binding: bool = False


@dataclass(frozen=True)
class Examination:
    """All findings: those that stand, and those that somebody answers for."""

    open: list[Finding]
    waived: list[tuple[Finding, Waiver]]
    digests: Mapping[Path, str] = field(default_factory=dict)
    """The files beside the reports as they were when they were checked, by their SHA-256."""
    ledger: Ledger = field(default_factory=Ledger)
    """What the data were held against."""


def apply_waivers(
    findings: Iterable[Finding],
    reports: Iterable[Report],
    sources: Mapping[str, Source],
    rules: Mapping[str, Signing],
    unsure: Collection[str] = (),
) -> Examination:
    """Part the findings by the reports' waivers; a waiver that fits nothing is itself a finding,
    except in an `unsure` file, of which not everything could be found."""
    waivers = {r.source: list(enumerate(r.content.waivers)) for r in reports if r.content.waivers}
    used: set[tuple[str, int]] = set()
    standing: list[Finding] = []
    waived: list[tuple[Finding, Waiver]] = []
    for finding in findings:
        match = next(
            ((n, w) for n, w in waivers.get(finding.where.file, ()) if _signs(w, finding, rules)),
            None,
        )
        if match is None:
            standing.append(finding)
        else:
            used.add((finding.where.file, match[0]))
            waived.append((finding, _printable(match[1])))
    for file, entries in waivers.items():
        for number, waiver in entries:
            if (file, number) not in used:
                unused = _unused(waiver, number, sources[file], rules)
                standing += [] if _may_fit(unused, unsure) else [unused]
    return Examination(standing, waived)


def _needs_place(waiver: Waiver) -> bool:
    """True for a masked number without its place: a mask fits more than one number."""
    return "*" in (waiver.exact or "") and not waiver.place


def _printable(waiver: Waiver) -> Waiver:
    """The waiver as it may be shown: numbers of persons with their masks."""
    return waiver.model_copy(update={"reason": masked(waiver.reason)})


def _may_fit(unused: Finding, unsure: Collection[str]) -> bool:
    return unused.rule == "waiver_unmatched" and unused.where.file in unsure


def _signs(waiver: Waiver, finding: Finding, rules: Mapping[str, Signing]) -> bool:
    signing = rules.get(finding.rule, Signing(allowed=False))
    place = masked(waiver.place or "")
    below = finding.place == place or finding.place.startswith(f"{place}/")
    exact = not signing.exact or (waiver.exact is not None and waiver.exact == finding.exact)
    exact = exact and not (signing.exact and _needs_place(waiver))
    return waiver.rule == finding.rule and signing.allowed and below and exact


def _unused(waiver: Waiver, number: int, source: Source, rules: Mapping[str, Signing]) -> Finding:
    where = source.place(("waivers", number, "rule"))
    if waiver.rule not in rules:
        return find("unknown_rule", where, found=waiver.rule, near=near(waiver.rule, rules.keys()))
    if not rules[waiver.rule].allowed:
        return find("waiver_refused", where, found=waiver.rule)
    if rules[waiver.rule].exact and not waiver.exact:
        return find("waiver_needs_exact", where, found=waiver.rule)
    if waiver.exact and masked(waiver.exact) != waiver.exact:
        written = source.place(("waivers", number, "exact"))
        return find("waiver_unmasked", written, mask=masked(waiver.exact))
    if rules[waiver.rule].exact and _needs_place(waiver):
        return find("waiver_needs_place", where, found=waiver.rule)
    place = waiver.place or word("finding", "whole_report")
    return find("waiver_unmatched", where, Level.WARNING, found=waiver.rule, place=place)
