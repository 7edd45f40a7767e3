"""An XLS whose structure is protected -> its records in the clear. Excel encrypts such a workbook
with a password of its own, which everybody's Excel knows, and opens it without a question.

Source: [MS-XLS] 2.2.10 and 2.4.117, [MS-OFFCRYPTO] 2.3.6. Only RC4 as Excel 97 to 2003 writes it.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator

import xlrd  # type: ignore[import-untyped]

PASSWORD = "VelvetSweatshop"
MAX_BYTES = 3_000_000  # of the workbook; more takes too long
_FILEPASS, _IGNORED = 0x2F, 0x0FFF
_RC4 = b"\x01\x00\x01\x00\x01\x00"
# Records that stay in the clear: BOF, FILEPASS, INTERFACEHDR, USREXCL, FILELOCK, RRDINFO, RRDHEAD.
_CLEAR = frozenset([0x0809, _FILEPASS, 0xE1, 0x194, 0x195, 0x196, 0x138])
_BOUNDSHEET = 0x85
_BLOCK = 1024


def without_protection(content: bytes) -> bytes:
    """The workbook's stream in the clear; b"" where it has a password of somebody's own, or is
    encrypted in another way, or larger than any form."""
    stream = _stream_of(content)
    told = next((body for number, body in _records(stream) if number == _FILEPASS), b"")
    if not told.startswith(_RC4) or len(told) < 54 or len(stream) > MAX_BYTES:
        return b""
    salt, verifier, hashed = told[6:22], told[22:38], told[38:54]
    key = _Key(PASSWORD, salt)
    both = _rc4(key.of_block(0), verifier + hashed)
    return _decrypted(stream, key) if hashlib.md5(both[:16]).digest() == both[16:] else b""


def _stream_of(content: bytes) -> bytes:
    """The stream of a workbook in its file."""
    try:
        document = xlrd.compdoc.CompDoc(content, logfile=io.StringIO())
        for name in ("Workbook", "Book"):
            stream, base, size = document.locate_named_stream(name)
            if stream:
                return bytes(stream[base : base + size])
    except (xlrd.compdoc.CompDocError, struct.error, IndexError):
        pass
    return b""


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Key:
    """The keys of the blocks of a file."""

    def __init__(self, password: str, salt: bytes) -> None:
        start = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
        self._own = hashlib.md5((start + salt) * 16).digest()[:5]

    def of_block(self, number: int) -> bytes:
        return hashlib.md5(self._own + struct.pack("<I", number)).digest()


def _rc4(key: bytes, text: bytes) -> bytes:
    signs, j = list(range(256)), 0
    for i in range(256):
        j = (j + signs[i] + key[i % len(key)]) % 256
        signs[i], signs[j] = signs[j], signs[i]
    found, i, j = bytearray(), 0, 0
    for byte in text:
        i = (i + 1) % 256
        j = (j + signs[i]) % 256
        signs[i], signs[j] = signs[j], signs[i]
        found.append(byte ^ signs[(signs[i] + signs[j]) % 256])
    return bytes(found)


def _decrypted(stream: bytes, key: _Key) -> bytes:
    """Every byte has its place in the key's run, also those that stay in the clear."""
    run = b"".join(
        _rc4(key.of_block(number), bytes(_BLOCK)) for number in range(len(stream) // _BLOCK + 1)
    )
    found, at = bytearray(), 0
    for number, body in _records(stream):
        clear = len(body) if number in _CLEAR else 4 * (number == _BOUNDSHEET)
        hidden = body[clear:]
        place = at + 4 + clear
        plain = bytes(a ^ b for a, b in zip(hidden, run[place : place + len(hidden)], strict=True))
        told = _IGNORED if number == _FILEPASS else number
        found += struct.pack("<HH", told, len(body)) + body[:clear] + plain
        at += 4 + len(body)
    return bytes(found)
