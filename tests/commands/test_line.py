"""The command line as a whole: what it refuses, and that it runs as a program."""

from __future__ import annotations

import subprocess

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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek"], "命令 里没有“chek”。是否想写“check”？可以写：build、check、"),
        (["new"], "还缺 department（部门编号、全称或别名）、year（年度，四位年份）\n"),
        (["new", "甲", "2025", "乙", "丙"], "“丙”不认得：多写了，或写错了"),
        (["check", "--format", "xml"], "--format 里没有“xml”。可以写：text、json、sarif、github\n"),
        (["check", "--html"], "--html 后面要写一个值\n"),
    ],
)
def test_what_is_wrong_with_arguments_is_told_in_chinese(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        commands.main(arguments)
    usage, *_, last = capsys.readouterr().err.splitlines(keepends=True)
    assert usage.startswith("用法：evalpress")
    assert last.startswith(told)


def test_an_output_that_nobody_reads_to_its_end_is_no_mistake(small: Project) -> None:
    """`evalpress check | head` ends without a word, with the code that shells give."""
    command = small.command("evalpress.commands", "check", "--format", "json")
    with subprocess.Popen(
        command, cwd=small.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
