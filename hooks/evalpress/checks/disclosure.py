"""Rules about what may be public: places that are withheld or corrected, and values that leak."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from evalpress.checks import Context, rule
from evalpress.checks.references import near
from evalpress.findings import Finding, find
from evalpress.places import is_lasting, places
from evalpress.public import leaks, publish
from evalpress.values import BEIJING

_ANY_TIME = datetime(2000, 1, 1, tzinfo=BEIJING)


@rule("unknown_place")
def unknown_places(context: Context) -> Iterator[Finding]:
    """不公开和更正所指的位置要在报告里有。"""
    for report in context.loaded.reports:
        named = [(("withheld", i, "place"), w.place) for i, w in enumerate(report.content.withheld)]
        named += [
            (("corrections", i, "place"), c.place)
            for i, c in enumerate(report.content.corrections)
            if c.place
        ]
        known = places(report.content) if named else {}
        for path, place in named:
            if place not in known or not is_lasting(place):
                where = context.source(report).place(path)
                suggestion = near(place, filter(is_lasting, known))
                yield find("unknown_place", where, found=place, near=suggestion)


@rule("withheld_leak")
def withheld_leaks(context: Context) -> Iterator[Finding]:
    """不公开的内容不得在别处写出。"""
    reference = context.loaded.reference
    for report in context.loaded.reports:
        if report.content.withheld and reference.departments[report.key.department].region in (
            reference.regions
        ):
            public = publish(report, reference, _ANY_TIME)
            yield from leaks(report, public, context.source(report))
