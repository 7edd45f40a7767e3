"""However many hashes there are, who asks about one loads little."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from evalpress.ledger import Standing
from evalpress.ledger.known import FileKind
from evalpress.verify.answers import Answer
from evalpress.verify.asking import ask_folder
from evalpress.verify.shards import (
    INDEX,
    NoShards,
    digits_for,
    keep_shards,
    read_index,
    read_shard,
    shard_files,
)

ANSWER = Answer(Standing.CURRENT, FileKind.PDF, "云泽区民政局2025年度绩效自评报告", "civil/2025/")


def many(count: int) -> dict[str, list[Answer]]:
    return {hashlib.sha256(str(n).encode()).hexdigest(): [ANSWER] for n in range(count)}


@pytest.mark.parametrize(
    ("count", "digits"), [(0, 1), (8192, 1), (8193, 2), (100_000, 2), (200_000, 3)]
)
def test_files_are_told_apart_by_as_many_digits_as_it_takes(count: int, digits: int) -> None:
    assert digits_for(count) == digits


def test_of_a_hundred_thousand_hashes_little_is_loaded(tmp_path: Path) -> None:
    answers = many(100_000)
    sizes = {path: len(content) for path, content in shard_files(answers)}
    assert len(sizes) == 257
    assert sum(sorted(sizes.values())[-1:]) + sizes[INDEX] < 150_000


def test_the_same_answers_give_the_same_files_and_every_file_is_there() -> None:
    answers = many(20)
    one, other = dict(shard_files(answers)), dict(shard_files(dict(reversed(answers.items()))))
    assert one == other
    assert len(one) == 17
    assert all(json.loads(content)["format"] for content in one.values())


def test_what_is_kept_is_found_and_only_what_changed_is_written(tmp_path: Path) -> None:
    answers = many(20)
    kept = keep_shards(tmp_path, answers)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    more = {**answers, "0" * 64: [ANSWER]}
    again = keep_shards(tmp_path, more)
    changed = {address for address, path in again.items() if path not in before}
    assert changed == {INDEX, "verify/hashes/0.json"}
    assert set(tmp_path.iterdir()) == set(again.values())
    assert kept.keys() == again.keys()


def site(folder: Path, answers: dict[str, list[Answer]]) -> Path:
    for address, content in shard_files(answers):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    return folder


def test_a_site_answers_from_its_own_files(tmp_path: Path) -> None:
    answers = many(20)
    ask = ask_folder(site(tmp_path, answers))
    assert all(ask(sha) == found for sha, found in answers.items())
    assert ask("0" * 64) == []


def test_what_is_missing_is_a_fault_and_no_answer(tmp_path: Path) -> None:
    with pytest.raises(NoShards):
        ask_folder(tmp_path)
    ask = ask_folder(site(tmp_path, many(20)))
    (tmp_path / "verify/hashes/0.json").unlink()
    with pytest.raises(NoShards):
        ask("0" * 64)


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"\xff", b'{"format": "other"}', b'{"format": "evalpress-hashes/1"}',
     b'{"format": "evalpress-hashes/1", "digits": 0, "hashes": {"0": 1}}',
     b'{"format": "evalpress-hashes/1", "digits": "1", "hashes": 3}'],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(NoShards):
        read_index(content)
    with pytest.raises(NoShards):
        read_shard(content, "0")
