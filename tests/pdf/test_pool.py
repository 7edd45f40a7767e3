"""evalpress.pdf.pool, cache: only what changed is printed; failures are named; a kill is safe."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalpress import pdf
from print_jobs import JOB, print_all
from projects import make_small_project
from projects import replace as replace_text
from waiting import CEILING, wait_for_ends, wait_until


def test_only_what_changed_is_printed(tmp_path: Path, pool: Executor) -> None:
    others = [JOB, replace(JOB, name="parks-2024")]
    assert print_all(others, tmp_path, pool)[1] == 2
    assert print_all(others, tmp_path, pool)[1] == 0
    others[1] = replace(others[1], markdown="# 改过的标题")
    assert print_all(others, tmp_path, pool)[1] == 1
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("field", ["title", "markdown", "author", "description", "stamp"])
def test_all_that_shapes_a_file_is_in_its_fingerprint(field: str) -> None:
    assert pdf.fingerprint(replace(JOB, **{field: "另一个"})) != pdf.fingerprint(JOB)


def test_a_changed_picture_changes_the_fingerprint(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    found = []
    for content in (b"1", b"2"):
        picture.write_bytes(content)
        found.append(pdf.fingerprint(replace(JOB, pictures=(("a.png", str(picture)),))))
    assert found[0] != found[1]


def test_a_failing_report_is_named_and_the_others_are_printed(
    tmp_path: Path, pool: Executor
) -> None:
    wrong = replace(JOB, name="parks-2023", markdown=None)  # type: ignore[arg-type]
    with pytest.raises(pdf.PrintFailed, match="parks-2023") as failed:
        print_all([wrong, JOB], tmp_path, pool)
    assert JOB.name not in str(failed.value)
    assert failed.value.__cause__ is not None
    assert [path.name[:10] for path in tmp_path.iterdir()] == ["parks-2025"]


NAMES = ("parks-2025", "parks-2024", "archives-2025")
REPORTS = [replace(JOB, name=name) for name in NAMES]
BOOKS = [
    pdf.BookJob(name, name, (name,), tuple(pdf.BookPart(n, n) for n in NAMES if key in n))
    for name, key in (("parks", "parks"), ("of-2025", "2025"), ("of-2024", "2024"))
]


def run(folder: Path, pool: Executor, jobs: list[pdf.PrintJob]) -> tuple[int, int]:
    """How many reports were printed and books bound."""
    with pdf.Press(folder, pool=pool) as press:
        files = press.bind(BOOKS, press.print(jobs))
        assert all(path.is_file() for path in files.values())
    return press.printed, press.bound


def test_only_books_that_hold_a_changed_report_are_bound_anew(
    tmp_path: Path, pool: Executor
) -> None:
    assert run(tmp_path, pool, REPORTS) == (3, 3)
    assert run(tmp_path, pool, REPORTS) == (0, 0)
    changed = [replace(REPORTS[0], markdown="# 改过的标题"), *REPORTS[1:]]
    assert run(tmp_path, pool, changed) == (1, 2)


def test_no_workers_start_where_everything_is_there(tmp_path: Path, pool: Executor) -> None:
    run(tmp_path, pool, REPORTS)
    with pdf.Press(tmp_path) as press:
        press.bind(BOOKS, press.print(REPORTS))
        assert press.pool is None


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_workers_may_start_in_any_way(tmp_path: Path, method: str) -> None:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as workers:
        assert run(tmp_path, workers, REPORTS) == (3, 3)


def test_reports_that_fail_for_one_reason_are_told_together(tmp_path: Path, pool: Executor) -> None:
    wrong = [replace(job, markdown="# 标题\n\n满意😀") for job in REPORTS[:2]]
    with pytest.raises(pdf.PrintFailed, match="parks-2025、parks-2024：") as failed:
        run(tmp_path, pool, [*wrong, REPORTS[2]])
    assert len(str(failed.value).splitlines()) == 2
    assert [path.name[:13] for path in tmp_path.iterdir()] == ["archives-2025"]


@pytest.mark.parametrize("broken_before", [True, False])
def test_workers_that_are_killed_are_told_in_words(tmp_path: Path, broken_before: bool) -> None:
    """As the system does when memory runs out."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as workers:
        ended = workers.submit(os._exit, 1)
        if broken_before:
            assert ended.exception()
        with pytest.raises(pdf.PrintFailed, match="pdf_workers: 1") as failed:
            run(tmp_path, workers, REPORTS)
    assert failed.value.__cause__ is None
    assert "、".join(NAMES) in str(failed.value)


PUBLISH = "  - hooks/publish.py\n"
HOLD = """
import threading
from evalpress import pdf

pdf.Press.bind = lambda *given: threading.Event().wait()
"""


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_no_workers(tmp_path: Path) -> None:
    """A hook holds the build before it binds, so that it is never over before it is killed."""
    project = make_small_project(tmp_path)
    (tmp_path / "hold.py").write_text(HOLD, encoding="utf-8")
    hooks = project.config.read_text(encoding="utf-8")
    replace_text(project.config, PUBLISH, f"  - hold.py\n{PUBLISH}")
    cache = tmp_path / ".cache/evalpress/pdf"
    process = project.start("mkdocs", "build")
    wait_until(lambda: any(cache.glob("*.pdf")), process)
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=CEILING)
    assert workers
    wait_for_ends(workers)
    for path in cache.glob("*.pdf"):
        with PdfReader(path) as reader:
            assert reader.pages[0].extract_text()
    project.config.write_text(hooks, encoding="utf-8")
    built = project.build()
    assert built.code == 0, built.said
    assert {path.suffix for path in cache.iterdir()} == {".pdf"}
    assert len(list(cache.iterdir())) == 4, "three reports and a book"


def children(pid: int) -> list[int]:
    """All processes below one, as far down as they go."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    direct = [int(word) for path in lists for word in path.read_text().split()]
    return [*direct, *(below for child in direct for below in children(child))]
