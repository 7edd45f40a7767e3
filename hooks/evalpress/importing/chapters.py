"""A document -> readings: its forms, and the prose round them as sections of the outline."""

from __future__ import annotations

from evalpress.importing.forms import FormReader
from evalpress.importing.labels import Vocabulary
from evalpress.importing.neutral import Document
from evalpress.importing.ownership import Asked
from evalpress.importing.reading import Reading
from evalpress.load import Loaded


def read_document(
    document: Document, vocabulary: Vocabulary, asked: Asked, loaded: Loaded
) -> list[Reading]:
    """Every report of a document."""
    reader = FormReader(vocabulary)
    for grid in document.grids:
        reader.read(grid)
    return reader.readings
