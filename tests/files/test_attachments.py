"""What is published is what was checked, and nothing from outside of the data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evalpress import site
from evalpress.checks import Context, check_report
from evalpress.files.attachments import (
    Exchanged,
    attachment_folder,
    contents,
    digest_of,
    hold,
    leads_out,
    public_files,
)
from evalpress.findings import Refused
from evalpress.load import load
from evalpress.model import Key
from evalpress.settings import Settings
from samples import data_folder, public

KEY = Key("education", 2025)
NAME = "data/attachments/education/2025/a.csv"
REPORT = {
    "data/reports/education/2025.yml": "state: published\noutline: free\nbody: {text: 一。}\n"
    "attachments: [{id: a1, name: 附表, file: a.csv}]\n",
    NAME: b"1,2\n",
}


def test_held_files_are_the_bytes_that_were_checked(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {NAME: b"1"})
    files = public_files([public("attachments: [{id: a, name: 一, file: a.csv}]")], data)
    [(address, path)] = files.items()
    held = hold(files, {path: digest_of(b"1")}, tmp_path / "held")
    path.write_bytes(b"2")
    assert held[address].read_bytes() == b"1"
    assert held[address].suffix == ".csv"


def test_a_file_that_was_exchanged_is_not_published(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"2")
    for checked in ({path: digest_of(b"1")}, {}, {tmp_path / "b.csv": digest_of(b"2")}):
        with pytest.raises(Exchanged) as told:
            hold({"a": path, "gone": tmp_path / "gone"}, checked, tmp_path / "held")
        assert told.value.paths == [path, tmp_path / "gone"]


def test_a_broken_copy_is_made_anew_and_old_ones_go(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.csv", tmp_path / "held"
    path.write_bytes(b"1")
    [held] = hold({"a": path}, {path: digest_of(b"1")}, folder).values()
    held.write_bytes(b"broken")
    (folder / "old").write_bytes(b"")
    hold({"a": path}, {path: digest_of(b"1")}, folder)
    assert [(entry, entry.read_bytes()) for entry in folder.iterdir()] == [(held, b"1")]


def test_the_same_name_size_and_time_are_not_the_same_file(tmp_path: Path) -> None:
    data = data_folder(tmp_path, {NAME: b"1"})
    folder = attachment_folder(data, KEY)
    before, status = contents(folder), (folder / "a.csv").stat()
    (folder / "a.csv").write_bytes(b"2")
    os.utime(folder / "a.csv", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert contents(folder) != before


@pytest.mark.parametrize("linked", ["education/2025", "education", ""])
def test_folders_that_lead_out_are_seen(tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    (outside / "education" / "2025").mkdir(parents=True)
    (outside / "education" / "2025" / "a.csv").write_bytes(b"1")
    data = tmp_path / "data"
    link = data / "attachments" / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / linked)
    folder = attachment_folder(data, KEY)
    assert leads_out(folder)
    assert contents(folder) == {}


def test_a_linked_data_folder_is_no_way_out(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "real", {NAME: b"1"})
    (tmp_path / "data").symlink_to(data)
    assert not leads_out(attachment_folder(tmp_path / "data", KEY))


def test_a_file_that_changes_while_it_is_checked_is_refused(tmp_path: Path) -> None:
    data = data_folder(tmp_path, REPORT)
    context = Context(load(data, tmp_path), data)
    report = context.reports[KEY]
    subject = context.subject(report)
    (tmp_path / NAME).write_bytes(b"3,4\n")
    with pytest.raises(Refused) as refused:
        check_report(subject)
    assert refused.value.findings[0].rule == "attachment_exchanged"


def test_what_is_exchanged_after_the_check_is_not_published(tmp_path: Path) -> None:
    data = data_folder(tmp_path, REPORT)
    settings = Settings(as_of="2026-10-01")
    loaded, examination = site.read(settings, tmp_path)
    composed = (settings, tmp_path, loaded.reports, loaded.reference, tmp_path)
    made = site.compose(*composed, checked=examination.digests)
    address = "education/2025/attachments/a.csv"
    (data / "attachments/education/2025/a.csv").write_bytes(b"13800138000\n")
    assert made.files[address].read_bytes() == b"1,2\n"
    with pytest.raises(Refused) as refused:
        site.compose(*composed, checked=examination.digests)
    assert [found.rule for found in refused.value.findings] == ["attachment_exchanged"]
