"""Fields of which Word keeps no result: what they show all the same."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from evalpress.files.scan import Scan, scan_content


def with_field(code: str) -> Scan:
    """A document with a field without result between two signs."""
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    for name in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if name else "w:instrText")
        if name:
            element.set(qn("w:fldCharType"), name)
        else:
            element.text = code
        paragraph.add_run()._r.append(element)
    paragraph.add_run("乙")
    content = io.BytesIO()
    document.save(content)
    return scan_content(content.getvalue())


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r' SYMBOL 254 \f "Wingdings" \s 12 ', "甲☑乙"),
        (r' SYMBOL 9745 \u \f "SimSun" ', "甲☑乙"),
        (r" EQ \o(○,1) ", "甲①乙"),
        (" eq \\f(90,100) ", "甲90/100乙"),
        (" MACROBUTTON NoMacro 请填写 ", "甲请填写乙"),
        (" PAGE ", "甲乙"),
    ],
)
def test_what_a_field_shows(code: str, shown: str) -> None:
    found = with_field(code)
    assert found.readable and shown in [passage.text for passage in found.texts]


@pytest.mark.parametrize("code", [" AUTONUM ", " AUTONUMLGL \\e ", " LISTNUM "])
def test_numbers_that_only_word_counts_are_missed(code: str) -> None:
    assert with_field(code).reason == "unread_parts"
