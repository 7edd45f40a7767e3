"""Indexes of districts as one: every word finds what each of them finds, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evalpress.cache.kept import Kept
from evalpress.districts.joint_search import NotJoinable, OwnIndex, joint_search, read_index_of
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import Manifest
from evalpress.release.verification import files_of
from evalpress.search import NAMES
from search import mini, unpacking

MANY = 90  # pages beside the reports, so that a district has more buckets than another


def index_of(folder: Path) -> OwnIndex:
    names = json.loads((folder / NAMES).read_bytes())
    return read_index_of(folder, names, Manifest(files_of(folder, Hashes())))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("districts")
    reports = {a: mini.page(f"<p>甲地第{n}号公园</p>") for n, a in enumerate(mini.REPORTS)}
    others = {f"p{n}/": mini.page(f"<p>说明{n}水库</p>", f"第{n}页", "说明") for n in range(MANY)}
    mini.write(folder / "few", reports)
    mini.write(folder / "many", {mini.REPORTS[0]: mini.page("<p>乙地水库</p>"), **others})
    return {name: folder / name for name in ("few", "many")}


@pytest.fixture(scope="module")
def joined(sites: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joint")
    found = [(name, f"{name}区", index_of(site)) for name, site in sites.items()]
    for path, content in joint_search(found, Kept(None)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def listed(names: dict[str, Any]) -> list[str]:
    """The addresses of all pages in the order of the index, as names.js makes it."""
    own = [
        address
        for name, _, _, _, _, series, *_ in names["departments"]
        for address in (f"{name}/", *_reports(name, series))
    ]
    return [*own, *(address for address, _, _ in names["index"]["others"])]


def _reports(name: str, series: list[Any]) -> Iterator[str]:
    for slug, _, _, years, *_ in series:
        yield from (f"{name}/{year}/{slug + '/' if slug else ''}" for year in years)


def held(site: Path) -> dict[str, dict[str, int]]:
    """Every search word with the pages that hold it and how much it says there."""
    names = json.loads((site / NAMES).read_bytes())
    about, order = names["index"], listed(names)
    found: dict[str, dict[str, int]] = {}
    for path in (site / "search/words").iterdir():
        edition, parts = unpacking.segments(path, len(about["parts"]))
        assert edition == about["edition"]
        start = 0
        for part, pages in zip(parts, about["parts"], strict=True):
            for word, row in unpacking.rows(part, pages):
                own = found.setdefault(word, {})
                own |= {order[start + at]: weight for at, weight in enumerate(row) if weight}
            start += pages
    return found


def test_a_word_finds_what_it_finds_in_each_district(sites: dict[str, Path], joined: Path) -> None:
    expected: dict[str, dict[str, int]] = {}
    for name, site in sites.items():
        for word, pages in held(site).items():
            own = expected.setdefault(word, {})
            own |= {f"{name}/{address}": weight for address, weight in pages.items()}
    assert held(joined) == expected
    assert len({index_of(site).buckets for site in sites.values()}) == 2


def test_names_say_of_which_district_they_are(sites: dict[str, Path], joined: Path) -> None:
    names = json.loads((joined / NAMES).read_bytes())
    assert names["districts"] == [["few", "few区"], ["many", "many区"]]
    found = [(row[0], row[-1]) for row in names["departments"]]
    own = json.loads((sites["few"] / NAMES).read_bytes())["departments"]
    assert [name for name, _ in found] == [
        f"{prefix}/{row[0]}" for prefix in ("few", "many") for row in own
    ]
    assert [place for _, place in found] == [0] * len(own) + [1] * len(own)
    grades = [word for group in names["grades"] for word in group]
    assert len(grades) == len(set(grades))


def test_what_did_not_change_is_taken_as_kept(sites: dict[str, Path], tmp_path: Path) -> None:
    found = [(name, name, index_of(site)) for name, site in sites.items()]
    first = Kept(tmp_path / "kept.sqlite")
    made = joint_search(found, first)
    first.close()
    second = Kept(tmp_path / "kept.sqlite")
    assert joint_search(found, second) == made
    assert second.made == 0
    second.close()


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 40, None])
def test_a_damaged_index_is_told(
    sites: dict[str, Path], tmp_path: Path, spoilt: bytes | None
) -> None:
    words = tmp_path / "search/words"
    words.mkdir(parents=True)
    for path in (sites["few"] / "search/words").iterdir():
        content = path.read_bytes()
        (words / path.name).write_bytes(content[:-1] if spoilt is None else spoilt)
    names = json.loads((sites["few"] / NAMES).read_bytes())
    with pytest.raises(NotJoinable):
        read_index_of(tmp_path, names, Manifest(files_of(tmp_path, Hashes())))


def test_a_list_that_does_not_fit_its_index_is_told(sites: dict[str, Path]) -> None:
    names = json.loads((sites["few"] / NAMES).read_bytes())
    names["index"]["parts"][0] += 1
    own = Manifest(files_of(sites["few"], Hashes()))
    for spoilt in (names, {}, {"index": names["index"], "departments": [[]]}):
        with pytest.raises(NotJoinable):
            read_index_of(sites["few"], spoilt, own)
