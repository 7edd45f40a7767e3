"""How a text of a document looks -> whether readers can see it: hidden, in the colour of its
ground, too small, squeezed together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

MIN_POINTS = 5.0  # the smallest size that Chinese print knows (八号)
_MIN_PERCENT = 10  # how far letters may be squeezed
_NEAR = 0x12  # how far two colours may be apart and still look the same
_MIN_LINE = 60  # twentieths of a point
_OVERLAP = 8  # points; letters that are moved so far over each other are a blot
_FAR = 100  # points; letters that are moved so far above or below their line leave it
WHITE = "FFFFFF"
UNKNOWN = "unknown"
_HIGHLIGHTS = {
    "black": "000000", "white": WHITE, "yellow": "FFFF00", "red": "FF0000", "blue": "0000FF",
    "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Look:
    """What is said about a text, by its style or directly; None where nothing is said."""

    vanish: bool | None = None
    colour: str | None = None
    ground: str | None = None
    points: float | None = None
    percent: float | None = None
    font: str | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, the other elsewhere."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(other, **said) if said else other

    def is_hidden(self, ground: str) -> bool:
        """True for a text that nobody sees on this ground, which its own shading covers."""
        under = self.ground or ground
        return bool(
            self.vanish
            or (self.points is not None and self.points < MIN_POINTS)
            or (self.percent is not None and self.percent <= _MIN_PERCENT)
            or (self.colour and under != UNKNOWN and are_alike(self.colour, under))
        )


def are_alike(one: str, other: str) -> bool:
    """True for two colours as RRGGBB that the eye cannot tell apart."""
    try:
        pairs = [(int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(a - b) <= _NEAR for a, b in pairs)


def read_look(properties: Element | None) -> Look:
    """The look that a `w:rPr` gives."""
    if properties is None:
        return Look()
    vanish = colour = ground = font = None
    marked_black = False
    points = percent = None
    for element in properties:
        value = element.get("val", "")
        if element.tag in ("vanish", "specVanish"):
            vanish = value not in _OFF
        elif element.tag == "color":
            colour = _colour(element)
        elif element.tag == "shd":
            ground = shading(element)
        elif element.tag == "highlight":
            ground = _HIGHLIGHTS.get(value, ground)
            marked_black = value == "black"
        elif element.tag == "sz":
            points = _number(value, 2)
        elif element.tag == "w":
            percent = _number(value.rstrip("%"), 1)
        elif (element.tag == "spacing" and (_number(value, 20) or 0) <= -_OVERLAP) or (
            element.tag == "position" and abs(_number(value, 2) or 0) >= _FAR
        ):
            percent = 0.0
        elif element.tag == "rFonts":
            font = element.get("ascii") or element.get("hAnsi")
        elif element.tag == "textFill":
            colour = _fill_of(element) or colour
    if marked_black and colour is None:
        colour = ground  # a marker's black over letters of the usual colour hides them
    return Look(vanish, colour, ground, points, percent, font)


def _number(value: str, divisor: int) -> float | None:
    try:
        return float(value) / divisor
    except ValueError:
        return None


def _colour(element: Element) -> str | None:
    """A colour; `auto` always differs from its ground, a theme's own is known for white alone."""
    theme = element.get("themeColor", "")
    if theme in ("background1", "light1") and not element.get("themeShade"):
        return WHITE
    value = element.get("val", "auto")
    return None if value == "auto" or (theme and value == WHITE) else value


def _fill_of(element: Element) -> str | None:
    """The colour of letters that are drawn; those without filling are white on white."""
    if element.find("noFill") is not None:
        return WHITE
    alpha = next((found for found in element.iter("alpha")), None)
    if alpha is not None and (_number(alpha.get("val", "0").rstrip("%"), 1) or 0) >= 95_000:
        return WHITE
    solid = next((found for found in element.iter("srgbClr")), None)
    return solid.get("val") if solid is not None else None


def shading(element: Element) -> str | None:
    """The ground that a `w:shd` gives: its fill, or its pattern's colour where that covers all."""
    fill, pattern = element.get("fill", "auto"), element.get("val", "")
    if pattern == "solid":
        colour = element.get("color", "auto")
        return "000000" if colour == "auto" else colour
    if pattern not in ("clear", "nil", ""):
        return UNKNOWN
    if element.get("themeFill") and element.get("themeFill") not in ("background1", "light1"):
        return fill if fill != "auto" else UNKNOWN
    return None if fill == "auto" else fill


class Styles:
    """The looks of a document's styles, with what they take over from others."""

    def __init__(self, root: Element | None) -> None:
        self.own: dict[str, tuple[str, Look, bool]] = {}
        self.default = Look()
        self.default_paragraph = ""
        if root is not None:
            for element in root:
                self._read(element)

    def _read(self, element: Element) -> None:
        if element.tag == "docDefaults":
            found = element.find("rPrDefault/rPr")
            self.default = read_look(found)
        elif element.tag == "style":
            name, base = element.get("styleId", ""), element.find("basedOn")
            dark = any(_is_coloured(shd) for shd in element.iter("shd"))
            look = read_look(element.find("rPr"))
            self.own[name] = (base.get("val", "") if base is not None else "", look, dark)
            if element.get("type") == "paragraph" and element.get("default") in ("1", "true"):
                self.default_paragraph = name

    def look(self, name: str) -> Look:
        """The look of a style; one that the file does not have says nothing."""
        found = Look()
        for _, own, _ in self._line(name):
            found = found.over(own)
        return found

    def colours_cells(self, name: str) -> bool:
        """True for a table style that paints cells, so that their ground is not known."""
        return any(dark for _, _, dark in self._line(name))

    def _line(self, name: str) -> Iterator[tuple[str, Look, bool]]:
        for _ in range(20):
            if name not in self.own:
                return
            yield self.own[name]
            name = self.own[name][0]


def _is_coloured(element: Element) -> bool:
    ground = shading(element)
    return ground is not None and not are_alike(ground, WHITE)


# Twips to the right of the margin, and to the left: no sheet of paper reaches so far.
_RIGHT_OF_PAPER, _LEFT_OF_PAPER = 20_000, -6_000


def _is_beside_paper(properties: Element | None) -> bool:
    found = properties.find("ind") if properties is not None else None
    sides = ("left", "start", "firstLine") if found is not None else ()
    indent = sum(_number(found.get(side, "0"), 1) or 0 for side in sides if found is not None)
    return not _LEFT_OF_PAPER <= indent <= _RIGHT_OF_PAPER


def is_squeezed(properties: Element | None) -> bool:
    """True for a paragraph whose lines are too low to show anything, or begin beside the paper."""
    if _is_beside_paper(properties):
        return True
    spacing = properties.find("spacing") if properties is not None else None
    if spacing is None or spacing.get("lineRule") != "exact":
        return False
    line = _number(spacing.get("line", "240"), 1)
    return line is not None and 0 <= line < _MIN_LINE
