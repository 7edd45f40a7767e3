"""The exports' columns and templates/wording/exports/ -> the readers' page about them, at data/.

Made from the same words as the files themselves, so that no column is without an explanation.
"""

from __future__ import annotations

from evalpress.exports.registry import EXPORTS, columns
from evalpress.pages.frame import Page
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pages.rows import list_frame
from evalpress.text.markup import plain
from evalpress.wording import catalogue, word

ADDRESS = "data/"


def data_page() -> Page:
    """What lies beside every report, column by column."""
    title = word("exports", "guide", "title")
    points = "".join(
        f"<li>{plain(p)}</li>" for p in catalogue("wording")["exports"]["guide"]["points"]
    )
    parts = [
        f"# {plain(title)}",
        f"<p>{plain(word('exports', 'guide', 'intro'))}</p>",
        f"<ul>{points}</ul>",
        *(_section(name) for name in _sections()),
    ]
    return Page(ADDRESS, title, "\n\n".join(parts), list_frame("data", title))


def _sections() -> list[str]:
    """What all tables begin with, then the tables, then what only programs read."""
    kinds = sorted(EXPORTS.values(), key=lambda kind: kind.media_type != "text/csv")
    return ["origin", *(kind.name for kind in kinds)]


def _section(name: str) -> str:
    heads = (Column(word("exports", "guide", "column")), Column(word("exports", "guide", "about")))
    told = ((column.get("name", key), column["about"]) for key, column in columns(name).items())
    rows = tuple(Row((cell(title), cell(about))) for title, about in told)
    heading = word("exports", name, "section")
    lead = f"<p>{plain(word('exports', name, 'lead'))}</p>"
    grid = Grid(f"columns-{name}", heading, heads, rows)
    return f"## {plain(heading)} {{#{name}}}\n\n{lead}\n\n{grid.html()}"
