"""索引号 for reports that come out for the first time: from the ledger's count, never twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evalpress.commands import publish
from evalpress.disclose.public import disclose
from evalpress.ledger import Edition, Ledger, ReportEntry, write_ledger
from evalpress.ledger.allotting import allot, known_numbers
from evalpress.ledger.recording import Live, record
from evalpress.mkdocs_yml import Configuration
from evalpress.model import Department, Reference, Region, Report, State
from ledgers import WENT_LIVE
from samples import DATA, NOW, data_folder, inspect, reference, rules, written

OUT = "first_published: 2025-04-15 09:00\n"
EDITION = Edition(number=1, state="published", went_live=WENT_LIVE)


def with_pattern(pattern: str = "{budget_code}/{year}-{serial:5}", code: str = "901") -> Reference:
    """The county with a pattern, and one department."""
    region = Region.model_validate(
        {"id": "yunting", "name": "云汀县", "provenance": "demonstration",
         "defaults": [{"index_number": pattern}]}
    )  # fmt: skip
    department = Department.model_validate(
        {"id": "education", "names": "云汀县教育局", "regions": "yunting", "budget_code": code}
    )
    return replace(reference(), regions={"yunting": region}, departments={"education": department})


def numbers(
    *reports: Report, ledger: Ledger | None = None, known: Reference | None = None
) -> dict[str, str]:
    known, ledger = known or with_pattern(), ledger or Ledger()
    public = disclose(reports, known, NOW)
    made = allot(public, known, ledger, known_numbers(ledger, reports))
    return {key.address: number for key, number in made.items()}


def recorded(address: str, number: str, *former: str) -> Ledger:
    entry = ReportEntry(
        title="报告", index_number=number, former_numbers=former, editions=(EDITION,)
    )
    return Ledger({address: entry})


def test_missing_ones_are_counted_on_in_the_order_of_addresses() -> None:
    given = written(f"{OUT}public_info: {{index_number: 901/2025-00003}}", slug="a")
    found = numbers(written(OUT, slug="c"), written(OUT, slug="b"), given)
    assert found == {
        "education/2025/b/": "901/2025-00004", "education/2025/c/": "901/2025-00005",
    }  # fmt: skip


def test_no_number_is_given_twice() -> None:
    """Not one that was corrected away, nor one of a report that is gone."""
    ledger = recorded("education/2024/", "901/2025-00007", "901/2025-00009")
    assert numbers(written(OUT), ledger=ledger) == {"education/2025/": "901/2025-00010"}


def test_what_was_public_without_a_number_stays_without() -> None:
    assert numbers(written(OUT), ledger=recorded("education/2025/", "")) == {}


def test_drafts_and_what_comes_later_get_none() -> None:
    later = written("first_published: 2027-04-15 09:00", slug="later")
    said = written(OUT)
    draft = replace(said, content=said.content.model_copy(update={"state": State.DRAFT}))
    assert numbers(draft, later) == {}


def test_no_pattern_or_code_no_number() -> None:
    assert numbers(written(OUT), known=with_pattern(code="")) == {}
    assert numbers(written(OUT), known=reference()) == {}


def county_with(pattern: str) -> str:
    """The county's regions, with a pattern in the years until 2020."""
    text = (DATA / "regions.yml").read_text(encoding="utf-8")
    return text.replace("- until: 2020\n", f'- until: 2020\n        index_number: "{pattern}"\n', 1)


def test_the_form_is_checked(tmp_path: Path) -> None:
    def found(number: str, pattern: str) -> list[str]:
        report = f"state: published\npublic_info: {{index_number: {number}}}\n"
        files: dict[str, str | bytes] = {
            "data/regions.yml": county_with(pattern), "data/reports/education/2019.yml": report,
        }  # fmt: skip
        return rules(inspect(tmp_path, files))

    assert "index_number_form" in found("JY/1", "JY/{serial:3}")
    assert "index_number_form" not in found("JY/001", "JY/{serial:3}")
    assert "index_code_missing" in found("JY/001", "{org_code}/{serial:3}")
    assert "bad_number_pattern" in found("JY/001", "{code}/{serial:3}")


def test_publishing_writes_them_into_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once a ledger was begun, which keeps them from being given again."""
    report = "state: published\nfirst_published: 2020-04-15 09:00\npublic_info: {genre: 报告}\n"
    data = data_folder(tmp_path, {
        "data/regions.yml": county_with("JY/{year}-{serial:3}"),
        "data/reports/education/2019.yml": report,
        "mkdocs.yml": "site_name: 甲\n",
    })  # fmt: skip
    site = Configuration(tmp_path / "mkdocs.yml")
    publish._number(site, NOW)
    assert (data / "reports/education/2019.yml").read_text(encoding="utf-8") == report
    write_ledger(recorded("health/2019/", "JY/2020-041"), data)
    publish._number(site, NOW)
    after = (data / "reports/education/2019.yml").read_text(encoding="utf-8")
    assert after == report.replace("{genre", '{index_number: "JY/2020-042", genre')
    assert "JY/2020-042" in capsys.readouterr().out
    publish._number(site, NOW)
    assert (data / "reports/education/2019.yml").read_text(encoding="utf-8") == after


@pytest.mark.parametrize("number", ["901/2025-00001", ""])
def test_a_number_that_changes_is_remembered(number: str) -> None:
    live = Live(title="报告", state="published", number=1, index_number=number)
    after = record(recorded("education/2025/", "901/2025-00008"), {"education/2025/": live}, "x")
    assert after.reports["education/2025/"].former_numbers == ("901/2025-00008",)
