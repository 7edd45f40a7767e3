"""The benchmarks' generator: the same bytes every time, of a kind that reads and checks well."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.bench_reading import EDITED, Cost, table
from evalpress.checks import Context, check
from evalpress.findings import Level, report
from evalpress.load import load
from evalpress.model import Kind, Provenance

REPORTS = 20


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "data"
    corpus.write(REPORTS, folder)
    return folder


def test_same_number_gives_same_bytes(data: Path, tmp_path: Path) -> None:
    corpus.write(REPORTS, tmp_path)
    first = {p.relative_to(data): p.read_bytes() for p in data.rglob("*.yml")}
    assert first == {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.yml")}


def test_nothing_blocks(data: Path) -> None:
    loaded = load(data)
    found = [*loaded.findings, *check(Context(loaded, data))]
    assert len(loaded.reports) == REPORTS
    assert not [f for f in found if f.level is Level.ERROR], report(found)
    assert sum(f.level is Level.WARNING for f in found) <= REPORTS


def test_reports_are_many_sided(data: Path) -> None:
    loaded = load(data)
    kinds = Counter(r.content.kind or Kind.DEPARTMENT for r in loaded.reports)
    assert kinds[Kind.DEPARTMENT] > kinds[Kind.PROJECT] > 0
    assert all(10 <= len(r.content.indicators) <= 15 for r in loaded.reports)
    assert {r.provenance for r in loaded.reference.regions.values()} == {Provenance.DEMONSTRATION}
    texts = [p.read_text(encoding="utf-8") for p in (data / "reports").rglob("*.yml")]
    assert len(set(texts)) == REPORTS
    assert all("演示数据" in text and EDITED in text for text in texts)


@pytest.mark.parametrize("count", [1, 100, 1000, 10_000])
def test_has_as_many_reports_as_asked(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.Composer, "report", lambda self: {})
    names = [name for name, _ in corpus.files(count) if name.startswith("reports/")]
    assert len(names) == len(set(names)) == count


def test_departments_differ() -> None:
    entries = [d.entry() for d in corpus.make_departments(10_000, 10)]
    assert len({e["id"] for e in entries}) == len({e["aliases"][0] for e in entries}) == 100


def test_table_compares_with_the_first_row() -> None:
    rounds = [{"yardstick": Cost(1, 20), "read": Cost(cpu, 90)} for cpu in (2, 3, 4)]
    assert table(rounds, 1000).splitlines()[2].split() == [
        "read", "3.00", "2.00-4.00", "3.00", "3.00", "90",
    ]  # fmt: skip
