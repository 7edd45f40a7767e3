"""The public data of a report, and their hash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalpress.disclose.public import disclose
from evalpress.ledger import digest_of_form, public_form
from evalpress.ledger.editions import Editions
from evalpress.ledger.publicform import lifted, restored
from evalpress.ledger.recorded import Edition
from evalpress.load import load
from evalpress.model import PublicReport
from samples import DATA, NOW, public, reference

REPORT = """\
first_published: 2025-04-15 09:00
body: {overview: 一段文字。}
indicators: [{id: canteens, name: 食堂数, target: ≥12个, actual: 12个, score: 9.50}]
scores: {total: 97.20, grade: 优}
"""


def digest(text: str) -> str:
    return digest_of_form(public_form(public(text), reference()))


def test_the_same_data_have_the_same_hash_however_they_are_written() -> None:
    lines = REPORT.splitlines(keepends=True)
    assert digest(REPORT) == digest("".join(reversed(lines)))
    assert digest(REPORT) == digest(f"# note\n{REPORT}projects: []\nversion: 1\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("97.20", "97.2"), ("优", "良"), ("一段文字", "两段文字"), ("≥12个", "12个"),
        ("09:00", "10:00"), ("9.50", "9.5"), ("canteens", "kitchens"), ("score: 9.50", "cause: x"),
    ],
)  # fmt: skip
def test_other_data_have_another_hash(old: str, new: str) -> None:
    assert digest(REPORT) != digest(REPORT.replace(old, new))


def test_what_stays_inside_changes_nothing() -> None:
    inner = "notes: 内部说明\nsign_offs: [{step: 填报, name: 甲某}]\n"
    assert digest(REPORT) == digest(REPORT + inner)


def test_the_order_of_sections_and_rows_counts() -> None:
    two = "body: {overview: 甲。, method: 乙。}\n"
    assert digest(two) != digest("body: {method: 乙。, overview: 甲。}\n")
    rows = "indicators: [{id: a, name: 甲}, {id: b, name: 乙}]\n"
    assert digest(rows) != digest("indicators: [{id: b, name: 乙}, {id: a, name: 甲}]\n")


def test_the_file_beside_a_report_counts() -> None:
    report = public("attachments: [{id: a, name: 表, file: 表.pdf}]\n")
    one = public_form(report, reference(), {"表.pdf": "1" * 64, "别的.pdf": "3" * 64})
    assert one["files"] == {"表.pdf": "1" * 64}
    other = public_form(report, reference(), {"表.pdf": "2" * 64})
    assert digest_of_form(one) != digest_of_form(other)


def test_the_form_is_the_one_of_its_number() -> None:
    """Whoever changes the form gives it a new number, and lifts the old one into it."""
    expected = "3b07e5a90b7c146e2d6420324d2ff069fd87ed6e156605bc54caaa1248400ad0"
    assert digest(REPORT) == expected


def reports() -> list[PublicReport]:
    loaded = load(DATA)
    return disclose(loaded.reports, loaded.reference, NOW, preview=True)


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.key.name)
def test_public_data_hold_the_whole_report(report: PublicReport) -> None:
    form = public_form(report, load(DATA).reference)
    kept = json.loads(json.dumps(form))
    assert digest_of_form(kept) == digest_of_form(form)
    assert restored(kept) == report.content


def test_what_is_withheld_is_no_part_of_the_public_data() -> None:
    text = (
        "body: {overview: [{id: secret, text: 机密的话。}, 其余。]}\n"
        "facts: [{id: patrols, name: 夜间巡查, value: 128, unit: 次}]\n"
        "withheld: [{place: facts/patrols, reason: 依照保密规定}, "
        "{place: body/overview/secret, reason: 依照保密规定}]\n"
    )
    report = public(text)
    form = public_form(report, reference())
    assert "128" not in json.dumps(form)
    assert "机密" not in json.dumps(form, ensure_ascii=False)
    assert restored(json.loads(json.dumps(form))) == report.content


def test_data_of_a_later_program_are_not_guessed() -> None:
    with pytest.raises(KeyError):
        lifted({}, 99)
    assert restored({"content": {"tomorrow": 1}}) is None


def test_kept_data_are_proved_by_their_hash(tmp_path: Path) -> None:
    editions, form = Editions(tmp_path), public_form(public(REPORT), reference())
    edition = Edition(number=1, state="published", went_live="", data=digest_of_form(form))
    assert editions.read("education/2025/", edition) is None
    editions.write("education/2025/", 1, form)
    assert editions.read("education/2025/", edition) == form
    path = editions.data_path("education/2025/", 1)
    path.write_text(path.read_text().replace("97.20", "98.20"))
    assert editions.read("education/2025/", edition) is None


def test_what_an_indicator_is_shared_as_is_nothing_that_the_report_says() -> None:
    row = "indicators: [{id: a, name: 甲%s}]"
    plain, shared = (
        public_form(public(row % more), reference()) for more in ("", ", common: rate")
    )
    assert plain == shared
