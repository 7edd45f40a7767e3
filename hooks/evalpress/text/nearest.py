"""A name that nobody knows -> the question whether the nearest known one was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from evalpress.wording import word

_COMPARED = 60  # characters; a whole sentence in a name's place costs no more time

_ALIKE, _FAR = 0.8, 0.5  # in between, a name that begins with what was found is nearer


def near(found: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """A question for the nearest known name, or for what that name stands for; or nothing."""
    meant = known if isinstance(known, Mapping) else {name: name for name in known}
    said = found[:_COMPARED]
    close = difflib.get_close_matches(said, list(meant), n=1, cutoff=_ALIKE)
    begun = [name for name in meant if len(said) > 1 and name.startswith(said)]
    shortest = sorted(begun, key=len)
    close = close or shortest or difflib.get_close_matches(said, list(meant), n=1, cutoff=_FAR)
    return word("finding", "near").format(name=meant[close[0]]) if close else ""
