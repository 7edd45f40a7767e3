"""`evalpress check`: exit codes, the forms of the list, the reviewer's page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.asking import check
from projects import Project, replace


def test_sound_data_are_said_to_be_sound(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(small) == 0
    said = capsys.readouterr()
    assert "没有发现错误，共 5 份报告" in said.out
    assert not said.err


def test_every_error_is_listed(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    replace(small.report("parks/2025"), "state: published", "state：published")
    replace(small.report("parks/2024"), "total: 86.00", "total: 8６.00")
    assert check(small) == 1
    said = capsys.readouterr().out
    assert "data/reports/parks/2024.yml:26:" in said
    assert "“8６.00”" in said
    assert "data/reports/parks/2025.yml:" in said
    assert said.count("  错误  [") == 2


def test_a_mistake_in_the_settings_is_told(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    small.set("as_off: 2026-08-15 09:00")
    assert check(small) == 1
    said = capsys.readouterr().err
    assert "as_off" in said
    assert "as_of" in said.replace("as_off", "")


def spoil(small: Project) -> None:
    replace(small.report("parks/2025"), "state: published", "state：published")


@pytest.mark.parametrize("name", ["json", "sarif", "github", "text"])
def test_machines_get_their_format_and_the_same_exit_code(
    small: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert check(small, "--format", name) == 0
    sound = capsys.readouterr().out
    spoil(small)
    assert check(small, "--format", name) == 1
    said = capsys.readouterr()
    assert "wide_colon" in said.out
    assert "wide_colon" not in sound
    assert not said.err
    if name in ("json", "sarif"):
        assert json.loads(sound) is not None
        assert json.loads(said.out)


def test_mistakes_in_the_settings_reach_machines(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    small.set("as_off: 2026-08-15 09:00")
    assert check(small, "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["rule"], finding["file"]) == ("unknown_setting", "mkdocs.yml")


def test_the_reviewer_s_page_is_written_beside_the_findings(
    small: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(small)
    page = tmp_path / "审核" / "2025.html"
    assert check(small, "--html", str(page), "--format", "json", "--year", "2025") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)
    assert str(page) in said.err
    assert "2025年度绩效自评报告审核" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["site", "docs", "data/attachments"])
def test_the_reviewer_s_page_is_never_public(
    small: Project, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    page = small.folder / folder / "review.html"
    assert check(small, "--html", str(page)) == 2
    assert "请换一个位置" in capsys.readouterr().err
    assert not page.exists()


def test_a_site_in_another_folder_is_public_too(small: Project) -> None:
    replace(small.config, "site_dir: site", "site_dir: ../www")
    assert check(small, "--html", str(small.folder.parent / "www" / "x.html")) == 2


@pytest.mark.parametrize(
    ("strict", "code", "said"), [("false", 0, "不拦截公开"), ("true", 1, "才能公开")]
)
def test_unsigned_warnings_stop_a_publication_where_the_settings_say_so(
    small: Project, capsys: pytest.CaptureFixture[str], strict: str, code: int, said: str
) -> None:
    small.set(f"strict: {strict}")
    assert check(small) == code
    told = capsys.readouterr().out
    count = told.count("  警告  [")
    assert f"有 {count} 处警告没有签注" in told
    assert said in told.splitlines()[-2]
