"""The operators of a PDF page -> texts that a dark box was painted over.

A black box hides a text from the eye only; whoever copies the page has it. What is written after
the box, as in the dark head of a table, is not covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

_PAINT = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_NO_PAINT = (b"n", b"S", b"s")
_DARK = 0.25
_HEIGHT, _WIDTH = 5, 8  # points; a line is no box
_MARGIN = 1

Matrix = Sequence[float]
Box = tuple[float, float, float, float]


class Covers:
    """Follows a page while its text is taken out; `spend` counts every operator."""

    def __init__(self, spend: Callable[..., None]) -> None:
        self.spend = spend
        self.is_dark = True  # a page begins with black
        self.kept: list[bool] = []
        self.path: list[Box] = []
        self.boxes: list[tuple[Box, int]] = []
        self.texts: list[tuple[float, float, str]] = []

    def operator(self, operator: bytes, operands: Any, matrix: Matrix, *rest: Any) -> None:
        """One operator, before it is carried out."""
        self.spend(operator, operands, matrix, *rest)
        if operator == b"re":
            self.path.append(_box(operands, matrix))
        elif operator in _PAINT:
            if self.is_dark:
                self.boxes += [(box, len(self.texts)) for box in self.path if _is_large(box)]
            self.path.clear()
        elif operator in _NO_PAINT:
            self.path.clear()
        elif operator == b"q":
            self.kept.append(self.is_dark)
        elif operator == b"Q" and self.kept:
            self.is_dark = self.kept.pop()
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            self.is_dark = _is_dark(operands)

    def text(self, text: str, matrix: Matrix, own: Matrix, *_: Any) -> None:
        """A piece of text and where it begins."""
        if text.strip():
            self.texts.append((*_point(own[4], own[5], matrix), text.strip()))

    def found(self) -> Iterator[str]:
        """The beginning of each text that lies under a box."""
        for number, (x, y, text) in enumerate(self.texts):
            if any(number < painted and _holds(box, x, y) for box, painted in self.boxes):
                yield text[:20]


def _box(operands: Any, matrix: Matrix) -> Box:
    x, y, width, height = (float(value) for value in operands[:4])
    left, bottom = _point(x, y, matrix)
    right, top = _point(x + width, y + height, matrix)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = (float(value) for value in matrix)
    return x * a + y * c + e, x * b + y * d + f


def _is_large(box: Box) -> bool:
    return box[2] - box[0] >= _WIDTH and box[3] - box[1] >= _HEIGHT


def _holds(box: Box, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left - _MARGIN <= x <= right and bottom - _MARGIN <= y + _MARGIN <= top


def _is_dark(operands: Any) -> bool:
    """True for black and nearly black in grey, RGB and CMYK; a pattern is no colour."""
    values = [float(value) for value in operands if isinstance(value, int | float)]
    if len(values) == 4:
        return values[3] >= 1 - _DARK or min(values[:3]) >= 1 - _DARK
    return bool(values) and max(values) <= _DARK
