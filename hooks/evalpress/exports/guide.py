"""The exports' columns and templates/wording/exports.yml -> the readers' page about them, at data/.

Made from the same words as the files themselves, so that no column is without an explanation.
"""

from __future__ import annotations

from evalpress.pages.frame import Page
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pages.rows import list_meta
from evalpress.text.markup import plain
from evalpress.wording import catalogue, word, words

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
        *(_section(name) for name in words("exports", "guide", "sections")),
    ]
    return Page(ADDRESS, title, "\n\n".join(parts), list_meta("data", title))


def _section(name: str) -> str:
    about = words("exports", "help", name)
    titles = words("exports", name) if name != "json" else {key: key for key in about}
    heads = (Column(word("exports", "guide", "column")), Column(word("exports", "guide", "about")))
    rows = tuple(Row((cell(title), cell(about[key]))) for key, title in titles.items())
    heading = word("exports", "guide", "sections", name)
    lead = f"<p>{plain(word('exports', 'guide', 'leads', name))}</p>"
    grid = Grid(f"columns-{name}", heading, heads, rows)
    return f"## {plain(heading)} {{#{name}}}\n\n{lead}\n\n{grid.html()}"
