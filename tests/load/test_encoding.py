"""Files in other encodings: told from damaged ones, and rewritten as UTF-8 only on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from evalpress.load import data_files
from evalpress.load.encoding import convert, decode, is_gb18030
from projects import ROOT, make_small_project

TEXT = "state: draft\r\ntitle: “教育局”２０２５年①——〔2025〕℃，镕\r\n"


SIGNS = "目标: ≥95%、≤3天、≈5㎡、＜±0.5℃、α=0.05、Ⅱ类、№3、¥90、×2、√、☑是☐否、PM₂.₅、naïve、αβ"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
@pytest.mark.parametrize("text", [TEXT, f"{TEXT}{SIGNS}", "甲: ≥9", "单位: 万元"])
def test_chinese_text_is_recognised(encoding: str, text: str) -> None:
    assert is_gb18030(text.encode(encoding, "ignore"))


TRADITIONAL = (
    "教育局部門整體支出績效自評報告，全年預算執行率九成以上，滿意度達標。一是加強組織領導。"
)


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "shift_jis"])
def test_other_chinese_encodings_are_not_taken_for_it(encoding: str) -> None:
    assert not is_gb18030(TRADITIONAL.encode(encoding, "ignore"))


@pytest.mark.demonstration
@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_every_report_of_the_demonstration_is_recognised(encoding: str) -> None:
    files = [*data_files(ROOT / "data")]
    texts = [path.read_text(encoding="utf-8").encode(encoding, "ignore") for path in files]
    assert [f.name for f, text in zip(files, texts, strict=True) if not is_gb18030(text)] == []


@pytest.mark.parametrize(
    "content",
    ["教育局".encode()[:-1], "教育局财政局".encode() + b"\xff\xfe", "é à".encode("latin-1"),
     b"\xff\x00\x9f", b"\x89PNG\r\n\x1a\n\x00", "教育".encode("utf-16-le")],
)  # fmt: skip
def test_damaged_and_other_files_are_not_taken_for_chinese_text(content: bytes) -> None:
    assert not is_gb18030(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_as_it_was_written(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "GB18030"), ("utf-16", "UTF-16")])
def test_file_is_rewritten_with_the_same_text(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "2025.yml"
    file.write_bytes(TEXT.replace("镕", "").encode(encoding))
    file.chmod(0o640)
    assert list(convert(iter([file]))) == [(file, name)]
    assert file.read_bytes() == TEXT.replace("镕", "").encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["2025.yml"]


@pytest.mark.parametrize("content", [TEXT.encode(), TEXT.encode("utf-8-sig"), b"\xe6\x95 x", b""])
def test_other_files_are_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "2025.yml"
    file.write_bytes(content)
    assert list(convert(iter([file]))) == []
    assert file.read_bytes() == content


def test_links_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "there.yml").write_bytes(TEXT.encode("gbk", "ignore"))
    link = tmp_path / "2025.yml"
    link.symlink_to(tmp_path / "there.yml")
    assert list(convert(iter([link]))) == []
    assert link.is_symlink()


def test_data_files_are_the_yaml_files_of_the_folder(tmp_path: Path) -> None:
    wanted = ["departments.yml", "reports/a/2025.yaml", "reports/a/2025/b.yml"]
    for name in [*wanted, "reports/a/~2024.yml", "reports/a/.git/x.yml", "reports/a/2023.doc"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = [path.relative_to(tmp_path).as_posix() for path in data_files(tmp_path)]
    assert sorted(found) == wanted
    assert list(data_files(tmp_path / "nothing")) == []


def test_check_converts_only_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_small_project(tmp_path)
    report = project.report("parks/2024")
    before = report.read_bytes()
    report.write_bytes(before.decode().encode("gb18030"))
    command = ["check", "--config", str(project.config)]
    assert commands.main(command) == 1
    assert "evalpress check --convert" in capsys.readouterr().out
    assert commands.main([*command, "--convert"]) == 0, capsys.readouterr().out
    assert "data/reports/parks/2024.yml 已由 GB18030 改写为 UTF-8" in capsys.readouterr().err
    assert report.read_bytes() == before
