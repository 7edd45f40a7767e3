"""4 write: Catalogue -> the Markdown pages of the site, all of them pure functions of the data.

Addresses end with a slash and are relative to the site's root; a page's source is its address plus
index.md. What the theme shows around the text (breadcrumbs, download, neighbours) is its `frame`.

plan.py      which pages there are, and which reports each of them reads
written.py   the pages of a plan, written now or taken as kept
frame.py     what all pages share: their type, key figures, what the theme puts around them
writer.py    the page of a report, so far; pieces/, blocks.py, sections.py, body.py write to it
grids.py     tables as data
styles.py    the style sheets of the site's parts -> one

One more page: a function from Catalogue to Page, and its line in plan.py.
"""

from evalpress.pages.plan import plan
from evalpress.pages.written import Rewriter, write

__all__ = ["Rewriter", "plan", "write"]
