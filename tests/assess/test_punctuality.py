"""3 assess: on time, late by how many days, outstanding, exempt; the clock is an input."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from evalpress.assess import Catalogue, assess
from evalpress.assess.punctuality import Coverage, Punctuality, Status
from evalpress.assess.register import register
from evalpress.clock import BEIJING
from evalpress.disclose.public import publish
from evalpress.model import Deadline, Kind, Reference
from evalpress.pages.coverage import coverage_page
from evalpress.pages.home import home_page
from samples import public, reference, written

NOON = datetime(2026, 9, 30, 12, 0, tzinfo=BEIJING)


def deadline(due: str, **values: object) -> Deadline:
    return Deadline.model_validate({"year": "2025", "due": due, **values})


def county(*deadlines: Deadline) -> Reference:
    """The invented county with these deadlines."""
    known = reference()
    region = known.regions["yunting"].model_copy(update={"deadlines": deadlines})
    return replace(known, regions={"yunting": region})


def whole(*deadlines: Deadline, as_of: datetime | None = NOON) -> Catalogue:
    """Education published on 10 September 2026; finance and the rest did not."""
    known = county(*deadlines)
    report = publish(written("first_published: 2026-09-10 23:59"), known, NOON)
    return assess([report], known, as_of)


def of(catalogue: Catalogue, department: str, year: int = 2025) -> Coverage:
    return catalogue.coverage(catalogue.reference.departments[department], year)


@pytest.mark.parametrize(
    ("due", "punctuality", "days"),
    [
        ("2026-09-09", Punctuality.LATE, 1), ("2026-09-10", Punctuality.ON_TIME, 0),
        ("2026-12-31", Punctuality.ON_TIME, -112),
    ],
)  # fmt: skip
def test_the_last_day_is_in_time(due: str, punctuality: Punctuality, days: int) -> None:
    found = of(whole(deadline(due)), "education")
    assert (found.status, found.punctuality, found.days) == (Status.PUBLISHED, punctuality, days)


@pytest.mark.parametrize(
    ("due", "punctuality", "days"),
    [
        ("2026-09-29", Punctuality.OVERDUE, 1), ("2026-09-30", Punctuality.PENDING, 0),
        ("2026-10-31", Punctuality.PENDING, -31),
    ],
)  # fmt: skip
def test_what_is_outstanding_is_measured_by_the_clock(
    due: str, punctuality: Punctuality, days: int
) -> None:
    found = of(whole(deadline(due)), "finance")
    assert (found.status, found.punctuality, found.days) == (Status.MISSING, punctuality, days)
    assert of(whole(deadline(due), as_of=NOON + timedelta(7)), "finance").days == days + 7


def test_where_nothing_is_set_nothing_is_late() -> None:
    for name in ("education", "finance"):
        found = of(whole(), name)
        assert (found.punctuality, found.days) == (Punctuality.UNKNOWN, None)
    assert of(whole(deadline("2026-01-31"), as_of=None), "finance").days is None
    undated = assess([public("version: 1")], county(deadline("2026-01-31")), NOON)
    assert of(undated, "education").punctuality is Punctuality.UNKNOWN


def test_a_department_s_own_deadline_comes_before_that_of_all() -> None:
    own = deadline("2026-09-30", departments=["education"], note="推迟")
    for order in ((own, deadline("2026-09-01")), (deadline("2026-09-01"), own)):
        assert of(whole(*order), "education").punctuality is Punctuality.ON_TIME
        assert of(whole(*order), "finance").punctuality is Punctuality.OVERDUE


def test_projects_are_due_only_where_their_kind_is_named() -> None:
    known = county(deadline("2026-09-01"), deadline("2026-09-05", kinds=["project"]))
    region = known.regions["yunting"]
    days = [region.deadline("finance", 2025, kind) for kind in (Kind.PROJECT, Kind.BOND)]
    assert [d and str(d.due) for d in days] == ["2026-09-05", None]


def test_the_exempt_and_the_absent_are_never_late() -> None:
    early = Deadline.model_validate({"year": "2019", "due": "2020-06-30"})
    found = of(whole(early), "education", 2019)
    assert (found.status, found.reason) == (Status.EXEMPT, "按通知免报")
    assert found.punctuality is Punctuality.UNKNOWN
    assert of(whole(early), "datacentre", 2019).punctuality is Punctuality.UNKNOWN


def text_of(markdown: str) -> str:
    return re.sub(r"<[^>]*>|&#\d+;", " ", markdown)


def test_the_page_says_days_deadlines_and_reasons() -> None:
    catalogue = whole(
        deadline("2026-09-01", note="按通知"),
        deadline("2026-10-15", departments=["cyber"], note="设立较晚"),
    )
    page = coverage_page(catalogue).markdown
    shown = text_of(page)
    assert all(words in shown for words in ("逾期9天", "逾期29天", "剩15天", "设立较晚", "按通知"))
    late = page.split('id="late-yunting"')[1]
    assert late.index("逾期29天") < late.index("逾期9天")


def test_home_shows_the_days_as_well() -> None:
    found = whole(deadline("2026-09-01"))
    assert "逾期9天" in home_page(found, "", register(found)).markdown


def test_totals_count_what_came_late_and_what_is_missing() -> None:
    found = whole(deadline("2026-09-01"))
    totals = found.totals(found.regions[0], 2025)
    assert (totals.published, totals.late, totals.missing) == (1, 1, totals.due - 1)
    without = whole()
    assert without.totals(without.regions[0], 2025).late is None
