"""What a ledger holds of reports, for tests that hold others against it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evalpress.checks import RULES, Context, check
from evalpress.checks.subject import Subject
from evalpress.disclose.public import publish
from evalpress.files.attachments import attachment_address, contents, file_names
from evalpress.findings import Finding
from evalpress.ledger import Ledger, digest_of_form, public_form, write_ledger
from evalpress.ledger.editions import Editions
from evalpress.ledger.held import Recorded
from evalpress.ledger.recorded import Edition, ReportEntry
from evalpress.ledger.recording import Live, record
from evalpress.load import load
from evalpress.model import Report, State
from samples import NOW, reference, rules
from subjects import subject

WENT_LIVE = "2025-04-15T09:00:00+08:00"
HELD = [n for n, r in RULES.items() if r.of_report and r.of_report.__module__.endswith("published")]


def recorded_of(report: Report, folder: Path) -> Recorded:
    """What a ledger holds of a report that went live as it is; its data are kept in a folder."""
    public = publish(report, reference(), NOW)
    form, editions = public_form(public, reference()), Editions(folder)
    edition = Edition(
        number=report.content.version, state="published", went_live=WENT_LIVE,
        data=digest_of_form(form),
    )  # fmt: skip
    address = report.key.address
    editions.write(address, edition.number, form)
    return Recorded(editions, address, ReportEntry(title=public.title, editions=(edition,)))


def findings_against(recorded: Recorded, report: Report, like: Subject) -> list[Finding]:
    """What the rules about published reports find in a report, held against what is recorded."""
    seen = replace(like, report=report, recorded=recorded, contents={})
    found = []
    for name in HELD:
        of_report = RULES[name].of_report
        assert of_report
        found += [replace(f, level=RULES[name].level) for f in of_report(seen)]
    return found


def held(before: str, after: str, folder: Path) -> list[str]:
    """The rules that complain of a report that was public as one text and is now another."""
    recorded = recorded_of(subject(before).report, folder)
    now = subject(after)
    return rules(findings_against(recorded, now.report, now))


def record_all(data: Path, went_live: str = WENT_LIVE) -> Ledger:
    """Record every public report of a data folder, as publishing does but for the PDFs."""
    loaded = load(data)
    editions, live = Editions(data), {}
    for report in loaded.reports:
        if report.content.state in (State.DRAFT, State.WITHDRAWN):
            continue
        public = publish(report, loaded.reference, NOW)
        found = contents(data / "attachments" / report.key.department / str(report.key.year))
        form = public_form(public, loaded.reference, found)
        editions.write(report.key.address, report.content.version, form)
        live[report.key.address] = Live(
            title=public.title, state=str(report.content.state), number=report.content.version,
            index_number=report.content.public_info.index_number or "", public=form,
            attachments={
                attachment_address(report.key, name): found.get(name, "")
                for name in file_names(report.content)
            },
        )  # fmt: skip
    ledger = record(Ledger(), live, went_live)
    write_ledger(ledger, data)
    return ledger


def check_folder(data: Path, ledger: Ledger) -> list[Finding]:
    """Every finding about a data folder that is held against a ledger."""
    loaded = load(data)
    return [*loaded.findings, *check(Context(loaded, data, ledger=ledger))]
