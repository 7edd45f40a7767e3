"""What can be taken home at once: every format holds the same, typed, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.benchmarks.corpus import write

from evalpress.assess import Catalogue, assess
from evalpress.clock import BEIJING
from evalpress.disclose.public import disclose
from evalpress.exports.grouping import all_groups
from evalpress.exports.groups import FORMATS, Bundle, Follows, Group, bundle, group_format, zipped
from evalpress.exports.interface import index
from evalpress.exports.json_report import read_report, report_json
from evalpress.exports.table import Field, FieldKind, heads, table, tables, told
from evalpress.load import load
from evalpress.model import Key
from evalpress.settings import DataLicence
from golden_files import ROOT, assert_golden
from samples import public, reference

TEXT = """
title: 甲<b>乙</b>|报告
first_published: 2025-08-25 9:00
project_code: "0012"
scores: {total: 97.5, grade: 优, items: [{name: 执行, full_marks: 10, score: 9.5}]}
funds:
  rows:
    - {id: total, amounts: {initial: 43.20, budget: 43.20, executed: 37.24}, rate: 86.2}
    - {id: other, name: 其他, amounts: {budget: 0}}
indicators:
  - {id: visits, name: "=1+2", target: ≥12次, actual: 13次, completion: 108.33, score: 0, core: 是}
  - {id: share, name: 比例, target: ≥95%, actual: 94.50%}
  - {id: words, name: 制度, target: 健全, cause: "-3%"}
  - {id: hidden, name: 秘密, target: ≥7件, actual: 8件}
problems: [{id: late, number: 3-4, text: 拨付偏晚。, due: 2025年6月}]
facts: [{id: trees, name: 树, value: 0, unit: 棵, parts: [{name: 松, value: 3}]}]
withheld: [{place: indicators/hidden/actual, reason: 依照保密规定}]
"""
OTHER = "title: 乙\nfirst_published: 2024-08-20\nindicators: [{id: visits, name: 甲, actual: 9次}]"


def catalogue() -> Catalogue:
    return assess([public(TEXT), public(OTHER, year=2024)], reference())


def groups(found: Catalogue, licence: DataLicence | None = None) -> dict[str, Group]:
    def document(key: Key) -> bytes:
        return report_json(found, found.assessments[key])

    made = all_groups(found, {}, document, licence, everything=True)
    return {group.path: group for group in made}


@pytest.fixture(scope="module")
def everything() -> dict[str, bytes]:
    """Every file of the group of everything, by name."""
    return files(groups(catalogue())["all/"])


def files(group: Group) -> dict[str, bytes]:
    return {name: content for form in FORMATS.values() for name, content in form.make(group)}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# --- which groups there are ---------------------------------------------------------------------


def test_there_is_a_group_for_everything_each_year_and_each_department() -> None:
    assert list(groups(catalogue())) == ["all/", "years/2025/", "years/2024/",
                                         "departments/education/"]  # fmt: skip
    assert groups(catalogue())["departments/education/"].day == date(2025, 8, 25)


def test_files_are_made_once_for_what_they_follow_from(tmp_path: Path) -> None:
    group = groups(catalogue())["years/2025/"]
    first = bundle({group: Follows(["a"])}, tmp_path)[0]
    again = bundle({group: Follows(["a"])}, tmp_path)[0]
    assert [f.path for f in first.files] == [f.path for f in again.files]
    other = bundle({group: Follows(["b"])}, tmp_path)[0]
    for one, two in zip(first.files, other.files, strict=True):
        assert one.path != two.path and one.address == two.address
        assert one.path.read_bytes() == two.path.read_bytes(), "the same data, the same bytes"


def test_a_text_has_only_the_files_with_texts_made_anew(tmp_path: Path) -> None:
    group = groups(catalogue())["years/2025/"]
    first = bundle({group: Follows(["a"], ["b"])}, tmp_path)[0]
    other = bundle({group: Follows(["a"], ["c"])}, tmp_path)[0]
    moved = {o.name for f, o in zip(first.files, other.files, strict=True) if f.path != o.path}
    assert moved == {"reports.jsonl", "evaluations.zip"}
    with zipfile.ZipFile(next(other.of("zip")).path) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    others = [f for f in other.files if f.format.name not in ("zip", "interface")]
    assert inside == {file.name: file.path.read_bytes() for file in others}


def test_a_table_and_a_format_are_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        table("indicator", "indicators", ())(lambda reported: iter(()))
    with pytest.raises(ValueError, match="twice"):
        group_format("csv", "text/csv")(lambda group: ())


@pytest.mark.golden
def test_columns_keep_their_ids_names_and_types() -> None:
    """Whoever takes one away breaks what others have built on it: add, and leave what there is."""
    lines = [
        f"{one.file} {column.id} {column.kind} {told(one, column)['name']}"
        for one in tables() for column in one.fields
    ]  # fmt: skip
    assert_golden("\n".join(lines) + "\n", ROOT / "tests" / "golden" / "exports" / "columns.txt")


# --- workbook -----------------------------------------------------------------------------------


def sheet(content: bytes, name: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def cells(content: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = sheet(content, name).iter_rows()
    return [{h.value: cell for h, cell in zip(head, row, strict=True)} for row in rows]


def test_a_workbook_has_typed_cells(everything: dict[str, bytes]) -> None:
    book = everything["evaluations.xlsx"]
    _, first, share, words, hidden = cells(book, "指标")
    assert first["三级指标"].value == "=1+2" and first["三级指标"].data_type == "s"
    assert first["年度指标值（数值）"].value == 12
    assert (first["得分"].value, first["得分（取得方式）"].value) == (0, "原件所填")
    assert first["完成率（%）"].value == pytest.approx(1.0833)
    assert first["完成率（%）"].number_format == "0.00%"
    assert share["实际完成值（数值）"].number_format == "0.00%"
    assert share["实际完成值（数值）"].value == pytest.approx(0.945)
    assert words["得分"].value is None and words["得分（取得方式）"].value == "原件没有"
    assert hidden["实际完成值（取得方式）"].value == "依法不公开"
    report = cells(book, "报告")[1]
    assert report["首次公开"].value == datetime(2025, 8, 25)
    assert report["项目代码"].value == "0012"
    funds = {
        c["栏目含义"].value: c["数值"] for c in cells(book, "资金") if c["行编号"].value == "total"
    }
    assert (funds["rate"].value, funds["rate"].number_format) == (pytest.approx(0.862), "0.0%")
    assert (funds["budget"].value, funds["budget"].number_format) == (43.2, "0.00")


def test_a_workbook_can_be_filtered_and_explains_every_column(everything: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(everything["evaluations.xlsx"]))
    shown = {one.title: one for one in tables() if one.title in book.sheetnames}
    for name in shown:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref
        assert [cell.value for cell in book[name][1]] == heads(shown[name])
    told_there = {(row[0], row[5]) for row in book["说明"].iter_rows(min_row=2, values_only=True)}
    assert told_there == {(t.title, f.id) for t in shown.values() for f in t.fields}


# --- CSV, JSON lines, SQLite, archive -----------------------------------------------------------


def test_tables_of_a_group_are_those_of_its_reports(everything: dict[str, bytes]) -> None:
    single = [files(groups(catalogue())[f"years/{year}/"]) for year in (2024, 2025)]
    for name in ("indicators.csv", "reports.csv"):
        assert rows_of(everything[name]) == [r for one in single for r in rows_of(one[name])]


def test_absence_is_told_and_is_never_zero(everything: dict[str, bytes]) -> None:
    for row in rows_of(everything["indicators.csv"]):
        for name in ("得分", "分值", "年度指标值（数值）", "实际完成值（数值）"):
            said = row[f"{name.removesuffix('（数值）')}（取得方式）"]
            assert said in {"原件所填", "依法不公开", "原件没有"}
            if said != "原件所填":
                assert row[name] == ""
    [report] = [r for r in rows_of(everything["reports.csv"]) if r["年度"] == "2024"]
    assert (report["执行率（%）"], report["执行率（取得方式）"]) == ("", "原件没有")


def test_a_computed_rate_says_so() -> None:
    text = "funds: {rows: [{id: total, amounts: {budget: 3, executed: 2}}]}"
    found = files(groups(assess([public(text)], reference()))["all/"])
    [report] = rows_of(found["reports.csv"])
    assert (report["执行率（%）"], report["执行率（取得方式）"]) == ("66.67", "本站得出")
    assert report["总分（取得方式）"] == "原件没有"


def test_withheld_money_is_not_absent_money() -> None:
    text = "funds: {rows: [{id: total, amounts: {budget: 3, executed: 2}}]}\n"
    hidden = "withheld: [{place: funds/total/executed, reason: 依法}]"
    found = files(groups(assess([public(text + hidden)], reference()))["all/"])
    [report] = rows_of(found["reports.csv"])
    assert (report["执行"], report["执行（取得方式）"]) == ("", "依法不公开")
    assert report["执行率（取得方式）"] == "依法不公开"


def test_a_line_of_json_lines_is_the_json_of_a_report(everything: dict[str, bytes]) -> None:
    found = catalogue()
    for line, key in zip(everything["reports.jsonl"].splitlines(), sorted(found.assessments),
                         strict=True):  # fmt: skip
        assert json.loads(line) == json.loads(report_json(found, found.assessments[key]))
        assert read_report(line) == found.assessments[key].report


def test_a_database_has_types_and_whole_keys(everything: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(everything["evaluations.sqlite"])
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [(value, kind)] = base.execute(
            "SELECT value, typeof(value) FROM funds WHERE row = 'total' AND meaning = 'budget'"
        )
        assert (value, kind) == (43.2, "real")
        assert base.execute("SELECT core FROM indicators WHERE id = 'visits'").fetchall() == [
            (None,), (1,),
        ]  # fmt: skip
        told_there = set(base.execute("SELECT file, id FROM columns"))
        names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE sql <> ''")}
    assert names - {"columns"} == {file for file, _ in told_there}


def test_an_archive_holds_every_other_file_and_no_time(tmp_path: Path) -> None:
    made = bundle({groups(catalogue())["all/"]: Follows()}, tmp_path)[0]
    [archive] = made.of("zip")
    others = {f.name: f.path.read_bytes() for f in made.files if f.format.name not in
              ("zip", "interface")}  # fmt: skip
    with zipfile.ZipFile(archive.path) as found:
        assert {info.filename: found.read(info) for info in found.infolist()} == others
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert zipped(others) == archive.path.read_bytes()


# --- Data Package and interface -----------------------------------------------------------------


def wrong(package: dict[str, Any], found: dict[str, bytes]) -> Iterator[str]:
    """What Data Package and Table Schema (version 1) ask for and the files do not keep."""
    read = {one["name"]: rows_of(found[one["path"]]) for one in package["resources"]}
    for resource in package["resources"]:
        content, schema = found[resource["path"]], resource["schema"]
        names = [one["name"] for one in schema["fields"]]
        if resource["bytes"] != len(content) or names != heads_of(content):
            yield f"{resource['name']}: other content"
        for row in read[resource["name"]]:
            yield from (f"{resource['name']}: {f['name']}: {row[f['name']]}" for f in
                        schema["fields"] if not fits(f, row[f["name"]]))  # fmt: skip
        keys = [tuple(row[n] for n in schema["primaryKey"]) for row in read[resource["name"]]]
        if len(set(keys)) != len(keys):
            yield f"{resource['name']}: a key comes twice"
        for foreign in schema.get("foreignKeys", ()):
            [own], [other] = foreign["fields"], foreign["reference"]["fields"]
            known = {row[other] for row in read[foreign["reference"]["resource"]]}
            if not {row[own] for row in read[resource["name"]]} <= known:
                yield f"{resource['name']}: leads nowhere"


def heads_of(content: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def fits(column: dict[str, Any], text: str) -> bool:
    if text == "":
        return not column.get("constraints", {}).get("required")
    try:
        _PARSE[column["type"]](text)
    except (ValueError, ArithmeticError):
        return False
    return column["type"] != "boolean" or text in column["trueValues"] + column["falseValues"]


_PARSE = {
    "string": str, "number": Decimal, "integer": int, "boolean": str, "date": date.fromisoformat,
}  # fmt: skip


def test_a_data_package_describes_its_files(everything: dict[str, bytes]) -> None:
    package = json.loads(everything["datapackage.json"])
    assert list(wrong(package, everything)) == []
    assert "licenses" not in package, "none is invented"
    [budget] = [f for r in package["resources"] if r["name"] == "reports"
                for f in r["schema"]["fields"] if f["id"] == "score"]  # fmt: skip
    assert budget["unit"] == "分"


def test_the_licence_of_the_settings_is_named() -> None:
    given = DataLicence(name="CC-BY-4.0", url="https://example.org/by")
    found = files(groups(catalogue(), given)["all/"])
    package = json.loads(found["datapackage.json"])
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://example.org/by"}]


def test_frictionless_finds_the_package_valid(everything: dict[str, bytes], tmp_path: Path) -> None:
    """With the library itself where somebody has installed it: with what it brings it is 60 MB."""
    frictionless = pytest.importorskip("frictionless", reason="pip install frictionless")
    for name, content in everything.items():
        (tmp_path / name).write_bytes(content)
    assert frictionless.validate(tmp_path / "datapackage.json").flatten() == []


def test_the_interface_lists_reports_and_follows_indicators(everything: dict[str, bytes]) -> None:
    reports = json.loads(everything["reports.json"])["reports"]
    assert [r["json"] for r in reports] == [
        "education/2024/education-2024.json", "education/2025/education-2025.json",
    ]  # fmt: skip
    found = {one["id"]: one for one in json.loads(everything["indicators.json"])["indicators"]}
    assert [year["year"] for year in found["visits"]["years"]] == [2024, 2025]
    assert found["visits"]["years"][1]["target_value"] == "12"
    assert "score" not in found["words"]["years"][0], "what is not there is left out"
    assert found["hidden"]["years"][0]["actual_value_how"] == "依法不公开"


def test_the_interface_says_what_there_is(tmp_path: Path) -> None:
    made = bundle({one: Follows() for one in groups(catalogue()).values()}, tmp_path)
    found = json.loads(index(made, {"feed.xml": "全部"}, "公开", None))
    assert [one["kind"] for one in found["groups"]] == ["all", "years", "years", "departments"]
    listed = {address for one in found["groups"] for address in one["files"]}
    assert listed == {file.address for one in made for file in one.files}
    assert found["feeds"] == [{"title": "全部", "address": "feed.xml"}]
    assert set(found["tables"]) == {one.file for one in tables()}


# --- what the pages say -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Reports of five years from the generator."""
    folder = tmp_path_factory.mktemp("corpus")
    write(30, folder)
    loaded, now = load(folder), datetime(2030, 1, 1, tzinfo=BEIJING)
    return assess(disclose(loaded.reports, loaded.reference, now), loaded.reference, now)


def test_sums_of_the_file_are_those_of_the_pages(generated: Catalogue) -> None:
    rows = rows_of(files(groups(generated)["all/"])["reports.csv"])
    checked = 0
    for region in generated.regions:
        for year in generated.region_years(region):
            totals = generated.totals(region, year)
            own = [r for r in rows if (r["地区"], r["年度"]) == (region.name, str(year))]
            own = [r for r in own if not r["项目编号"] and not r["不公开的说明"]]
            own = [r for r in own if r["预算"] and r["执行"]]
            assert len(own) == totals.counted
            for name, value in (("预算", totals.budget), ("执行", totals.executed)):
                assert sum(Decimal(r[name]) for r in own) == (value or 0)
                checked += bool(value)
    assert checked


def test_every_generated_report_comes_back_from_its_json(generated: Catalogue) -> None:
    for assessment in generated.assessments.values():
        assert read_report(report_json(generated, assessment)) == assessment.report


def test_what_is_no_report_is_refused() -> None:
    for content in (b"[]", b'{"format": "evalpress-report/2"}', b"{"):
        with pytest.raises(ValueError):
            read_report(content)


def test_fields_know_their_units() -> None:
    for one in tables():
        for column in one.fields:
            assert not column.unit_from or Field(column.unit_from) in one.fields
            assert not column.unit or column.kind is FieldKind.NUMBER


def test_files_of_a_bundle_are_found_by_format(tmp_path: Path) -> None:
    made: Bundle = bundle({groups(catalogue())["years/2025/"]: Follows()}, tmp_path)[0]
    assert {file.name for file in made.of("xlsx")} == {"evaluations.xlsx"}
    titles = {file.name: file.title for file in made.files}
    assert titles["indicators.csv"] == "指标（CSV）"
    assert [file.name for file in made.of("csv")][:3] == [
        "reports.csv",
        "indicators.csv",
        "funds.csv",
    ]
    assert made.day == "2025-08-25"
