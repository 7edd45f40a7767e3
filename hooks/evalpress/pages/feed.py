"""4 write: corrections -> an Atom feed, the newest first, dated by the corrections themselves."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from evalpress.assess import Catalogue
from evalpress.model import Correction, PublicReport
from evalpress.model.values import LooseDate
from evalpress.pages.superseded import (
    FEED,
    FEED_NAME,
    Corrected,
    correction_words,
    corrections_of,
    kind_words,
)
from evalpress.wording import word

_SHOWN = 100  # entries; readers of feeds keep what they have read
_NEVER = "2000-01-01T00:00:00+08:00"  # an empty feed has to bear a date as well


def corrections_feed(catalogue: Catalogue, site_name: str, site_url: str = "") -> bytes:
    """The feed of all corrections; ids are addresses where the site has one."""
    found = corrections_of(catalogue)[:_SHOWN]
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    updated = _moment(found[0][1].date) if found else _NEVER
    own = f"{base}{FEED}" if base else FEED_NAME
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(word('editions', 'corrections'))} - {escape(site_name)}</title>",
        f"<id>{escape(base + FEED if base else f'urn:evalpress:{FEED}')}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site_name)}</name></author>",
        f'<link rel="self" href={quoteattr(own)}/>',
        *(line for one in found for line in _entry(catalogue, one, base)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(catalogue: Catalogue, one: Corrected, base: str) -> Iterator[str]:
    report, correction = one
    place = f"{report.key.address}#corrections"
    href = base + place if base else f"../{place}"
    own = f"{base or 'urn:evalpress:'}{report.key.address}#{correction.id}"
    title = word("editions", "feed_entry").format(title=report.title)
    yield "<entry>"
    yield f"<title>{escape(title)}</title>"
    yield f"<id>{escape(own)}</id>"
    yield f"<updated>{_moment(correction.date)}</updated>"
    yield f"<link href={quoteattr(href)}/>"
    yield f"<summary>{escape(_summary(catalogue, report, correction))}</summary>"
    yield "</entry>"


def _summary(catalogue: Catalogue, report: PublicReport, correction: Correction) -> str:
    """Where, from what to what, why; never what was removed."""
    old = word("editions", "redacted") if correction.redacted else correction.old
    changed = f"{old} → {correction.new or word('page', 'absent')}" if old else correction.new
    place = correction_words(report, correction, catalogue.reference)
    parts = (place, changed, correction.reason, kind_words(correction), correction.office)
    return "；".join(filter(None, parts))


def _moment(written: LooseDate | None) -> str:
    """A day as Atom has it; of one that is not written in full the first that it can be."""
    year, month, day = (written.year, written.month, written.day) if written else (None,) * 3
    return f"{year or 2000:04}-{month or 1:02}-{day or 1:02}T00:00:00+08:00"
