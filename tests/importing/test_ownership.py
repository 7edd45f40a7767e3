"""Whose report a file is, by what it says of itself."""

from __future__ import annotations

import pytest

from evalpress.authoring.scaffold import CannotScaffold
from evalpress.importing.drafts import Sourced
from evalpress.importing.ownership import Asked, NotOwned, owner_of, split_code
from evalpress.importing.reading import Reading
from evalpress.load import Loaded
from projects import own_data

# Forms are read by the names of the demonstration's departments.
pytestmark = pytest.mark.demonstration


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return own_data()


def reading(kind: str = "", **heads: str) -> Reading:
    return Reading(kind=kind, heads={m: Sourced(text, "A1") for m, text in heads.items()})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("219-某镇", ("219", "某镇")), ("51000021R0000-工资", ("51000021R0000", "工资")),
        ("[219001]某单位", ("219001", "某单位")), ("某单位", ("", "某单位")),
        ("2025年水渠", ("", "2025年水渠")), ("A区改造", ("", "A区改造")),
        ("110指挥中心", ("", "110指挥中心")), ("120-急救中心", ("120", "急救中心")),
    ],
)  # fmt: skip
def test_a_code_before_a_name(text: str, parts: tuple[str, str]) -> None:
    assert split_code(text) == parts


@pytest.mark.parametrize(
    "heads",
    [
        {"authority": "云泽区民政局"}, {"authority": "914-云泽区民政局"}, {"unit": "区民政局本级"},
        {"authority": "云泽区民政局 ", "unit": "云泽区养老服务中心"},
    ],
)  # fmt: skip
def test_a_department_is_known_by_its_names(heads: dict[str, str], loaded: Loaded) -> None:
    found = reading(year="2025", project_name="某项目", **heads)
    owner = owner_of(found, "表.xlsx", Asked(), loaded)
    assert (owner.key.department, owner.key.year) == ("civil-affairs", 2025)


def test_a_former_name_and_the_file_s_name_are_enough(loaded: Loaded) -> None:
    name = "2022年度云泽区文化广播电视体育局.xlsx"
    owner = owner_of(reading("department"), name, Asked(), loaded)
    assert (owner.key.department, owner.key.year, owner.key.slug) == ("culture", 2022, "")


def test_a_project_that_has_reported_keeps_its_slug(loaded: Loaded) -> None:
    found = reading(year="2026", project_name="教师培训专项", authority="云泽区教育局")
    assert owner_of(found, "表.xlsx", Asked(), loaded).key.slug == "teacher-training"


def test_a_file_that_says_neither_is_asked_about(loaded: Loaded) -> None:
    with pytest.raises(NotOwned, match="哪个年度"):
        owner_of(reading(authority="云泽区民政局"), "表.xlsx", Asked(), loaded)
    with pytest.raises(NotOwned, match="哪个部门"):
        owner_of(reading(year="2025", authority="某局"), "表.xlsx", Asked(), loaded)


def test_two_departments_are_not_chosen_between(loaded: Loaded) -> None:
    found = reading(year="2025", authority="云泽区民政局、云泽区教育局")
    with pytest.raises(NotOwned, match="几个部门"):
        owner_of(found, "表.xlsx", Asked(), loaded)


def test_the_command_line_goes_before_the_file(loaded: Loaded) -> None:
    found = reading(year="2024", authority="云泽区民政局", project_name="某项目")
    owner = owner_of(found, "表.xlsx", Asked("教育局", "2025", "campus-safety"), loaded)
    assert owner.key.address == "education/2025/campus-safety/"
    with pytest.raises(CannotScaffold):
        owner_of(found, "表.xlsx", Asked("没有的局", "2025"), loaded)


def test_a_code_alone_names_its_department(loaded: Loaded) -> None:
    codes = {"public_info/extra/预算编码": "911"}
    for said in (reading(department="911"), reading(authority="本单位", **codes)):
        assert owner_of(said, "2025年.xlsx", Asked(), loaded).key.department == "education"
