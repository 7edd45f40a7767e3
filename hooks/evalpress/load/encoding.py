"""1 read: bytes of a data file <-> text: which encoding a file is in, files rewritten as UTF-8.

UTF-8 and UTF-16 with a mark are read as they are. GB18030 (and GBK within it) cannot be told from
other encodings for certain, so it is only named, and rewritten when somebody asks for it.
"""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

from evalpress.text.lookalikes import unified

GB18030 = "GB18030"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What no text file holds: control characters, private use, half of a pair, nothing at all.
_NO_TEXT = frozenset({"Cc", "Co", "Cs", "Cn"})
_HANZI = re.compile("[㐀-鿿]+")
EVERYDAY = 0.8
# Greek, Cyrillic, pinyin, kana, frames: now and then in a Chinese file, everywhere in Big5 that is
# read as GB18030.
_FOREIGN = re.compile("[Ā-ӿ─-╿ぁ-ㄯ]+")
RARE = 0.3


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 or, with its mark, UTF-16; raises UnicodeDecodeError."""
    return content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")


def is_gb18030(content: bytes) -> bool:
    """True for what is not UTF-8 and makes Chinese text of everyday characters as GB18030.

    Damaged UTF-8 makes Chinese characters too, but rare ones.
    """
    try:
        text = content.decode(GB18030)
    except UnicodeDecodeError:
        return False
    if any(category(sign) in _NO_TEXT for sign in set(text) - set("\t\n\r")):
        return False
    characters, foreign = _joined(_HANZI, text), _joined(_FOREIGN, text)
    common = characters.encode("gb2312", "ignore").decode("gb2312")
    known = len(common) >= EVERYDAY * len(characters)
    return known and len(foreign) <= RARE * len(characters)


def _joined(wanted: re.Pattern[str], text: str) -> str:
    return "".join(wanted.findall(text))


def convert(files: Iterator[Path]) -> Iterator[tuple[Path, str]]:
    """Rewrite files in other encodings that are known for certain enough as UTF-8, and look-alikes
    of Chinese characters as these.

    Gives each rewritten file and the encoding that it was in, or how many signs were look-alikes;
    links are left alone.
    """
    for path in files:
        content = b"" if path.is_symlink() or not path.is_file() else path.read_bytes()
        if encoding := _foreign(content):
            content = content.decode(encoding).encode()
            yield path, encoding
        if signs := _count_lookalikes(content):
            yield path, str(signs)
        if encoding or signs:
            _replace(path, _usual(content))


def _count_lookalikes(content: bytes) -> int:
    try:
        text = decode(content)
    except UnicodeDecodeError:
        return 0
    return sum(a != b for a, b in zip(text, unified(text), strict=True))


def _usual(content: bytes) -> bytes:
    """UTF-8 with usual signs; a mark at its beginning stays."""
    return unified(content.decode()).encode()


def _foreign(content: bytes) -> str:
    """The encoding to convert from; nothing where the file is UTF-8 or unknown."""
    try:
        decode(content)
    except UnicodeDecodeError:
        return GB18030 if is_gb18030(content) else ""
    return "UTF-16" if content.startswith(_UTF16) else ""


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in the old one's place at once, with the old one's permissions."""
    handle, name = tempfile.mkstemp(prefix="~", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
