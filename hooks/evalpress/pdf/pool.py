"""5 print: many jobs -> files, over worker processes that stay alive from job to job."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path

from evalpress.cachefiles import write_whole
from evalpress.pdf import fonts
from evalpress.pdf.cache import cached_file
from evalpress.pdf.document import document_html
from evalpress.pdf.finish import finish
from evalpress.pdf.gaps import explain_gaps
from evalpress.pdf.job import PrintFailed, PrintJob, SignsMissing, Unprintable
from evalpress.pdf.layout import lay_out
from evalpress.wording import word


def print_all(
    jobs: Sequence[PrintJob],
    cache_dir: Path,
    pool: Executor | None = None,
    workers: int | None = None,
) -> tuple[dict[str, Path], int]:
    """Print every job that is not in the cache. Gives the file of each job by name, and how many
    were printed now. Raises PrintFailed after all others have finished."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    files = {job.name: cached_file(cache_dir, job) for job in jobs}
    wanted = [job for job in jobs if not files[job.name].exists()]
    if wanted:
        own = pool or make_pool(min(workers or os.cpu_count() or 1, len(wanted)))
        try:
            _print(wanted, files, own)
        finally:
            if pool is None:
                own.shutdown(cancel_futures=True)
    return files, len(wanted)


def make_pool(workers: int) -> Executor:
    """Worker processes that use the private fonts and end with this process."""
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig_file())
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    """A build that is killed must not leave workers behind: they would wait for ever."""
    threading.Thread(target=_outlive_nothing, daemon=True).start()


def _outlive_nothing() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _print(jobs: Iterable[PrintJob], files: dict[str, Path], pool: Executor) -> None:
    running = {job.name: pool.submit(print_one, job, files[job.name]) for job in jobs}
    failures = {name: error for name, future in running.items() if (error := future.exception())}
    if failures:
        faults = [error for error in failures.values() if not isinstance(error, Unprintable)]
        reasons = (f"{name}：{_reason(error)}" for name, error in failures.items())
        told = "\n".join([word("print", "failed"), *reasons])
        raise PrintFailed(told) from next(iter(faults), None)


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, Unprintable) else repr(error)


def print_one(job: PrintJob, target: Path) -> None:
    """Print one job into `target`; the file appears whole or not at all."""
    try:
        laid_out = lay_out(document_html(job), job.base_url, job.data, job.dated)
    except SignsMissing as missing:
        raise Unprintable(explain_gaps(str(missing), job.sources)) from None
    write_whole(target, finish(laid_out))
