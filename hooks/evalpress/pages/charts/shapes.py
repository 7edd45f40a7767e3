"""4 write: lines, boxes, dots and texts of a drawing -> SVG.

Measures are about pixels at the width of a phone: a drawing is as wide as its column there, and a
text of 13 stays above 12 pixels on the narrowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from evalpress.assess.judging import Outcome
from evalpress.pages.charts.series import Chart, description
from evalpress.text.markup import in_html

WIDTH = 300.0
FONT = 13
HALF = 6.0  # of a dot
_SCALE = 1.1  # at which drawings stand on a wide page
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"

# What lies below comes first; each with its look where no style sheet reaches.
LOOKS = {
    "grid": 'stroke="#dce1e8"',
    "axis": 'stroke="#566070"',
    "whole": 'fill="#eef3f9" stroke="#7188ab"',
    "value": 'fill="#1b4482"',
    "target": 'fill="none" stroke="#566070" stroke-width="2.5"',
    "trend": 'fill="none" stroke="#7188ab" stroke-width="1.5"',
    "median": 'fill="none" stroke="#9a5b00" stroke-width="3"',
    "cut": 'stroke="#9c2a20" stroke-dasharray="3 3"',
    "dot": 'fill="#1b4482"',
    "met": 'fill="#1b4482"',
    "missed": 'fill="#ffffff" stroke="#9c2a20" stroke-width="2.5"',
    "unknown": 'fill="#ffffff" stroke="#566070" stroke-width="2"',
    "tick": 'fill="#566070"',
    "name": 'fill="#566070"',
    "row-name": 'fill="#1f2732"',
    "legend": 'fill="#566070"',
    "missing": 'fill="#566070"',
    "label": 'fill="#1f2732" font-weight="700"',
    "whole-label": 'fill="#566070"',
    "cut-mark": 'fill="#9c2a20" font-weight="700"',
    "caption": 'fill="#1f2732" font-weight="700"',
    "source": 'fill="#566070"',
}
_LAYERS = {kind: place for place, kind in enumerate(LOOKS)}


@dataclass(frozen=True)
class Shape:
    """A form of one kind of LOOKS, as SVG without its look."""

    kind: str
    svg: str


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet of this size, and whether a figure at its axis is not the zero."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    low: str = ""


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def box(kind: str, x: float, y: float, width: float, height: float) -> Shape:
    """A rectangle by its upper left corner."""
    at = f'x="{number(x)}" y="{number(y)}"'
    return Shape(kind, f'<rect {at} width="{number(width)}" height="{number(height)}"/>')


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """A straight line."""
    first = f'x1="{number(x1)}" y1="{number(y1)}"'
    return Shape(kind, f'<line {first} x2="{number(x2)}" y2="{number(y2)}"/>')


def track(kind: str, points: Iterable[tuple[float, float]]) -> Shape:
    """A line through points."""
    shown = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return Shape(kind, f'<polyline points="{shown}"/>')


def text(kind: str, x: float, y: float, said: str, anchor: str = "middle") -> Shape:
    """A text by the middle (`middle`), beginning (`start`) or end of its base line."""
    place = f'x="{number(x)}" y="{number(y)}"'
    ends = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return Shape(kind, f"<text {place}{ends}>{in_html(said)}</text>")


def spot(outcome: Outcome | None, x: float, y: float) -> Shape:
    """A dot whose form says what became of a target: a disc where it was met or none was set, a
    diamond where it was missed, an empty square where nobody can tell."""
    if outcome is Outcome.MISSED:
        around = ((0, -HALF), (HALF, 0), (0, HALF), (-HALF, 0))
        points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in around)
        return Shape("missed", f'<polygon points="{points}"/>')
    if outcome is Outcome.UNKNOWN:
        return box("unknown", x - HALF + 1.5, y - HALF + 1.5, 2 * HALF - 3, 2 * HALF - 3)
    kind = "met" if outcome else "dot"
    return Shape(kind, f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(HALF - 1)}"/>')


def text_width(said: str, size: float = FONT) -> float:
    """About how wide a text is: Chinese a square, digits more than half, points a third."""
    wide = sum(1.0 if ord(c) > 0x2E80 else 0.34 if c in ".,-" else 0.6 for c in said)
    return wide * size


def layers(shapes: Iterable[Shape]) -> Iterator[str]:
    """The shapes as SVG, those of a kind in one group with their look."""
    ordered = sorted(shapes, key=lambda shape: _LAYERS[shape.kind])
    for kind, found in groupby(ordered, key=lambda shape: shape.kind):
        yield f'<g class="ep-{kind}" {LOOKS[kind]}>{"".join(shape.svg for shape in found)}</g>'


def bare(drawing: Drawing) -> Markup:
    """A drawing that explains others and says nothing of its own to those who cannot see it."""
    opened = _opened(drawing, 'aria-hidden="true"')
    return Markup("\n".join([opened, *layers(drawing.shapes), "</svg>"]))


def _opened(drawing: Drawing, named: str) -> str:
    width, height = number(drawing.width), number(drawing.height)
    wide, high = number(drawing.width * _SCALE), number(drawing.height * _SCALE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ep-chart__plot"'
        f' viewBox="0 0 {width} {height}" width="{wide}" height="{high}" {named}'
        f' font-family="{FONTS}" font-size="{FONT}">'
    )


def inline(chart: Chart, drawing: Drawing) -> Markup:
    """The drawing as it stands on a page, with its title and description."""
    name = f"chart-{in_html(chart.id)}"
    named = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    return Markup(
        f"{_opened(drawing, named)}\n"
        f'<title id="{name}-title">{in_html(chart.title)}</title>\n'
        f'<desc id="{name}-desc">{in_html(description(chart))}</desc>\n'
        + "\n".join(layers(drawing.shapes))
        + "\n</svg>"
    )
