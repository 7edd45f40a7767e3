"""`evalpress upgrade`: sites of earlier versions become today's, and again what they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evalpress import commands
from evalpress.bureau.nav_lines import without_program
from projects import ROOT, Project

EARLIER = ROOT / "tests" / "fixtures" / "earlier"
SITES = sorted(path.name for path in EARLIER.iterdir())


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """What a bureau has that copied this repository at an earlier commit."""
    shutil.copytree(EARLIER / request.param, tmp_path / "site")
    return Project(tmp_path / "site")


def upgrade(site: Project, *options: str) -> int:
    return commands.main(["upgrade", "--config", str(site.config), *options])


def test_what_it_was_can_be_had_back(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(site.folder)
    assert upgrade(site, "--show") == 0
    assert tree(site.folder) == before
    assert upgrade(site) == 0
    said = capsys.readouterr().out
    assert "-  custom_dir: hooks/evalpress/templates/theme" in said
    assert "evalpress: 2" in (site.folder / "data/evalpress.yml").read_text(encoding="utf-8")
    assert not (site.folder / "hooks" / "evalpress").exists()
    assert upgrade(site) == 0
    assert "没有要改的" in capsys.readouterr().out
    assert upgrade(site, "--undo") == 0
    assert tree(site.folder) == before
    assert upgrade(site, "--undo") == 2


def test_data_and_comments_are_not_touched(site: Project) -> None:
    before = {n: c for n, c in tree(site.folder / "data").items() if "schemas" not in n}
    comments = [
        line for line in site.config.read_text(encoding="utf-8").splitlines() if "#" in line
    ]
    assert upgrade(site) == 0
    after = tree(site.folder / "data")
    assert {n: after[n] for n in before if n != "evalpress.yml"} == {
        n: c for n, c in before.items() if n != "evalpress.yml"
    }
    assert set(comments) <= set(site.config.read_text(encoding="utf-8").splitlines())


def test_an_edit_since_is_not_lost(site: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert upgrade(site) == 0
    site.config.write_text(site.config.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    assert upgrade(site, "--undo") == 2
    assert "mkdocs.yml" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["evalpress: 99\n", "别的\n"])
def test_an_unknown_version_is_refused(
    site: Project, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.folder / "data" / "evalpress.yml").write_text(text, encoding="utf-8")
    before = tree(site.folder)
    assert upgrade(site) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert tree(site.folder) == before


def test_a_site_without_a_manifest_is_told_before_a_build_refuses_it(
    site: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert upgrade(site) == 0
    assert "take_over" not in capsys.readouterr().out
    site.site.mkdir()
    (site.site / "index.html").write_text("旧网页", encoding="utf-8")
    assert upgrade(site) == 0
    assert f"{site.site} 里的网站由旧版生成" in capsys.readouterr().out
    site.set("take_over: site")
    assert upgrade(site, "--show") == 0
    assert "旧版生成" not in capsys.readouterr().out


@pytest.mark.slow
def test_an_upgraded_site_builds_and_keeps_its_pages(site: Project) -> None:
    guide = {path.stem for path in (site.folder / "docs" / "guide").glob("*.md")}
    assert upgrade(site) == 0
    site.set("pdf: false")
    built = site.build()
    assert built.code == 0, built.said
    home = (site.site / "index.html").read_text(encoding="utf-8")
    for address in ("years/", "departments/", "problems/", "coverage/", "data/", "guide/"):
        assert f'href="{address}"' in home
    for name in guide - {"index"}:
        assert (site.site / "guide" / name / "index.html").is_file()


OWN = "theme: {name: material}\nnav:\n  - 主页: index.md\n  # 说明\n  - 公告: notice.md\n"


def test_a_title_of_one_s_own_keeps_the_order() -> None:
    assert without_program(OWN) == OWN


def test_entries_of_one_s_own_stay_with_their_comments() -> None:
    text = OWN.replace("主页", "首页")
    assert without_program(text) == text.replace("  - 首页: index.md\n", "")


_OLDER = """\"\"\"Hands MkDocs' events to evalpress.\"\"\"

from evalpress.host.mkdocs import on_config, on_files  # noqa: F401
"""


@pytest.mark.parametrize(("hook", "is_renewed"), [
    (_OLDER, True), (_OLDER + "\n\ndef on_env(env, **_):\n    env.globals['ours'] = 1\n", False),
])  # fmt: skip
def test_a_hook_that_only_hands_on_is_renewed(site: Project, hook: str, is_renewed: bool) -> None:
    assert upgrade(site) == 0
    path = site.folder / "hooks" / "publish.py"
    present = path.read_text(encoding="utf-8")
    path.write_text(hook, encoding="utf-8")
    assert upgrade(site) == 0
    assert path.read_text(encoding="utf-8") == (present if is_renewed else hook)
