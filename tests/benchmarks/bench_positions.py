"""Where things stand on printed pages: python -m tests.benchmarks.bench_positions FILE.pdf ...

Measures what a ruler would on the sheet and prints it beside what GB/T 9704-2012 asks, a column for
each file, as a table in Markdown.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber

MM = 72 / 25.4
SHEET = 297 * MM  # the height of an upright sheet, which all of the measured ones are
BODY, TITLE, NUMBER, CELL = 15.75, 22.0, 14.0, 10.5
_NUMBER = re.compile(r"—\s*\d+\s*—")

Line = list[dict[str, Any]]
Pages = list[Any]


def main() -> None:
    columns = {Path(name).stem: dict(_measured(Path(name))) for name in sys.argv[1:]}
    print("| | GB/T 9704-2012 |", " | ".join(columns), "|")
    print("|---|---|", "---|" * len(columns))
    for name, (asked, _) in MEASURES.items():
        found = " | ".join(column.get(name, "—") for column in columns.values())
        print(f"| {name} | {asked} | {found} |")


def _measured(path: Path) -> Iterator[tuple[str, str]]:
    with pdfplumber.open(path) as document:
        upright = [page for page in document.pages if page.width < page.height]
        for name, (_, measure) in MEASURES.items():
            yield name, measure(upright)


def _lines(page: Any, size: float = 0.0) -> list[Line]:
    """The lines of a page from the top, of letters of one size or of all."""
    rows: dict[int, Line] = {}
    for sign in page.chars:
        if sign["text"].strip() and (not size or abs(sign["size"] - size) < 0.1):
            rows.setdefault(round(_base(sign)), []).append(sign)
    return [sorted(rows[at], key=lambda sign: sign["x0"]) for at in sorted(rows)]


def _base(sign: dict[str, Any]) -> float:
    """How far the line that letters stand on lies below the sheet's upper edge."""
    return float(SHEET - sign["matrix"][5])


def _text(line: Line) -> str:
    return "".join(sign["text"] for sign in line)


def _body(pages: Pages) -> Iterator[list[Line]]:
    for page in pages:
        yield _lines(page, BODY)


def _mm(points: float) -> str:
    return f"{points / MM:.1f} mm"


def _sheet(pages: Pages) -> str:
    return " × ".join(f"{edge / MM:.0f}" for edge in (pages[0].width, pages[0].height)) + " mm"


def _left(pages: Pages) -> str:
    return _mm(min(line[0]["x0"] for page in _body(pages) for line in page))


def _right(pages: Pages) -> str:
    return _mm(pages[0].width - max(line[-1]["x1"] for page in _body(pages) for line in page))


def _pitch(pages: Pages) -> float:
    """The distance that most lines of the text have from the next one."""
    steps: Counter[float] = Counter()
    for page in _body(pages):
        bases = [_base(line[0]) for line in page]
        steps.update(round(below - above, 2) for above, below in pairwise(bases))
    return steps.most_common(1)[0][0]


def _high(pages: Pages) -> str:
    """From the first line's upper edge to the last one's lower edge, each as high as the pitch."""
    pitch, full = _pitch(pages), _fullest(pages)
    return _mm(_base(full[-1][0]) - _base(full[0][0]) + pitch)


def _top(pages: Pages) -> str:
    """The upper edge of the first line; letters stand on 0.38 of a letter above half its height."""
    pitch = _pitch(pages)
    first = min(_base(page[0][0]) for page in _body(pages) if page)
    return _mm(first - pitch / 2 - 0.38 * BODY)


def _fullest(pages: Pages) -> list[Line]:
    return max(_body(pages), key=len)


def _count(pages: Pages) -> str:
    return f"{len(_fullest(pages))} lines of {_pitch(pages):.2f} pt"


def _signs(pages: Pages) -> str:
    """How many letters fit between the edges of the text."""
    lines = [line for page in _body(pages) for line in page]
    wide = max(line[-1]["x1"] for line in lines) - min(line[0]["x0"] for line in lines)
    return f"{wide / BODY:.1f}"


def _font(line: Line) -> str:
    names = Counter(
        sign["fontname"].partition("+")[2] for sign in line if not sign["text"].isascii()
    )
    return f"{names.most_common(1)[0][0]} {line[0]['size']:.4g} pt"


def _title(pages: Pages) -> str:
    lines = _lines(pages[0], TITLE)
    middle = max(abs((line[0]["x0"] + line[-1]["x1"]) / 2 - _middle(pages[0])) for line in lines)
    return f"{_font(lines[0])}, {len(lines)} lines, {_mm(middle)} off the middle"


def _middle(page: Any) -> float:
    return float(28 * MM + (page.width - 54 * MM) / 2)


def _level(begins: str) -> Callable[[Pages], str]:
    """The face of the headings that begin so, and how far they are moved in."""

    def measure(pages: Pages) -> str:
        for page in _body(pages):
            for line in page:
                moved = line[0]["x0"] > 28 * MM + BODY
                if moved and re.match(begins, _text(line)) and len(line) < 24:
                    return f"{_font(line)}, {(line[0]['x0'] - 28 * MM) / BODY:.0f} in"
        return "—"

    return measure


def _number(pages: Pages) -> str:
    found = []
    for page in pages[:2]:
        line = next(line for line in reversed(_lines(page, NUMBER)) if _NUMBER.match(_text(line)))
        dash = _base(line[0]) - 0.3 * NUMBER - (SHEET - 35 * MM)
        edge = min(line[0]["x0"] - 28 * MM, page.width - 26 * MM - line[-1]["x1"])
        side = "left" if line[0]["x0"] < page.width / 2 else "right"
        found.append(f"{side}, {edge / NUMBER:.1f} in, {_mm(dash)} below")
    return f"{_font(line)}: " + "; ".join(found)


def _head(pages: Pages) -> str:
    for page in pages:
        for line in _lines(page, CELL):
            if "Hei" in line[0]["fontname"]:
                return _font(line)
    return "—"


def _signature(pages: Pages) -> str:
    day = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")
    for page in reversed(list(_body(pages))):
        for above, line in pairwise(page):
            if day.match(_text(line)):
                right = (pages[0].width - 26 * MM - max(above[-1]["x1"], line[-1]["x1"])) / BODY
                step = (line[0]["x0"] - above[0]["x0"]) / BODY
                return f"ends {right:.1f} in, date {step:.1f} right of the name"
    return "—"


MEASURES: dict[str, tuple[str, Callable[[Pages], str]]] = {
    "sheet": ("210 × 297 mm", _sheet),
    "left edge of the text": ("28 ± 1 mm", _left),
    "right edge of the text": ("26 mm", _right),
    "upper edge of the text": ("37 ± 1 mm", _top),
    "height of the fullest page": ("225 mm", _high),
    "lines of the fullest page": ("22", _count),
    "signs of a line": ("28", _signs),
    "title": ("小标宋 22 pt, centred", _title),
    "first level": ("黑体 16 pt, 2 in", _level("[一二三四五六七八九十]+、")),
    "second level": ("楷体 16 pt, 2 in", _level("（[一二三四五六七八九十]+）")),
    "third level": ("仿宋 16 pt, 2 in", _level(r"\d+[.、]")),
    "page number": ("宋体 14 pt, 7 mm below, 1 in, outside", _number),
    "table head": ("—", _head),
    "signature": ("2 in, date 2 right of the name", _signature),
}

if __name__ == "__main__":
    main()
