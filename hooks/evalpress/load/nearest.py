"""1 read: a name that nobody knows -> the question whether the nearest known one was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from evalpress.wording import word

_COMPARED = 60  # characters; a whole sentence in a name's place costs no more time


def near(found: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """A question for the nearest known name, or for what that name stands for; or nothing."""
    meant = known if isinstance(known, Mapping) else {name: name for name in known}
    close = difflib.get_close_matches(found[:_COMPARED], list(meant), n=1, cutoff=0.5)
    return word("finding", "near").format(name=meant[close[0]]) if close else ""
