"""An address -> its bytes: from this host and no other, within limits of size and time.

What goes wrong is told in the words of wording/verify.yml; nothing else is asked instead.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlsplit

SECONDS = 20.0  # for a connection, and for each part of an answer
MOST_BYTES = 500_000_000
_PART = 1 << 16


class Unreachable(Exception):
    """Why an address gave nothing: a key of `verify.unreachable` in the wording, and a detail."""

    def __init__(self, reason: str, address: str, detail: object = "") -> None:
        super().__init__(reason)
        self.reason, self.address, self.detail = reason, address, str(detail)


def is_web(text: str) -> bool:
    """Whether somebody gave an address, not a path."""
    return text.lower().startswith(("http://", "https://"))


def within(site: str, path: str) -> str:
    """The address of a file of a site."""
    return f"{site.rstrip('/')}/{quote(path.encode(errors='surrogateescape'))}"


def fetch(address: str, most: int = MOST_BYTES) -> bytes:
    """The bytes at an address, at most so many. Raises Unreachable."""
    return b"".join(_parts(address, most))


def fetch_digest(address: str, most: int = MOST_BYTES) -> tuple[int, str]:
    """Size in bytes and SHA-256 of what lies at an address. Raises Unreachable."""
    size, sha = 0, hashlib.sha256()
    for part in _parts(address, most):
        size += len(part)
        sha.update(part)
    return size, sha.hexdigest()


def _parts(address: str, most: int) -> Iterator[bytes]:
    size = 0
    try:
        if "@" in urlsplit(address).netloc or not urlsplit(address).hostname:
            raise Unreachable("bad_address", address)
        with _opener(address).open(address, timeout=SECONDS) as answer:
            whole = answer.headers.get("Content-Length", "")
            while part := answer.read(_PART):
                if (size := size + len(part)) > most:
                    raise Unreachable("too_large", address, most)
                yield part
            if whole.isdecimal() and size < int(whole):
                raise Unreachable("cut_short", address, f"{size} / {whole}")
    except urllib.error.HTTPError as error:
        raise Unreachable("status", address, error.code) from None
    except urllib.error.URLError as error:
        raise _unreached(address, error.reason) from None
    except (OSError, HTTPException) as error:
        raise _unreached(address, error) from None
    except ValueError:
        raise Unreachable("bad_address", address) from None


def _unreached(address: str, error: Any) -> Unreachable:
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return Unreachable(reason, address, error)
    return Unreachable("no_network", address, error)


_REASONS: dict[type, str] = {
    socket.gaierror: "no_network", TimeoutError: "timeout", ssl.SSLError: "certificate",
    HTTPException: "cut_short",
}  # fmt: skip


def _opener(address: str) -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_SameHost(address))


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirection within the host that was asked, and no other."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).hostname

    def redirect_request(
        self, request: Any, answer: Any, code: int, message: str, headers: Any, target: str
    ) -> Any:
        """The next request, on the same host. Raises Unreachable for any other."""
        if urlsplit(target).hostname != self._host:
            raise Unreachable("elsewhere", request.full_url, target)
        return super().redirect_request(request, answer, code, message, headers, target)
