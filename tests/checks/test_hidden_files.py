"""Nothing passes unread: every way to hide something in a file is a finding that names it, and what
`evalpress clean` can remove is gone afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.files.clean import clean
from evalpress.files.scan import Scan, scan_content
from hidden_files import HIDDEN
from subjects import about_file


def told(found: Scan) -> set[str]:
    """What a scan tells, in the words of HIDDEN."""
    return {
        *(hidden.kind for hidden in found.hidden),
        *(f"property:{own.name}" for own in found.properties),
        *(f"text:{text.part}" for text in found.texts if "1380013800" in text.text),
        *([] if found.readable else ["unread"]),
    }


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_is_told(way: str) -> None:
    _, content, expected = HIDDEN[way]
    assert expected in told(scan_content(content))


@pytest.mark.parametrize("way", HIDDEN)
def test_a_file_that_hides_something_is_a_finding(way: str, tmp_path: Path) -> None:
    name, content, _ = HIDDEN[way]
    assert about_file(tmp_path, name, content)


REMOVED = ("property:", "extra_bytes", "earlier_version", "xml_comment", "custom_xml")
# Who may write where, who commented or changed: people decide about them with what they belong to.
STAY = ("permission", "views of people", "smart tag", "scenario")


@pytest.mark.parametrize("way", [w for w in HIDDEN if HIDDEN[w][2].startswith(REMOVED)])
def test_what_may_go_is_removed(way: str) -> None:
    _, content, expected = HIDDEN[way]
    gone = expected not in told(scan_content(clean(content)))
    assert gone is not any(one in way for one in STAY)


@pytest.mark.parametrize("row", ["检查,-10,+5,-5.5%", "合计,=,—", "甲=乙,10", "=====,1"])
def test_numbers_with_a_sign_are_no_formulas(row: str) -> None:
    assert told(scan_content(f"项目,变动\n{row}\n".encode())) == set()
