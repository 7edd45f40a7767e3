"""What one PDF costs: python -m tests.benchmarks.bench_pdf [rounds]

A report of the project against the same Markdown and style sheet printed by WeasyPrint's defaults
with the Noto collection, in turn and in one run; then long cells and tables, each in a process of
its own. See README.md, "One PDF".
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint
from pypdf import PdfReader

from evalpress import pdf, site
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pdf import conformance, finish, html, layout
from evalpress.settings import Settings
from evalpress.typefaces import private

ROOT = Path(__file__).parents[2]
REPORT = "culture-2025"
FANDOL = {
    '"FandolFang", ': "", '"FandolSong", ': "", '"FandolKai", ': "", '"FandolHei", ': "",
    '"FandolSong"': '"Noto Serif CJK SC"',
}  # fmt: skip
CELLS = (5_000, 10_000, 20_000)
ROWS = (125, 250, 500)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.environ["FONTCONFIG_FILE"] = str(private.fontconfig_file())
    _compare(_job(), rounds)
    _grow("cell of {} characters", "cell", CELLS)
    _grow("table of {} rows, 8 columns", "rows", ROWS)


def _job() -> pdf.PrintJob:
    made = site.make(Settings(), ROOT, ROOT / "docs")
    made.export()
    page = next(page for page in made.pages if page.report and page.report.key.name == REPORT)
    return made._job(page, "https://pf.example.gov.cn/")


def _compare(job: pdf.PrintJob, rounds: int) -> None:
    style = html.STYLE.read_text(encoding="utf-8")
    for fandol, noto in FANDOL.items():
        style = style.replace(fandol, noto)

    def ours() -> bytes:
        page = html.document_html(job)
        return finish.finish(layout.lay_out(page, job.base_url, job.data, job.dates[0]))

    def theirs() -> bytes:
        page = html.document_html(job).replace("</head>", f"<style>{style}</style></head>")
        return bytes(weasyprint.HTML(string=page, base_url=job.base_url).write_pdf() or b"")

    ours(), theirs()
    pairs = [(_cpu(ours), _cpu(theirs)) for _ in range(rounds)]
    mine, other = (min(seconds) for seconds in zip(*pairs, strict=True))
    print(f"{REPORT}: {_pages(ours())} pages, {len(ours()) / 1000:.0f} KB, tagged, data inside")
    print(f"WeasyPrint's defaults, Noto: {_pages(theirs())} pages, {len(theirs()) / 1000:.0f} KB")
    print(f"CPU: {mine:.2f} s / {other:.2f} s = {mine / other:.2f}")
    _phases(job, mine)


def _phases(job: pdf.PrintJob, whole: float) -> None:
    """Where the time goes."""
    options = {"pdf_variant": conformance.VARIANT, "pdf_identifier": False}
    page = html.document_html(job)
    laid_out = layout.lay_out(page, job.base_url, job.data, job.dates[0])

    def render() -> None:
        source = weasyprint.HTML(string=page, url_fetcher=layout._fetcher())
        source.render(stylesheets=[layout._style()], font_config=layout._fonts(), **options)

    steps: dict[str, Callable[[], object]] = {
        "Markdown and template": lambda: html.document_html(job),
        "parse HTML, style, lay out": render,
        "all of WeasyPrint": lambda: layout.lay_out(page, job.base_url, job.data, job.dates[0]),
        "number and pack": lambda: finish.finish(laid_out),
    }
    for name, step in steps.items():
        print(f"  {name}: {min(_cpu(step) for _ in range(3)) / whole:.0%}")


def _cpu(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _pages(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


def _grow(name: str, kind: str, sizes: tuple[int, ...]) -> None:
    """CPU per unit and peak memory as a thing grows; each in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_pdf"]
    base = 0.0
    for size in sizes:
        done = subprocess.run([*command, kind, str(size)], capture_output=True, text=True, cwd=ROOT)
        seconds, memory, kilobytes = map(float, done.stdout.split())
        base = base or seconds / size
        print(
            f"{name.format(size)}: {seconds:.2f} s, {seconds / size / base:.2f} of the first's time"
            f" for each, {memory:.0f} MB at most, {kilobytes:.0f} KB"
        )


def _print_one(kind: str, size: int) -> None:
    """Print one grown thing; tells CPU, peak memory in MB and size in KB."""
    os.environ["FONTCONFIG_FILE"] = str(private.fontconfig_file())
    layout.lay_out(f'<html lang="zh"><title>暖</title><p>{"预热" * 99}</p></html>')
    page = html.document_html(pdf.PrintJob("a", "标题", f"# 标题\n\n{_grown(kind, size)}"))
    started = time.process_time()
    content = finish.finish(layout.lay_out(page))
    seconds = time.process_time() - started
    print(seconds, _peak() / 1024, len(content) / 1000)


def _peak() -> int:
    """The most memory of this process in KB; getrusage may tell that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _grown(kind: str, size: int) -> str:
    """A table with one cell of so many characters, or of so many rows."""
    columns = tuple(Column(f"第{n}列") for n in range(8))
    text = "绩效目标完成情况良好，资金使用规范。" * (size // 18 + 1)
    rows = [Row(tuple(cell(f"内容{n % 97}-{at}") for at in range(8))) for n in range(size)]
    if kind == "cell":
        columns = columns[:2]
        rows = [Row((cell("说明"), cell(text[:size])))]
    return Grid("g", "表", columns, tuple(rows)).html()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _print_one(sys.argv[1], int(sys.argv[2]))
    else:
        main()
