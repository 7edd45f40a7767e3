"""The set-up: what it finds missing, what it tells people to run, what it takes for finished."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from evalpress.setup import browser, fontset, prepare, system, venv
from evalpress.setup import fonts as installed
from evalpress.setup.needs import Need, SetupProblem

SCRIPT = Path(prepare.__file__).parent


def opens_all_but(*missing: str):
    def load(name: str) -> object:
        if name in missing:
            raise OSError(name)
        return object()

    return load


def which_knows(*paths: str):
    return lambda name: next((path for path in paths if path in (name, f"/usr/bin/{name}")), None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a finished `.venv` of the kind for `make site`."""
    for name in venv.STAMPED_FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"content of {name}")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").touch()
    write_stamp(tmp_path, tests=False)
    return tmp_path


def write_stamp(root: Path, tests: bool, **changes: object) -> None:
    stamp = {
        "inputs": venv.inputs_hash(root),
        "tests": tests,
        "place": [str(root), *sys.version_info[:2]],
    }
    (root / ".venv" / venv.STAMP).write_text(json.dumps({**stamp, **changes}))


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A complete font folder whose files are empty shells of one byte per letter of their name."""
    folder = tmp_path / "fonts"
    (folder / "files").mkdir(parents=True)
    for names in fontset.FONT_PACKAGES.values():
        for name in names:
            (folder / "files" / name).write_text(name)
    sizes = [(len(path.name), path.name) for path in (folder / "files").iterdir()]
    manifest = "".join(f"0 {size} {name}\n" for size, name in sizes)
    (folder / fontset.MANIFEST).write_text(manifest)
    (folder / "fonts.conf").write_text(fontset.fonts_conf(folder))
    return folder


# --- what the system lacks


def test_each_missing_library_names_its_package() -> None:
    load = opens_all_but("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
    assert system.missing_libraries(load=load) == [
        Need("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
        Need("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    ]


def test_nothing_is_missing_where_all_libraries_open() -> None:
    assert system.missing_libraries(tests=True, load=opens_all_but()) == []


def test_only_the_tests_need_what_playwright_opens() -> None:
    load = opens_all_but("libatomic.so.1")
    assert system.missing_libraries(load=load) == []
    assert system.missing_libraries(tests=True, load=load) == [Need("libatomic.so.1", "libatomic1")]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_venv_names_the_package_of_this_python(module: str) -> None:
    def find(name: str) -> object:
        return None if name == module else object()

    (need,) = system.missing_venv(find, (3, 12))
    assert need.package == "python3.12-venv"


@pytest.mark.parametrize("name", browser.BROWSERS)
def test_every_usual_browser_name_is_found(name: str) -> None:
    assert browser.find_chromium({}, which_knows(f"/usr/bin/{name}")) == f"/usr/bin/{name}"


def test_browser_fetched_by_playwright_is_found(tmp_path: Path) -> None:
    chrome = tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    assert browser.find_chromium({"HOME": str(tmp_path)}, which_knows()) == str(chrome)


def test_chosen_browser_stands_before_the_others() -> None:
    which = which_knows("/opt/chrome", "/usr/bin/chromium")
    assert browser.find_chromium({"EVALPRESS_CHROMIUM": "/opt/chrome"}, which) == "/opt/chrome"


def test_wrongly_chosen_browser_is_not_replaced_by_another() -> None:
    environ = {"EVALPRESS_CHROMIUM": "/opt/gone"}
    (need,) = browser.missing_chromium("debian", environ, which_knows("/usr/bin/chromium"))
    assert "/opt/gone" in need.what
    assert need.packages() == []


def test_missing_browser_is_a_package_on_debian_and_a_download_on_ubuntu() -> None:
    (debian,) = browser.missing_chromium("debian", {}, which_knows())
    (ubuntu,) = browser.missing_chromium("ubuntu", {}, which_knows())
    assert debian.package == "chromium"
    assert ubuntu.package == ""
    assert "playwright install --with-deps chromium" in ubuntu.what


@pytest.mark.parametrize(
    ("text", "found"), [('NAME="X"\nID=debian\n', "debian"), ('ID="ubuntu"\n', "ubuntu"), ("", "")]
)
def test_distribution_is_read_from_os_release(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "os-release").write_text(text)
    assert system.distribution_id(tmp_path / "os-release") == found


def test_distribution_is_unknown_without_os_release(tmp_path: Path) -> None:
    assert system.distribution_id(tmp_path / "none") == ""


# --- what people are told


def test_command_has_sudo_only_for_ordinary_users() -> None:
    assert system.apt_command(["b", "a", "b"], root=True) == (
        "apt-get update; apt-get install -y --no-install-recommends a b"
    )
    assert system.apt_command(["a"], root=False) == (
        "sudo apt-get update; sudo apt-get install -y --no-install-recommends a"
    )


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


# --- the stamp


def test_finished_environment_is_left_alone(project: Path) -> None:
    assert venv.has_packages(project, tests=False)


def test_tests_need_more_than_the_site(project: Path) -> None:
    assert not venv.has_packages(project, tests=True)
    write_stamp(project, tests=True)
    assert venv.has_packages(project, tests=True)
    assert venv.has_packages(project, tests=False)


@pytest.mark.parametrize("name", venv.STAMPED_FILES)
def test_changed_input_counts_as_unfinished(project: Path, name: str) -> None:
    (project / name).write_text("changed")
    assert not venv.has_packages(project, tests=False)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_unreadable_stamp_counts_as_unfinished(project: Path, text: str) -> None:
    (project / ".venv" / venv.STAMP).write_text(text)
    assert not venv.has_packages(project, tests=False)


def test_environment_moved_or_of_another_python_counts_as_unfinished(project: Path) -> None:
    write_stamp(project, tests=False, place=["/elsewhere", *sys.version_info[:2]])
    assert not venv.has_packages(project, tests=False)
    write_stamp(project, tests=False, place=[str(project), 3, 10])
    assert not venv.has_packages(project, tests=False)


def test_vanished_python_counts_as_unfinished(project: Path) -> None:
    (project / ".venv/bin/python").unlink()
    assert not venv.has_packages(project, tests=False)


def test_failing_pip_shows_its_own_output_and_leaves_no_stamp(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text("#!/bin/sh\necho this is what pip said\nexit 1\n")
    python.chmod(0o755)
    (project / "pyproject.toml").write_text("changed")
    with pytest.raises(SetupProblem) as problem:
        venv.install_packages(project, tests=False)
    assert problem.value.output == "this is what pip said\n"
    assert "-m pip install" in str(problem.value)
    assert venv.read_stamp(project) == {}


def test_installation_writes_its_stamp_last_and_keeps_the_tests_part(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\ntest ! -e .venv/{venv.STAMP} && echo "$@" > asked\n')
    python.chmod(0o755)
    write_stamp(project, tests=True)
    (project / "pyproject.toml").write_text("changed")
    venv.install_packages(project, tests=False)
    assert (project / "asked").read_text().endswith("-c .ci/constraints.txt -e .[test]\n")
    assert venv.has_packages(project, tests=True)


# --- the fonts


def test_complete_fonts_are_left_alone(fonts: Path) -> None:
    assert fontset.has_fonts(fonts)


@pytest.mark.parametrize("name", ["files/FandolFang-Regular.otf", "fonts.conf", "manifest.txt"])
def test_missing_or_cut_font_file_is_noticed(fonts: Path, name: str) -> None:
    (fonts / name).write_text("")
    assert not fontset.has_fonts(fonts)
    (fonts / name).unlink()
    assert not fontset.has_fonts(fonts)


def test_changed_rules_are_rewritten_without_new_fonts(fonts: Path) -> None:
    (fonts / "fonts.conf").write_text("old")
    before = (fonts / "manifest.txt").stat().st_ino
    installed.install_fonts(fonts)
    assert fontset.has_fonts(fonts)
    assert (fonts / "manifest.txt").stat().st_ino == before


def test_leftovers_of_an_interrupted_run_are_removed(fonts: Path) -> None:
    leftover = fonts.parent / "fonts.new-x1"
    (leftover / "files").mkdir(parents=True)
    installed.install_fonts(fonts)
    assert not leftover.exists()


def test_rules_name_no_folder_but_their_own() -> None:
    rules = fontset.fonts_conf(Path("/home/a & b/fonts"))
    assert rules.count("<dir>") == 1
    assert "<dir>/home/a &amp; b/fonts/files</dir>" in rules
    assert "<include" not in rules


def test_package_is_unpacked_down_to_the_wanted_files(tmp_path: Path) -> None:
    archive = make_package(tmp_path, {"usr/share/x/A.otf": b"font", "usr/share/x/B.otf": b"other"})
    installed._unpack(archive, {"A.otf": tmp_path / "got"})
    assert (tmp_path / "got").read_bytes() == b"font"
    assert not (tmp_path / "B.otf").exists()


def test_broken_package_is_a_problem_not_a_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.deb").write_bytes(b"no package")
    with pytest.raises(SetupProblem, match=r"x\.deb"):
        installed._unpack(tmp_path / "x.deb", {})


def make_package(folder: Path, files: dict[str, bytes]) -> Path:
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n"
    )
    for name, content in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-b", tree, folder / "x.deb"],
        check=True,
        capture_output=True,
    )
    return folder / "x.deb"


# --- the whole


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


def test_constraints_pin_every_requirement_and_name_no_source() -> None:
    lines = (prepare.ROOT / ".ci/constraints.txt").read_text().splitlines()
    assert lines
    assert all("==" in line and "/" not in line and " " not in line for line in lines)
    project = tomllib.loads((prepare.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pinned = {_normal(line.partition("==")[0]) for line in lines}
    assert {_normal(re.split(r"[^\w.-]", name)[0]) for name in asked} <= pinned


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
