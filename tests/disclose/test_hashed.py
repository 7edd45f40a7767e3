"""Loaded -> hashes of what may be seen: they change with that, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.cache.kept import Kept
from evalpress.disclose.hashed import Public, public_hashes
from evalpress.model import Key
from evalpress.site import State
from samples import REPORT, read

EARLIER = "data/reports/education/2024.yml"
TEXT = """state: published
title: 标题
body:
  overview: 全年工作按计划完成。
scores: {total: 90}
"""
OWN = Key("education", 2025)


def hashes(root: Path, text: str, earlier: str = TEXT) -> Public:
    loaded = read(root, {REPORT: text, EARLIER: earlier})
    assert [report.key.year for report in loaded.reports] == [2024, 2025]
    return public_hashes(loaded, Kept(None))[OWN]


@pytest.mark.parametrize(
    "more",
    [
        "# 说明\n",
        "notes: 内部\n",
        "waivers: [{rule: undated, reason: 已核对}]\n",
        "sign_offs: [{step: 初审, name: 甲}]\n",
    ],
)
def test_what_stays_inside_changes_no_hash(tmp_path: Path, more: str) -> None:
    assert hashes(tmp_path / "a", TEXT + more) == hashes(tmp_path / "b", TEXT)


def test_a_text_changes_what_shows_texts_alone(tmp_path: Path) -> None:
    before, now = hashes(tmp_path / "a", TEXT), hashes(tmp_path / "b", TEXT.replace("按", "依"))
    assert before.without_texts == now.without_texts
    assert before.whole != now.whole


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total: 90", "total: 91"),
        ("published", "under-correction"),
        ("  overview", "  results: 好。\n  overview"),
        ("scores", "withheld: [{place: scores/total, reason: 依法}]\nscores"),
    ],
)
def test_anything_else_changes_both(tmp_path: Path, old: str, new: str) -> None:
    before, now = hashes(tmp_path / "a", TEXT), hashes(tmp_path / "b", TEXT.replace(old, new, 1))
    assert before.whole != now.whole
    assert before.without_texts != now.without_texts


def test_the_year_before_matters_where_it_withholds(tmp_path: Path) -> None:
    hiding = f"{TEXT}withheld: [{{place: scores/total, reason: 依法}}]\n"
    before = hashes(tmp_path / "a", TEXT)
    assert hashes(tmp_path / "b", TEXT, TEXT.replace("90", "80")) == before
    now = hashes(tmp_path / "c", TEXT, hiding)
    assert before.whole != now.whole
    assert before.without_texts != now.without_texts


def test_unkept_state_knows_no_report() -> None:
    assert State.unkept().parts_of(OWN)[-1] == ""
