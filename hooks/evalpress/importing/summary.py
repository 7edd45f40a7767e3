"""A draft -> how much of the file it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalpress.importing.drafts import Draft, Sourced

_FIGURE = re.compile(r"[≥≤><=]?\s*-?[\d,.]+\s*%?")


def counted(draft: Draft) -> dict[str, int]:
    """How many figures and texts were placed, how many are in doubt, how many found no place."""
    values = list(_values(draft.tree))
    figures = sum(bool(_FIGURE.fullmatch(str(v.value))) for v in values)
    return {
        "figures": figures,
        "texts": len(values) - figures,
        "doubts": sum(bool(v.doubt) for v in values),
        "left": len(draft.unplaced),
    }


def _values(node: Any) -> Iterator[Sourced]:
    if isinstance(node, Sourced):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _values(child)
