"""What the readers of a form's parts need of the one that reads the whole form."""

from __future__ import annotations

from typing import Any, Protocol

from evalpress.importing.labels import Vocabulary
from evalpress.importing.neutral import Cell, Grid
from evalpress.importing.reading import Reading


class Whole(Protocol):
    """A form that is being read."""

    last: Any

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of forms of the year that is being read."""

    @property
    def reading(self) -> Reading:
        """The report that is being read."""

    def ends(self, grid: Grid, row: int, sides: frozenset[Cell]) -> bool:
        """Whether another part of the form begins in this row."""
