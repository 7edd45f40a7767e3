"""A file that nobody issued under its hash -> what it is all the same, and how it can be checked.

Told by the bytes with which it begins and ends. The page for verifying gets the same signs, as
regular expressions that Python and browsers read alike.
"""

from __future__ import annotations

import re
from pathlib import Path

from evalpress.wording import word

HEAD, TAIL = 512, 2048  # bytes that are looked at

SIGNS = {
    "sums": r"^\\?[0-9a-f]{64}  \S",
    "manifest": r'^\{"format": "evalpress-manifest/',
    "answers": r'^\{"format":"evalpress-hashes/',
    "map": r"^(<\?xml[^>]*>\s*)?<(urlset|sitemapindex)[ >]",
    "page": r"^\s*<(!doctype html|html)[ >]",
    "archive": r"^PK\x03\x04",
}
"""How files begin, by the keys of `verify.recognised` in the wording."""


def hints_of(path: Path) -> list[str]:
    """What to say of a file that is not known: a PDF that broke off, or what it begins like. Raises
    OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD).decode("latin-1")
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read().decode("latin-1")
    if head.startswith("%PDF-") and "%%EOF" not in tail:
        return [word("verify", "cut_short")]
    found = (name for name, sign in SIGNS.items() if re.search(sign, head, re.IGNORECASE))
    return [word("verify", "recognised", name) for name in found]
