"""7 index: a built page -> its entry: the weighted words that find it, and the text to show.

An entry follows from the page alone and is plain data, so that it can be kept for a page that has
not changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from evalpress.search.pages import IndexedPage, Section, read_page
from evalpress.search.tokens import search_words

# A word in the title counts for more than any number of them in the text.
_MOST_IN_TEXT, _IN_HEADING, _IN_TITLE = 5, 2, 8
HEAVIEST = _MOST_IN_TEXT + _IN_HEADING + _IN_TITLE


@dataclass(frozen=True)
class Entry:
    """What the index holds of a page.

    `address` runs from the site's root. `words` are the search words by weight: those of weight 1,
    parted by spaces, then those of weight 2, up to HEAVIEST. `sections` are id, heading and text,
    and of an indicator's row its name, target and actual value.
    """

    address: str
    title: str
    kind: str
    words: tuple[str, ...]
    sections: tuple[tuple[str | tuple[str, ...], ...], ...]

    def to_bytes(self) -> bytes:
        """The entry as JSON, to be kept."""
        held = [self.address, self.title, self.kind, self.words, self.sections]
        return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Entry:
        """The entry that `to_bytes` wrote. Raises ValueError where these bytes are no entry."""
        address, title, kind, words, sections = json.loads(kept)
        return cls(address, title, kind, tuple(words), tuple(map(tuple, sections)))


def entry_of(source: str, address: str) -> Entry | None:
    """The entry of a built page's HTML; None where the page does not ask to be found."""
    page = read_page(source, address)
    return make_entry(page) if page else None


def make_entry(page: IndexedPage) -> Entry:
    """The entry of a page that has been read."""
    sections = tuple(_held(section) for section in page.sections if section.text)
    return Entry(page.address, page.title, page.kind, _by_weight(_weights(page)), sections)


def _held(section: Section) -> tuple[str | tuple[str, ...], ...]:
    held = (section.id, section.heading, section.text)
    return (*held, section.measured) if section.measured else held


def _weights(page: IndexedPage) -> dict[str, int]:
    """How much each search word says about the page: often, in a heading, in the title."""
    title = search_words(page.title)
    headings = search_words(_joined(section.heading for section in page.sections))
    counts = search_words(_joined([page.title, *(section.text for section in page.sections)]))
    return {
        word: min(_MOST_IN_TEXT, count.bit_length())
        + (_IN_HEADING if word in headings else 0)
        + (_IN_TITLE if word in title else 0)
        for word, count in counts.items()
    }


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _by_weight(weights: dict[str, int]) -> tuple[str, ...]:
    groups: list[list[str]] = [[] for _ in range(HEAVIEST)]
    for word, weight in weights.items():
        groups[weight - 1].append(word)
    return tuple(" ".join(sorted(group)) for group in groups)
