"""5 print: a document's panels of key figures (ElementTree) -> each in as few rows as leave every
figure on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from evalpress.pdf.columns import LETTER, UPRIGHT, Needs, is_for_the_web, shares
from evalpress.pdf.unbroken import kept, width

# In points, as print.css has them.
_SIZES = {"ep-figure__value": 14.0, "ep-figure__unit": 9.0}
_NOTE, _PADDING = 9.0, 6.0


def set_panels(root: Any) -> dict[Any, float]:
    """Put the figures of every panel into rows, with their widths; gives for each figure how many
    of its letters fit into a line."""
    rooms: dict[Any, float] = {}
    for panel in root.iter("section"):
        if "ep-panel" in panel.get("class", "").split():
            figures = [figure for figure in panel if not is_for_the_web(figure)]
            panel[:] = [_row(panel, row, rooms) for row in _rows(figures)]
    return rooms


def _rows(figures: Sequence[Any]) -> list[Sequence[Any]]:
    """The figures in the fewest rows that are wide enough, all of about the same number."""
    for count in range(1, len(figures) + 1):
        size = ceil(len(figures) / count)
        rows = [figures[at : at + size] for at in range(0, len(figures), size)]
        if all(sum(_needs(one).least for one in row) <= UPRIGHT.width for row in rows):
            return rows
    return [[figure] for figure in figures]


def _row(panel: Any, figures: Sequence[Any], rooms: dict[Any, float]) -> Any:
    row = panel.makeelement("div", {"class": "print-figures"})
    needs = [_needs(figure) for figure in figures]
    even = UPRIGHT.width / len(figures)
    if max(need.least for need in needs) <= even:
        widths = [even] * len(figures)
    else:
        widths = shares(needs, UPRIGHT.width)
    for figure, points in zip(figures, widths, strict=True):
        figure.set("style", f"width:{points:.2f}pt")
        rooms[figure] = (points - _PADDING) / LETTER
        row.append(figure)
    return row


def _needs(figure: Any) -> Needs:
    """What a figure needs in points: its value stays whole, its name and note may break."""
    least = most = 0.0
    for line in figure:
        name, text = line.get("class", ""), " ".join("".join(line.itertext()).split())
        if name in _SIZES:
            whole = sum(size * width(part) for part, size in _parts(line))
            least, most = max(least, whole), max(most, whole)
        else:
            pieces = [width(text[start:end]) for start, end in kept(text, UPRIGHT.width, True)]
            least = max([least, *(_NOTE * piece for piece in pieces)])
            most = max(most, _NOTE * width(text))
    return Needs(least + _PADDING, most + _PADDING, most / LETTER)


def _parts(value: Any) -> Iterator[tuple[str, float]]:
    """The texts of a value with the size of their letters."""
    own = _SIZES[value.get("class", "")]
    yield value.text or "", own
    for child in value:
        yield "".join(child.itertext()), _SIZES.get(child.get("class", ""), own)
        yield child.tail or "", own
