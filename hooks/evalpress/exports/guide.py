"""The bundles, the tables and templates/wording/exports/ -> the readers' page about data, at data/.

Made from the same schema as the files themselves, so that no column is without an explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from evalpress.exports.groups import FORMATS, Bundle, Taken
from evalpress.exports.interface import INDEX
from evalpress.exports.registry import columns
from evalpress.exports.table import ORIGIN, OWNER, Field, Table, tables, told
from evalpress.exports.workbooks import unit_words
from evalpress.pages.frame import Offer, Page, anchor
from evalpress.pages.grids import Cell, Column, Grid, Row, cell
from evalpress.pages.rows import list_frame
from evalpress.settings import DataLicence
from evalpress.text.markup import as_url, link, plain, render
from evalpress.wording import catalogue, word

ADDRESS = "data/"


def data_page(bundles: Sequence[Bundle] = (), licence: DataLicence | None = None) -> Page:
    """What can be taken home, in which formats, and what every column means."""
    title = word("exports", "guide", "title")
    said = catalogue("wording")["exports"]["guide"]
    points = "".join(f"<li>{plain(p)}</li>" for p in said["points"])
    parts = [
        f"# {plain(title)}",
        f"<p>{plain(said['intro'])}</p>",
        *_downloads(bundles),
        *_licence(licence),
        f"## {plain(said['reading'])} {{#reading}}",
        f"<ul>{points}</ul>",
        *_interface(said, bool(bundles)),
        *_dictionary(),
    ]
    return Page(ADDRESS, title, "\n\n".join(map(str, parts)), list_frame("data", title))


# --- what can be taken home ---------------------------------------------------------------------


def _downloads(bundles: Sequence[Bundle]) -> Iterator[str]:
    """Tables of what there is: everything, years, departments; the long ones folded."""
    for kind in ("all", "years", "departments"):
        found = [one for one in bundles if one.group.path.startswith(f"{kind}/")]
        if found:
            heading = word("groups", "headings", kind)
            yield f"## {plain(heading)} {{#{kind}}}"
            yield from _folded(kind, heading, found)


def _folded(kind: str, heading: str, found: Sequence[Bundle]) -> Iterator[str]:
    """The newest year, or all there is, at once; the others behind a line that unfolds them."""
    shown = {"all": len(found), "years": 1}.get(kind, 0)
    if first := found[:shown]:
        yield str(_grid(kind, heading, first).html())
    if rest := found[shown:]:
        name = word("groups", "unfold", kind).format(len(rest))
        content = _grid(f"{kind}-more" if first else kind, name, rest).html()
        yield str(render("unfold.html.j2", name=name, content=content))


_COLUMNS = ("xlsx", "csv", "jsonl", "sqlite", "zip")


def _grid(kind: str, caption: str, found: Sequence[Bundle]) -> Grid:
    titles = {**{name: form.title for name, form in FORMATS.items()}, "zip": word(
        "groups", "formats", "zip")}  # fmt: skip
    heads = [
        Column(word("groups", "of")), Column(word("groups", "reports"), numeric=True),
        *(Column(titles[name]) for name in _COLUMNS), Column(word("groups", "day")),
    ]  # fmt: skip
    rows = tuple(
        Row((
            cell(anchor(ADDRESS, one.group.page, one.group.title), "ep-group"),
            cell(len(one.group.reported), "ep-number"),
            *(_files(one, name) for name in _COLUMNS),
            cell(one.day or None),
        ))
        for one in found
    )  # fmt: skip
    return Grid(f"take-{kind}", caption, tuple(heads), rows, cards=True)


def _files(bundle: Bundle, name: str) -> Cell:
    """Links to the files of a format, each with its size, one below the other."""
    found = list(bundle.of(name))
    links = [_link(bundle, file, file.title if name == "csv" else "") for file in found]
    return cell(Markup("<br>").join(links) if links else None, "ep-files")


def _link(bundle: Bundle, file: Taken, shown: str) -> Markup:
    return Markup('<a href="{}" download="{}">{}</a> <small>{}</small>').format(
        as_url(link(ADDRESS, file.address)), download_name(bundle, file),
        plain(shown.removesuffix("（CSV）") or file.format.title), plain(file.size),
    )  # fmt: skip


def download_name(bundle: Bundle, file: Taken) -> str:
    """Under which name a file is saved: what is in it, and its ending."""
    stem, _, suffix = file.name.rpartition(".")
    table = next((one.title for one in tables() if one.file == stem and suffix == "csv"), "")
    return word("groups", "saved_as").format(bundle.group.title, table, suffix)


def offers(bundle: Bundle) -> list[Offer]:
    """What the page of the same reports offers: the workbook first."""
    return [
        Offer(file.address, download_name(bundle, file), file.title, file.format.media_type,
              file.size)
        for name in _COLUMNS for file in bundle.of(name)
    ]  # fmt: skip


def _licence(licence: DataLicence | None) -> Iterator[str]:
    if licence:
        named = plain(licence.title or licence.name)
        shown = Markup('<a href="{}">{}</a>').format(licence.url, named) if licence.url else named
        yield f"## {plain(word('groups', 'licence'))} {{#licence}}"
        yield f"<p>{shown}</p>"


# --- what it means ------------------------------------------------------------------------------


def _interface(said: dict[str, str], there: bool) -> Iterator[str]:
    if there:
        yield f"## {plain(said['interface'])} {{#api}}"
        shown = Markup('<a href="{}">{}</a>').format(link(ADDRESS, INDEX), plain(f"/{INDEX}"))
        points = "".join(f"<li>{plain(p)}</li>" for p in said["interface_points"])
        yield f"<p>{plain(said['interface_intro'])}{shown}</p>"
        unfold = said["interface_unfold"]
        yield str(render("unfold.html.j2", name=unfold, content=Markup(f"<ul>{points}</ul>")))


def _dictionary() -> Iterator[str]:
    """What all tables begin with, then the tables, then what only programs read."""
    found = tables()
    yield _section("origin", [(found[1], column) for column in (*ORIGIN, *OWNER)])
    shared = {column.id for column in (*ORIGIN, *OWNER)}
    for table in found:
        known = shared - columns(table.name).keys()
        yield _section(table.name, [(table, f) for f in table.fields if f.id not in known])
    yield _of_json()


def _section(name: str, found: Iterable[tuple[Table, Field]]) -> str:
    said = ("column", "about", "kind", "unit", "id")
    heads = tuple(Column(word("groups", key)) for key in said)
    rows = tuple(_row(table, column) for table, column in found)
    return _explained(name, Grid(f"columns-{name}", word("exports", name, "section"), heads, rows))


def _row(table: Table, column: Field) -> Row:
    entry = told(table, column)
    return Row((
        cell(entry["name"]), cell(entry["about"]), cell(word("groups", "kinds", column.kind)),
        cell(unit_words(table, column)), cell(column.id),
    ))  # fmt: skip


def _of_json() -> str:
    heads = (Column(word("groups", "column")), Column(word("groups", "about")))
    rows = tuple(Row((cell(k), cell(entry["about"]))) for k, entry in columns("json").items())
    return _explained("json", Grid("columns-json", word("exports", "json", "section"), heads, rows))


def _explained(name: str, grid: Grid) -> str:
    heading = plain(word("exports", name, "section"))
    lead = f"<p>{plain(word('exports', name, 'lead'))}</p>"
    unfold = word("groups", "unfold_columns").format(len(grid.rows))
    content = Markup(lead) + Markup("\n") + grid.html()
    return f"## {heading} {{#{name}}}\n\n{render('unfold.html.j2', name=unfold, content=content)}"
