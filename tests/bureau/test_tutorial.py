"""The tutorial is followed, command by command; what installs and what waits for Ctrl-C is not."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from docx import Document

import forked
from projects import GUIDE, environ

_TYPED = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIRST_PAGE = 5  # commands from nothing to the first page, besides changes of folder
ELSEWHERE = ("python3", ".", "pip")
NOT_HERE = ("setup", "serve")


def commands() -> list[list[str]]:
    text = (GUIDE / "start.md").read_text(encoding="utf-8")
    return [shlex.split(line) for block in _TYPED.findall(text) for line in block.splitlines()]


def test_few_commands_lead_to_the_first_page() -> None:
    typed = commands()
    serve = next(n for n, words in enumerate(typed) if words[1:2] == ["serve"])
    assert len([words for words in typed[: serve + 1] if words[0] not in (".", "cd")]) <= FIRST_PAGE


@pytest.mark.slow
def test_what_the_tutorial_says_to_type_works(tmp_path: Path) -> None:
    folder = tmp_path / "办公 电脑"
    folder.mkdir()
    for words in commands():
        if words[0] == "cd":
            folder /= words[1]
            write_document(folder / "自评报告.docx")
        elif words[0] == "evalpress" and words[1] not in NOT_HERE:
            code, said = forked.run(("evalpress.commands", *words[1:]), folder, environ())
            assert code == 0, said
        else:
            assert words[0] in ("evalpress", *ELSEWHERE)
    assert (folder / "data" / "reports" / "education" / "2025.yml").is_file()
    assert (folder / "site" / "index.html").is_file()


def write_document(path: Path) -> None:
    document = Document()
    for line in ("2025年度部门整体支出绩效自评报告", "一、部门基本情况", "设三个科。"):
        document.add_paragraph(line)
    document.save(str(path))
