"""Builds that cost what changed: whatever is edited, the folder is what a clean build would leave.

Every step edits one kind of input in a project that has been built before, builds it again with
all that is kept, and compares the whole site with that of a copy that keeps nothing.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from evalpress.release.manifest import NAME, SUMS, read_manifest
from projects import Project, make_plain_project, make_small_project, replace

pytestmark = pytest.mark.slow

Edit = Callable[[Project], None]
OVERALL = "parks/2025"


def in_report(old: str, new: str, name: str = OVERALL) -> Edit:
    return lambda project: replace(project.report(name), old, new)


def in_file(path: str, old: str, new: str) -> Edit:
    return lambda project: replace(project.folder / path, old, new)


def appended(path: str, text: str) -> Edit:
    def edit(project: Project) -> None:
        with (project.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def add_picture(project: Project) -> None:
    folder = project.folder / "data" / "attachments" / "parks" / "2025"
    folder.mkdir(parents=True)
    Image.new("RGB", (60, 40), "green").save(folder / "lake.png")
    replace(
        project.report(OVERALL),
        "  finances:\n",
        "  finances:\n    - {picture: lake.png, alt: 湖}\n",
    )


def change_picture(project: Project) -> None:
    path = project.folder / "data" / "attachments" / "parks" / "2025" / "lake.png"
    Image.new("RGB", (80, 40), "blue").save(path)


def add_report(project: Project) -> None:
    text = project.report("archives/2024").read_text(encoding="utf-8")
    project.report("archives/2023").write_text(text.replace("2024", "2023"), encoding="utf-8")


def rename_project(project: Project) -> None:
    path = project.report(f"{OVERALL}/tree-planting")
    replace(path, "state: published\n", "state: published\nformer_slugs: [tree-planting]\n")
    path.rename(path.with_name("new-trees.yml"))


def share_an_indicator(project: Project) -> None:
    listed = "common_indicators: [{id: survival, names: [新植树木成活率]}]\n"
    (project.folder / "data" / "forms.yml").write_text(listed, encoding="utf-8")
    replace(project.report(OVERALL), "{id: trees,", "{id: trees, common: survival,")


EDITS: dict[str, Edit] = {
    "shared indicator": share_an_indicator,
    "text of a report": in_report("设养护、工程、综合三个科。", "设养护、工程两个科。"),
    "notes": in_report("notes: 内部", "# 说明\nnotes: 再记内部"),
    "figure": in_report('"93.6"', '"94.1"'),
    "title": in_report(
        "state: published\n", "state: published\ntitle: 园林绿化中心2025年度自评报告\n"
    ),
    "picture added": add_picture,
    "picture changed": change_picture,
    "department's name": in_file(
        "data/departments.yml", "青禾县园林绿化中心", "青禾县公园管理中心"
    ),
    "wording list": appended("data/wording.yml", "wording:\n  - {wrong: 秸杆, right: 秸秆}\n"),
    "outline": in_file("data/outlines.yml", "部门基本情况", "部门概要"),
    "page by hand": appended("docs/index.md", "\n加一句。\n"),
    "setting": in_file("mkdocs.yml", "as_of: 2029-01-01 09:00", "as_of: 2030-01-01 09:00"),
    "report added": add_report,
    "report renamed": rename_project,
    "report withdrawn": in_report("state: published", "state: draft", "parks/2024"),
    "report removed": lambda project: project.report("archives/2023").unlink(),
}
# What these edit is the program itself, so the project takes one of its own.
PROGRAM_EDITS: dict[str, Edit] = {
    "template": appended("hooks/evalpress/templates/panel.html.j2", "<!-- 一 -->"),
    "frame": in_file(
        "hooks/evalpress/templates/theme/partials/footer.html", "ep-wrap", "ep-wrap ep-wide"
    ),
    "style": appended("hooks/evalpress/templates/styles/footer.css", "\n/* 一 */\n"),
}


def tree(site: Path) -> dict[str, bytes]:
    """Every file but those that only pages of the release before need. Of the manifest not the
    moment: a site that a later moment leaves as it is stays the release that it was, and so do its
    hashes."""
    files = (path for path in site.rglob("*") if path.is_file())
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
    manifest = read_manifest(site)
    assert manifest and found[NAME] == manifest.content and found[SUMS] == manifest.sums()
    own = dataclasses.replace(manifest, files=manifest.own_files, earlier=frozenset(), as_of="")
    listed = {NAME: own.content, SUMS: b"".join(_others(own.sums()))}
    return {p: content for p, content in found.items() if p not in manifest.earlier} | listed


def _others(sums: bytes) -> list[bytes]:
    return [line for line in sums.splitlines() if not line.endswith(f"  {NAME}".encode())]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_plain_project(tmp_path_factory.mktemp("kept") / "project")
    project.set("as_of: 2029-01-01 09:00")  # the moment stands in the manifest
    assert project.build().code == 0
    return project


@pytest.fixture(scope="module")
def with_program(built: Project) -> Project:
    built.take_program()
    assert built.build().code == 0
    return built


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_site_is_the_same_as_one_built_afresh(
    built: Project, name: str, tmp_path: Path
) -> None:
    edits_as_afresh(built, EDITS[name], tmp_path)


def edits_as_afresh(project: Project, edit: Edit, folder: Path) -> None:
    """An edit of a built project makes the same site as a copy that keeps nothing."""
    edit(project)
    again = project.build()
    assert again.code == 0, again.said
    clean = Project(folder / "project")
    shutil.copytree(
        project.folder, clean.folder, ignore=shutil.ignore_patterns(".cache", "site", ".site-*")
    )
    afresh = clean.build()
    assert afresh.code == 0, afresh.said
    kept, made = tree(project.site), tree(clean.site)
    assert sorted(kept) == sorted(made)
    assert [name for name in made if made[name] != kept[name]] == []


def test_nothing_changed_is_said_and_nothing_is_written(built: Project) -> None:
    assert built.build().code == 0
    inode = built.site.stat().st_ino
    again = built.build()
    assert again.code == 0
    assert "没有变化" in again.said
    assert built.site.stat().st_ino == inode


def test_a_site_that_somebody_touched_is_built_again(built: Project) -> None:
    page = built.site / "index.html"
    page.write_text("别的", encoding="utf-8")
    assert built.build().code == 0
    assert "别的" not in page.read_text(encoding="utf-8")[:10]


def test_what_nobody_sees_makes_nothing_anew_in_another_process(built: Project) -> None:
    """Keys of what is kept are alike in every process, whatever order its sets have."""
    assert built.run("mkdocs", "build", "--strict", PYTHONHASHSEED="1").code == 0
    before = kept_results(built)
    replace(built.report(OVERALL), "state: published\n", "state: published\n# 仅供内部\n")
    assert built.run("mkdocs", "build", "--strict", PYTHONHASHSEED="2").code == 0
    assert len(kept_results(built) - before) == 1, "what of the edited file may be seen"


def kept_results(project: Project) -> set[tuple[str, int]]:
    """The names of what is kept, each with a number that is new where it was made again."""
    path = project.folder / ".cache" / "evalpress" / "pages.sqlite"
    with closing(sqlite3.connect(path)) as base:
        return set(base.execute("SELECT name, rowid FROM kept"))


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_or_missing_cache_costs_only_time(built: Project, damage: bytes | None) -> None:
    before = tree(built.site)
    shutil.rmtree(built.site)
    for path in (built.folder / ".cache" / "evalpress").glob("*.*"):
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
    again = built.build()
    assert again.code == 0, again.said
    assert tree(built.site) == before


@pytest.mark.parametrize("name", PROGRAM_EDITS)
def test_a_site_of_an_edited_program_is_the_same_as_one_built_afresh(
    with_program: Project, name: str, tmp_path: Path
) -> None:
    edits_as_afresh(with_program, PROGRAM_EDITS[name], tmp_path)


# A hook of a site that has everything made by copies of the process, however little there is.
_APART = """
from pathlib import Path

from evalpress.cache import ahead
from evalpress.exports import groups

apart = ahead._apart

def told(parts, *others):
    with (Path(__file__).parent / "apart.txt").open("a") as file:
        file.write(f"{len(parts)}\\n")
    apart(parts, *others)

ahead._apart, ahead._cores, groups._PAYS = told, lambda: 4, 1
ahead.ahead.__kwdefaults__["pays"] = 1
"""


def test_a_site_made_by_many_processes_is_the_same(tmp_path: Path) -> None:
    made: list[Project] = []
    for name in ("one", "many"):
        project = make_small_project(tmp_path / name)
        project.set("pdf: false", "as_of: 2029-01-01 09:00")
        made.append(project)
    one, many = made
    (many.folder / "apart.py").write_text(_APART, encoding="utf-8")
    replace(many.config, "hooks:\n", "hooks:\n  - apart.py\n")
    assert one.build().code == 0
    built = many.build()
    assert built.code == 0, built.said
    shares = (many.folder / "apart.txt").read_text().split()
    assert len(shares) > 12 and sum(map(int, shares)) > 60, "checks, pages, files, frames …"
    assert tree(many.site) == tree(one.site)
