"""4 write: the style sheets of the site's parts -> the one file that a reader loads."""

from __future__ import annotations

from evalpress.wording import TEMPLATES

NAME = "evalpress.css"
FOLDER = TEMPLATES / "styles"
# Of two rules with equal weight the later one holds, so the order is part of the look.
PARTS = (
    "colours",
    "material",  # what Material does, adjusted
    "header",
    "search_box",
    "search_page",
    "frame",  # round the text of every page
    "text",
    "tables",  # with the record and the figures above them
    "charts",
    "lists",  # tables to sort and filter
    "problems",
    "years",  # side by side
    "verify",
    "report",
    "home",
    "footer",
    "small_screens",
    "old_browsers",
    "reading",  # larger, with more contrast
    "picks",  # reports chosen in lists, and lists of two lines
    "paper",
)


def style_sheet() -> str:
    """All parts as one style sheet, in which 1rem is 20 px, as Material sets it."""
    texts = ((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    return "\n".join(texts)
