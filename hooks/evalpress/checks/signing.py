"""2 check: waivers against findings.

A true report may hold a true mistake; then somebody answers for it. A waiver names a rule and a
place; it signs off that rule's findings there and below. Findings about safety and identity cannot
be signed off, those about privacy only for the string that they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalpress.findings import Finding, Level, find
from evalpress.load import Source, near
from evalpress.model import Report, Waiver
from evalpress.wording import word


@dataclass(frozen=True)
class Signing:
    """How findings of a rule may be signed off."""

    allowed: bool = True
    exact: bool = False


@dataclass(frozen=True)
class Examination:
    """All findings: those that stand, and those that somebody answers for."""

    open: list[Finding]
    waived: list[tuple[Finding, Waiver]]


def apply_waivers(
    findings: Iterable[Finding],
    reports: Iterable[Report],
    sources: Mapping[str, Source],
    rules: Mapping[str, Signing],
) -> Examination:
    """Part the findings by the reports' waivers; a waiver that fits nothing is itself a finding."""
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
            waived.append((finding, match[1]))
    for file, entries in waivers.items():
        for number, waiver in entries:
            if (file, number) not in used:
                standing.append(_unused(waiver, number, sources[file], rules))
    return Examination(standing, waived)


def _signs(waiver: Waiver, finding: Finding, rules: Mapping[str, Signing]) -> bool:
    signing = rules.get(finding.rule, Signing(allowed=False))
    below = finding.place == (waiver.place or "") or finding.place.startswith(f"{waiver.place}/")
    exact = not signing.exact or (waiver.exact is not None and waiver.exact == finding.exact)
    return waiver.rule == finding.rule and signing.allowed and below and exact


def _unused(waiver: Waiver, number: int, source: Source, rules: Mapping[str, Signing]) -> Finding:
    where = source.place(("waivers", number, "rule"))
    if waiver.rule not in rules:
        return find("unknown_rule", where, found=waiver.rule, near=near(waiver.rule, rules.keys()))
    if not rules[waiver.rule].allowed:
        return find("waiver_refused", where, found=waiver.rule)
    if rules[waiver.rule].exact and not waiver.exact:
        return find("waiver_needs_exact", where, found=waiver.rule)
    place = waiver.place or word("finding", "whole_report")
    return find("waiver_unmatched", where, Level.WARNING, found=waiver.rule, place=place)
