"""1 read: every mistake is found at its line, nothing that was written changes, nothing raises."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from evalpress.checks import Context, check
from evalpress.findings import Finding, Level, report
from evalpress.load import MAX_BYTES, Loaded, build, load, parse, refold
from evalpress.model import Defaults, Department, Key, Outline, Region, Report, ReportFile
from samples import DATA, REPORT, data_folder, read, reference, rules
from sampling import NUMBER, often

STATE = "state: draft\n"


def tree(text: str) -> object:
    source, findings = parse("x.yml", text.encode())
    assert not findings, report(findings)
    return source.data


def mistakes(content: str | bytes) -> list[Finding]:
    """The findings of one report file."""
    source, findings = parse("x.yml", content.encode() if isinstance(content, str) else content)
    return findings or build(ReportFile, source)[1]


def spots(content: str | bytes) -> list[tuple[str, int, int]]:
    return [(f.rule, f.where.line, f.where.column) for f in mistakes(content)]


# --- scalars ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["0012", "no", "12:30", "1e3", "9５", ".nan", "2025-08-15", "1_000", "0x1F", "true", "=", "-1"],
)
def test_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert tree(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize("text", ["", "~", "null", " # 说明"])
def test_nothing_is_absent(text: str) -> None:
    assert tree(f"a: {text}\n") == {"a": None}


@pytest.mark.parametrize("text", ["null", "~", "no", " 两边有空格 ", "a # b", "一: 二"])
def test_quotes_make_anything_a_text(text: str) -> None:
    assert tree(f'a: "{text}"\n') == tree(f"a: '{text}'\n") == {"a": text}


def test_explanation_behind_a_value_is_no_part_of_it() -> None:
    assert tree("a: 文字  # 说明\nb: c   #\n# 说明\n  # 说明\n") == {"a": "文字", "b": "c"}


@pytest.mark.parametrize("text", ["第一名 #3", "见附件 #附件1"])
def test_text_cut_by_a_hash_is_found(text: str) -> None:
    assert spots(f"{STATE}title: {text}\n") == [("text_cut", 2, 8 + text.index("#"))]


# --- lines of one text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a: 第一行，\n  第二行\n", "a:\n  第一行，\n  第二行\n", "a: 第一行，\r\n  第二行\r\n",
        "a: >\n  第一行，\n  第二行\n", "a: >-  # 说明\n  第一行，\n  第二行\n",
        "a: '第一行，\n  第二行'\n", 'a: "第一行，\n  第二行"\n', 'a: "第一行，\\\n  第二行"\n',
        "[{a: 第一行，\n 第二行}]\n",
    ],
)  # fmt: skip
def test_lines_in_chinese_join_without_a_space(text: str) -> None:
    found = tree(text)
    assert (found[0] if isinstance(found, list) else found) == {"a": "第一行，第二行"}


@pytest.mark.parametrize("text", ["a: one\n  two\n", "a: >\n  one\n  two\n", 'a: "one\n  two"\n'])
def test_lines_in_english_join_with_a_space(text: str) -> None:
    assert tree(text) == {"a": "one two"}


@pytest.mark.parametrize(
    "text",
    [
        "a: 一\n\n  二\n",
        "a: >\n  一\n\n  二\n",
        'a: "一\n\n  二"\n',
        "a: '一\n\n  二'\n",
        "a: |\n  一\n  二\n",
    ],
)
def test_empty_line_parts_paragraphs(text: str) -> None:
    assert str(tree(text)["a"]).strip() == "一\n二"  # type: ignore[index]


def test_escapes_of_a_long_quoted_text_hold() -> None:
    assert tree('a: "引\\"号\\\\\n  ，\\t完\\n"\n') == {"a": '引"号\\ ，\t完\n'}
    assert tree("a: 'it''s\n  it'\n") == {"a": "it's it"}


def test_marks_behind_rare_characters_are_exact() -> None:
    assert tree("a: 😀𠀀\nb: 一😀\n  二\n") == {"a": "😀𠀀", "b": "一😀 二"}
    assert spots("title: 😀𠀀\nnotes: 一\n  二\nstate: x\n") == [("not_a_choice", 4, 1)]


def test_chinese_beside_english_keeps_its_space() -> None:
    assert refold("采用 PDF\n格式") == "采用 PDF 格式"


# --- files --------------------------------------------------------------------------------------


def test_byte_order_mark_and_windows_line_ends_are_harmless() -> None:
    assert tree("\ufeffstate: draft\r\ntitle: 标题\r\n") == {"state": "draft", "title": "标题"}


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        ("state: draft\nstate: draft\n", "duplicate_key", 2, 1),
        ("state: draft\nbody: {a: x, a: y}\n", "duplicate_key", 2, 14),
        ("state: draft\ntitle: &a x\n", "alias_refused", 2, 8),
        ("state: draft\ntitle: *a\n", "alias_refused", 2, 8),
        ("state: draft\ntitle: *重要\n", "alias_refused", 2, 8),
        ("&a state: draft\n", "alias_refused", 1, 1),
        ("state: draft\n<<: {title: x}\n", "key_refused", 2, 1),
        ("? [a, b]\n: x\n", "key_refused", 1, 3),
        ("state: !!str draft\n", "tag_refused", 1, 8),
        ("state: !!python/object:os.system x\n", "tag_refused", 1, 8),
        ("!x state: draft\n", "tag_refused", 1, 1),
        ("state: draft\ntitle: !重要\n", "tag_refused", 2, 8),
        ("state: draft\n---\nstate: draft\n", "second_document", 2, 1),
        ("state：draft\ntitle: x\n", "wide_colon", 1, 1),
        ("state: draft\nbody:\n  a：一\n  b: 二\n", "wide_colon", 3, 3),
        ("state: draft\nbody:\n  a：一\n\n    # 说明\n    二\n  b: 三\n", "wide_colon", 3, 3),
        ("state: draft\nbody:\n  a:一\n  b: 二\n", "colon_without_space", 3, 3),
        ("state: draft\nbody:\n　　a: 一\n  b: 二\n", "wide_indent", 3, 1),
        ("state: draft\nbody:\n　　a: 一\n", "wide_indent", 3, 1),
        ("state: draft\ntitle:　甲\n", "wide_space", 2, 1),
        ("state: draft\ntitle:\u00a0甲\n", "wide_space", 2, 1),
        ("state: draft\nbody:\n  a:\n    -一\n    - show: funds\n", "dash_without_space", 4, 5),
        ("state: draft\nbody:\n  a:\n    －一\n    - show: funds\n", "dash_without_space", 4, 5),
        ("state: draft\nbody:\n  a:\n    -一\n", "dash_without_space", 4, 5),
        ("state: draft\nbody: {a: [{label：一}]}\n", "wide_colon", 2, 13),
        ("state: draft\nscores: {items: [{name: 一，score: 2}]}\n", "wide_comma", 2, 26),
        ("state: draft\nprofile: {duties: [甲, , 乙]}\n", "empty_between_commas", 2, 23),
        ("state: draft\nprofile: {duties: [甲,\n", "open_bracket", 2, 19),
        ("state: draft\nfacts: [{id: a, name: 一,二}]\n", "comma_in_braces", 2, 25),
        ("state: draft\n\u200btitle: x\n", "hidden_character", 2, 1),
        ("state: draft\nbody:\n\toverview: x\n", "tab_in_yaml", 3, 1),
        ("state: draft\nbody:\n  a: x\n\t b: y\n", "tab_in_yaml", 4, 1),
        ("state: draft\ntitle：标题\n", "wide_colon", 2, 1),
        ("state: draft\nbody:\n  overview：\n    - 文字\n", "wide_colon", 3, 3),
        ("state: draft\ntitle:标题\nnotes: x\n", "colon_without_space", 2, 1),
        ("state: draft\n只有文字\n", "not_a_field", 2, 1),
        ("state: draft\n  title: x\n", "bad_indent", 2, 8),
        ("state: draft\nbody:\n  - a\n b: c\n", "bad_indent", 4, 2),
        ("state: draft\nbody:\n  - a\n  b: c\n", "bad_indent", 4, 3),
        ("state: draft\ntitle: 目标: 完成\n", "colon_in_text", 2, 10),
        ("state: draft\ntitle: - x\n", "dash_after_colon", 2, 8),
        ("state: draft\ntitle: @x\n", "reserved_start", 2, 8),
        ("state: draft\ntitle: %x\n", "reserved_start", 2, 8),
        ("state: draft\ntitle: >5%\n", "reserved_start", 2, 8),
        ("state: draft\ntitle: ,x\n", "reserved_start", 2, 8),
        ('state: draft\ntitle: "未完\nnotes: x\n', "open_quote", 2, 8),
        ('state: draft\ntitle: "引号"开头\n', "text_after_quote", 2, 12),
        ("state: draft\ntitle: [2025]5号\n", "text_after_quote", 2, 14),
        ("body:\n  overview:\n    - [检查]学校\n", "text_after_quote", 3, 11),
        ("body:\n  overview:\n    - '检查'学校\n", "text_after_quote", 3, 11),
        ("state: draft\ntitle: [2025\nnotes: x\n", "open_bracket", 2, 8),
        ('state: draft\ntitle: "\\d"\n', "bad_escape", 2, 9),
        ('state: draft\ntitle: "\\ud800"\n', "bad_escape", 2, 8),
        ("state: draft\ntitle: a\x07b\n", "control_character", 2, 9),
        ("state: draft\ntitle: a\u2028b\n", "control_character", 2, 9),
        ("state: draft\ntitle: a\x85b\n", "control_character", 2, 9),
    ],
)  # fmt: skip
def test_mistake_in_the_writing_is_found_where_it_is(
    content: str, rule: str, line: int, column: int
) -> None:
    assert spots(content) == [(rule, line, column)]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_chinese_encodings_are_recognised(encoding: str) -> None:
    text = "state: draft\ntitle: “教育局”·２０２５年①——〔2025〕℃\n"
    assert spots(text.encode(encoding, "ignore")) == [("in_gb18030", 2, 0)]


@pytest.mark.parametrize(
    "content", [b"a: \xff\xfe\x00", b"\xe6\x95\nx", "a: é\n".encode("latin-1")]
)
def test_unknown_encoding_is_named(content: bytes) -> None:
    assert rules(mistakes(content)) == ["not_utf8"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    assert not mistakes("state: draft\r\ntitle: 教育局\r\n".encode(encoding))


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "a: " + "[" * 60 + "]" * 60, "? " * 50_000,
     "\n".join(" " * n + "- " for n in range(200)),
     "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)),
     "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(50))],
    ids=["lists", "mappings", "dashes", "brackets", "keys", "steps", "aliases", "merges"],
)  # fmt: skip
def test_bomb_is_refused(content: str) -> None:
    assert mistakes(content)


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    loaded = read(tmp_path, {REPORT: b"#" * (MAX_BYTES + 1)})
    assert rules(loaded.findings) == ["file_too_large"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "empty_file"), ("# 说明\n", "empty_file"), ("---\n", "empty_file"),
        ("null\n", "empty_file"), ("- state: draft\n", "not_a_report"), ("''\n", "not_a_report"),
        ("state:draft\n", "colon_without_space"), ("state：draft\n", "wide_colon"),
        ("只有文字\n", "not_a_report"),
    ],
)  # fmt: skip
def test_file_that_is_no_report_is_a_finding(tmp_path: Path, content: str, rule: str) -> None:
    loaded = read(tmp_path, {REPORT: content})
    assert rules(loaded.findings) == [rule]
    assert not loaded.reports


# --- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("titel: x\n", "unknown_field", 2, 1),
        ("funds:\n  unit: 万元\n", "missing_field", 2, 1),
        ("funds:\n  rows:\n    - id: a\n      amounts:\n        b: 一\n", "not_a_number", 6, 9),
        ("funds: {rows: [{id: total, amounts: {budget: 12万}}]}\n", "not_a_number", 2, 38),
        ("funds:\n  rows:\n    - name: 合计\n", "missing_field", 4, 7),
        ("indicators:\n  - {id: a, name: x}\n  - id: b\n", "empty_indicator", 4, 5),
        ("indicators:\n  - id: a\n    name: x\n    score: 满分\n", "not_a_number", 5, 5),
        ("indicators:\n  - id: a\n    name: x\n    target: [1]\n", "not_a_text", 5, 5),
        ("body:\n  overview:\n    - 一\n    - labell: 二\n", "no_such_block", 5, 7),
        ("body:\n  overview:\n    - 一\n    -\n", "empty_text", 5, 6),
        ("body:\n  overview:\n    - [一, 二]\n", "no_such_block", 4, 7),
        ("body:\n  overview:\n    - 其中: 二\n", "colon_makes_field", 4, 7),
        ("body:\n  overview:\n    - list: [其中: 二]\n", "colon_makes_field", 4, 14),
        ("profile:\n  duties:\n    - 其中: 二\n", "colon_makes_field", 4, 7),
        ("profile:\n  duties:\n    -一\n", "dash_without_space", 4, 5),
        ("body:\n  overview：一\n", "wide_colon", 3, 3),
        ("problems: [{id: a}]\n", "problem_without_text", 2, 12),
        ("body:\n  overview:\n    headng: x\n", "no_such_block", 3, 3),
        ("body:\n  overview:\n", "empty_text", 3, 3),
        ("body:\n  a:\n    - label: x\n      content:\n        - list:\n            - heading: y\n"
         "              txt: z\n", "unknown_field", 8, 15),
        ("body:\n  a:\n    - picture: x.png\n", "missing_field", 4, 7),
        ("body:\n  a:\n    - show: fund\n", "not_a_choice", 4, 7),
        ("body:\n  a:\n    - table: x\n      columns: [y]\n      rows: [z]\n", "not_a_list", 6, 14),
        ("scores:\n  items:\n    - {name: 产出, score: 好}\n", "not_a_number", 4, 18),
        ("scheme: 无\n", "not_an_id", 2, 1),
        ("evaluation:\n  stages:\n    - id: a\n      name: b\n      end: x\n",
         "not_a_date", 6, 7),
        ("projects:\n  - id: p\n    name: x\n    funds:\n      rows:\n        - id: t\n"
         "          score: 好\n", "not_a_number", 8, 11),
        ("facts: [{id: a, name: x, parts: [{name: y, value: z}]}]\n", "not_a_number", 2, 44),
        ("withheld: [funds/total]\n", "not_a_mapping", 2, 12),
        ("title: [x]\n", "not_a_text", 2, 1),
        ("scores:\n  problems: []\n", "field_too_deep", 3, 3),
        ("keywords: [一]\n", "field_too_shallow", 2, 1),
        ("department: cac\n", "said_by_path", 2, 1),
        ("facts: [{id: a, name: x, value: 95.00000000000001}]\n", "number_too_long", 2, 26),
        ("facts: [{id: a, name: x, value: 1000000000000000000}]\n", "number_too_long", 2, 26),
        ("version: 1000000000000\n", "number_too_long", 2, 1),
        ("indicators: [{id: a, name: x, actual: 0.97270000000000001}]\n", "number_too_long", 2, 31),
        ("indicators: [{id: a, name: x, target: ≥95.00000000000001%}]\n", "number_too_long", 2, 31),
        ("facts: [{id: a, name: x, value: -}]\n", "blank_cell", 2, 26),
        ("facts: [{id: a, name: x, value: ——}]\n", "blank_cell", 2, 26),
        ("public_info: {keywords: [绩效自评、网信]}\n", "joined_items", 2, 26),
        ("public_info: {keywords: [绩效 网信]}\n", "joined_items", 2, 26),
        ("profile: {units: [甲中心、乙站]}\n", "joined_items", 2, 11),
        ("body: {a: [{markdown: '[一](javascript:x)'}]}\n", "bad_address", 2, 13),
        ("version:\n", "empty_text", 2, 1),
    ],
)  # fmt: skip
def test_mistake_in_a_field_is_found_where_it_is(
    text: str, rule: str, line: int, column: int
) -> None:
    assert spots(STATE + text) == [(rule, line, column)]


def test_every_mistake_of_a_file_is_found_in_one_run() -> None:
    text = "titel: x\nversion: 一\nfunds:\n  rows: 无\nindicators:\n  - id: A\n    name: x\n"
    assert sorted(rules(mistakes(text))) == [
        "missing_field", "not_a_count", "not_a_list", "not_an_id", "unknown_field",
    ]  # fmt: skip


def test_finding_names_the_field_in_chinese_and_as_written() -> None:
    (finding,) = mistakes(f"{STATE}funds:\n  rows:\n    - {{id: total, amounts: {{budget: 一}}}}\n")
    assert (
        finding.where.field
        == "资金(funds) › 资金行(rows)“total” › 金额(amounts) › 全年预算数(budget)"
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("titel", "title"), ("indicator", "indicators"), ("fund", "funds"), ("indi", "indicators")],
)
def test_unknown_field_suggests_the_nearest(wrong: str, right: str) -> None:
    assert f"“{right}”" in mistakes(f"{STATE}{wrong}: x\n")[0].what


@pytest.mark.parametrize(
    ("text", "right"),
    [("scheme: None", "none"), ("scheme: 无", "none"), ("outline: A_b", "a-b"), ("slug: Ab", "ab")],
)
def test_id_in_another_form_suggests_the_right_one(text: str, right: str) -> None:
    assert f"“{right}”" in mistakes(f"{STATE}{text}\n")[0].what


@pytest.mark.parametrize(
    "text",
    [
        "-5%",
        "- 一",
        "——题记",
        "【2025】1号",
        "a:b",
        "http://a/b",
        "PDF：一",
        "自评方法：查阅资料",
        "图 #",
    ],
)
def test_text_that_only_looks_like_a_mistake_passes(text: str) -> None:
    shown = f"'{text}'" if text == "- 一" else text
    assert not mistakes(f"{STATE}body:\n  overview:\n    {shown}\n")


def test_what_was_meant_is_read_in_spite_of_a_wrong_comma() -> None:
    source, findings = parse("x.yml", "{a: 一,二, b: 1,796.30, c: x}".encode())
    assert rules(findings) == ["comma_in_braces", "comma_in_number"]
    assert source.data == {"a": "一，二", "b": "1796.30", "c": "x"}


def test_hidden_characters_are_left_out_of_what_is_read() -> None:
    source, findings = parse("x.yml", "\u200ba: 一\u202e二\nb: '\u2060'\n".encode())
    assert rules(findings) == ["hidden_character"] * 3
    assert source.data == {"a": "一二", "b": ""}


def test_missing_field_without_a_name_is_named_once() -> None:
    source, _ = parse("x.yml", b"{id: x, name: y}")
    for finding in build(Outline, source)[1]:
        assert "sections（sections）" not in finding.what


def test_unknown_block_suggests_the_nearest() -> None:
    assert "“heading”" in mistakes(f"{STATE}body: {{a: [{{headng: x}}]}}\n")[0].what


@pytest.mark.parametrize(
    "text",
    [
        "public_info: {keywords: [绩效自评, 网信, PDF 1.7]}",
        "profile: {offices: [办公室（人事、党建）]}",
        "profile: {offices: [甲、乙股, 丙股]}", "facts: [{id: a, name: x, value: 95.0000000001}]",
        "indicators: [{id: a, name: x, actual: 统一代码91110000802100433B}]",
        "title: “一件事”改革报告",
        "profile: {duties: [检查，演练及培训, 甲, 'a,b', \"甲\",\"乙\"]}",
    ],
)  # fmt: skip
def test_right_values_pass(text: str) -> None:
    assert not mistakes(f"{STATE}{text}\n")


def test_finding_names_the_entry_that_it_is_in() -> None:
    text = "indicators:\n  - {id: a, name: 一}\n  - {id: b, name: 来信办结率, score: 好}\n"
    (finding,) = mistakes(STATE + text)
    assert finding.where.field == "绩效指标(indicators)“来信办结率” › 得分(score)"


def test_column_of_a_fund_table_is_named_in_chinese() -> None:
    (finding,) = mistakes(
        f"{STATE}funds: {{rows: [{{id: total, amounts: {{initial: '1,200'}}}}]}}\n"
    )
    assert finding.what.startswith("“年初预算数”里")


@pytest.mark.parametrize(
    ("heading", "section"),
    [("评价结论和评价等级", "conclusion"), ("一、部门概况", "overview"), ("结论", "conclusion")],
)
def test_section_under_its_heading_suggests_its_id(
    heading: str, section: str, tmp_path: Path
) -> None:
    (finding,) = read(tmp_path, {REPORT: f"{STATE}body: {{{heading}: 一}}\n"}).findings
    assert (finding.rule, f"“{section}”" in finding.what) == ("not_a_section", True)


def test_choices_are_listed_with_their_meaning() -> None:
    assert "draft（草稿" in mistakes("state: 草稿\n")[0].fix


def test_missing_field_comes_with_an_example() -> None:
    assert "state: draft" in mistakes("title: x\n")[0].fix


@pytest.mark.parametrize(
    ("model", "text", "rule"),
    [
        (Department, "{id: x, names: [], regions: y}", "missing_field"),
        (Department, "{id: x, names: y, regions: []}", "missing_field"),
        (Department, "{id: x, names: y, regions: z, established: 2024}", "not_a_day"),
        (Region, "{id: x, name: y, provenance: rael}", "not_a_choice"),
        (Defaults, "{outlines: {projct: a}}", "not_a_choice"),
        (Outline, "{id: x, name: y, sections: [{id: a, shows: [fund]}]}", "not_a_choice"),
    ],
)  # fmt: skip
def test_mistake_in_reference_data_is_found(model: type, text: str, rule: str) -> None:
    source, _ = parse("x.yml", text.encode())
    assert rules(build(model, source)[1]) == [rule]


# --- the folder ---------------------------------------------------------------------------------


def test_chinese_folder_and_file_names_get_ascii_addresses(tmp_path: Path) -> None:
    project = "data/reports/教育局/2025/食堂改造.yml"
    loaded = read(
        tmp_path, {"data/reports/县教育局/2025.yaml": STATE, project: f"{STATE}slug: canteen\n"}
    )
    assert not loaded.findings
    assert [r.key for r in loaded.reports] == [
        Key("education", 2025), Key("education", 2025, "canteen"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        ({"data/reports/教育局/2025.yml": STATE, "data/reports/education/2025.yml": STATE},
         "duplicate_report"),
        ({"data/reports/education/2025.yml": STATE, "data/reports/education/2025.yaml": STATE},
         "duplicate_report"),
        ({"data/reports/education/2025/食堂.yml": f"{STATE}slug: canteen\n",
          "data/reports/education/2025/canteen.yml": STATE}, "duplicate_report"),
    ],
)  # fmt: skip
def test_two_files_of_one_address_are_found(
    tmp_path: Path, files: dict[str, str | bytes], rule: str
) -> None:
    data = data_folder(tmp_path, files)
    loaded = load(data)
    findings = [*loaded.findings, *check(Context(loaded, data))]
    assert [f.rule for f in findings if f.level is Level.ERROR] == [rule]
    assert ("slug" in findings[0].fix) == ("2025/" in next(iter(files)))


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("data/reports/education/2025/食堂.yml", STATE, "slug_needed"),
        ("data/reports/education/2025/Canteen.yml", STATE, "slug_needed"),
        ("data/reports/education/2025/canteen.yml", f"{STATE}slug: kitchen\n", "slug_differs"),
        (REPORT, f"{STATE}slug: canteen\n", "slug_not_here"),
        ("data/reports/education/25.yml", STATE, "not_a_year"),
        ("data/reports/education/２０２５.yml", STATE, "year_misspelt"),
        ("data/reports/education/²/canteen.yml", STATE, "not_a_year"),
        ("data/reports/education/2025年/canteen.yml", STATE, "year_misspelt"),
        ("data/reports/unknown/2025.yml", STATE, "unknown_department"),
        ("data/reports/2025/2025.yml", STATE, "year_before_department"),
        ("data/reports/2025.yml", STATE, "report_without_department"),
        ("data/reports/education/2025/more/canteen.yml", STATE, "report_too_deep"),
        ("data/reports/education/2025.yml.bak", STATE, "wrong_ending"),
        ("data/reports/education/2025.docx", STATE, "stray_file"),
    ],
)  # fmt: skip
def test_file_in_the_wrong_place_is_a_finding(
    tmp_path: Path, name: str, text: str, rule: str
) -> None:
    loaded = read(tmp_path, {name: text})
    assert [(f.rule, f.where.file) for f in loaded.findings] == [(rule, name)]
    assert not loaded.reports


@pytest.mark.parametrize("name", [".DS_Store", "~$2025.docx", ".git/config.yml"])
def test_files_of_other_programs_are_passed_over(tmp_path: Path, name: str) -> None:
    assert not read(tmp_path, {f"data/reports/education/{name}": "x"}).findings


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {REPORT: STATE})
    folder = data / "reports" / "education"
    (folder / "2024.yml").symlink_to("/etc/passwd")
    (folder.parent / "finance").symlink_to(folder)
    os.mkfifo(folder / "2023.yml")
    assert sorted(rules(load(data).findings)) == ["stray_file"] * 3


def test_file_name_in_an_old_encoding_can_be_printed(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {REPORT: STATE})
    (data / "reports" / os.fsdecode("教育".encode("gbk") + b".yml")).write_text(STATE)
    findings = load(data).findings
    assert rules(findings) == ["report_without_department"]
    report(findings).encode()


def test_missing_reference_file_is_named(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {})
    (data / "tables.yml").unlink()
    assert [(f.rule, f.where.file) for f in load(data).findings] == [
        ("missing_data", "data/tables.yml")
    ]


@pytest.mark.parametrize(
    ("name", "text", "rule", "line"),
    [
        ("regions.yml", "", "not_a_data_file", 0),
        ("regions.yml", "- id: x\n", "not_a_data_file", 1),
        ("regions.yml", "region: []\n", "unknown_list", 1),
        ("schemes.yml", "schemes: x\n", "not_a_list", 1),
        ("tables.yml", "fund_tables: [x\n", "open_bracket", 1),
        ("tables.yml", "fund_tables: [{id: x, name: y, unit: z, columns: [{id: [a], name: b}]}]\n",
         "not_a_text", 1),
        ("outlines.yml", "outlines:\n  - {id: a, name: x, sections: []}\n"
         "  - {id: a, name: y, sections: []}\n", "duplicate_id", 3),
        ("outlines.yml", "outlines: [department]\n", "not_a_mapping", 1),
    ],
)  # fmt: skip
def test_broken_reference_data_is_found_while_reports_are_still_read(
    tmp_path: Path, name: str, text: str, rule: str, line: int
) -> None:
    loaded = read(tmp_path, {f"data/{name}": text, REPORT: "state: 对\n"})
    found = [(f.rule, f.where.file, f.where.line) for f in loaded.findings]
    assert (rule, f"data/{name}", line) in found
    assert ("not_a_choice", REPORT, 1) in found


def test_broken_list_of_departments_makes_no_report_unknown(tmp_path: Path) -> None:
    loaded = read(tmp_path, {"data/departments.yml": "departments: [x\n", REPORT: "state: 对\n"})
    assert rules(loaded.findings) == ["open_bracket", "not_a_choice"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("schemes.yml", "full_marks: 100\n", "full_marks: 一百\n"),
        ("schemes.yml", "schemes:\n", "schemes：\n"),
        ("tables.yml", "id: four-rows\n    name: 项目资金\n", "id: four-rows\n    nam: 项目资金\n"),
        ("tables.yml", "fund_tables:\n", "fund_table:\n"),
        ("outlines.yml", "{id: conclusion, heading: 结论}\n", "{id: conclusion, heding: 结论}\n"),
        ("regions.yml", "provenance: demonstration", "provenance: 演示"),
        ("departments.yml", "aliases: [县教育局, 教育局]", "aliases: 教育局"),
    ],
)  # fmt: skip
def test_entry_that_was_refused_is_not_called_unknown(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    seed = (DATA / "reports" / "cyber" / "2025.yml").read_bytes()
    files = {f"data/{name}": text.replace(old, new), "data/reports/教育局/2025.yml": seed}
    data = data_folder(tmp_path, files)
    loaded = load(data)
    findings = [*loaded.findings, *check(Context(loaded, data))]
    errors = [f for f in findings if f.level is Level.ERROR]
    assert {f.where.file for f in errors} <= {f"data/{name}"}, report(errors)
    assert 1 <= len(errors) <= 2


def test_one_broken_report_hides_no_other(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"data/reports/finance/{y}.yml": "\t" for y in (2021, 2022, 2023)
    }
    loaded = read(tmp_path, {**files, REPORT: STATE})
    assert rules(loaded.findings) == ["tab_in_yaml"] * 3
    assert len(loaded.reports) == 1


# --- no input raises ----------------------------------------------------------------------------

SEED = (DATA / "reports" / "cyber" / "2025.yml").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    [":", ": ", "：", "- ", "\n", "  ", "\t", "#", " #x", "[", "]", "{", "}", '"', "'", "&a ", "*a",
     "!t ", "<<: ", "|", ">", "? ", "---\n", "~", "９", "\x00", "\u2028", "\x1b", "😀", "no",
     "1e999", "0000-00-00", "9" * 400, "label: ", "list: ", "show: x", "<text>", "<list>: x\n",
     "，", ", ,", "－", "\u200b", "\u3000", "1,234.5",
     "id: total\n"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=6)


@seed(NUMBER)
@settings(
    max_examples=often(200, 5000),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(edits=EDITS)
def test_no_spoilt_report_raises(edits: list[tuple[float, int, str]]) -> None:
    text = SEED
    for where, cut, piece in edits:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + cut :]
    source, findings = parse("x.yml", text.encode())
    content, more = build(ReportFile, source) if source.data is not None else (None, [])
    reports = [Report(Key("cyber", 2025), source.name, content)] if content else []
    loaded = Loaded(reference(), reports, {source.name: source}, findings)
    report([*findings, *more, *check(Context(loaded, DATA))]).encode()


@seed(NUMBER)
@settings(
    max_examples=often(100, 5000),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(
    edits=EDITS, name=st.sampled_from(["tables", "regions", "departments", "schemes", "outlines"])
)
def test_no_spoilt_reference_data_raises(
    edits: list[tuple[float, int, str]], name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (DATA / f"{name}.yml").read_text(encoding="utf-8")
    for where, cut, piece in edits:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + cut :]
    data = data_folder(tmp_path_factory.mktemp("data"), {f"data/{name}.yml": text, REPORT: SEED})
    loaded = load(data)
    report([*loaded.findings, *check(Context(loaded, data))]).encode()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\x00" * 50, os.urandom(2000)])
def test_no_bytes_raise(content: bytes) -> None:
    report(mistakes(content)).encode()


@pytest.mark.parametrize(
    ("text", "rules_found"),
    [
        ("evalpress: 2\n", []),
        ("evalpress: 1\n", ["older_version"]),
        ("evalpress: 3\n", ["other_version"]),
        ("x\n", ["other_version"]),
    ],
)
def test_data_of_another_version_are_not_taken_for_these(
    tmp_path: Path, text: str, rules_found: list[str]
) -> None:
    assert rules(read(tmp_path, {"data/evalpress.yml": text}).findings) == rules_found
