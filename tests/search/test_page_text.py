"""The text of a built page, by sections that can be linked to."""

from __future__ import annotations

from evalpress.search.pages import IndexedPage, Section, read_page

BODY = """
  <h1 id="2025">云泽区教育局<wbr>自评报告</h1>
  <dl><div><dt>部门</dt><dd>云泽区教育局</dd></div></dl>
  <svg><title>图</title><text>12</text></svg><script>x("</article")</script>
  <h2 id="basics"><span class="ep-num">一、</span>基本情况<a href="#basics"></a></h2>
  <p>全年<strong>预算</strong>8741&#46;96万元，a &lt; b。<br>第二行</p><!-- <p>藏</p> -->
  <table title="a > b"><tr><th scope="row">资金</th><td>12</td></tr></table>
  <div class="ep-problem" id="problem-one"><p>进度偏慢。</p></div>
  <h2>没有编号的标题</h2><p>后文</p>
"""
MARKS = 'class="ep-article" data-search-body data-title="甲 &amp; 乙" data-kind="部门整体"'


def page(marks: str = MARKS, body: str = BODY) -> IndexedPage | None:
    source = f"<html><body><nav>当前位置</nav><article {marks}>{body}</article>页脚</body></html>"
    return read_page(source, "education/2025/")


def test_title_and_kind_are_what_the_page_says() -> None:
    found = page()
    assert found is not None
    assert (found.address, found.title, found.kind) == ("education/2025/", "甲 & 乙", "部门整体")


def test_sections_begin_where_a_link_can_lead() -> None:
    found = page()
    assert found is not None
    assert list(found.sections) == [
        Section("", "", "云泽区教育局自评报告\n部门\n云泽区教育局"),
        Section(
            "basics",
            "一、基本情况",
            "一、基本情况\n全年预算8741.96万元，a < b。\n第二行\n资金\n12",
        ),
        Section("problem-one", "一、基本情况", "进度偏慢。\n没有编号的标题\n后文"),
    ]


TABLE = """
  <h2 id="table">绩效指标</h2>
  <table><caption>指标表</caption>
  <thead><tr><td></td><th scope="colgroup" colspan="2">甲</th><td></td></tr>
  <tr><th scope="col">类别</th><th scope="col" class="ep-head" data-holds="name">指标</th>
  <th scope="col" data-holds="target">目标值</th>
  <th scope="col" data-holds="actual">完成值</th></tr></thead>
  <tbody><tr class="ep-group"><th scope="rowgroup" colspan="4">效益</th></tr>
  <tr id="indicator-pupils"><td>质量</td><th scope="row">家长<br>满意度<span
  class="ep-cell-note">来源：问卷</span></th>
  <td>≥90%</td><td>95.2%</td></tr>
  <tr id="indicator-none"><td>质量</td><th scope="row">出勤</th><td></td><td></td></tr>
  <tr class="ep-total"><td></td><th scope="row">总分</th><td></td><td></td></tr></tbody></table>
  <p>后文</p>
"""


def test_a_row_of_indicators_is_a_section_with_its_values() -> None:
    found = page(body=TABLE)
    assert found is not None
    assert [s for s in found.sections if s.text] == [
        Section("table", "绩效指标", "绩效指标\n指标表\n甲\n类别\n指标\n目标值\n完成值"),
        Section("table", "绩效指标", "效益"),
        Section(
            "indicator-pupils", "绩效指标", "质量\n家长\n满意度来源：问卷\n≥90%\n95.2%",
            ("家长满意度", "≥90%", "95.2%"),
        ),
        Section("indicator-none", "绩效指标", "质量\n出勤"),
        Section("table", "绩效指标", "总分"),
        Section("table", "绩效指标", "后文"),
    ]  # fmt: skip


FORM = """
  <h2 id="form">自评表</h2>
  <table><caption>表</caption>
  <tbody><tr><th rowspan="2">资金</th><td colspan="2"></td><th>预算</th></tr>
  <tr><th colspan="2">总额</th><td>480</td></tr></tbody>
  <tbody><tr><th rowspan="3">指标</th><th>一级</th><th data-holds="name">三级</th>
  <th data-holds="target">目标值</th><th data-holds="actual">完成值</th></tr>
  <tr id="indicator-a"><th rowspan="2">产出</th><th>食堂</th><td>≥12处</td><td>12处</td></tr>
  <tr id="indicator-b"><th>培训</th><td>≥4场</td><td>5场</td></tr></tbody>
  <tbody><tr><th colspan="4">总分</th><td>98</td></tr></tbody></table>
"""


def test_merged_cells_of_a_form_take_the_places_below_them() -> None:
    found = page(body=FORM)
    assert found is not None
    assert [(s.id, s.measured) for s in found.sections if any(s.measured)] == [
        ("indicator-a", ("食堂", "≥12处", "12处")),
        ("indicator-b", ("培训", "≥4场", "5场")),
    ]


def test_a_page_without_the_mark_is_not_found() -> None:
    assert page('class="ep-article" data-title="甲"') is None


def test_what_every_page_says_of_itself_is_not_found() -> None:
    mark = '<span class="ep-computed__mark">系统</span>'
    said = f'<p class="ep-computed__note">系统提取。</p><p>正文{mark}</p>'
    found = read_page(f'<article data-search-body data-title="甲">{said}</article>', "a/")
    assert found is not None
    assert [section.text for section in found.sections] == ["正文"]
