"""The verbs about releases: publish, diff, releases, rollback."""

from __future__ import annotations

import argparse
import errno
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evalpress import commands
from evalpress.clock import BEIJING, ORDER
from evalpress.commands import publish
from evalpress.findings import Mistaken
from evalpress.release import Layout
from evalpress.release.history import kept_releases
from projects import Project, replace

pytestmark = pytest.mark.usefixtures("forked_builds")

NOON = datetime(2026, 8, 15, 12, tzinfo=BEIJING)


def run(project: Project, *arguments: str) -> int:
    return commands.main([*arguments, "--config", str(project.config)])


@pytest.fixture
def published(small_with_site: Project) -> Project:
    return small_with_site


def numbers(project: Project) -> list[int]:
    return [kept.record.number for kept in kept_releases(Layout(project.site))]


def test_a_change_is_shown_published_listed_and_taken_back(
    published: Project, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    replace(published.report("parks/2025"), '"93.6"', '"94.1"')
    page = published.site / "parks/2025/index.html"
    before = page.read_bytes()

    html = tmp_path / "difference.html"
    assert run(published, "diff", "--html", str(html)) == 0
    said = capfd.readouterr().out
    assert "改动　/parks/2025/" in said
    assert "93.6 → 94.1" in said
    assert "indicators/" in html.read_text(encoding="utf-8")
    assert page.read_bytes() == before

    assert run(published, "publish", "2025") == 0
    said = capfd.readouterr().out
    assert "已公开，版本 2" in said
    assert "evalpress rollback" in said
    assert "94.1" in page.read_text(encoding="utf-8")
    home = (published.site / "index.html").read_text(encoding="utf-8")
    assert 'href="data/all/evaluations.xlsx"' in home and 'href="data/all/evaluations.zip"' in home

    assert run(published, "diff", "1") == 0
    assert "93.6 → 94.1" in capfd.readouterr().out
    assert run(published, "publish") == 0
    assert "不必公开" in capfd.readouterr().out

    assert run(published, "rollback") == 0
    assert page.read_bytes() == before
    assert run(published, "releases") == 0
    live, *others = capfd.readouterr().out.splitlines()[-3:]
    assert live.startswith("现在 3") and live.endswith("（恢复版本 1）")
    assert [line[:4] for line in others] == ["保留 2", "保留 1"]
    assert run(published, "releases", "--json") == 0
    told = json.loads(capfd.readouterr().out)["releases"]
    assert [(one["number"], one.get("since")) for one in told] == [(3, 2), (2, 1), (1, None)]
    assert "parks/2025/index.html" in told[0]["changed"] and told[0]["live"]
    assert told[1]["changed"] == told[0]["changed"]
    assert told[1]["new"] == told[0]["gone"], "the set of everything, which a build does not make"
    assert all("/all/" in path for path in told[1]["new"])
    assert not told[1]["gone"] + told[0]["new"]
    assert run(published, "releases", "--drop", "2") == 0
    assert numbers(published) == [3, 1]
    assert not list(published.folder.glob(".site-ready")) + list(published.folder.glob(".site-new"))


def test_the_page_of_a_difference_is_never_public(published: Project) -> None:
    assert run(published, "diff", "--html", str(published.site / "x.html")) == 2


def test_only_the_year_that_is_meant_may_change(
    published: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    replace(published.report("parks/2024"), "管护公园3个", "管护公园九个")
    assert run(published, "publish", "2025") == 1
    assert "[other_year]" in capfd.readouterr().err
    assert numbers(published) == [1]
    assert not (published.folder / ".site-ready").exists()
    assert run(published, "publish", "2024") == 0


def test_a_page_that_was_public_is_not_lost_by_accident(
    published: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    report = published.report("parks/2025/tree-planting")
    replace(report, "state: published", "state: draft")
    assert run(published, "publish") == 1
    assert "parks/2025/tree-planting/  错误  [pages_lost]" in capfd.readouterr().err
    assert (published.site / "parks/2025/tree-planting/index.html").exists()
    built = published.build()
    assert "注意：现在网站上的 1 个网页，新网站没有" in built.said
    assert built.code == 0
    replace(report, "state: draft", "state: published")
    assert run(published, "publish") == 0
    replace(report, "state: published", "state: draft")
    assert run(published, "publish", "--without", "/parks/2025/tree-planting/") == 0


def test_lists_that_a_withdrawal_empties_lead_to_the_page_above(published: Project) -> None:
    """Their addresses were public as well, and nobody asked for an end of them."""
    emptied = ("years/2024/", "parks/2025/compare/")
    assert all((published.site / one / "index.html").is_file() for one in emptied)
    taken = "state: withdrawn\nwithdrawal: {date: 2026-01-05, reason: 重复, office: 园林绿化中心}"
    replace(published.report("parks/2024"), "state: published", taken)
    assert run(published, "publish") == 0
    for one in emptied:
        assert 'http-equiv="refresh"' in (published.site / one / "index.html").read_text("utf-8")
    assert run(published, "publish") == 0, "they lead on as long as there is nothing else"


def test_a_report_that_lost_a_part_is_told(
    published: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    report = published.report("parks/2024")
    lines = report.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("public_info:")]
    report.write_text("".join(kept), encoding="utf-8")
    assert run(published, "publish") == 1
    said = capfd.readouterr().err
    assert "parks/2024/  错误  [parts_lost]" in said
    assert "public_info" in said
    assert run(published, "publish", "--without", "parks/2024/") == 0


def test_what_is_wrong_is_not_published(
    published: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    replace(published.report("parks/2025"), "state: published", "state: 已发布")
    assert run(published, "publish") == 1
    assert "data/reports/parks/2025.yml:1:" in "".join(capfd.readouterr())
    assert numbers(published) == [1]


def test_a_moment_left_in_the_settings_is_refused(
    small: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    small.set("as_of: 2026-08-15 09:00")
    assert run(small, "publish") == 1
    assert "[as_of_set]" in capfd.readouterr().err
    assert "注意：设置里写着 as_of" in small.build().said


@pytest.mark.parametrize("there", [True, False])
def test_an_empty_data_folder_is_refused(
    small: Project, capfd: pytest.CaptureFixture[str], there: bool
) -> None:
    (small.folder / "data" / "reports").rename(small.folder / "elsewhere")
    if there:
        (small.folder / "data" / "reports").mkdir()
    assert run(small, "publish") == 1
    assert "[no_reports]" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rollback"], "no_releases_kept"), (["rollback", "7"], "no_releases_kept"),
        (["rollback", "1"], "release_is_live"), (["releases", "--drop", "1"], "release_is_live"),
    ],
)  # fmt: skip
def test_there_is_no_such_release(
    published: Project, capfd: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(published, *arguments) == 1
    assert f"[{told}]" in capfd.readouterr().err


def test_a_site_that_was_never_published_has_no_releases(
    small: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(small, "releases") == 0
    assert "还没有公开过" in capfd.readouterr().out


# --- on the second ------------------------------------------------------------------------------


def test_a_report_goes_live_at_its_hour_and_not_before(
    published: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The clock of the waiting command is the test's own: each nap sets it on."""
    replace(
        published.report("parks/2025/tree-planting"), "first_published: 2026-08-18 09:30",
        "first_published: 2029-08-15 09:00",
    )  # fmt: skip
    hour = datetime(2029, 8, 15, 9, tzinfo=BEIJING)
    clock, seen = [hour - timedelta(minutes=3)], []

    def sleep(seconds: float) -> None:
        seen.append((clock[0], (published.site / "manifest.json").read_bytes()))
        clock[0] += timedelta(seconds=seconds)

    monkeypatch.setattr(publish, "now", lambda: clock[0])
    monkeypatch.setattr("time.sleep", sleep)
    before = (published.site / "manifest.json").read_bytes()
    assert run(published, "publish", "--at", "2029-08-15 09:00") == 0
    assert "等到 2029-08-15 09:00:00 公开" in capfd.readouterr().out
    assert seen and {content for _, content in seen} == {before}
    assert kept_releases(Layout(published.site))[0].record.went_live == hour.isoformat()
    page = (published.site / "parks/2025/tree-planting/index.html").read_text("utf-8")
    assert "2029-08-15 09:00" in page
    assert ORDER not in page


def test_a_site_that_was_touched_while_it_waited_does_not_go_live(
    published: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    replace(published.report("parks/2024"), "管护公园3个", "管护公园九个")
    ready = published.folder / ".site-ready"
    clock = [NOON + timedelta(days=3650)]

    def sleep(seconds: float) -> None:
        (ready / "parks/2024/index.html").write_text("别的", encoding="utf-8")
        clock[0] += timedelta(seconds=seconds)

    monkeypatch.setattr(publish, "now", lambda: clock[0])
    monkeypatch.setattr("time.sleep", sleep)
    assert run(published, "publish", "--at", f"{clock[0] + timedelta(minutes=5)}") == 1
    assert "[not_ready]" in capfd.readouterr().err
    assert numbers(published) == [1]


@pytest.mark.parametrize("at", ["25:99", "noon", "2026-13-01 09:00", "11:59", "2020-01-01 09:00"])
def test_a_moment_that_is_none_or_past_is_refused(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    monkeypatch.setattr(publish, "now", lambda: NOON)
    with pytest.raises(Mistaken):
        publish._moment(at)


@pytest.mark.parametrize("against", ["", "nowhere", "mkdocs.yml"])
def test_a_difference_needs_something_to_compare_with(
    published: Project, capfd: pytest.CaptureFixture[str], against: str
) -> None:
    """Else all pages would seem new."""
    assert run(published, "diff", against) == 2
    assert "不是文件夹" in capfd.readouterr().err


def test_a_page_of_differences_that_cannot_be_written_is_told(
    published: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(published, "diff", "--html", ".") == 2
    assert "不能写到" in capfd.readouterr().err


def test_a_ledger_that_cannot_be_written_after_the_swap_is_told(
    published: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "data/ledger/parks.yml")

    replace(published.report("parks/2024"), "管护公园3个", "管护公园九个")
    monkeypatch.setattr(publish, "_record", full)
    assert run(published, "publish") == 2
    said = capfd.readouterr()
    assert "已公开，版本 2" in said.out
    assert "没有登记完：data/ledger/parks.yml" in said.err


def test_an_empty_moment_is_not_now(published: Project, capfd: pytest.CaptureFixture[str]) -> None:
    """Of a script whose variable is not set."""
    assert run(published, "publish", "--at", "") == 2
    assert numbers(published) == [1]


def test_a_time_alone_is_today_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "now", lambda: NOON)
    assert publish._moment("13:00") == NOON + timedelta(hours=1)
    assert publish._moment("2026-08-16 12:00") == NOON + timedelta(days=1)


def test_options_are_explained() -> None:
    parser = argparse.ArgumentParser()
    publish.add_options(parser)
    assert "09:00" in parser.format_help()
