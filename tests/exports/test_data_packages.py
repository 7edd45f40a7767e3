"""Data packages of built sites, read by a program of others: schemas, types, keys of tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from frictionless import Report, validate

from projects import Finished
from sampling import sample

PACKAGE = "datapackage.json"


def checked(path: Path) -> Report:
    return validate(str(path))


def packages(site: Path) -> list[Path]:
    return sorted((site / "data").rglob(PACKAGE))


def test_packages_of_a_small_site_are_valid(finished_plain: Finished) -> None:
    found = packages(finished_plain.site)
    assert len(found) == 3  # two years and a department
    for path in found:
        report = checked(path)
        assert report.valid, report.flatten(["path", "title", "message"])
        assert report.stats["tasks"] == len(list(path.parent.glob("*.csv")))


def test_a_package_whose_table_was_changed_is_not(finished_plain: Finished, tmp_path: Path) -> None:
    source = finished_plain.site / "data/years/2025"
    for number, (old, new) in enumerate([("2025,", "25年,"), ("parks/2025/", "parks/1999/")]):
        folder = tmp_path / str(number)
        shutil.copytree(source, folder)
        table = folder / "indicators.csv"
        text = table.read_text(encoding="utf-8-sig")
        assert old in text
        table.write_text(text.replace(old, new), encoding="utf-8-sig")
        assert not checked(folder / PACKAGE).valid


@pytest.mark.slow
def test_packages_of_the_demonstration_are_valid(finished: Finished) -> None:
    for path in sample(packages(finished.site), 4):
        report = checked(path)
        assert report.valid, report.flatten(["path", "title", "message"])
