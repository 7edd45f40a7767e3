"""7 index: text -> the search words that it is found by, and the file that tells where each stands.

Chinese has no spaces, and two programs seldom cut it into the same words. So every pair of
neighbouring Chinese characters counts as a word, and every number or Latin word as one: whatever
is asked, a page that holds it holds all its search words. The browser does the same to a query, in
`assets/search/text.js`; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from operator import add

from evalpress.text.lookalikes import unified

_THOUSANDS = re.compile(r"(\d),(?=\d{3})")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_NO_SIGN = re.compile(r"[\W_a-z0-9]+")


def alike(text: str) -> str:
    """The text as it is compared: look-alikes are the signs that they mean, full width is half
    width, no capitals, 1,234 is 1234."""
    return _THOUSANDS.sub(r"\1", unicodedata.normalize("NFKC", unified(text)).lower())


def search_words(text: str) -> Counter[str]:
    """The search words of a text and how often each occurs."""
    plain = alike(text)
    signs = _NO_SIGN.sub(" ", plain)
    found = Counter(map(add, signs, signs[1:]))
    for torn in [pair for pair in found if " " in pair]:
        del found[torn]
    found.update(_ASCII_WORD.findall(plain))
    return found


def bucket_of(word: str, buckets: int) -> int:
    """The file, of so many, that tells where a search word stands."""
    return zlib.crc32(word.encode()) % buckets
