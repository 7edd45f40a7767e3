"""The operators of a PDF page -> the texts on it that nobody sees: under any kind of box or
picture, in the colour of their ground, tiny, transparent, cut off or outside of the page.

Whoever copies the page has them all. What is written after a box, as in the dark head of a table,
is not covered. Positions are points from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pikepdf

from evalpress.files.scan.found import Unreadable
from evalpress.files.scan.looks import UNKNOWN, WHITE, are_alike
from evalpress.files.scan.pdf_fonts import PdfFont
from evalpress.files.scan.pdf_structure import MarkedPage

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

MIN_SIZE = 3.0  # points
_HEIGHT, _WIDTH = 4, 4  # a line is no box
_FULL = 0.7  # how much of its frame a shape must fill to cover it
_CLEAR, _FAINT = 0.5, 0.1
_SLACK = 3
MAX_FORM_DEPTH = 12
MAX_BOXES = 10_000
MAX_LOOKS = 20_000_000  # how often a sign is held against a box
_EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


_SAME_LINE = 6.0  # points; less than lines are apart, more than a raised sign
FRAMING = -1  # the mark of page numbers and running heads


@dataclass(frozen=True)
class State:
    """What holds until it is changed: `q` keeps it, `Q` brings it back."""

    matrix: Matrix = _UNIT
    fill: str = "000000"
    stroke: str = "000000"
    fill_space: str = "/DeviceGray"
    stroke_space: str = "/DeviceGray"
    opacity: float = 1
    blends: bool = False
    clip: Box = _EVERYWHERE
    font: PdfFont | None = None
    size: float = 0
    spacing: float = 0
    word_spacing: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0


@dataclass(frozen=True)
class Painted:
    """A filled area: where, in what colour, after how many glyphs; whether it hides these."""

    frames: tuple[tuple[Box, int], ...]
    colour: str
    order: int
    is_opaque: bool
    even_odd: bool = False

    def holds(self, x: float, y: float) -> bool:
        """True for a point inside; a frame within another one may be a hole."""
        winds = [way for box, way in self.frames if _holds(box, x, y)]
        return bool(len(winds) % 2 if self.even_odd else sum(winds))


@dataclass(frozen=True)
class Glyph:
    """A sign on the page: its middle, why it cannot be seen, if so, and the number of the piece it
    is marked as: FRAMING for what frames the page, None for what is not marked."""

    x: float
    y: float
    sign: str
    unseen: str
    mark: int | None = None


class Page:
    """Follows the operators of one page; `spend` counts them. Raises what `spend` raises."""

    def __init__(
        self, page: Any, fonts: dict[tuple[int, int], PdfFont], spend: Callable[..., None]
    ) -> None:
        self.fonts, self.spend = fonts, spend
        self.state, self.kept = State(), list[State]()
        self.glyphs: list[Glyph] = []
        self.painted: list[Painted] = []
        self.unread: dict[str, int] = {}
        self.used: dict[str, dict[int, str]] = {}
        self.text: Matrix = _UNIT
        self.line: Matrix = _UNIT
        self.path: list[list[tuple[float, float]]] = []
        self.clips = False
        self.spoken: list[str] = []
        self.marks: list[int | None] = []
        self.resources: Any = None
        self.depth = self.looks = 0
        self.crop = _rectangle(page.get("/CropBox") or page.get("/MediaBox"))
        self._run(page, page.get("/Resources"))

    def _run(self, stream: Any, resources: Any) -> None:
        outer, self.resources = (
            self.resources,
            resources if resources is not None else self.resources,
        )
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            self.spend(operator.encode())
            handle = _OPERATORS.get(operator)
            if handle:
                handle(self, instruction.operands)
        self.resources = outer

    # what is painted

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def _move(self, operands: Any) -> None:
        self.path.append([self._point(operands[0], operands[1])])

    def _draw(self, operands: Any) -> None:
        points = [float(value) for value in operands]
        if not self.path:
            self.path.append([])
        self.path[-1] += [self._point(*points[n : n + 2]) for n in range(0, len(points) - 1, 2)]

    def _rectangle(self, operands: Any) -> None:
        x, y, width, height = (float(value) for value in operands[:4])
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.path.append([self._point(*corner) for corner in corners])

    def _point(self, x: Any, y: Any) -> tuple[float, float]:
        return _moved(float(x), float(y), self.state.matrix)

    def _fill(self, even_odd: bool) -> None:
        frames = [
            (_frame(points), 1 if _area(points) > 0 else -1)
            for points in self.path
            if len(points) > 2 and abs(_area(points)) >= _FULL * _size(_frame(points))
        ]
        self._paint(frames, self.state.fill, even_odd=even_odd)
        self._end()

    def _end(self, _: Any = None) -> None:
        if self.clips and self.path:
            frame = _frame([point for points in self.path for point in points])
            self._set(clip=_common(self.state.clip, frame))
        self.clips = False
        self.path.clear()

    def _clip(self, _: Any = None) -> None:
        self.clips = True

    def _shade(self, _: Any = None) -> None:
        self._paint([(self.state.clip, 1)], UNKNOWN)

    def _paint(
        self, frames: list[tuple[Box, int]], colour: str, is_whole: bool = True,
        even_odd: bool = False,
    ) -> None:  # fmt: skip
        clipped = [(_common(box, self.state.clip), way) for box, way in frames]
        large = tuple((box, way) for box, way in clipped if _is_large(box))
        if large:
            opaque = is_whole and self.state.opacity > _CLEAR and not self.state.blends
            self.painted.append(Painted(large, colour, len(self.glyphs), opaque, even_odd))
            if len(self.painted) > MAX_BOXES:
                raise Unreadable("too_large")

    def _picture(self, image: Any) -> None:
        whole = not any(key in image for key in ("/SMask", "/Mask")) and not image.get("/ImageMask")
        corners = [self._point(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        self._paint([(_frame(corners), 1)], UNKNOWN, whole)

    def _inline_picture(self, operands: Any) -> None:
        corners = [self._point(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        self._paint([(_frame(corners), 1)], UNKNOWN)

    def _object(self, operands: Any) -> None:
        found = _resource(self.resources, "/XObject", operands[0])
        if found is None:
            return
        if found.get("/Subtype") == "/Image":
            self._picture(found)
        elif found.get("/Subtype") == "/Form" and self.depth < MAX_FORM_DEPTH:
            self._form(found)
        elif self.depth >= MAX_FORM_DEPTH:
            raise Unreadable("too_large")

    def _form(self, form: Any) -> None:
        state, text, line, kept = self.state, self.text, self.line, self.kept
        matrix = _joined(_matrix(form.get("/Matrix")), state.matrix)
        self._set(matrix=matrix)
        if "/BBox" in form:
            box = _rectangle(form["/BBox"])
            corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
            self._set(clip=_common(state.clip, _frame([self._point(*c) for c in corners])))
        self.depth, self.kept = self.depth + 1, []
        self._run(form, form.get("/Resources"))
        self.depth, self.kept = self.depth - 1, kept
        self.state, self.text, self.line = state, text, line

    # state

    def _keep(self, _: Any) -> None:
        self.kept.append(self.state)

    def _restore(self, _: Any) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def _transform(self, operands: Any) -> None:
        self._set(matrix=_joined(_matrix(operands), self.state.matrix))

    def _graphics(self, operands: Any) -> None:
        found = _resource(self.resources, "/ExtGState", operands[0])
        if found is None:
            return
        if "/ca" in found:
            self._set(opacity=float(found["/ca"]))
        if "/BM" in found:
            self._set(blends=str(found["/BM"]) not in ("/Normal", "/Compatible"))
        if found.get("/SMask", "/None") != "/None":
            self._set(blends=True)
        if "/Font" in found:
            self._use(found["/Font"][0], float(found["/Font"][1]))

    def _colour(self, operands: Any, stroke: bool = False) -> None:
        space = self.state.stroke_space if stroke else self.state.fill_space
        found = _colour(operands, space)
        self._set(**{"stroke" if stroke else "fill": found})

    def _space(self, operands: Any, stroke: bool = False) -> None:
        name = str(operands[0])
        named = _resource(self.resources, "/ColorSpace", operands[0])
        kind = str(named[0]) if isinstance(named, pikepdf.Array) and len(named) else name
        if kind == "/ICCBased" and named is not None:
            kind = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}.get(
                int(named[1].get("/N", 0)), kind
            )
        which = "stroke" if stroke else "fill"
        self._set(**{f"{which}_space": kind, which: "000000"})

    # text

    def _begin(self, _: Any) -> None:
        self.text = self.line = _UNIT

    def _choose(self, operands: Any) -> None:
        font = _resource(self.resources, "/Font", operands[0])
        if font is not None:
            self._use(font, float(operands[1]))

    def _use(self, font: Any, size: float) -> None:
        key = font.objgen if font.is_indirect else (id(font), -1)
        if key not in self.fonts:
            self.fonts[key] = PdfFont(font)
        self._set(font=self.fonts[key], size=size)

    def _next_line(self, x: float, y: float) -> None:
        self.line = self.text = _joined((1, 0, 0, 1, x, y), self.line)

    def _place(self, operands: Any) -> None:
        self.line = self.text = _matrix(operands)

    def _show(self, string: bytes) -> None:
        font = self.state.font
        if font is None:
            return
        for code, sign in font.codes(string):
            self._glyph(font, code, sign)

    def _show_all(self, operands: Any) -> None:
        for entry in operands[0]:
            if isinstance(entry, pikepdf.String):
                self._show(bytes(entry))
            else:
                move = -float(entry) / 1000 * self.state.size * self.state.stretch
                self.text = _joined((1, 0, 0, 1, move, 0), self.text)

    def _glyph(self, font: PdfFont, code: int, sign: str | None) -> None:
        state = self.state
        across = font.width(code) * font.scale * state.size
        if sign is None:
            if font.width(code):
                self.unread[font.name] = self.unread.get(font.name, 0) + font.doubt(code)
        else:
            self.used.setdefault(font.name, {})[code] = sign
        self._note(sign or "\ufffd", across)
        move = across + state.spacing + (state.word_spacing if code == 32 else 0)
        self.text = _joined((1, 0, 0, 1, move * state.stretch, 0), self.text)

    def _note(self, sign: str, across: float) -> None:
        state = self.state
        self.looks += len(self.painted)
        if self.looks > MAX_LOOKS:
            raise Unreadable("too_large")
        whole = _joined(self.text, state.matrix)
        x, y = _moved(across * state.stretch / 2, state.rise + state.size * 0.3, whole)
        size = abs(state.size) * (whole[2] ** 2 + whole[3] ** 2) ** 0.5
        self.glyphs.append(Glyph(x, y, sign, self._unseen(x, y, size), self._marked))

    def _unseen(self, x: float, y: float, size: float) -> str:
        """Why a sign cannot be seen where it stands now; "" for one that can."""
        state = self.state
        if state.mode in (3, 7) or state.opacity < _FAINT or size < MIN_SIZE or _is_flat(state):
            return "hidden_text"
        if not _holds(self.crop, x, y, size + _SLACK):
            return "outside_text"
        if not _holds(state.clip, x, y, size):
            return "clipped_text"
        if state.blends:
            return ""
        ground = next((p.colour for p in reversed(self.painted) if p.holds(x, y)), WHITE)
        colour = state.stroke if state.mode == 1 else state.fill
        alike = UNKNOWN not in (ground, colour) and are_alike(ground, colour)
        return "hidden_text" if alike else ""

    @property
    def _marked(self) -> int | None:
        return self.marks[-1] if self.marks else None

    def _mark(self, operands: Any) -> None:
        """Begin a marked piece, with its number, and text that stands for what is painted, when
        somebody copies or hears it. In a form's content numbers are others."""
        given: Any = operands[1] if len(operands) > 1 else None
        if isinstance(given, pikepdf.Name):
            given = _resource(self.resources, "/Properties", given)
        number = given.get("/MCID") if isinstance(given, pikepdf.Dictionary) else None
        own = int(number) if isinstance(number, int) and not self.depth else self._marked
        self.marks.append(FRAMING if operands and operands[0] == "/Artifact" else own)
        for key in ("/ActualText", "/Alt") if isinstance(given, pikepdf.Dictionary) else ():
            if isinstance(given.get(key), pikepdf.String):
                self.spoken.append(str(given[key]))

    def cover(self, box: Any) -> None:
        """A filled field or note that lies over the page."""
        self.painted.append(Painted(((_rectangle(box), 1),), UNKNOWN, len(self.glyphs), True))

    def _unmark(self, _: Any = None) -> None:
        if self.marks:
            self.marks.pop()

    def marked(self) -> MarkedPage:
        """What is shown, by the pieces that it is marked as."""
        found, pieces = MarkedPage(), dict[int, list[Glyph]]()
        for glyph in (glyph for glyph in self.glyphs if not glyph.unseen):
            if glyph.mark is None:
                found.untagged += not glyph.sign.isspace()
            elif glyph.mark != FRAMING:
                pieces.setdefault(glyph.mark, []).append(glyph)
        for number, glyphs in pieces.items():
            found.pieces[number] = "".join(g.sign for line in _lines(glyphs) for g in line)
        return found

    def lines(self) -> Iterator[str]:
        """The signs that are shown, without blanks, line by line as they stand."""
        shown = [glyph for glyph in self.glyphs if not (glyph.unseen or glyph.sign.isspace())]
        return ("".join(glyph.sign for glyph in line) for line in _lines(shown))

    def visible(self) -> str:
        """The signs that are shown, without blanks."""
        return "".join("".join(g.sign for g in self.glyphs if not g.unseen).split())

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Why, and the beginning of the text, for each run of signs that cannot be seen."""
        boxes = [painted for painted in self.painted if painted.is_opaque]
        if len(boxes) * len(self.glyphs) > MAX_LOOKS:
            raise Unreadable("too_large")
        told = [
            (glyph.unseen or self._covered(number, glyph, boxes), glyph.sign)
            for number, glyph in enumerate(self.glyphs)
        ]
        for why, run in groupby(told, key=lambda entry: entry[0]):
            if why:
                yield why, "".join(sign for _, sign in run)[:60]

    def _covered(self, number: int, glyph: Glyph, boxes: list[Painted]) -> str:
        over = any(number < painted.order and painted.holds(glyph.x, glyph.y) for painted in boxes)
        return "covered_text" if over else ""


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Signs by lines from the top, each from left to right: quotation marks that come of another
    font are often painted before the rest of their line."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if line and line[0].y - glyph.y > _SAME_LINE:
            yield sorted(line, key=lambda g: g.x)
            line = []
        line.append(glyph)
    yield sorted(line, key=lambda g: g.x)


# --- geometry -----------------------------------------------------------------------------------


def _matrix(values: Any) -> Matrix:
    if values is None or len(values) < 6:
        return _UNIT
    a, b, c, d, e, f = (float(value) for value in list(values)[:6])
    return a, b, c, d, e, f


def _joined(one: Matrix, other: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = one
    A, B, C, D, E, F = other
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E,
            e * B + f * D + F)  # fmt: skip


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def _frame(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(points: Sequence[tuple[float, float]]) -> float:
    """The area of a polygon, below zero clockwise; curves count as lines between their points."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs) / 2


def _is_large(box: Box) -> bool:
    return box[2] - box[0] >= _WIDTH and box[3] - box[1] >= _HEIGHT


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _common(one: Box, other: Box) -> Box:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, min(one[2], other[2]), min(one[3], other[3])


def _holds(box: Box, x: float, y: float, slack: float = 0) -> bool:
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def _rectangle(values: Any) -> Box:
    if values is None or len(values) < 4:
        return _EVERYWHERE
    a, b, c, d = (float(value) for value in list(values)[:4])
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _resource(resources: Any, kind: str, name: Any) -> Any:
    held = resources.get(kind) if resources is not None else None
    return held.get(str(name)) if held is not None else None


def _colour(operands: Any, space: str) -> str:
    """A colour as RRGGBB; unknown for patterns, spot colours and palettes."""
    values = list(operands)
    if any(isinstance(value, pikepdf.Name) for value in values):
        return UNKNOWN
    numbers = [max(0.0, min(1.0, float(value))) for value in values]
    if len(numbers) == 1 and space in ("/DeviceGray", "/CalGray", "/G"):
        numbers *= 3
    elif len(numbers) == 4 and space in ("/DeviceCMYK", "/CMYK"):
        black = 1 - numbers[3]
        numbers = [(1 - ink) * black for ink in numbers[:3]]
    elif len(numbers) != 3 or space == "/Lab":
        return UNKNOWN
    return "".join(f"{round(value * 255):02X}" for value in numbers)


def _device(space: str, stroke: bool) -> Callable[[Page, Any], None]:
    which = "stroke" if stroke else "fill"

    def handle(page: Page, operands: Any) -> None:
        page._set(**{f"{which}_space": space})
        page._colour(operands, stroke)

    return handle


def _is_flat(state: State) -> bool:
    """True for letters that are pressed together to nothing."""
    return abs(state.stretch) < _FAINT


def _setting(name: str, scale: float = 1) -> Callable[[Page, Any], None]:
    return lambda page, operands: page._set(**{name: float(operands[0]) * scale})


def _filling(even_odd: bool) -> Callable[[Page, Any], None]:
    return lambda page, _: page._fill(even_odd)


def _lead(page: Page, operands: Any) -> None:
    page._set(leading=-float(operands[1]))
    page._next_line(float(operands[0]), float(operands[1]))


def _quote(page: Page, operands: Any) -> None:
    page._next_line(0, -page.state.leading)
    page._show(bytes(operands[-1]))


def _double_quote(page: Page, operands: Any) -> None:
    page._set(word_spacing=float(operands[0]), spacing=float(operands[1]))
    _quote(page, operands)


_OPERATORS: dict[str, Callable[[Page, Any], None]] = {
    "q": Page._keep,
    "Q": Page._restore,
    "cm": Page._transform,
    "gs": Page._graphics,
    "m": Page._move,
    **dict.fromkeys(("l", "c", "v", "y"), Page._draw),
    "re": Page._rectangle,
    **dict.fromkeys(("f", "F", "B", "b"), _filling(False)),
    **dict.fromkeys(("f*", "B*", "b*"), _filling(True)),
    **dict.fromkeys(("n", "S", "s"), Page._end),
    **dict.fromkeys(("W", "W*"), Page._clip),
    "sh": Page._shade,
    "Do": Page._object,
    "INLINE IMAGE": Page._inline_picture,
    "g": _device("/DeviceGray", False),
    "G": _device("/DeviceGray", True),
    "rg": _device("/DeviceRGB", False),
    "RG": _device("/DeviceRGB", True),
    "k": _device("/DeviceCMYK", False),
    "K": _device("/DeviceCMYK", True),
    "cs": Page._space,
    "CS": lambda page, operands: page._space(operands, stroke=True),
    **dict.fromkeys(("sc", "scn"), Page._colour),
    **dict.fromkeys(("SC", "SCN"), lambda page, operands: page._colour(operands, stroke=True)),
    "BDC": Page._mark,
    "BMC": Page._mark,
    "EMC": Page._unmark,
    "BT": Page._begin,
    "Tf": Page._choose,
    "Tc": _setting("spacing"),
    "Tw": _setting("word_spacing"),
    "Tz": _setting("stretch", 0.01),
    "TL": _setting("leading"),
    "Ts": _setting("rise"),
    "Tr": lambda page, operands: page._set(mode=int(operands[0])),
    "Td": lambda page, operands: page._next_line(float(operands[0]), float(operands[1])),
    "TD": _lead,
    "T*": lambda page, _: page._next_line(0, -page.state.leading),
    "Tm": Page._place,
    "Tj": lambda page, operands: page._show(bytes(operands[0])),
    "TJ": Page._show_all,
    "'": _quote,
    '"': _double_quote,
}
