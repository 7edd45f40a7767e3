"""evalpress.exports.of_charts: pictures and numbers of charts as files."""

from __future__ import annotations

import json
from pathlib import Path

from evalpress.exports.of_charts import chart_bytes, keep_chart
from evalpress.pages.frame import ChartFile, KeptText

CONTENT = {"picture": "<svg/>", "head": ["年度", "数"], "rows": [["2025", "-3.5"], ["=1+1", ""]]}
CHART = ChartFile("education/education-rate", json.dumps(CONTENT))


def test_numbers_are_csv_for_excel_without_formulas() -> None:
    found = chart_bytes(CHART)
    assert found["csv"].startswith(b"\xef\xbb\xbf")
    assert found["csv"].decode("utf-8-sig") == "年度,数\r\n2025,-3.5\r\n'=1+1,\r\n"
    assert found["svg"] == b"<svg/>"


def test_files_that_are_there_are_not_made_again(tmp_path: Path) -> None:
    made = keep_chart(CHART, tmp_path)
    assert sorted(made) == ["education/education-rate.csv", "education/education-rate.svg"]

    def unread() -> str:
        raise AssertionError("nobody asks for the text of a chart whose files are kept")

    again = keep_chart(ChartFile(CHART.address, KeptText(CHART.hash, unread)), tmp_path)
    assert again == made
    assert sorted(tmp_path.iterdir()) == sorted(made.values())
