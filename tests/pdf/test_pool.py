"""evalpress.pdf.pool, cache: only what changed is printed; failures are named; a kill is safe."""

from __future__ import annotations

import signal
import time
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import make_small_project
from print_jobs import JOB
from pypdf import PdfReader

from evalpress import pdf


def test_only_what_changed_is_printed(tmp_path: Path, pool: Executor) -> None:
    others = [JOB, replace(JOB, name="parks-2024")]
    assert pdf.print_all(others, tmp_path, pool)[1] == 2
    assert pdf.print_all(others, tmp_path, pool)[1] == 0
    others[1] = replace(others[1], markdown="# 改过的标题")
    assert pdf.print_all(others, tmp_path, pool)[1] == 1
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("field", ["title", "markdown", "author", "description", "footer", "stamp"])
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
        pdf.print_all([wrong, JOB], tmp_path, pool)
    assert JOB.name not in str(failed.value)
    assert failed.value.__cause__ is not None
    assert [path.name[:10] for path in tmp_path.iterdir()] == ["parks-2025"]


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_no_workers(tmp_path: Path) -> None:
    project = make_small_project(tmp_path)
    cache = tmp_path / ".cache/evalpress/pdf"
    process = project.start("mkdocs", "build")
    wait_until(lambda: cache.is_dir() and any(cache.glob("*.pdf")))
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert workers
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    for path in cache.glob("*.pdf"):
        with PdfReader(path) as reader:
            assert reader.pages[0].extract_text()
    built = project.build()
    assert built.code == 0, built.said
    assert len(list(cache.iterdir())) == 3


def wait_until(happens: Any) -> None:
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.005)


def children(pid: int) -> list[int]:
    """All processes below one, as far down as they go."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    direct = [int(word) for path in lists for word in path.read_text().split()]
    return [*direct, *(below for child in direct for below in children(child))]
