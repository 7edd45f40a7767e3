"""5 print: a page's Markdown -> PDF, in a pool of processes, cached under all that shapes it.

The only file that imports WeasyPrint, and only inside a worker, after the private fonts are set.
Nothing can be fetched while printing but `data:` addresses; pictures are put into the page as such.
"""

from __future__ import annotations

import base64
import ctypes
import hashlib
import html
import json
import logging
import mimetypes
import os
import tempfile
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import markdown

from evalpress import fonts
from evalpress.markup import render
from evalpress.wording import TEMPLATES, word

# The Markdown that pages are written in; site and PDF read it with the same extensions.
EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
STYLE = TEMPLATES / "print.css"
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "Markdown")
_SYSTEM_LIBRARIES = (
    ("libpango-1.0.so.0", "pango_version"),
    ("libfontconfig.so.1", "FcGetVersion"),
)


@dataclass(frozen=True)
class PrintJob:
    """One PDF to print. `pictures` maps addresses in the Markdown to files."""

    name: str
    title: str
    markdown: str
    author: str = ""
    description: str = ""
    base_url: str = ""
    footer: str = ""
    stamp: str = ""
    pictures: tuple[tuple[str, str], ...] = ()


class Unprintable(Exception):
    """Something in a report cannot be printed; the text tells the clerk what."""


class PrintFailed(Exception):
    """Reports that could not be printed, each with the reason.

    The cause is the first failure that is a fault of the program and not of a report, if any is.
    """


def print_all(
    jobs: Sequence[PrintJob],
    cache_dir: Path,
    pool: Executor | None = None,
    workers: int | None = None,
) -> tuple[dict[str, Path], int]:
    """Print every job that is not in the cache. Gives the file of each job by name, and how many
    were printed now. Raises PrintFailed after all others have finished."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    files = {job.name: cache_dir / f"{job.name}-{fingerprint(job)}.pdf" for job in jobs}
    wanted = [job for job in jobs if not files[job.name].exists()]
    if wanted:
        own = pool or _pool(min(workers or os.cpu_count() or 1, len(wanted)))
        try:
            _print(wanted, files, own)
        finally:
            if pool is None:
                own.shutdown(cancel_futures=True)
    return files, len(wanted)


def _pool(workers: int) -> Executor:
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
    os.environ.setdefault("FONTCONFIG_FILE", str(fonts.fontconfig_file()))
    content = _weasyprint(job)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        part.write(content)
    os.replace(part.name, target)


def _weasyprint(job: PrintJob) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    text, complaints = document_html(job), _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        document = HTML(string=text, base_url=job.base_url or None, url_fetcher=fetcher)
        content = bytes(document.write_pdf(pdf_tags=True) or b"")
    finally:
        logger.removeHandler(complaints)
    complaints.refuse()
    return content


class _Complaints(logging.Handler):
    """What WeasyPrint only warns of, though a reader would miss it: signs and pictures."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.signs: dict[str, None] = {}
        self.pictures = 0

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.signs[f"“{record.args[0]}”（U+{record.args[1]:04X}）"] = None
        elif str(record.msg).startswith("Failed to load image"):
            self.pictures += 1

    def refuse(self) -> None:
        """Raise Unprintable if anything would be missing from the printed page."""
        if self.signs:
            raise Unprintable(word("print", "signs").format("、".join(self.signs)))
        if self.pictures:
            raise Unprintable(word("print", "pictures").format(self.pictures))


def document_html(job: PrintJob) -> str:
    """The whole HTML document that a job prints from."""
    body = page_html(job.markdown)
    for address, file in job.pictures:
        body = body.replace(f'src="{html.escape(address)}"', f'src="{_data_address(Path(file))}"')
    return str(render("print.html.j2", job=job, body=body, style=STYLE.read_text(encoding="utf-8")))


def page_html(text: str) -> str:
    """A page's Markdown as HTML."""
    return markdown.markdown(text, extensions=list(EXTENSIONS))


def _data_address(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def fingerprint(job: PrintJob) -> str:
    """A hash of everything that shapes the job's file."""
    pictures = [hashlib.sha256(Path(file).read_bytes()).hexdigest() for _, file in job.pictures]
    described: dict[str, Any] = {**asdict(job), "pictures": pictures, "shared": _shared()}
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:20]


@cache
def _shared() -> str:
    """What shapes all files alike: this program, style, template, fonts, libraries."""
    sources = (Path(__file__), STYLE, TEMPLATES / "print.html.j2")
    parts = [path.read_text(encoding="utf-8") for path in sources]
    parts += [fonts.fingerprint(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    parts += [str(getattr(ctypes.CDLL(name), call)()) for name, call in _SYSTEM_LIBRARIES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def sweep(cache_dir: Path, keep: Iterable[Path]) -> None:
    """Delete what the cache holds beyond these files."""
    wanted = set(keep)
    for path in cache_dir.glob("*"):
        if path not in wanted:
            path.unlink(missing_ok=True)
