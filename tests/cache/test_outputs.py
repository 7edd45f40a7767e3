"""Files of a site: what the live one holds is linked, everything else is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalpress.cache.inputs import LastBuild, Seen, look_at_site
from evalpress.cache.outputs import Outputs

ALL = 10**30  # a moment so late that every file counts as settled


def never() -> bytes:
    raise AssertionError("it is there already")


def put_all(outputs: Outputs, files: dict[str, str]) -> None:
    for name, content in files.items():
        outputs.put(name, f"hash of {content}", content.encode)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    put_all(Outputs(folder), {"a/index.html": "一", "b/index.html": "二"})
    return folder


def test_what_follows_from_the_same_is_linked_and_not_made(live: Path, tmp_path: Path) -> None:
    held = {"a/index.html": "same", "b/index.html": "other"}
    outputs = Outputs(tmp_path / "new", live, held)
    outputs.put("a/index.html", "same", never)
    outputs.put("b/index.html", "new", lambda: "三".encode())
    assert (tmp_path / "new/a/index.html").samefile(live / "a/index.html")
    assert (tmp_path / "new/b/index.html").read_text(encoding="utf-8") == "三"
    assert (live / "b/index.html").read_text(encoding="utf-8") == "二"
    assert outputs.linked == 1


def test_a_file_that_is_gone_meanwhile_is_made(live: Path, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "new", live, {"c.html": "same"})
    outputs.put("c.html", "same", lambda: b"c")
    assert (tmp_path / "new/c.html").read_bytes() == b"c"


def test_a_copy_follows_from_its_source(live: Path, tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    source.write_text("1")
    first = Outputs(live)
    first.copy("table.csv", source)
    again = Outputs(tmp_path / "new", live, first.follows)
    again.copy("table.csv", source)
    assert again.linked == 1
    source.write_text("12")
    edited = Outputs(tmp_path / "newer", live, first.follows)
    edited.copy("table.csv", source)
    assert (tmp_path / "newer/table.csv").read_text() == "12"
    assert edited.linked == 0


@pytest.mark.parametrize("touched", [None, "a/index.html"])
def test_only_what_nobody_touched_counts_as_held(
    live: Path, tmp_path: Path, touched: str | None
) -> None:
    follows = {"a/index.html": "1", "b/index.html": "2", "gone.html": "3"}
    seen = Seen([], [], tmp_path)
    LastBuild(tmp_path).keep("", seen, live, look_at_site(live, ALL), ("", None), "", follows)
    if touched:
        (live / touched).write_text("别的内容")
    held = LastBuild(tmp_path).held(look_at_site(live, ALL), live)
    assert held.keys() == {"a/index.html", "b/index.html"} - {touched}


def test_a_file_written_just_before_the_look_is_known_by_its_content(
    live: Path, tmp_path: Path
) -> None:
    page = live / "a/index.html"
    now = page.stat().st_mtime_ns
    seen, follows = Seen([], [], tmp_path), {"a/index.html": "1"}
    LastBuild(tmp_path).keep("", seen, live, look_at_site(live, now), ("", None), "", follows)
    times = (page.stat().st_atime_ns, page.stat().st_mtime_ns)
    with page.open("r+b") as file:
        file.write("二".encode())
    os.utime(page, ns=times)
    assert LastBuild(tmp_path).held(look_at_site(live, now), live) == {}
