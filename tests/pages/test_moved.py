"""evalpress.moved: no address that was once published ends in nothing."""

from __future__ import annotations

import pytest

from evalpress.assess import assess
from evalpress.disclose.public import disclose
from evalpress.pages.meta_tags import COLUMN, SITE, Identity
from evalpress.pages.moved import leading_page, moved
from histories import with_departments
from samples import NOW, written

KNOWN = with_departments(
    {"id": "culture", "names": "文化局", "former_ids": ["arts"]}, {"id": "media", "names": "电视台"}
)
REPORTS = [
    written("title: 一", "culture", 2024),
    written("former_slugs: [old-hall]", "culture", 2024, "hall"),
    written("former_slugs: [tower]", "media", 2024, "mast"),
]
WHOLE = assess(disclose(REPORTS, KNOWN, NOW), KNOWN)


@pytest.mark.parametrize(
    ("address", "former"),
    [
        ("culture/", {"arts/"}),
        ("culture/2024/", {"arts/2024/"}),
        ("culture/2024/compare/", {"arts/2024/compare/"}),
        ("culture/2024/culture-2024.pdf", {"arts/2024/arts-2024.pdf"}),
        ("culture/2024/culture-2024-funds.csv", {"arts/2024/arts-2024-funds.csv"}),
        ("culture/2024/附件.xlsx", {"arts/2024/附件.xlsx"}),
        ("media/2024/mast/media-2024-mast.json", {"media/2024/tower/media-2024-tower.json"}),
        ("culture/2024/hall/",
         {"arts/2024/hall/", "culture/2024/old-hall/", "arts/2024/old-hall/"}),
        ("culture/2023/附件.pdf", {"arts/2023/附件.pdf"}),
        ("culture/2024/hall/culture-2024-hall.pdf", {
            "arts/2024/hall/arts-2024-hall.pdf", "culture/2024/old-hall/culture-2024-old-hall.pdf",
            "arts/2024/old-hall/arts-2024-old-hall.pdf",
        }),
        ("media/2024/", set()),
        ("years/2024/", set()),
        ("problems/culture/", {"problems/arts/"}),
        ("compare/culture/", {"compare/arts/"}),
        ("problems/2024/", set()),
        ("problems/", set()),
    ],
)  # fmt: skip
def test_former_addresses(address: str, former: set[str]) -> None:
    found = moved(WHOLE, [address])
    assert set(found) == former and set(found.values()) <= {address}


def test_what_is_there_now_is_never_hidden() -> None:
    assert moved(WHOLE, ["culture/", "arts/"]) == {}


def test_the_page_leads_on_without_a_script() -> None:
    html = leading_page("arts/2024/", "culture/2024/", Identity("站", "https://example.org/base/"))
    assert 'content="0; url=../../culture' in html
    assert "noindex" in html and "<script" not in html and "<a href" in html
    assert "https://example" in html


def test_the_page_bears_the_tags_of_the_site_and_its_own_address() -> None:
    site = Identity("某县绩效公开", "https://example.org/base/", "1234567890")
    html = leading_page("arts/2024/", "culture/2024/", site)
    assert html.count('<meta name="SiteName" content="某县绩效公开">') == 1
    for name in (*SITE, *COLUMN, "keywords", "description"):
        assert html.count(f'<meta name="{name}"') == 1, name
    assert 'name="Url" content="https://example.org/base/arts/2024/"' in html
    assert "PubDate" not in html
