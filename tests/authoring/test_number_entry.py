"""A number is written into a report's file, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evalpress.authoring.number_entry import CannotNumber, with_number, write_number

NUMBER = "甲1/2025-00001"
LINE = f'index_number: "{NUMBER}"'


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("state: published\n", f"state: published\npublic_info:\n  {LINE}\n"),
        ("public_info: {genre: 报告} # 照抄\n", f"public_info: {{{LINE}, genre: 报告}} # 照抄\n"),
        ("public_info: {}\n", f"public_info: {{{LINE}}}\n"),
        ("public_info:\nstate: a\n", f"public_info: {{{LINE}}}\nstate: a\n"),
        (
            "public_info:\n    # 照抄\n    genre: 报告\nstate: a\n",
            f"public_info:\n    # 照抄\n    {LINE}\n    genre: 报告\nstate: a\n",
        ),
        (
            "public_info:\n  genre: 报告\n  index_number:  # 待填\n",
            f'public_info:\n  genre: 报告\n  index_number: "{NUMBER}"  # 待填\n',
        ),
    ],
)
def test_it_stands_where_it_belongs(text: str, after: str) -> None:
    assert with_number(text, NUMBER) == after
    assert yaml.safe_load(after)["public_info"]["index_number"] == NUMBER


@pytest.mark.parametrize("text", ["state: a\n...\n", "- 一\n", "public_info: 甲\n"])
def test_what_would_read_otherwise_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "2025.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CannotNumber, match=NUMBER):
        write_number(path, NUMBER)
    assert path.read_text(encoding="utf-8") == text
