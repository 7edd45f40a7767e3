"""7 index: text -> the search words that it is found by.

Chinese has no spaces, and two programs seldom cut it into the same words. So every pair of
neighbouring Chinese characters counts as a word, and every number or Latin word as one: whatever
is asked, a page that holds it holds all its search words. A pair is written as its code points, so
that nothing on the way cuts it again. The browser does the same to a query, in
`assets/search/text.js`; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from operator import add

_THOUSANDS = re.compile(r"(\d),(?=\d{3})")
_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[^\W_a-z0-9]+")


def alike(text: str) -> str:
    """The text as it is compared: full width is half width, no capitals, 1,234 is 1234."""
    return _THOUSANDS.sub(r"\1", unicodedata.normalize("NFKC", text).lower())


def search_words(text: str) -> Counter[str]:
    """The search words of a text and how often each occurs; a decimal point is written p."""
    found: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for run in _RUN.findall(alike(text)):
        if run[0].isascii():
            found[run.replace(".", "p")] += 1
        else:
            pairs.update(map(add, run, run[1:]))
    for signs, count in pairs.items():
        found[pair(signs)] = count
    return found


@cache
def pair(signs: str) -> str:
    """The search word for two neighbouring characters."""
    return f"z{ord(signs[0]):x}{ord(signs[1]):x}"
