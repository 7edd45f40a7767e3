"""A report's page beside its original: what readers would see, against what was signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress.authoring.proofread import CannotCompare, Proof, page_passages, proofread
from evalpress.authoring.single import single
from evalpress.findings import Refused
from evalpress.mkdocs_yml import Configuration
from evalpress.text.collation import Kind, Origin
from projects import Project, make_small_project, replace
from sample_files import docx, paragraph, scanned_pdf

ORIGINAL = """按照预算绩效管理的要求，本中心自评了2025年度整体支出的绩效。
一、部门基本情况
（一）部门概况
机构：设养护、工程、综合三个科。
①管护公园4个；
②管护绿地43.2公顷；
③古树名木27株。
（二）部门收支预决算情况
资金情况见下表。
项目\t年初预算数\t全年预算数（A）\t全年执行数（B）\t执行率（B/A）
年度资金总额\t540.00\t560.00\t546.00\t97.50%
其中：当年财政拨款\t540.00\t560.00\t546.00\t97.50%
（三）部门整体支出绩效目标、指标
总体绩效目标：
建成区绿地率不低于38%。
分项绩效目标
1、公园管护
绩效目标：四个公园按二级标准管护。"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_small_project(tmp_path)


def compare(project: Project, content: str | bytes, name: str = "original.txt") -> Proof:
    file = project.folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    site = Configuration(project.config)
    return proofread(site.settings, site.root, "parks", "2025", "", file)


def whole(project: Project) -> str:
    """What an original of the page says: all its passages, as lines of a text."""
    site = Configuration(project.config)
    made = single(site.settings, site.root, "parks", "2025")
    return "\n".join(passage.text for passage in page_passages(made.page.markdown))


def before_the_rest(proof: Proof) -> list[tuple[Kind, str, str]]:
    """The differences but for what stands on the page after the original's last sentence."""
    found = [d for d, _ in proof.differences]
    return [(d.kind, d.original, d.copy) for d in found if d.kind is not Kind.ADDED]


def test_an_original_that_says_what_the_page_says(project: Project) -> None:
    proof = compare(project, whole(project))
    assert not proof.differences
    assert proof.report == "data/reports/parks/2025.yml"


def test_the_beginning_of_an_original_is_found_with_its_table(project: Project) -> None:
    assert before_the_rest(compare(project, ORIGINAL)) == []


@pytest.mark.parametrize("old", ["，", "4个", "43.2", "546.00"])
def test_a_mistake_of_the_clerk_is_told_with_its_line(project: Project, old: str) -> None:
    new = {"，": ",", "4个": "5个", "43.2": "42.3", "546.00": "564.00"}[old]
    proof = compare(project, whole(project))
    assert not proof.differences
    original = whole(project)
    text = project.report("parks/2025").read_text(encoding="utf-8")
    start = text.index(old, text.index("preface:"))
    project.report("parks/2025").write_text(
        text[:start] + new + text[start + len(old) :], encoding="utf-8"
    )
    ((difference, lines), *_) = compare(project, original).differences
    assert difference.in_figures is (old != "，")
    assert text.count("\n", 0, start) + 1 in lines or not difference.copy


def test_word_and_text_files_are_read_alike(project: Project) -> None:
    text = whole(project)
    body = "".join(map(paragraph, text.replace("&", "&amp;").replace("<", "&lt;").split("\n")))
    assert not compare(project, docx(body), "original.docx").differences


def test_a_sum_that_is_wrong_does_not_stop_the_comparison(project: Project) -> None:
    original = whole(project)
    replace(project.report("parks/2025"), "total: 92.50", "total: 95.20")
    ((difference, _), *_) = compare(project, original).differences
    assert (difference.original, difference.in_figures) == ("92.50", True)


def test_a_report_that_makes_no_page_is_refused(project: Project) -> None:
    replace(project.report("parks/2025"), "state: published", "state：published")
    with pytest.raises(Refused):
        compare(project, ORIGINAL)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", scanned_pdf(), "扫描"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ("other.txt", "关于召开会议的通知。\n请准时参加。".encode(), "不是这一份报告的原件"),
        ("empty.txt", b"", "original"),
    ],
)
def test_what_cannot_be_compared_says_why(
    project: Project, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(CannotCompare, match=said if said != "original" else "empty"):
        compare(project, content, name)


def test_a_file_that_is_not_there_is_said(project: Project) -> None:
    site = Configuration(project.config)
    with pytest.raises(CannotCompare, match="找不到原件"):
        proofread(site.settings, site.root, "parks", "2025", "", project.folder / "no.docx")


# --- what of a page counts ----------------------------------------------------------------------

PAGE = """# 甲局报告

<dl class="ep-record"><div><dt>部门</dt><dd>甲局</dd></div></dl>

<section class="ep-panel"><div class="ep-figure">97</div></section>

<p class="ep-computed__note">系统提取。</p>

## <span class="ep-num">一、</span>概况 {#basics}

<strong class="ep-label">机构：</strong>设三个科。

<div class="ep-table ep-computed">
<table><caption>资金<span class="ep-computed__mark">（系统）</span></caption>
<thead><tr><th>项目</th><th>金额</th></tr></thead>
<tbody><tr><th>总额</th><td class="ep-absent">—</td><td>正向</td>
<td>甲<br>乙<span class="ep-cell-note">公式：丙</span></td></tr></tbody></table>
<p class="ep-note">来源：财政</p>
</div>

<div class="ep-table">
<table><caption>各街道</caption><tbody><tr><td>东街</td></tr></tbody></table>
<p class="ep-note">西街未开办。</p>
</div>

## 更正记录 {#corrections}

正文。
"""


def test_passages_of_a_page_say_where_they_come_from() -> None:
    found = [(p.text, p.origin) for p in page_passages(PAGE)]
    said = {o: "|".join(text for text, origin in found if origin is o) for o in Origin}
    assert said == {
        Origin.TEXT: "甲局报告|一、概况|机构：设三个科。|各街道|东街|西街未开办。|正文。",
        Origin.DATA: "总额|甲|乙|丙",
        Origin.PROGRAM: "部门|甲局|资金|项目|金额|正向|公式：丙|来源：财政|更正记录",
    }


def test_a_title_of_the_program_is_not_asked_for() -> None:
    assert next(page_passages(PAGE, with_title=False)).origin is Origin.PROGRAM


def test_a_figure_of_another_row_is_told_once_with_its_row(project: Project) -> None:
    row = "其中：当年财政拨款\t540.00\t560.00\t546.00"
    assert row in ORIGINAL
    told = before_the_rest(compare(project, ORIGINAL.replace(row, row.replace("546", "560"))))
    assert [kind for kind, _, _ in told] == [Kind.CHANGED]
    assert "当年财政拨款" in told[0][1]
