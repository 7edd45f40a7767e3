"""What whole builds cost: a number of reports -> a table of ratios to stock MkDocs + Material.

The same pages' Markdown, written once by this program, is what the other generators are fed with.
Every build is a process of its own and is measured with its imports and its children; the tools
take turns in each round. HTML and data, without PDFs and books. Zensical and Hugo take part where
they are on the PATH, by a frame of three lines for Hugo, which has no theme of its own.

    python -m tests.benchmarks.bench_site [REPORTS [ROUNDS [FOLDER]]]
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import corpus

from evalpress import site
from evalpress.settings import Settings

REPORTS, ROUNDS = 1000, 1
ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-01 09:00"
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "-q"]
STOCK = """site_name: x
theme: {name: material, language: zh, font: false}
plugins: []
nav: [index.md]
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, anchors: ignore,
  unrecognized_links: ignore}}
markdown_extensions: [attr_list, md_in_html, tables, toc, fenced_code]
"""
HUGO = """baseURL = "https://example.org/"
title = "x"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""
FRAME = "<!doctype html><html lang=zh><head><title>{{ .Title }}</title></head>\n<body>"
FRAME += "{{ .TableOfContents }}{{ .Content }}</body></html>\n"


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a build with its children, seconds on the clock, and its highest memory."""

    cpu: float
    wall: float
    megabytes: float


def run(command: list[str], folder: Path) -> Cost:
    """What a command costs in this folder. Raises CalledProcessError where it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder / "hooks")}
    log = folder / "log.txt"
    with log.open("w") as said:
        started = os.times().elapsed
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(log.read_text()[-2000:], file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, command)
    wall = os.times().elapsed - started
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


# --- the folders --------------------------------------------------------------------------------


def own_project(folder: Path, count: int) -> None:
    """This program with so many generated reports."""
    folder.mkdir(parents=True)
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "hooks", quiet=1)  # as pip does for what it installs
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = f"    data_dir: data\n    pdf: false\n    as_of: {AS_OF}\n"
    (folder / "mkdocs.yml").write_text(text.replace("    data_dir: data\n", settings))
    corpus.write(count, folder / "data")


def frozen(project: Path, folder: Path) -> int:
    """The Markdown of every generated page as a folder of documents; gives their number."""
    settings = Settings.model_validate({"pdf": False, "as_of": AS_OF, "cache_dir": ".cache/frozen"})
    pages = site.make(settings, project, project / "docs").pages
    for page in pages:
        path = folder / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, encoding="utf-8")
    return len(pages)


def others(folder: Path, documents: Path) -> dict[str, Callable[[], Cost]]:
    """The builds of other generators that are installed, by name, each of the same documents."""
    (folder / "stock.yml").write_text(f"{STOCK}site_dir: stock\n")
    searched = STOCK.replace("plugins: []", "plugins: [search]")
    (folder / "search.yml").write_text(f"{searched}site_dir: search\n")
    found: dict[str, Callable[[], Cost]] = {
        "stock": lambda: run([*MKDOCS, "-f", "stock.yml"], folder),
        "stock with search": lambda: run([*MKDOCS, "-f", "search.yml"], folder),
    }
    if zensical := shutil.which("zensical"):
        command = [zensical, "build", "-f", "stock.yml", "--clean"]
        found["Zensical"] = lambda: run(command, folder)
    if hugo := shutil.which("hugo"):
        _prepare_hugo(folder / "hugo", documents)
        found["Hugo"] = lambda: run([hugo, "--quiet"], folder / "hugo")
    return found


def _prepare_hugo(folder: Path, documents: Path) -> None:
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO)
    for name in ("single.html", "list.html"):
        (folder / "layouts" / "_default" / name).write_text(FRAME)
    shutil.copytree(documents, folder / "content")
    for path in (folder / "content").rglob("index.md"):
        path.rename(path.with_name("_index.md"))


# --- what is measured ---------------------------------------------------------------------------


@contextmanager
def edited(path: Path, pattern: str, new: str) -> Iterator[None]:
    """A file in which the first match of a pattern is `new` for a while. Raises ValueError where it
    has none."""
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(pattern, new, text, count=1)
    if not count:
        raise ValueError(f"nothing to edit: {path}")
    path.write_text(changed, encoding="utf-8")
    yield
    path.write_text(text, encoding="utf-8")


# What is edited in a report: a sentence of its text, what an indicator reached.
EDITS = {
    "one sentence edited": (r"\n  - ", "\n  - 又及，"),
    "one figure edited": (r"(actual: \d+)\d", r"\g<1>9"),
}


def own_builds(project: Path) -> Iterator[tuple[str, Cost]]:
    """Our builds in the order in which they follow from each other."""
    for name in ("site", ".site-releases", ".cache"):
        shutil.rmtree(project / name, ignore_errors=True)
    yield "all new", run(MKDOCS, project)
    yield "nothing changed", run(MKDOCS, project)
    reports = sorted((project / "data" / "reports").rglob("*.yml"))
    for name, (pattern, new) in EDITS.items():
        with edited(reports[len(reports) // 2], pattern, new):
            yield name, run(MKDOCS, project)
        run(MKDOCS, project)
    templates = project / "hooks" / "evalpress" / "templates"
    with edited(templates / "panel.html.j2", 'class="', 'class="x '):
        yield "one template edited", run(MKDOCS, project)


def main(count: int = REPORTS, rounds: int = ROUNDS, folder: Path | None = None) -> None:
    """Measure in turns and print medians and ratios."""
    folder = folder or Path(tempfile.mkdtemp(prefix="bench-site-"))
    project, documents = folder / "own", folder / "others" / "docs"
    own_project(project, count)
    pages = frozen(project, documents)
    tools = others(folder / "others", documents)
    costs: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for name, cost in own_builds(project):
            costs.setdefault(name, []).append(cost)
        for name, build in tools.items():
            costs.setdefault(name, []).append(build())
    _print(costs, f"{count} reports, {pages} pages, {rounds} rounds")
    files = [path for path in (project / "site").rglob("*") if path.is_file()]
    print(f"site: {len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.0f} MB")


def _print(costs: dict[str, list[Cost]], head: str) -> None:
    cpu = {name: statistics.median(c.cpu for c in found) for name, found in costs.items()}
    columns = f"{'CPU s':>8}{'wall s':>8}{'MB':>7}{'/ stock':>9}{'/ stock with search':>21}"
    print(f"{head}\n{'':22}{columns}")
    for name, found in costs.items():
        wall = statistics.median(c.wall for c in found)
        memory = max(c.megabytes for c in found)
        plain, searched = cpu[name] / cpu["stock"], cpu[name] / cpu["stock with search"]
        print(f"{name:22}{cpu[name]:8.2f}{wall:8.2f}{memory:7.0f}{plain:9.3f}{searched:21.3f}")


if __name__ == "__main__":
    count, rounds, *folders = [*sys.argv[1:], *map(str, (REPORTS, ROUNDS)[len(sys.argv) - 1 :])]
    main(int(count), int(rounds), *map(Path, folders))
