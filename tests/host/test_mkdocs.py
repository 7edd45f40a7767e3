"""host/mkdocs.py: what MkDocs' events do beyond a plain build, and the live preview."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pytest
from mkdocs.commands import serve
from mkdocs.exceptions import Abort
from mkdocs.plugins import EVENTS

from evalpress.findings import Level, Refused
from evalpress.host import first_look
from evalpress.host import mkdocs as host
from evalpress.release import previews
from evalpress.settings import Settings
from evalpress.site import make
from pdf_text import structure_text
from projects import IDENTITY, Finished, Project, make_small_project, replace
from sampling import sample
from waiting import CEILING, wait_until


def test_every_event_is_handed_on_and_nothing_else() -> None:
    first, later = (
        {name for name in vars(part) if name.startswith("on_")} for part in (first_look, host)
    )
    assert set(first_look.__all__) == first
    assert set(host.__all__) == later
    assert first.isdisjoint(later)
    assert first | later <= {f"on_{event}" for event in EVENTS}


def test_a_build_that_changes_nothing_loads_nothing_that_makes_a_site() -> None:
    heavy = ("evalpress.site", "evalpress.host.mkdocs", "pydantic", "jinja2", "pikepdf", "lxml")
    asked = f"import sys, evalpress.host.first_look; print(*sys.modules.keys() & {{*{heavy}}})"
    assert run_python(asked).split() == []


def test_a_build_loads_no_library_that_only_prints_or_reads_office_files() -> None:
    heavy = ("weasyprint", "pikepdf", "fontTools", "pypdf", "openpyxl", "docx", "lxml", "PIL")
    asked = f"import sys, evalpress.host.mkdocs; print(*sys.modules.keys() & {{*{heavy}}})"
    assert run_python(asked).split() == []


def run_python(line: str) -> str:
    """What a Python of its own prints."""
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    return done.stdout


def test_addresses_that_are_no_folders_are_refused_in_one_line(small: Project) -> None:
    replace(small.config, "use_directory_urls: true", "use_directory_urls: false")
    built = small.build()
    assert built.code == 1
    [line] = [line for line in built.said.splitlines() if "use_directory_urls" in line]
    assert "只能是 true" in line
    assert "Traceback" not in built.said
    assert not small.site.exists()


def test_a_missing_address_of_the_site_is_one_notice(finished_plain: Finished) -> None:
    assert finished_plain.built.said.count("没有写 site_url") == 1


def test_dirty_builds_are_refused(small: Project) -> None:
    built = small.run("mkdocs", "build", "--dirty")
    assert built.code == 1
    assert "--dirty" in built.said
    assert "Traceback" not in built.said
    assert not small.site.exists()


@pytest.mark.parametrize("name", ["years/index.md", "years.md", "parks/2025/index.md"])
def test_a_page_of_docs_must_not_take_a_generated_address(small: Project, name: str) -> None:
    page = small.folder / "docs" / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# 手写的一页\n", encoding="utf-8")
    built = small.build()
    assert built.code == 1
    assert f"“{name}”" in built.said
    assert not small.site.exists()


def test_other_files_of_docs_are_published(small_with_site: Project) -> None:
    small = small_with_site
    (small.folder / "docs" / "标志.txt").write_text("云", encoding="utf-8")
    assert small.build().code == 0
    assert (small.site / "标志.txt").is_file()


def test_without_strict_a_warning_does_not_stop_the_release(small: Project) -> None:
    page = small.folder / "docs" / "dead.md"
    page.write_text("# 失效的链接\n\n[没有这一页](nowhere.md)\n", encoding="utf-8")
    built = small.run("mkdocs", "build")
    assert built.code == 0, built.said
    assert "[link_dead]" in built.said
    assert (small.site / "dead" / "index.html").is_file()


def test_without_pdfs_no_page_offers_one(finished_plain: Finished) -> None:
    site = finished_plain.site
    assert not list(site.rglob("*.pdf"))
    assert "下载 PDF" not in (site / "parks/2025/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_footer_shows_what_the_settings_say(configured: Finished) -> None:
    """On every page, with pictures of the site's own."""
    pages = [path.read_text(encoding="utf-8") for path in configured.site.rglob("*.html")]
    feet = [found[0] for page in pages if (found := re.findall("(?s)<footer.*?</footer>", page))]
    assert len(feet) > 20
    for foot in feet:
        for name, said in IDENTITY.items():
            if not name.endswith(("url", "icon", "mark")):
                assert escape(said.strip('"')) in foot
        assert foot.count("<img ") == 2
        assert 'alt="党政机关网站标识"' in foot
        assert "https://wrong.invalid/?p=https%3A//a.invalid/ping/" in foot
    assert "注意：" not in configured.built.said


def test_each_duty_that_is_not_met_is_one_notice_that_strict_does_not_count(
    small: Project,
) -> None:
    replace(small.config, "      organizer:", "      police: 甲\n      organizer:")
    built = small.build()
    assert built.code == 0, built.said
    said = re.findall(r"site 下没有写 (\w+)", built.said)
    assert sorted(said) == sorted([
        "operator", "contact", "site_code", "icp", "police_icon", "agency_mark", "error_report_url",
    ])  # fmt: skip
    foot = (small.site / "index.html").read_text(encoding="utf-8").partition("<footer")[2]
    assert "网站标识码" not in foot and "<img" not in foot


def test_a_picture_of_the_footer_that_is_not_there_is_told(small: Project) -> None:
    replace(small.config, "      organizer:", "      agency_mark: no.png\n      organizer:")
    built = small.build()
    assert built.code == 1
    assert "[missing_picture]" in built.said and "mkdocs.yml:" in built.said
    assert "Traceback" not in built.said


@pytest.mark.slow
def test_with_an_address_of_its_own_the_site_names_it(configured: Finished) -> None:
    site = configured.site
    page = (site / "parks/2024/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://a.invalid/ping/parks/2024/">' in page
    assert 'href="/ping/years/"' in (site / "404.html").read_text(encoding="utf-8")
    text = structure_text(site / "parks/2024/parks-2024.pdf")
    assert "https://a.invalid/ping/parks/2024/" in text
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://a.invalid/ping/parks/2025/tree-planting/</loc>" in sitemap


# --- the preview --------------------------------------------------------------------------------


@dataclass
class Preview:
    """A running `mkdocs serve` with what it has printed."""

    project: Project
    process: subprocess.Popen[str]
    address: str
    lines: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as said:
            for line in said:
                self.lines.append(line)

    def get(self, path: str) -> bytes | None:
        """A page, or None while there is no answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=CEILING) as answer:
                return bytes(answer.read())
        except (OSError, http.client.HTTPException):  # it is not there yet, or starts anew
            return None

    def wait_for(self, path: str, wanted: str) -> str:
        """The page as soon as it holds what is wanted."""
        shown = [""]

        def shows() -> bool:
            shown[0] = (self.get(path) or b"").decode()
            return wanted in shown[0]

        wait_until(shows, self.process)
        return shown[0]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _hear_interrupts() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    project = make_small_project(tmp_path_factory.mktemp("preview"))
    place = f"127.0.0.1:{free_port()}"
    process = project.start(
        "mkdocs", "serve", "--livereload", "--dev-addr", place, preexec_fn=_hear_interrupts
    )
    running = Preview(project, process, f"http://{place}/")
    listener = threading.Thread(target=running.listen, daemon=True)
    listener.start()
    try:
        yield running
    finally:
        process.send_signal(signal.SIGINT)  # it then clears up its own temporary folder
        try:
            process.wait(CEILING)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"Ctrl-C does not end it:\n{running.said}") from None
        finally:
            listener.join(CEILING)


@pytest.mark.slow
def test_a_preview_shows_drafts_with_a_stamp(preview: Preview) -> None:
    page = preview.wait_for("archives/2024/", "草稿暗记甲一七")
    assert re.search(r'class="ep-stamp__word">草稿<', page)
    page = preview.wait_for("archives/2025/", "未到时间暗记乙二八")
    assert re.search(r'class="ep-stamp__word">未到公开时间<', page)
    assert "ep-stamp" not in preview.wait_for("parks/2025/", "青禾县园林绿化中心")


@pytest.mark.slow
def test_a_preview_keeps_its_own_pdfs_and_touches_no_site(preview: Preview) -> None:
    preview.wait_for("archives/2024/", "草稿暗记甲一七")
    content = preview.get("archives/2024/archives-2024.pdf")
    assert content and content.startswith(b"%PDF-")
    cache = preview.project.folder / ".cache" / "evalpress"
    kept = {"checks.pickle", "exports-preview", "pages-preview.sqlite", "preview", "previews"}
    kept |= {"charts-preview", "feeds-preview", "shown-preview", "verify-preview"}
    assert {path.name for path in cache.iterdir()} == kept
    printed = [path.name for path in (cache / "preview").iterdir()]
    assert any(name.startswith("archives-2024-") for name in printed)
    assert not any(name.startswith("parks-2025-") for name in printed), "nobody asked for it"
    assert not preview.project.site.exists()


@pytest.mark.slow
def test_an_edit_shows_and_an_error_is_told_without_an_end(preview: Preview) -> None:
    """While the data are wrong, pages go on being served as they were, and say so."""
    report = preview.project.report("parks/2024")
    preview.wait_for("parks/2024/", "管护公园3个")
    replace(report, "管护公园3个", "管护公园七个")
    preview.wait_for("parks/2024/", "管护公园七个")
    assert preview.get("years/") and preview.get("assets/evalpress.svg"), "what did not change"
    replace(report, "state: published", "state: 已发布")
    page = preview.wait_for("parks/2024/", "数据有误")
    assert "管护公园七个" in page
    assert "data/reports/parks/2024.yml:1:" in preview.said.replace("\n", "")
    assert (preview.get("parks/2024/parks-2024.pdf") or b"").startswith(b"%PDF-")
    replace(report, "state: 已发布", "state: published")
    replace(report, "管护公园七个", "管护公园九个")
    page = preview.wait_for("parks/2024/", "管护公园九个")
    assert "数据有误" not in page
    assert preview.process.poll() is None
    assert "Traceback" not in preview.said


def test_unsigned_warnings_are_published_unless_strict(tmp_path: Path) -> None:
    project = make_small_project(tmp_path)
    made = make(Settings(), project.folder, project.folder / "docs")
    count = sum(finding.level is Level.WARNING for finding in made.findings)
    assert count
    assert f"有 {count} 处警告没有签注，没有拦截公开" in made.summary(project.site, 0, 0)
    with pytest.raises(Refused):
        make(Settings(strict=True), project.folder, project.folder / "docs")


@pytest.mark.slow
def test_a_preview_answers_only_to_the_machine_s_own_names(preview: Preview) -> None:
    preview.wait_for("archives/2024/", "草稿暗记甲一七")
    connection = http.client.HTTPConnection(preview.address.split("/")[2], timeout=CEILING)
    connection.request("GET", "/archives/2024/", headers={"Host": "evil.invalid"})
    answer = connection.getresponse()
    assert answer.status == 403
    assert "草稿暗记甲一七" not in answer.read().decode()


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that begins in this process, with the server of its own."""
    monkeypatch.setattr(serve, "LiveReloadServer", serve.LiveReloadServer)
    monkeypatch.setattr(previews, "end_on_signals", lambda: None)
    monkeypatch.setattr(host, "_preview", False)
    host.begin("serve", False)


@pytest.mark.usefixtures("serving")
def test_a_preview_without_live_reload_is_guarded_too(tmp_path: Path) -> None:
    """MkDocs gives a hook the server only with live reload, so the server itself is guarded."""
    made = serve.LiveReloadServer(
        builder=lambda: None, host="127.0.0.1", port=0, root=str(tmp_path)
    )
    said: list[str] = []
    made.get_app()({"HTTP_HOST": "evil.invalid"}, lambda status, headers: said.append(status))
    made.server_close()
    assert said == ["403 Forbidden"]


@pytest.mark.usefixtures("serving")
def test_a_place_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        made = serve.LiveReloadServer(
            builder=lambda: None, host="127.0.0.1", port=other.getsockname()[1], root=str(tmp_path)
        )
        with pytest.raises(Abort, match="--address"):
            made.server_bind()
        made.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("number", sample([signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], 3))
def test_no_drafts_stay_in_temporary_folders(
    tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a preview ends; what SIGKILL leaves, the next run clears away."""
    project = make_small_project(tmp_path / "project")
    project.set("pdf: false")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    place = f"127.0.0.1:{free_port()}"
    process = project.start("mkdocs", "serve", "--livereload", "--dev-addr", place)
    running = Preview(project, process, f"http://{place}/")
    listener = threading.Thread(target=running.listen, daemon=True)
    listener.start()
    running.wait_for("archives/2024/", "草稿暗记甲一七")
    process.send_signal(number)
    process.wait(CEILING)
    listener.join(CEILING)
    if number == signal.SIGKILL:
        assert list(temporary.iterdir())
        assert project.build().code == 0
    assert not list(temporary.iterdir())
