"""5 print. In: a page's Markdown and what belongs to it. Out: a PDF, and books of many.

Jobs are printed in a pool of processes and cached under all that shapes them.

job.py       what is to be printed, and what may go wrong
html.py      a job -> one HTML document that needs nothing else; titles.py breaks its title
columns.py   tables -> the widths of their columns; breaks.py where they may end a page
reachable.py addresses -> where they lead from anywhere; inside.py to files that travel inside
endings.py   the ends of a document -> what stays with them
unbroken.py  texts -> what stays on one line; lines.py joins it; panels.py sets key figures in rows
heads.py     tables -> the heads that are said for each cell
merged.py    cells over several rows -> what of them stands on which page
layout.py    HTML -> the bytes of a PDF, by WeasyPrint; tags.py, justify.py, continued.py and
             conformance.py mend its ways
gaps.py      signs that no font has -> file and line
stamps.py    page numbers, after layout
outlines.py  embedded fonts -> the outlines that are shown
finish.py    what is laid out -> what is delivered
embedded.py  what an embedded font says of its glyphs
sharing.py   the fonts of many PDFs -> one subset of each
binding.py   the PDFs of reports -> one book
cache.py     under which name a finished file is kept
progress.py  how far a run is
printing.py  one job -> its file, all in one
pool.py      many jobs -> files, over worker processes; cluster.py the same over a scheduler's

One more thing that a PDF bears: a field of `job.PrintJob` and its place in print.html.j2. One more
element in the structure tree: its role in `tags.ROLES`.
"""

from evalpress.pdf.cache import fingerprint, forget_others
from evalpress.pdf.html import EXTENSIONS, document_html, page_html
from evalpress.pdf.job import BookJob, BookPart, Data, PrintFailed, PrintJob, Tls, Unprintable
from evalpress.pdf.pool import Press
from evalpress.pdf.progress import Progress
from evalpress.typefaces.private import FontsMissing, official_fingerprint

__all__ = [
    "EXTENSIONS",
    "BookJob",
    "BookPart",
    "Data",
    "FontsMissing",
    "Press",
    "PrintFailed",
    "PrintJob",
    "Progress",
    "Tls",
    "Unprintable",
    "document_html",
    "fingerprint",
    "forget_others",
    "official_fingerprint",
    "page_html",
]
