"""What reading and checking cost: a number of reports -> a table of CPU seconds, ratios and memory.

Every measurement runs in a process of its own, imports excluded, in rounds that alternate with a
yardstick: PyYAML's C loader on the same files. Ratios to it carry over to other machines.

    python -m tests.benchmarks.bench_reading [REPORTS [ROUNDS]]
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import corpus

REPORTS, ROUNDS = 1000, 3
EDITED = "  disclosure: 主动公开\n"
EDIT = EDITED + "  author: 第{}次修改\n"


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system) and the highest memory in MB of one measured run."""

    cpu: float
    memory: float


def used() -> float:
    """CPU seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(run: Callable[[], object]) -> Cost:
    """What a call costs in this process."""
    before = used()
    run()
    cpu = used() - before
    return Cost(cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


# --- what is measured ---------------------------------------------------------------------------


def yardstick(root: Path) -> Cost:
    """Parse every report with the fastest YAML loader and do nothing else."""

    def run() -> None:
        for path in sorted((root / "data" / "reports").rglob("*.yml")):
            yaml.load(path.read_bytes(), yaml.CSafeLoader)

    return measured(run)


def read_only(root: Path) -> Cost:
    """1 read, without a check and without keeping anything."""
    from evalpress.load import load

    return measured(lambda: load(root / "data", root))


def read_and_check(root: Path) -> Cost:
    """1 read and 2 check, with what earlier runs kept in the project's cache folder."""
    from evalpress import site
    from evalpress.findings import Level
    from evalpress.settings import Settings

    found = []
    cost = measured(lambda: found.append(site.read(Settings(), root)))
    errors = [f for f in found[0][1].open if f.level is Level.ERROR]
    if errors:
        raise RuntimeError(f"the corpus has errors: {errors[0]}")
    return cost


def alone(run: Callable[[Path], Cost], root: Path) -> Cost:
    """Run a measurement in a fresh process, so that none warms another up or adds to its memory."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(run, root).result()


def one_round(root: Path, number: int) -> dict[str, Cost]:
    """Every measurement once; the cache folder is empty at the beginning."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    reports = sorted((root / "data" / "reports").rglob("*.yml"))
    edited = reports[len(reports) // 2]
    costs = {
        "yardstick: CSafeLoader": alone(yardstick, root),
        "read, keep nothing": alone(read_only, root),
        "read and check, all new": alone(read_and_check, root),
        "again, nothing changed": alone(read_and_check, root),
    }
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace(EDITED, EDIT.format(number)), encoding="utf-8")
    costs["again, one report changed"] = alone(read_and_check, root)
    edited.write_text(text, encoding="utf-8")
    return costs


# --- how it is shown ----------------------------------------------------------------------------


def table(rounds: list[dict[str, Cost]], reports: int) -> str:
    """Medians of all rounds with their range, and of the multiples of each round's yardstick."""
    first, *_ = rounds[0]
    lines = [f"{'':28}{'CPU s':>8}{'range':>16}{'ms/report':>11}{'x yardstick':>13}{'peak MB':>9}"]
    for name in rounds[0]:
        times = [r[name].cpu for r in rounds]
        cpu, span = statistics.median(times), f"{min(times):.2f}-{max(times):.2f}"
        ratio = statistics.median(r[name].cpu / r[first].cpu for r in rounds)
        each, memory = 1000 * cpu / reports, max(r[name].memory for r in rounds)
        lines.append(f"{name:28}{cpu:8.2f}{span:>16}{each:11.2f}{ratio:13.2f}{memory:9.0f}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Generate the corpus in a temporary folder, measure, print."""
    reports, count, *_ = [*map(int, arguments), *(REPORTS, ROUNDS)[len(arguments) :]]
    with tempfile.TemporaryDirectory(prefix="evalpress-bench-") as folder:
        root = Path(folder)
        corpus.write(reports, root / "data")
        rounds = [one_round(root, number) for number in range(1, count + 1)]
    print(f"{reports} reports, {count} rounds, Python {sys.version.split()[0]}")
    print(table(rounds, reports))


if __name__ == "__main__":
    main(sys.argv[1:])
