"""Three districts that share department ids as one site: one rebuilt alone, broken ones, removals.

One was built for its place (`ping`, with PDFs), one without an address (`plain`), one is built anew
while the others stay (`own`).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from evalpress import commands
from evalpress.districts.joining_up import Joined, bring_back, join
from evalpress.districts.joint_settings import Joint
from evalpress.findings import Refused
from evalpress.ledger import Standing
from evalpress.release.history import kept_releases
from evalpress.verify.asking import ask_folder, hash_of
from evalpress.verify.copies import check_folder
from evalpress.verify.shards import read_answers
from evalpress.wording import word
from joints import ROOT_URL, copied, edit, files_in, joint, resealed
from projects import GUIDE, Finished, Project, replace
from serving import serving

CSP = re.compile(r'Content-Security-Policy "([^"]+)"')


@pytest.fixture(scope="module")
def three(
    configured: Finished, finished_plain: Finished, tmp_path_factory: pytest.TempPathFactory
) -> Joint:
    """The three joined once, to be looked at."""
    folder = tmp_path_factory.mktemp("city")
    own = copied(finished_plain.site, folder / "own")
    edit(own, "parks/2025/index.html", lambda text: text.replace("园林", "林木"))
    found = {"ping": configured.site, "plain": finished_plain.site, "own": own}
    made = joint(folder / "joint", found)
    joined = join(made)
    assert {one.rule for one in joined.findings} == {"district_no_address"}, joined.findings
    return made


@pytest.fixture
def city(finished_plain: Finished, tmp_path: Path) -> Joint:
    """Two districts in folders of their own, joined, to spoil one."""
    found = {name: copied(finished_plain.site, tmp_path / name) for name in ("east", "west")}
    made = joint(tmp_path / "joint", found)
    join(made)
    return made


def text(joint: Joint, path: str) -> str:
    return (joint.layout.live / path).read_text(encoding="utf-8")


def rules(joined: Joined) -> list[str]:
    return sorted(one.rule for one in joined.findings if one.rule != "district_no_address")


# --- what is there ------------------------------------------------------------------------------


def test_a_district_lies_below_its_prefix_byte_for_byte(three: Joint) -> None:
    for district in three.settings.districts:
        source = Path(district.folder)
        named = set(json.loads((source / "manifest.json").read_bytes())["files"])
        found = files_in(three.layout.live / district.prefix)
        assert found.keys() == named | {"manifest.json", "SHA256SUMS"}
        assert all((source / path).read_bytes() == found[path] for path in found)
        assert check_folder(three.layout.live / district.prefix).is_whole
    assert check_folder(three.layout.live).is_whole


def test_the_home_page_tells_what_the_districts_tell(three: Joint) -> None:
    home = text(three, "index.html")
    index = json.loads((Path(three.settings.districts[0].folder) / "api/v1/index.json").read_text())
    years = [group for group in index["groups"] if group["kind"] == "years"]
    assert home.count('href="ping/"') == 1 and "更新到" in home
    assert years and f">{years[0]['id']}<" in home
    assert "演示数据" in home
    assert 'data-base="."' in home and "data-lists" in home


def test_the_register_says_which_department_of_which_district(three: Joint) -> None:
    told = json.loads(text(three, "api/v1/coverage.json"))["coverage"]
    parks = [one for one in told if one["department"] == "parks" and one["year"] == 2025]
    assert [one["district"] for one in parks] == ["ping", "plain", "own"]
    page = text(three, "coverage/index.html")
    for one in parks:
        assert one["address"] == f"{one['district']}/parks/2025/"
        assert f'href="../{one["address"]}"' in page
    assert (three.layout.live / "coverage/districts.csv").is_file()


def test_the_catalogue_names_files_that_are_there(three: Joint) -> None:
    index = json.loads(text(three, "api/v1/index.json"))
    assert [one["prefix"] for one in index["districts"]] == ["ping", "plain", "own"]
    files = [path for d in index["districts"] for g in d["groups"] for path in g["files"]]
    assert files and all((three.layout.live / path).is_file() for path in files)
    assert 'href="../own/data/years/2025/evaluations.xlsx"' in text(three, "data/index.html")


def test_programs_that_crawl_are_told_of_one_site(three: Joint) -> None:
    assert f"Sitemap: {ROOT_URL}sitemap.xml" in text(three, "robots.txt")
    maps = re.findall("<loc>([^<]+)</loc>", text(three, "sitemap.xml"))
    assert maps == [f"{ROOT_URL}sitemap-joint.xml", f"{ROOT_URL}ping/sitemap.xml"]
    assert f'<link rel="canonical" href="{ROOT_URL}coverage/">' in text(
        three, "coverage/index.html"
    )
    assert f'href="{ROOT_URL}ping/' in text(three, "feed.xml")
    assert re.search(r'href="/assets/evalpress\.[0-9a-f]{12}\.css"', text(three, "404.html"))


# --- what is verified, what was corrected -------------------------------------------------------


def test_a_file_of_any_district_is_known(three: Joint) -> None:
    live = three.layout.live
    ask = ask_folder(live)
    for district in three.settings.districts:
        path = live / district.prefix / "parks/2025/parks-2025.json"
        found = {one.address: one for one in ask(hash_of(path))}
        own = found[f"{district.prefix}/parks/2025/"]
        assert own.standing is Standing.CURRENT
        assert own.title.startswith(f"{district.name}：")
        for sha, told in read_answers(live / district.prefix).items():
            assert {f"{district.prefix}/{one.address}" for one in told} <= {
                one.address for one in ask(sha)
            }
    own_files = ("coverage/districts.csv", "api/v1/index.json", "feed.xml", "corrections/feed.xml")
    for name in own_files:
        assert ask(hash_of(live / name))[0].standing is Standing.CURRENT
    assert ask("0" * 64) == []


def test_a_file_that_one_district_withdrew_and_another_has_is_told_of_both(
    city: Joint, tmp_path: Path
) -> None:
    path = city.layout.live / "east/parks/2025/parks-2025.json"
    sha, east = hash_of(path), tmp_path / "east"
    gone = {"standing": "withdrawn", "kind": "data", "title": "甲", "address": "parks/2025/"}
    edit(
        east, f"verify/hashes/{sha[0]}.json",
        lambda found: {**found, "hashes": {**found["hashes"], sha: [gone]}},
    )  # fmt: skip
    join(city)
    told = [(str(one.standing), one.address) for one in ask_folder(city.layout.live)(sha)]
    assert told == [("current", "west/parks/2025/"), ("withdrawn", "east/parks/2025/")]


def _corrected(found: dict[str, list[dict[str, str]]]) -> dict[str, object]:
    """Two more entries: an old and a new one."""
    first = {
        "change": "correction", "id": "c9", "address": "parks/2025/", "title": "甲报告",
        "provenance": "演示数据", "day": "2020-01-02", "date": "2020年1月2日", "about": "正文",
        "old": "旧", "new": "新", "nature": "内容更正", "reason": "笔误", "office": "办公室",
    }  # fmt: skip
    last = {**first, "id": "", "change": "withdrawal", "day": "2030-01-02", "date": "2030-01-02"}
    return {**found, "corrections": [last, *found["corrections"], first]}


def test_corrections_of_all_districts_stand_together_the_newest_first(
    city: Joint, tmp_path: Path
) -> None:
    edit(tmp_path / "east", "api/v1/corrections.json", _corrected)
    join(city)
    page = text(city, "corrections/index.html")
    rows = [row for row in page.split("<tr>") if "<td" in row]
    days = [re.findall(r"\d{4}", re.sub("<[^>]+>", " ", row))[0] for row in rows]
    corrected = [day for day in days if day != "2030"]
    assert corrected == sorted(corrected, reverse=True) and corrected[-1] == "2020"
    assert "2030-01-02" in page.partition('id="withdrawn"')[2]
    assert page.count('href="../east/parks/2025/"') > page.count('href="../west/parks/2025/"') > 0
    assert "甲报告</a> <small" in page or "演示数据" in page
    table = text(city, "corrections/all-corrections.csv").splitlines()
    assert len(table) == 1 + len(corrected)
    root = ElementTree.fromstring(text(city, "corrections/feed.xml"))
    atom = "{http://www.w3.org/2005/Atom}"
    told = [one.findtext(f"{atom}id") for one in root.iter(f"{atom}entry")]
    assert told[0] == f"{ROOT_URL}east/parks/2025/#c9" or "withdrawn" in str(told[0])
    assert len(told) == len(set(told)) == len(days)
    assert 'href="../corrections/feed.xml"' in page


def test_a_district_of_an_earlier_version_is_joined_and_named(city: Joint, tmp_path: Path) -> None:
    east = tmp_path / "east"
    for path in [*east.glob("verify/index.json"), east / "api/v1/corrections.json"]:
        path.unlink()
        resealed(east, path.relative_to(east).as_posix())
    assert rules(join(city)) == []
    for page in ("corrections", "verify"):
        note = text(city, f"{page}/index.html").partition('class="ep-note">以下地区')[2]
        assert note.partition("</p>")[0].endswith("east区。") or "east区" in note[:80]


def test_the_same_districts_give_the_same_bytes(three: Joint, tmp_path: Path) -> None:
    found = {one.prefix: Path(one.folder) for one in three.settings.districts}
    again = joint(tmp_path / "again", found)
    join(again)
    assert files_in(again.layout.live) == files_in(three.layout.live)


def test_a_district_s_signature_comes_along(finished_plain: Finished, tmp_path: Path) -> None:
    east = copied(finished_plain.site, tmp_path / "east")
    (east / "SHA256SUMS.asc").write_text("signed")
    made = joint(tmp_path / "joint", {"east": east}, swap="link")
    join(made)
    assert text(made, "east/SHA256SUMS.asc") == "signed"
    assert check_folder(made.layout.live / "east").is_whole
    with (east / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  more.html\n")
    assert rules(join(made)) == ["district_again", "district_damaged"]


def test_the_city_signs_with_its_own_command(city: Joint, tmp_path: Path) -> None:
    script = tmp_path / "sign.sh"
    script.write_text('#!/bin/sh\nwc -c < "$1" > "$1.asc"\n')
    script.chmod(0o755)
    before = files_in(city.layout.live)
    edit(tmp_path / "east", "parks/index.html", lambda text: text + "<!-- 1 -->")
    folders: dict[str, Path | str] = {name: tmp_path / name for name in ("east", "west")}
    with pytest.raises(Refused, match="sign_nothing"):
        join(joint(tmp_path / "joint", folders, sign_command="true"))
    assert files_in(city.layout.live) == before
    join(joint(tmp_path / "joint", folders, sign_command=str(script)))
    assert check_folder(city.layout.live).seals == ("SHA256SUMS.asc",)


def test_nothing_comes_along_that_a_district_did_not_publish(city: Joint, tmp_path: Path) -> None:
    for name in (".git/config", "parks/.draft.html", "secret.txt"):
        path = tmp_path / "east" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("zqleakx")
    link = tmp_path / "outside.txt"
    link.write_text("zqleakx")
    path = tmp_path / "east" / "parks/2025/index.html"
    path.unlink()
    path.symlink_to(link)
    (city.layout.live.parent / ".cache").rename(tmp_path / "gone")  # nothing is known of any file
    join(city)
    everywhere = (p for p in (tmp_path / "joint").rglob("*") if p.is_file())
    assert not [path for path in everywhere if b"zqleakx" in path.read_bytes()]


# --- night after night --------------------------------------------------------------------------


def test_one_district_alone_is_built_anew(
    small_with_site: Project, finished_plain: Finished, tmp_path: Path
) -> None:
    other = copied(finished_plain.site, tmp_path / "other-site")
    made = joint(tmp_path / "joint", {"own": small_with_site.site, "other": other})
    assert join(made).record
    live, page = made.layout.live, "own/parks/2025/index.html"
    before, inodes = files_in(live), _inodes(live)
    assert join(made).record is None

    replace(small_with_site.report("parks/2025"), '"93.6"', '"94.1"')
    built = small_with_site.build()
    assert built.code == 0, built.said
    joined = join(made)
    assert joined.record and rules(joined) == []
    after = files_in(live)
    assert "94.1" in after[page].decode() and "94.1" not in before[page].decode()
    changed = {path for path in after if before.get(path) != after[path]}
    assert not [path for path in changed if path.startswith("other/")]
    same = [path for path in after if path not in changed]
    assert {path for path in same if _inodes(live)[path] != inodes[path]} == set()
    index = made.layout.release(1)
    assert files_in(index) == before


def _inodes(folder: Path) -> dict[str, int]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in found}


def _remove(site: Path) -> None:
    shutil.rmtree(site)


def _forget_manifest(site: Path) -> None:
    (site / "manifest.json").unlink()


def _tear(site: Path) -> None:
    edit(site, "parks/index.html", lambda text: text + "<!-- new -->")
    (site / "parks/index.html").unlink()


def _change(site: Path) -> None:
    edit(site, "parks/index.html", lambda text: text + "<!-- new -->")
    path = site / "parks/index.html"
    path.write_text(path.read_text(encoding="utf-8") + "<!-- no -->", encoding="utf-8")


def _age(site: Path) -> None:
    (site / "api/v1/coverage.json").unlink()
    resealed(site, "api/v1/coverage.json")


def _other_version(site: Path) -> None:
    edit(site, "api/v1/index.json", lambda found: {**found, "version": 2})


def _other_statuses(site: Path) -> None:
    def unknown(found: dict[str, list[dict[str, str]]]) -> dict[str, object]:
        return {**found, "coverage": [{**one, "status": "x"} for one in found["coverage"]]}

    edit(site, "api/v1/coverage.json", unknown)


def _of_another(site: Path) -> None:
    edit(site, "api/v1/index.json", lambda found: {**found, "site_url": f"{ROOT_URL}west/"})


def _escape(site: Path) -> None:
    path = site / "manifest.json"
    found = json.loads(path.read_bytes())
    found["files"]["../../escaped.html"] = {"size": 1, "sha256": "0" * 64}
    path.unlink()
    path.write_text(json.dumps(found))


SPOILT: list[tuple[Callable[[Path], None], str]] = [
    (_remove, "district_not_there"),
    (_forget_manifest, "district_not_there"),
    (_tear, "district_not_there"),
    (_change, "district_damaged"),
    (_age, "district_older"),
    (_other_version, "district_unread"),
    (_other_statuses, "district_unread"),
    (_of_another, "district_elsewhere"),
    (_escape, "district_foreign"),
]


@pytest.mark.parametrize(("spoil", "rule"), SPOILT, ids=[r.__name__ for r, _ in SPOILT])
def test_a_district_that_is_not_whole_keeps_its_last_good_one(
    city: Joint, tmp_path: Path, spoil: Callable[[Path], None], rule: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before = files_in(city.layout.live / "east")
    edit(tmp_path / "west", "parks/index.html", lambda text: text.replace("园林", "林木"))
    spoil(tmp_path / "east")
    assert commands.main(["join", str(city.file)]) == 1
    said = capsys.readouterr()
    assert f"[{rule}]" in said.err and "[district_again]" in said.err
    assert "沿用　east/" in said.out
    assert files_in(city.layout.live / "east") == before
    assert "林木" in text(city, "west/parks/index.html")
    assert "沿用上次并入的" in text(city, "index.html")
    assert not (tmp_path / "escaped.html").exists()


def test_a_district_that_never_was_there_is_named(city: Joint, tmp_path: Path) -> None:
    found = {"east": tmp_path / "east", "north": tmp_path / "none"}
    more = joint(tmp_path / "joint", {**found, "west": tmp_path / "west"})
    joined = join(more)
    assert rules(joined) == ["district_absent", "district_not_there"]
    assert "north区" in text(more, "index.html")
    assert not (more.layout.live / "north").exists()


def _answered(site: Path, standing: str | None) -> None:
    """Let a site answer so for a file that it once had, or not at all."""
    sha = "0" * 64
    old = {"standing": standing, "kind": "data", "title": "旧文件", "address": "parks/2025/"}
    edit(
        site, "verify/hashes/0.json",
        lambda found: {
            **found, "hashes": {
                **{k: v for k, v in found["hashes"].items() if k != sha},
                **({sha: [old]} if standing else {}),
            },
        },
    )  # fmt: skip


def test_a_district_that_lost_its_ledger_is_told(city: Joint, tmp_path: Path) -> None:
    east = tmp_path / "east"
    _answered(east, "superseded")
    assert join(city).is_whole
    _answered(east, "redacted")
    assert join(city).is_whole
    _answered(east, None)
    (east / "parks/2025/index.html").unlink()
    resealed(east, "parks/2025/index.html")
    joined = join(city)
    assert joined.record and not joined.is_whole
    told = {one.rule: str(one) for one in joined.findings if one.rule != "district_no_address"}
    assert "旧文件" in told["district_forgot_files"]
    assert "east区有 1 份" in told["district_lost_reports"]
    assert "parks/2025/" in told["district_lost_reports"]


def test_without_any_district_the_site_stays(city: Joint, tmp_path: Path) -> None:
    before = files_in(city.layout.live)
    wrong = joint(tmp_path / "other", {"east": tmp_path / "none"})
    with pytest.raises(Refused):
        join(wrong)
    assert not wrong.layout.live.exists()
    assert files_in(city.layout.live) == before


def test_no_district_is_lost_unless_somebody_says_so(city: Joint, tmp_path: Path) -> None:
    fewer = joint(tmp_path / "joint", {"east": tmp_path / "east"})
    with pytest.raises(Refused, match="district_lost"):
        join(fewer)
    assert (fewer.layout.live / "west/index.html").is_file()
    join(fewer, ["west/"])
    assert not list((fewer.layout.live / "west").rglob("*.html")), "styles stay for open pages"


def test_a_district_may_lie_on_a_server(
    finished_plain: Finished, city: Joint, tmp_path: Path
) -> None:
    with serving(finished_plain.site) as address:
        far = joint(tmp_path / "far", {"east": address})
        assert rules(join(far)) == []
    assert files_in(far.layout.live / "east") == files_in(city.layout.live / "east")
    assert rules(join(far)) == ["district_again", "district_not_there"]


# --- what was removed ---------------------------------------------------------------------------


def _redact(site: Path) -> None:
    """As a district does that removes something from a report."""
    removed = {"id": "name", "redacted": True, "reason": "依法删去"}

    def corrected(found: dict[str, object]) -> dict[str, object]:
        content = dict(found["content"])  # type: ignore[call-overload]
        return {**found, "content": {**content, "corrections": [removed]}}

    def second(found: dict[str, list[dict[str, object]]]) -> dict[str, object]:
        reports = [
            {**one, "version": 2} if one["address"] == "parks/2025/" else one
            for one in found["reports"]
        ]
        return {**found, "reports": reports}

    edit(site, "parks/2025/parks-2025.json", corrected)
    edit(site, "api/v1/years/2025/reports.json", second)


def test_what_a_district_removed_stays_in_no_release(city: Joint, tmp_path: Path) -> None:
    east = tmp_path / "east"
    edit(east, "parks/index.html", lambda text: text + "<!-- 1 -->")
    join(city)
    assert [one.record.number for one in kept_releases(city.layout)] == [2, 1]
    _redact(east)
    joined = join(city)
    assert joined.dropped == [2, 1]
    assert [one.record.number for one in kept_releases(city.layout)] == [3]
    assert not (city.cache_dir / "joint.sqlite").exists()
    edit(east, "parks/index.html", lambda text: text + "<!-- 2 -->")
    assert join(city).dropped == []
    assert [one.record.number for one in kept_releases(city.layout)] == [4, 3]


def test_an_earlier_release_comes_back(
    city: Joint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(city.layout.live)
    edit(tmp_path / "east", "parks/index.html", lambda text: text + "<!-- 1 -->")
    join(city)
    assert commands.main(["join", str(city.file), "--rollback"]) == 0
    assert files_in(city.layout.live) == before
    assert commands.main(["join", str(city.file), "--releases"]) == 0
    assert capsys.readouterr().out.count("保留") == 2


def test_what_was_withdrawn_does_not_come_back(city: Joint, tmp_path: Path) -> None:
    import hashlib

    east = tmp_path / "east"
    sha = hashlib.sha256((east / "parks/2025/parks-2025.json").read_bytes()).hexdigest()
    gone = {"standing": "withdrawn", "kind": "data", "title": "甲", "address": "parks/2025/"}
    edit(
        east, f"verify/hashes/{sha[0]}.json",
        lambda found: {**found, "hashes": {**found["hashes"], sha: [gone]}},
    )  # fmt: skip
    join(city)
    with pytest.raises(Refused, match="release_holds_removed"):
        bring_back(city, None)


# --- in a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(three: Joint) -> Iterator[str]:
    (policy,) = CSP.findall((GUIDE / "deploy" / "nginx.conf").read_text(encoding="utf-8"))
    with serving(three.layout.live, {"Content-Security-Policy": policy}) as found:
        yield found


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    opened = browser.new_page(base_url=served)
    wrong: list[str] = []
    opened.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    opened.close()
    assert not wrong


def test_one_search_finds_a_department_in_every_district(page: Page) -> None:
    page.goto("search/?q=县园林中心")
    first = page.locator(".ep-result__title a").first
    expect(first).to_have_attribute("href", re.compile(r"/ping/parks/$"))
    districts = page.get_by_role("group", name="地区", exact=True)
    expect(districts.locator("label")).to_have_count(3)
    districts.get_by_text("own区").click()
    expect(page.locator(".ep-result__about").first).to_contain_text("own区")
    addresses = page.locator(".ep-result__title a").evaluate_all("all => all.map(a => a.pathname)")
    assert addresses and all(address.startswith("/own/") for address in addresses)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("核验文件", "verify/"), ("各地区报告公开以后", "corrections/"), ("首尾相接", "data/"),
        ("全市绩效自评公开", ""), ("各地区的部门、报告和公开情况", ""),
    ],
)  # fmt: skip
def test_the_joint_pages_are_found_by_the_joint_search(
    page: Page, served: str, asked: str, place: str
) -> None:
    page.goto(f"search/?q={asked}")
    expect(page.locator(f'.ep-result__title a[href="{served}{place}"]')).to_be_visible()
    expect(page.locator(".ep-results__trouble")).to_be_hidden()


def test_a_file_is_verified_over_all_districts_by_two_small_files(page: Page, three: Joint) -> None:
    page.goto("verify/")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    path = three.layout.live / "ping/parks/2025/parks-2025.pdf"
    page.locator("input[type=file]").set_input_files(path)
    one, current = page.locator(".ep-verify__one"), word("verify", "verdicts", "current")
    expect(one.locator("strong")).to_have_text(current)
    expect(one).to_contain_text("ping区：")
    leading = one.get_by_role("link").first
    expect(leading).to_have_attribute("href", re.compile("/ping/parks/2025/$"))
    assert [url.partition("/verify/")[2] for url in asked] == [
        "index.json", f"hashes/{hash_of(path)[0]}.json",
    ]  # fmt: skip


def test_the_full_text_of_a_district_is_read_below_its_prefix(page: Page) -> None:
    page.goto("search/?q=管护公园")
    expect(page.locator(".ep-result__sections mark").first).to_have_text("管护公园")
    expect(page.locator(".ep-results__trouble")).to_be_hidden()


def test_a_district_s_own_search_stays_its_own(page: Page) -> None:
    page.goto("ping/search/?q=县园林中心")
    expect(page.locator(".ep-result__title a").first).to_have_attribute(
        "href", re.compile(r"/ping/parks/$")
    )
    expect(page.get_by_role("group", name="地区", exact=True)).to_have_count(0)


def test_every_page_is_complete_without_a_script(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=served)
    opened = context.new_page()
    opened.goto("search/")
    expect(opened.locator('a[href="../own/parks/2025/"]')).to_be_visible()
    opened.goto("coverage/")
    opened.locator(".ep-unfold summary").first.click()
    expect(opened.locator('a[href="../ping/parks/2025/"]')).to_be_visible()
    context.close()
