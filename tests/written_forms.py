"""Forms written down as people see them, each cell with what it has to become: independent of how
`office_forms` draws.

A line is a row, cells part at `|`; `<` goes on from the left, `^` from above (merged). Behind a
cell stands in braces what it is: `{place}` or `{place=value}` a value of the draft, `{-}` what has
to be told, `{!}` a person who must not be in the draft. Nothing in braces is a heading. `#` before
the brace or at the end stores a number (`95.0%#` as 0.95 with that format). Places: `n t a f s d c
m e` are name, target, actual, full marks, score, deviation, cause, measure, evidence of the next
indicator (a row's `n` begins it), `1` and `2` its levels until others follow; `F` row.column of the
funds.
"""

from __future__ import annotations

import re
from decimal import Decimal

from office_forms import Form, Item

SHORT = {
    "n": "name", "t": "target", "a": "actual", "f": "full_marks", "s": "score", "d": "deviation",
    "c": "cause", "m": "measure", "e": "evidence", "u": "unit", "j": "adjusted_target",
    "k": "completion", "g": "formula", "x": "text",
}  # fmt: skip
_CELL = re.compile(r"(.*?)(?:\{([^{}]*)\})?", re.DOTALL)


def form_of(text: str, year: str = "2025") -> Form:
    """The form that a text draws, with its truth."""
    form = Form()
    form.truth["year"] = year
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    levels: dict[str, str] = {}
    count = 0
    for r, row in enumerate(rows):
        names = [cell for cell in row if re.search(r"\{n[=}]", cell)]
        assert len(names) < 2
        count += len(names)
        own = f"indicators/{count - 1}"
        for c, raw in enumerate(row):
            raw = raw.strip(" ")
            if raw.startswith(("<", "^")):
                owners[r, c] = owners[(r, c - 1) if raw[0] == "<" else (r - 1, c)]
                if raw[1:]:
                    _note(form, raw[2:-1], "", own, levels)
                continue
            owners[r, c] = (r, c)
            match = _CELL.fullmatch(raw)
            assert match
            shown, note = match[1].replace("\\n", "\n"), match[2]
            item = _item(shown)
            if item.shown:
                form.cells[r, c] = item
            if note is not None:
                _note(form, note, item.shown, own, levels)
        if names:
            for level, value in levels.items():
                form.truth[f"{own}/{level}"] = value
    for owner in dict.fromkeys(owners.values()):
        mine = [spot for spot, o in owners.items() if o == owner]
        bottom, right = max(r for r, _ in mine), max(c for _, c in mine)
        if len(mine) > 1:
            form.merges.append((*owner, bottom, right))
    form.height, form.width = len(rows), max(map(len, rows))
    return form


def _item(text: str) -> Item:
    if not text.endswith("#"):
        return Item(text, text)
    shown = text[:-1]
    digits = shown.replace(",", "")
    places = len(digits.rstrip("%").partition(".")[2])
    dots = f".{'0' * places}" if places else ""
    if digits.endswith("%"):
        return Item(float(Decimal(digits[:-1]) / 100), shown, f"0{dots}%")
    return Item(float(digits), shown, f"#,##0{dots}" if "," in shown else f"0{dots}")


def _note(form: Form, note: str, shown: str, own: str, levels: dict[str, str]) -> None:
    for token in note.split("&"):
        if token == "-":
            form.homeless.append(shown)
            continue
        if token == "!":
            form.persons.append(shown)
            continue
        place, _, value = token.partition("=")
        value = value or shown
        if place in ("1", "2"):
            levels[f"level{place}"] = value
        elif place in SHORT:
            form.truth[f"{own}/{SHORT[place]}"] = value
        elif place.startswith("F"):
            form.truth[f"funds/{place[1:].replace('.', '/')}"] = value
        else:
            form.truth[place] = value
