"""2 check: rules about what may be public: places withheld or corrected, and values that leak."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from evalpress.checks import Context, rule, rule_for_all
from evalpress.checks.subject import Subject
from evalpress.clock import BEIJING
from evalpress.disclose.leaks import leaks, leaks_of_last_year
from evalpress.disclose.public import publish
from evalpress.disclose.withheld import withholdable
from evalpress.findings import Finding, Level, find
from evalpress.load import Path_, near
from evalpress.model import Report
from evalpress.model.places import is_lasting, places

_ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)


@rule_for_all("unknown_place")
def unknown_places(context: Context) -> Iterator[Finding]:
    """不公开、更正和核对说明所指的位置要在报告里有。

    依据：本程序的数据格式
    """
    for report in context.loaded.reports:
        named = list(_named(report))
        known = set(places(report.content)) if named else set()
        lasting = {place for place in known if is_lasting(place)}
        for path, place in named:
            where = context.source(report).place(path)
            if place not in known:
                yield find("unknown_place", where, found=place, near=near(place, lasting))
            elif place not in lasting:
                yield find("place_by_position", where, found=place)


@rule_for_all("not_withholdable")
def places_that_must_stay(context: Context) -> Iterator[Finding]:
    """编号、名称、文种等不能列为不公开。

    依据：本程序的数据格式
    """
    for report in context.loaded.reports:
        possible = withholdable(report.content) if report.content.withheld else set()
        known = set(places(report.content)) if report.content.withheld else set()
        for index, request in enumerate(report.content.withheld):
            if request.place in known - possible and is_lasting(request.place):
                where = context.source(report).place(("withheld", index, "place"))
                wider = request.place.rpartition("/")[0]
                suggestion = near(wider, {wider} & possible)
                yield find("not_withholdable", where, found=request.place, near=suggestion)


def _named(report: Report) -> Iterator[tuple[Path_, str]]:
    """Every place that a report names, with where it does."""
    content = report.content
    for name in ("withheld", "corrections", "waivers"):
        for index, entry in enumerate(getattr(content, name)):
            if entry.place:
                yield (name, index, "place"), entry.place


@rule("withheld_leak", waivable=False)
def withheld_leaks(subject: Subject) -> Iterator[Finding]:
    """不公开的内容不得在别处写出。

    依据：地方做法
    """
    report, reference = subject.report, subject.reference
    region = reference.departments[report.key.department].region
    if report.content.withheld and region in reference.regions:
        public = publish(report, reference, _ANY_TIME, subject.earlier)
        yield from leaks(report, public, reference, subject.source)


@rule("withheld_last_year", level=Level.WARNING)
def withheld_last_year(subject: Subject) -> Iterator[Finding]:
    """上年报告不公开的内容，今年的报告里也不写出。

    依据：地方做法
    """
    report, earlier, reference = subject.report, subject.earlier, subject.reference
    region = reference.departments[report.key.department].region
    if earlier and earlier.content.withheld and region in reference.regions:
        known = publish(earlier, reference, _ANY_TIME)
        public = publish(report, reference, _ANY_TIME, earlier)
        yield from leaks_of_last_year(report, public, earlier, known, reference, subject.source)
