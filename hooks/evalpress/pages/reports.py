"""4 write: the page of one report: head, key figures, body, attachments, signature; behind it what
the program adds: all other data, corrections, what is withheld.

The Markdown is the report's document of record, from which site and PDF come, but for what carries
the class `ep-web` (grids.WEB): that is the program's own addition for the site, and print leaves it
out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from evalpress.assess import BUDGET_ROLES, Assessment, Catalogue
from evalpress.assess.money import Money
from evalpress.assess.targets import targets
from evalpress.files.attachments import (
    attachment_address,
    cover_address,
    document_address,
    picture_names,
    size_words,
)
from evalpress.files.originals import OriginalText
from evalpress.model import Correction, FundColumnRole, FundTable, Outline, PublicReport, State
from evalpress.model.places import describe
from evalpress.pages.attainment import targets_figure
from evalpress.pages.body import Body, write_body
from evalpress.pages.frame import (
    EVALUATIONS,
    Figure,
    Frame,
    Offer,
    Page,
    entry,
    found_as,
    home_entry,
    list_entry,
    moment_words,
    panel,
    provenance_of,
    short_name,
    stamp_of,
    title_words,
)
from evalpress.pages.grids import Cell, Column, Grid, Row, amount, cell
from evalpress.pages.happened import happened
from evalpress.pages.histories import comparison_address
from evalpress.pages.meta_tags import Tags, content_tags
from evalpress.text.differing import differing
from evalpress.text.markup import as_url, in_cell, lead_number, link, plain, render
from evalpress.wording import word, words

# What has the names of a report's rows, columns and sections.
Names = tuple[FundTable | None, Outline | None]


def report_page(
    catalogue: Catalogue,
    assessment: Assessment,
    sizes: Mapping[str, int],
    texts: Mapping[str, OriginalText],
    version: Mapping[str, Any] | None = None,
) -> Page:
    """A report: head, key figures, body and what follows it; `version` is what the frame says of
    its editions."""
    report = assessment.report
    body = report_text(catalogue, assessment, sizes, texts)
    frame = Frame(
        "project" if report.key.slug else "report", report.title,
        breadcrumbs=_report_breadcrumbs(catalogue, assessment),
        stamp=stamp_of(report),
        provenance=provenance_of(report.provenance, report.content.provenance_note),
        **_downloads(report, sizes),
        related=_related(catalogue, assessment),
        compare=_comparison(catalogue, assessment),
        tags=_report_tags(assessment),
        search=found_as(word("short_kinds", report.kind)),
        edition=word("page", "version").format(report.content.version),
        version=version,
        **_neighbours(catalogue, assessment),
    )  # fmt: skip
    pictures = dict.fromkeys(
        attachment_address(report.key, name) for name in picture_names(report.content)
    )
    return Page(report.key.address, report.title, body, frame, report, tuple(pictures))


def _downloads(report: PublicReport, sizes: Mapping[str, int]) -> dict[str, Any]:
    """The report as a file: its original where that is all there is, with the program's own sheet
    under another name beside it; otherwise the printed PDF."""
    url, original = document_address(report), report.content.original
    if original is None or not report.content.is_original_alone:
        return {"pdf": Offer(url, f"{saved_as(report)}.pdf")}
    said, saved = words("original"), saved_as(report)
    size = _file_kind(url, sizes.get(attachment_address(report.key, original.file)))
    cover = Offer(cover_address(report), f"{saved}{said['saved_as']}.pdf", said["cover"])
    ending = url.rpartition(".")[2]
    return {"original": Offer(url, f"{saved}.{ending}", said["download"], size=size), "pdf": cover}


def saved_as(report: PublicReport) -> str:
    """The name of a report's files on a reader's disk: its title and, of a later edition, which."""
    version = report.content.version
    edition = word("editions", "saved_as").format(version) if version > 1 else ""
    return f"{report.title}{edition}"


def report_text(
    catalogue: Catalogue,
    assessment: Assessment,
    sizes: Mapping[str, int],
    texts: Mapping[str, OriginalText],
) -> str:
    """What stands on the page of a report, as Markdown."""
    report = assessment.report
    body = write_body(catalogue, assessment)
    reference = catalogue.reference
    names = (
        reference.fund_table_of(report.content, report.key),
        reference.outline_of(report.content, report.key, report.kind),
    )
    parts = [
        _report_title(report),
        _panel(assessment),
        _happened(assessment),
        _folded_record(assessment),
        _summary(report),
        _original(report, sizes, texts),
        body.text,
        _attachments(report, sizes),
        _signature(report),
        body.tables,
        _corrections(report, names),
        _withheld(report, body, names),
    ]
    return "\n\n".join(str(part) for part in parts if part)


def _report_title(report: PublicReport) -> str:
    note, subtitle = report.content.title_note, report.content.subtitle
    shown = Markup('<span class="ep-title-note">') + plain(note) + Markup("</span>") if note else ""
    title = [f"# {title_words(report.title)}{shown}"]
    if subtitle:
        title.append(f'<p class="ep-subtitle">{plain(subtitle)}</p>')
    if not report.content.title:
        title.append(_computed("title"))
    return "\n\n".join(title)


def _panel(assessment: Assessment) -> str:
    """The key figures, and that the program put them there."""
    shown = panel(report_figures(assessment))
    return f"{shown}\n\n{_computed('note')}" if shown else ""


def _happened(assessment: Assessment) -> Markup | str:
    """What happened, in one computed line: only on the site, never in print."""
    said = happened(assessment)
    return render("happened.html.j2", said=said) if said else ""


def _computed(part: str) -> str:
    """A paragraph that says what the program made and no original holds."""
    return f'<p class="ep-computed__{part}">{plain(word("computed", part))}</p>'


def _folded_record(assessment: Assessment) -> Markup:
    """The public-information head, folded; what is there of the most asked stands on the fold."""
    entries, info = _record(assessment), assessment.report.content.public_info
    published = assessment.report.content.first_published
    shown = {
        "publisher": info.publisher or assessment.department_name,
        "first_published": moment_words(published) if published else "",
        "document_number": info.document_number or "",
    }
    lead = [f"{word('record', key)}：{text}" for key, text in shown.items() if text]
    return render("record.html.j2", lead="　".join(lead), details=entries)


def _record(assessment: Assessment) -> dict[str, str]:
    """The public-information head: what is given of it, the main entries first."""
    content, report = assessment.report.content, assessment.report
    info = content.public_info
    published, archived = content.first_published, report.state is State.ARCHIVED
    entries = {
        "department": assessment.department_name,
        "index_number": info.index_number,
        "publisher": info.publisher,
        "issued": str(info.issued or ""),
        "first_published": moment_words(published) if published else "",
        "document_number": info.document_number,
        "validity": info.validity or (word("states", "archived") if archived else ""),
        "version": _version(report),
        "kind": word("kinds", report.kind),
        "number": content.number,
        "project_name": content.project_name,
        "project_code": content.project_code,
        "authority": content.authority,
        "unit": content.unit,
        "topic": info.topic,
        "genre": info.genre,
        "group": info.group,
        "disclosure": info.disclosure,
        "scope": info.scope,
        "source": info.source,
        "author": info.author,
        "keywords": "、".join(info.keywords),
    }
    return {**{word("record", key): text for key, text in entries.items() if text}, **info.extra}


def _version(report: PublicReport) -> str:
    content = report.content
    dates = [str(c.date) for c in content.corrections if c.date]
    if not content.corrections:
        return word("page", "version").format(content.version) if content.version > 1 else ""
    corrected = (
        word("page", "corrected").format(dates[-1]) if dates else word("page", "corrected_undated")
    )
    return word("page", "version").format(content.version) + corrected


def _summary(report: PublicReport) -> str:
    summary = report.content.public_info.summary
    return f'<p class="ep-lead">{plain(summary)}</p>' if summary else ""


def report_figures(assessment: Assessment) -> list[Figure]:
    """What a reader wants first: score, grade, targets met, execution rate, money; only what there
    is."""
    scored, rated = _score_figures(assessment), _rate_figure(assessment)
    met = targets_figure(targets(assessment.report))
    return [*scored, *met, *rated, *_money_figure(assessment)]


def _score_figures(assessment: Assessment) -> list[Figure]:
    figures: list[Figure] = []
    if assessment.score is not None:
        whole = assessment.full_marks
        note = (
            word("page", "of_full_marks").format(amount(whole))
            if whole is not None
            else word("page", "no_full_marks")
        )
        figures.append(
            Figure(
                word("score_names", _by_whom(assessment)),
                amount(assessment.score),
                word("page", "points"),
                note,
            )
        )
    if assessment.grade_word:
        figures.append(Figure(word("page", "grade"), assessment.grade_word))
    return figures


def _rate_figure(assessment: Assessment) -> list[Figure]:
    if not assessment.rate:
        return []
    note = word("page", "rate_computed" if assessment.rate.computed else "rate_written")
    return [Figure(word("page", "rate"), amount(assessment.rate.percent), "%", note)]


def _by_whom(assessment: Assessment) -> str:
    return "evaluation" if assessment.report.kind in EVALUATIONS else "self"


# What was spent, or else the next that is known; the note says of how much.
_SPENT = (FundColumnRole.EXECUTED, FundColumnRole.RECEIVED)
_GRANTED = (*BUDGET_ROLES, FundColumnRole.APPROPRIATED)


def _money_figure(assessment: Assessment) -> list[Figure]:
    """The money in one figure: what was spent, with what was granted below it."""
    money = assessment.money
    found = [_first(money, roles) for roles in (_SPENT, _GRANTED)] if money else []
    there = [(word("fund_roles", role), amount(value)) for role, value in filter(None, found)]
    if not money or not there:
        return []
    (name, value), *rest = there
    note = "".join(f"{other} {granted} {money.unit}" for other, granted in rest)
    return [Figure(name, value, money.unit, note)]


def _first(
    money: Money, roles: tuple[FundColumnRole, ...]
) -> tuple[FundColumnRole, Decimal] | None:
    return next(((role, money.amounts[role]) for role in roles if role in money.amounts), None)


def _original(
    report: PublicReport, sizes: Mapping[str, int], texts: Mapping[str, OriginalText]
) -> Markup | str:
    original = report.content.original
    if not original:
        return ""
    target = attachment_address(report.key, original.file)
    return render(
        "original.html.j2", href=as_url(link(report.key.address, target)), name=original.file,
        note=original.note, kind=_file_kind(original.file, sizes.get(target)),
        text=texts.get(target),
    )  # fmt: skip


def _corrections(report: PublicReport, names: Names) -> str:
    corrections = report.content.corrections
    if not corrections:
        return ""
    columns = [
        Column(word("page", key))
        for key in ("date", "place", "old", "new", "reason", "correcting_office")
    ]
    rows = [
        Row((
            cell(c.date),
            cell(describe(c.place, report.content, *names) if c.place else None),
            *_changed(c), cell("\n".join(filter(None, (c.reason, c.note)))), cell(c.office),
        ))
        for c in corrections
    ]  # fmt: skip
    grid = Grid(
        "corrections-table",
        word("page", "corrections_table"),
        tuple(columns),
        tuple(rows),
        cards=True,
    )
    heading = f"## {plain(word('page', 'corrections'))} {{#corrections}}"
    return f"{heading}\n\n{grid.html()}"


def _changed(correction: Correction) -> tuple[Cell, Cell]:
    """What stood there and what stands there now, with what differs marked; of what should never
    have been public only that."""
    old, new = correction.old or "", correction.new or ""
    if correction.redacted:
        return cell(word("editions", "redacted")), cell(correction.new)
    if not (old and new):
        return cell(correction.old), cell(correction.new)
    start, end = differing(old, new)
    return cell(_marked(old, start, end, "del")), cell(_marked(new, start, end, "ins"))


def _marked(text: str, start: int, end: int, tag: str) -> Markup:
    stop = len(text) - end
    middle = in_cell(text[start:stop])
    shown = Markup(f"<{tag}>{{}}</{tag}>").format(middle) if middle else middle
    return in_cell(text[:start]) + shown + in_cell(text[stop:])


def _attachments(report: PublicReport, sizes: Mapping[str, int]) -> str:
    if not report.content.attachments:
        return ""
    entries, alone = [], len(report.content.attachments) == 1
    for at, item in enumerate(report.content.attachments, 1):
        target = attachment_address(report.key, item.file) if item.file else ""
        entries.append(
            {
                "href": as_url(link(report.key.address, target)) if target else "",
                "file": item.file,
                "lead": _attachment_lead(item.number or ("" if alone else str(at))),
                "name": item.name,
                "kind": _file_kind(item.file, sizes.get(target)) if item.file else "",
                "note": "　".join(filter(None, ["、".join(item.units), item.note])),
            }
        )
    heading = f"## {plain(word('page', 'attachments'))} {{#attachments}}"
    return f"{heading}\n\n{render('attachments.html.j2', entries=entries)}"


def _attachment_lead(number: str) -> Markup:
    """What stands before an attachment's name: `1.`; a number of another kind as it is written."""
    counted = re.fullmatch(rf"(?:{word('page', 'attachments')}\s*)?(\d+)", number)
    if counted:
        return lead_number(f"{counted[1]}.")
    return plain(f"{number}：") if number else Markup("")


def _file_kind(name: str, size: int | None) -> str:
    kind = name.rpartition(".")[2].upper()
    return f"{kind}，{size_words(size)}" if size else kind


def _withheld(report: PublicReport, body: Body, names: Names) -> str:
    """The notices that no place of the page shows, so that nothing is withheld without a word."""
    shown = "".join(body)
    left = {p: notice for p, notice in report.withheld.items() if plain(notice) not in shown}
    if not left:
        return ""
    columns = (Column(word("withheld", "place")), Column(word("withheld", "reason")))
    rows = tuple(
        Row((cell(describe(place, report.content, *names)), cell(notice)))
        for place, notice in left.items()
    )
    heading = f"## {plain(word('withheld', 'heading'))} {{#withheld}}"
    grid = Grid("withheld-table", word("withheld", "heading"), columns, rows)
    return f"{heading}\n\n{grid.html()}"


def _signature(report: PublicReport) -> Markup | str:
    signature = report.content.signature
    return render("signature.html.j2", signature=signature) if signature else ""


def _report_breadcrumbs(catalogue: Catalogue, assessment: Assessment) -> list[dict[str, str]]:
    """The way back: the department, and from a project its year's overall report, if any."""
    key, department = assessment.key, assessment.department
    crumbs = [
        home_entry(),
        list_entry("departments/"),
        entry(short_name(department), f"{department.id}/"),
    ]
    if key.slug and catalogue.overall(key.department, key.year):
        title = word("page", "year").format(key.year)
        crumbs.append(entry(title, f"{key.department}/{key.year}/"))
    return crumbs


def _neighbours(catalogue: Catalogue, assessment: Assessment) -> dict[str, Any]:
    """The same document's earlier and later year."""
    history = catalogue.history(assessment.key.department, assessment.key.slug)
    at = history.index(assessment)
    found = {
        "previous": catalogue.before(assessment),
        "next": history[at + 1] if at + 1 < len(history) else None,
    }
    return {
        name: entry(word("page", "year").format(a.key.year), a.key.address) if a else None
        for name, a in found.items()
    }


def _comparison(catalogue: Catalogue, assessment: Assessment) -> dict[str, str] | None:
    """The page that holds a report against the same document's one before it."""
    before = catalogue.before(assessment)
    if before is None:
        return None
    title = word("compare", "with_before").format(before.key.year)
    return entry(title, comparison_address(assessment))


def _related(catalogue: Catalogue, assessment: Assessment) -> list[dict[str, Any]]:
    key = assessment.key
    others = [a for a in catalogue.others(key.department, key.year) if a.key != key]
    overall = catalogue.overall(key.department, key.year) if key.slug else None
    groups = [
        ("overall_report", [overall] if overall else []),
        ("other_documents" if key.slug else "project_reports", others),
    ]
    return [
        {
            "heading": word("page", name),
            "links": [{**entry(a.report.title, a.key.address), "note": _brief(a)} for a in found],
        }
        for name, found in groups
        if found
    ]


def _brief(assessment: Assessment) -> str:
    """Score and grade in a few words."""
    if assessment.score is None:
        return ""
    grade = f"，{assessment.grade_word}" if assessment.grade_word else ""
    return f"{amount(assessment.score)}{word('page', 'points')}{grade}"


def _report_tags(assessment: Assessment) -> Tags:
    """Those of a report; what it says of itself goes before what the program can say of it."""
    report = assessment.report
    info = report.content.public_info
    column = short_name(assessment.department)
    computed = (
        short_name(assessment.department, assessment.key.year),
        word("page", "year").format(assessment.key.year),
        word("short_kinds", report.kind),
    )
    return content_tags(
        "project" if report.key.slug else "report", report.title, column,
        source=source_of(assessment), published=report.content.first_published,
        keywords=info.keywords or computed, author=info.author or "", about=_about(assessment),
    )  # fmt: skip


def _about(assessment: Assessment) -> str:
    """What a report is, in a sentence that stands for it elsewhere; of one that is no real one,
    also that."""
    report, said = assessment.report, happened(assessment)
    about = report.content.public_info.summary or f"{report.title}{f'：{said}' if said else ''}"
    origin = provenance_of(report.provenance)
    return f"{about}（{origin['word']}）" if origin else about


def source_of(assessment: Assessment) -> str:
    """Whom a report is from: as it says, or else its department."""
    info = assessment.report.content.public_info
    return info.source or info.publisher or assessment.department_name
