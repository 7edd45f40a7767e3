"""5 print: how far a run is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evalpress.wording import word

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import Task

# Runs of fewer steps are over before anyone asks; longer ones get a line at every tenth.
_FEWEST, _LINES = 5, 10


@dataclass
class Progress:
    """Where it is told how far a run is: `say` takes lines, a terminal gets a bar instead."""

    say: Callable[[str], None] = lambda line: None
    console: Console | None = None

    @contextmanager
    def of(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Tell of a run of `total` steps; the caller calls what it gets after each of them."""
        title = word("print", "progress", what)
        if self.console is None or not self.console.is_terminal:
            yield _Lines(self.say, title, total).step
            return
        with _bar(self.console) as bar:
            task = bar.add_task(title, total=total)
            yield lambda: bar.advance(task)


def _bar(console: Console) -> Bar:
    """A bar with rate and time left."""
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Pace(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(_pace(int(task.completed), int(task.total or 0), task.elapsed or 0))

    text = TextColumn("{task.description}")
    return Bar(text, BarColumn(), MofNCompleteColumn(), Pace(), console=console)


class _Lines:
    """Says a line after every tenth of a run."""

    def __init__(self, say: Callable[[str], None], title: str, total: int) -> None:
        self.say, self.title, self.total = say, title, total
        self.done, self.started = 0, time.monotonic()

    def step(self) -> None:
        self.done += 1
        if self.done % max(_FEWEST, -(-self.total // _LINES)) == 0:
            pace = _pace(self.done, self.total, time.monotonic() - self.started)
            told = word("print", "progress", "line")
            self.say(told.format(what=self.title, done=self.done, total=self.total, pace=pace))


def _pace(done: int, total: int, seconds: float) -> str:
    """How fast a run is and how long it will take, once that can be said."""
    if not done or not seconds:
        return ""
    rate = done / seconds
    return word("print", "progress", "pace").format(rate=rate, left=_time((total - done) / rate))


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return word("print", "progress", "minutes").format(minutes, rest)
    return word("print", "progress", "seconds").format(rest)
