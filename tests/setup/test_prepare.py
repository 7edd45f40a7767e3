"""The set-up as a whole: what it says, and that a second run has nothing to do."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from evalpress.setup import prepare
from evalpress.setup.needs import SetupProblem

SCRIPT = Path(prepare.__file__).parent


def test_all_problems_come_at_once_with_one_command() -> None:
    problems = [
        SetupProblem("缺 libpango-1.0.so.0", ["libpango-1.0-0"]),
        SetupProblem("下载没有成功", ["fonts-noto-cjk"], output="E: no network\n"),
    ]
    assert prepare.problems_text(problems, root=False).splitlines() == [
        "E: no network",
        "evalpress：环境还没有准备好：",
        "· 缺 libpango-1.0.so.0",
        "· 下载没有成功",
        "请先运行：",
        "    sudo apt-get update; sudo apt-get install -y --no-install-recommends"
        " fonts-noto-cjk libpango-1.0-0",
        "然后重新运行。",
    ]


def test_problem_without_package_names_no_command() -> None:
    assert "apt-get" not in prepare.problems_text([SetupProblem("磁盘已满")], root=False)


def test_script_runs_on_the_bare_system_python() -> None:
    """`-S` hides every installed package; `-I` is how the Makefile runs the script."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, "--help"], capture_output=True, text=True, check=True
    )
    assert "--tests" in done.stdout


def test_second_run_is_quick_and_silent() -> None:
    """The tests run in the very environment that the set-up made, so it has nothing to do."""
    assert prepare.is_ready(prepare.ROOT, tests=True), "run make test, not pytest alone"
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, "--tests"], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


def test_interruption_ends_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(root: Path, tests: bool) -> list[SetupProblem]:
        raise KeyboardInterrupt

    monkeypatch.setattr(prepare, "prepare", interrupt)
    assert prepare.main([]) == 130
    assert "重新运行" in capsys.readouterr().out


PINS = prepare.ROOT / ".ci/pins"
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\]+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """What a file of pins asks for: package -> its pin and the hashes of its files."""
    text = (PINS / f"{name}.txt").read_text("utf-8")
    entries = re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", "").splitlines()
    found = {}
    for entry in entries:
        pin, *hashes = (part.strip() for part in entry.split("--"))
        match = PIN.fullmatch(pin)
        assert match, entry
        assert hashes, f"{pin} has no hash"
        assert all(HASH.fullmatch(f"--{each}") for each in hashes), entry
        found[_normal(match["name"])] = (pin, frozenset(hashes))
    return found


@pytest.mark.parametrize(
    ("name", "extras"),
    [("site", []), ("pdf-import", ["pdf-import"]), ("cluster", ["cluster"]), ("test", ["test"])],
)
def test_every_requirement_is_pinned_with_hashes(name: str, extras: list[str]) -> None:
    setup = tomllib.loads((prepare.ROOT / "pyproject.toml").read_text("utf-8"))
    project, building = setup["project"], setup["build-system"]["requires"]
    asked = [*building, *project["dependencies"]]
    asked += [need for extra in extras for need in project["optional-dependencies"][extra]]
    assert {_normal(re.split(r"[^\w.-]", need)[0]) for need in asked} <= pins(name).keys()
    assert setup["dependency-groups"]["build"] == building, "what is pinned is what builds"


def test_the_site_is_built_with_the_packages_that_are_tested() -> None:
    tested = pins("test")
    for name in ("site", "pdf-import", "cluster"):
        assert pins(name).items() <= tested.items()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
