"""The departments of a region and year beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.checks import RULES, Context, peers
from evalpress.findings import Finding
from evalpress.load import load
from samples import DATA, data_folder

SIX = ("school", "education", "media", "datacentre", "finance", "cyber")


def found(rule: str, root: Path, reports: dict[str, str]) -> list[Finding]:
    files: dict[str, str | bytes] = {
        f"data/reports/{k}.yml": f"state: published\n{v}" for k, v in reports.items()
    }
    data = data_folder(root, files)
    of_all = RULES[rule].of_all
    assert of_all
    return list(of_all(Context(load(data), data)))


def test_schemes_differ(tmp_path: Path) -> None:
    other = (
        (DATA / "schemes.yml")
        .read_text(encoding="utf-8")
        .replace(
            "grade_scales:",
            "  - {id: other, name: 他, full_marks: 100, grade_scale: four-grades, dimensions: []}\n"
            "grade_scales:",
        )
    )
    reports = {f"{name}/2025": "" for name in SIX} | {
        "cyber/2025": "scheme: other",
        "media/2025": "scheme: none",
    }
    (tmp_path / "data").mkdir()
    data = data_folder(tmp_path, {"data/schemes.yml": other})
    assert data.exists()
    files: dict[str, str | bytes] = {
        f"data/reports/{k}.yml": f"state: published\n{v}" for k, v in reports.items()
    }
    data_folder(tmp_path, {**files, "data/schemes.yml": other})
    (only,) = peers.schemes_differ(Context(load(data), data))
    assert only.where.file.endswith("cyber/2025.yml") and "other" in only.what


@pytest.mark.parametrize(("last", "told"), [("优", True), ("良", False)])
def test_all_excellent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str, told: bool
) -> None:
    reports = {
        f"{name}/2025": f"scores: {{grade: {last if name == 'cyber' else '优'}}}" for name in SIX
    }
    assert not found("all_excellent", tmp_path, reports)
    monkeypatch.setattr(peers, "ENOUGH", 6)
    assert bool(found("all_excellent", tmp_path, reports)) is told


def test_missing_reports(tmp_path: Path) -> None:
    (only,) = found("reports_missing", tmp_path, {f"{name}/2025": "" for name in SIX[:-1]})
    assert "云汀县网络安全办公室" in only.what and "文化馆" not in only.what
    assert not found("reports_missing", tmp_path, {f"{name}/2025": "" for name in SIX})


def test_a_report_that_could_not_be_read_is_not_missing(tmp_path: Path) -> None:
    reports = {f"{name}/2025": "" for name in SIX}
    assert not found("reports_missing", tmp_path, reports | {f"{SIX[0]}/2025": "no_such: 1\n"})
