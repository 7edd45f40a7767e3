"""5 print: a page's Markdown -> PDF, in a pool of processes, each file cached under all that shapes it.

The only file that imports WeasyPrint, and only inside a worker, after the private fonts are set.
Nothing can be fetched while printing but `data:` addresses; pictures are put into the page as such.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import mimetypes
import os
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
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


class PrintFailed(Exception):
    """Reports that could not be printed, by name, with the first failure as the cause."""


def print_all(
    jobs: Sequence[PrintJob], cache_dir: Path, pool: Executor | None = None, workers: int | None = None
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
                own.shutdown()
    return files, len(wanted)


def _pool(workers: int) -> Executor:
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig_file())
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _print(jobs: Iterable[PrintJob], files: dict[str, Path], pool: Executor) -> None:
    running = {job.name: pool.submit(print_one, job, files[job.name]) for job in jobs}
    failures = {name: error for name, future in running.items() if (error := future.exception())}
    if failures:
        names = "、".join(failures)
        raise PrintFailed(word("print", "failed").format(names)) from next(iter(failures.values()))


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
    document = HTML(string=document_html(job), base_url=job.base_url or None, url_fetcher=fetcher)
    return bytes(document.write_pdf(pdf_tags=True) or b"")


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
    """What shapes all files alike: style, template, fonts, libraries."""
    parts = [STYLE.read_text(encoding="utf-8"), (TEMPLATES / "print.html.j2").read_text("utf-8")]
    parts += [fonts.fingerprint(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def sweep(cache_dir: Path, keep: Iterable[Path]) -> None:
    """Delete what the cache holds beyond these files."""
    wanted = set(keep)
    for path in cache_dir.glob("*"):
        if path not in wanted:
            path.unlink(missing_ok=True)
