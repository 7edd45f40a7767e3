"""The model is frozen, refuses what it does not know, and holds what real reports look like."""

from __future__ import annotations

import inspect
from decimal import Decimal

import pytest
from pydantic import ValidationError

from evalpress import model
from evalpress.findings import report
from evalpress.load import load
from evalpress.model import (
    Department,
    Heading,
    ItemList,
    Key,
    Kind,
    Label,
    Model,
    Paragraph,
    ReportFile,
    Show,
    values,
)
from samples import DATA, reference

MODELS = {
    name: kind
    for module in (model, values)
    for name, kind in vars(module).items()
    if inspect.isclass(kind) and issubclass(kind, (Model, values.Written))
}


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_frozen_and_refuses_unknown_keys(name: str) -> None:
    config = MODELS[name].model_config
    assert (config.get("frozen"), config.get("extra")) == (True, "forbid")


@pytest.mark.parametrize("kind", [Key, model.Report, model.PublicReport, model.Reference])
def test_identities_and_public_reports_are_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_collections_of_a_model_cannot_be_added_to() -> None:
    for kind in MODELS.values():
        for name, field in kind.model_fields.items():
            assert "list[" not in str(field.annotation), f"{kind.__name__}.{name}"
            assert "set[" not in str(field.annotation), f"{kind.__name__}.{name}"


def read(data: dict[str, object]) -> ReportFile:
    return ReportFile.model_validate({"state": "draft", **data})


def test_only_the_state_is_needed() -> None:
    assert read({}).body == {}


def test_what_is_absent_is_none_and_never_zero() -> None:
    line = read({"funds": {"rows": [{"id": "total"}]}}).funds
    assert line is not None
    assert (line.rows[0].rate, line.rows[0].score, line.rows[0].amounts) == (None, None, {})


@pytest.mark.parametrize(
    ("given", "kind"),
    [("文字", Paragraph), ({"text": "文字", "id": "a"}, Paragraph), ({"show": "stages"}, Show),
     ({"label": "方法", "text": "文字"}, Label), ({"heading": "标题", "content": "文字"}, Heading),
     ({"list": ["文字"]}, ItemList)],
)  # fmt: skip
def test_block_is_told_by_its_key(given: object, kind: type) -> None:
    assert isinstance(read({"body": {"a": [given]}}).body["a"].content[0], kind)


def test_single_block_stands_for_a_list_of_one() -> None:
    assert read({"body": {"a": "文字"}}) == read({"body": {"a": ["文字"]}})
    assert read({"body": {"a": {"show": "facts"}}}) == read({"body": {"a": [{"show": "facts"}]}})


def test_list_may_hold_a_text_beside_a_heading() -> None:
    items = [
        {"heading": "一", "content": "二", "number": "2."},
        "三",
        {"heading": "四", "text": "五"},
    ]
    (block,) = read({"body": {"a": {"list": items, "numbering": "①"}}}).body["a"].content
    assert isinstance(block, ItemList)
    assert [(item.heading, item.text, item.number) for item in block.list] == [
        ("一", None, "2."), (None, "三", None), ("四", "五", None),
    ]  # fmt: skip


def test_blocks_nest() -> None:
    content: object = "底"
    for _ in range(8):
        content = {"heading": "题", "content": [content]}
    assert read({"body": {"a": content}}).body["a"].content


@pytest.mark.parametrize("block", [{}, {"labell": "x"}, {"withheld": "x"}, [["x"]], {"text": None}])
def test_anything_else_is_no_block(block: object) -> None:
    with pytest.raises(ValidationError):
        read({"body": {"a": {"content": [block]}}})


def test_section_may_depart_from_its_outline() -> None:
    section = read(
        {"body": {"a": {"heading": "自己的标题", "number": "六", "content": "文字"}}}
    ).body["a"]
    assert (section.heading, section.number, len(section.content)) == ("自己的标题", "六", 1)


# --- real reports' structures, in tests/fixtures/data -------------------------------------------


def fixtures() -> dict[Key, ReportFile]:
    loaded = load(DATA)
    assert not loaded.findings, report(loaded.findings)
    return {r.key: r.content for r in loaded.reports}


def test_standard_form_with_holes_placeholders_and_a_reissue() -> None:
    form = fixtures()[Key("school", 2019, "boiler-refit")]
    assert form.funds is not None
    assert [len(line.amounts) for line in form.funds.rows] == [3, 3, 2, 0]
    assert form.funds.rows[2].amounts == {"initial": None, "budget": None}
    assert (form.funds.rows[0].rate, form.funds.rows[0].score) == (86, 9)
    assert (form.version, form.title_note) == (2, "（修改）")
    assert [i.name for i in form.indicators if i.target is None] == [None, "指标2……"]
    assert form.goals is not None
    assert form.goals.overall is not None
    assert isinstance(form.goals.overall.target[0], Paragraph)


def test_adjusted_targets_coefficients_and_core_flags() -> None:
    staffing, completion, stories, rules = fixtures()[Key("media", 2021)].indicators
    assert (staffing.core, completion.core, stories.core) == (False, True, None)
    assert str(completion.adjusted_target) == "72%"
    assert (completion.coefficient, staffing.coefficient) == (Decimal(100), Decimal(100))
    assert rules.target is not None
    assert rules.target.value is None


def test_several_projects_in_one_document() -> None:
    content = fixtures()[Key("datacentre", 2024, "all-projects")]
    assert [p.number for p in content.projects] == ["（1）", "（2）", "（3）"]
    assert [bool(p.funds) for p in content.projects] == [True, True, False]
    assert content.projects[1].code == "002"


def test_one_paragraph_is_a_report() -> None:
    content = fixtures()[Key("culture", 2020)]
    assert (content.scores, content.funds, content.indicators) == (None, None, ())
    assert [f.written for f in content.facts] == [None, "30多万"]


def test_page_of_attachments_alone_is_a_report() -> None:
    content = fixtures()[Key("finance", 2021, "third-party")]
    assert (content.kind, content.body) == (Kind.THIRD_PARTY, {})
    assert [a.file for a in content.attachments] == ["评价报告一.pdf", None]


def test_irregular_numbers_labels_and_dates_of_the_sample_report() -> None:
    content = fixtures()[Key("cyber", 2025)]
    label = content.body["method"].content[1]
    assert isinstance(label, Label)
    assert isinstance(label.content[0], Show)
    (outer,) = content.body["item-results"].content
    assert isinstance(outer, ItemList)
    assert [getattr(b, "number", None) for b in outer.list[1].content] == ["(1)", "2."]
    assert content.evaluation is not None
    assert content.evaluation.completed is not None
    assert content.evaluation.completed.year is None
    assert content.problems[0].measure_in_text is True
    assert reference().scheme_of(content, Key("cyber", 2025)) is None


# --- departments and defaults -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "name"),
    [(2010, "云汀县广播电视台"), (2018, "云汀县广播电视台"), (2019, "云汀县融媒体中心")],
)
def test_department_is_named_as_at_the_years_end(year: int, name: str) -> None:
    assert reference().departments["media"].named_in(year).name == name


def test_every_name_of_a_department_is_known_once() -> None:
    assert reference().departments["media"].all_names() == [
        "云汀县融媒体中心", "融媒体中心", "云汀县广播电视台", "县广电台", "广电台",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["names", "regions"])
def test_department_has_a_name_and_a_region(field: str) -> None:
    with pytest.raises(ValidationError):
        Department.model_validate({"id": "a", "names": "甲", "regions": "b", field: []})


def test_defaults_depend_on_the_year() -> None:
    early, late = (reference().defaults(Key("education", year)) for year in (2020, 2021))
    assert (early.grade_scale, late.grade_scale) == (None, "four-grades")


def test_address_is_the_path_of_the_file() -> None:
    assert Key("education", 2025).address == "education/2025/"
    assert Key("education", 2025, "canteen").address == "education/2025/canteen/"
    assert Key("education", 2025, "canteen").name == "education-2025-canteen"


@pytest.mark.parametrize(
    ("abolished", "successors", "existed"),
    [
        ("2023-05-31", ["culture"], False), ("2023-12-31", ["culture"], True),
        ("2023-05-31", [], True), ("2022-12-31", [], False),
    ],
)  # fmt: skip
def test_the_year_of_a_merger_is_the_successor_s_to_report(
    abolished: str, successors: list[str], existed: bool
) -> None:
    passing = [{"id": name, "since": "2023-06-01"} for name in successors]
    entry = {"id": "a", "names": "甲", "regions": "b", "abolished": abolished}
    assert Department.model_validate({**entry, "successors": passing}).existed_in(2023) is existed
