"""The private fonts are put in place, from the machine or from Debian packages, without root."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from evalpress.setup.fontset import FONT_PACKAGES, MANIFEST, fonts_conf, has_font_files
from evalpress.setup.needs import SetupProblem, say
from evalpress.setup.venv import UTF8, write_text_whole

INSTALLED_FONTS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
)


# What a dead network or proxy costs; each of many lists would be tried again otherwise.
_IMPATIENT = [
    part
    for kind in ("http::Timeout=15", "https::Timeout=15", "Retries=1")
    for part in ("-o", f"Acquire::{kind}")
]
NO_DEBIAN = (
    "没有网络、没有连上 Debian 软件源的（见上面的网址）：要经过代理的，先设好 http_proxy 和 "
    "https_proxy；完全没有网络的，用离线安装包，或加 --fonts 写明字体所在的文件夹"
)


def install_fonts(folder: Path, source: Path | None = None) -> None:
    """Put the fonts and their fontconfig file into `folder`.

    Fonts in `source`, a folder that `setup` filled elsewhere, and those already installed on the
    machine are copied, the others unpacked from their Debian packages, which needs no root. Raises
    SetupProblem when a font is still missing after that.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for leftover in folder.parent.glob("fonts.new-*"):
        shutil.rmtree(leftover)
    if not has_font_files(folder):
        say("准备字体（约 130 MB，本机没有时从软件源下载）……")
        _build_fonts(folder, source)
    write_text_whole(folder / "fonts.conf", fonts_conf(folder))
    _warm_font_cache(folder)


def _build_fonts(folder: Path, source: Path | None) -> None:
    """Fill a folder beside `folder` and move it there: half a set must never pass for one."""
    fresh = Path(tempfile.mkdtemp(prefix="fonts.new-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        for name in ("files", "licences", "cache"):
            (fresh / name).mkdir()
        for package, names in FONT_PACKAGES.items():
            if source:
                _copy_given(source, package, names, fresh)
            elif not _copy_installed(package, names, fresh):
                _unpack_downloaded(package, names, fresh)
        (fresh / MANIFEST).write_text(manifest(fresh / "files"), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _copy_given(source: Path, package: str, names: Iterable[str], fresh: Path) -> None:
    wanted = [Path("licences", package), *(Path("files", name) for name in names)]
    if missing := [str(path) for path in wanted if not (source / path).is_file()]:
        raise SetupProblem(f"{source} 里没有这些字体文件：{'、'.join(missing)}")
    for path in wanted:
        shutil.copyfile(source / path, fresh / path)


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
    text = f"缺中文字体，下载 {package} 没有成功。{NO_DEBIAN}"
    raise SetupProblem(text, FONT_PACKAGES, output)


def _apt(arguments: list[str], folder: Path) -> str:
    command = ["apt-get", "-q", *_IMPATIENT, *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **UTF8}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ).stdout  # fmt: skip


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


def manifest(files: Path) -> str:
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
