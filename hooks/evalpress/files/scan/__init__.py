"""In: a file beside a report. Out: what it says and what it hides: text, authors, comments.

kinds.py     bytes -> which format they are
readers.py   a file -> its Scan, by the reader that is registered for its kind
found.py     what a file holds, and how it is gathered within limits
pdfs.py      PDF: painted.py finds texts that nobody sees, pdf_fonts.py what its codes stand for,
             pdf_objects.py what lies beside the pages
packages.py  an office file -> its parts, by content type and relationship; xml.py their XML
word.py      DOCX; looks.py whether a text can be seen, fields.py what a field hides
sheets.py    XLSX; cell_styles.py number formats and colours
office.py    what both have in common, and the list of parts that say nothing
pictures.py  pictures: what their metadata say, picture_parts.py which bytes they need; xmp.py
             the same in XMP, for PDFs too
plain.py     plain text

One more format: a module with a function decorated with `readers.reader`, named in
`readers.MODULES`, and its signs in kinds.py.
"""

from evalpress.files.scan.found import Hidden, Passage, Property, Scan, Unreadable
from evalpress.files.scan.readers import scan, scan_content

__all__ = ["Hidden", "Passage", "Property", "Scan", "Unreadable", "scan", "scan_content"]
