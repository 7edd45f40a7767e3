"""From the first publication to a correction and a redaction, by the real command line."""

from __future__ import annotations

import hashlib
import re
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from evalpress import commands
from evalpress.assess import assess
from evalpress.disclose.public import withdrawn
from evalpress.ledger import (
    Edition,
    Issued,
    Ledger,
    ReportEntry,
    Standing,
    known_files,
    read_ledger,
)
from evalpress.ledger.livelog import read_live
from evalpress.model import Report, State
from evalpress.pages.meta_tags import Identity
from evalpress.pages.moved import keep_page
from evalpress.release.continuity import Continuity
from evalpress.release.manifest import read_manifest
from evalpress.settings import Settings
from pdf_text import page_texts
from projects import Project, make_small_project, replace
from samples import NOW, reference, written
from serving import serving

REPORT = "parks/2025"
SECRET = "王小明"
BOOK = "parks/parks-reports-demonstration.pdf"
TAKEN = [
    "parks/2025/parks-2025.json",
    "parks/2025/parks-2025-funds.csv",
    BOOK,
    "data/departments/parks/evaluations.xlsx",
    "problems/parks/problems.csv",
    "corrections/all-corrections.csv",
    "parks/parks-rate.svg",
]
V2 = "parks/2025/v2/parks-2025-v2.json"


def run(project: Project, *arguments: str) -> int:
    return commands.main([*arguments, "--config", str(project.config)])


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def holding(folder: Path, text: str) -> list[str]:
    """The files below a folder in which the text stands, in any of its usual encodings, packed or
    not."""
    wanted = [text.encode(coding) for coding in ("utf-8", "unicode_escape", "utf-16-be", "gb18030")]
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and any(one in part for part in unpacked(path.read_bytes()) for one in wanted)
    ]


def unpacked(content: bytes) -> Iterator[bytes]:
    """A file, the members of an archive, and whatever lies packed anywhere in it: streams of PDFs,
    texts of the search, results that are kept between runs."""
    yield content
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[found.start() :])


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def edit(project: Project, old: str, new: str) -> None:
    replace(project.report(REPORT), old, new)


MATERIAL = """\
corrections:
  - {id: c2, place: indicators/trees/actual, kind: material, date: 2026-11-02, old: "93.6",
     new: "94.1", reason: 补植台账漏计, office: 青禾县园林绿化中心办公室}
"""
REDACTION = """\
  - {id: c3, place: evaluation/prepare, kind: material, redacted: 是, date: 2026-11-20,
     reason: 误列个人信息, office: 青禾县园林绿化中心办公室}
"""


@pytest.fixture
def recorded(tmp_path: Path, capfd: pytest.CaptureFixture[str], forked_builds: None) -> Project:
    """A project whose site is live and recorded; one of its reports names a person."""
    small = make_small_project(tmp_path)
    edit(small, "收集台账和验收资料。", f"由{SECRET}收集台账和验收资料。")
    assert run(small, "ledger", "begin") == 0
    assert run(small, "publish") == 0, capfd.readouterr()
    for name in TAKEN:
        path = tmp_path / "home" / Path(name).name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((small.site / name).read_bytes())
    return small


def test_a_report_is_corrected_then_a_name_is_removed(
    recorded: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    site, data = recorded.site, recorded.folder / "data"
    first = (site / "parks/2025/parks-2025.pdf").read_bytes()

    edit(recorded, '"93.6"', '"94.1"')
    assert run(recorded, "publish") == 1
    said = capfd.readouterr()
    assert "93.6" in said.out + said.err and "changed_without_correction" in said.out + said.err
    assert (site / "parks/2025/parks-2025.pdf").read_bytes() == first

    edit(recorded, "corrections:\n", MATERIAL)
    edit(recorded, "version: 2", "version: 3")
    assert run(recorded, "publish") == 0, capfd.readouterr()
    _the_earlier_edition_is_whole(site, data, first)
    ledger = read_ledger(data)[0]
    _latest_is_newest(ledger)
    assert SECRET in (site / V2).read_text(encoding="utf-8")
    (recorded.folder / "home" / Path(V2).name).write_bytes((site / V2).read_bytes())
    assert _told(recorded, capfd, str(site / V2)) == "真实，但已经更正，不是现行版本"
    capfd.readouterr()
    assert run(recorded, "publish") == 0
    assert "不必公开" in capfd.readouterr().out, (
        "the ledger makes no other site than the one it is of"
    )

    _an_earlier_release_comes_back(recorded, first, capfd)

    _remove_the_name(recorded)
    assert run(recorded, "publish") == 0, capfd.readouterr()
    _nothing_of_it_is_left(recorded, first)
    assert run(recorded, "rollback") == 1
    _every_file_is_known(recorded, capfd)


def _the_earlier_edition_is_whole(site: Path, data: Path, first: bytes) -> None:
    assert (site / "parks/2025/v2/parks-2025-v2.pdf").read_bytes() == first
    assert (data / "ledger/editions/parks/2025/v2/parks-2025.pdf").read_bytes() == first
    earlier = (site / "parks/2025/v2/index.html").read_text(encoding="utf-8")
    assert "93.6" in earlier and "94.1" not in earlier.replace("94.1%", "")
    assert "旧版" in earlier and "data-search-body" not in earlier
    now = (site / "parks/2025/index.html").read_text(encoding="utf-8")
    assert "ep-corrected" in now and "第3版" in now
    assert sha256(site / "parks/2025/parks-2025.pdf") in now
    changes = (site / "parks/2025/v2/changes/index.html").read_text(encoding="utf-8")
    assert "93.6" in changes and "94.1" in changes
    for name in ("corrections/index.html", "corrections/feed.xml"):
        assert "补植台账漏计" in (site / name).read_text(encoding="utf-8")
    assert "parks/2025/v2" not in (site / "search/names.json").read_text(encoding="utf-8")


def _latest_is_newest(ledger: object) -> None:
    """No report's present edition is older than another, or comes before itself."""
    reports = ledger.reports.values()  # type: ignore[attr-defined]
    for entry in reports:
        numbers = [edition.number for edition in entry.editions]
        assert numbers == sorted(set(numbers))
        assert entry.latest.number == max(numbers)
        assert not entry.latest.superseded
        assert all(e.superseded >= e.went_live for e in entry.editions[:-1])


def _an_earlier_release_comes_back(
    project: Project, first: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    """Readers have the first edition again; nothing of the second one is forgotten."""
    site, data = project.site, project.folder / "data"
    second, book = sha256(site / "parks/2025/parks-2025.pdf"), sha256(site / BOOK)
    assert _told(project, capfd, second) == "真实，现行"
    before = read_ledger(data)[0]
    assert run(project, "rollback") == 0, capfd.readouterr()
    assert (site / "parks/2025/parks-2025.pdf").read_bytes() == first
    assert read_ledger(data)[0] == before
    *_, last = read_live(data)
    assert (last.again, last.earlier) == (1, {"parks/2025/": 2})
    manifest = read_manifest(site)
    assert manifest and last.manifest == manifest.digest
    kept = data / "ledger/editions/parks/2025/v3/parks-2025.pdf"
    assert sha256(kept) == second
    assert _told(project, capfd, sha256(site / "parks/2025/parks-2025.pdf")) == "真实，现行"
    for sha in (second, book):
        assert _told(project, capfd, sha) == "真实，但已经换成别的文件"
    assert run(project, "verify", str(site)) == 0, "the release that came back is whole"


def _told(project: Project, capfd: pytest.CaptureFixture[str], target: str) -> str:
    capfd.readouterr()
    run(project, "verify", target)
    return capfd.readouterr().out.splitlines()[0].rpartition("：")[2]


def _every_file_is_known(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    """What was taken home of the first edition: its data that told the name, its money, which is as
    it was, a book."""
    expected = {
        "parks/2025/parks-2025.json": "真实，但已经撤下",
        "parks/2025/parks-2025-funds.csv": "真实，现行",
        BOOK: "真实，但已经撤下",
        "data/departments/parks/evaluations.xlsx": "真实，但已经撤下",
        V2: "真实，但已经撤下",
        "problems/parks/problems.csv": "真实，现行",
        "corrections/all-corrections.csv": "真实，但已经换成别的文件",
        "parks/parks-rate.svg": "真实，现行",
    }
    told = {name: _told(project, capfd, str(project.folder / "home" / Path(name).name))
            for name in expected}  # fmt: skip
    assert told == expected


def _remove_the_name(project: Project) -> None:
    edit(project, f"由{SECRET}收集台账", "收集台账")
    edit(project, "corrections:\n", f"corrections:\n{REDACTION}")
    edit(project, "version: 3", "version: 4")


def _nothing_of_it_is_left(project: Project, first: bytes) -> None:
    at_home = project.folder / "home"
    assert all(name.startswith("home/") for name in holding(project.folder, SECRET))
    for pdf in set(project.folder.rglob("*.pdf")) - set(at_home.glob("*")):
        assert SECRET not in "".join(page_texts(pdf)), pdf
    page = (project.site / "parks/2025/v2/index.html").read_text(encoding="utf-8")
    assert "误列个人信息" in page and "2026-11-20" in page
    for data in (project.site.rglob("*.sqlite"), project.site.rglob("*.xlsx")):
        assert list(data), "what is packed is looked into"
    known = {k.sha256: k for k in known_files(read_ledger(project.folder / "data")[0])}
    assert known[hashlib.sha256(first).hexdigest()].standing is Standing.REDACTED


# --- a report that was taken back ----------------------------------------------------------------


def test_the_documents_of_a_withdrawn_report_lead_to_its_page(tmp_path: Path) -> None:
    """Any web server leads on from a name to the folder of that name."""
    why = "withdrawal: {date: 2025-11-10, reason: 重复计列, office: 教育局}\n"
    report = written(f"first_published: 2025-08-25\n{why}")
    content = report.content.model_copy(update={"state": State.WITHDRAWN})
    gone = withdrawn([Report(report.key, report.source, content)], reference(), NOW)
    pdf = (Issued(name="education-2025.pdf", sha256="a"),)
    editions = tuple(
        Edition(number=number, state="published", went_live="", pdfs=pdf) for number in (1, 2)
    )
    known = Ledger({"education/2025/": ReportEntry(title="报告", editions=editions)})
    for ledger, old in ((known, ["v1/education-2025-v1.pdf"]), (Ledger(), [])):
        site = Continuity(ledger, tmp_path, Settings(), assess([], reference(), NOW, gone), {})
        led_on = site.led_on({})
        for name in ("education-2025.pdf", *old):
            assert led_on[f"education/2025/{name}/"] == "education/2025/"


def test_a_link_to_a_former_pdf_arrives_at_the_page(tmp_path: Path) -> None:
    old, new = "parks/2025/parks-2025.pdf/", "parks/2025/"
    page = keep_page(tmp_path / "kept", old, new, Identity("x", "", "", "", ""))
    (tmp_path / old).mkdir(parents=True)
    (tmp_path / old / "index.html").write_bytes(page.read_bytes())
    with serving(tmp_path) as address, urllib.request.urlopen(f"{address}{old[:-1]}") as answer:
        assert answer.status == 200
        assert answer.url == f"{address}{old}"
        assert 'url=../"' in answer.read().decode()
