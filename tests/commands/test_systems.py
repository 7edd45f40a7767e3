"""Verbs on other systems: any locale, and Windows, which knows no locks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from projects import Project, environ, make_small_project, replace


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_small_project(tmp_path / "project")


NOT_ON_WINDOWS = ("fcntl", "grp", "pwd", "resource", "termios")


def test_verbs_can_be_imported_where_there_are_no_locks() -> None:
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({NOT_ON_WINDOWS}));"
        "import evalpress.commands.check, evalpress.commands.new, evalpress.release"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={**environ(), "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


WINDOWS = """
import os, sys

class Missing:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "grp", "pwd", "resource", "termios"):
            return None
        if name.split(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return self.finder.find_spec(name, path, target)

sys.meta_path[:] = [Missing(finder) for finder in sys.meta_path]
del os.geteuid
from evalpress.commands import main
sys.exit(main(sys.argv[1:]))
"""


def on_windows(project: Project, *arguments: str) -> tuple[int, str]:
    """A verb where neither locks nor Pango are there: its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS, *arguments], cwd=project.folder, text=True,
        encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**environ(), "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    return done.returncode, done.stdout


def test_a_clerk_s_windows_machine_checks_begins_and_imports(project: Project) -> None:
    assert on_windows(project, "check")[0] == 0
    assert on_windows(project, "new", "parks", "2026")[0] == 0
    document = Document()
    for line in ("2027年度部门整体支出绩效自评报告", "一、部门基本情况", "设养护、工程两个科。"):
        document.add_paragraph(line)
    document.save(str(project.folder / "报告.docx"))
    code, said = on_windows(project, "import", "报告.docx", "parks", "2027")
    assert "Traceback" not in said
    assert code in (0, 1), said
    assert project.report("parks/2027").is_file(), said
    assert on_windows(project, "init", "new", "--region", "甲县")[0] == 0


def test_what_a_clerk_s_windows_machine_cannot_do_is_said(project: Project) -> None:
    for verb in ("build", "serve"):
        code, said = on_windows(project, verb)
        assert code == 2
        assert "Windows" in said and "Traceback" not in said


ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    ("settings", "encoding"),
    [
        (ASCII, "utf-8"),
        ({**ASCII, "PYTHONIOENCODING": "gbk"}, "gbk"),
        ({"LC_ALL": "POSIX"}, "utf-8"),
    ],
)
def test_any_locale_finds_files_and_shows_findings(
    project: Project, settings: dict[str, str], encoding: str
) -> None:
    replace(project.report("parks/2024"), "total: 86.00", "total: 86.00₂")
    folder = project.folder / "data" / "attachments" / "parks" / "2025"
    folder.mkdir(parents=True)
    (folder / "附件一（自评表）.txt").write_text("自评表", encoding="utf-8")
    report = project.report("parks/2025")
    named = "\nattachments:\n  - {id: a, name: 自评表, file: 附件一（自评表）.txt}\n"
    text = report.read_text(encoding="utf-8").rpartition("\nattachments:")[0] + named
    report.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "evalpress.commands", "check"]
    env = {**environ(), "PYTHONPATH": ":".join(sys.path), **settings}
    done = subprocess.run(command, cwd=project.folder, env=env, capture_output=True, check=False)
    said = done.stdout.decode(encoding)
    assert not done.stderr, done.stderr.decode(encoding)
    assert "不是数字" in said
    assert "file_missing" not in said
    assert ("86.00\\u2082" if encoding == "gbk" else "86.00₂") in said


def test_programs_get_utf_8_whatever_the_locale(project: Project) -> None:
    env = {**environ(), "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "gbk"}
    command = [sys.executable, "-m", "evalpress.commands", "check", "--format", "json"]
    done = subprocess.run(command, cwd=project.folder, env=env, capture_output=True, check=False)
    assert isinstance(json.loads(done.stdout.decode()), list)
