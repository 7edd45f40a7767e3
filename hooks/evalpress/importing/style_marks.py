"""The styles of a DOCX -> what each says about the signs of a text: hidden, struck through, set in
a font of symbols. python-docx resolves none of them.

A style takes what it does not say from the one that it is based on (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
FONT = "font"
_STRIKES = ("strike", "dstrike")

Marks = Mapping[str, str | bool]


def marks_of_styles(styles: Any) -> dict[str, Marks]:
    """By style id: `vanish`, `strike`, `dstrike` as booleans and `font`, as far as said. From
    `w:styles` as python-docx has it; only styles that say something of this."""
    own = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
    found = {name: _inherited(own, name) for name in own}
    return {name: marks for name, marks in found.items() if marks}


def _inherited(styles: Mapping[str, Any], name: str) -> dict[str, str | bool]:
    marks: dict[str, str | bool] = {}
    for _ in range(20):
        style = styles.get(name)
        if style is None:
            break
        marks = {**marks_of(style.find(f"{_W}rPr")), **marks}
        based = style.find(f"{_W}basedOn")
        name = "" if based is None else based.get(f"{_W}val") or ""
    return marks


def marks_of(properties: Any) -> dict[str, str | bool]:
    """What a `w:rPr`, or None, says itself."""
    if properties is None:
        return {}
    marks: dict[str, str | bool] = {
        name: mark.get(f"{_W}val", "1") not in _OFF
        for name in ("vanish", *_STRIKES)
        if (mark := properties.find(f"{_W}{name}")) is not None
    }
    fonts = properties.find(f"{_W}rFonts")
    font = "" if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
    return {**marks, FONT: font} if font else marks


class Styled:
    """Looks up what styles and runs together say."""

    def __init__(self, styles: Any) -> None:
        """From `w:styles`."""
        self._styles = marks_of_styles(styles)

    def marks(self, run: Any) -> Marks:
        """What holds for a `w:r`: what it says itself, else its style, else its paragraph's."""
        properties = run.find(f"{_W}rPr")
        own = marks_of(properties)
        if not self._styles:
            return own
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        around = None if paragraph is None else paragraph.find(f"{_W}pPr")
        below = (self._of(around, "pStyle"), self._of(properties, "rStyle"))
        return {**below[0], **below[1], **own}

    def _of(self, properties: Any, name: str) -> Marks:
        style = None if properties is None else properties.find(f"{_W}{name}")
        return {} if style is None else self._styles.get(style.get(f"{_W}val") or "", {})


def is_struck(marks: Marks) -> bool:
    """Whether a text is struck through."""
    return any(marks.get(name) for name in _STRIKES)
