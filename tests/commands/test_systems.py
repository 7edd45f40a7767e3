"""Verbs on other systems: any locale, and Windows, which knows no locks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
