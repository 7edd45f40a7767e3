"""The next report's skeleton: reads without a mistake, keeps the structure and no figures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from editors import as_read, mistakes
from evalpress.authoring.scaffold import CannotScaffold, Draft, draft, save
from evalpress.authoring.schema import REPORT
from evalpress.authoring.sheet import dump, scalar
from evalpress.checks import Context, examine
from evalpress.findings import blocking, report
from evalpress.load import Loaded, build, load, parse
from evalpress.model import Key, Kind, ReportFile
from projects import ROOT, has_demonstration, own_data
from samples import DATA, data_folder, reference

PROJECT = own_data()  # the demonstration data
FIXTURES = load(DATA)
LOADED = (PROJECT, FIXTURES) if has_demonstration() else (FIXTURES,)
EVERY = [(loaded, r) for loaded in LOADED for r in loaded.reports]
EARLIER = """
state: published
title: 云泽区教育局2025年度自评报告
scheme: none
number: 绩评〔2025〕3号
first_published: 2026-03-01 09:00
public_info: {index_number: JY-1, publisher: 云泽区教育局, issued: 2026-02-01, summary: 优}
body:
  preface: 根据通知要求，现报告如下。
  overview:
    heading: 单位2025年概况
    number: 三、
    content:
      - 下设三个科室。
      - {label: 人员, text: 在职18人。}
      - label: 资产
        content: [合计五万元。]
      - list: [甲事项, {heading: 乙事项, text: 已完成。}]
        numbering: （1）
      - table: 明细
        columns: [街道, 数量]
        rows: [[东街, 3]]
      - show: funds
funds:
  unit: 万元
  rate_reason: 按到位数计算
  rows:
    - id: total
      amounts: {initial: 19.84, executed: 18.73}
      full_marks: 10
      rate: 94.41%
      score: 9.44
goals:
  overall: {target: 开办食堂12处。, actual: 已开办11处。}
  items: [{id: meals, name: 供餐, target: 每日50份。, actual: 每日61份。}]
indicators:
  - id: canteens
    level1: 产出指标
    name: 食堂
    target: ≥12处
    actual: 11处
    full_marks: 20
    score: 18.33
    deviation: 选址调整
scores: {items: [{name: 产出指标, score: 38.21}], total: 91.07, grade: 优, note: 试评}
problems:
  - {id: late, text: "支付偏晚: 上半年只付两成。", measure: 按季度支付。}
followups:
  - {year: 2024, problem: old, status: underway, text: 仍在整改。}
  - {year: 2024, problem: done, status: solved}
facts:
  - id: meals
    name: 供餐人次
    value: 86321
    unit: 人次
    period: 2025年
    parts: [{name: 堂食, value: 86321}]
withheld: [{place: facts/meals, reason: 保密}]
waivers: [{rule: rate, reason: 核实}]
sign_offs: [{step: 初审, name: 甲某}]
attachments: [{id: form, name: 自评表, file: 自评表.pdf}]
notes: 内部
signature: {office: 云泽区教育局, date: 2026年2月1日}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(data_folder(tmp_path, {"data/reports/education/2025.yml": EARLIER}))


def content(draft: Draft) -> ReportFile:
    """The draft as the program reads it; any finding of the reader fails."""
    source, findings = parse("new.yml", draft.text.encode())
    made, more = build(ReportFile, source)
    assert not [*findings, *more], report([*findings, *more])
    assert made is not None
    return made


def tree(draft: Draft) -> dict[str, Any]:
    return dict(parse("new.yml", draft.text.encode())[0].data)


# --- every report there is ----------------------------------------------------------------------


@pytest.mark.parametrize(("loaded", "earlier"), EVERY, ids=lambda part: getattr(part, "source", ""))
def test_the_next_report_reads_without_a_mistake(
    loaded: Loaded, earlier: Any, tmp_path: Path
) -> None:
    year = str(max(r.key.year for r in loaded.reports) + 1)
    made = draft(loaded, earlier.key.department, year, earlier.key.slug)
    assert content(made).state == "draft"
    path = tmp_path / "new.yml"
    path.write_text(made.text, encoding="utf-8")
    assert all(mistakes(REPORT, data) == [] for data in as_read(path))


@pytest.mark.demonstration
@pytest.mark.parametrize("department", list(PROJECT.reference.departments))
def test_a_first_report_reads_without_a_mistake(department: str) -> None:
    for slug in ("", "first-project"):
        made = draft(PROJECT, department, "2019", slug)
        assert made.earlier is None
        content(made)


@pytest.mark.demonstration
def test_a_first_report_has_every_section_row_and_dimension() -> None:
    outline = PROJECT.reference.outlines["department"]
    made = content(draft(PROJECT, "digital", "2023"))
    assert list(made.body) == [section.id for section in outline.walk()]
    assert made.funds
    assert [row.id for row in made.funds.rows][:2] == ["total", "appropriation"]
    assert made.scores
    assert "成本指标" in [score.name for score in made.scores.items]


# --- what is kept and what is not ---------------------------------------------------------------


def test_structure_names_and_targets_are_kept(loaded: Loaded) -> None:
    made = content(draft(loaded, "education", "2026"))
    assert (made.title, made.scheme) == ("云泽区教育局2026年度自评报告", "none")
    assert made.public_info.publisher == "云泽区教育局"
    overview = made.body["overview"]
    assert (overview.heading, overview.number) == ("单位2025年概况", "三、")
    kinds = [type(block).__name__ for block in overview.content]
    assert kinds == ["Label", "Label", "ItemList", "Table", "Show"]
    assert made.goals
    assert made.goals.items[0].target
    assert not made.goals.items[0].actual
    (indicator,) = made.indicators
    assert (str(indicator.target), indicator.full_marks) == ("≥12处", 20)
    assert (indicator.actual, indicator.score, indicator.deviation) == (None, None, None)
    assert made.funds
    assert made.funds.rows[0].amounts == {"initial": None, "executed": None}
    assert made.facts == (), "a fact without a value is a mistake"
    text = draft(loaded, "education", "2026").text.splitlines()
    start = text.index("# facts:")
    wanted = "\n".join(line.removeprefix("# ") for line in text[start : text.index("", start)])
    (fact,) = parse("facts.yml", wanted.encode())[0].data["facts"]
    assert fact == {
        "id": "meals", "name": "供餐人次", "value": None, "unit": "人次", "period": None,
    }  # fmt: skip


def test_neither_figures_nor_texts_nor_internals_are_kept(loaded: Loaded) -> None:
    said = str(tree(draft(loaded, "education", "2026")))
    gone = (
        "18.73",
        "94.41",
        "9.44",
        "91.07",
        "38.21",
        "86321",
        "11处",
        "61份",
        "东街",
        "优",
        "JY-1",
    )
    texts = ("根据通知", "三个科室", "18人", "五万元", "甲事项", "已完成", "选址", "试评", "到位数")
    inside = ("甲某", "内部", "核实", "保密", "自评表.pdf", "2026-03", "3号", "支付")
    assert [text for text in (*gone, *texts, *inside) if text in said] == []


def test_what_the_clerk_writes_is_marked(loaded: Loaded) -> None:
    lines = draft(loaded, "education", "2026").text.splitlines()
    assert [line for line in lines if line.endswith("[]")] == []
    assert "        initial:  # 年初预算数" in lines
    assert "  preface: []  # 开头一段" in lines
    assert "    heading: 单位2025年概况  # 请核对年份" in lines
    assert "title: 云泽区教育局2026年度自评报告  # 请核对" in lines


def test_earlier_problems_wait_as_followups(loaded: Loaded) -> None:
    made = draft(loaded, "education", "2026")
    assert content(made).problems == ()
    assert content(made).followups == ()
    lines = made.text.splitlines()
    start = lines.index("# followups:")
    end = lines.index("", start)
    wanted = "\n".join(line.removeprefix("# ") for line in lines[start:end])
    assert "# 问题：支付偏晚: 上半年只付两成。" in wanted
    answers = parse("followups.yml", wanted.encode())[0].data["followups"]
    assert answers == [
        {"year": "2025", "problem": "late", "status": None, "text": None},
        {"year": "2024", "problem": "old", "status": None, "text": None},
    ]
    assert "# withheld:" in lines
    assert "# attachments:" in lines


def test_the_order_is_the_clerk_s(loaded: Loaded) -> None:
    wanted = ["state", "scheme", "title", "public_info", "body", "funds", "goals", "indicators"]
    assert list(tree(draft(loaded, "education", "2026"))) == [
        *wanted, "scores", "problems", "signature",
    ]  # fmt: skip


def test_what_is_the_default_is_left_out(tmp_path: Path) -> None:
    text = "state: published\nkind: department\noutline: {}\nbody: {{}}\n"
    usual = reference().defaults(Key("education", 2026)).outlines[Kind.DEPARTMENT]
    for outline, kept in ((usual, False), ("free", True)):
        files = {"data/reports/education/2025.yml": text.format(outline)}
        made = tree(draft(load(data_folder(tmp_path, files)), "education", "2026"))
        assert ("outline" in made, "kind" in made) == (kept, False)


@pytest.mark.demonstration
def test_a_new_scheme_brings_its_dimensions() -> None:
    """From 2023 the invented district counts cost by itself; reports of 2022 do not name it."""
    before = [r for r in PROJECT.reports if r.key.year == 2022]
    loaded = Loaded(PROJECT.reference, before, PROJECT.sources, [])
    made = content(draft(loaded, "education", "2023"))
    assert made.scores
    assert "成本指标" in [score.name for score in made.scores.items]


@pytest.mark.demonstration
def test_the_newest_earlier_report_counts() -> None:
    made = draft(PROJECT, "housing", "2024")
    assert made.earlier
    assert made.earlier.key.year == 2023


def test_a_page_of_attachments_keeps_its_list(tmp_path: Path) -> None:
    text = "state: published\nkind: attachments\nattachments:\n"
    text += "  - {id: a, name: 2025年度甲项目自评表, file: 甲.pdf, units: [甲局]}\n"
    loaded = load(data_folder(tmp_path, {"data/reports/education/2025/list.yml": text}))
    made = content(draft(loaded, "education", "2026", "list"))
    assert [(a.name, a.file, a.units) for a in made.attachments] == [
        ("2026年度甲项目自评表", None, ("甲局",))
    ]


def test_an_odd_problem_stays_in_its_comment(tmp_path: Path) -> None:
    text = 'state: published\nproblems: [{id: a, text: "甲\\n乙\\u2028丙", measure: 丁}]\n'
    loaded = load(data_folder(tmp_path, {"data/reports/education/2025.yml": text}))
    made = draft(loaded, "education", "2026")
    assert "#   # 问题：甲 乙 丙" in made.text.splitlines()
    assert content(made).problems == ()


def test_problems_of_a_project_list_are_kept_apart() -> None:
    found = [r for r in FIXTURES.reports if r.content.projects]
    for earlier in found:
        year = str(earlier.key.year + 1)
        made = content(draft(FIXTURES, earlier.key.department, year, earlier.key.slug))
        assert [p.id for p in made.projects] == [p.id for p in earlier.content.projects]


# --- asking wrongly -----------------------------------------------------------------------------


@pytest.mark.demonstration
@pytest.mark.parametrize("name", ["education", "云泽区教育局", "教体局", " 区教育局 "])
def test_any_name_of_the_department_will_do(name: str) -> None:
    assert draft(PROJECT, name, "2026").key == Key("education", 2026)


@pytest.mark.demonstration
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("教育", "2026"), "education（云泽区教育局）"),
        (("education", "26"), "四位年份"),
        (("education", "二〇二六"), "四位年份"),
        (("education", "2025"), "data/reports/education/2025.yml"),
        (("education", "2026", "食堂"), "小写英文字母"),
        (("education", "2026", "../2026"), "小写英文字母"),
        (("education", "2026", "attachments"), "不能用作网址编号"),
        (("education", "2026", "a" * 61), "小写英文字母"),
    ],
)
def test_what_cannot_be_made_says_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CannotScaffold, match=said.replace(".", r"\.")):
        draft(PROJECT, *arguments)


@pytest.mark.parametrize("folder", ["education", "县教育局"])
def test_an_unreadable_earlier_report_comes_first(tmp_path: Path, folder: str) -> None:
    name = f"data/reports/{folder}/2025.yml"
    loaded = load(data_folder(tmp_path, {name: "state：draft"}))
    with pytest.raises(CannotScaffold, match=name):
        draft(loaded, "education", "2026")


@pytest.mark.demonstration
def test_nothing_is_overwritten(tmp_path: Path) -> None:
    made = draft(PROJECT, "education", "2026", "new-hall")
    path = save(made, tmp_path)
    assert path == tmp_path / "reports" / "education" / "2026" / "new-hall.yml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotScaffold, match="已经有了"):
        save(made, tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.demonstration
@pytest.mark.parametrize("slug", ["", "new-hall"])
def test_the_editor_finds_the_schema(tmp_path: Path, slug: str) -> None:
    path = save(draft(PROJECT, "education", "2026", slug), tmp_path)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == tmp_path / "schemas" / "report.json"
    assert (path.parent / named).is_file()


@pytest.mark.demonstration
def test_a_new_report_stops_no_publication(tmp_path: Path) -> None:
    """What a fresh report is told is advice: nothing of it blocks the others' reports."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for report_ in PROJECT.reports:
        if report_.key.year == max(r.key.year for r in PROJECT.reports):
            year = str(report_.key.year + 1)
            made = draft(PROJECT, report_.key.department, year, report_.key.slug)
            save(made, tmp_path / "data")
    save(draft(PROJECT, "finance", "2026", "first-project"), tmp_path / "data")
    context = Context(load(tmp_path / "data"), tmp_path / "data")
    found = blocking(examine(context).open)
    assert not found, report(found)


# --- YAML ---------------------------------------------------------------------------------------

TEXTS = [
    "12", "0012", "no", "null", "~", "2025年", "a: b", "甲：乙", "甲 #乙", "#甲", "- 甲", "-5",
    "≥95%", "[甲]", "{甲}", "'甲'", '"甲"', "*甲", "&甲", "!甲", "|", ">=3", "%", "@", "`", "结尾:",
    "甲\n乙", "，甲", "?", "=", "<<", "甲\\n", "甲, 乙", "甲\t乙", "甲\n\n乙", "甲\n  乙",
    " 甲\n乙", "甲\n乙\n", "甲: 一\n# 乙",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_written_text_reads_back(text: str) -> None:
    lines = [f"a: {scalar(text)}", *dump({"b": {"c": [text, {"d": text}]}})]
    source, findings = parse("text.yml", "\n".join(lines).encode())
    assert not findings, report(findings)
    assert source.data == {"a": text, "b": {"c": [text, {"d": text}]}}
