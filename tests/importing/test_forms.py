"""What a form says in ways that a generator does not draw: several forms in one file, tables torn
by pages, cells that fit nothing or two things."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.drawing.image import Image
from PIL import Image as Pixels

from evalpress.importing.drafts import Draft
from evalpress.importing.forms import read_forms
from evalpress.importing.importer import drafts_of
from evalpress.importing.intake import read_content
from evalpress.importing.labels import Vocabulary
from evalpress.importing.ownership import Asked
from evalpress.importing.reading import Reading
from evalpress.load import Loaded
from evalpress.model import CommonIndicator
from office_forms import Rows, standard, xlsx_of
from projects import without_reports

# Forms are read by the names of the demonstration's departments.
pytestmark = pytest.mark.demonstration


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The demonstration's reference data, without reports."""
    return without_reports()


def readings(loaded: Loaded, sheets: dict[str, Rows], **merges: list[str]) -> list[Reading]:
    document = read_content("表.xlsx", xlsx_of(sheets, merges))
    return read_forms(document.grids, Vocabulary(loaded.reference))


def drafts(loaded: Loaded, sheets: dict[str, Rows]) -> list[Draft]:
    return drafts_of([read_content("表.xlsx", xlsx_of(sheets))], Asked(), loaded)


def row_of(rows: Rows, name: str) -> int:
    return next(n for n, row in enumerate(rows) if name in row)


def told(reading: Reading) -> dict[str, str]:
    return {entry.text: entry.why for entry in reading.unplaced}


def values(found: dict[str, Any]) -> dict[str, str]:
    return {means: value.value for means, value in found.items()}


def test_several_forms_in_a_sheet_are_several_reports(loaded: Loaded) -> None:
    rows = [*standard("水渠修缮"), [], *standard("村道养护")]
    found = drafts(loaded, {"自评表": rows})
    assert [d.tree["project_name"].value for d in found] == ["水渠修缮", "村道养护"]
    assert [len(d.tree["indicators"]) for d in found] == [3, 3]
    assert [d.key.slug for d in found] == ["project-1", "project-2"]


def test_a_form_on_each_sheet_is_a_report(loaded: Loaded) -> None:
    found = drafts(loaded, {"一": standard("水渠修缮"), "二": standard("村道养护")})
    assert [d.tree["project_name"].value for d in found] == ["水渠修缮", "村道养护"]
    assert found[1].tree["indicators"][0]["name"].source == "二!C11"


def test_a_form_that_goes_on_in_the_next_sheet_is_one_report(loaded: Loaded) -> None:
    rows = standard()
    rest = [rows[9], ["产出指标", "质量指标", "合格率", "100%", "100%", 5, 5, ""]]
    (reading,) = readings(loaded, {"一": rows[:-1], "二": rest})
    assert [i["name"].value for i in reading.indicators][-1] == "合格率"
    (other,) = readings(loaded, {"一": rows[:-1], "二": rest[1:]})
    assert values(other.indicators[-1]) == values(reading.indicators[-1])


def test_a_row_torn_by_a_page_is_one_row_and_looked_at(loaded: Loaded) -> None:
    rows = standard()
    at = row_of(rows, "修缮水渠")
    rows[at][2] = "修缮"
    rows[at + 1 : at + 1] = [rows[9], ["", "", "水渠条数", "", "", "", "", ""]]
    (reading,) = readings(loaded, {"一": rows})
    assert reading.indicators[0]["name"].value == "修缮水渠条数"
    assert reading.indicators[0]["name"].doubt
    assert len(reading.indicators) == 3


def test_a_heading_that_nobody_knows_loses_nothing(loaded: Loaded) -> None:
    rows = standard()
    rows[9][7], rows[10][7] = "星级", "三星"
    (reading,) = readings(loaded, {"一": rows})
    assert "星级" in told(reading)["三星"]
    assert all("deviation" not in i for i in reading.indicators)


def test_two_columns_of_one_name_are_nobody_s(loaded: Loaded) -> None:
    rows = standard()
    rows[9][7], rows[10][7] = "得分", 48
    (reading,) = readings(loaded, {"一": rows})
    assert all("score" not in i for i in reading.indicators)
    assert {"50", "48"} <= told(reading).keys()


def test_a_score_for_several_rows_is_nobody_s(loaded: Loaded) -> None:
    rows = standard()
    rows[11][6] = None
    (reading,) = readings(loaded, {"一": rows}, 一=["G11:G12"])
    assert ["score" in i for i in reading.indicators] == [False, False, True]
    assert "50" in told(reading)


@pytest.mark.parametrize("share", [0.75, "0.75", 1])
def test_a_rate_that_may_be_a_share_or_a_percentage_is_told(loaded: Loaded, share: Any) -> None:
    rows = standard()
    rows[5][6] = share
    (reading,) = readings(loaded, {"一": rows})
    assert "rate" not in reading.fund_rows[0].values
    assert str(share) in told(reading)


def test_an_amount_in_words_is_told(loaded: Loaded) -> None:
    rows = standard()
    rows[5][2] = "一百万"
    (reading,) = readings(loaded, {"一": rows})
    assert "initial" not in reading.fund_rows[0].values
    assert "一百万" in told(reading)


def test_an_amount_in_another_unit_is_told(loaded: Loaded) -> None:
    rows = standard()
    rows[5][2], rows[5][3] = "1000000元", "120万元"
    (reading,) = readings(loaded, {"一": rows})
    assert values(reading.fund_rows[0].values)["budget"] == "120"
    assert "1000000元" in told(reading)


def test_the_first_of_two_different_names_stays_and_the_other_is_told(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(4, ["实施单位", "云泽区水利站"])
    (reading,) = readings(loaded, {"一": rows})
    assert reading.heads["unit"].value == "云泽区民政局"
    assert "云泽区水利站" in told(reading)


def test_persons_are_named_nowhere(loaded: Loaded) -> None:
    rows = [*standard(), ["填报人：张建国", "", "联系电话：13812345678"], ["联系人", "李玉兰"]]
    (draft,) = drafts(loaded, {"自评表": rows})
    assert not {"张建国", "13812345678", "李玉兰"} & set(str(draft).replace("'", " ").split())
    assert "张建国" not in str(draft)
    assert any("自评表!A15" in note for note in draft.notes)


def test_a_telephone_in_any_cell_is_not_written(loaded: Loaded) -> None:
    rows = standard()
    rows[12][7] = "经办电话13812345678"
    (draft,) = drafts(loaded, {"自评表": rows})
    assert "13812345678" not in str(draft)
    assert any("个人信息" in entry.why for entry in draft.unplaced)


def test_notes_below_the_form_are_told(loaded: Loaded) -> None:
    rows = [*standard(), ["注：本表一式两份。"]]
    (reading,) = readings(loaded, {"一": rows})
    assert "注：本表一式两份。" in told(reading)


def test_every_cell_of_a_strange_sheet_is_told(loaded: Loaded) -> None:
    rows: Rows = [*standard(), [], ["材料清单", "份数"], ["合同", 3]]
    (reading,) = readings(loaded, {"一": rows})
    assert {"材料清单", "份数", "合同", "3"} <= told(reading).keys()


def test_rows_without_an_indicator_are_told_and_not_made_one(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(11, ["", "质量指标", "指标1", "", "", "", "", ""])
    rows.insert(12, ["", "时效指标", "不涉及", "", "", "", "", ""])
    (reading,) = readings(loaded, {"一": rows})
    assert "指标1" in told(reading)
    assert values(reading.indicators[1]) == {
        "level1": "产出指标", "level2": "时效指标", "not_applicable": "不涉及",
    }  # fmt: skip


def test_a_level_that_was_left_empty_is_taken_from_above_and_looked_at(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(11, ["", "", "清淤长度", "≥2公里", "2公里", 5, 5, ""])
    (reading,) = readings(loaded, {"一": rows})
    assert values(reading.indicators[1])["level2"] == "数量指标"
    assert reading.indicators[1]["level2"].doubt


def test_a_unit_of_money_in_the_head_is_that_of_the_table(loaded: Loaded) -> None:
    rows = standard()
    rows[4][0] = "项目资金（元）"
    (draft,) = drafts(loaded, {"自评表": rows})
    assert draft.tree["funds"]["unit"] == "元"


def test_rows_that_the_fund_table_does_not_have_keep_their_names(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(7, ["", "省级补助", 20, 20, 20, "", "100%", ""])
    (draft,) = drafts(loaded, {"自评表": rows})
    row = draft.tree["funds"]["rows"][2]
    assert (row["id"], row["name"].value, row["amounts"]["budget"].value) == (
        "line-1",
        "省级补助",
        "20",
    )
    assert row["name"].doubt


def test_a_value_apart_from_its_heading_is_not_taken_over_another_heading(loaded: Loaded) -> None:
    rows = standard()
    rows[3] = ["主管部门", "", "承担处室", "财务科", "实施单位", "", "水利站"]
    (reading,) = readings(loaded, {"一": rows})
    assert "authority" not in reading.heads
    assert {"承担处室", "财务科"} <= told(reading).keys()
    assert reading.heads["unit"].value == "水利站"
    assert reading.heads["unit"].doubt


def test_a_line_that_numbers_the_columns_is_no_indicator(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(10, [1, 2, 3, 4, 5, 6, 7, 8])
    rows.insert(5, ["栏次", "", 1, 2, 3, 4, 5, 6])
    (reading,) = readings(loaded, {"一": rows})
    assert (len(reading.indicators), len(reading.fund_rows)) == (3, 2)
    assert "8" in told(reading)


def test_boxes_to_tick_are_no_grade(loaded: Loaded) -> None:
    rows = standard()
    rows.insert(4, ["自评等级", "优☑ 良□ 中□ 差□", "", "自评得分", "九十六"])
    (reading,) = readings(loaded, {"一": rows})
    assert "scores/grade" not in reading.heads
    assert {"优☑ 良□ 中□ 差□", "九十六"} <= told(reading).keys()


def test_units_behind_the_amounts_are_the_table_s(loaded: Loaded) -> None:
    rows = standard()
    rows[4][0] = "项目资金"
    rows[5][2:5] = ["100元", "120元", "90元"]
    (reading,) = readings(loaded, {"一": rows})
    assert reading.fund_unit == "元"
    assert values(reading.fund_rows[0].values)["initial"] == "100"


def test_a_heading_for_one_thing_in_two_words_is_known(loaded: Loaded) -> None:
    rows = standard()
    rows[9][5], rows[9][6], rows[4][2] = "分值/权重", "得分/系数", "2025年年初预算数"
    (reading,) = readings(loaded, {"一": rows})
    assert reading.indicators[0]["full_marks"].value == "50"
    assert "score" not in reading.indicators[0]
    assert values(reading.fund_rows[0].values)["initial"] == "100"


def test_lines_broken_to_fit_a_cell_are_one_name(loaded: Loaded) -> None:
    rows = standard()
    rows[10][0], rows[10][2], rows[12][7] = "产\n出\n指标", "修缮\n水渠", "两户未答复\n明年回访"
    (reading,) = readings(loaded, {"一": rows})
    assert values(reading.indicators[0])["level1"] == "产出指标"
    assert values(reading.indicators[0])["name"] == "修缮水渠"
    assert reading.indicators[2]["deviation"].value == "两户未答复\n明年回访"


def test_a_target_whose_sign_stands_in_a_column_that_is_unclear_is_looked_at(
    loaded: Loaded,
) -> None:
    rows = standard()
    rows[9][7] = "指标性质"
    rows[10][7], rows[11][7] = "≥", "正向"
    (reading,) = readings(loaded, {"一": rows})
    assert reading.indicators[0]["target"].doubt
    assert {"≥", "正向"} <= told(reading).keys()


def test_a_picture_beside_a_form_is_a_file_beside_the_report(loaded: Loaded) -> None:
    stream = io.BytesIO()
    Pixels.new("RGB", (4, 4)).save(stream, "PNG")
    book = load_workbook(io.BytesIO(xlsx_of({"自评表": standard()})))
    book["自评表"].add_image(Image(stream), "B20")
    content = io.BytesIO()
    book.save(content)
    (draft,) = drafts_of([read_content("表.xlsx", content.getvalue())], Asked(), loaded)
    (entry,) = draft.tree["attachments"]
    assert entry["file"] == draft.pictures[0][0]
    assert entry["name"].source == "自评表!B20"


def test_an_indicator_that_departments_share_says_so(loaded: Loaded) -> None:
    rows = standard()
    rows[10][2] = "预算执行率"
    (draft,) = drafts(loaded, {"一": rows})
    first, *others = draft.tree["indicators"]
    assert (first["id"], first["common"]) == ("execution-rate", "execution-rate")
    assert not any("common" in other for other in others)


def test_what_two_indicators_could_share_is_shared_by_none(loaded: Loaded) -> None:
    rows = standard()
    rows[10][2], rows[11][2] = "预算执行率", "部门预算执行率"
    (draft,) = drafts(loaded, {"一": rows})
    assert not any("common" in indicator for indicator in draft.tree["indicators"])
    assert sum("都与共同指标 execution-rate 同名" in note for note in draft.notes) == 2


def test_a_name_of_two_shared_indicators_is_told(loaded: Loaded) -> None:
    rows = standard()
    rows[10][2] = "预算执行率"
    listed = loaded.reference.common_indicators
    listed["other"] = CommonIndicator(id="other", names=("预算执行率",))
    try:
        (draft,) = drafts(loaded, {"一": rows})
    finally:
        del listed["other"]
    assert not any("common" in indicator for indicator in draft.tree["indicators"])
    assert any("（execution-rate、other）" in note for note in draft.notes)


def test_a_cell_with_a_fault_is_told_for_its_fault(loaded: Loaded) -> None:
    rows = standard()
    rows[row_of(rows, "修缮水渠")][6] = "=1+1"
    rows[row_of(rows, "受益农户")][6] = "#REF!"
    (reading,) = readings(loaded, {"一": rows})
    why = [entry.why for entry in reading.unplaced]
    assert "公式没有保存结果，请在 Excel 里打开并保存一次" in why
    assert "公式出错" in why
