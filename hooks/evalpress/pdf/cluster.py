"""5 print: many jobs -> files, over the workers of a `dask.distributed` scheduler.

Workers share no folder with the client: a job travels with the bytes that it needs, and the bytes
of its PDF travel back. Only workers take part that print what this program would print: the same
version, the same libraries, the same fonts, one job at a time.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from evalpress.cache.cachefiles import write_whole
from evalpress.pdf.cache import shared_fingerprint
from evalpress.pdf.gaps import explain_gaps
from evalpress.pdf.job import BookJob, NoCluster, PrintJob, SignsMissing, Tls, Unprintable
from evalpress.typefaces import private
from evalpress.wording import word

# Names the folder of official fonts on a worker's own machine.
OFFICIAL = "EVALPRESS_PDF_FONTS"
SECONDS = 15  # for an answer of the scheduler
_LOOK_AGAIN = 1.0  # seconds between two looks at whether any worker is left

Bytes = Mapping[str, bytes]


# --- on a worker --------------------------------------------------------------------------------


def identity() -> str:
    """A hash of all that shapes a PDF on this machine, official fonts among it."""
    official = os.environ.get(OFFICIAL)
    return identity_with(private.official_fingerprint(Path(official)) if official else "")


def identity_with(official: str) -> str:
    """The same with official fonts that have this hash."""
    return f"{shared_fingerprint()} {official}"


def print_away(job: PrintJob, files: Bytes) -> bytes:
    """The PDF of a job whose files came along. Raises what `printed` raises."""
    from evalpress.pdf.printing import printed

    with _unpacked(files) as places:
        pictures = tuple((address, places[file]) for address, file in job.pictures)
        data = tuple(replace(one, file=places[one.file]) for one in job.data)
        return printed(replace(job, pictures=pictures, data=data))


def bind_away(job: BookJob, files: Sequence[bytes]) -> bytes:
    """A book of PDFs that came along. Raises what `bind` raises."""
    from evalpress.pdf.binding import bind

    with _unpacked({str(number): content for number, content in enumerate(files)}) as places:
        return bind(job, [Path(place) for place in places.values()])


class _unpacked:
    """Files under names of their own in a folder that is gone afterwards; gives their places."""

    def __init__(self, files: Bytes) -> None:
        self._files = files

    def __enter__(self) -> dict[str, str]:
        if official := os.environ.get(OFFICIAL):
            self._know(Path(official))
        self._folder = tempfile.TemporaryDirectory(prefix="evalpress-")
        folder = Path(self._folder.name)
        places = {}
        for number, (name, content) in enumerate(self._files.items()):
            path = folder / f"{number}{Path(name).suffix}"
            path.write_bytes(content)
            places[name] = str(path)
        return places

    def __exit__(self, *raised: object) -> None:
        self._folder.cleanup()

    def _know(self, official: Path) -> None:
        folder = Path(tempfile.gettempdir()) / f"evalpress-fonts-{os.getpid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["FONTCONFIG_FILE"] = str(private.with_official(official, folder))


# --- on the client ------------------------------------------------------------------------------


class Cluster(Executor):
    """The workers of the scheduler at `address` that print as this program does; `refused` are the
    others. Takes the functions of `pool` and nothing else.

    Raises NoCluster where nobody answers, or where no worker is fit.
    """

    def __init__(self, address: str, tls: Tls | None = None, official: str = "") -> None:
        self._client = _connected(address, tls)
        self._pending: dict[Future[Any], Any] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        try:
            self.workers, self.refused = self._fit(identity_with(official))
            if not self.workers:
                raise NoCluster(word("cluster", "no_worker").format(address, len(self.refused)))
        except BaseException:
            self._client.close()
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, call: Callable[..., Any], /, *given: Any, **options: Any) -> Future[Any]:
        """Have it done by a worker; the file is written here, whole, when its bytes are back."""
        send, target = _SENT[call.__name__](*given), given[-1]
        promised: Future[Any] = Future()
        sent = self._client.submit(
            *send, workers=self.workers, allow_other_workers=False, pure=False
        )
        with self._lock:
            self._pending[promised] = sent
        sources = getattr(given[0], "sources", ())
        sent.add_done_callback(lambda done: self._take(promised, done, target, sources))
        return promised

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler, whose workers stay."""
        self._closed.set()
        self._client.close()

    def _fit(self, wanted: str) -> tuple[list[str], list[str]]:
        """The addresses of the workers that print the same, one job at a time; the others'."""
        known = self._client.scheduler_info(n_workers=-1)["workers"]
        said = self._client.run(identity, on_error="return") if known else {}
        fit = [w for w in sorted(known) if said.get(w) == wanted and known[w]["nthreads"] == 1]
        return fit, sorted(known.keys() - set(fit))

    def _take(self, promised: Future[Any], done: Any, target: Path, sources: Any) -> None:
        with self._lock:
            if self._pending.pop(promised, None) is None:
                return
        try:
            write_whole(target, _result(done))
        except SignsMissing as missing:
            promised.set_exception(Unprintable(explain_gaps(str(missing), sources)))
        except BaseException as error:  # whoever waits for the promise has to hear of it
            promised.set_exception(error)
        else:
            promised.set_result(None)

    def _watch(self) -> None:
        """Break what is promised where the last worker is gone: it would be waited for for ever."""
        while not self._closed.wait(_LOOK_AGAIN):
            try:
                known = self._client.scheduler_info(n_workers=-1)["workers"]
            except Exception:  # no scheduler, no workers; what the client raises is no closed list
                known = {}
            if not known.keys() & set(self.workers):
                self._break()

    def _break(self) -> None:
        with self._lock:
            left, self._pending = list(self._pending), {}
        for promised in left:
            promised.set_exception(BrokenExecutor())


def _connected(address: str, tls: Tls | None) -> Any:
    try:
        import distributed
    except ImportError:
        raise NoCluster(word("cluster", "not_installed")) from None
    secured: dict[str, Any] = {}
    if tls:
        secured = {"tls_ca_file": str(tls.ca), "tls_client_cert": str(tls.cert),
                   "tls_client_key": str(tls.key), "require_encryption": True}  # fmt: skip
    library: Any = distributed
    try:
        security = library.Security(**secured)
        return library.Client(address, timeout=SECONDS, security=security, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise NoCluster(word("cluster", "no_answer").format(address, error)) from None


def _result(done: Any) -> bytes:
    """What a worker sent back. Raises its error; BrokenExecutor where workers ended under it."""
    from distributed import KilledWorker

    if done.status in ("cancelled", "lost"):
        raise BrokenExecutor
    try:
        return bytes(done.result())
    except KilledWorker:
        raise BrokenExecutor from None


def _sent_job(job: PrintJob, target: Path) -> tuple[Any, ...]:
    names = [file for _, file in job.pictures] + [data.file for data in job.data]
    files = {name: Path(name).read_bytes() for name in names}
    return print_away, replace(job, sources=()), files


def _sent_book(job: BookJob, files: Sequence[Path], target: Path) -> tuple[Any, ...]:
    return bind_away, job, [path.read_bytes() for path in files]


_SENT: dict[str, Callable[..., tuple[Any, ...]]] = {
    "print_one": _sent_job, "bind_one": _sent_book,
}  # fmt: skip
