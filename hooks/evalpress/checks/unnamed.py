"""2 check: files beside the reports that no report names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evalpress.checks import Context, rule_for_all
from evalpress.files.attachments import file_names
from evalpress.findings import Finding, Level, Place, find
from evalpress.load.strays import files_below


@rule_for_all("unnamed_file", level=Level.HINT)
def unnamed_files(context: Context) -> Iterator[Finding]:
    """附件文件夹里的每个文件都有报告提到。

    依据：地方做法
    """
    top = context.data_dir / "attachments"
    entries = list(files_below(str(top))) if top.is_dir() else []
    named = _named(context) if entries else set()
    unread = {(key.department, str(key.year)) for key in context.loaded.unread}
    for entry, _ in entries:
        parts = Path(entry.path).relative_to(top).parts
        if parts not in named and parts[:2] not in unread:
            where = Place("/".join((context.data_dir.name, "attachments", *parts)))
            yield find("unnamed_file", where, found=entry.name)


@rule_for_all("report_in_attachments", level=Level.WARNING)
def reports_in_attachments(context: Context) -> Iterator[Finding]:
    """报告放进 data/reports/：放在附件文件夹里的报告没有读，也不会公开。

    依据：本程序的数据格式
    """
    top = context.data_dir / "attachments"
    for entry, _ in files_below(str(top)) if top.is_dir() else ():
        if entry.name.lower().endswith((".yml", ".yaml")):
            parts = Path(entry.path).relative_to(top).parts
            where = Place("/".join((context.data_dir.name, "attachments", *parts)))
            yield find("report_in_attachments", where, found=entry.name)


def _named(context: Context) -> set[tuple[str, ...]]:
    """Every file that a report names, by the parts of its path below attachments/."""
    return {
        (report.key.department, str(report.key.year), name)
        for report in context.loaded.reports
        for name in file_names(report.content)
    }
