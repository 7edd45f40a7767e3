"""Older formats go through LibreOffice where there is one, and are named where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evalpress.importing import converted
from evalpress.importing.intake import read_content
from evalpress.importing.neutral import Refusal
from office_forms import as_docx, draw, layouts
from sampling import WHOLE

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")


def test_without_libreoffice_the_message_says_how_to_save_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refusal) as refusal:
        read_content("甲.doc", DOC)
    assert refusal.value.reason == "doc"
    assert "另存为" in refusal.value.said


@pytest.mark.skipif(not WHOLE or not shutil.which("soffice"), reason="nightly, with LibreOffice")
def test_a_doc_reads_as_the_docx_that_it_was(tmp_path: Path) -> None:
    form = draw(layouts()[0])
    docx = as_docx(form)
    # LibreOffice 7.4 loses every table of a DOCX that it writes as DOC without going through ODT.
    odt = converted._converted("soffice", docx, "odt", "docx")
    old = converted._converted("soffice", odt, "doc", "odt")
    before = read_content("甲.docx", docx).grids[0]
    after = read_content("甲.doc", old).grids[0]
    assert [c.text for c in after.cells()] == [c.text for c in before.cells()]
