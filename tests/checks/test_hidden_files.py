"""Nothing passes unread: every way to hide something in a file is a finding that names it, and what
`evalpress clean` can remove is gone afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evalpress.checks import RULES
from evalpress.files.clean import clean
from evalpress.files.scan import Scan, scan_content
from hidden_files import HIDDEN
from subjects import subject

RULES_OF_FILES = [
    "private_data_in_file", "possible_private_data_in_file", "unchecked_attachment",
    "file_metadata", "hidden_content", "possible_hidden_content",
]  # fmt: skip


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
    (tmp_path / name).write_bytes(content)
    text = (
        f"body: {{overview: [{{id: p, picture: {name}, alt: 图}}]}}"
        if name.endswith((".jpg", ".png", ".gif", ".webp"))
        else f"attachments: [{{id: a1, name: 附表, file: {name}}}]"
    )
    seen = replace(subject(text), attachments=tmp_path)
    rules = [RULES[rule].of_report for rule in RULES_OF_FILES]
    assert [finding for rule in rules if rule for finding in rule(seen)]


REMOVED = ("property:", "extra_bytes", "earlier_version", "xml_comment", "custom_xml")
# Who may write where, who commented or changed: people decide about them with what they belong to.
STAY = ("permission", "views of people", "smart tag", "scenario")


@pytest.mark.parametrize("way", [w for w in HIDDEN if HIDDEN[w][2].startswith(REMOVED)])
def test_what_may_go_is_removed(way: str) -> None:
    _, content, expected = HIDDEN[way]
    gone = expected not in told(scan_content(clean(content)))
    assert gone is not any(one in way for one in STAY)
