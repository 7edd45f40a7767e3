"""2 check: every rule finds its mistake and passes what is right; every rule has its words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from evalpress.checks import RULES, Context, check, rule_for_all
from evalpress.checks.addresses import RESERVED, RESERVED_SLUGS
from evalpress.findings import report
from evalpress.load import load
from evalpress.wording import catalogue
from samples import DATA, REPORT, data_folder, inspect, rules

PACKAGE = Path(__file__).parents[2] / "hooks" / "evalpress"
STATE = "state: published\n"
OTHER = "data/reports/finance/2025.yml"
EARLIER = "data/reports/education/2024.yml"
PROJECT = "data/reports/education/2025/canteen.yml"
KITCHEN = "data/reports/education/2025/kitchen.yml"


# Rules about what stands in a report have tests of their own in checks/.
HERE = {
    "contradictions", "deadlines", "disclosure", "identity",
    "references", "registers", "succession",
}  # fmt: skip
ELSEWHERE = {
    name
    for name, rule in RULES.items()
    if (rule.of_report or rule.of_all).__module__.rpartition(".")[2] not in HERE  # type: ignore[union-attr]
}


def found(root: Path, files: dict[str, str]) -> list[str]:
    """The rules that complain about report texts (without `state`) and whole reference files."""
    filled = {n: t if n.count("/") == 1 else STATE + t for n, t in files.items()}
    return [name for name in rules(inspect(root, dict(filled))) if name not in ELSEWHERE]


def reference(name: str, old: str, new: str) -> dict[str, str]:
    """A reference file with one change."""
    text = (DATA / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return {f"data/{name}": text.replace(old, new)}


def takes_over(successor: str) -> dict[str, str]:
    """Reference data in which this one takes over from the department abolished in 2022."""
    line = "abolished: 2022-12-31"
    passing = f"{line}\n    successors: [{{id: {successor}}}]"
    return reference("departments.yml", line, passing)


def with_former(name: str) -> dict[str, str]:
    """Reference data in which a department had this id before."""
    return reference("departments.yml", "id: cyber\n", f"id: cyber\n    former_ids: [{name}]\n")


def deadlines(*entries: str) -> dict[str, str]:
    """The county with these deadlines."""
    listed = "".join(f"      - {{{entry}}}\n" for entry in entries)
    return reference("regions.yml", "    defaults:\n", f"    deadlines:\n{listed}    defaults:\n")


def exemptions(*years: int) -> dict[str, str]:
    """The data centre, set up in 2022, exempt in these years."""
    listed = ", ".join(f"{{year: {year}, reason: 一}}" for year in years)
    new = f"established: 2022-06-01\n    exemptions: [{listed}]\n"
    return reference("departments.yml", "established: 2022-06-01\n", new)


WRONG: list[tuple[str, dict[str, str]]] = [
    ("reserved_id", reference("departments.yml", "- id: finance\n", "- id: search\n")),
    ("reserved_slug", {"data/reports/education/2025/index.yml": ""}),
    ("duplicate_report", {REPORT: "", "data/reports/教育局/2025.yml": ""}),
    ("repeated_id", {REPORT: "problems: [{id: a, text: 一}, {id: a, text: 二}]"}),
    ("repeated_id", {REPORT: "projects: [{id: a, name: 一}, {id: a, name: 二}]"}),
    ("repeated_id", {REPORT: "body: {overview: [{id: a, text: 一}, {id: a, text: 二}]}"}),
    ("duplicate_index_number",
     {REPORT: "public_info: {index_number: 甲}", OTHER: "public_info: {index_number: 甲}"}),
    ("uncounted_name", reference("departments.yml", "aliases: [县财政局]", "aliases: [教育局]")),
    ("unknown_reference", {REPORT: "scheme: plan"}),
    ("unknown_reference", {REPORT: "outline: nothing"}),
    ("unknown_reference", {REPORT: "indicator_table: nothing"}),
    ("unknown_reference", {REPORT: "funds: {table: nothing, rows: []}"}),
    ("unknown_reference", {REPORT: "projects: [{id: a, name: 一, scheme: nothing}]"}),
    ("unknown_reference", reference("schemes.yml", "grade_scale: four-grades", "grade_scale: no")),
    ("unknown_reference", reference("departments.yml", "parents: education", "parents: nobody")),
    ("unknown_reference", reference("departments.yml", "[{id: yunting}]", "[{id: nowhere}]")),
    ("unknown_reference", reference("regions.yml", "third-party: free", "third-party: no")),
    ("unknown_reference", reference("regions.yml", "- until: 2020\n        scheme: plain",
                                    "- until: 2020\n        scheme: no")),
    ("no_default", {"data/reports/education/2020.yml": "kind: bond\nbody: {overview: 一}"}),
    ("unknown_section", {REPORT: "body: {overveiw: 一}"}),
    ("unknown_section", {REPORT: "projects: [{id: a, name: 一, outline: form, body: {text: 一}}]"}),
    ("unknown_column", {REPORT: "funds: {rows: [{id: total, amounts: {budgets: 1}}]}"}),
    ("unnamed_row", {REPORT: "funds: {rows: [{id: bank, amounts: {budget: 1}}]}"}),
    ("unknown_extra", {REPORT: "indicators: [{id: a, name: 一, extra: {source: 二}}]"}),
    ("unknown_dimension", {REPORT: "scores: {items: [{name: 产出量}]}"}),
    ("unknown_grade", {REPORT: "scores: {grade: 优等}"}),
    ("file_missing", {REPORT: "attachments: [{id: a, name: 一, file: 无.pdf}]"}),
    ("file_missing", {REPORT: "body: {overview: [{picture: 无.png, alt: 一}]}"}),
    ("unsafe_file_name", {REPORT: "original: {file: ../../secret.pdf}"}),
    ("unsafe_file_name", {REPORT: "original: {file: /etc/passwd}"}),
    ("unsafe_file_name", {REPORT: "original: {file: 'C:\\a.pdf'}"}),
    ("unsafe_file_name", {REPORT: "original: {file: .htaccess}"}),
    ("unsafe_file_name", {REPORT: f"original: {{file: {'n' * 300}.pdf}}"}),
    ("unsafe_file_name", {REPORT: "original: {file: 'http://a/b.pdf'}"}),
    ("unsafe_file_name", {REPORT: f"original: {{file: {'长' * 90}.pdf}}"}),
    ("unsafe_file_name", {REPORT: "original: {file: 'a.pdf.'}"}),
    ("active_file", {REPORT: "original: {file: a.xht}"}),
    ("active_file", {REPORT: "original: {file: a.phtml}"}),
    ("active_file", {REPORT: "original: {file: a.reg}"}),
    ("active_file", {REPORT: "original: {file: 附件}"}),
    ("active_file", {REPORT: "original: {file: a.pdf.exe}"}),
    ("unknown_problem", {REPORT: "followups: [{year: 2024, problem: a, status: open}]"}),
    ("no_attachments", {REPORT: "kind: attachments"}),
    ("followup_year", {REPORT: "followups: [{year: 2025, problem: a, status: open}]"}),
    ("followup_year", {REPORT: "followups: [{year: 2026, problem: a, status: open}]"}),
    ("version_zero", {REPORT: "version: 0"}),
    ("version_not_raised", {REPORT: "corrections: [{id: a, new: 一}]"}),
    ("fact_value", {REPORT: "facts: [{id: a, name: 一, value: 2, written: 2多}]"}),
    ("fact_without_value", {REPORT: "facts: [{id: a, name: 一}]"}),
    ("repeated_dimension", {REPORT: "scores: {items: [{name: 产出}, {name: output}]}"}),
    ("nothing_to_show", {REPORT: "body: {overview: {show: goals}}"}),
    ("nothing_to_show", {REPORT: "projects: [{id: a, name: 一, body: {x: [{show: funds}]}}]"}),
    ("numbering_without_form", {REPORT: "body: {overview: {list: [一], numbering: a.}}"}),
    ("numbering_without_form",
     {REPORT: "body: {overview: {label: 甲, content: {list: [一], numbering: 壹、}}}"}),
    ("numbering_without_form", {REPORT: "evaluation: {numbering: 2.}"}),
    ("outline_numbering", reference("outlines.yml", "measure: 措施：, numbering: none",
                                    "measure: 措施：, numbering: abc")),
    ("repeated_entry", reference("outlines.yml", "{id: method,", "{id: overview,")),
    ("repeated_entry", reference("schemes.yml", "{id: benefit,", "{id: output,")),
    ("unknown_row", reference("tables.yml", "sum_of: [appropriation,", "sum_of: [total,")),
    ("unsafe_column_id", reference("tables.yml", "{id: revised,", "{id: 调整,")),
    ("extra_without_id", reference("tables.yml", "{field: extra, id: source,", "{field: extra,")),
    ("grade_bounds", reference("schemes.yml", "floor: 80, ceiling: 90", "floor: 80, ceiling: 89")),
    ("grade_bounds", reference("schemes.yml", "floor: 80, ceiling: 90", "floor: 80, ceiling: 91")),
    ("grade_upside_down", reference("schemes.yml", "floor: 0, ceiling: 60",
                                    "floor: 60, ceiling: 0")),
    ("repeated_grade_word", reference("schemes.yml", "[优秀]", "[优秀, 良]")),
    ("overlapping_defaults", reference("regions.yml", "until: 2020", "until: 2021")),
    ("unknown_reference", deadlines("year: 2025, due: 2026-09-30, departments: [nobody]")),
    ("deadline_year", deadlines("year: 2025, due: 2025-09-30")),
    ("deadline_year", deadlines("year: 2025, due: 2062-09-30")),
    ("deadline_year", deadlines("year: 20252, due: 2026-09-30, departments: [finance]")),
    ("deadline_year", deadlines("year: 0, due: 2026-09-30, departments: [finance]")),
    ("deadline_year", deadlines("year: 2025, due: 2024-09-30, departments: [finance]")),
    ("overlapping_deadlines",
     deadlines("year: 2025, due: 2026-09-30", "year: 2025, due: 2026-10-31")),
    ("overlapping_deadlines",
     deadlines("year: 2025, due: 2026-09-30, departments: [finance, cyber]",
               "year: 2025, due: 2026-10-31, kinds: [bond, department], departments: [cyber]")),
    ("deadline_for_nobody", deadlines("year: 2021, due: 2022-09-30, departments: [datacentre]")),
    ("deadline_for_nobody", deadlines("year: 2019, due: 2020-09-30, departments: [education]")),
    ("repeated_exemption", exemptions(2023, 2023)),
    ("exempt_but_absent", exemptions(2021)),
    ("exempt_but_reported", {"data/reports/education/2019.yml": ""}),
    ("name_without_until", reference("departments.yml", ", until: 2019-03-31", "")),
    ("withheld_likely",
     {EARLIER: "facts: [{id: a, name: 一, value: 19.84}]\n"
               "withheld: [{place: facts/a, reason: 一}]",
      REPORT: "body: {overview: 比上年的19.84万元有所增加。}"}),
    ("unknown_reference", takes_over("nobody, since: 2023-01-01")),
    ("successor_self", takes_over("culture, since: 2023-01-01")),
    ("successor_too_late", takes_over("education, since: 2023-01-02")),
    ("successor_too_early", takes_over("datacentre, since: 2022-01-01")),
    ("successor_gone", reference("departments.yml", "id: cyber\n", "id: cyber\n"
                                 "    successors: [{id: culture, since: 2023-01-01}]\n")),
    ("life_upside_down", reference("departments.yml", "abolished: 2022-12-31",
                                   "abolished: 2022-12-31\n    established: 2023-01-01")),
    ("report_after_end", {"data/reports/culture/2023.yml": ""}),
    ("former_id_taken", with_former("media")),
    ("former_id_taken", with_former("years")),
    ("former_slug_taken", {PROJECT: "former_slugs: [kitchen]", KITCHEN: ""}),
    ("former_slug_taken", {PROJECT: "former_slugs: [compare]"}),
    ("unknown_place", {REPORT: "withheld: [{place: facts/a, reason: 一}]"}),
    ("unknown_place", {REPORT: "version: 2\ncorrections: [{id: a, place: facts/a}]"}),
    ("unknown_place", {REPORT: "waivers: [{rule: unknown_grade, place: facts/a, reason: 一}]"}),
    ("place_by_position",
     {REPORT: "body: {overview: [一, 二]}\nwithheld: [{place: body/overview/1, reason: 一}]"}),
    ("not_withholdable", {REPORT: "kind: bond\nwithheld: [{place: kind, reason: 一}]"}),
    ("withheld_likely",
     {REPORT: "unit: 共19.84\nfacts: [{id: a, name: 一, value: 19.840}]\n"
              "withheld: [{place: facts/a, reason: 一}]"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files"), WRONG, ids=[name for name, _ in WRONG])
def test_mistake_is_found_once_and_nothing_else(
    name: str, files: dict[str, str], tmp_path: Path
) -> None:
    assert set(found(tmp_path, files)) == {name}


RIGHT: list[dict[str, str]] = [
    {EARLIER: "facts: [{id: a, name: 一, value: 19.84}]",
     REPORT: "body: {overview: 比上年的19.84万元有所增加。}"},
    {EARLIER: "funds: {rows: [{id: total, amounts: {executed: 19.84}}]}\n"
              "withheld: [{place: funds/total/executed, reason: 一}]",
     REPORT: "funds: {rows: [{id: total, amounts: {last_year: 19.84, executed: 21.5}}]}"},
    takes_over("education, since: 2023-01-01"),
    with_former("network"),
    {PROJECT: "former_slugs: [kitchen]"},
    deadlines("year: 2025, due: 2026-09-30", "year: 2025, due: 2026-10-31, kinds: [project]",
              "year: 2025, due: 2026-11-30, departments: [cyber]",
              "year: 2022, due: 2022-12-31, departments: [culture]"),
    exemptions(2022, 2023),
    {"data/reports/education/2025/canteen.yml": "", REPORT: "", OTHER: ""},
    {REPORT: "problems: [{id: a, text: 一}]\nindicators: [{id: a, name: 二}]"},
    {REPORT: "public_info: {index_number: 甲}", OTHER: "public_info: {index_number: 乙}"},
    reference("departments.yml", "names: 云汀县文化馆\n", "names: 云汀县财政局\n"),
    {REPORT: "scheme: none\nscores: {items: [{name: 任意}], grade: 优秀}"},
    {REPORT: "projects: [{id: a, name: 一, body: {anything: 二}}]"},
    {REPORT: "body: {overview: 一, conclusion: 二}"},
    {REPORT: "funds: {rows: [{id: total, amounts: {received: 2}}, {id: x, name: 其他}]}"},
    {REPORT: "indicator_table: adjusted\nindicators: [{id: a, name: 一, extra: {source: 二}}]"},
    {REPORT: "scores: {items: [{name: 产出}, {name: 效益}], grade: 良}"},
    {REPORT: "version: 2\ncorrections: [{id: a, new: 一}]"},
    {REPORT: "facts: [{id: a, name: 一, parts: [{name: 二, value: 3}]}]"},
    {REPORT: "facts: [{id: a, name: 一, value: 0}]"},
    {REPORT: "facts: [{id: a, name: 一, written: 20多万}]"},
    {REPORT: "body: {overview: [{list: [一], numbering: •}, {list: [一], numbering: 第一}]}"},
    {REPORT: "body: {overview: [{list: [一], numbering: none}, {list: [一], numbering: ①}]}"},
    {REPORT: "body: {overview: {show: problems}}\nproblems: [{id: a, text: 一}]"},
    {EARLIER: "problems: [{id: a, text: 一}]",
     REPORT: "followups: [{year: 2024, problem: a, status: solved}]"},
    {REPORT: "kind: attachments\nattachments: [{id: a, name: 只有名称}]"},
    {REPORT: "facts: [{id: a, name: 一, value: 19.84}]\nwithheld: [{place: facts/a, reason: 一}]"},
    {REPORT: "version: 2\nfacts: [{id: a, name: 一, value: 2}]\n"
             "corrections: [{id: b, place: facts/a/value}]"},
]  # fmt: skip


@pytest.mark.parametrize("files", RIGHT)
def test_what_is_right_passes(files: dict[str, str], tmp_path: Path) -> None:
    assert found(tmp_path, files) == []


def test_attachment_that_is_there_passes_and_a_link_does_not(tmp_path: Path) -> None:
    text = "attachments: [{id: a, name: 一, file: 一.pdf}, {id: b, name: 二, file: 二.pdf}]"
    there = "data/attachments/education/2025/一.pdf"
    files: dict[str, str | bytes] = {REPORT: STATE + text, there: "x"}
    data = data_folder(tmp_path, files)
    (data / "attachments/education/2025/二.pdf").symlink_to("/etc/passwd")
    loaded = load(data)
    findings = [f for f in check(Context(loaded, data)) if f.rule not in ELSEWHERE]
    assert [(f.rule, "二.pdf" in f.what) for f in findings] == [("file_missing", True)]


def test_fixtures_have_no_mistake(tmp_path: Path) -> None:
    loaded = load(DATA)
    found = [*loaded.findings, *check(Context(loaded, DATA))]
    findings = [finding for finding in found if finding.rule not in ELSEWHERE]
    assert not findings, report(findings)


def test_rules_of_reports_hold_for_projects_inside_them(tmp_path: Path) -> None:
    text = "projects: [{id: a, name: 一, scores: {grade: 优等}, funds: {rows: [{id: bank}]}}]"
    assert sorted(found(tmp_path, {REPORT: text})) == ["unknown_grade", "unnamed_row"]


def test_reserved_addresses_hold_the_sites_own() -> None:
    assert {"years", "departments", "search", "assets", "guide", "data", "verify"} <= RESERVED
    assert "attachments" in RESERVED_SLUGS


def test_rule_cannot_be_registered_twice() -> None:
    with pytest.raises(ValueError, match="unknown_place"):
        rule_for_all("unknown_place")(lambda context: iter(()))


# --- rules and words ----------------------------------------------------------------------------


def texts_in_code() -> set[str]:
    """Every literal text in the program: rules are named by literals only."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_every_rule_has_words() -> None:
    assert set(RULES) <= set(catalogue("wording")["messages"])


def test_no_words_without_a_rule() -> None:
    assert set(catalogue("wording")["messages"]) <= texts_in_code()


def test_every_finding_that_the_program_makes_has_words() -> None:
    made = set()
    for path in PACKAGE.rglob("*.py"):
        made |= set(re.findall(r'(?<!\.)\bfind\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert made <= set(catalogue("wording")["messages"])


@pytest.mark.parametrize("name", catalogue("wording")["messages"])
def test_message_says_what_is_wrong_and_what_to_write(name: str) -> None:
    message = catalogue("wording")["messages"][name]
    assert list(message) == ["what", "fix"]
    assert all(message.values())
    assert not re.search(r"[\u4e00-\u9fff][,;?]|[,;?][\u4e00-\u9fff]", "".join(message.values()))


@pytest.mark.parametrize("name", RULES)
def test_rule_says_in_chinese_what_must_hold(name: str) -> None:
    assert re.search(r"[\u4e00-\u9fff].*。$", RULES[name].about)
