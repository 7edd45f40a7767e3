"""A preview answers nobody else, and leaves no drafts behind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from evalpress.release.previews import clear_killed, only_for, printing

NOTE = """
import sys, pathlib
from evalpress.release.previews import note_preview
note_preview(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
print("noted", flush=True)
sys.stdin.read()
"""


def answer(host: str | None, own: str = "127.0.0.1") -> str:
    seen: list[str] = []

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return [b"draft"]

    environ = {} if host is None else {"HTTP_HOST": host}
    body = b"".join(only_for(app, own)(environ, lambda status, headers: seen.append(status)))
    assert (body == b"draft") is seen[0].startswith("200")
    return seen[0][:3]


@pytest.mark.parametrize(
    "host",
    ["localhost:8000", "LOCALHOST", "127.0.0.1:8000", "[::1]:8000", "10.0.0.7:8000", "a.localhost",
     "localhost.:8000"],
)  # fmt: skip
def test_the_machine_s_own_names_are_answered(host: str) -> None:
    assert answer(host) == "200"


@pytest.mark.parametrize(
    "host",
    ["e.invalid", "e.invalid:80", "localhost.e.invalid", "127.0.0.1.e.invalid", "x]", "", None],
)  # fmt: skip
def test_foreign_names_and_none_at_all_are_not(host: str | None) -> None:
    assert answer(host) == "403"


def test_the_name_that_it_listens_at_is_its_own() -> None:
    assert answer("preview.intranet:8000", own="preview.intranet") == "200"


@pytest.mark.parametrize("address", ["/\0", "/a\0.pdf", "/a/\0/"])
def test_an_address_that_no_file_can_have_is_not_found(address: str) -> None:
    seen: list[str] = []

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise AssertionError(environ)

    asked = printing(app, "/", lambda name: None)
    assert asked({"PATH_INFO": address}, lambda status, headers: seen.append(status))
    assert seen == ["404 Not Found"]


def test_the_folder_of_a_killed_preview_goes_and_that_of_a_living_one_stays(
    tmp_path: Path,
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="mkdocs_"))
    (folder / "draft.html").write_text("draft")
    process = subprocess.Popen(
        [sys.executable, "-c", NOTE, str(folder), str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "noted\n"
    clear_killed(tmp_path)
    assert folder.exists()
    process.kill()
    process.communicate()
    clear_killed(tmp_path)
    assert not folder.exists()
    assert not list((tmp_path / "previews").iterdir())


def test_a_note_of_something_else_removes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.mkdir()
    notes = tmp_path / "previews"
    notes.mkdir()
    (notes / "precious").write_text(str(target))
    clear_killed(tmp_path)
    assert target.is_dir()


INTERRUPTED = """
import signal
from evalpress.release.previews import end_on_signals
end_on_signals()
try:
    signal.raise_signal(signal.SIGTERM)
finally:
    signal.raise_signal(signal.SIGHUP)
    signal.raise_signal(signal.SIGTERM)
    print("cleared up")
"""


def test_a_second_signal_does_not_break_off_the_clearing_up() -> None:
    """`timeout` and service managers send two."""
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (128 + 15, "cleared up")
