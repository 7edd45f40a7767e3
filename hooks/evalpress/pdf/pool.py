"""5 print: many jobs -> files, over worker processes that stay alive from job to job."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from evalpress.pdf.cache import cached_book, cached_file
from evalpress.pdf.job import BookJob, PrintFailed, PrintJob, Tls, Unprintable
from evalpress.pdf.progress import Progress
from evalpress.typefaces import private
from evalpress.wording import word

# A function of this package and its arguments, both fit for another process.
Task = tuple[Callable[..., None], tuple[Any, ...]]


@dataclass
class Press:
    """The cache and the workers of one build; leaving it as a context ends the workers.

    Workers start with the first job that is not in the cache. Any `Executor` can take their place:
    what is given to it are functions of `printing`, jobs and paths. `workers` is their number, or
    the address of a `dask.distributed` scheduler, reached with `tls`. `official_fonts` is a folder
    whose fonts stand before our own; other executors have to make it known to theirs.
    """

    cache_dir: Path
    workers: int | str | None = None
    pool: Executor | None = None
    progress: Progress | None = None
    official_fonts: Path | None = None
    tls: Tls | None = None
    printed: int = 0
    bound: int = 0
    _own: Executor | None = None

    def __enter__(self) -> Press:
        self.cache_dir.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *raised: object) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)

    def print(self, jobs: Sequence[PrintJob]) -> dict[str, Path]:
        """The file of each job by its name; what is not in the cache is printed now.

        Raises PrintFailed after all others have finished."""
        files = {job.name: cached_file(self.cache_dir, job) for job in jobs}
        missing = self._missing(files)
        calls = [(job.name, (job, files[job.name])) for job in jobs if job.name in missing]
        tasks = self._tasks("print_one", calls)
        self._run(tasks, "print")
        self.printed += len(tasks)
        return files

    def bind(self, books: Sequence[BookJob], printed: Mapping[str, Path]) -> dict[str, Path]:
        """The file of each book by its name; `printed` has the files of all their parts.

        Raises PrintFailed after all others have finished."""
        parts = {book.name: [printed[part.name] for part in book.parts] for book in books}
        files = {b.name: cached_book(self.cache_dir, b, parts[b.name]) for b in books}
        missing = self._missing(files)
        calls = [(b.name, (b, parts[b.name], files[b.name])) for b in books if b.name in missing]
        tasks = self._tasks("bind_one", calls)
        self._run(tasks, "bind")
        self.bound += len(tasks)
        return files

    def _tasks(self, name: str, calls: Sequence[tuple[str, tuple[Any, ...]]]) -> dict[str, Task]:
        """What is to be done by name; all that printing needs is loaded with the first of it."""
        if not calls:
            return {}
        from evalpress.pdf import printing

        return {job: (getattr(printing, name), given) for job, given in calls}

    def _missing(self, files: Mapping[str, Path]) -> set[str]:
        there = {entry.name for entry in os.scandir(self.cache_dir)}
        return {name for name, path in files.items() if path.name not in there}

    def _run(self, tasks: Mapping[str, Task], what: str) -> None:
        if not tasks:
            return
        pool = self._pool(len(tasks))
        try:
            running = {pool.submit(call, *given): name for name, (call, given) in tasks.items()}
        except BrokenExecutor as broken:
            raise _failed(dict.fromkeys(tasks, broken)) from None
        with (self.progress or Progress()).of(what, len(tasks)) as step:
            for _ in as_completed(running):
                step()
        failures = {name: error for f, name in running.items() if (error := f.exception())}
        if failures:
            raise _failed(failures)

    def _pool(self, most: int) -> Executor:
        if self.pool is None:
            wanted = self.workers or os.cpu_count() or 1
            if isinstance(wanted, str):
                self._own = self._cluster(wanted)
            else:
                self._own = self._processes(min(wanted, most))
            self.pool = self._own
        return self.pool

    def _processes(self, count: int) -> Executor:
        official = self.official_fonts
        return make_pool(count, official and private.with_official(official, self.cache_dir))

    def _cluster(self, address: str) -> Executor:
        from evalpress.pdf.cluster import Cluster

        fonts = private.official_fingerprint(self.official_fonts) if self.official_fonts else ""
        found = Cluster(address, self.tls, fonts)
        if found.refused and self.progress:
            self.progress.say(word("cluster", "refused").format("、".join(found.refused)))
        return found


def make_pool(workers: int, fontconfig: Path | None = None) -> Executor:
    """Worker processes that use the private fonts, or those of another fontconfig file, and end
    with this process."""
    known = str(fontconfig or private.fontconfig_file())
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(known,)
    )


def _begin(fontconfig: str) -> None:
    """Make the fonts known. A build that is killed must not leave workers behind either: they would
    wait for ever."""
    os.environ["FONTCONFIG_FILE"] = fontconfig
    threading.Thread(target=_outlive_nothing, daemon=True).start()


def _outlive_nothing() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _failed(failures: Mapping[str, BaseException]) -> PrintFailed:
    """All that failed, those with the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for name, error in failures.items():
        by_reason.setdefault(_reason(error), []).append(name)
    reasons = (f"{'、'.join(names)}：{reason}" for reason, names in by_reason.items())
    failed = PrintFailed("\n".join([word("print", "failed"), *reasons]))
    told = (Unprintable, BrokenExecutor)
    faults = (error for error in failures.values() if not isinstance(error, told))
    failed.__cause__ = next(faults, None)
    return failed


def _reason(error: BaseException) -> str:
    if isinstance(error, BrokenExecutor):
        return word("print", "broken")
    return str(error) if isinstance(error, Unprintable) else repr(error)
