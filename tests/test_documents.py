"""What the documents name is there: files, folders, `make` targets, verbs, links."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from evalpress.commands import VERBS
from projects import GUIDE, PACKAGE, ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    [
        ROOT / "README.md",
        ROOT / "README.zh.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "tests" / "benchmarks" / "README.md",
        *GUIDE.rglob("*.md"),
    ]
)
# A path may be written from any of these; a file's bare name stands for one that lies below them.
BASES = (ROOT, PACKAGE, PACKAGE / "templates", ROOT / "tests")
MADE = (
    ".venv",
    "site/",
    ".cache/",
    ".site-releases/",
    ".evalpress-backup/",
    "packages.txt",
)  # by set-up and builds
OF_A_SITE = (
    "data/reports/",
    "data/attachments/",
    "data/ledger/",
    "robots.txt",
    "fonts/",
)  # differ from one site to the next
_FENCED = re.compile(r"^```(\w*\n)(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)
_TICKED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(
    r"(?!/)[\w.-]*(?:/[\w.-]+)*(?:/|\b\.(?:py|yml|css|js|j2|toml|txt|md|json|sqlite))"
)
_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(path: Path) -> str:
    """What a document says to type, and the names in it."""
    text = path.read_text(encoding="utf-8")
    ticked = _TICKED.findall(_FENCED.sub("", text))
    typed = [lines for language, lines in _FENCED.findall(text) if language == "\n"]
    return "\n".join([*typed, *_INDENTED.findall(text), *ticked])


@cache
def bare_names() -> set[str]:
    return {
        path.name
        for base in ("hooks", "tests", "data", "docs")
        for path in (ROOT / base).rglob("*")
    }


@cache
def program() -> str:
    files = [*PACKAGE.rglob("*.py"), ROOT / "hooks" / "publish.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def is_there(path: str) -> bool:
    """Whether a path is one of the tree, or one that the program makes and therefore names."""
    if path.startswith(OF_A_SITE) or any((base / path).exists() for base in BASES):
        return True
    if path.startswith(MADE) or path.endswith(".json"):
        return path in MADE or Path(path).stem in program()
    return "/" not in path and path in bare_names()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_paths_are_there(document: Path) -> None:
    ticked = _TICKED.findall(document.read_text(encoding="utf-8"))
    paths = {word for word in ticked if _PATH.fullmatch(word)}
    assert not sorted(path for path in paths if not is_there(path))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_to_files(document: Path) -> None:
    links = set(_LINK.findall(document.read_text(encoding="utf-8")))
    assert not sorted(link for link in links if not (document.parent / link).exists())


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_commands_can_be_run(document: Path) -> None:
    typed = code(document)
    targets = set(re.findall(r"^make ([a-z]+)", typed, re.MULTILINE))
    verbs = set(re.findall(r"\bevalpress ([a-z]+)", typed))
    modules = set(re.findall(r"python -m ([\w.]+)", typed))
    assert not targets - rules_of_make()
    assert not verbs - set(VERBS)
    assert not {module for module in modules if not is_module(module)}


def rules_of_make() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def is_module(dotted: str) -> bool:
    """Whether `python -m` finds it in the checkout; what others bring is not looked for."""
    path = dotted.replace(".", "/")
    if not path.startswith(("tests/", "evalpress/")):
        return True
    places = (ROOT / path, ROOT / "hooks" / path)
    return any(place.with_suffix(".py").is_file() or place.is_dir() for place in places)


def test_make_explains_every_target_and_no_other() -> None:
    explained = set(re.findall(r"^# make ([a-z]+)", MAKEFILE, re.MULTILINE))
    [phony] = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert explained == set(phony.split()) == rules_of_make()


def test_make_runs_what_is_there() -> None:
    paths = set(re.findall(r"\b((?:hooks|tests|docs|data)/[\w./]*\w)", MAKEFILE))
    assert not {path for path in paths if not (ROOT / path).exists()}
    modules = re.findall(r"python -m ([\w.]+)", MAKEFILE)
    assert modules
    assert all(map(is_module, modules))


def test_one_minute_shows_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = re.findall(r"^  (\w+/|\w+\.py) ", text, re.MULTILINE)
    rooms = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__/"}
    assert {name for name in shown if name.endswith("/")} == rooms
    assert all((PACKAGE / name).exists() for name in shown)
