"""Two folders -> what readers see differently, figure by figure."""

from __future__ import annotations

import json
from pathlib import Path

from evalpress.release.difference import Change, Kind, difference
from evalpress.release.hashes import Hashes
from evalpress.release.manifest import Manifest, write_manifest
from evalpress.release.verification import files_of


def put(folder: Path, address: str, text: str, **data: object) -> None:
    page = folder / address / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    html = f"<title>T</title><h1>{address}</h1><nav>{folder.name}</nav><article>{text}</article>"
    page.write_text(html, encoding="utf-8")
    if data:
        name = address.replace("/", "-")
        (page.parent / f"{name}.json").write_text(json.dumps({"year": 2025, **data}))


def test_pages_are_new_gone_changed_or_only_framed_anew(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, text in ((before, "one"), (after, "two")):
        put(folder, "same", "same")
        put(folder, "text", f"<p>first</p><p>{text}</p>")
        put(folder, f"only-{folder.name}", "x")
    found = difference(before, after)
    assert [(page.address, page.kind) for page in found.pages] == [
        ("only-after/", Kind.NEW), ("only-before/", Kind.GONE), ("same/", Kind.FRAMED),
        ("text/", Kind.CHANGED),
    ]  # fmt: skip
    assert found.pages[3].changes == (Change("", "one", "two"),)
    assert found.pages[3].title == "text"
    assert not found.pages[3].says_else


def test_figures_are_named_by_their_places(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, actual, total in ((before, "93.6", "86"), (after, "94.1", None)):
        rows = {"rows": [{"id": "total", "amounts": {"executed": actual}}]}
        content = {"funds": rows, "scores": {"total": total} if total else {}, "notes": ["a", "b"]}
        put(folder, "parks/2025", actual, content=content, tables={"x": actual})
    (page,) = difference(before, after).pages
    assert page.changes == (
        Change("funds/total/executed", "93.6", "94.1"), Change("scores/total", "86", ""),
    )  # fmt: skip
    assert (page.year, page.says_else) == (2025, True)


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    put(tmp_path / "after", "a", "x")
    (tmp_path / "after" / "b.txt").write_text("x")
    found = difference(tmp_path / "before", tmp_path / "after")
    assert ([page.kind for page in found.pages], found.files) == ([Kind.NEW], 1)
    assert difference(tmp_path / "after", tmp_path / "after").pages == ()


def test_what_somebody_took_away_or_damaged_is_no_mistake_of_ours(tmp_path: Path) -> None:
    """A live folder from which a file was deleted has to be replaceable."""
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, text in ((before, "one"), (after, "two")):
        for address in ("gone/2025", "cut/2025", "page/2025"):
            put(folder, address, text, content={"notes": text})
    own = Manifest(files_of(before, Hashes()))
    write_manifest(before, own)
    (before / "gone/2025/gone-2025.json").unlink()
    (before / "cut/2025/cut-2025.json").write_text("{")
    (before / "page/2025/index.html").unlink()
    found = {page.address: page.kind for page in difference(before, after).pages}
    assert found == {
        "gone/2025/": Kind.CHANGED, "cut/2025/": Kind.CHANGED, "page/2025/": Kind.NEW,
    }  # fmt: skip
