"""evalpress.pdf.cluster: workers that share no folder; one is killed, one is another program."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from evalpress import pdf
from evalpress.pdf import cluster, printing
from evalpress.pdf.job import NoCluster
from print_jobs import JOB
from waiting import CEILING, wait_until

distributed = pytest.importorskip("distributed")
HOOKS = Path(pdf.__file__).parents[2]
NAMES = [f"parks-{year}" for year in range(2020, 2026)]


@dataclass
class Workers:
    """A scheduler and its workers, each a process with a folder of its own."""

    folder: Path
    address: str
    processes: list[subprocess.Popen[bytes]]

    def start(self, hooks: Path = HOOKS, threads: int = 1) -> subprocess.Popen[bytes]:
        """One more worker, with the program that lies in `hooks`."""
        own = self.folder / str(len(self.processes))
        own.mkdir()
        options = ["--no-nanny", "--nthreads", str(threads), "--local-directory", str(own)]
        return self.run(["worker", self.address, *options, "--no-dashboard"], own, hooks)

    def run(self, command: list[str], own: Path, hooks: Path = HOOKS) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(hooks)}
        begun = subprocess.Popen(
            [sys.executable, "-m", "dask", *command], cwd=own, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(begun)
        return begun

    def wait_for(self, count: int) -> None:
        with distributed.Client(self.address, timeout=CEILING, set_as_default=False) as client:
            there = partial(client.scheduler_info, n_workers=-1)
            wait_until(lambda: len(there()["workers"]) == count, self.processes[0])


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    started = Workers(tmp_path / "workers", f"tcp://127.0.0.1:{port}", [])
    started.folder.mkdir()
    command = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    started.run(command, started.folder)
    yield started
    for process in started.processes:
        process.kill()
        process.wait()


@dataclass
class Killing(pdf.Progress):
    """Kills a worker as soon as the first report is there."""

    killed: subprocess.Popen[bytes] | None = None

    @contextmanager
    def of(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        assert self.killed
        yield self.killed.kill


def jobs(folder: Path) -> list[pdf.PrintJob]:
    """Reports with a file of their own each."""
    data = folder / "data.json"
    data.write_text('{"分": 1}', encoding="utf-8")
    return [replace(JOB, name=n, data=(pdf.Data("a.json", "数据", str(data)),)) for n in NAMES]


def test_what_is_sent_holds_all_that_is_printed_and_no_data_file(tmp_path: Path) -> None:
    (job, *_) = jobs(tmp_path)
    known = replace(job, sources=(("data/x.yml", str(tmp_path / "x.yml")),))
    _, sent, files = cluster._SENT["print_one"](known, tmp_path / "a.pdf")
    assert sent.sources == () and list(files.values()) == ['{"分": 1}'.encode()]
    assert b"x.yml" not in pickle.dumps((sent, files))
    printing.print_one(job, tmp_path / "a.pdf")
    assert cluster.print_away(sent, files) == (tmp_path / "a.pdf").read_bytes()


def test_where_nobody_answers_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS", 1)
    with (
        pytest.raises(NoCluster, match="没有应答"),
        pdf.Press(tmp_path, "tcp://127.0.0.1:9") as one,
    ):
        one.print([JOB])


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_no_report_and_another_program_prints_none(
    workers: Workers, tmp_path: Path
) -> None:
    other = tmp_path / "hooks"
    shutil.copytree(HOOKS, other, ignore=shutil.ignore_patterns("__pycache__"))
    style = other / "evalpress" / "templates" / "print.css"
    style.write_text(style.read_text(encoding="utf-8") + "\np { color: red }\n", encoding="utf-8")
    killed = workers.start()
    workers.start()
    workers.start(other)
    workers.start(threads=2)
    workers.wait_for(4)
    told: list[str] = []
    killing = Killing(told.append, killed=killed)
    with pdf.Press(tmp_path / "c", workers.address, progress=killing) as press:
        own = press._pool(1)
        assert isinstance(own, cluster.Cluster)
        assert (len(own.workers), len(own.refused)) == (2, 2)
        printed = press.print(jobs(tmp_path))
    assert killed.poll() is not None
    assert any("没有让它们印制" in line for line in told)
    with pdf.Press(tmp_path / "here", 1) as press:
        here = press.print(jobs(tmp_path))
    assert [f.read_bytes() for f in printed.values()] == [f.read_bytes() for f in here.values()]


@pytest.mark.slow
def test_where_the_last_worker_is_gone_nobody_waits_for_it(
    workers: Workers, tmp_path: Path
) -> None:
    only = workers.start()
    workers.wait_for(1)
    with pdf.Press(tmp_path / "cache", workers.address) as press:
        press._pool(1)
        os.kill(only.pid, signal.SIGKILL)
        with pytest.raises(pdf.PrintFailed, match="中途"):
            press.print(jobs(tmp_path))
