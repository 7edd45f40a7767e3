"""5 print: full lines by space between Chinese signs; Latin letters, digits and spaces keep theirs.

WeasyPrint stretches nothing but spaces, which a Chinese line has none of or one, then a gaping one.
Takes the place of its `justify_line`; knows its boxes and the Pango layouts that it keeps in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

# Han, kana, full-width forms and Chinese punctuation.
_WIDE = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]+"
)
# More than this between signs, in CSS pixels, would show: the line then stays short.
_MOST = 3.0


@contextmanager
def own_justification() -> Iterator[None]:
    """While this lasts, lines are justified by this module."""
    theirs = inline.justify_line
    inline.justify_line = justify_line
    try:
        yield
    finally:
        inline.justify_line = theirs


class _Spread(Layout):  # type: ignore[misc]
    """A line's text with space between its wide signs."""

    gap = 0.0

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text as any layout does, then put the space between its wide signs."""
        super().set_text(text, justify)
        found = pango.pango_layout_get_attributes(self.layout)
        attributes = found
        if found == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for run in _WIDE.finditer(self.text):
            start = len(self.text[: run.start()].encode())
            spacing = pango.pango_attr_letter_spacing_new(int(self.gap * TO_UNITS))
            spacing.start_index, spacing.end_index = start, start + len(run[0].encode())
            pango.pango_attr_list_change(attributes, spacing)
        pango.pango_layout_set_attributes(self.layout, attributes)


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Spread a line that is `extra` pixels too short."""
    text = "".join(_texts(line)).rstrip()
    places = len("".join(_WIDE.findall(text[:-1])))
    if places and extra / places <= _MOST:
        _spread(line, extra / places, 0.0)


def _texts(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _spread(box: Any, gap: float, shift: float) -> float:
    """Move a box by what was put in before it, and spread it; gives the shift of the next one."""
    if not isinstance(box, boxes.TextBox | boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    before = shift
    if isinstance(box, boxes.TextBox):
        shift += gap * len("".join(_WIDE.findall(box.text)))
        box.pango_layout.__class__, box.pango_layout.gap = _Spread, gap
    else:
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(child, gap, shift)
    box.width += shift - before
    return shift
