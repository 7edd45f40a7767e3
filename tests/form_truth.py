"""What a draft says compared with the truth of a form: right, missing, wrong, not even told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evalpress.importing.drafts import Draft, Sourced, draft_text
from office_forms import Form

SAID = {"positive": "正向", "negative": "反向", "qualitative": "定性"}
FULL_MARKS = ("scores/full_marks", "100")  # written only where the scheme does not give them
UNIT = "万元"  # of the demonstration's fund tables


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
    found |= {f"signature/{k}": v for k, v in tree.pop("signature", {}).items()}
    extra = tree.pop("public_info", {}).get("extra", {})
    found |= {f"public_info/extra/{name}": value for name, value in extra.items()}
    return found | {k: v for k, v in tree.items() if isinstance(v, Sourced)}


def measure(form: Form, drafts: list[Draft]) -> Measured:
    """How the one draft that was made compares with its form."""
    made = Measured()
    assert len(drafts) == 1
    draft = drafts[0]
    truth = {k.replace("goals/overall/", "goals/"): v for k, v in form.truth.items()}
    if truth.pop("year") != str(draft.key.year):
        made.wrong.append("year")
    unit = draft.tree.get("funds", {}).get("unit", UNIT)
    if "funds" in draft.tree and truth.pop("funds/unit", UNIT) != unit:
        made.wrong.append(f"funds/unit: {unit}")
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
