"""Every word of the program comes from the catalogue: with another one, no Chinese is left but that
of the data. Its words are put into Hangul, sign by sign, so that they stay apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalpress.wording import TEMPLATES
from projects import PACKAGE, Project, make_plain_project

CHINESE = re.compile("[\u3400-\u9fff]+")
THEME = TEMPLATES / "theme"
# How Chinese is written, not words: which sign stands for which, how a year stands in a query.
TABLES = {"theme/assets/search/text.js", "theme/assets/search/asked.js"}
RULES = {"unbroken.py", "signs.py"}  # where lines may not break; how signs are read
_TEMPLATE, _SCRIPT = r"\{#.*?#\}", r"/\*.*?\*/|(?<![:\w])//[^\n]*"
COMMENTS = {".html": _TEMPLATE, ".j2": _TEMPLATE, ".js": _SCRIPT, ".css": r"/\*.*?\*/"}
# Rooms that say something to readers and clerks once the program is installed. What only tells how
# Chinese is written (units, endings, how a year stands in a text) is no word that anybody is told.
SAYING = (
    "pages", "pdf", "exports", "search", "release", "verify", "host", "commands", "ledger",
    "bureau", "districts", "site", "settings", "mkdocs_yml", "findings",
)  # fmt: skip


def pseudo(text: str) -> str:
    """A text with every Chinese sign put into another script."""
    return CHINESE.sub(lambda run: "".join(map(_other, run[0])), text)


def _other(sign: str) -> str:
    return chr(0xAC00 + (ord(sign) - 0x3400) % 11172)


# --- where words stand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [*sorted(p for p in THEME.rglob("*") if p.suffix in COMMENTS), *sorted(TEMPLATES.glob("*.j2")),
     *sorted((TEMPLATES / "styles").glob("*.css"))],
    ids=lambda path: path.relative_to(TEMPLATES).as_posix(),
)  # fmt: skip
def test_templates_styles_and_scripts_hold_no_words(path: Path) -> None:
    if path.relative_to(TEMPLATES).as_posix() not in TABLES:
        assert not CHINESE.findall(said_by(path))


def said_by(path: Path) -> str:
    """A file's text without its comments."""
    text, comments = path.read_text(encoding="utf-8-sig"), COMMENTS.get(path.suffix)
    return re.sub(comments, "", text, flags=re.DOTALL) if comments else text


def told(path: Path) -> Iterator[str]:
    """The Chinese in a module's texts, but for docstrings and forms of what is read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(c) for node in ast.walk(tree) for c in _no_words(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield from CHINESE.findall(node.value)


def _no_words(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
        yield from ast.walk(node)


@pytest.mark.parametrize("room", SAYING)
def test_modules_that_speak_hold_no_words(room: str) -> None:
    own = PACKAGE / room
    paths = own.rglob("*.py") if own.is_dir() else [own.with_suffix(".py")]
    found = {path.name: [*told(path)] for path in paths}
    assert {name for name, words in found.items() if words} - RULES == set()


# --- a site with another catalogue --------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_plain_project(tmp_path_factory.mktemp("pseudo"))
    templates = project.take_program() / "templates"
    for path in [*(templates / "wording").rglob("*.yml"), templates / "fields.yml"]:
        path.write_text(pseudo(path.read_text(encoding="utf-8")), encoding="utf-8")
    done = project.run("mkdocs", "build")
    assert done.code == 0, done.said
    return project


def known(project: Project) -> str:
    """All Chinese that an owner and the clerks wrote."""
    files = [project.config, *(project.folder / "docs").rglob("*.md")]
    files += (project.folder / "data").rglob("*.yml")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["html", "js", "css", "json", "csv", "xml", "txt"])
def test_a_site_has_no_other_words(built: Project, ending: str) -> None:
    written, found = known(built), {}
    for path in built.site.rglob(f"*.{ending}"):
        name = path.relative_to(built.site).as_posix()
        if f"theme/{name}" in TABLES or "assets/javascripts" in name:
            continue
        strange = {run for run in CHINESE.findall(said_by(path)) if run not in written}
        if strange:
            found[name] = sorted(strange)
    assert found == {}


@pytest.mark.slow
def test_its_words_are_those_of_the_other_catalogue(built: Project) -> None:
    """Or nothing would be proved."""
    (script,) = built.site.glob("assets/words.*.js")
    pages = (built.site / name for name in ("index.html", "parks/2025/index.html", "404.html"))
    for path in (*pages, script):
        assert re.search("[\uac00-\ud7a3]", path.read_text(encoding="utf-8")), path
