"""`evalpress clean`: one line says what a file lost, or that there was nothing to lose."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from sample_files import CORE, docx, paragraph


def test_each_file_is_told_with_what_it_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("正文"), docProps__core_xml=CORE))
    assert commands.main(["clean", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{path}：已清除作者、最后修改者\n"
    assert commands.main(["clean", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{path}：没有需要清除的属性\n"


def test_what_cannot_be_cleaned_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(b"")
    assert commands.main(["clean", str(tmp_path)]) == 1
    assert "没有改动，文件是空的" in capsys.readouterr().out
