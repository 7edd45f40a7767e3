"""The ledger and the data -> 索引号 for the reports that come out for the first time without one.

A number that any edition ever had is never given again, nor one that stands in the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalpress.ledger.held import addresses
from evalpress.ledger.recorded import Ledger
from evalpress.model import Department, Key, PublicReport, Reference, Report
from evalpress.text.index_numbers import CODES, codes_in, next_number


def known_numbers(ledger: Ledger, reports: Iterable[Report]) -> set[str]:
    """Every number that a report has or once had."""
    recorded = {n for e in ledger.reports.values() for n in (e.index_number, *e.former_numbers)}
    return {*recorded, *(r.content.public_info.index_number or "" for r in reports)} - {""}


def codes_of(department: Department) -> dict[str, str]:
    """The codes by which a pattern may name a department."""
    return {name: getattr(department, name) or "" for name in CODES}


def lacks_code(pattern: str, department: Department) -> bool:
    """Whether a department has no code that its pattern asks for."""
    codes = codes_of(department)
    return any(not codes[name] for name in codes_in(pattern))


def allot(
    public: Iterable[PublicReport], reference: Reference, ledger: Ledger, known: Iterable[str]
) -> dict[Key, str]:
    """A number for every report that never was public, has none and belongs to a region and years
    with a pattern, in the order of their addresses; `known` are those that are taken. Raises
    OverflowError where the digits of a pattern do not suffice."""
    taken, made = set(known), {}
    wanting = sorted(_unnumbered(public, reference, ledger), key=lambda found: found[0].key)
    for report, pattern, year in wanting:
        codes = codes_of(reference.departments[report.key.department])
        made[report.key] = number = next_number(pattern, codes, year, taken)
        taken.add(number)
    return made


def _unnumbered(
    public: Iterable[PublicReport], reference: Reference, ledger: Ledger
) -> Iterator[tuple[PublicReport, str, int]]:
    for report in public:
        content, key = report.content, report.key
        pattern = reference.defaults(key).index_number
        if not pattern or content.public_info.index_number or not content.first_published:
            continue
        known = addresses(key, content.former_slugs, reference)
        was_public = any(former.address in ledger.reports for former in known)
        if not was_public and not lacks_code(pattern, reference.departments[key.department]):
            yield report, pattern, content.first_published.year
