"""Forms of many layouts, filled at random: what is read is what was drawn, nothing is lost without
a word, nothing is wrong in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from evalpress.importing.drafts import Draft, Sourced, draft_text
from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.ownership import Asked
from evalpress.load import Loaded, load
from office_forms import WRITERS, Form, draw, layouts
from projects import ROOT
from sampling import sample

LAYOUTS = {layout["name"]: layout for layout in layouts()}
SEEDS = (1, 2, 3)
CASES = [(name, kind, seed) for name in LAYOUTS for kind in WRITERS for seed in SEEDS]
SAID = {"positive": "正向", "negative": "反向", "qualitative": "定性"}
FULL_MARKS = ("scores/full_marks", "100")  # written only where the scheme does not give them


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The demonstration's reference data with the forms' words, without reports."""
    found = load(ROOT / "data")
    found.reports.clear()
    return found


@dataclass
class Measured:
    """How a draft compares with the truth of its form."""

    right: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)


def placed(tree: Any) -> dict[str, Sourced]:
    """The values of a draft by the names of places that the truth uses."""
    found: dict[str, Sourced] = {}
    tree = dict(tree)
    for row in tree.pop("funds", {}).get("rows", ()):
        for means, value in {**row.get("amounts", {}), **row}.items():
            if isinstance(value, Sourced) and means != "name":
                found[f"funds/{row['id']}/{'budget' if means == 'adjusted' else means}"] = value
    for means, value in tree.pop("goals", {}).get("overall", {}).items():
        found[f"goals/{means}"] = value
    for number, indicator in enumerate(tree.pop("indicators", ())):
        for means, value in indicator.items():
            if isinstance(value, Sourced):
                found[f"indicators/{number}/{means}"] = value
    scores = dict(tree.pop("scores", {}))
    for item in scores.pop("items", ()):
        for means in ("full_marks", "score"):
            if means in item:
                found[f"scores/{item['name'].value}/{means}"] = item[means]
    found |= {f"scores/{means}": value for means, value in scores.items()}
    for section, blocks in tree.pop("body", {}).items():
        for number, block in enumerate(blocks):
            found[f"body/{section}/{number}"] = block["text"]
    extra = tree.pop("public_info", {}).get("extra", {})
    found |= {f"public_info/extra/{name}": value for name, value in extra.items()}
    return found | {k: v for k, v in tree.items() if isinstance(v, Sourced)}


def measure(form: Form, drafts: list[Draft]) -> Measured:
    made = Measured()
    assert len(drafts) == 1
    draft = drafts[0]
    truth = {k.replace("goals/overall/", "goals/"): v for k, v in form.truth.items()}
    if truth.pop("year") != str(draft.key.year):
        made.wrong.append("year")
    texts = [v for k, v in truth.items() if k.startswith("body/")]
    truth = {k: v for k, v in truth.items() if not k.startswith("body/")}
    found = placed(draft.tree)
    told = [text for entry in draft.unplaced for text in (entry.text, entry.text.replace(",", ""))]
    for place, value in found.items():
        if place.startswith("body/"):
            made.right += value.value in texts
            made.wrong += [place] if value.value not in texts else []
        elif truth.get(place) == value.value or (place, value.value) == FULL_MARKS:
            made.right += 1
        else:
            made.wrong.append(f"{place}: {value.value!r} not {truth.get(place)!r} {value.source}")
    said = [v.value for k, v in found.items() if k.startswith("body/")]
    lost = [(k, v) for k, v in truth.items() if k not in found]
    lost += [("body", text) for text in texts if text not in said]
    made.missing = [f"{place}: {value}" for place, value in lost]
    expected = [*form.homeless, *(v for _, v in lost)]
    expected = [SAID.get(value, value) for value in expected]
    made.untold = [v for v in expected if not any(v in text for text in told)]
    text = draft_text(draft)
    made.personal = [name for name in form.persons if name in text]
    return made


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
