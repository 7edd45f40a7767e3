"""evalpress.pdf.conformance: every file is for the archive and for screen readers, as checked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from page import validate_pdf

from evalpress.pdf.layout import lay_out
from pdf_text import is_ours
from projects import Finished
from sampling import sample

# The allowlist of pikepdf.pdfa knows neither PDF/A-3a (only 3b) nor any extension schema; PDF/A
# wants one for the mark of PDF/UA; nor GoToE, which ISO 19005-3 6.5.1 does not forbid.
# Whatever else it says would be a mistake.
UNKNOWN_TO_PIKEPDF = {
    "action type not permitted or not supported",
    "unrecognized key(s) /T are not checked",
    "pdfaid:conformance is 'A', expected 'B'",
    "XMP property pdfuaid:part is not permitted",
    "XMP property pdfaExtension:schemas is not permitted",
    *(
        f"XMP namespace {prefix}=http://www.aiim.org/pdfa/ns/{end} is not permitted"
        for prefix, end in (
            ("pdfaExtension", "extension/"),
            ("pdfaSchema", "schema#"),
            ("pdfaProperty", "property#"),
        )
    ),
}


@pytest.fixture(scope="module")
def files(finished: Finished) -> list[Path]:
    """What this program printed: reports, those with pictures too, and books."""
    return [path for path in sorted(finished.site.rglob("*.pdf")) if is_ours(path)]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_files_conform(files: list[Path], profile: str) -> None:
    assert files
    wrong = {
        path.name: [(found.rule_id, found.message) for found in report.failures]
        for path in sample(files, 4)
        if not (report := validate_pdf(path, profile=profile)).is_compliant
    }
    assert not wrong


def test_pikepdf_finds_nothing_but_what_it_does_not_know(files: list[Path]) -> None:
    for path in sample(files, 8):
        with pikepdf.open(path) as document:
            assert not document.check_pdf_syntax()
            found = {finding.message for finding in pikepdf.pdfa.check(document, "3b").findings}
        assert found <= UNKNOWN_TO_PIKEPDF, path.name


def test_objects_are_packed_together(files: list[Path]) -> None:
    """Unpacked, the tags of a book take as much as its fonts."""
    assert not [path.name for path in files if b"/ObjStm" not in path.read_bytes()]


def test_a_checker_for_readers_finds_no_error(files: list[Path]) -> None:
    """outloud asks more than the standard: whether heads, tables and order make sense. Its TBL-010,
    heads torn into several rows, takes the head of each group of rows for such a row; what it asks
    of all others is asked below."""
    chosen = sample(files, 12)
    program = Path(sys.executable).with_name("outloud")
    done = subprocess.run([program, "--skip", "TBL-010", *chosen], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert not {path.name: told for path in chosen if (told := [*torn_heads(path)])}


def torn_heads(path: Path) -> Iterator[str]:
    """Tables with more than three rows of nothing but heads, or with more heads than other cells,
    the heads of groups of rows left out."""
    with pikepdf.open(path) as document:
        for table in of_role(document.Root.StructTreeRoot, "/Table"):
            rows = [[*below(row)] for row in of_role(table, "/TR")]
            own = [row for row in rows if [cell.S for cell in row] != ["/TH"]]
            heads = [row for row in own if row and all(cell.S == "/TH" for cell in row)]
            counts = Counter(str(cell.S) for row in own for cell in row)
            if len(heads) > 3 or counts["/TH"] > counts["/TD"] > 0:
                yield f"{len(heads)} rows of heads, {dict(counts)}"


def of_role(element: pikepdf.Object, role: str) -> Iterator[pikepdf.Object]:
    """The elements of a role below one, in reading order."""
    for kid in below(element):
        if role == kid.S:
            yield kid
        else:
            yield from of_role(kid, role)


def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


@pytest.mark.parametrize(("rows", "told"), [(3, 0), (4, 1)])
def test_torn_heads_would_be_found(tmp_path: Path, rows: int, told: int) -> None:
    heads = "<tr><th scope='col'>年度</th><th scope='col'>指标</th></tr>" * rows
    cells = "<tr><td>1</td><td>2</td></tr>" * 9
    path = tmp_path / "torn.pdf"
    html = f"<html lang='zh-CN'><title>题</title><table>{heads}{cells}</table>"
    path.write_bytes(lay_out(html))
    assert len([*torn_heads(path)]) == told
