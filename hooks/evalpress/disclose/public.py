"""Report -> PublicReport: drafts, embargo, internal and withheld fields end here.

Nothing downstream takes a Report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from evalpress.disclose.withheld import revealing, revealing_last_year, withholdable, without
from evalpress.model import Kind, PublicReport, Reference, Report, ReportContent, State
from evalpress.model.places import places
from evalpress.wording import word


def disclose(
    reports: Iterable[Report], reference: Reference, as_of: datetime, preview: bool = False
) -> list[PublicReport]:
    """The public form of all reports that may be seen at `as_of`; in a preview of all. What was
    withdrawn is not among them. Raises
    KeyError for a report of an unknown department or region, which loading has refused."""
    known = {report.key: report for report in reports}
    standing = {key: r for key, r in known.items() if r.content.state is not State.WITHDRAWN}
    found = (
        publish(report, reference, as_of, known.get(replace(key, year=key.year - 1)))
        for key, report in standing.items()
    )
    return [public for public in found if preview or not public.previewed]


def publish(
    report: Report, reference: Reference, as_of: datetime, earlier: Report | None = None
) -> PublicReport:
    """The public form of one report, internal fields dropped and withheld places emptied; what the
    report of the year before (`earlier`) withholds is withheld here too."""
    file = report.content
    content = ReportContent.model_construct(
        **{name: getattr(file, name) for name in ReportContent.model_fields}
    )
    notices = _notices(report, reference, earlier)
    for place, notice in notices.items():
        content = without(content, place, notice)
    kind = report.kind
    published = file.first_published
    return PublicReport(
        key=report.key,
        kind=kind,
        title=content.title or _title(report, content, reference, kind),
        content=content,
        provenance=file.provenance or reference.region_of(report.key).provenance,
        withheld=notices,
        state=file.state,
        embargoed=published is not None and published > as_of,
    )


_TOLD = ("title", "first_published", "version", "withdrawal", "former_slugs")


def withdrawn(
    reports: Iterable[Report], reference: Reference, as_of: datetime
) -> list[PublicReport]:
    """What is still said of the reports that were withdrawn: title, dates, why. Raises KeyError as
    `disclose` does."""
    taken = (report for report in reports if report.content.state is State.WITHDRAWN)
    found = (publish(report, reference, as_of) for report in taken)
    return [replace(p, content=_only(p.content, _TOLD), withheld={}) for p in found]


def _only(content: ReportContent, names: Iterable[str]) -> ReportContent:
    kept = {name: getattr(content, name) for name in names}
    return ReportContent().model_copy(update=kept)


def _title(report: Report, content: ReportContent, reference: Reference, kind: Kind) -> str:
    """单位全称 + 年度 + 文种, as the field names its documents (DOMAIN §2)."""
    department = reference.departments[report.key.department].named_in(report.key.year).name
    project = (content.project_name or "").removesuffix(word("titles", "project_ending"))
    parts = (department, report.key.year, project, word("kinds", kind))
    return word("titles", "report").format(*parts)


def _notices(report: Report, reference: Reference, earlier: Report | None = None) -> dict[str, str]:
    """Every place to withhold, asked for or revealing what was, with the words that stand there."""
    notices: dict[str, str] = {}
    if not report.content.withheld and not (earlier and earlier.content.withheld):
        return notices
    known = places(report.content)
    possible = withholdable(report.content) if report.content.withheld else set()
    for request in report.content.withheld:
        basis = f"（{request.basis}）" if request.basis else ""
        notice = word("withheld", "notice").format(reason=request.reason, basis=basis)
        if request.place in possible:
            for place in revealing(request.place, report, reference):
                if place in known:
                    notices.setdefault(place, notice)
    if earlier and earlier.content.withheld:
        for hidden, notice in _notices(earlier, reference).items():
            for place in revealing_last_year(hidden, earlier, report, reference):
                if place in known:
                    notices.setdefault(place, notice)
    return notices
