"""8 release. In: a whole site beside the live folder. Out: that site in its place,
or the old one untouched.

folders.py  the lock, the folder to build in, what is missing from it, the swap

One more thing that a site must have before it goes live: here, beside `missing_addresses`.
"""

from evalpress.release.folders import (
    discard,
    exclusive,
    file_of,
    fresh_staging,
    missing_addresses,
    staging,
    swap,
)

__all__ = [
    "discard",
    "exclusive",
    "file_of",
    "fresh_staging",
    "missing_addresses",
    "staging",
    "swap",
]
