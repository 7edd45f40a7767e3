"""6 export: a page's chart -> its picture as SVG and its numbers as CSV, kept under their hash."""

from __future__ import annotations

import json
from pathlib import Path

from evalpress.cache.cachefiles import write_whole
from evalpress.exports.csv_files import as_csv
from evalpress.pages.frame import ChartFile


def keep_chart(chart: ChartFile, folder: Path) -> dict[str, Path]:
    """Both files by their addresses on the site, written into a cache folder unless they are there
    already. Raises OSError where they can't be written."""
    stem = chart.address.rpartition("/")[2]
    places = {ending: folder / f"{stem}-{chart.hash}.{ending}" for ending in ("svg", "csv")}
    if not all(path.exists() for path in places.values()):
        for ending, content in chart_bytes(chart).items():
            write_whole(places[ending], content)
    return {f"{chart.address}.{ending}": path for ending, path in places.items()}


def chart_bytes(chart: ChartFile) -> dict[str, bytes]:
    """What the files hold, by their endings: the picture as it was drawn, and exactly the numbers
    that stand in the chart's table."""
    found = json.loads(chart.text)
    return {
        "svg": found["picture"].encode(),
        "csv": as_csv(found["head"], found["rows"]),
    }
