"""evalpress.pdf.progress: a bar on a terminal, a line at every tenth elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from evalpress.pdf.progress import Progress, _pace


def lines(total: int) -> list[str]:
    said: list[str] = []
    with Progress(said.append).of("print", total) as step:
        for _ in range(total):
            step()
    return said


def test_a_line_is_said_at_every_tenth() -> None:
    found = lines(200)
    assert [line.split("，")[0] for line in found] == [
        f"印制报告：{n}/200 份" for n in range(20, 201, 20)
    ]
    assert "每秒" in found[0]
    assert "约还要" in found[0]


@pytest.mark.parametrize(("total", "count"), [(4, 0), (12, 2), (995, 9)])
def test_short_runs_say_little(total: int, count: int) -> None:
    assert len(lines(total)) == count


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (10, 100, 5, "每秒 2.0 份，约还要 45 秒"),
        (10, 1000, 20, "每秒 0.5 份，约还要 33 分 00 秒"),
        (0, 10, 5, ""),
    ],
)
def test_rate_and_time_left(done: int, total: int, seconds: float, said: str) -> None:
    assert _pace(done, total, seconds) == said


def test_a_terminal_gets_a_bar_and_no_lines() -> None:
    said: list[str] = []
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=100)
    with Progress(said.append, console).of("bind", 10) as step:
        for _ in range(10):
            step()
    assert not said
    assert "装订汇编" in shown.getvalue()
    assert "10/10" in shown.getvalue()


def test_what_is_no_terminal_gets_lines() -> None:
    said: list[str] = []
    with Progress(said.append, Console(file=io.StringIO())).of("bind", 10) as step:
        for _ in range(10):
            step()
    assert len(said) == 2
