"""Reports of every shape that the model allows, drawn from a seed: texts that Excel would take for
something else in every kind of cell, blocks within blocks, projects within a report."""

from __future__ import annotations

from enum import StrEnum
from random import Random
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evalpress.importing.drafts import canonical_text
from evalpress.importing.modeltree import ValueKind, choice_of, value_kind
from evalpress.load import build, parse
from evalpress.model import Goal, Project, Quantity, ReportFile, SectionText
from evalpress.model import text as texts
from evalpress.model.values import Written

TEXTS = (
    "拨付偏晚。", "=1+1", "+5", "-5", "@甲", "007", "1.50", "1e5", "1,200", "100%", "TRUE", "是",
    "_x5F_", "见“正文”页※1", "表1", "合计", "序号", "none", "2025-03-01",
    "3月1日", "甲\n乙", "甲\n\n  乙", "'甲", '"甲"', "甲 # 乙", "甲: 乙", "<b>&amp;</b>",
    "𠮷田", "㎡", "甲；乙", "（开头，没有标题）", "甲" * 300,
)  # fmt: skip
NUMBERS = ("0", "1", "-3.00", "43.20", "0.1", "12345678.10", "999999999999999", "0.0000000001")
LONG_NUMBERS = ("123456789012345.1234567890",)
PERCENTS = ("0%", "97.5%", "97.50%", "33.333%", "100%", "-1.0%")
MEASURES = ("≥95%", "12次", "及时", "=1", "100%", "8", "24小时×365天", "2025年6月30日前")
DATES = ("2025-03-20", "2025年3月20日", "2025年3月", "3月20日", "2025")
_LEAVES = {
    ValueKind.NUMBER: NUMBERS + LONG_NUMBERS, ValueKind.PERCENT: PERCENTS,
    ValueKind.COUNT: ("0", "1", "2024"), ValueKind.FLAG: ("是", "否"),
    ValueKind.DAY: ("2025-03-20", "1999-12-31"),
    ValueKind.MOMENT: ("2025-08-15 09:00", "2025-08-15 09:15:30", "2025-08-15 00:00"),
    ValueKind.DATE: DATES, ValueKind.MEASURE: MEASURES, ValueKind.TEXT: TEXTS,
}  # fmt: skip
_IDS = ("a", "b-2", "total", "c3", "overview", "preface", "late-payment", "x", "y", "z")
_BLOCKS = (
    texts.Paragraph, texts.Label, texts.Heading, texts.ItemList, texts.Table, texts.Picture,
    texts.Markdown, texts.Show,
)  # fmt: skip


def random_report(seed: int) -> ReportFile:
    """The report of a seed."""
    rng = Random(seed)
    tree = _Drawn(rng).model(ReportFile, 0)
    tree["state"] = "draft"
    text = canonical_text(tree)
    source, found = parse("report.yml", text.encode())
    assert not found, found
    content, mistakes = build(ReportFile, source)
    assert content is not None, mistakes
    return content


class _Drawn:
    """Draws trees of models."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.ids = 0

    def id(self) -> str:
        self.ids += 1
        return f"{self.rng.choice(_IDS)}-{self.ids}"

    def model(self, kind: type[BaseModel], depth: int) -> dict[str, Any]:
        tree = {}
        for name, info in kind.model_fields.items():
            if info.is_required() or self.rng.random() < (0.6 if depth < 2 else 0.4):
                value = self.field(kind, name, info, depth)
                if value is not None or info.is_required():
                    tree[name] = value
        if kind is texts.Table:
            width = len(tree["columns"])
            tree["rows"] = [[self._maybe() for _ in range(width)] for _ in tree["rows"]]
        if kind.__name__ == "Indicator":
            tree.setdefault("name", "甲")
        if kind is Goal and depth == 2 and self.rng.random() < 0.5:
            tree.pop("name", None)
        return tree

    def _maybe(self) -> str | None:
        return None if self.rng.random() < 0.3 else self.rng.choice(TEXTS)

    def field(self, kind: type[BaseModel], name: str, info: FieldInfo, depth: int) -> Any:
        if name == "id":
            return self.id()
        found = value_kind(kind, name)
        if found is ValueKind.BLOCKS:
            return self.blocks(depth)
        if found is ValueKind.CHOICE:
            chosen = choice_of(kind, name)
            assert chosen is not None and issubclass(chosen, StrEnum)
            return str(self.rng.choice(list(chosen)))
        return self.shape(info.annotation, kind, name, depth)

    def shape(self, annotation: Any, kind: type[BaseModel], name: str, depth: int) -> Any:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.shape(arguments[0], kind, name, depth)
        if origin in (Union, UnionType):
            return self.shape(next(a for a in arguments if a is not type(None)), kind, name, depth)
        if origin is tuple:
            return [self.shape(arguments[0], kind, name, depth + 1) for _ in self.some(depth)]
        if origin is dict:
            keys = dict.fromkeys(self.key(kind, name) for _ in self.some(depth))
            return {key: self.shape(arguments[1], kind, name, depth + 1) for key in keys}
        if annotation is SectionText:
            return self.section(depth)
        is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        if is_model and not issubclass(annotation, Written):
            return self.model(annotation, depth + 1)
        return self.leaf(kind, name)

    def some(self, depth: int) -> range:
        return range(self.rng.choice((0, 1, 2, 3)) if depth < 3 else self.rng.choice((0, 1)))

    def key(self, kind: type[BaseModel], name: str) -> str:
        if name == "amounts":
            return self.rng.choice(("budget", "executed", "initial", "own-column"))
        if name == "extra" and kind.__name__ == "PublicInfo":
            return self.rng.choice(("监督索引号", "=甲", "评价方式"))
        return self.rng.choice(("overview", "preface", "conclusion", "not-known", "extra-one"))

    def leaf(self, kind: type[BaseModel], name: str) -> str:
        ids = (
            "outline", "scheme", "indicator_table", "table", "slug", "former_slugs", "problem",
            "common",
        )  # fmt: skip
        if name in ids and not (name == "table" and kind is texts.Table):
            return self.rng.choice(("department", "four-rows", "none", "not-known"))
        if name == "keywords":
            return self.rng.choice(("绩效自评", "预算", "=1+1", "007"))
        if name == "markdown":
            return "**甲**"
        found = self.rng.choice(_LEAVES[value_kind(kind, name)])
        is_name = kind in (Project, Quantity) and name == "name"
        return f"{found}{self.rng.randint(1, 3)}" if is_name else found

    def section(self, depth: int) -> Any:
        blocks = self.blocks(depth)
        if self.rng.random() < 0.6:
            return blocks
        return {"heading": self.rng.choice(TEXTS), "content": blocks}

    def blocks(self, depth: int) -> list[Any]:
        number = 0 if depth > 5 else self.rng.choice((0, 1, 1, 2, 3))
        return [self.block(depth) for _ in range(number)]

    def block(self, depth: int) -> Any:
        kind = self.rng.choice(_BLOCKS)
        tree = self.model(kind, depth + 1)
        return tree["text"] if kind is texts.Paragraph and self.rng.random() < 0.7 else tree
