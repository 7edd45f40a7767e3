"""The comparison of two built sites finds every file that is not the same byte for byte."""

from __future__ import annotations

from pathlib import Path

from compare_builds import differences


def folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def compared(tmp_path: Path, base: dict[str, bytes], now: dict[str, bytes]) -> list[str]:
    found = differences(folder(tmp_path / "base", base), folder(tmp_path / "now", now))
    return [str(difference) for difference in found]


def test_equal_folders_have_no_differences(tmp_path: Path) -> None:
    files = {"index.html": b"a\n", "a/b.pdf": b"%PDF\xff"}
    assert compared(tmp_path, files, files) == []


def test_new_and_gone_files_are_named(tmp_path: Path) -> None:
    found = compared(tmp_path, {"a/old.html": b"", "same": b""}, {"new.html": b"", "same": b""})
    assert found == ["gone    a/old.html", "new     new.html"]


def test_a_text_that_differs_shows_its_first_lines(tmp_path: Path) -> None:
    now = "\n".join(["一", "2", "3", "4", "5", "6"])
    found = compared(tmp_path, {"a.html": "一\n二".encode()}, {"a.html": now.encode()})
    assert found[0].splitlines() == [
        "differs a.html",
        "  2: - 二", "  2: + 2", "  3: - ", "  3: + 3", "  4: - ", "  4: + 4",
        "  and 2 more lines",
    ]  # fmt: skip


def test_a_long_line_is_shown_from_where_it_differs(tmp_path: Path) -> None:
    old, new = b"x" * 5000 + b"old", b"x" * 5000 + b"new"
    (shown,) = compared(tmp_path, {"names.json": old}, {"names.json": new})
    assert "old" in shown
    assert "new" in shown
    assert len(shown) < 500


def test_ends_of_lines_and_binary_files_count(tmp_path: Path) -> None:
    base, now = {"a.csv": b"1\n", "b.pdf": b"\xff1"}, {"a.csv": b"1\r\n", "b.pdf": b"\xff22"}
    assert compared(tmp_path, base, now) == [
        "differs a.csv\n  only the ends of lines differ",
        "differs b.pdf\n  2 and 3 bytes",
    ]
