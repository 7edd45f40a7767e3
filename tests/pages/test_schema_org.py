"""What pages say to programs: reports, their data, the bodies behind them, and nothing unknown."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from evalpress.assess import assess
from evalpress.pages import write
from evalpress.pages.frame import Offer
from evalpress.pages.meta_tags import Identity, Shown, all_tags
from evalpress.pages.schema_org import linked_data
from projects import ADDRESS, Finished
from samples import public, reference

SITE = Identity("绩效公开", ADDRESS, organizer="云汀县财政局")
DATA = (Offer("education/2025/a.json", "甲.json", "全部数据", "application/json"),)


def things(kind: str, site: Identity = SITE, title: str = "甲") -> list[dict[str, Any]]:
    pages = write(assess([public(f"title: '{title}'")], reference()))
    page = next(one for one in pages if one.frame.kind == kind)
    page = page.framed(data=DATA) if kind == "report" else page
    shown = Shown(page.address, kind, page.frame.tags)
    shown = Shown(page.address, kind, all_tags(site, shown))
    found = linked_data(site, shown, page.frame)
    return json.loads(found)["@graph"] if found else []


def test_a_report_and_its_data() -> None:
    report, data = things("report")
    assert (report["@type"], report["name"]) == ("Report", "甲")
    assert report["url"] == f"{ADDRESS}education/2025/"
    assert report["publisher"] == {"@type": "GovernmentOrganization", "name": "云汀县财政局"}
    assert "datePublished" not in report and "image" not in report
    assert data["@type"] == "Dataset"
    assert data["distribution"][0]["contentUrl"] == f"{ADDRESS}education/2025/a.json"


def test_a_department_and_the_site() -> None:
    (body,) = things("department")
    assert body["@type"] == "GovernmentOrganization"
    assert [one["@type"] for one in things("home")] == ["GovernmentOrganization", "WebSite"]
    unnamed = things("home", Identity("绩效公开", ADDRESS))
    assert [one["@type"] for one in unnamed] == ["WebSite"]
    assert "publisher" not in unnamed[0]


def test_nothing_is_said_without_an_address_or_of_lists() -> None:
    assert things("report", Identity("绩效公开")) == []
    assert things("years") == []


def test_a_title_cannot_end_the_block() -> None:
    assert things("report", title="</script><b>")[0]["name"] == "</script><b>"


@pytest.mark.slow
def test_blocks_of_finished_pages_are_data(configured: Finished) -> None:
    page = (configured.site / "parks/2025/index.html").read_text(encoding="utf-8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    report, data = json.loads(block)["@graph"]
    assert report["image"] == f"{ADDRESS}parks/2025/parks-2025.png"
    assert (configured.site / "parks/2025/parks-2025.png").is_file()
    files = [report["encoding"][0], *data["distribution"]]
    for file in files:
        assert (configured.site / file["contentUrl"].removeprefix(ADDRESS)).is_file()
