"""Signs that a file sets above or below the line -> those of Unicode that stand so by themselves:
10 with a raised 3 is 10³ and never 103."""

from __future__ import annotations

_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_KINDS = {
    "superscript": _RAISED, "sup": _RAISED, 1: _RAISED,
    "subscript": _LOWERED, "sub": _LOWERED, 2: _LOWERED,
}  # fmt: skip


def raised(text: str, kind: str | int | None) -> str:
    """The text as it is set: `kind` is what Word, HTML or an old Excel calls it. A text with a sign
    that Unicode does not have so stays."""
    signs = _KINDS.get(kind or "", {})
    return "".join(signs[sign] for sign in text) if signs.keys() >= set(text) else text
