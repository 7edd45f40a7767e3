"""Imports go one way, along the path of the data; host and big libraries stay at the edge."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

TESTS = Path(__file__).parent
HOOKS = TESTS.parent / "hooks"
PACKAGE = HOOKS / "evalpress"

# From the ground up: a room imports from itself and from the rooms above it in this list, which
# read together are the path of the data. A module of the hall counts as a room of its own.
ORDER = """
clock           this moment
setup           what make runs before anything is installed; where the fonts lie
wording         the catalogue of Chinese words
text            Chinese prose and numbers
findings        what is wrong where, and what to write instead
cache           what is kept between runs
typefaces       the fonts of PDFs, and the signs that they have
model           the types that all stages share
settings        extra.evalpress of mkdocs.yml
mkdocs_yml      the file of that name, without MkDocs
load            1 read
files           files beside the reports
assess          3 assess, which checks ask as well
disclose        Report -> PublicReport
ledger          what was ever public
checks          2 check
pages           4 write
pdf             5 print
exports         6 export
search          7 index
release         8 release
verify          files that somebody holds -> what they are
districts       finished sites of several districts -> one
site            the pipeline as one object
authoring       for people who write and review data
bureau          a site folder, begun and brought to the next version
importing       office files -> drafts
commands        the command line
host            MkDocs' events
publish         hands them on
"""
ROOMS = [line.split()[0] for line in ORDER.strip().splitlines()]
RANKS = {name: rank for rank, name in enumerate(ROOMS)}
HALL_HOLDS = 8
ONLY_IN = {
    "mkdocs": "host/mkdocs.py",
    "material": "host/mkdocs.py",
    "weasyprint": (
        "pdf/layout.py",
        "pdf/tags.py",
        "pdf/justify.py",
        "pdf/continued.py",
        "pdf/merged.py",
    ),
    "pydyf": ("pdf/tags.py", "pdf/conformance.py"),
}
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns",
    "time.localtime", "time.gmtime", "time.strftime", "time.ctime",
}  # fmt: skip
FILES = sorted([*PACKAGE.rglob("*.py"), HOOKS / "publish.py"])


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part(path: Path) -> str:
    """The module, or the package inside evalpress, that a file belongs to."""
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE).with_suffix("").parts[0]
    return path.stem


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, by its full name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import fails in a hook"
            module = node.module or ""
            inner = (f"{module}.{alias.name}" for alias in node.names)
            yield from inner if module == "evalpress" else (module,)


def inner_imports(path: Path) -> set[str]:
    """The other parts of evalpress that a file imports."""
    names = (name.split(".") for name in imports(path))
    return {name[1] for name in names if name[0] == "evalpress" and len(name) > 1} - {part(path)}


def names(path: Path) -> str:
    return path.relative_to(HOOKS).as_posix()


def wrong(told: Callable[[Path], Collection[str]]) -> dict[str, Collection[str]]:
    """What is told of modules, by their names; of most nothing is to be told."""
    return {names(path): found for path in FILES if (found := told(path))}


def test_imports_go_one_way() -> None:
    def higher(path: Path) -> set[str]:
        return {name for name in inner_imports(path) if RANKS[name] > RANKS.get(part(path), -1)}

    assert not wrong(higher)


def test_no_imports_go_round() -> None:
    graph: dict[str, set[str]] = {}
    for path in FILES:
        graph.setdefault(part(path), set()).update(inner_imports(path))
    assert list(TopologicalSorter(graph).static_order())


def test_host_and_libraries_are_known_in_one_place_each() -> None:
    def elsewhere(path: Path) -> set[str]:
        roots = {name.split(".")[0] for name in imports(path)}
        return {root for root in roots if not names(path).endswith(ONLY_IN.get(root, path.name))}

    assert not wrong(elsewhere)


def test_one_module_reads_the_clock() -> None:
    def read(path: Path) -> set[str]:
        nodes = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
        calls = {ast.unparse(node) for node in nodes}
        return {call for call in calls if ".".join(call.split(".")[-2:]) in CLOCKS}

    assert wrong(read).keys() == {"evalpress/clock.py"}


def test_names_of_modules_say_what_is_in_them() -> None:
    vague = {"utils", "util", "helpers", "common", "misc", "base", "core"}
    assert not vague & {path.stem for path in FILES}


def test_a_module_says_what_goes_in_and_what_comes_out() -> None:
    assert not [names(path) for path in FILES if not ast.get_docstring(tree(path))]


def public_definitions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes that others may use, and the methods of those classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from public_definitions(node.body if isinstance(node, ast.ClassDef) else [])


def test_what_is_public_says_what_goes_in_and_comes_out() -> None:
    def silent(path: Path) -> list[str]:
        return [n.name for n in public_definitions(tree(path).body) if not ast.get_docstring(n)]

    assert not wrong(silent)


def test_the_list_names_every_room_once() -> None:
    rooms = {part(path) for path in FILES} - {"__init__"}
    assert sorted(ROOMS) == sorted(rooms)


def test_the_hall_holds_few_modules() -> None:
    assert len([path for path in FILES if path.parent == PACKAGE]) <= HALL_HOLDS


def test_no_two_modules_are_mistaken_for_each_other() -> None:
    """A verb may be called like what it runs."""
    verbs = PACKAGE / "commands"
    stems = Counter(path.stem for path in FILES if path.parent != verbs)
    assert {name for name, count in stems.items() if count > 1} <= {"__init__", "__main__"}


def test_tests_mirror_the_rooms() -> None:
    """A folder of tests is a room's, or holds what all of them use."""
    folders = {path.name for path in TESTS.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders - {"benchmarks", "fixtures", "golden"} <= set(ROOMS)


def test_hooks_folder_is_no_package() -> None:
    assert not (HOOKS / "__init__.py").exists()
