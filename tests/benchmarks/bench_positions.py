"""Where things stand on printed pages: python -m tests.benchmarks.bench_positions FILE.pdf ...

Measures what a ruler would on the sheet and prints it beside what GB/T 9704-2012 asks, a column for
each file, as a table in Markdown; of files with the ministry's form of projects also what stands
where in that form, beside the form itself (财预〔2020〕10号, annex 1).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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
Measure = tuple[str, Callable[[Any], str]]


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]]
    _print("GB/T 9704-2012", MEASURES, {path.stem: _pages(path) for path in paths})
    forms = {path.stem: pages for path in paths if (pages := _form_pages(path))}
    if forms:
        _print("财预〔2020〕10号 annex 1", FORM_MEASURES, forms)


def _print(asks: str, measures: Mapping[str, Measure], found: Mapping[str, Any]) -> None:
    print(f"| | {asks} |", " | ".join(found), "|")
    print("|---|---|", "---|" * len(found))
    for name, (asked, measure) in measures.items():
        print(f"| {name} | {asked} | {' | '.join(map(measure, found.values()))} |")
    print()


def _pages(path: Path) -> Pages:
    """The upright pages of a file."""
    return [page for page in pdfplumber.open(path).pages if page.width < page.height]


def _form_pages(path: Path) -> Pages:
    """The pages on which a form stands; none where a file has no form."""
    parts = {"项目资金（万元）", "一级指标"}
    found = [page for page in pdfplumber.open(path).pages if parts & {*_cells(_rows([page]))}]
    return found if "项目资金（万元）" in _cells(_rows(found)) else []


def _cells(rows: Iterable[list[str | None]]) -> set[str]:
    return {_plain(cell) for row in rows for cell in row}


def _rows(pages: Pages) -> list[list[str | None]]:
    """The rows of the largest table of each page; None where another cell reaches."""
    return [row for page in pages for row in page.extract_table() or []]


def _plain(cell: str | None) -> str:
    return "".join((cell or "").replace("\u2060", "").split())


def _in_row(begins: str) -> Callable[[Pages], str]:
    """What stands in the row that has a cell of this text, behind that cell."""

    def measure(pages: Pages) -> str:
        for row in _rows(pages):
            told = [_plain(cell) for cell in row if cell is not None]
            if begins in told:
                return "，".join(filter(None, told[told.index(begins) + 1 :]))
        return "—"

    return measure


def _order(pages: Pages) -> str:
    """The names at the left edge, from the top."""
    first = (next((_plain(cell) for cell in row if cell), "") for row in _rows(pages))
    known = ("项目名称", "主管部门", "项目资金（万元）", "年度总体目标", "绩效指标", "总分")
    return "，".join(dict.fromkeys(name for name in first if name in known))


def _money_rows(pages: Pages) -> str:
    names = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    told = _cells(_rows(pages))
    return "，".join(name for name in names if name in told)


def _merged(pages: Pages) -> str:
    """How many rows the cells of the levels take at the most."""
    rows = _rows(pages)
    at = next((i for i, row in enumerate(rows) if "一级指标" in map(_plain, row)), None)
    if at is None:
        return "—"
    columns = [[*map(_plain, rows[at])].index(name) for name in ("一级指标", "二级指标")]
    runs = [max(_runs([row[column] for row in rows[at + 1 :]])) for column in columns]
    return f"{runs[0]} and {runs[1]} rows in one"


def _runs(cells: list[str | None]) -> Iterator[int]:
    """How many rows each cell takes: None stands where one above reaches."""
    count = 1
    for cell in cells:
        if cell is None:
            count += 1
        else:
            yield count
            count = 1
    yield count


def _form_edges(pages: Pages) -> str:
    left, _, right, _ = pages[0].find_table().bbox
    return f"{left / MM:.1f} mm from the left, {(right - left) / MM:.1f} mm wide"


def _form_letters(pages: Pages) -> str:
    inside = pages[0].within_bbox(pages[0].find_table().bbox, strict=False)
    sizes = Counter(round(sign["size"], 1) for sign in inside.chars)
    return f"{sizes.most_common(1)[0][0]:g} pt"


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


MEASURES: dict[str, Measure] = {
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

FORM_MEASURES: dict[str, Measure] = {
    "sheet": ("upright", _sheet),
    "edges": ("the type area", _form_edges),
    "letters": ("—", _form_letters),
    "parts, from the top": ("项目名称，主管部门，项目资金，年度总体目标，绩效指标，总分", _order),
    "beside 主管部门": ("实施单位", _in_row("主管部门")),
    "heads of the money": (
        "年初预算数，全年预算数，全年执行数，分值，执行率，得分", _in_row("项目资金（万元）"),
    ),
    "rows of the money": ("年度资金总额，当年财政拨款，上年结转资金，其他资金", _money_rows),
    "heads of the goals": ("预期目标，实际完成情况", _in_row("年度总体目标")),
    "heads of the indicators": (
        "一级，二级，三级指标，年度指标值，实际完成值，分值，得分，偏差原因分析及改进措施",
        _in_row("绩效指标"),
    ),
    "levels": ("two, merged", _merged),
    "last row": ("总分，100，得分", _in_row("总分")),
}  # fmt: skip

if __name__ == "__main__":
    main()
