"""What books and many PDFs cost: a number of reports -> ratios of CPU, size and throughput, memory.

A book is measured against the same reports printed as one document; two workers against one; a
build in which nothing changed per report. CPU seconds, each in a process of its own.

    python -m tests.benchmarks.bench_books [BOUND [PRINTED]]
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evalpress import pdf
from evalpress import site as sites
from evalpress.load import load
from evalpress.pdf.binding import bind
from evalpress.pdf.finish import finish
from evalpress.pdf.layout import lay_out
from evalpress.settings import Settings

from . import corpus
from .bench_reading import Cost, measured, used

BOUND, PRINTED, UNCHANGED = 100, 200, 10_000
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)


def make_jobs(count: int, root: Path) -> list[pdf.PrintJob]:
    """The print jobs of a corpus of this many reports."""
    corpus.write(count, root / "data")
    loaded = load(root / "data", root)
    made = sites.compose(Settings(), root, loaded.reports, loaded.reference, root)
    made.export()
    return [made._job(page, "https://example.org/") for page in made.pages if page.report]


def alone(run: Callable[..., tuple[Cost, int]], *arguments: Any) -> tuple[Cost, int]:
    """Run a measurement in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(run, *arguments).result()


# --- a book -------------------------------------------------------------------------------------


def book_of(jobs: list[pdf.PrintJob]) -> pdf.BookJob:
    parts = tuple(pdf.BookPart(job.name, job.title, "2026-08-20 公布") for job in jobs)
    return pdf.BookJob("book", "汇编", ("汇编",), parts)


def bound(jobs: list[pdf.PrintJob], files: list[Path]) -> tuple[Cost, int]:
    """Bind the finished files; gives the cost and the book's size in bytes."""
    lay_out('<html lang="zh-CN"><p>1</p></html>')
    made: list[bytes] = []
    return measured(lambda: made.append(bind(book_of(jobs), files))), len(made[0])


def as_one(jobs: list[pdf.PrintJob]) -> tuple[Cost, int]:
    """Print all reports as one document with the same style, tags, numbers and data inside."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    first, *others = (pdf.document_html(job) for job in jobs)
    bodies = [found[1] for text in others if (found := _BODY.search(text))]
    assert len(bodies) == len(others)
    html = first.replace("</body>", "".join(bodies) + "</body>")
    lay_out('<html lang="zh-CN"><p>1</p></html>')
    made: list[bytes] = []
    data = [file for job in jobs for file in job.data]
    return measured(
        lambda: made.append(finish(lay_out(html, data=data, dated=jobs[0].dates[0])))
    ), len(made[0])


# --- many PDFs ----------------------------------------------------------------------------------


@dataclass
class Memory(pdf.Progress):
    """Notes the memory of all workers after every job, in MB."""

    taken: list[float] = field(default_factory=list)

    @contextmanager
    def of(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        yield lambda: self.taken.append(max(map(_memory, _workers()), default=0.0))


def _workers() -> list[int]:
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(pid) for path in found for pid in path.read_text().split()]


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    resident = re.search(r"VmRSS:\s+(\d+)", status)
    return int(resident[1]) / 1024 if resident else 0.0


def throughput(jobs: list[pdf.PrintJob], workers: int) -> tuple[float, list[float]]:
    """Reports a second with so many workers, and the largest worker's memory after each report."""
    memory = Memory()
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        with pdf.Press(Path(folder), workers, progress=memory) as press:
            press.print(jobs)
        return len(jobs) / (time.monotonic() - started), memory.taken


def unchanged(jobs: list[pdf.PrintJob], count: int, folder: Path) -> float:
    """Milliseconds of CPU per report of a build that finds all of `count` reports printed."""
    many = [replace(jobs[at % len(jobs)], name=f"many-{at}") for at in range(count)]
    for job in many:
        (folder / f"{job.name}-{pdf.fingerprint(job)}.pdf").touch()
    books = [book_of(many[at : at + 100]) for at in range(0, count, 100)]
    books = [replace(book, name=f"book-{at}") for at, book in enumerate(books)]
    with pdf.Press(folder) as press:
        files = press.print(many)
        for path in _book_files(folder, books, files):
            path.touch()
        before = used()
        press.bind(books, press.print(many))
        assert (press.printed, press.bound) == (0, 0)
        return 1000 * (used() - before) / count


def _book_files(folder: Path, books: list[pdf.BookJob], files: dict[str, Path]) -> list[Path]:
    from evalpress.pdf.cache import cached_book

    return [cached_book(folder, book, [files[part.name] for part in book.parts]) for book in books]


# --- how it is shown ----------------------------------------------------------------------------


def show_book(jobs: list[pdf.PrintJob], folder: Path) -> None:
    with pdf.Press(folder) as press:
        files = list(press.print(jobs).values())
    (one, whole), (cost, size) = alone(as_one, jobs), alone(bound, jobs, files)
    print(f"{f'{len(jobs)} reports':28}{'CPU s':>8}{'MB':>8}{'peak MB':>9}")
    print(f"{'printed as one document':28}{one.cpu:8.2f}{whole / 1e6:8.2f}{one.memory:9.0f}")
    print(f"{'bound from finished PDFs':28}{cost.cpu:8.2f}{size / 1e6:8.2f}{cost.memory:9.0f}")
    print(f"{'ratio':28}{'1/' + format(one.cpu / cost.cpu, '.1f'):>8}{size / whole:8.2f}")


def show_many(jobs: list[pdf.PrintJob]) -> None:
    found = {workers: throughput(jobs, workers) for workers in (1, 2)}
    print(f"{f'{len(jobs)} PDFs':28}{'per s':>8}{'at 1/4':>9}{'at end':>9}{'peak MB':>9}")
    for workers, (rate, taken) in found.items():
        early, late = (statistics.median(taken[at:][:10]) for at in (len(taken) // 4, -10))
        print(f"{f'workers: {workers}':28}{rate:8.2f}{early:9.0f}{late:9.0f}{max(taken):9.0f}")
    print(f"{'two by one':28}{found[2][0] / found[1][0]:8.2f}")


def main(arguments: list[str]) -> None:
    """Generate a corpus in a temporary folder, measure, print."""
    most, many, *_ = [*map(int, arguments), *(BOUND, PRINTED)[len(arguments) :]]
    with tempfile.TemporaryDirectory(prefix="evalpress-bench-") as name:
        root = Path(name)
        jobs = make_jobs(max(most, many), root)
        for part in ("parts", "unchanged"):
            (root / part).mkdir()
        show_book(jobs[:most], root / "parts")
        show_many(jobs[:many])
        each = unchanged(jobs[:most], UNCHANGED, root / "unchanged")
        print(f"nothing changed, {UNCHANGED} reports: {each:.3f} ms of CPU per report")


if __name__ == "__main__":
    main(sys.argv[1:])
