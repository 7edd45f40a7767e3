"""Makes this machine able to build and test the site: `.venv`, system libraries, fonts, browser.

Runs on the bare system Python before anything is installed, so it may import only the standard
library. A second run finds everything in place and does nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)
STAMP = "evalpress.json"
MANIFEST = "manifest.txt"
STAMPED_FILES = ("pyproject.toml", ".ci/constraints.txt", "hooks/evalpress/environment.py")

# The names that WeasyPrint opens, each with the Debian package that brings it.
LIBRARIES = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
PLAYWRIGHT_LIBRARIES = {"libatomic.so.1": "libatomic1"}
FONT_PACKAGES = {
    "texlive-lang-chinese": (
        "FandolFang-Regular.otf",
        "FandolHei-Bold.otf",
        "FandolHei-Regular.otf",
        "FandolKai-Regular.otf",
        "FandolSong-Bold.otf",
        "FandolSong-Regular.otf",
    ),
    "fonts-noto-cjk": (
        "NotoSansCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSerifCJK-Regular.ttc",
    ),
}
INSTALLED_FONTS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOADED_BROWSER = ".cache/ms-playwright/chromium-*/chrome-linux*/chrome"

UBUNTU_BROWSER = (".venv/bin/playwright", "install", "--with-deps", "chromium")

# Only the simplified Chinese faces stay: with the others in play, a character that the first
# font lacks could come out in its Japanese shape. Fandol's bold files call themselves regular.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/files</dir>
  <cachedir>{folder}/cache</cachedir>
{rules}
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Serif CJK SC</string></edit>
  </match>
</fontconfig>
"""
REJECTED_FACE = (
    "  <selectfont><rejectfont><pattern>"
    '<patelt name="family"><string>Noto {style} CJK {region}</string></patelt>'
    "</pattern></rejectfont></selectfont>"
)
BOLD_FACE = (
    '  <match target="scan"><test name="fullname"><string>{name}</string></test>'
    '<edit name="weight" mode="assign"><const>bold</const></edit></match>'
)
GENERIC_FAMILY = (
    "  <alias><family>{generic}</family>"
    "<prefer><family>Noto {style} CJK SC</family></prefer></alias>"
)
GENERIC_FAMILIES = {"serif": "Serif", "sans-serif": "Sans", "monospace": "Sans Mono"}


class SetupProblem(Exception):
    """Something that the person at the keyboard has to put right.

    `packages` are the Debian packages that would do it, `output` what a failed command printed.
    """

    def __init__(self, text: str, packages: Iterable[str] = (), output: str = "") -> None:
        super().__init__(text)
        self.packages = tuple(packages)
        self.output = output


class Need(NamedTuple):
    """A part of the system that is not there: its name, and its Debian package ("" = none)."""

    what: str
    package: str

    def packages(self) -> list[str]:
        return [self.package] if self.package else []


def say(text: str) -> None:
    print(f"evalpress：{text}", flush=True)


# --- what the system lacks -----------------------------------------------------------------


def missing_libraries(tests: bool = False, load: Callable[[str], Any] = ctypes.CDLL) -> list[Need]:
    """Return the shared libraries that `load` cannot open; `tests` need more of them."""
    wanted = {**LIBRARIES, **(PLAYWRIGHT_LIBRARIES if tests else {})}
    return [Need(name, package) for name, package in wanted.items() if not _opens(name, load)]


def _opens(name: str, load: Callable[[str], Any]) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def missing_venv(
    find: Callable[[str], Any] = importlib.util.find_spec,
    version: tuple[int, ...] = sys.version_info[:2],
) -> list[Need]:
    """Return what this Python lacks for making a virtual environment with pip in it."""
    if all(find(name) is not None for name in ("venv", "ensurepip")):
        return []
    return [Need("Python 的 venv 模块", "python{}.{}-venv".format(*version))]


def find_chromium(
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> str | None:
    """Return the path of a Chromium or Chrome for the browser tests, or None.

    `EVALPRESS_CHROMIUM` stands before everything else and is never silently replaced.
    """
    if chosen := environ.get("EVALPRESS_CHROMIUM"):
        return which(chosen)
    home = Path(environ.get("HOME", "/nonexistent"))
    downloaded = map(str, sorted(home.glob(DOWNLOADED_BROWSER), reverse=True))
    return next(filter(None, map(which, BROWSERS)), None) or next(downloaded, None)


def missing_chromium(
    distribution: str,
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> list[Need]:
    """Return what the browser tests lack; `distribution` is an os-release ID.

    Ubuntu's own package is a snap, which containers and build servers cannot start.
    """
    if find_chromium(environ, which):
        return []
    if chosen := environ.get("EVALPRESS_CHROMIUM"):
        return [Need(f"环境变量 EVALPRESS_CHROMIUM 所指的程序 {chosen}", "")]
    if distribution == "ubuntu":
        return [Need(f"Chromium 浏览器（只有测试用到；可运行 {shlex.join(UBUNTU_BROWSER)}）", "")]
    return [Need("Chromium 浏览器（只有测试用到）", "chromium")]


def distribution_id(os_release: Path = Path("/etc/os-release")) -> str:
    """Return the ID of this machine's distribution, or "" where nothing tells it."""
    with suppress(OSError):
        for line in os_release.read_text(encoding="utf-8").splitlines():
            if line.startswith("ID="):
                return line[3:].strip("\"'")
    return ""


# --- commands ------------------------------------------------------------------------------


def is_root() -> bool:
    return os.geteuid() == 0


def apt_command(packages: Iterable[str], root: bool) -> str:
    """Return the shell command that installs `packages`, with sudo unless `root`."""
    sudo = "" if root else "sudo "
    names = " ".join(sorted(set(packages)))
    return f"{sudo}apt-get update; {sudo}apt-get install -y --no-install-recommends {names}"


def add_system_parts(needs: Iterable[Need], root: Path) -> None:
    """As root, install the packages of `needs`; what stays missing shows in the next look."""
    packages = [name for need in needs for name in need.packages()]
    if packages and is_root() and shutil.which("apt-get"):
        say(command := apt_command(packages, root=True))
        # On a machine just started the daily upgrade may still hold the lock.
        patient = command.replace("install", "-o DPkg::Lock::Timeout=300 install", 1)
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(patient, shell=True, cwd=root, env=environ)
        importlib.invalidate_caches()


def add_ubuntu_browser(root: Path) -> None:
    """As root on Ubuntu, let Playwright fetch the Chromium that is still missing."""
    if is_root() and distribution_id() == "ubuntu" and not find_chromium():
        say(shlex.join(UBUNTU_BROWSER))
        subprocess.run(UBUNTU_BROWSER, cwd=root)


def _run_captured(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        text = f"下面的命令没有成功，以上是它的输出：\n    {shlex.join(command)}"
        raise SetupProblem(text, output=done.stdout)


# --- Python packages -----------------------------------------------------------------------


def inputs_hash(root: Path) -> str:
    """Hash all that decides what `.venv` under `root` must hold."""
    digest = hashlib.sha256()
    for name in STAMPED_FILES:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(root: Path) -> dict[str, Any]:
    """Return what the last finished installation wrote down; {} when none finished."""
    try:
        stamp = json.loads((root / ".venv" / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def has_packages(root: Path, tests: bool) -> bool:
    """Tell whether `.venv` holds the packages as now asked for (`tests` needs more of them)."""
    stamp = read_stamp(root)
    return (
        _is_at_home(stamp, root)
        and stamp.get("inputs") == inputs_hash(root)
        and (stamp.get("tests") is True or not tests)
    )


def _is_at_home(stamp: dict[str, Any], root: Path) -> bool:
    """Tell whether a finished `.venv` still stands where, and on the Python, it was made."""
    return stamp.get("place") == _place(root) and (root / ".venv/bin/python").exists()


def _place(root: Path) -> list[Any]:
    return [str(root), *sys.version_info[:2]]


def install_packages(root: Path, tests: bool) -> None:
    """Install the project with its pinned requirements into `.venv`; stamp it when done.

    A changed requirement is installed over what is there; without a valid stamp (new, moved or
    interrupted) the environment is made afresh. Raises SetupProblem with pip's own output.
    """
    venv, stamp = root / ".venv", read_stamp(root)
    inputs, tests = inputs_hash(root), tests or stamp.get("tests") is True
    (venv / STAMP).unlink(missing_ok=True)
    if not _is_at_home(stamp, root):
        _make_venv(venv)
    say("安装 Python 软件包（首次约需一分钟）……")
    pip = [str(venv / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check"]
    target = ".[test]" if tests else "."
    _run_captured([*pip, "-c", ".ci/constraints.txt", "-e", target], root)
    _write_whole(
        venv / STAMP, json.dumps({"inputs": inputs, "tests": tests, "place": _place(root)})
    )


def _make_venv(venv: Path) -> None:
    say("建立 Python 虚拟环境 .venv ……")
    for entry in venv.iterdir():
        if entry.name == "share":
            continue  # the fonts: large, and put there whole or not at all
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    _run_captured([sys.executable, "-m", "venv", str(venv)], venv.parent)


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


# --- fonts ---------------------------------------------------------------------------------


def fonts_folder(prefix: Path) -> Path:
    """Return where the private fonts of the environment at `prefix` lie."""
    return prefix / "share/evalpress/fonts"


def has_fonts(folder: Path) -> bool:
    """Tell whether `folder` holds every font in its full size and the right fontconfig file."""
    try:
        rules = (folder / "fonts.conf").read_text(encoding="utf-8")
    except OSError:
        return False
    return rules == fonts_conf(folder) and _has_font_files(folder)


def _has_font_files(folder: Path) -> bool:
    names = {name for names in FONT_PACKAGES.values() for name in names}
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
        sizes = {name: int(size) for _, size, name in map(str.split, lines)}
        return set(sizes) == names and all(
            (folder / "files" / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError):
        return False


def fonts_conf(folder: Path) -> str:
    """Return a fontconfig file that knows no font but those of `folder`."""
    rejected = [
        REJECTED_FACE.format(style=style, region=region)
        for style in GENERIC_FAMILIES.values()
        for region in ("JP", "KR", "TC", "HK")
    ]
    bold = [BOLD_FACE.format(name=name) for name in ("FandolHei Bold", "FandolSong Bold")]
    generic = [
        GENERIC_FAMILY.format(generic=generic, style=style)
        for generic, style in GENERIC_FAMILIES.items()
    ]
    rules = "\n".join([*rejected, *bold, *generic])
    return FONTS_CONF.format(folder=escape(str(folder)), rules=rules)


def install_fonts(folder: Path) -> None:
    """Put the fonts and their fontconfig file into `folder`.

    Fonts already installed on the machine are copied, the others unpacked from their Debian
    packages, which needs no root. Raises SetupProblem when a font is still missing after that.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for leftover in folder.parent.glob("fonts.new-*"):
        shutil.rmtree(leftover)
    if not _has_font_files(folder):
        say("准备中文字体（约 130 MB，本机没有时从软件源下载）……")
        _build_fonts(folder)
    _write_whole(folder / "fonts.conf", fonts_conf(folder))
    _warm_font_cache(folder)


def _build_fonts(folder: Path) -> None:
    """Fill a folder beside `folder` and move it there: half a set must never pass for one."""
    fresh = Path(tempfile.mkdtemp(prefix="fonts.new-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        for name in ("files", "licences", "cache"):
            (fresh / name).mkdir()
        for package, names in FONT_PACKAGES.items():
            if not _copy_installed(package, names, fresh):
                _unpack_downloaded(package, names, fresh)
        (fresh / MANIFEST).write_text(_manifest(fresh / "files"), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _copy_installed(package: str, names: Iterable[str], fresh: Path) -> bool:
    places = [Path(folder, name) for folder in INSTALLED_FONTS for name in names]
    found = {path.name: path for path in places if path.is_file()}
    licence = Path("/usr/share/doc", package, "copyright")
    if found.keys() != set(names) or not licence.is_file():
        return False
    for name, path in found.items():
        shutil.copyfile(path, fresh / "files" / name)
    shutil.copyfile(licence, fresh / "licences" / package)
    return True


def _unpack_downloaded(package: str, names: Iterable[str], fresh: Path) -> None:
    wanted = {name: fresh / "files" / name for name in names}
    wanted[f"{package}/copyright"] = fresh / "licences" / package
    with tempfile.TemporaryDirectory(prefix="fonts.new-", dir=fresh.parent) as scratch:
        _unpack(_download_package(package, Path(scratch)), wanted)
    if missing := [path.name for path in wanted.values() if not path.exists()]:
        raise SetupProblem(f"软件包 {package} 里没有这些文件：{'、'.join(missing)}")


def _download_package(package: str, scratch: Path) -> Path:
    """Fetch a .deb with the machine's package lists or, where these fail, with private ones."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SetupProblem("缺中文字体，本机又没有 apt-get 和 dpkg-deb 可供下载", FONT_PACKAGES)
    output = _apt(["download", package], scratch)
    if not list(scratch.glob("*.deb")):
        lists, cache = scratch / "lists", scratch / "cache"
        for folder in (lists / "partial", cache / "archives/partial"):
            folder.mkdir(parents=True)
        private = ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"]
        output = _apt([*private, "update"], scratch) + _apt(
            [*private, "download", package], scratch
        )
    for archive in scratch.glob("*.deb"):
        return archive
    raise SetupProblem(f"缺中文字体，下载 {package} 没有成功", FONT_PACKAGES, output)


def _apt(arguments: list[str], folder: Path) -> str:
    command = ["apt-get", "-q", "-o", "Acquire::http::Timeout=30", *arguments]
    return subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ).stdout


def _unpack(archive: Path, wanted: Mapping[str, Path]) -> None:
    """Write the members of a .deb whose paths end in a key of `wanted` to that key's path."""
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    unpacker = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        with unpacker, tarfile.open(fileobj=unpacker.stdout, mode="r|") as members:
            for member in filter(tarfile.TarInfo.isfile, members):
                for ending, path in wanted.items():
                    if member.name.endswith("/" + ending):
                        _write_member(members.extractfile(member), path)
    except tarfile.TarError as error:
        raise SetupProblem(f"下载的 {archive.name} 不完整（{error}），请重新运行") from error


def _write_member(source: IO[bytes] | None, path: Path) -> None:
    if source is not None:
        with path.open("wb") as target:
            shutil.copyfileobj(source, target)


def _manifest(files: Path) -> str:
    """Return one line per font: SHA-256, size, name."""
    contents = ((path.name, path.read_bytes()) for path in sorted(files.iterdir()))
    return "".join(
        f"{hashlib.sha256(content).hexdigest()} {len(content)} {name}\n"
        for name, content in contents
    )


def _warm_font_cache(folder: Path) -> None:
    """Let fontconfig read the fonts once, so that the first PDFs need not."""
    code = "import ctypes; ctypes.CDLL('libfontconfig.so.1').FcInit()"
    environ = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run([sys.executable, "-c", code], env=environ, stderr=subprocess.DEVNULL)


# --- the whole -----------------------------------------------------------------------------


def system_needs(root: Path, tests: bool) -> list[Need]:
    """Return all that is missing and that only the system's administrator can add."""
    venv = [] if has_packages(root, tests) else missing_venv()
    browser = missing_chromium(distribution_id()) if tests else []
    return [*missing_libraries(tests), *venv, *browser]


def is_ready(root: Path, tests: bool) -> bool:
    """Tell, by cheap looks only, whether nothing is left to do."""
    fonts = fonts_folder(root / ".venv")
    return has_packages(root, tests) and has_fonts(fonts) and not system_needs(root, tests)


def prepare(root: Path, tests: bool) -> list[SetupProblem]:
    """Put in place all that is missing; return all that could not be."""
    if is_ready(root, tests):
        return []
    with _locked(root / ".venv"):
        add_system_parts(system_needs(root, tests), root)
        problems = _add_private_parts(root, tests)
        if tests and has_packages(root, tests):
            add_ubuntu_browser(root)
    needs = system_needs(root, tests)
    return problems + [SetupProblem(f"缺 {need.what}", need.packages()) for need in needs]


def _add_private_parts(root: Path, tests: bool) -> list[SetupProblem]:
    problems: list[SetupProblem] = []
    if not has_packages(root, tests) and not missing_venv():
        problems += _attempt(install_packages, root, tests)
    if not has_fonts(fonts := fonts_folder(root / ".venv")):
        problems += _attempt(install_fonts, fonts)
    return problems


def _attempt(step: Callable[..., None], *arguments: Any) -> list[SetupProblem]:
    try:
        step(*arguments)
    except SetupProblem as problem:
        return [problem]
    return []


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one set-up at a time work in `folder`; the lock ends with the process."""
    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def describe(problems: list[SetupProblem], root: bool) -> str:
    """Return what failed commands printed, then every problem and one command for all packages."""
    lines = [problem.output.rstrip() for problem in problems if problem.output]
    lines += ["evalpress：环境还没有准备好：", *(f"· {problem}" for problem in problems)]
    if packages := [name for problem in problems for name in problem.packages]:
        lines += ["请先运行：", f"    {apt_command(packages, root)}", "然后重新运行。"]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the set-up from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="准备构建网站所需的环境")
    parser.add_argument("--tests", action="store_true", help="同时准备测试所需的软件包和浏览器")
    tests = parser.parse_args(arguments).tests
    if sys.version_info < OLDEST_PYTHON:
        say(f"需要 Python 3.11 以上，现在是 {sys.version.split()[0]}。例如：make PYTHON=python3.12")
        return 1
    try:
        problems = prepare(ROOT, tests)
    except KeyboardInterrupt:
        say("已中断，重新运行即可接着做。")
        return 130
    except OSError as error:
        say(f"环境没有准备好：{error}")
        return 1
    if problems:
        print(describe(problems, is_root()), flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
