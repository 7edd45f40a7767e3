"""1 read: data/*.yml -> reference data and Reports, every mistake with its file and line.

A file goes from text to a tree with marks (`events`, `tree`, `source`), from the tree to typed
values (`typed`), and the folder is read file by file (`folder`). `syntax` knows what careless YAML
looks like, `traces` what other programs leave in texts, `comments` which of them took a value,
`mending` how a line was meant.
"""

from evalpress.load.events import MAX_BYTES, refold
from evalpress.load.folder import (
    LISTS,
    VERSION,
    VERSION_FILE,
    Loaded,
    data_files,
    load,
    load_reference,
)
from evalpress.load.source import Source, parse
from evalpress.load.tree import Path_
from evalpress.load.typed import build, labelled

__all__ = [
    "LISTS", "MAX_BYTES", "VERSION", "VERSION_FILE", "Loaded", "Path_", "Source", "build",
    "data_files", "labelled", "load", "load_reference", "parse", "refold",
]  # fmt: skip
