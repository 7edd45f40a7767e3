"""The set-up of an installed package: the private fonts, and the libraries that printing loads."""

from __future__ import annotations

import sys
from pathlib import Path

from evalpress.setup.fonts import install_fonts
from evalpress.setup.fontset import fonts_folder, has_fonts
from evalpress.setup.needs import SetupProblem
from evalpress.setup.system import missing_libraries


def prepare_installed(prefix: Path | None = None, fonts: Path | None = None) -> list[SetupProblem]:
    """Put the fonts into the environment at `prefix`, by default this Python's; gives all that is
    still missing. `fonts` is a folder with the font files, for machines without a network."""
    folder = fonts_folder(prefix or Path(sys.prefix))
    problems = [SetupProblem(f"缺 {need.what}", need.packages()) for need in missing_libraries()]
    if has_fonts(folder):
        return problems
    try:
        install_fonts(folder, fonts)
    except SetupProblem as problem:
        problems.append(problem)
    except OSError as error:
        problems.append(SetupProblem(f"字体没有放好：{error}"))
    return problems
