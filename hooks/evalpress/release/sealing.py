"""8 release: the bureau's own sign command and a site that waits -> what the command writes, put
beside `SHA256SUMS`.

The command gets a copy of `SHA256SUMS` in an empty folder, and nothing else of the site; only files
that it leaves there under that name and an ending of their own (`SHA256SUMS.asc`) are published.
The program signs nothing itself, and knows no keys.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evalpress.findings import Finding, Place, Refused, find
from evalpress.release.manifest import SUMS, is_seal

SECONDS = 120.0
_MOST_BYTES = 1_000_000
_SAID = 400  # characters of what a command said before it failed
_SECRET = (b"PRIVATE KEY-----", b"PRIVATE KEY BLOCK-----", b"encrypted secret key")


def seals_of(folder: Path) -> list[Path]:
    """What a sign command wrote beside the manifest of a finished site."""
    return sorted(path for path in folder.glob(f"{SUMS}.*") if path.is_file())


def seal(folder: Path, command: str, root: Path, seconds: float = SECONDS) -> list[Path]:
    """Have a finished site's `SHA256SUMS` signed, and put what the command wrote beside it; gives
    those files. The command runs in `root`, the project's folder, with the path as its last word,
    for at most so many seconds.

    Raises Refused, and leaves the folder as it was, where the command fails, says nothing in time,
    writes no such file, or one that must not be public.
    """
    before = _listed(folder)
    with tempfile.TemporaryDirectory(prefix="evalpress-sign-") as name:
        work = Path(name)
        (work / SUMS).write_bytes(content := (folder / SUMS).read_bytes())
        _run([*shlex.split(command), str(work / SUMS)], root, work, seconds)
        _refuse([*_wrong(work, content), *_touched(folder, before)])
        return [_published(path, folder) for path in seals_of(work)]


def keep_seals(live: Path, folder: Path, went_live: str) -> None:
    """Keep what was signed and the signatures for good, in a folder below this one that is named
    after the moment (ISO 8601) at which the site went live. Raises OSError."""
    folder = folder / went_live.replace(":", "")
    folder.mkdir(parents=True, exist_ok=True)
    for path in (live / SUMS, *seals_of(live)):
        shutil.copyfile(path, folder / path.name)


def _run(command: list[str], root: Path, work: Path, seconds: float) -> None:
    """Run the command without anybody at a keyboard; it ends with all that it started."""
    program = command[0]
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                command, cwd=root, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise Refused([_finding("sign_failed", program, error.strerror)]) from None
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Refused([_finding("sign_hangs", program, f"{seconds:g}")]) from None
        finally:
            _end(process)
        if code:
            said.seek(0)
            told = said.read().decode(errors="replace").strip()[-_SAID:]
            raise Refused([_finding("sign_failed", program, told or str(code))])


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _finding(rule: str, program: str, found: object = "") -> Finding:
    return find(rule, Place("mkdocs.yml", field="extra.evalpress.sign_command"), command=program,
                found=found, sums=SUMS)  # fmt: skip


def _wrong(work: Path, content: bytes) -> Iterator[Finding]:
    """What a command left in its folder that it should not have, or did not leave."""
    names = sorted(path.name for path in work.iterdir())
    if others := "、".join(name for name in names if name != SUMS and not is_seal(name)):
        yield _finding("sign_strays", "", others)
    if not (work / SUMS).is_file() or (work / SUMS).read_bytes() != content:
        yield _finding("sign_changes", "", SUMS)
    written = [work / name for name in names if is_seal(name)]
    if not written:
        yield _finding("sign_nothing", "")
    for path in written:
        if why := _unfit(path):
            yield _finding(why, "", path.name)


def _unfit(path: Path) -> str:
    """Why a file must not be published; "" where it may."""
    if path.is_symlink() or not path.is_file() or not 0 < path.stat().st_size <= _MOST_BYTES:
        return "sign_unfit"
    content = path.read_bytes()
    return "sign_secret" if any(word in content for word in _SECRET) else ""


def _listed(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file of a folder with what tells whether somebody wrote into it."""
    return {
        os.path.join(at, name): (found.st_size, found.st_mtime_ns, found.st_ino)
        for at, _, names in os.walk(folder)
        for name in names
        for found in (os.lstat(os.path.join(at, name)),)
    }


def _touched(folder: Path, before: dict[str, tuple[int, int, int]]) -> Iterator[Finding]:
    """Whether the command wrote into the site itself."""
    if _listed(folder) != before:
        yield _finding("sign_changes", "", folder.name)


def _published(path: Path, folder: Path) -> Path:
    target = folder / path.name
    shutil.copyfile(path, target)
    target.chmod(0o644)
    return target


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise Refused(findings)
