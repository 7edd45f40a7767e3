"""The whole set-up: looks at what is missing, puts in place what it can, says what it could not."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evalpress.setup.browser import add_browser, missing_chromium
from evalpress.setup.fonts import install_fonts
from evalpress.setup.fontset import fonts_folder, has_fonts
from evalpress.setup.needs import Need, SetupProblem, say
from evalpress.setup.system import (
    add_system_parts,
    apt_command,
    distribution_id,
    is_root,
    missing_libraries,
    missing_venv,
)
from evalpress.setup.venv import has_packages, install_packages

ROOT = Path(__file__).resolve().parents[3]
OLDEST_PYTHON = (3, 11)
_SAYS = "EVALPRESS_SAYS"


def system_needs(root: Path, tests: bool) -> list[Need]:
    """Return all that is missing and that only the system's administrator can add."""
    venv = [] if has_packages(root, tests) else missing_venv()
    browser = missing_chromium(distribution_id()) if tests else []
    return [*missing_libraries(tests), *venv, *browser]


def is_ready(root: Path, tests: bool) -> bool:
    """Tell, by cheap looks only, whether nothing is left to do."""
    fonts = fonts_folder(root / ".venv")
    return has_packages(root, tests) and has_fonts(fonts) and not system_needs(root, tests)


def prepare(root: Path, tests: bool) -> list[SetupProblem]:
    """Put in place all that is missing; return all that could not be."""
    if is_ready(root, tests):
        return []
    with _locked(root / ".venv"):
        add_system_parts(system_needs(root, tests), root)
        problems = _add_private_parts(root, tests)
        if tests and has_packages(root, tests):
            add_browser(root)
    needs = system_needs(root, tests)
    return problems + [SetupProblem(f"缺 {need.what}", need.packages()) for need in needs]


def _add_private_parts(root: Path, tests: bool) -> list[SetupProblem]:
    problems: list[SetupProblem] = []
    if not has_packages(root, tests) and not missing_venv():
        problems += _attempt(install_packages, root, tests)
    if not has_fonts(fonts := fonts_folder(root / ".venv")):
        problems += _attempt(install_fonts, fonts)
    return problems


def _attempt(step: Callable[..., None], *arguments: Any) -> list[SetupProblem]:
    try:
        step(*arguments)
    except SetupProblem as problem:
        return [problem]
    return []


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one set-up at a time work in `folder`; the lock ends with the process."""
    import fcntl  # not on Windows, where everything else here can be imported

    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def problems_text(problems: list[SetupProblem], root: bool) -> str:
    """Return what failed commands printed, then every problem and one command for all packages."""
    lines = [problem.output.rstrip() for problem in problems if problem.output]
    lines += ["evalpress：环境还没有准备好：", *(f"· {problem}" for problem in problems)]
    if packages := [name for problem in problems for name in problem.packages]:
        lines += ["请先运行：", f"    {apt_command(packages, root)}", "然后重新运行。"]
    return "\n".join(lines)


def name_files_in_utf8() -> None:
    """Start again with file names in UTF-8 where the locale says GBK or the like; what is said
    stays in the locale's encoding."""
    if sys.getfilesystemencoding() != "utf-8":
        environ = {**os.environ, _SAYS: sys.stdout.encoding}
        os.execve(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]], environ)
    sys.stdout.reconfigure(encoding=os.environ.pop(_SAYS, None), errors="backslashreplace")  # type: ignore[union-attr]


def main(arguments: list[str] | None = None) -> int:
    """Run the set-up from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="准备构建网站所需的环境")
    parser.add_argument("--tests", action="store_true", help="同时准备测试所需的软件包和浏览器")
    tests = parser.parse_args(arguments).tests
    if sys.version_info < OLDEST_PYTHON:
        say(f"需要 Python 3.11 以上，现在是 {sys.version.split()[0]}。例如：make PYTHON=python3.12")
        return 1
    try:
        problems = prepare(ROOT, tests)
    except KeyboardInterrupt:
        say("已中断，重新运行即可接着做。")
        return 130
    except OSError as error:
        say(f"环境没有准备好：{error}")
        return 1
    if problems:
        print(problems_text(problems, is_root()), flush=True)
    return 1 if problems else 0
