"""districts.yml: every mistake with its line and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.districts.joint_settings import Joint
from evalpress.findings import Finding, Mistaken, Refused

WRITTEN = """\
title: 全市
site_url: https://a.invalid/
districts:
  - {prefix: east, name: 城东区, folder: a}
  - {prefix: west, name: 城西区, folder: b}
"""


def mistakes(folder: Path, text: str) -> list[Finding]:
    path = folder / "districts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        Joint(path)
    return refused.value.findings


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "districts.yml"
    path.write_text(WRITTEN, encoding="utf-8")
    joint = Joint(path)
    assert [one.below for one in joint.settings.districts] == ["east/", "west/"]
    assert joint.folders == [tmp_path / "a", tmp_path / "b"]
    assert joint.layout.live == tmp_path / "site"


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "said"),
    [
        ("title: 全市\n", "", "bad_setting", 0, "补上这一行"),
        ("title", "titel", "unknown_setting", 1, "title"),
        ("prefix: east", "prefix: search", "bad_setting", 4, "小写字母"),
        ("prefix: east", "prefix: 东", "bad_setting", 4, "小写字母"),
        ("prefix: west", "prefix: east", "district_twice", 4, "不能相同"),
        ("folder: b", "folder: a", "district_twice", 4, "不能相同"),
        ("name: 城西区", "nmae: 城西区", "unknown_setting", 5, "folder"),
        ("https://a.invalid/", "a.invalid", "bad_setting", 2, "https://"),
        ("title: 全市", "title: 全市\nswap: copy", "bad_setting", 2, "rename"),
        ("title: 全市", "site: {agency_mark: a.png}\ntitle: x", "joint_picture_missing", 1, "旁边"),
        ("districts:", "districts: []\nx:", "bad_setting", 3, "至少"),
        ("title: 全市", "title: [", "not_yaml", 3, ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, rule: str, line: int, said: str
) -> None:
    found = [one for one in mistakes(tmp_path, WRITTEN.replace(old, new)) if one.rule == rule]
    assert (found[0].where.line, said in found[0].fix) == (line, True)


def test_no_file_is_a_mistake_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(Mistaken, match=r"districts\.yml"):
        Joint(tmp_path / "districts.yml")
