"""What the districts tell -> the pages of the joint site: home page, register of coverage, data,
search, corrections, site map, and the one on which files are verified. All of them but the last say
everything without a script.

Districts stand beside each other; nothing of them but the number of their reports is added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from evalpress.assess.punctuality import PUBLIC, Status
from evalpress.districts.joint_answers import answers_for
from evalpress.districts.joint_corrections import correction_parts
from evalpress.districts.joint_settings import District
from evalpress.districts.taking_in import Part
from evalpress.exports.groups import FORMATS
from evalpress.exports.interface import INDEX
from evalpress.exports.table import tables
from evalpress.files.attachments import size_words
from evalpress.pages.coverage import ADDRESS as COVERAGE
from evalpress.pages.frame import Figure, Frame, Page, anchor, found_as, home_entry, panel
from evalpress.pages.grids import Cell, Column, Grid, Row, cell, number_cell
from evalpress.pages.meta_tags import column_tags
from evalpress.pages.rows import STATUS_STYLES, days_note, list_frame
from evalpress.pages.site_map import ADDRESS as SITE_MAP
from evalpress.pages.superseded import ADDRESS as CORRECTIONS
from evalpress.pages.verifying import verifying_page
from evalpress.text.markup import as_url, in_html, link, plain, render
from evalpress.wording import word

HOME, SEARCH, DATA = "", "search/", "data/"
NAVIGATION = (HOME, SEARCH, COVERAGE, DATA)
_LATEST = 10
_FORMATS = ("xlsx", "csv", "jsonl", "sqlite", "zip")


@dataclass(frozen=True)
class JointSite:
    """What pages are made from: the site's name and what it is, all its districts, and those of
    them that have a part in it."""

    title: str
    description: str
    districts: Sequence[District]
    parts: Sequence[Part]

    @property
    def absent(self) -> list[District]:
        """The districts that have none yet."""
        there = [part.district for part in self.parts]
        return [one for one in self.districts if one not in there]

    @property
    def years(self) -> list[int]:
        """Every year of which a district tells, newest first."""
        return sorted({year for p in self.parts for year in p.account.years}, reverse=True)


def joint_pages(site: JointSite) -> list[Page]:
    """Every page, the home page first."""
    made = (_home, _search, _coverage, _data, _corrections, _verify, _site_map)
    return [make(site) for make in made]


def _said(*keys: str) -> str:
    return word("joint", *keys)


def _page(address: str, kind: str, title: str, parts: Sequence[object], **values: Any) -> Page:
    text = "\n\n".join(str(part) for part in parts if part)
    return Page(address, title, text, list_frame(kind, title, **values))


# --- the home page ------------------------------------------------------------------------------


def _home(site: JointSite) -> Page:
    parts = [
        render("joint_hero.html.j2", title=site.title, about=site.description),
        panel([*_figures(site)], alone=False),
        f"## {plain(_said('districts'))} {{#districts}}",
        _districts(site).html(),
        _missing(site),
        *_latest(site),
    ]
    text = "\n\n".join(str(part) for part in parts if part)
    tags, search = column_tags("home", site.title), found_as(word("search", "kinds", "home"))
    frame = Frame("home", site.title, tags=tags, search=search)
    return Page(HOME, site.title, text, frame)


def _figures(site: JointSite) -> Iterator[Figure]:
    """How many districts, departments and reports there are; what of it is no real one is told."""
    yield Figure(_said("district_count"), str(len(site.parts)), _said("pieces"))
    departments = sum(part.account.departments for part in site.parts)
    yield Figure(_said("department_count"), str(departments), _said("pieces"))
    reports = sum(len(part.account.reports) for part in site.parts)
    yield Figure(_said("report_count"), str(reports), word("page", "copies"), _invented(site))
    if years := site.years:
        span = f"{years[-1]}—{years[0]}" if len(years) > 1 else str(years[0])
        yield Figure(_said("year_span"), span)


def _invented(site: JointSite) -> str:
    found: Counter[str] = Counter()
    for part in site.parts:
        found.update(part.account.invented)
    told = "，".join(_said("count_of").format(name, count) for name, count in found.items())
    return _said("of_these").format(told) if told else ""


def _districts(site: JointSite) -> Grid:
    columns = (
        Column(_said("district")),
        *(Column(_said(key), numeric=True) for key in ("departments", "reports")),
        Column(_said("newest"), numeric=True),
        Column(_said("published"), numeric=True),
        Column(_said("as_of")),
    )
    rows = tuple(_district_row(part) for part in site.parts)
    return Grid("districts", _said("caption"), columns, rows, cards=True, source=site.title)


def _district_row(part: Part) -> Row:
    account = part.account
    newest = account.years[0] if account.years else None
    told = f"{account.published(newest)} / {account.due(newest)}" if newest else None
    shown = anchor(HOME, part.district.below, part.district.name)
    return Row((
        cell(shown + _marks(part)), number_cell(account.departments),
        number_cell(len(account.reports)), cell(str(newest) if newest else None, "ep-number"),
        cell(told, "ep-number"), cell(account.day),
    ))  # fmt: skip


def _marks(part: Part) -> Markup:
    """That some of the reports are no real ones, and that the newest site could not be taken."""
    badges = Markup("").join(
        Markup(' <span class="ep-badge">{}</span>').format(in_html(name))
        for name in part.account.invented
    )
    return badges + (days_note(_said("again")) if part.again else Markup(""))


def _missing(site: JointSite) -> str:
    """The districts that could not be taken at all."""
    if not site.absent:
        return ""
    names = "、".join(one.name for one in site.absent)
    return f'<p class="ep-note">{plain(_said("absent").format(names))}</p>'


def _latest(site: JointSite) -> Iterator[object]:
    dated = sorted(
        ((str(one["published"]), part, one) for part in site.parts
         for one in part.account.reports if one.get("published")),
        key=lambda found: found[0], reverse=True,
    )[:_LATEST]  # fmt: skip
    if dated:
        yield f"## {plain(word('page', 'latest'))} {{#latest}}"
        entries = [
            {
                "href": link(HOME, f"{part.district.below}{one['address']}"),
                "title": _said("of_district").format(part.district.name, one["title"]),
                "date": day,
            }
            for day, part, one in dated
        ]
        yield render("latest.html.j2", entries=entries)


# --- the register of coverage -------------------------------------------------------------------


def _coverage(site: JointSite) -> Page:
    title = word("page", "coverage_title")
    parts: list[object] = [
        f"# {plain(title)}", f"<p>{plain(_said('coverage_intro'))}</p>", _summary(site).html(),
        _missing(site),
    ]  # fmt: skip
    for part in site.parts:
        parts += [f"## {plain(part.district.name)} {{#{part.district.prefix}}}", *_register(part)]
    return _page(COVERAGE, "coverage", title, parts)


def _summary(site: JointSite) -> Grid:
    """Of every district and year how many of what is due is public."""
    columns = (Column(_said("district")), *(Column(str(year)) for year in site.years))
    rows = tuple(
        Row((
            cell(Markup('<a href="#{}">{}</a>').format(
                part.district.prefix, in_html(part.district.name)) + _marks(part)),
            *(_share(part, year) for year in site.years),
        ))
        for part in site.parts
    )  # fmt: skip
    return Grid("districts", _said("summary"), columns, rows, style="ep-matrix", source=site.title)


def _share(part: Part, year: int) -> Cell:
    account = part.account
    if year not in account.years:
        return cell(None, "ep-none")
    return cell(f"{account.published(year)} / {account.due(year)}")


def _register(part: Part) -> Iterator[object]:
    """Every department and year of a district, folded; by region where it has several."""
    account, here = part.account, part.district
    regions: dict[str, list[dict[str, Any]]] = {}
    for one in account.coverage:
        regions.setdefault(str(one["region"]), []).append(one)
    for number, (region, found) in enumerate(regions.items()):
        grid = _matrix(f"{here.prefix}-{number}", here, region, found)
        shown = _said("unfold").format(region, len(grid.rows))
        yield render("unfold.html.j2", name=shown, content=grid.html())
    more = anchor(COVERAGE, f"{here.below}{COVERAGE}", word("page", "see_coverage"))
    yield f'<p class="ep-more">{more}</p>'


def _matrix(name: str, district: District, region: str, found: Sequence[dict[str, Any]]) -> Grid:
    years = sorted({int(one["year"]) for one in found}, reverse=True)
    departments: dict[str, dict[int, dict[str, Any]]] = {}
    for one in found:
        departments.setdefault(str(one["department"]), {})[int(one["year"])] = one
    columns = (Column(word("page", "department")), *(Column(str(year)) for year in years))
    rows = tuple(_department_row(district, own, years) for own in departments.values())
    caption = word("page", "coverage_caption").format(region)
    return Grid(name, caption, columns, rows, style="ep-matrix", source=region)


def _department_row(
    district: District, own: Mapping[int, dict[str, Any]], years: Sequence[int]
) -> Row:
    newest = own[max(own)]
    address = f"{district.below}{newest['department']}/"
    shown = anchor(COVERAGE, address, newest.get("short_name") or newest["department_name"])
    return Row((cell(shown), *(_year_cell(district, own.get(year)) for year in years)))


def _year_cell(district: District, one: Mapping[str, Any] | None) -> Cell:
    if one is None:
        return cell(None, STATUS_STYLES[Status.ABSENT])
    label, status = str(one["status_name"]), Status(one["status"])
    shown = plain(label)
    if "address" in one and status in (*PUBLIC, Status.WITHDRAWN):
        said = f"{one['short_name']} {word('page', 'year').format(one['year'])} {label}"
        href = link(COVERAGE, f"{district.below}{one['address']}")
        shown = Markup('<a href="{}" aria-label="{}">{}</a>').format(href, plain(said), shown)
    for note in filter(None, (one.get("published"), one.get("reason"))):
        shown += days_note(str(note))
    return cell(shown, STATUS_STYLES[status])


# --- data ---------------------------------------------------------------------------------------


def _data(site: JointSite) -> Page:
    title = word("exports", "guide", "title")
    shown = Markup('<a href="{}">{}</a>').format(link(DATA, INDEX), plain(f"/{INDEX}"))
    parts: list[object] = [
        f"# {plain(title)}", f"<p>{plain(_said('data_intro'))}</p>", _missing(site),
    ]  # fmt: skip
    for part in site.parts:
        parts += [f"## {plain(part.district.name)} {{#{part.district.prefix}}}", *_files_of(part)]
    parts += [
        f"## {plain(word('exports', 'guide', 'interface'))} {{#api}}",
        f"<p>{plain(_said('interface'))}{shown}</p>",
    ]
    return _page(DATA, "data", title, parts)


def _files_of(part: Part) -> Iterator[object]:
    """What a district offers: all of it and its years at once, its departments folded."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for group in part.account.directory["groups"]:
        kinds.setdefault(str(group["kind"]), []).append(group)
    licence = part.account.directory.get("licence")
    if licence:
        said = str(licence.get("title") or licence["name"])
        yield f"<p>{plain(_said('licence').format(said))}</p>"
    years = kinds.get("years", [])
    newest = [*kinds.get("all", ()), *years[:1]]
    yield _catalogue(part, "newest", newest).html() if newest else ""
    for name, found in (("years", years[1:]), ("departments", kinds.get("departments", ()))):
        if found:
            shown = word("groups", "unfold", name).format(len(found))
            content = _catalogue(part, name, found).html()
            yield render("unfold.html.j2", name=shown, content=content)
    more = anchor(DATA, f"{part.district.below}{DATA}", _said("columns_of").format(
        part.district.name))  # fmt: skip
    yield f'<p class="ep-more">{more}</p>'


def _catalogue(part: Part, name: str, groups: Sequence[Mapping[str, Any]]) -> Grid:
    heads = [Column(word("groups", "of"))]
    heads += [Column(word("groups", "formats", form)) for form in _FORMATS]
    rows = tuple(
        Row((
            cell(anchor(DATA, f"{part.district.below}{group['page']}", str(group["title"]))),
            *(_files(part, group, form) for form in _FORMATS),
        ))
        for group in groups
    )  # fmt: skip
    caption = _said("catalogue", name).format(part.district.name)
    return Grid(f"{part.district.prefix}-{name}", caption, tuple(heads), rows, cards=True)


def _files(part: Part, group: Mapping[str, Any], form: str) -> Cell:
    """Links to the files of a format that lie there, each with its size."""
    suffix = "." + form
    known = part.manifest.files
    found = [
        path for path in map(str, group["files"])
        if path.endswith(suffix) and path.startswith(FORMATS["csv"].root) and path in known
    ]  # fmt: skip
    links = [_link(part, path, known[path][0]) for path in found]
    return cell(Markup("、").join(links) if links else None)


def _link(part: Part, path: str, size: int) -> Markup:
    name, _, suffix = path.rpartition("/")[2].rpartition(".")
    table = _tables().get(name, "") if suffix == "csv" else ""
    return Markup('<a href="{}">{}</a> <small>{}</small>').format(
        as_url(link(DATA, f"{part.district.below}{path}")),
        plain(table or word("groups", "formats", suffix)), plain(size_words(size)),
    )  # fmt: skip


def _tables() -> dict[str, str]:
    """What tables are called, by the names of their files."""
    return {table.file: table.title for table in tables()}


# --- corrections, verifying ---------------------------------------------------------------------


def _corrections(site: JointSite) -> Page:
    parts = [*correction_parts(site.parts, site.title), _missing(site)]
    return _page(CORRECTIONS, "corrections", word("editions", "corrections"), parts)


def _verify(site: JointSite) -> Page:
    """The page of a single site; districts whose sites cannot be asked are named."""
    page, names = verifying_page(), [p.district.name for p in site.parts if not answers_for(p)]
    said = _said("not_verified").format("、".join(names))
    note = f'\n\n<p class="ep-note">{plain(said)}</p>' if names else ""
    return replace(page, text=f"{page.markdown}{note}")


# --- every report, as a list --------------------------------------------------------------------


def _search(site: JointSite) -> Page:
    title = word("search", "title")
    regions = [_listed(part, SEARCH) for part in site.parts]
    content = render("joint_search.html.j2", regions=regions, coverage=link(SEARCH, COVERAGE))
    frame = Frame("search", title, breadcrumbs=[home_entry()], tags=column_tags("search", title))
    return Page(SEARCH, title, f"# {plain(title)}\n\n{content}", frame)


def _site_map(site: JointSite) -> Page:
    title = word("site_map", "title")
    regions = [_listed(part, SITE_MAP) for part in site.parts]
    content = render("joint_site_map.html.j2", regions=regions)
    return Page(SITE_MAP, title, str(content), list_frame("sitemap", title, search=None))


def _listed(part: Part, here: str) -> dict[str, Any]:
    """A district's departments by group, as `all_reports.html.j2` lists them."""
    below, names = part.district.below, part.account.names
    groups: dict[str, list[dict[str, Any]]] = {}
    for name, group, _, dated, _, series in names["departments"]:
        overall = [year for row in series if not row[0] for year in row[3]]
        others = sum(len(row[3]) for row in series if row[0])
        address = f"{below}{name}/"
        groups.setdefault(str(names["groups"][group]), []).append({
            "name": dated[-1][0], "href": link(here, address), "others": others,
            "years": [
                {"year": year, "href": link(here, f"{address}{year}/")}
                for year in sorted(overall, reverse=True)
            ],
            "others_href": f"{link(here, address)}#project-reports",
        })  # fmt: skip
    return {
        "id": part.district.prefix, "name": part.district.name, "href": link(here, below),
        "groups": groups,
    }  # fmt: skip
