"""Settings are typed, refuse what they do not know, and alone read the clock."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from evalpress.clock import BEIJING
from evalpress.findings import Finding, Refused
from evalpress.settings import Settings, SiteIdentity, read_settings, refuse_site_url
from samples import rules

CONFIG = """site_name: x
theme: {name: !ENV [THEME, material]}
extra:
  evalpress:
    data_dir: data
    pdf_worker: 3
    pdf: 对
    as_of: 2026/8/15
    site:
      organiser: 某局
      icp: 12
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path / "mkdocs.yml"


def refused(found: Any, config: Path) -> list[Finding]:
    with pytest.raises(Refused) as caught:
        read_settings(found, config)
    return caught.value.findings


@pytest.mark.parametrize("found", [None, {}])
def test_everything_has_a_default(found: Any, config: Path) -> None:
    assert read_settings(found, config) == Settings()


def test_every_mistake_is_found_at_its_line(config: Path) -> None:
    found = {
        "data_dir": "data", "pdf_worker": 3, "pdf": "对", "as_of": "下周",
        "site": {"organiser": "某局", "icp": 12},
    }  # fmt: skip
    findings = refused(found, config)
    assert sorted((f.where.line, f.where.column, f.rule) for f in findings) == [
        (6, 5, "unknown_setting"), (7, 5, "bad_setting"), (8, 5, "bad_setting"),
        (10, 7, "unknown_setting"), (11, 7, "bad_setting"),
    ]  # fmt: skip
    assert all(f.where.file == "mkdocs.yml" for f in findings)
    assert findings[0].where.field.startswith("extra.evalpress.")


def test_unknown_setting_suggests_the_nearest_and_lists_all(config: Path) -> None:
    (finding,) = refused({"pdf_worker": 3}, config)
    assert "“pdf_workers”" in finding.what
    assert all(name in finding.fix for name in Settings.model_fields)


@pytest.mark.parametrize(
    "found",
    [{"pdf": "对"}, {"pdf": []}, {"pdf_workers": "x"}, {"pdf_workers": 0}, {"pdf_workers": []},
     {"pdf_workers": "10.0.0.5:8786"}, {"pdf_workers": "tcp://10.0.0.5:8786"},
     {"pdf_workers": "tls://10.0.0.5:8786"}, {"pdf_tls": {"ca": "a", "cert": "b", "key": "c"}},
     {"pdf_workers": 1.5}, {"as_of": "明天"}, {"as_of": "2026-02-30"}, {"site": "某局"},
     {"site": {"icp": 1}}, {"data_dir": 5}, "text", ["list"], True],
)  # fmt: skip
def test_mistake_is_answered_in_chinese(found: Any, config: Path) -> None:
    (finding,) = refused(found, config)
    assert finding.rule == "bad_setting"
    assert any("\u4e00" <= character <= "\u9fff" for character in finding.fix)


@pytest.mark.parametrize("at", ["tcp://127.0.0.1:8786", "tcp://localhost:1", "tls://[::1]:8786"])
def test_a_scheduler_on_this_machine_needs_no_tls(at: str, config: Path) -> None:
    assert read_settings({"pdf_workers": at}, config).pdf_workers == at


def test_a_scheduler_elsewhere_is_reached_with_tls_alone(config: Path) -> None:
    files = {name: f"{name}.pem" for name in ("ca", "cert", "key")}
    for name in files.values():
        (config.parent / name).touch()
    found = {"pdf_workers": "tls://10.0.0.5:8786", "pdf_tls": files}
    assert read_settings(found, config).pdf_workers == "tls://10.0.0.5:8786"
    open_one = {**found, "pdf_workers": "tcp://10.0.0.5:8786"}
    assert rules(refused(open_one, config)) == ["bad_setting"]


def test_data_folder_must_be_there(config: Path) -> None:
    assert rules(refused({"data_dir": "nothing"}, config)) == ["missing_data_dir"]
    assert rules(refused({"pdf_fonts": "nothing"}, config)) == ["missing_fonts_dir"]


def test_setting_that_is_not_in_the_file_still_has_a_place(config: Path) -> None:
    config.write_text("INHERIT: base.yml\n", encoding="utf-8")
    (finding,) = refused({"pdf": "对"}, config)
    assert str(finding.where) == "mkdocs.yml"


@pytest.mark.parametrize(
    "written",
    ["2026-08-15 09:00", "2026-08-15T09:00:00", datetime(2026, 8, 15, 9),
     datetime(2026, 8, 15, 9, tzinfo=BEIJING)],
)  # fmt: skip
def test_as_of_is_in_beijing_time(written: Any, config: Path) -> None:
    moment = read_settings({"as_of": written}, config).moment()
    assert moment == datetime(2026, 8, 15, 9, tzinfo=BEIJING)


def test_day_as_yaml_reads_it_is_its_midnight(config: Path) -> None:
    moment = read_settings({"as_of": date(2026, 8, 15)}, config).moment()
    assert moment == datetime(2026, 8, 15, tzinfo=BEIJING)


def test_without_as_of_it_is_now_in_beijing() -> None:
    assert Settings().moment().tzinfo is BEIJING


def test_nothing_about_the_owner_is_invented() -> None:
    assert set(SiteIdentity().model_dump().values()) == {None}


@pytest.mark.parametrize("name", ["icp_url", "police_url", "error_report_url"])
@pytest.mark.parametrize("found", ["javascript:alert(1)", "www.example.gov.cn", ""])
def test_addresses_that_run_or_lead_nowhere_are_refused(
    name: str, found: str, config: Path
) -> None:
    (finding,) = refused({"site": {name: found}}, config)
    assert (finding.rule, finding.where.field) == ("bad_setting", f"extra.evalpress.site.{name}")
    assert read_settings({"site": {name: "https://www.example.gov.cn/"}}, config)


@pytest.mark.parametrize(
    "found", ["https://x.invalid/a.png", "//x/a.png", "/a.png", "../a.png", "a.exe", "a.png?x", ""]
)
def test_pictures_are_files_of_the_site_s_own(found: str, config: Path) -> None:
    (finding,) = refused({"site": {"agency_mark": found}}, config)
    assert finding.rule == "bad_setting"
    assert read_settings({"site": {"agency_mark": "images/a.png"}}, config)


@pytest.mark.parametrize("found", ["javascript://x/%0aalert(1)", "years/", "mailto:a@b.example"])
def test_the_site_s_own_address_is_a_web_address(found: str, config: Path) -> None:
    with pytest.raises(Refused):
        refuse_site_url(found, config)
    for right in ("", "https://jx.example.gov.cn/"):
        refuse_site_url(right, config)
