"""Forms of many layouts, filled at random: what is read is what was drawn, nothing is lost without
a word, nothing is wrong in silence."""

from __future__ import annotations

import pytest

from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded
from form_truth import measure
from office_forms import WRITERS, draw, layouts
from projects import without_reports
from sampling import sample

# Forms are read by the names of the demonstration's departments.
pytestmark = pytest.mark.demonstration

LAYOUTS = {layout["name"]: layout for layout in layouts()}
SEEDS = (1, 2, 3)
CASES = [(name, kind, seed) for name in LAYOUTS for kind in WRITERS for seed in SEEDS]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The demonstration's reference data with the forms' words, without reports."""
    return without_reports()


@pytest.mark.parametrize(("name", "kind", "seed"), sample(CASES, 12))
def test_what_is_drawn_is_what_is_read(name: str, kind: str, seed: int, loaded: Loaded) -> None:
    form = draw(LAYOUTS[name], seed)
    document = read_content(f"{name}.{kind}", WRITERS[kind](form))
    made = measure(form, drafts_of([document], Asked(), loaded))
    assert not made.wrong
    assert not made.missing
    assert not made.untold
    assert not made.personal


def test_there_are_layouts_enough() -> None:
    named = [layout for layout in LAYOUTS.values() if layout["source"]]
    assert len(LAYOUTS) >= 40
    assert len({layout["source"] for layout in named}) >= 12
