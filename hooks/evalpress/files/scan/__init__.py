"""A file beside a report -> what it says and what it hides: text, authors, comments, revisions.

`scan(path)` asks the reader that is registered for the file's kind; each format has a module of
its own, and importing this package registers all of them.
"""

from evalpress.files.scan import pdfs, pictures, plain, sheets, word  # noqa: F401
from evalpress.files.scan.found import MAX_UNPACKED, Hidden, Passage, Property, Scan
from evalpress.files.scan.readers import scan, scan_content

__all__ = ["MAX_UNPACKED", "Hidden", "Passage", "Property", "Scan", "scan", "scan_content"]
