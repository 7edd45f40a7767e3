"""CONTRIBUTING.md's walks are taken in a copy of the tree, and what they add works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from projects import ROOT
from samples import REPORT, data_folder
from sampling import sample
from waiting import CEILING

GUIDE = ROOT / "CONTRIBUTING.md"
CLERKS = "hooks/evalpress/templates/guide"
_WALK = re.compile(r"^### (.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```(?:python|yaml)\n# (?P<path>\S+?)(?:, below: (?P<below>[^\n]+)|, (?P<end>at its end))?\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """Text for a file: a new one, at the end of one, or below the line of one."""

    path: str
    text: str
    below: str | None
    at_end: bool


def walks() -> dict[str, list[Block]]:
    """The code blocks of every walk, by its heading."""
    _, *parts = _WALK.split(GUIDE.read_text(encoding="utf-8"))
    return {
        name: [Block(f["path"], f["text"], f["below"], bool(f["end"])) for f in found]
        for name, text in zip(parts[::2], parts[1::2], strict=True)
        if (found := list(_BLOCK.finditer(text)))
    }


WALKS = walks()


def take(block: Block, root: Path) -> None:
    """Write a block into the tree."""
    path = root / block.path
    if not block.below and not block.at_end:
        assert not path.exists(), f"{block.path} is there already"
        path.write_text(block.text, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [n for n, line in enumerate(lines, 1) if line.strip() == block.below]
    assert block.at_end or len(places) == 1, f"{block.path}: {block.below}: {places}"
    at = len(lines) if block.at_end else places[0]
    path.write_text("".join([*lines[:at], block.text, *lines[at:]]), encoding="utf-8")


@dataclass
class Tree:
    """A copy of hooks/ and tests/ with what a walk adds."""

    folder: Path

    def run(self, *arguments: str) -> str:
        """What a module says, run with the copy's own package; it has to end with 0."""
        made = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=self.folder, timeout=CEILING,
            env={**os.environ, "PYTHONPATH": str(self.folder / "hooks")},
            text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout
        return made.stdout

    def test(self, *files: str) -> None:
        self.run("pytest", "-n0", "--noconftest", "-p", "no:cacheprovider", *files)


def walked(names: Iterable[str], folder: Path) -> Tree:
    """A tree in which these walks were taken."""
    ignored = shutil.ignore_patterns("golden", "benchmarks")
    for part in ("hooks", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for name in names:
        for block in WALKS[name]:
            take(block, folder)
    return Tree(folder)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree in which all walks were taken."""
    return walked(WALKS, tmp_path_factory.mktemp("walked"))


@pytest.fixture(scope="module")
def generated(tree: Tree) -> str:
    """What the files that the program writes about itself say of themselves."""
    return tree.run("evalpress.authoring.generated")


def own_tests(name: str) -> set[str]:
    """The files of a walk's tests."""
    tests = {block.path for block in WALKS[name] if block.path.startswith("tests/")}
    assert tests, f"{name}: a walk ends with a test"
    return tests


def test_all_walks_own_tests_pass(tree: Tree) -> None:
    tree.test(*sorted(set().union(*map(own_tests, WALKS))))


@pytest.mark.parametrize("name", sample(list(WALKS), 5))
def test_a_walk_needs_no_other(name: str, tmp_path: Path) -> None:
    alone = walked([name], tmp_path)
    alone.test(*own_tests(name))
    alone.run("evalpress.authoring.generated")


def test_a_new_rule_is_told_to_clerks_and_stands_in_the_guide(tree: Tree, generated: str) -> None:
    measure = "problems: [{id: late, text: 拨付偏晚。, measure: 按季拨付。}]"
    data_folder(tree.folder, {REPORT: f"state: draft\n{measure}"})
    (tree.folder / "mkdocs.yml").write_text("site_name: 甲", encoding="utf-8")
    assert f"{CLERKS}/rules.md" in generated
    guide = (tree.folder / CLERKS / "rules.md").read_text(encoding="utf-8")
    assert "## 承诺 {#commitments}" in guide
    assert "`measure_without_due`" in guide
    shown = tree.run("evalpress.commands", "check")
    assert "[measure_without_due]" in shown
    assert "措施“按季拨付。”没有写完成期限" in shown


def test_a_new_verb_is_offered(tree: Tree) -> None:
    assert "列出每份报告的网址和状态" in tree.run("evalpress.commands", "--help")
