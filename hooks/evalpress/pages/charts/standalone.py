"""4 write: drawings -> one SVG file that says by itself what it shows, of whom and how real it is.

It is a page of its own, so it needs no style sheet and no font of the site, and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalpress.pages.charts.shapes import FONT, FONTS, Drawing, Shape, layers, number, text
from evalpress.pages.charts.shapes import text_width as wide
from evalpress.text.markup import in_html

_EDGE = 16.0
_GAP = 28.0
_LINE = 20.0


@dataclass(frozen=True)
class Panel:
    """A drawing of a picture, with what stands above it."""

    drawing: Drawing
    title: str = ""


@dataclass(frozen=True)
class Words:
    """What stands round the drawings: their title, what they say to those who cannot see them, the
    notes and the source below."""

    title: str
    said: str
    notes: tuple[str, ...]


def picture(
    words: Words, panels: Sequence[Panel], across: int = 1, legend: Drawing | None = None
) -> str:
    """The file: title, legend, drawings in rows of so many, notes."""
    width = across * (panels[0].drawing.width + _GAP) - _GAP if panels else 0.0
    title, key = words.title, legend or Drawing(0, 0, ())
    heads = [text("caption", 0, 14 + n * _LINE, line, "start")
             for n, line in enumerate(folded(title, width))]  # fmt: skip
    top = len(heads) * _LINE + 8
    body, height = _laid(panels, across, top + key.height, width)
    body.append(_moved(0, top, key.shapes))
    notes = [line for note in words.notes for line in folded(note, width)]
    foot = [text("source", 0, height + 12 + n * _LINE, s, "start") for n, s in enumerate(notes)]
    size = (width + 2 * _EDGE, height + len(notes) * _LINE + 2 * _EDGE)
    return "\n".join(_file(words, size, heads, body, foot))


def _laid(
    panels: Sequence[Panel], across: int, top: float, width: float
) -> tuple[list[str], float]:
    """The drawings in rows, as groups moved to their places, and where the last one ends."""
    made: list[str] = []
    for start in range(0, len(panels), across):
        row = panels[start : start + across]
        each = (width + _GAP) / across - _GAP
        titles = [list(folded(p.title, each)) for p in row]
        heads = max(map(len, titles))
        for at, (panel, lines) in enumerate(zip(row, titles, strict=True)):
            left = at * (each + _GAP)
            above = [text("caption", 0, 14 + n * _LINE, s, "start") for n, s in enumerate(lines)]
            made.append(_moved(left, top, above))
            made.append(_moved(left, top + heads * _LINE + 4 * bool(heads), panel.drawing.shapes))
        top += heads * _LINE + max(panel.drawing.height for panel in row) + 14
    return made, top


def _moved(left: float, top: float, shapes: Sequence[Shape]) -> str:
    if not shapes:
        return ""
    return f'<g transform="translate({number(left)} {number(top)})">{"".join(layers(shapes))}</g>'


def _file(
    words: Words,
    size: tuple[float, float],
    heads: Sequence[Shape],
    body: Sequence[str],
    foot: Sequence[Shape],
) -> Iterator[str]:
    width, height = map(number, size)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="zh-CN" role="img" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}" font-family="{FONTS}"'
        f' font-size="{FONT}">'
    )
    yield f"<title>{in_html(words.title)}</title>"
    yield f"<desc>{in_html(words.said)}</desc>"
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    yield f'<g transform="translate({number(_EDGE)} {number(_EDGE)})">'
    yield from layers(heads)
    yield from filter(None, body)
    yield from layers(foot)
    yield "</g>"
    yield "</svg>\n"


def folded(said: str, width: float) -> Iterator[str]:
    """A text in lines that are about so wide; nothing for no text."""
    line = ""
    for part in _UNBROKEN.findall(said):
        if line and wide(line + part) > width:
            yield line
            line = ""
        line += part
    if line:
        yield line


# Figures are not broken, and no line begins with what closes.
_UNBROKEN = re.compile(r"(?:[\d.,%]+|.)[）》”。，；：、%]*")
