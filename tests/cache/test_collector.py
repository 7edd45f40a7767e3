"""Work with little of the garbage collector, and as usual after it."""

from __future__ import annotations

import gc

from evalpress.cache.collector import seldom, set_apart, without_collector


def test_the_collector_is_as_it_was_after_work_that_needs_little_of_it() -> None:
    usual = gc.get_threshold()
    with seldom():
        assert gc.get_threshold() > usual
        set_apart()
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == usual
    with seldom():
        assert gc.get_freeze_count() == 0, "an earlier site's objects can be collected"


def test_the_collector_is_off_only_while_it_is_told_so() -> None:
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
