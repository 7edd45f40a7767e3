"""4 write: editions of a report: an earlier one whole, two held against each other, the block that
says which one a page is, the page of a report that was withdrawn, and all corrections in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from evalpress.assess import Assessment, Catalogue, assess_report
from evalpress.files.attachments import attachment_address, picture_names
from evalpress.files.originals import OriginalText
from evalpress.ledger.differences import Change
from evalpress.ledger.past import Past, notice_of
from evalpress.model import Correction, CorrectionKind, PublicReport
from evalpress.model.places import describe
from evalpress.model.values import LooseDate
from evalpress.pages.described import corrected_on, in_order
from evalpress.pages.frame import (
    Frame,
    Offer,
    Page,
    anchor,
    entry,
    home_entry,
    list_entry,
    moment_words,
    provenance_of,
    short_name,
    stamp_of,
)
from evalpress.pages.grids import Column, Grid, Row, cell
from evalpress.pages.meta_tags import Tags, column_tags, content_tags
from evalpress.pages.reports import report_text, source_of
from evalpress.pages.rows import list_frame, several_sources
from evalpress.text.markup import as_url, link, plain
from evalpress.wording import word, words

ADDRESS = "corrections/"


# --- an earlier edition -------------------------------------------------------------------------


def edition_page(
    catalogue: Catalogue, past: Past, sizes: Mapping[str, int], texts: Mapping[str, OriginalText]
) -> Page:
    """An earlier edition as it was, under its own address; it says what took its place."""
    report = past.report
    assessment = assess_report(report, catalogue.reference)
    text = report_text(catalogue, assessment, sizes, texts)
    said = words("editions")
    number = past.edition.number
    lead = [_led_on(past), *_removed(past)]
    title = said["title"].format(title=report.title, number=number)
    parts = [*lead, text, *_old_files(past)]
    frame = Frame(
        "edition", title,
        breadcrumbs=_crumbs(catalogue, past.present), stamp=_superseded(past),
        provenance=provenance_of(report.provenance, report.content.provenance_note),
        **_document(past, title),
        tags=_tags("edition", title, assessment),
    )  # fmt: skip
    pictures = (attachment_address(report.key, name) for name in picture_names(report.content))
    body = "\n\n".join(filter(None, map(str, parts)))
    return Page(report.key.address, title, body, frame, None, tuple(dict.fromkeys(pictures)))


def _document(past: Past, title: str) -> dict[str, Any]:
    """The file that an earlier edition is."""
    if not past.document:
        return {}
    offer = Offer(past.document, f"{title}.{past.document.rpartition('.')[2]}")
    if past.is_original:
        return {"original": replace(offer, title=word("original", "download"))}
    return {"pdf": offer}


def _tags(kind: str, title: str, assessment: Assessment) -> Tags:
    return content_tags(
        kind, title, short_name(assessment.department), source=source_of(assessment),
        published=assessment.report.content.first_published,
    )  # fmt: skip


def _superseded(past: Past) -> dict[str, str]:
    said = words("stamps", "superseded")
    note = said["note"].format(number=past.edition.number, next=past.next, when=past.when)
    return {"word": said["word"], "note": note}


def _led_on(past: Past) -> Markup:
    here, said = past.report.key.address, words("editions")
    now = anchor(here, past.present.key.address, said["present"])
    compared = anchor(here, changes_address(past), said["compare"].format(past.next))
    return Markup('<p class="ep-note">{}　{}</p>').format(now, compared)


def _removed(past: Past) -> Iterator[Markup]:
    """What was removed from this edition: when, why, where."""
    for correction in past.removed:
        yield Markup('<p class="ep-withheld">{}</p>').format(plain(notice_of(correction)))


def _old_files(past: Past) -> Iterator[str]:
    """The files that lay beside this edition, where others have taken their place since."""
    found = [address for address in past.files if address != past.document]
    if not found:
        return
    here = past.report.key.address
    shown = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(
            as_url(link(here, address)), address.rpartition("/")[2]
        )
        for address in found
    )
    yield f"## {plain(word('editions', 'files'))} {{#edition-files}}"
    yield str(Markup("<ul>{}</ul>").format(shown))


def _crumbs(catalogue: Catalogue, report: PublicReport) -> list[dict[str, str]]:
    department = catalogue.reference.departments[report.key.department]
    return [
        home_entry(), list_entry("departments/"),
        entry(short_name(department), f"{department.id}/"),
        entry(report.title, report.key.address),
    ]  # fmt: skip


# --- two editions -------------------------------------------------------------------------------


def changes_address(past: Past) -> str:
    """Where an edition is held against the next one."""
    return f"{past.report.key.address}changes/"


def changes_page(catalogue: Catalogue, past: Past) -> Page:
    """Every place where an edition and the next one differ, with both values."""
    said, number = words("editions"), past.edition.number
    title = said["changes_title"].format(title=past.present.title, number=number, next=past.next)
    address, old, new = changes_address(past), past.report, past.present
    rows = [
        Row((cell(about), cell(change.old), cell(change.new)))
        for change, about in told_changes(catalogue, past)
    ]
    heads = (said["place"], said["edition"].format(number), said["edition"].format(past.next))
    grid = Grid(
        "changes-table", title, tuple(Column(head) for head in heads), tuple(rows), cards=True
    )
    links = Markup('<p class="ep-note">{}　{}</p>').format(
        anchor(address, old.key.address, heads[1]),
        anchor(address, new.key.address, said["present"]),
    )
    parts = [f"# {plain(title)}", links, *_removed(past), grid.html()]
    tags = column_tags("changes", title)
    frame = Frame("changes", title, breadcrumbs=_crumbs(catalogue, new), tags=tags)
    return Page(address, title, "\n\n".join(map(str, parts)), frame)


def told_changes(catalogue: Catalogue, past: Past) -> Iterator[tuple[Change, str]]:
    """What differs between an edition and the next one, each with its place in words; not what says
    that there is another edition, nor what was removed."""
    reference, new = catalogue.reference, past.present
    names = (
        reference.fund_table_of(new.content, new.key),
        reference.outline_of(new.content, new.key, new.kind),
    )
    secret = {c.place for c in past.removed}
    for change in past.changes:
        if change.place.partition("/")[0] not in _ABOUT_ITSELF and change.place not in secret:
            yield change, describe(change.place, new.content, *names)


_ABOUT_ITSELF = frozenset({"version", "corrections", "withheld"})


# --- which edition a page is --------------------------------------------------------------------


def version_block(report: PublicReport, earlier: Sequence[Past]) -> dict[str, Any]:
    """What a report's page says of its edition; the PDF's hash comes with printing."""
    published = report.content.first_published
    return {
        "number": report.content.version,
        "first_published": moment_words(published) if published else "",
        "corrected": str(corrected_on(report) or ""),
        "earlier": [
            {
                "title": word("editions", "edition").format(past.edition.number),
                "url": past.report.key.address, "compare": changes_address(past),
            }
            for past in reversed(earlier)
        ],
    }  # fmt: skip


# --- withdrawn ----------------------------------------------------------------------------------


def withdrawn_page(catalogue: Catalogue, report: PublicReport) -> Page:
    """The page of a report that is no longer public: that it was, and why it is not."""
    said, content = words("editions"), report.content
    taken = content.withdrawal
    nothing, published = word("page", "not_stated"), content.first_published
    entries = {
        said["first_published"]: moment_words(published) if published else nothing,
        said["withdrawn_on"]: str(taken.date) if taken else nothing,
        said["withdrawn_by"]: taken.office if taken else nothing,
        said["withdrawn_why"]: taken.reason if taken else nothing,
    }
    columns = (Column(said["entry"]), Column(said["value"]))
    rows = tuple(Row((cell(name), cell(value))) for name, value in entries.items())
    grid = Grid("withdrawn-table", said["withdrawn"], columns, rows)
    text = f"# {plain(report.title)}\n\n{grid.html()}"
    crumbs = _crumbs(catalogue, report)[:-1]
    frame = Frame(
        "withdrawn", report.title, breadcrumbs=crumbs, stamp=stamp_of(report),
        provenance=provenance_of(report.provenance),
        tags=_tags("withdrawn", report.title, assess_report(report, catalogue.reference)),
    )  # fmt: skip
    return Page(report.key.address, report.title, text, frame)


# --- all corrections ----------------------------------------------------------------------------

Corrected = tuple[PublicReport, Correction]


def corrections_of(catalogue: Catalogue) -> list[Corrected]:
    """Every dated correction, the newest first."""
    reports = (a.report for a in catalogue.assessments.values())
    found = [(r, c) for r in reports for c in r.content.corrections if c.date]
    return sorted(
        found, key=lambda one: (in_order(one[1].date or _NO_DATE), one[0].key), reverse=True
    )


_NO_DATE = LooseDate.model_construct(written="")


def correction_words(report: PublicReport, correction: Correction, reference: Any) -> str:
    """Where it is, in words for readers."""
    if not correction.place:
        return correction.note or ""
    outline = reference.outline_of(report.content, report.key, report.kind)
    table = reference.fund_table_of(report.content, report.key)
    return describe(correction.place, report.content, table, outline)


def corrections_page(catalogue: Catalogue) -> Page:
    """All corrections and withdrawals, the newest first."""
    said, page = words("editions"), words("page")
    title = said["corrections"]
    columns = [
        Column(page["date"]), Column(page["report"]), Column(page["place"]), Column(page["old"]),
        Column(page["new"]), Column(said["kind"]), Column(page["reason"]),
        Column(page["correcting_office"]),
    ]  # fmt: skip
    found = corrections_of(catalogue)
    rows = [_correction_row(catalogue, *one) for one in found]
    corrected = (catalogue.assessments[report.key] for report, _ in found)
    parts = [f"# {plain(title)}", f"<p>{plain(said['corrections_intro'])}</p>"]
    if rows:
        caption = said["corrections_caption"].format(len(rows))
        grid = Grid("all-corrections", caption, tuple(columns), tuple(rows), head=1, cards=True,
                    source=several_sources(corrected))  # fmt: skip
        parts.append(str(grid.html()))
    else:
        parts.append(f"<p>{plain(said['no_corrections'])}</p>")
    parts += _withdrawn(catalogue)
    return Page(ADDRESS, title, "\n\n".join(parts), list_frame("corrections", title))


def _correction_row(catalogue: Catalogue, report: PublicReport, correction: Correction) -> Row:
    old = correction.old
    if correction.redacted:
        old = word("editions", "redacted")
    return Row((
        cell(correction.date),
        cell(anchor(ADDRESS, report.key.address, report.title)),
        cell(correction_words(report, correction, catalogue.reference)),
        cell(old), cell(correction.new), cell(kind_words(correction)),
        cell("\n".join(filter(None, (correction.reason, correction.note)))),
        cell(correction.office),
    ))  # fmt: skip


def kind_words(correction: Correction) -> str:
    """Whether it changed what the report says."""
    return word("editions", "kinds", correction.kind) if correction.kind else ""


def _withdrawn(catalogue: Catalogue) -> list[str]:
    if not catalogue.withdrawn:
        return []
    said = words("editions")
    taken = sorted(catalogue.withdrawn.values(), key=lambda r: (_taken_on(r), r.key), reverse=True)
    heads = (
        said["withdrawn_on"],
        word("page", "report"),
        said["withdrawn_why"],
        said["withdrawn_by"],
    )
    rows = []
    for report in taken:
        why = report.content.withdrawal
        rows.append(Row((
            cell(str(why.date) if why else None),
            cell(anchor(ADDRESS, report.key.address, report.title)),
            cell(why.reason if why else None), cell(why.office if why else None),
        )))  # fmt: skip
    grid = Grid(
        "all-withdrawn", said["withdrawn"], tuple(map(Column, heads)), tuple(rows), head=1,
        cards=True, source="；".join(dict.fromkeys(
            word("provenances", report.provenance, "word") for report in taken
        )),
    )  # fmt: skip
    return [f"## {plain(said['withdrawn'])} {{#withdrawn}}", str(grid.html())]


def _taken_on(report: PublicReport) -> date:
    taken = report.content.withdrawal
    return taken.date if taken else date.min


def material(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that change what the report says."""
    return [c for c in corrections if c.kind is not CorrectionKind.WORDING]
