"""What changes in a site folder from one version to the next, one function a version."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from evalpress.authoring.schema import FOLDER, schema_text, schemas
from evalpress.bureau.founding import SKELETON
from evalpress.bureau.nav_lines import names_guide, with_setting, without_program
from evalpress.bureau.overlay import Overlay
from evalpress.cache.inputs import PACKAGE
from evalpress.load import VERSION_FILE
from evalpress.pages.navigation import guide_files
from evalpress.wording import word

Step = Callable[[Overlay, str], None]
STEPS: dict[int, Step] = {}
_NUMBER = re.compile(r"^(evalpress[ \t]*:[ \t]*)\S+", re.MULTILINE)
HOOK = "hooks/publish.py"
_DEPLOY = "guide/deploy/"


def step(version: int) -> Callable[[Step], Step]:
    """Register the step that leads to a version; it is given the folder and its data folder."""

    def register(function: Step) -> Step:
        STEPS[version] = function
        return function

    return register


@step(1)
def _name_the_version(files: Overlay, data: str) -> None:
    """The first data named no version."""


@step(2)
def _leave_the_program_out(files: Overlay, data: str) -> None:
    """The program is installed: theme, navigation, guides and the hook's work are its own."""
    text = files.read("mkdocs.yml") or ""
    kept = with_setting(text, "guide", "true") if names_guide(text) else text
    files.write("mkdocs.yml", without_program(kept))
    files.write(HOOK, _hook())
    for name in guide_files():
        files.remove(f"docs/{name}")
        if name.startswith(_DEPLOY):
            files.remove(f"docs/{name.removeprefix('guide/')}")
    if not PACKAGE.is_relative_to(files.root):
        files.remove("hooks/evalpress")


def finish(files: Overlay, data: str, version: int) -> None:
    """What follows from the version itself: its number, the schemas that editors read, and the hook
    where a bureau added nothing to it."""
    name = f"{data}/{VERSION_FILE}"
    text = files.read(name) or (SKELETON / "data" / VERSION_FILE).read_text(encoding="utf-8")
    files.write(name, _NUMBER.sub(rf"\g<1>{version}", text))
    for kind, schema in schemas().items():
        files.write(f"{data}/{FOLDER}/{kind}.json", schema_text(schema))
    if _only_hands_on(files.read(HOOK) or ""):
        files.write(HOOK, _hook())


def _hook() -> str:
    return (SKELETON / "hooks" / "publish.txt").read_text(encoding="utf-8")


def _only_hands_on(text: str) -> bool:
    """Whether a hook does nothing but import from the program's host."""
    try:
        found = ast.parse(text).body
    except SyntaxError:
        return False
    work = [node for node in found if not isinstance(node, ast.Expr)]
    return bool(work) and all(
        isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evalpress.host")
        for node in work
    )


def version_of(text: str | None) -> int:
    """The version that data/evalpress.yml names; 0 where there is none. Raises ValueError."""
    if text is None:
        return 0
    found = _NUMBER.search(text)
    if not found:
        raise ValueError(word("upgrade", "no_number"))
    return int(found[0].partition(":")[2].strip(" \t\"'"))
