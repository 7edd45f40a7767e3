"""2 check: rules about what may be public: places withheld or corrected, and values that leak."""

from __future__ import annotations

from collections.abc import Iterator

from evalpress.checks import Context, rule_for_all
from evalpress.checks.leaking import LeakSearch
from evalpress.disclose.withheld import withholdable
from evalpress.findings import Finding, Level, find
from evalpress.ledger.differences import places_of
from evalpress.load import Path_
from evalpress.model import Report
from evalpress.model.places import is_lasting, places
from evalpress.text.nearest import near


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
            if place not in known and _was_corrected(context, report, path, place):
                continue
            if place not in known:
                yield find("unknown_place", where, found=place, near=near(place, lasting))
            elif place not in lasting:
                yield find("place_by_position", where, found=place)


def _was_corrected(context: Context, report: Report, path: Path_, place: str) -> bool:
    """Whether a correction names something that only an earlier edition had."""
    if path[0] != "corrections":
        return False
    recorded = context.recorded(report)
    editions = reversed(recorded.entry.editions) if recorded.entry else ()
    forms = (recorded.editions.read(recorded.address, edition) for edition in editions)
    return any(place in places_of(form) for form in forms if form)


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


@rule_for_all("withheld_leak")
def withheld_leaks(context: Context) -> Iterator[Finding]:
    """不公开的内容不得在别处写出，也不得能从别处算出：本报告、它的附件和原件、同一部门的其他报告。

    依据：地方做法
    """
    yield from (found for found, certain in context.once(_all_leaks) if certain)


@rule_for_all("withheld_likely", level=Level.WARNING, waivable=True, binding=True)
def withheld_likely(context: Context) -> Iterator[Finding]:
    """疑似写出了不公开的内容，要由人判断：数字相同而没有说明是什么，或者只是约数。

    依据：地方做法
    """
    yield from (found for found, certain in context.once(_all_leaks) if not certain)


def _all_leaks(context: Context) -> list[tuple[Finding, bool]]:
    """What gives away withheld values in the reports and files of their departments, each with
    whether that is certain."""
    holding = [r for r in context.loaded.reports if r.content.withheld]
    search = LeakSearch(context)
    found: dict[tuple[str, str, str, str], tuple[Finding, bool]] = {}
    for report in filter(search.is_known, holding):
        for leak in search.leaks_of(report):
            told = (leak[0].where.file, leak[0].what, leak[0].place, leak[0].rule)
            found.setdefault(told, leak)
    return list(found.values())
