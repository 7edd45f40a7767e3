"""5 print: one job -> its file. What worker processes run; it loads all that printing needs."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

from evalpress.cache.cachefiles import write_whole
from evalpress.pdf.binding import bind
from evalpress.pdf.finish import finish
from evalpress.pdf.gaps import explain_gaps
from evalpress.pdf.html import document_html
from evalpress.pdf.job import BookJob, PrintJob, SignsMissing, Unprintable
from evalpress.pdf.layout import lay_out


def print_one(job: PrintJob, target: Path) -> None:
    """Print one job into `target`; the file appears whole or not at all.

    Raises Unprintable, with file and line of signs that no font has, and what `lay_out` raises."""
    try:
        content = printed(job)
    except SignsMissing as missing:
        raise Unprintable(explain_gaps(str(missing), job.sources)) from None
    write_whole(target, content)


def printed(job: PrintJob) -> bytes:
    """The bytes of a job's PDF. Raises what `lay_out` raises."""
    content = finish(lay_out(document_html(job), job.base_url, job.data, job.dates[0]))
    _give_memory_back()
    return content


def bind_one(job: BookJob, files: Sequence[Path], target: Path) -> None:
    """Bind the PDFs of a book's parts into `target`; the file appears whole or not at all."""
    write_whole(target, bind(job, files))


def _give_memory_back() -> None:
    """What a report leaves free lies in pieces between what stays, and a C library that can be told
    so (glibc) keeps it: a worker would grow from report to report."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
