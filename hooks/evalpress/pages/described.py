"""4 write: a report or a book -> what its PDF says of itself beside its text: edition, dates,
subject, keywords.

All of it follows from the data; a PDF bears no moment at which it was printed.
"""

from __future__ import annotations

from datetime import date

from evalpress.assess import Assessment
from evalpress.model import PublicReport
from evalpress.model.values import LooseDate
from evalpress.wording import word


def facts(report: PublicReport) -> tuple[tuple[str, str], ...]:
    """The edition, its first publication and its own day, each with its name; what is not known is
    left out."""
    content = report.content
    entries = {
        "version": word("page", "version").format(content.version),
        "published": f"{content.first_published:%Y-%m-%d}" if content.first_published else "",
        "corrected": str(corrected_on(report) or ""),
    }
    return tuple((word("print", name), said) for name, said in entries.items() if said)


def corrected_on(report: PublicReport) -> LooseDate | None:
    """The day of the last correction, as it is written; None where none is known."""
    days = [c.date for c in report.content.corrections if c.date]
    return max(days, key=in_order) if days else None


def in_order(written: LooseDate) -> tuple[int, int, int]:
    """By what dates of any precision are put in order."""
    return written.year or 0, written.month or 0, written.day or 0


def changed_on(report: PublicReport) -> date | None:
    """The last day on which something of it is known to have changed: when it was published, or
    corrected on a day that is written in full."""
    content = report.content
    days = [content.first_published.date()] if content.first_published else []
    written = [c.date for c in content.corrections if c.date]
    days += [date(d.year, d.month, d.day) for d in written if d.year and d.month and d.day]
    return max(days, default=None)


def dates(report: PublicReport) -> tuple[str, str]:
    """When it was first published and when its edition is of, after ISO 8601 as far as they are
    known; "" for what is not."""
    published = report.content.first_published
    created = published.isoformat() if published else ""
    corrected = corrected_on(report)
    return created, (_iso(corrected) if corrected else "") or created


def _iso(written: LooseDate) -> str:
    known = [part for part in (written.year, written.month, written.day) if part]
    return "-".join(f"{part:02}" for part in known) if written.year else ""


def subject(assessment: Assessment) -> str:
    """What it is about, in one line: its summary or whose report it is, and which edition."""
    report = assessment.report
    about = report.content.public_info.summary or word("print", "subject").format(
        department=assessment.department_name, year=report.key.year, kind=word("kinds", report.kind)
    )
    return f"{about}（{'，'.join(f'{name}{value}' for name, value in facts(report))}）"
