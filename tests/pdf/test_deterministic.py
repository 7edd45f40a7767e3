"""evalpress.pdf: the same inputs give the same bytes, wherever and whenever they are printed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PRINT = """
import sys
from pathlib import Path
from evalpress import pdf
from evalpress.pdf import printing
data = Path("data.json")
data.write_text('{"分": 1}', encoding="utf-8")
job = pdf.PrintJob(
    "a", "标题", "# 标题\\n\\n正文，|全年|①。\\n\\n| 甲 | 乙 |\\n| --- | --- |\\n| 1 | 2 |",
    author="局", base_url="https://pf.example.gov.cn/a/",
    data=(pdf.Data("a.json", "数据", str(data)),),
)
printing.print_one(job, Path("a.pdf"))
"""


def test_neither_folder_nor_time_zone_nor_hash_seed_shapes_a_file(tmp_path: Path) -> None:
    found = set()
    for name, zone, seed in (("one", "Asia/Shanghai", "1"), ("另一个", "America/Lima", "2")):
        folder = tmp_path / name
        folder.mkdir()
        environ = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "HOME": str(folder)}
        subprocess.run([sys.executable, "-c", PRINT], cwd=folder, env=environ, check=True)
        found.add(hashlib.sha256((folder / "a.pdf").read_bytes()).hexdigest())
    assert len(found) == 1
