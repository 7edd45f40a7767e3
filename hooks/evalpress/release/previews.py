"""8 release: a preview shows drafts, so nobody else may ask it, and nothing of it may stay behind.

In: the preview's folder, its signals, the name that a browser asks for. Out: no drafts in temporary
folders, whatever ended the preview, and an answer only to this machine's own names.
"""

from __future__ import annotations

import fcntl
import ipaddress
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from evalpress.release.folders import notes_folder
from evalpress.wording import word

App = Callable[..., Iterable[bytes]]
_FORBIDDEN = "403 Forbidden"
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_held: list[IO[str]] = []


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the process as Ctrl-C does, so that it clears up after itself."""
    if threading.current_thread() is threading.main_thread():
        for number in _ENDING:
            signal.signal(number, _end)


def _end(number: int, frame: Any) -> None:
    """End once: a second signal, which service managers send at once, would break off the clearing
    up, and leave a server without pages running."""
    for other in _ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def note_preview(folder: Path, cache_dir: Path) -> None:
    """Note a preview's temporary folder as long as this process lives. Raises OSError."""
    note = notes_folder(cache_dir) / folder.name
    if any(held.name == str(note) for held in _held):
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    file = note.open("w", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX)
    file.write(str(folder))
    file.flush()
    _held.append(file)


def clear_killed(cache_dir: Path) -> None:
    """Remove the folders of previews that were killed."""
    notes = (path for path in notes_folder(cache_dir).glob("*") if path.is_file())
    for note in notes:
        with suppress(OSError), note.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = Path(file.read())
            if folder.parent == Path(tempfile.gettempdir()) and folder.name == note.name:
                shutil.rmtree(folder, ignore_errors=True)
            note.unlink()


def only_for(app: App, own: str) -> App:
    """The same server, which answers only those who ask for this machine by its address or its own
    name: a page of somebody else's can then not read drafts through a name that it turned here.
    `own` is the host that the preview was told to listen at. Browsers say whom they ask; who does
    not say so is not answered."""
    names = {"localhost", own.lower(), socket.gethostname().lower()}

    def guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if _is_own(environ.get("HTTP_HOST", ""), names):
            return app(environ, start_response)
        start_response(_FORBIDDEN, [("Content-Type", "text/plain; charset=utf-8")])
        return [word("release", "foreign_host").encode()]

    return guarded


def printing(app: App, mount: str, print_: Callable[[str], Path | None]) -> App:
    """The same server, which has PDFs printed when they are asked for; `mount` is the path that its
    addresses lie below. What cannot be printed is answered in words."""
    lock = threading.Lock()

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        if "\0" in path:  # no file is called so
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"404 Not Found"]
        if not (path.endswith(".pdf") and path.startswith(mount)):
            return app(environ, start_response)
        with lock:
            found = print_(path.removeprefix(mount))
        if found is None:
            return app(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/pdf")])
        return [found.read_bytes()]

    return answer


def _is_own(host: str, names: set[str]) -> bool:
    name = host.lower()
    if not name.endswith("]"):
        name = name.rpartition(":")[0] or name
    name = name.strip("[]").rstrip(".")
    return name in names or name.endswith(".localhost") or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
