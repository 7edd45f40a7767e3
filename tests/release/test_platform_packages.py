"""Packages for a shared platform: what is in them, nothing else, and the same bytes each time."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Browser

from evalpress.release.fragment import fragment
from evalpress.release.manifest import read_manifest
from evalpress.release.platform_packages import Package, packages
from projects import Finished

OUTSIDE = ("草稿暗记甲一七", "未到时间暗记乙二八", "内部暗记丙三九", "经办人暗记丁四", "浅根树种")
URL = "https://a.invalid/ping/"
PAGE = """<html><body><div class="ep-provenance" role="note"><strong>演示数据</strong>
 <span>虚构。</span></div><article class="ep-article" onclick="x()"><h1 id="t">题</h1>
<div class="ep-figure"><span>得分</span><span>95<span>分</span></span><span>满分100分</span></div>
<p class="ep-web">只在网站</p>后面的字
<details><summary>公开信息</summary>
<dl class="ep-record"><div><dt>文号</dt><dd>无</dd></div></dl></details>
<ol class="ep-list"><li><span class="ep-num">①</span>甲</li></ol>
<table style="width:9px"><tr><th class="ep-web">网</th>
<td headers="t h">乙<span class="ep-cell-note">注</span></td></tr></table>
<p><a href="#t">上</a><a href="a-2025.pdf">文件</a><a href="../2024/">去年</a>
<a href="javascript:x()">坏</a>
<img src="../attachments/%E5%9B%BE.png" alt="图"></p><script>x()</script></article></body></html>"""
INSIDE = {"a/2025/a-2025.pdf": "files/a-2025.pdf", "a/attachments/图.png": "files/图.png"}


def text_of(site_url: str = URL) -> str:
    tree = etree.HTML(PAGE.encode(), etree.HTMLParser(encoding="utf-8"))
    return fragment(tree, "a/2025/", INSIDE, site_url)


def test_a_text_needs_no_style_and_runs_nothing() -> None:
    found = text_of()
    assert not re.search(r"<script|<style| class=| style=| on\w+=|javascript:", found)
    assert "只在网站" not in found and ">网<" not in found and "后面的字" in found
    for said in ("演示数据 虚构。", "得分：95分（满分100分）", "文号：无", "①甲", "乙（注）"):
        assert said in found
    assert '<table border="1"' in found and "<li>" not in found


def test_links_lead_to_the_package_or_to_the_site() -> None:
    found = text_of()
    assert 'id="ep-t"' in found and 'href="#ep-t"' in found and 'headers="ep-t ep-h"' in found
    assert 'href="files/a-2025.pdf"' in found and 'src="files/%E5%9B%BE.png"' in found
    assert f'href="{URL}a/2024/"' in found
    assert "<a>去年</a>" in text_of("")


# --- of a finished site -------------------------------------------------------------------------


def made_of(finished: Finished) -> list[Package]:
    manifest = read_manifest(finished.site)
    assert manifest
    return [*packages(finished.site, manifest, "")]


@pytest.mark.slow
def test_every_report_has_a_package_with_all_its_files(finished_small: Finished) -> None:
    found = {one.name: one for one in made_of(finished_small)}
    assert set(found) == {"parks-2024", "parks-2025", "parks-2025-tree-planting"}
    with ZipFile(BytesIO(found["parks-2025"].content)) as package:
        names = set(package.namelist())
        about = json.loads(package.read("metadata.json"))
        assert package.read("files/parks-2025.pdf").startswith(b"%PDF-")
    assert {"fragment.html", "metadata.json", "files/parks-2025.json"} <= names
    assert about["索引号"] == "QH301/2026-00001"
    assert about["标题"] == found["parks-2025"].title
    assert set(about) >= {"栏目", "发布时间", "关键词", "信息来源"}
    assert set(about["附件"]) == names - {"fragment.html", "metadata.json"}


@pytest.mark.slow
def test_the_same_site_gives_the_same_packages_and_nothing_that_is_not_public(
    finished_small: Finished,
) -> None:
    first = made_of(finished_small)
    assert first == made_of(finished_small)
    for one in first:
        with ZipFile(BytesIO(one.content)) as package:
            texts = [package.read(n) for n in package.namelist() if not n.endswith(".pdf")]
        whole = b"".join(texts).decode()
        assert not [word for word in OUTSIDE if word in whole]
        assert "古树名木" in whole or one.name != "parks-2025"


@pytest.mark.slow
def test_a_text_pasted_into_a_bare_page_reads_and_asks_for_nothing(
    finished_small: Finished, browser: Browser
) -> None:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.on("request", lambda request: asked.append(request.url))
    for one in made_of(finished_small):
        with ZipFile(BytesIO(one.content)) as package:
            text = package.read("fragment.html").decode()
        page.set_content(f"<!doctype html><title>平台</title><main>{text}</main>")
        assert page.locator("h1").inner_text() == one.title
        assert page.locator("table").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.close()
    assert not asked
