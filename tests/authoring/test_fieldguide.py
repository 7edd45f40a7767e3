"""The guide holds: every field is explained, every example is valid, the field list is current."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from evalpress import model as models
from evalpress.authoring.fieldguide import choices, field_guide, own_fields
from evalpress.bureau import founding
from evalpress.checks import Context, check
from evalpress.districts.joint_settings import Joint
from evalpress.findings import blocking, report
from evalpress.load import build, load, parse
from evalpress.mkdocs_yml import read_yaml
from evalpress.model import FromText, Indicator, Model, ReportFile, WithheldBlock
from evalpress.settings import refuse_site_url
from evalpress.wording import catalogue, field_entry
from projects import GUIDE, own_data
from samples import REPORT
from samples import inspect as inspect_data

ROOT = Path(__file__).parents[2]
REFERENCE_FILES = ("departments.yml", "regions.yml", "schemes.yml", "tables.yml", "outlines.yml")
REFERENCE_LISTS: dict[str, type[Model]] = {
    "departments": models.Department,
    "regions": models.Region,
    "schemes": models.Scheme,
    "grade_scales": models.GradeScale,
    "fund_tables": models.FundTable,
    "indicator_tables": models.IndicatorTable,
    "outlines": models.Outline,
    "forms": models.FormLabel,
    "common_indicators": models.CommonIndicator,
}
MODELS = {
    name: kind
    for name, kind in vars(models).items()
    if inspect.isclass(kind)
    and issubclass(kind, Model)
    and kind not in (Model, FromText, WithheldBlock)
    and not name.startswith("_")
}
ALL_FIELDS = [(kind, field) for kind in MODELS.values() for field in kind.model_fields]
FENCE = re.compile(r"^```yaml\n# ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FRAGMENT = "片段"
SETTINGS = ("mkdocs.yml", "districts.yml")


class Example(NamedTuple):
    """A YAML block of the guide; its first line names the file that it shows, or 片段."""

    where: str
    title: str
    text: str


def examples() -> list[Example]:
    found = []
    for page in sorted(GUIDE.glob("*.md")):
        content = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(content):
            line = content[: match.start()].count("\n") + 1
            found.append(Example(f"{page.name}:{line}", match[1], match[2]))
    return found


FRAGMENTS = [e for e in examples() if e.title == FRAGMENT]
SETTINGS_SHOWN = [e for e in examples() if e.title in SETTINGS]
WHOLE = [e for e in examples() if e.title not in (FRAGMENT, *SETTINGS)]


# --- fields.yml and fields.md -------------------------------------------------------------------


def example_of(kind: type[Model], field: str) -> dict[str, Any]:
    """A field's example as the program reads it."""
    source, findings = parse("example", field_entry(kind, field)["example"].encode())
    assert not findings
    assert isinstance(source.data, dict)
    return source.data


def minimal(kind: type[Model]) -> dict[str, Any]:
    """The examples of a model's required fields; an indicator also needs something to say."""
    needed = [name for name, info in kind.model_fields.items() if info.is_required()]
    needed += ["name"] if kind is Indicator else []
    return {key: value for name in needed for key, value in example_of(kind, name).items()}


@pytest.mark.parametrize("name", MODELS)
def test_every_field_is_explained_once_where_it_is_defined(name: str) -> None:
    entries = catalogue("fields").get(name, {})
    assert list(entries) == list(own_fields(MODELS[name])), "fields.yml follows the model's order"
    for field, entry in entries.items():
        assert list(entry) == ["name", "help", "example"], field
        assert all(text and text.strip() == text for text in entry.values()), field
        assert not re.search(r"[|\n`]", entry["example"]), f"{field}: must fit into a table cell"


def test_every_model_has_a_section_and_no_section_lacks_a_model() -> None:
    titled = [name for part in catalogue("fields")["parts"] for name in part["classes"]]
    assert sorted(titled) == sorted(MODELS)
    assert set(catalogue("fields")) == {*MODELS, "guide", "parts", "choices"}


def test_every_choice_is_explained() -> None:
    kinds = {
        choice
        for kind, field in ALL_FIELDS
        for choice in choices(kind.model_fields[field].annotation)
    }
    assert {kind.__name__: {str(value) for value in kind} for kind in kinds} == {
        name: set(meanings) for name, meanings in catalogue("fields")["choices"].items()
    }


@pytest.mark.parametrize(
    ("kind", "field"), ALL_FIELDS, ids=lambda part: getattr(part, "__name__", part)
)
def test_example_of_a_field_is_valid(kind: type[Model], field: str) -> None:
    assert list(example_of(kind, field)) == [field]
    kind.model_validate({**minimal(kind), **example_of(kind, field)})


def test_anchors_of_the_field_list_exist_once() -> None:
    text = field_guide()
    anchors = re.findall(r"\{#([\w-]+)\}", text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(anchors)


# --- the pages that people write ----------------------------------------------------------------


def test_every_yaml_block_is_tested() -> None:
    blocks = sum(page.read_text("utf-8").count("```yaml") for page in GUIDE.glob("*.md"))
    assert len(WHOLE) + len(FRAGMENTS) + len(SETTINGS_SHOWN) == blocks
    assert WHOLE and SETTINGS_SHOWN


CIVIL_AFFAIRS = """
  - id: civil-affairs
    names: 某区民政局
    aliases: [区民政局, 民政局]
    group: 社会事业
    regions: local
"""


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site's folder, with the department of the guide's examples."""
    folder = tmp_path_factory.mktemp("site") / "site"
    founding.found(folder, founding.Answers("青禾县", "青禾县绩效公开", "", "青禾县财政局", 2025))
    with (folder / "data/departments.yml").open("a", encoding="utf-8") as departments:
        departments.write(CIVIL_AFFAIRS)
    return folder


@pytest.mark.parametrize("example", WHOLE, ids=lambda e: e.where)
def test_whole_report_of_the_guide_is_accepted(example: Example, new_site: Path) -> None:
    """In a new site it loads, and passes every check; a published one without a warning."""
    assert example.title.startswith("data/reports/")
    path = new_site / example.title
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(example.text, encoding="utf-8")
    loaded = load(new_site / "data")
    assert len(loaded.reports) == 2, report(loaded.findings)
    findings = [*loaded.findings, *check(Context(loaded, new_site / "data"))]
    path.unlink()
    own = [f for f in findings if f.where.file == example.title]
    assert not blocking(own, strict="state: published" in example.text), report(own)


def test_the_sample_message_is_what_check_prints(tmp_path: Path) -> None:
    shown = re.search(
        r"```text\n(data/reports/.*?)\n```", (GUIDE / "index.md").read_text("utf-8"), re.S
    )
    assert shown
    lines = ["state: draft", "title: 甲", *[""] * 8, "funds:", "  rows:", "      - id: total"]
    text = "\n".join([*lines, "        amounts: {budget: 1200万}\n"])
    findings = inspect_data(tmp_path, {REPORT: text})
    [told] = [str(f) for f in findings if f.rule == "not_a_number"]
    assert told.replace("education", "civil-affairs") == shown[1]


@pytest.mark.parametrize("example", SETTINGS_SHOWN, ids=lambda e: e.where)
def test_settings_of_the_guide_are_valid(example: Example, tmp_path: Path) -> None:
    path = tmp_path / example.title
    path.write_text(example.text, encoding="utf-8")
    if example.title == "districts.yml":
        assert Joint(path).settings.districts
    else:
        refuse_site_url(read_yaml(path)["site_url"], path)


@pytest.mark.parametrize("example", FRAGMENTS, ids=lambda e: e.where)
def test_fragment_of_the_guide_is_valid(example: Example) -> None:
    source, findings = parse(example.where, example.text.encode())
    assert not findings, report(findings)
    if not set(source.data) & set(REFERENCE_LISTS):
        stated = "" if "state" in source.data else "state: draft\n"
        source, findings = parse(example.where, f"{stated}{example.text}".encode())
        findings = build(ReportFile, source)[1]
    for name in set(source.data) & set(REFERENCE_LISTS):
        for index in range(len(source.data[name])):
            findings += build(REFERENCE_LISTS[name], source, (name, index))[1]
    assert not findings, report(findings)


@pytest.mark.demonstration
def test_sections_of_the_default_outline_are_listed() -> None:
    """The table in report.md names the sections that data/outlines.yml has, in order."""
    listed = re.findall(
        r"^\| `([\w-]+)` \|", (GUIDE / "report.md").read_text("utf-8"), re.MULTILINE
    )
    assert listed == [section.id for section in own_data().reference.outlines["department"].walk()]


def test_links_of_the_guide_lead_somewhere() -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in GUIDE.glob("*.md")}
    for name, text in pages.items():
        for target, anchor in re.findall(r"\]\(([\w.-]*)(?:#([\w-]+))?\)", text):
            assert (target or name) in pages, f"{name}: {target}"
            assert not anchor or f"{{#{anchor}}}" in pages[target or name], f"{name}: #{anchor}"
