"""evalpress.exports: what lies beside a report for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from evalpress.assess import Assessment, Catalogue, assess
from evalpress.exports import EXPORTS, export, keep, of_report
from evalpress.exports.csv_files import as_csv, harmless
from samples import public, reference

TEXT = """
title: 甲<b>乙</b>|报告
funds:
  rows:
    - id: total
      amounts: {initial: 43.20, budget: 43.20, executed: 37.24}
      rate: 86.2
      full_marks: 10
      score: 8.62
indicators:
  - {id: visits, name: "=1+2", target: "≥12次", actual: 13次, nature: positive, core: true}
  - {id: words, name: 制度, target: 健全, cause: "-3%", extra: {remark: "@甲"}}
"""


def exported(text: str) -> tuple[Catalogue, Assessment, dict[str, bytes]]:
    catalogue = assess([public(text)], reference())
    assessment = next(iter(catalogue.assessments.values()))
    return catalogue, assessment, {e.name: e.content for e in of_report(catalogue, assessment)}


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_report_has_json_and_tables_where_it_has_data() -> None:
    assert list(exported(TEXT)[2]) == [
        "education-2025.json",
        "education-2025-indicators.csv",
        "education-2025-funds.csv",
    ]
    assert "education-2025-problems.csv" in exported("problems: [{id: a, text: 拨付偏晚。}]")[2]
    assert list(exported("title: 只有标题")[2]) == ["education-2025.json"]


def test_json_holds_texts_and_numbers_as_written() -> None:
    found: dict[str, Any] = json.loads(exported(TEXT)[2]["education-2025.json"])
    assert found["title"] == "甲<b>乙</b>|报告"
    assert found["content"]["funds"]["rows"][0]["amounts"]["budget"] == "43.20"
    assert found["content"]["indicators"][0]["target"] == {
        "written": "≥12次", "comparator": "≥", "value": "12", "unit": "次",
    }  # fmt: skip
    assert found["assessed"]["execution_rate"] == {"percent": "86.2", "computed": False}
    assert found["provenance"]["name"] == "演示数据"


def test_json_tells_what_became_of_indicators_unless_that_is_withheld() -> None:
    text = """
indicators:
  - {id: met, name: 甲, target: ≥9个, actual: 9个}
  - {id: missed, name: 乙, target: ≥9个, actual: 8个}
  - {id: hidden, name: 丙, target: ≥9个, actual: 8个}
withheld: [{place: indicators/hidden/actual, reason: 依法}]
"""
    found = json.loads(exported(text)[2]["education-2025.json"])
    assert found["assessed"]["outcomes"] == {"met": "met", "missed": "missed"}


def test_indicators_as_csv() -> None:
    content = exported(TEXT)[2]["education-2025-indicators.csv"]
    assert content.startswith("\ufeff".encode())
    assert content.count(b"\r\n") == 3
    first, second = table(content)
    assert first["三级指标"] == "'=1+2"
    assert (first["年度指标值"], first["年度指标值（数值）"], first["实际完成值（单位）"]) == (
        "≥12次",
        "12",
        "次",
    )
    assert (first["指标性质"], first["核心指标"], first["数据性质"]) == ("正向", "是", "演示数据")
    assert (second["年度指标值"], second["年度指标值（数值）"]) == ("健全", "")
    assert second["偏差原因"] == "-3%"
    assert second["其他栏目"] == "remark：@甲"


def test_funds_as_csv() -> None:
    rows = table(exported(TEXT)[2]["education-2025-funds.csv"])
    values = {row["栏目含义"]: (row["数值"], row["单位"]) for row in rows}
    assert values["budget"] == ("43.20", "万元")
    assert values["rate"] == ("86.2", "%")
    assert values["score"] == ("8.62", "分")


def test_withheld_places_hold_their_notice_and_never_their_value() -> None:
    withheld = "\nwithheld: [{place: funds/total/executed, reason: 依法不予公开}]\n"
    files = exported(TEXT + withheld)[2]
    for content in files.values():
        assert b"37.24" not in content
        assert b"8.62" not in content
    values = {row["栏目含义"]: row for row in table(files["education-2025-funds.csv"])}
    hidden, written = values["executed"], values["initial"]
    assert (hidden["数值"], hidden["数值（取得方式）"]) == ("", "依法不公开")
    assert "依法不予公开" in hidden["不公开的说明"]
    assert (written["数值"], written["数值（取得方式）"]) == ("43.20", "原件所填")
    assert "依法不予公开" in files["education-2025.json"].decode()


def test_internal_fields_never_get_out() -> None:
    inside = """
notes: 内情一
sign_offs: [{step: 初审, name: 甲乙丙}]
waivers: [{rule: x, reason: 内情二}]
"""
    for content in exported(TEXT + inside)[2].values():
        text = content.decode()
        assert "内情" not in text
        assert "甲乙丙" not in text


def test_projects_inside_a_report_are_named_in_each_row() -> None:
    projects = (
        "projects:\n  - {id: road, name: 道路, indicators: [{id: km, name: 里程, actual: 3公里}]}\n"
    )
    content = exported(f"title: 甲\n{projects}")[2]["education-2025-indicators.csv"]
    assert [(row["项目编号"], row["项目"]) for row in table(content)] == [("road", "道路")]


def test_sections_are_named_in_the_order_of_the_outline() -> None:
    text = "body: {conclusion: 三。, overview: {heading: 自己的标题, content: 二。}, preface: 一。}"
    data = json.loads(exported(text)[2]["education-2025.json"])
    assert list(data["sections"].items()) == [
        ("preface", ""), ("overview", "概况"), ("conclusion", "结论"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["0012", "1234567890123456", "1E5", "3-4", "1/2", "2025-8", "12:30", "1/2/2025"]
)
def test_codes_stay_what_they_are_in_a_spreadsheet(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["=1", "+甲", "-甲", "@甲", "＝1", " =1", "\t=1", "-1+2", "\n=1"])
def test_formulas_are_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "-3",
        "-3.50%",
        "+12",
        "0",
        "0.50",
        "12",
        "95%",
        "1-2个",
        "甲=乙",
        "",
        "—",
        "2025-01-01",
        "a@b",
    ],
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "text", ['甲"乙', "甲,乙", "甲\n乙", "<script>", "{{ x }}", "&amp;", "'甲"]
)
def test_csv_gives_back_what_was_written(text: str) -> None:
    assert table(as_csv(["列"], [[text]])) == [{"列": text}]


def test_files_are_kept_under_their_content(tmp_path: Path) -> None:
    catalogue, assessment, _ = exported(TEXT)
    first, *_ = of_report(catalogue, assessment)
    path = keep(first, tmp_path / "exports")
    assert path.read_bytes() == first.content
    before = path.stat().st_mtime_ns
    assert keep(first, tmp_path / "exports") == path
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_an_export_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        export("json", ".json", "application/json")(next(iter(EXPORTS.values())).make)
