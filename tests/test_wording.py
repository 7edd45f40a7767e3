"""Every word of the program stands in one place, and what needs words has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from evalpress.authoring.formats import FORMATS
from evalpress.authoring.ruleguide import group_of
from evalpress.checks import RULES
from evalpress.commands import VERBS
from evalpress.exports import EXPORTS
from evalpress.exports.registry import columns
from evalpress.model import Nature
from evalpress.model.reference import Piece
from evalpress.wording import TEMPLATES, catalogue, joined, word

PACKAGE = TEMPLATES.parent
FOLDER = TEMPLATES / "wording"
FILES = sorted(FOLDER.rglob("*.yml"))


def group(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- joining files ------------------------------------------------------------------------------


def test_several_files_add_to_one_group(tmp_path: Path) -> None:
    files = [
        group(tmp_path, "a.yml", "page: {one: 一}"),
        group(tmp_path, "b.yml", "page: {two: 二}"),
    ]
    assert joined(files) == {"page": {"one": "一", "two": "二"}}


def test_two_files_with_one_word_are_both_named(tmp_path: Path) -> None:
    files = [group(tmp_path, name, "page: {one: 一}") for name in ("a.yml", "b.yml")]
    with pytest.raises(ValueError, match=r"page: one stands in .*a\.yml and in .*b\.yml"):
        joined(files)


# --- the files ----------------------------------------------------------------------------------


def repeated(node: yaml.Node) -> Iterator[str]:
    """The keys that a mapping has twice, which YAML lets pass."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from {key for key in keys if keys.count(key) > 1}
        for _, value in node.value:
            yield from repeated(value)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_a_file_says_nothing_twice(path: Path) -> None:
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert not list(repeated(node))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_a_file_is_named_after_what_says_its_words(path: Path) -> None:
    """The module, or the room, of the same name; page.yml is for all kinds of pages."""
    name = path.relative_to(FOLDER).with_suffix("")
    own = PACKAGE / name
    assert own.is_dir() or own.with_suffix(".py").is_file() or name.as_posix() == "pages/page"


def asked_for() -> set[str]:
    """The groups that the program names where it asks for words."""
    texts = (
        p.read_text(encoding="utf-8")
        for end in ("py", "j2", "html")
        for p in PACKAGE.rglob(f"*.{end}")
    )
    asked = re.compile(r"""\bwords?\(\s*["'](\w+)["']|catalogue\("wording"\)\["(\w+)"\]""")
    return {name for text in texts for found in asked.findall(text) for name in found if name}


def test_every_group_is_asked_for() -> None:
    assert set(catalogue("wording")) == asked_for()


# --- what needs words ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_s_words_stand_in_its_module_s_file(name: str) -> None:
    group_name = group_of(RULES[name])
    own = joined([FOLDER / "checks" / f"{group_name}.yml"])
    assert {"what", "fix"} == set(own["messages"][name])
    assert own["rule_groups"].keys() == {group_name}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_s_words_stand_in_its_file(verb: str) -> None:
    own = joined([FOLDER / "commands" / f"{verb}.yml"])["commands"]
    assert own.keys() == {verb}
    assert own[verb]["about"]


def test_exports_pieces_and_natures_have_words() -> None:
    assert all(kind.title and columns(kind.name) for kind in EXPORTS.values())
    assert all(word("pieces", piece) for piece in Piece)
    assert all(word("natures", nature) for nature in Nature)


def test_every_format_is_offered() -> None:
    assert all(name in word("commands", "check", "format") for name in FORMATS)


# --- punctuation --------------------------------------------------------------------------------

# A half-width sign inside Chinese: “文件(默认” matches; “字段: 值” does not.
HALF = re.compile(r"[\u4e00-\u9fff”》）](?:[;!?(]|[,:](?=\S))|\)[\u4e00-\u9fff“《]")


def texts(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        for one in tree:
            yield from texts(one)
    elif isinstance(tree, str):
        yield tree


def test_what_the_program_says_has_the_punctuation_that_it_asks_for() -> None:
    said = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES]
    assert [text for text in texts(said) if HALF.search(text)] == []


def test_the_comments_of_a_new_site_have_it_too() -> None:
    files = (TEMPLATES / "skeleton").rglob("*.yml")
    comments = [
        line.partition("# ")[2] for path in files for line in path.read_text("utf-8").split("\n")
    ]
    assert [said for said in comments if HALF.search(said) and "(?" not in said] == []
