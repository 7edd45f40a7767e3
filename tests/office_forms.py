"""Generated self-evaluation forms with their truth: layouts of tests/importing/layouts.yml, drawn
as XLSX, XLS or DOCX, filled with invented figures and texts.

The truth is written down while a form is drawn, never read back from it: a value for each place of
the report, and every text of the form that reports have no place for.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from docx import Document as new_document
from openpyxl import Workbook

LAYOUTS = Path(__file__).parent / "importing" / "layouts.yml"
NO_FIELD = "-"
PLAIN_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
LEVELS = {
    "plain": PLAIN_LEVELS,
    "cost": (("成本指标", ("经济成本指标", "社会成本指标")), *PLAIN_LEVELS),
    "process": (
        ("投入", ("目标设定", "预算配置")), ("过程", ("预算执行", "预算管理", "资产管理")),
        ("产出", ("职责履行",)), ("效果", ("履职效益",)),
    ),
}  # fmt: skip
THINGS = [
    "食堂", "课程", "水渠", "书屋", "灯具", "台账", "巡查", "苗木", "疫苗",
    "热线", "展览", "档案", "管网", "车辆", "讲座", "样品", "终端", "站点",
]  # fmt: skip
DEEDS = ["建设", "培训", "检测", "维护", "发放", "巡检", "整治", "采购", "改造", "服务"]
UNITS = ["处", "次", "份", "人", "台", "公里", "户", "期", "万元", "亩"]
WORDS = [
    "健全", "基本健全", "及时", "逐步完善",
    "明显提升", "按期完成", "较上年有所改善", "达成预期指标",
]  # fmt: skip
REASONS = [
    "雨季停工，工期顺延；下年提前安排。",
    "供货延迟两周，已催交。",
    "报名人数不足，改为两期合办。",
]


@dataclass(frozen=True)
class Item:
    """A cell that is drawn: what an XLSX stores, its format, and what people see."""

    stored: Any
    shown: str
    format: str = "General"


@dataclass
class Form:
    """A drawn form: cells by row and column, merged areas, the values by place, what has no
    place, and names of persons that must not be in the draft."""

    cells: dict[tuple[int, int], Item] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    homeless: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    height: int = 0
    width: int = 0

    def put(self, row: int, column: int, item: Item | str, rows: int = 1, columns: int = 1) -> None:
        shown = Item(item, item) if isinstance(item, str) else item
        if shown.shown:
            self.cells[row, column] = shown
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))


def layouts() -> list[dict[str, Any]]:
    """Every layout, and variants of the published ones in other arrangements."""
    return list(_variants(yaml.safe_load(LAYOUTS.read_text(encoding="utf-8"))["layouts"]))


def _variants(plain: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for layout in plain:
        yield layout
    for layout in plain[:6] + plain[8:10] + plain[11:16]:
        if "funds" in layout:
            order = ["heads", "indicators", "goals", "funds", "tail"]
            yield {**layout, "name": f"{layout['name']}-turned", "order": order}
    for layout in (plain[0], plain[2], plain[11], plain[17], plain[12]):
        yield {**layout, "name": f"{layout['name']}-below", "offset": (3, 2)}


def part_of(heading: str) -> tuple[str, str]:
    """What a heading says, and its field."""
    said, _, means = heading.rpartition("=")
    return said, means


class _Draw:
    """Draws one form from the top."""

    def __init__(self, layout: dict[str, Any], seed: int) -> None:
        self.layout = layout
        self.random = random.Random(f"{layout['name']}/{seed}")
        self.form = Form()
        self.top, self.left = layout.get("offset", (0, 0))
        self.row = self.top
        columns = layout["indicators"]["columns"]
        funds = layout.get("funds", {}).get("columns", ())
        self.first = self.left + 1
        self.inner = max(len(columns), len(funds) + 2, 6)
        self.width = self.inner + 1
        self.marks = 0
        self.noisy = seed % 2 == 0

    def _noise(self, said: str) -> str:
        """A heading as some clerk types it."""
        if not self.noisy:
            return said
        kind = self.random.randrange(6)
        if kind == 0 and len(said) > 3 and "（" not in said:
            return f"{said[:2]}\n{said[2:]}"
        if kind == 1:
            return said.replace("（", "(").replace("）", ")")
        if kind == 2 and "：" not in said:
            return f"{said}："
        if kind == 3 and len(said) < 4:
            return " ".join(said)
        return f" {said}" if kind == 4 else said

    def _frame(self) -> None:
        """What stands above a form in some places."""
        if self.noisy:
            self.form.put(self.row, self.left, "附件3")
            self.form.homeless.append("附件3")
            self.row += 1

    def _counted(self, starts: list[int]) -> None:
        """A line that numbers the columns."""
        if self.noisy and self.random.random() < 0.5:
            for number, start in enumerate(starts, 1):
                self.form.put(self.row, start, str(number))
            self.row += 1

    def draw(self) -> Form:
        year = str(self.layout.get("year", 2025))
        title = self.layout["title"]
        self._frame()
        self.form.put(self.row, self.left, title, 1, self.width)
        self.row += 1
        self.form.truth["year"] = year
        if year not in title:
            self.form.put(self.row, self.left, f"（{year}年度）", 1, self.width)
            self.row += 1
        for part in self.layout.get("order", ("heads", "funds", "goals", "indicators", "tail")):
            getattr(self, f"_{part}")()
        self._persons()
        if self.noisy:
            self.form.put(self.row, self.left, "注：本表按项目填报，一式两份。", 1, self.width)
            self.form.homeless.append("一式两份")
            self.row += 1
        self.form.height, self.form.width = self.row, self.left + self.width
        return self.form

    # --- values ---------------------------------------------------------------------------------

    def _amount(self) -> tuple[Item, str]:
        value = Decimal(self.random.randrange(0, 900000)) / 100
        style = self.random.randrange(4)
        if style == 0:
            shown = f"{value:.2f}"
            return Item(float(value), shown, "0.00"), shown
        if style == 1:
            return Item(float(value), f"{value:,.2f}", "#,##0.00"), f"{value:.2f}"
        if style == 2:
            return Item(f"{value:,.2f}", f"{value:,.2f}"), f"{value:.2f}"
        shown = f"{value.normalize():f}"
        return Item(float(value), shown), shown

    def _rate(self) -> tuple[Item, str]:
        value = Decimal(self.random.randrange(3000, 10001)) / 10000
        if self.random.random() < 0.5:
            shown = f"{value * 100:.2f}%"
            return Item(float(value), shown, "0.00%"), shown
        shown = f"{(value * 100).normalize():f}%"
        return Item(shown, shown), shown

    def _mark(self, most: int = 20) -> tuple[Item, str]:
        value = Decimal(self.random.randrange(1, most * 2)) / 2
        shown = f"{value.normalize():f}"
        return Item(float(value) if self.random.random() < 0.7 else shown, shown), shown

    def _text(self, length: int) -> str:
        pick = self.random.choice
        words = [f"{pick(DEEDS)}{pick(THINGS)}{self.random.randrange(2, 90)}{pick(UNITS)}"
                 for _ in range(length)]  # fmt: skip
        return "，".join(words) + "。"

    def _name(self) -> str:
        self.marks += 1
        pick = self.random.choice
        return f"{pick(THINGS)}{pick(DEEDS)}{'第' + str(self.marks) + '项'}"

    def _measure(self, split: bool) -> dict[str, tuple[Item, str]]:
        """Sign, figure and unit of a target, apart or together."""
        number, unit = str(self.random.randrange(1, 900)), self.random.choice(UNITS)
        sign = self.random.choice("≥≤=")
        if split:
            return {
                "comparator": (Item(sign, sign), sign),
                "": (Item(int(number), number), number),
                "unit": (Item(unit, unit), unit),
            }
        kind = self.random.randrange(5)
        if kind == 0:
            share = Decimal(self.random.randrange(50, 101)) / 100
            shown = f"{share * 100:.0f}%"
            return {"": (Item(float(share), shown, "0%"), shown)}
        if kind == 1:
            word = self.random.choice(WORDS)
            return {"": (Item(word, word), word)}
        if kind == 2:
            share = Decimal(self.random.randrange(500, 1000)) / 1000
            shown = f"{share * 100:.1f}%"
            return {"": (Item(float(share), shown, "0.0%"), shown)}
        text = f"{sign if sign != '=' else ''}{number}{unit}"
        return {"": (Item(text, text), text)}

    # --- parts ----------------------------------------------------------------------------------

    def _heads(self) -> None:
        for line in self.layout["heads"]:
            self._head_row(line)

    def _head_row(self, line: list[str]) -> None:
        share = self.width // len(line)
        for at, entry in enumerate(line):
            said, means = part_of(entry)
            start = self.left + at * share
            span = share if at + 1 < len(line) else self.width - at * share
            self.form.put(self.row, start, self._noise(said))
            self.form.put(self.row, start + 1, self._head_value(means), 1, span - 1)
        self.row += 1

    def _head_value(self, means: str) -> str:
        code = f"{self.random.randrange(100000, 999999)}"
        values = {
            "project_name": f"{self.random.choice(THINGS)}{self.random.choice(DEEDS)}补助",
            "authority": "云泽区民政局", "unit": "云泽区养老服务中心", "department": "云泽区民政局",
            "project_code": f"13010225T{code}", "scores/total": "97.5", "scores/grade": "优",
            "public_info/extra/预算编码": "914",
        }  # fmt: skip
        value = values.get(means) or self._text(2)
        if means in ("project_name", "authority", "unit") and self.layout.get("coded"):
            if means == "project_name":
                self.form.truth["project_code"] = f"51092324T{code}"
                self.form.truth[means] = value
                return f"51092324T{code}-{value}"
            self.form.homeless.append(code)
            self.form.truth[means] = value
            return f"{code}-{value}"
        if means == NO_FIELD:
            self.form.homeless.append(value)
        elif means.startswith("body/"):
            self.form.truth[f"{means}/{len(self.form.truth)}"] = value
        elif means != "department":
            self.form.truth[means] = value
        return value

    def _overview(self) -> None:
        self._head_row(self.layout["overview"])

    def _tail(self) -> None:
        for line in self.layout.get("tail", ()):
            self._head_row(line)

    def _persons(self) -> None:
        persons = self.layout.get("persons", ())
        for at, label in enumerate(persons):
            name = self.random.choice("赵钱孙李周吴") + self.random.choice(["建国", "玉兰", "晓明"])
            self.form.put(self.row, self.left + 2 * at, f"{label}{name}", 1, 2)
            self.form.persons.append(name)
        self.row += bool(persons)

    def _header(self, columns: list[str], start: int, spans: list[int]) -> int:
        """Draw headings, those with a slash in two lines; gives how many lines that were."""
        said = [part_of(c)[0] for c in columns]
        deep = 2 if any("/" in text and "（" not in text for text in said) else 1
        at, group = start, ""
        for text, span in zip(said, spans, strict=True):
            if deep == 2 and "/" in text and "（" not in text:
                upper, lower = text.split("/")
                if upper != group:
                    wide = sum(
                        s for t, s in zip(said, spans, strict=True) if t.startswith(f"{upper}/")
                    )
                    self.form.put(self.row, at, upper, 1, wide)
                self.form.put(self.row + 1, at, self._noise(lower), 1, span)
                group = upper
            else:
                self.form.put(self.row, at, self._noise(text), deep, span)
            at += span
        return deep

    def _funds(self) -> None:
        funds = self.layout["funds"]
        columns, rows = funds["columns"], funds["rows"]
        start = self.left + self.width - len(columns)
        names = start - self.first
        if corner := funds.get("corner"):
            self.form.put(self.row, self.first, corner, 1, names)
        began = self.row
        self.row += self._header(columns, start, [1] * len(columns))
        own = 0
        for entry in rows:
            said, row_id = part_of(entry)
            own += not row_id
            self.form.put(self.row, self.first, self._noise(said), 1, names)
            base = f"funds/{row_id or f'line-{own}'}"
            for at, column in enumerate(columns):
                self._fund_cell(base, start + at, part_of(column)[1], row_id == "total")
            self.row += 1
        if side := funds.get("side"):
            self.form.put(began, self.left, side, self.row - began)

    def _fund_cell(self, base: str, column: int, means: str, total: bool) -> None:
        if means in ("full_marks", "score", "note") and not total:
            self.form.put(self.row, column, self.random.choice(["—", "/", ""]))
            return
        if means == "note":
            item, value = Item(text := self.random.choice(REASONS), text), text
        elif means == "rate":
            item, value = self._rate()
        elif means in ("full_marks", "score"):
            item, value = self._mark(10)
        else:
            item, value = self._amount()
        self.form.put(self.row, column, item)
        if means == NO_FIELD:
            self.form.homeless.append(item.shown)
        else:
            self.form.truth[f"{base}/{means}"] = value

    def _goals(self) -> None:
        goals = self.layout["goals"]
        columns, began = goals["columns"], self.row
        start = self.first if "side" in goals else self.left
        room = self.left + self.width - start
        share = room // len(columns)
        spans = [share] * (len(columns) - 1) + [room - share * (len(columns) - 1)]
        self.row += self._header(columns, start, spans)
        at = start
        for column, span in zip(columns, spans, strict=True):
            text, means = self._text(3), part_of(column)[1]
            self.form.put(self.row, at, text, 1, span)
            if means == NO_FIELD:
                self.form.homeless.append(text)
            else:
                self.form.truth[f"goals/{means}"] = text
            at += span
        self.row += 1
        if "side" in goals:
            self.form.put(began, self.left, goals["side"], self.row - began)

    def _indicators(self) -> None:
        spec = self.layout["indicators"]
        columns = spec["columns"]
        start = self.first if "side" in spec else self.left
        spans = [1] * len(columns)
        room = self.left + self.width - start
        name = next(n for n, c in enumerate(columns) if part_of(c)[1] == "name")
        spans[name] += room - len(columns)
        starts = [start + sum(spans[:n]) for n in range(len(columns))]
        began = self.row
        self.row += self._header(columns, start, spans)
        self._counted(starts)
        number = 0
        for level1, seconds in LEVELS[spec.get("levels", "plain")]:
            number = self._level(spec, columns, starts, spans, level1, seconds, number)
        if "side" in spec:
            self.form.put(began, self.left, spec["side"], self.row - began)
        if total := self.layout.get("total"):
            self._total(total, columns, starts, spans)

    def _level(self, spec: dict[str, Any], columns: list[str], starts: list[int], spans: list[int],
               level1: str, seconds: tuple[str, ...], number: int) -> int:  # fmt: skip
        said1 = (
            f"{level1}（{self.random.randrange(10, 50)}分）"
            if spec.get("marked_levels")
            else level1
        )
        first = self.row
        for level2 in seconds:
            second = self.row
            for _ in range(self.random.randrange(1, 4)):
                self._indicator(columns, starts, spans, number, said1, level2)
                number += 1
            if spec.get("placeholders") and self.random.random() < 0.5:
                at = next(n for n, c in enumerate(columns) if part_of(c)[1] == "name")
                self.form.put(self.row, starts[at], "指标2：", 1, spans[at])
                self.form.homeless.append("指标2：")
                self.row += 1
            self._tall("level2", level2, columns, starts, second, spec)
        if spec.get("subtotals"):
            self._subtotal(columns, starts, spans, said1)
        self._tall("level1", said1, columns, starts, first, spec)
        return number

    def _tall(self, means: str, text: str, columns: list[str], starts: list[int], first: int,
              spec: dict[str, Any]) -> None:  # fmt: skip
        for n, column in enumerate(columns):
            if part_of(column)[1] == means:
                rows = self.row - first if spec.get("merged", True) else 1
                self.form.put(first, starts[n], text, rows)
                if n + 1 < len(columns) and part_of(columns[n + 1])[1] == NO_FIELD:
                    mark = str(self.random.randrange(10, 60))
                    self.form.put(first, starts[n + 1], Item(int(mark), mark), rows)
                    self.form.homeless.append(mark)

    def _indicator(self, columns: list[str], starts: list[int], spans: list[int], number: int,
                   level1: str, level2: str) -> None:  # fmt: skip
        fields = [part_of(c)[1] for c in columns]
        truth, base = self.form.truth, f"indicators/{number}"
        split = "target/comparator" in fields
        measured = {m: self._measure(split) for m in ("target", "actual", "adjusted_target")}
        unit = measured["target"].get("unit", (Item("", ""), ""))[1] or "次"
        for n, means in enumerate(fields):
            if means in ("level1", "level2"):
                truth[f"{base}/{means}"] = level1 if means == "level1" else level2
                continue
            if means == NO_FIELD and n and fields[n - 1] in ("level1", "level2"):
                continue
            item, value = self._indicator_cell(means, measured, split, unit)
            self.form.put(self.row, starts[n], item, 1, spans[n])
            if not item.shown:
                continue
            if means == NO_FIELD:
                self.form.homeless.append(item.shown)
            elif "/" in means:
                continue
            else:
                truth[f"{base}/{means}"] = value
        if split:
            sign, figure = measured["target"]["comparator"][1], measured["target"][""][1]
            tail = unit if "target/unit" in fields else ""
            truth[f"{base}/target"] = f"{sign}{figure}{tail}"
        self.row += 1

    def _indicator_cell(self, means: str, measured: dict[str, Any], split: bool, unit: str
                        ) -> tuple[Item, str]:  # fmt: skip
        if means in measured:
            return measured[means][""] if means == "target" or not split else self._plain_number()
        if means.startswith("target/"):
            found: tuple[Item, str] = measured["target"][means.partition("/")[2]]
            return found
        texts = {
            "name": self._name, "unit": lambda: unit, "core": lambda: self.random.choice("是否"),
            "formula": lambda: self._text(1),
            "evidence": lambda: f"{self.random.choice(THINGS)}台账",
            NO_FIELD: lambda: self._text(1),
        }  # fmt: skip
        if means in texts:
            text = texts[means]()
            return Item(text, text), text
        if means in ("deviation", "cause", "measure"):
            text = self.random.choice(["", "", *REASONS])
            return Item(text, text), text
        if means in ("coefficient", "completion"):
            return self._rate()
        if means == "nature":
            said, value = self.random.choice([("正向", "positive"), ("反向", "negative"),
                                              ("定性", "qualitative")])  # fmt: skip
            return Item(said, said), value
        return self._mark()

    def _plain_number(self) -> tuple[Item, str]:
        number = str(self.random.randrange(1, 900))
        return Item(int(number), number), number

    def _subtotal(
        self, columns: list[str], starts: list[int], spans: list[int], level1: str
    ) -> None:
        for n, column in enumerate(columns):
            means = part_of(column)[1]
            if means == "level2":
                self.form.put(self.row, starts[n], "小计")
            if means in ("full_marks", "score"):
                item, value = self._mark(50)
                self.form.put(self.row, starts[n], item, 1, spans[n])
                self.form.truth[f"scores/{level1}/{means}"] = value
        self.row += 1

    def _total(self, label: str, columns: list[str], starts: list[int], spans: list[int]) -> None:
        fields = [part_of(c)[1] for c in columns]
        if fields.count("full_marks") != 1:
            return
        mark = starts[min(fields.index("full_marks"), fields.index("score"))]
        self.form.put(self.row, self.left, label, 1, mark - self.left)
        for means, value, place in (("full_marks", "100", None), ("score", "97.5", "scores/total")):
            self.form.put(self.row, starts[fields.index(means)], Item(float(value), value))
            if place:
                self.form.truth[place] = value
        self.row += 1


def draw(layout: dict[str, Any], seed: int = 1) -> Form:
    """A filled form of this layout; the same seed gives the same form."""
    return _Draw(layout, seed).draw()


# --- files --------------------------------------------------------------------------------------


def as_xlsx(form: Form, sheet: str = "自评表") -> bytes:
    """The form as an XLSX, figures as numbers with formats."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for (row, column), item in form.cells.items():
        cell = page.cell(row + 1, column + 1, item.stored)
        cell.number_format = item.format
    for top, left, bottom, right in form.merges:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1,
                         end_column=right + 1)  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_xls(form: Form, sheet: str = "自评表") -> bytes:
    """The form as an XLS of Excel 97."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    merged = {(m[0], m[1]): m for m in form.merges}
    for (row, column), item in form.cells.items():
        style = xlwt.easyxf(num_format_str=item.format)
        if (row, column) in merged:
            top, left, bottom, right = merged[row, column]
            page.write_merge(top, bottom, left, right, item.stored, style)
        else:
            page.write(row, column, item.stored, style)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx(form: Form) -> bytes:
    """The form as a table of a DOCX, figures as they are seen."""
    document = new_document()
    table = document.add_table(form.height, form.width)
    grid = [list(row.cells) for row in table.rows]
    for top, left, bottom, right in form.merges:
        grid[top][left].merge(grid[bottom][right])
    grid = [list(row.cells) for row in table.rows]
    for (row, column), item in form.cells.items():
        grid[row][column].text = item.shown
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {"xlsx": as_xlsx, "xls": as_xls, "docx": as_docx}


Rows = list[list[Any]]


def xlsx_of(sheets: dict[str, Rows], merges: dict[str, list[str]] | None = None) -> bytes:
    """A workbook of these sheets, cell by cell; merged areas as Excel names them."""
    book = Workbook()
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for area in (merges or {}).get(name, ()):
            page.merge_cells(area)
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def standard(project: str = "水渠修缮", year: str = "2025", office: str = "云泽区民政局") -> Rows:
    """A short form in the national layout, unmerged."""
    return [
        ["项目支出绩效自评表"],
        [f"（{year}年度）"],
        ["项目名称", project],
        ["主管部门", office, "", "", "实施单位", office],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率",
         "得分"],
        ["", "年度资金总额", 100, 120, 90, 10, "75%", 7.5],
        ["", "其中：当年财政拨款", 100, 120, 90, "—", "75%", "—"],
        ["年度总体目标", "预期目标", "", "实际完成情况"],
        ["", "修水渠三条。", "", "修水渠三条，通水。"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "修缮水渠", "≥3条", "3条", 50, 50, ""],
        ["效益指标", "社会效益指标", "受益农户", "≥80户", "86户", 30, 30, ""],
        ["满意度指标", "服务对象满意度指标", "农户满意度", "≥90%", "92%", 10, 9, "两户未答复"],
        ["总分", "", "", "", "", 100, 96.5, ""],
    ]  # fmt: skip
