"""The styles of a workbook -> each cell's number format, and whether its text can be seen."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

from evalpress.files.excel_values import NUMBER_FORMATS
from evalpress.files.scan.looks import MIN_POINTS, UNKNOWN, WHITE, are_alike

# Excel's own palette at the places that matter; 64 and 65 are the system's black and white.
_PALETTE = {0: "000000", 1: WHITE, 8: "000000", 9: WHITE, 64: "000000", 65: WHITE}
_THEME_WHITE, _THEME_BLACK = "0", "1"
# A number format in white: “[White]0” matches; “[Red]0” does not.
_IN_WHITE = re.compile(r"\[(?:white|白色|color\s*2|颜色\s*2)\]", re.IGNORECASE)
# A number format without any place for the value: “;;;” is one; “0;;” is none.
_SHOWS_NOTHING = re.compile(r'(?:\[[^\]]*\]|""|[;\s])+')


class CellStyles:
    """The formats of cells by their number `s`; a cell without one has the first."""

    def __init__(self, root: Element | None) -> None:
        self._formats: dict[int, str] = dict(NUMBER_FORMATS)
        self._cells: list[Element] = []
        self._fonts: list[Element] = []
        self._fills: list[Element] = []
        self._conditional: list[Element] = []
        if root is not None:
            self._formats |= {
                int(own.get("numFmtId", "0")): own.get("formatCode", "General")
                for own in root.findall("numFmts/numFmt")
                if own.get("numFmtId", "").isdigit()
            }
            self._cells = list(root.findall("cellXfs/xf"))
            self._fonts = list(root.findall("fonts/font"))
            self._fills = list(root.findall("fills/fill"))
            self._conditional = list(root.findall("dxfs/dxf"))
        self.is_hidden = cache(self._is_hidden)

    def number_format(self, style: int) -> str:
        """Excel's code for the numbers of a cell."""
        if style >= len(self._cells):
            return "General"
        number = self._cells[style].get("numFmtId", "0")
        return self._formats.get(int(number) if number.isdigit() else 0, "General")

    def _is_hidden(self, style: int) -> bool:
        """True where the font has the colour of the cell, or is too small to read."""
        if style >= len(self._cells):
            return False
        font = _at(self._fonts, self._cells[style].get("fontId", "0"))
        fill = _at(self._fills, self._cells[style].get("fillId", "0"))
        if font is None:
            return False
        size = font.find("sz")
        if size is not None and _number(size.get("val", "11"), 11) < MIN_POINTS:
            return True
        colour, ground = _colour(font.find("color")), _ground(fill)
        if ground == WHITE and _IN_WHITE.search(self.number_format(style)):
            return True
        return UNKNOWN not in (colour, ground) and are_alike(colour, ground)

    def hides(self, number: str) -> bool:
        """True for a conditional format that shows nothing, or in the colour of its ground."""
        own = _at(self._conditional, number) if number else None
        if own is None:
            return False
        shown = own.find("numFmt")
        if shown is not None and _SHOWS_NOTHING.fullmatch(shown.get("formatCode", "General")):
            return True
        font, pattern = own.find("font/color"), own.find("fill/patternFill")
        ground = _colour(pattern.find("bgColor"), WHITE) if pattern is not None else WHITE
        colour = _colour(font)
        return font is not None and UNKNOWN not in (colour, ground) and are_alike(colour, ground)


def _at(elements: list[Element], number: str) -> Element | None:
    at = int(number) if number.isdigit() else 0
    return elements[at] if at < len(elements) else None


def _ground(fill: Element | None) -> str:
    pattern = fill.find("patternFill") if fill is not None else None
    if pattern is None:
        return WHITE if fill is None or fill.find("gradientFill") is None else UNKNOWN
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    return _colour(pattern.find("fgColor"), WHITE) if kind == "solid" else UNKNOWN


def _colour(element: Element | None, default: str = "000000") -> str:
    """A colour as RRGGBB; a theme's is known for its white and black, whatever their tint."""
    if element is None or element.get("auto") in ("1", "true"):
        return default
    if rgb := element.get("rgb"):
        return rgb[-6:]
    if indexed := element.get("indexed"):
        return _PALETTE.get(int(indexed) if indexed.isdigit() else -1, UNKNOWN)
    base = {_THEME_WHITE: WHITE, _THEME_BLACK: "000000"}.get(element.get("theme", ""))
    return _tinted(base, _number(element.get("tint", "0"), 0)) if base else UNKNOWN


def _tinted(base: str, tint: float) -> str:
    level = int(base[:2], 16)
    level = int(level * (1 + tint)) if tint < 0 else int(level + (255 - level) * tint)
    return f"{max(0, min(255, level)):02X}" * 3


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default
