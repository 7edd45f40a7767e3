"""Every file that was ever issued, and how it stands."""

from __future__ import annotations

from evalpress.ledger import (
    Edition,
    Issued,
    Ledger,
    ReportEntry,
    Standing,
    known_files,
    removed_files,
)
from evalpress.ledger.recorded import Redaction, Withdrawn


def edition(number: int, *pdfs: str, **more: object) -> Edition:
    issued = tuple(Issued(name=f"{sha}.pdf", sha256=sha) for sha in pdfs)
    return Edition(number=number, state="published", went_live="", pdfs=issued, **more)  # type: ignore[arg-type]


def standings(*editions: Edition, **more: object) -> dict[str, Standing]:
    entry = ReportEntry(title="报告", editions=editions, **more)  # type: ignore[arg-type]
    return {k.sha256: k.standing for k in known_files(Ledger({"education/2024/": entry}))}


def test_the_last_print_of_the_last_edition_is_current() -> None:
    assert standings(edition(1, "a"), edition(2, "b", "c")) == {
        "a": Standing.SUPERSEDED,
        "b": Standing.REPRINTED,
        "c": Standing.CURRENT,
    }


def test_nothing_of_a_withdrawn_report_is_current() -> None:
    withdrawn = Withdrawn(date="2026-06-01", reason="数据有误")
    found = standings(edition(1, "a"), edition(2, "b"), withdrawn=withdrawn)
    assert set(found.values()) == {Standing.WITHDRAWN}


def test_an_edition_from_which_something_was_removed_says_so() -> None:
    found = standings(edition(1, "a", redacted=(Redaction(correction="c1"),)), edition(2, "b"))
    assert found == {"a": Standing.REDACTED, "b": Standing.CURRENT}


def test_an_attachment_is_current_as_long_as_it_lies_there() -> None:
    one = edition(1, attachments={"x/a.pdf": "a", "x/b.pdf": "b"})
    two = edition(2, attachments={"x/a.pdf": "a", "x/b.pdf": "c"})
    found = {
        (k.edition, k.sha256): k.standing
        for k in known_files(Ledger({"x/": ReportEntry(title="报告", editions=(one, two))}))
    }
    assert found == {
        (1, "a"): Standing.CURRENT,
        (1, "b"): Standing.SUPERSEDED,
        (2, "a"): Standing.CURRENT,
        (2, "c"): Standing.CURRENT,
    }


def test_what_a_whole_edition_has_as_well_was_not_removed() -> None:
    """A redaction leaves most files of an edition as they were."""
    same = {"m": "education-2024-funds.csv"}
    gone = (Redaction(correction="c1"),)
    editions = (
        edition(1, "a", redacted=gone, data_files={"j1": "education-2024.json", **same}),
        edition(2, "b", data_files={"j2": "education-2024.json", **same}),
    )
    entry = ReportEntry(title="报告", editions=editions)
    assert removed_files(Ledger({"education/2024/": entry})).keys() == {"a", "j1"}
