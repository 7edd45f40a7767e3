"""A finished folder is proved file by file before it goes live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalpress.model import Key
from evalpress.release.hashes import Hashes
from evalpress.release.verification import Wanted, file_of, files_of, verify
from evalpress.search import text_path

KEY = Key("parks", 2025)
DOCUMENT = f"{KEY.address}parks-2025.pdf"
OF_REPORT = [KEY.address, f"{KEY.address}parks-2025.json", text_path(KEY.address), DOCUMENT]


def found(folder: Path, **wanted: object) -> list[tuple[str, str]]:
    files = files_of(folder, Hashes())
    told = verify(folder, files, Wanted(**wanted))  # type: ignore[arg-type]
    return [(finding.rule, finding.where.file) for finding in told]


def put(folder: Path, *addresses: str, content: str = "x") -> None:
    for address in addresses:
        path = folder / file_of(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_a_whole_site_passes(tmp_path: Path) -> None:
    put(tmp_path, "", "years/")
    assert found(tmp_path, addresses=["", "years/"]) == []


def test_missing_and_empty_files_are_named(tmp_path: Path) -> None:
    put(tmp_path, "")
    (tmp_path / "empty.txt").touch()
    assert found(tmp_path, addresses=["", "years/", "empty.txt", "lost.txt"]) == [
        ("file_differs", "empty.txt"), ("page_missing", "years/index.html"),
        ("page_missing", "lost.txt"),
    ]  # fmt: skip


def test_a_file_that_is_not_what_was_written_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt", "c.txt")
    good = Hashes().of(tmp_path / "a.txt")[1]
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("y")
    expected = dict.fromkeys(["a.txt", "b.txt", "c.txt", "d.txt"], good)
    assert found(tmp_path, expected=expected) == [
        ("file_differs", "b.txt"), ("file_differs", "c.txt"), ("page_missing", "d.txt"),
    ]  # fmt: skip


@pytest.mark.parametrize("lost", OF_REPORT)
def test_every_report_has_all_its_files(tmp_path: Path, lost: str) -> None:
    put(tmp_path, *(address for address in OF_REPORT if address != lost))
    missing = [("page_missing", file_of(lost))]
    told = found(tmp_path, reports=[KEY], documents=[DOCUMENT])
    assert [f for f in told if f[0] == "page_missing"] == missing
    if lost == DOCUMENT:
        assert found(tmp_path, reports=[KEY]) == []


def test_no_two_have_one_address(tmp_path: Path) -> None:
    put(tmp_path, "", "a/")
    assert found(tmp_path, addresses=["", "a/", "a/index.html"]) == [
        ("address_shared", "a/index.html")
    ]


def test_dead_links_and_broken_pdfs_are_named(tmp_path: Path) -> None:
    put(tmp_path, "", content='<a href="a%23.pdf">x</a> <a href="b.pdf">y</a>')
    put(tmp_path, "a#.pdf", content="no pdf")
    assert found(tmp_path) == [("pdf_broken", "a#.pdf"), ("link_dead", "index.html")]
    assert found(tmp_path, beside=["b.pdf"]) == [("pdf_broken", "a#.pdf")]


def test_one_fault_on_every_page_is_told_a_hundred_times(tmp_path: Path) -> None:
    for number in range(120):
        put(tmp_path, f"{number}/", content='<a href="gone">x</a>')
    assert len(found(tmp_path)) == 100


def test_files_become_readable(tmp_path: Path) -> None:
    put(tmp_path, "a/b.txt")
    os.chmod(tmp_path / "a" / "b.txt", 0o600)
    os.chmod(tmp_path / "a", 0o700)
    files_of(tmp_path, Hashes())
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755


def test_a_file_is_read_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt")
    first = Hashes(tmp_path / "hashes.json")
    size, sha = first.of(tmp_path / "a.txt")
    first.save()
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    again = Hashes(tmp_path / "hashes.json")
    assert again.known(tmp_path / "b.txt") == sha
    again.save()
    assert Hashes(tmp_path / "hashes.json").known(tmp_path / "b.txt") == sha
    (tmp_path / "a.txt").write_text("longer")
    assert again.known(tmp_path / "b.txt") is None
    assert again.of(tmp_path / "a.txt") != (size, sha)
    assert again.known(tmp_path / "gone.txt") is None


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"1:2": []}', "null"])
def test_damaged_hashes_count_as_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / "hashes.json").write_text(kept)
    put(tmp_path, "a.txt")
    assert Hashes(tmp_path / "hashes.json").known(tmp_path / "a.txt") is None
