"""The command line as a whole: what it refuses, and that it runs as a program."""

from __future__ import annotations

import pytest

from evalpress import commands
from evalpress.commands import releases
from projects import Project


@pytest.mark.parametrize("arguments", [[], ["deploy"], ["check", "--fast"]])
def test_wrong_commands_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.main(arguments)
    assert stopped.value.code == 2


def test_a_command_that_is_interrupted_says_so_without_a_traceback(
    small: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(releases, "run", interrupted)
    assert commands.main(["releases", "--config", str(small.config)]) == 130
    assert capsys.readouterr().err == "已中止\n"


def test_the_program_runs_from_the_project_s_folder(small: Project) -> None:
    done = small.run("evalpress.commands", "check")
    assert (done.code, done.said.splitlines()[-1]) == (0, "没有发现错误，共 5 份报告。")
