"""Projects to be printed as the ministry's form: one table with names, money, goals, indicators."""

from __future__ import annotations

from dataclasses import replace

from evalpress.assess import assess
from evalpress.model import Outline, Piece, Reference, Section
from evalpress.pages.body import write_body
from samples import public, reference

NAMES = "project_name: 老年食堂建设补助\nauthority: 青禾县民政局\nunit: 青禾县养老服务中心\n"
FUNDS = """funds:
  source: 县财政安排
  rows:
    - id: total
      amounts: {initial: 480, budget: 500, executed: 463.2}
      full_marks: 10
      rate: 92.64%
      score: 9.26
    - {id: appropriation, amounts: {initial: 380, budget: 400, executed: 368.2}}
    - {id: carried, amounts: {initial: 100, budget: 100, executed: 95}, note: 按进度支付}
    - {id: other, amounts: {initial: 0, budget: 0, executed: 0}}
"""
GOALS = """goals:
  overall:
    target: 新建食堂12处，受益老人1200人以上。
    actual: 新建食堂12处，受益老人1356人。
"""
LEVELS = (
    ("成本指标", "经济成本"), ("产出指标", "数量指标"), ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip
VALUES = (
    ("≤500万元", "463.2万元"), ("≥12处", "12处"), ("24小时×365天", "24小时×365天"),
    ("≥1200人次", "1356人次"), ("健全", "基本健全"), ("≥90%", "93.40%"),
)  # fmt: skip
REASON = (
    "因供水管网改造与道路施工交叉，部分点位未能按期移交，已协调责任单位调整工序并加密巡查12次。"
)


def indicators(count: int, long: int = 0, column: str = "") -> str:
    """So many indicators below their levels; one of them with a deviation of `long` signs. Each
    has a value of the `column` too."""
    found = []
    for at in range(count):
        level1, level2 = LEVELS[at * len(LEVELS) // count]
        target, actual = VALUES[at % len(VALUES)]
        more = f", {column}" if column else ""
        if long and at == count // 2:
            more += f", deviation: {(REASON * 99)[:long]}"
        found.append(
            f"  - {{id: i{at}, level1: {level1}, level2: {level2}, name: 第{at + 1}项指标的名称, "
            f"target: {target}, actual: {actual}, full_marks: 10, score: 9.5{more}}}\n"
        )
    return "indicators:\n" + "".join(found) + "scores: {total: 98.16, grade: 优}\n"


WHOLE = NAMES + FUNDS + GOALS + indicators(6)


def one_table() -> Reference:
    """The invented county, whose projects are printed as one table."""
    sections = (
        Section(id="form", heading="自评表", shows=(Piece.FORM,)),
        Section(id="conclusion", heading="结论", shows=(Piece.SCORES,)),
    )
    known = reference()
    own = Outline(id="one-table", name="一张表", sections=sections)
    return replace(known, outlines={**known.outlines, own.id: own})


def written(text: str) -> str:
    """The Markdown of a report with this text, of the outline with the form."""
    chosen = "" if text.startswith("outline:") else "outline: one-table\n"
    said = f"kind: project\n{chosen}{text}"
    catalogue = assess([public(said)], one_table())
    (assessment,) = catalogue.assessments.values()
    body = write_body(catalogue, assessment)
    return f"{body.text}\n\n{body.tables}".strip()
