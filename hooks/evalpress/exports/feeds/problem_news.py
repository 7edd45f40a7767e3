"""6 export: problems and what reports say of them -> a feed beside the register.

An entry stands for a problem in every year; it is new again when another report speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.assess import Catalogue
from evalpress.assess.cases import Case, cases
from evalpress.assess.register import register
from evalpress.exports.feeds.listing import Entry, Feed, feeds
from evalpress.model import Provenance
from evalpress.pages.case_tables import ADDRESS, told_words
from evalpress.pages.frame import short_name
from evalpress.wording import word

_TITLE = 60  # characters of a problem's text


@feeds
def problems(catalogue: Catalogue) -> Iterator[Feed]:
    """Every problem of which a report speaks that says when it was published."""
    found = (_entry(case) for case in cases(register(catalogue).entries))
    yield Feed(ADDRESS, word("feeds", "problems"), tuple(entry for entry in found if entry))


def _entry(case: Case) -> Entry | None:
    contents = (event.report.report.content for event in case.events)
    dates = [day for content in contents if (day := content.first_published)]
    if not dates:
        return None
    return Entry(
        id=case.address, title=_title(case), updated=max(dates), href=case.address,
        summary=_summary(case), published=min(dates),
    )  # fmt: skip


def _title(case: Case) -> str:
    """The department and the beginning of the text, or the notice in its place."""
    newest = case.newest
    text = " ".join((newest.problem.text or newest.withheld or word("page", "absent")).split())
    said = text if len(text) <= _TITLE else f"{text[:_TITLE]}…"
    return word("feeds", "problem").format(short_name(newest.report.department), said)


def _summary(case: Case) -> str:
    """That it is invented, first; when it was named, and the measure, office and deadline; what
    the newest report says of it."""
    newest, provenance = case.newest, case.newest.report.report.provenance
    years = "、".join(word("page", "year").format(entry.year) for entry in case.entries)
    problem = newest.problem
    fields = {
        word("page", "measure"): problem.measure,
        word("problems", "office"): problem.office,
        word("problems", "due"): case.deadline.problem.due,
        word("page", "followup"): told_words(case.events[-1])
        or word("problems", "fates", case.fate),
    }
    parts = [
        "" if provenance is Provenance.REAL else word("provenances", provenance, "word"),
        word("feeds", "listed").format(years),
        *(f"{name}：{said}" for name, said in fields.items() if said),
    ]
    return "；".join(filter(None, parts))
