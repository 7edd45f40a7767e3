"""evalpress.pdf.conformance: every file is for the archive and for screen readers, as checked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest
from page import validate_pdf

from pdf_text import is_ours
from projects import Finished
from sampling import sample

# The allowlist of pikepdf.pdfa knows neither PDF/A-3a (only 3b) nor any extension schema; PDF/A
# wants one for the mark of PDF/UA. Whatever else it says would be a mistake.
UNKNOWN_TO_PIKEPDF = {
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


def test_a_checker_for_readers_finds_no_error(files: list[Path]) -> None:
    """outloud asks more than the standard: whether heads, tables and order make sense. Where rows
    stand in more than three groups it takes the heads of these for the torn head of the table."""
    chosen = sample(files, 12)
    program = Path(sys.executable).with_name("outloud")
    done = subprocess.run([program, "--skip", "TBL-010", *chosen], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
