"""Words of secrecy and the review: found in reports and files, not in ordinary sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evalpress.checks import RULES
from evalpress.findings import Level
from evalpress.load import LISTS, build, parse
from evalpress.model import Reference, SecretWord
from sample_files import docx, paragraph
from subjects import findings, subject

WORDS = Path(__file__).parents[2] / "data" / "wording.yml"


def known() -> Reference:
    """The project's own list, beside the invented county's reference data."""
    source, _ = parse(LISTS["secrecy"][0], WORDS.read_bytes())
    entries = [
        build(SecretWord, source, ("secrecy", n))[0] for n in range(len(source.data["secrecy"]))
    ]
    assert all(entries)
    return replace(subject("").reference, secrecy={e.id: e for e in entries if e})


def told(text: str) -> list[str]:
    report = f'body: {{overview: "{text}"}}'
    return [finding.exact for finding in findings("secret_word", report, known=known())]


@pytest.mark.demonstration
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("秘密★3年", "秘密★"),
        ("机密 ★ 长期", "机密 ★"),
        ("密级：机密", "密级：机密"),
        ("本件为机密级文件", "机密级"),
        ("印发绝密文件", "绝密"),
        ("传达机密文件精神", "机密文件"),
        ("依据云密发〔2024〕5号", "密发〔2024〕5号"),
        ("内部资料，注意保存", "内部资料"),
        ("仅供内部使用", "仅供内部使用"),
        ("请勿外传", "请勿外传"),
        ("以上数据不宜公开", "不宜公开"),
        ("编发《云泽舆情专报》12期", "《云泽舆情专报》"),
        ("修复 CVE-2024-12345 漏洞", "CVE-2024-12345"),
        ("服务器地址为192.168.10.5", "192.168.10.5"),
        ("默认密码：Admin123", "默认密码：Admin123"),
        ("配备枪支12支", "枪支12支"),
    ],
)
def test_words_of_secrecy_are_found(text: str, found: str) -> None:
    assert told(text) == [found]


@pytest.mark.demonstration
@pytest.mark.parametrize(
    "text",
    [
        "加强保密工作，签订保密协议24份",
        "全年未发生失泄密事件",
        "开展商业机密保护宣传",
        "保守国家秘密",
        "涉及国家秘密的内容按规定处理",
        "完善内部控制，开展内部审计",
        "涉密信息不得公开",
        "机密性、完整性",
        "上报舆情信息691条",
        "编发舆情专报120期",
        "修复高危漏洞36个",
        "版本升级到10.2.1",
        "弱口令整改率100%",
        "购置内部管理系统1套",
        "内部资料室改造",
        "配备执法记录仪12台",
        "密切联系群众，密植苗木2024棵",
        "公开招标，依法主动公开",
        "秘密级别的划分",
        "档案室存放内部文件柜3组",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.demonstration
def test_a_line_that_is_only_a_mark_is_found() -> None:
    assert told("机密\\n正文") == ["机密"]


@pytest.mark.demonstration
def test_the_message_says_where_and_why() -> None:
    [finding] = findings("secret_word", "body: {overview: 密级标志是秘密★5年}", known=known())
    assert finding.place.startswith("body/overview/1") and "密级标志是秘密★5年" in finding.what
    assert RULES["secret_word"].signing.exact


@pytest.mark.demonstration
def test_files_are_searched_too(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(paragraph("内部资料 注意保存")))
    report = subject("attachments: [{id: a1, name: 附表, file: a.docx}]", known=known())
    check = RULES["secret_word_in_file"].of_report
    assert check
    [finding] = check(replace(report, attachments=tmp_path))
    assert (finding.place, finding.exact) == ("attachments/a1/file", "内部资料")


def stopped(text: str, name: str = "云泽区公安局", flag: bool | None = None) -> list[str]:
    """The rules that ask for a review of a report of a department with this name and flag."""
    made = subject(text)
    department = made.reference.departments["education"]
    names = tuple(n.model_copy(update={"name": name}) for n in department.names)
    changed = department.model_copy(update={"names": names, "secrecy_review": flag})
    departments = {**made.reference.departments, "education": changed}
    seen = replace(made, reference=replace(made.reference, departments=departments))
    rules = ("secrecy_unreviewed", "secrecy_review_missing")
    return [f.rule for r in rules if (check := RULES[r].of_report) for f in check(seen)]


SIGNED = "sign_offs: [{step: 保密审查, name: 甲某, date: 2026-03-20}]"


def test_some_departments_are_asked_for_a_review() -> None:
    assert stopped("title: 甲") == ["secrecy_unreviewed"]
    assert not stopped(SIGNED)
    assert stopped("sign_offs: [{step: 初审, name: 甲某}]") == ["secrecy_unreviewed"]
    assert not stopped("title: 甲", name="云泽区教育局")


def test_the_department_can_say_otherwise() -> None:
    assert not stopped("title: 甲", flag=False)


@pytest.mark.parametrize("name", ["云泽区教育局", "云泽区公安局"])
def test_where_the_data_say_so_nothing_is_published_without_a_review(name: str) -> None:
    assert stopped("title: 甲", name=name, flag=True) == ["secrecy_review_missing"]
    undated = "sign_offs: [{step: 保密审查, name: 甲某}]"
    assert stopped(undated, name=name, flag=True) == ["secrecy_review_missing"]
    assert not stopped(SIGNED, name=name, flag=True)
    rule = RULES["secrecy_review_missing"]
    assert (rule.level, rule.signing.allowed) == (Level.ERROR, False)
