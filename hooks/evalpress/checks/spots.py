"""2 check: a sign of a text that was read -> the line and column in which the file has it."""

from __future__ import annotations

from collections.abc import Sequence

_FARTHEST = 400  # signs between two of a text: indentation, quotes, escapes, ends of lines
Spot = tuple[int, int]  # line and column, counted from 1


def spot_in(lines: Sequence[str], start: Spot, value: str, offset: int) -> Spot:
    """Where the sign at `offset` of a value stands, whose first line and column are `start`.

    The signs of a value follow one another in the file as well, however it is folded, indented or
    quoted there; white space is left out of account. Gives `start` where they do not."""
    line, column = start[0] - 1, start[1] - 1
    if line >= len(lines):
        return start
    if lines[line][column : column + 1] in ("|", ">"):
        line, column = line + 1, 0
    elif lines[line][column : column + 1] in ("'", '"'):
        column += 1
    if lines[line].startswith(value[: offset + 1], column):  # most texts stand in one line
        return line + 1, column + offset + 1
    found = start
    for sign in value[: offset + 1]:
        if sign.isspace():
            continue
        at = _next(lines, line, column, sign)
        if at is None:
            return start
        found, line, column = (at[0] + 1, at[1] + 1), at[0], at[1] + 1
    return found


def _next(lines: Sequence[str], line: int, column: int, sign: str) -> Spot | None:
    """The next place of a sign, counted from 0; None where it is not near."""
    passed = 0
    while line < len(lines) and passed < _FARTHEST:
        at = lines[line].find(sign, column)
        if at >= 0:
            return line, at
        passed += len(lines[line]) - column + 1
        line, column = line + 1, 0
    return None
