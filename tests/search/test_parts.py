"""Parts and buckets: which pages hold a word, in files that follow from the pages alone."""

from __future__ import annotations

import struct
import zlib
from itertools import accumulate, pairwise

import pytest

from evalpress.search import parts
from evalpress.search.entries import Entry, make_entry
from evalpress.search.pages import IndexedPage, Section
from evalpress.search.parts import PART, bucket_count, cut, edition_of, index_part, join
from evalpress.search.tokens import bucket_of
from search import unpacking

TEXTS = ["网络安全检查", "网络安全，网络教育", "", "𠮷野家𠮷野", "支出1,234.56万元，PDF"]
ENTRIES = [
    make_entry(IndexedPage(f"a/{n}/", "", "", (Section("", "", text),)))
    for n, text in enumerate(TEXTS)
]


def rows(packed: list[bytes], pages: int) -> dict[str, list[int]]:
    """Every word of a part with its weight for each page."""
    segments = (zlib.decompress(segment) for segment in packed if segment)
    return dict(row for segment in segments for row in unpacking.rows(segment, pages))


def test_a_row_tells_the_weight_of_a_word_for_each_page() -> None:
    found = rows(index_part(ENTRIES, len(ENTRIES), 16), len(ENTRIES))
    assert found["网络"] == [1, 2, 0, 0, 0]
    assert found["安全"] == [1, 1, 0, 0, 0]
    assert found["𠮷野"] == [0, 0, 0, 2, 0]
    assert found["1234.56"] == [0, 0, 0, 0, 1]
    assert "全网" not in found  # a comma stands between the two


def test_a_word_is_in_the_bucket_that_its_hash_says() -> None:
    for number, segment in enumerate(index_part(ENTRIES, len(ENTRIES), 8)):
        assert all(bucket_of(word, 8) == number for word in rows([segment], len(ENTRIES)))


def test_a_page_that_cannot_be_found_keeps_its_place() -> None:
    held: list[Entry | None] = [None, *ENTRIES[:1], None]
    assert rows(index_part(held, 3, 16), 3)["网络"] == [0, 1, 0]
    assert not any(index_part([None, None], 2, 16))


def test_the_same_entries_give_the_same_bytes_whatever_was_kept_of_them() -> None:
    kept = [Entry.from_bytes(entry.to_bytes()) for entry in ENTRIES]
    assert index_part(iter(kept), len(kept), 16) == index_part(ENTRIES, len(ENTRIES), 16)


def test_an_edit_changes_its_own_part_only() -> None:
    before = [index_part(half, 2, 16) for half in (ENTRIES[:2], ENTRIES[2:4])]
    edited = [ENTRIES[0], ENTRIES[4]]
    after = [index_part(half, 2, 16) for half in (edited, ENTRIES[2:4])]
    assert before[1] == after[1] and before[0] != after[0]


def test_a_file_holds_what_every_part_has_in_its_bucket() -> None:
    own = [index_part(ENTRIES[:2], 2, 4), index_part(ENTRIES[2:], 3, 4)]
    for bucket, content in enumerate(join(own, 7)):
        edition, *lengths = struct.unpack("<3I", content[:12])
        assert edition == 7
        ends = [12, *accumulate(lengths, initial=12)][1:]
        pieces = [content[a:b] for a, b in pairwise(ends)]
        assert pieces == [own[0][bucket], own[1][bucket]] and ends[-1] == len(content)


def test_an_edition_is_one_order_of_pages_in_one_division() -> None:
    found = {
        edition_of(["a/", "b/"], [2]), edition_of(["b/", "a/"], [2]),
        edition_of(["a/", "b/"], [1, 1]), edition_of(["a/"], [2]),
    }  # fmt: skip
    assert len(found) == 4
    assert edition_of(["a/", "b/"], [2]) == edition_of(iter(["a/", "b/"]), [2])


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], []),
        ([0, 0], []),
        ([3], [3]),
        ([PART], [PART]),
        ([PART - 1, 2, 5], [PART + 1, 5]),
        ([PART - 1, PART], [2 * PART - 1]),
        ([2 * PART + 3, 1], [PART, PART + 3, 1]),
    ],
)
def test_parts_end_with_a_group(groups: list[int], expected: list[int]) -> None:
    assert cut(groups) == expected


def test_one_page_more_moves_no_other_part() -> None:
    groups = [100] * 100
    before, after = cut(groups), cut([*groups[:50], 101, *groups[51:]])
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(("pages", "buckets"), [(0, 16), (1, 16), (186, 64), (1190, 256)])
def test_buckets_grow_with_the_pages(pages: int, buckets: int) -> None:
    assert bucket_count(pages) == buckets


def test_no_bucket_of_many_pages_is_large() -> None:
    assert bucket_count(10_000) * parts.PAGES_PER_BUCKET >= 10_000
