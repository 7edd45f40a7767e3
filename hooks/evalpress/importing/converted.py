"""Files of older Word, WPS and other programs -> the same saved as DOCX or XLSX by LibreOffice, and
read then.

Only where LibreOffice is installed; where it is not, the message says how to save the file again.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from xlrd.compdoc import CompDoc, CompDocError  # type: ignore[import-untyped]

from evalpress.importing.intake import Reader, read_content, reads
from evalpress.importing.neutral import Document, Refusal, Told

CEILING = 120  # seconds; a program that hangs is stopped
_PROGRAMS = ("soffice", "libreoffice")
_SHEETS = frozenset([".et", ".xls", ".ett"])
_LOCKED = 0x01  # in the twelfth byte of a DOC's text


@reads("doc")
def read_doc(name: str, content: bytes) -> Document:
    """A DOC, or a WPS of WPS Writer. Raises Refusal where it cannot be converted."""
    if _is_locked_doc(content):
        raise Refusal("locked")
    return _read(name, content, "docx", "doc")


@reads("ole")
def read_ole(name: str, content: bytes) -> Document:
    """Other files of WPS: a sheet or a text, by their names."""
    target = "xlsx" if Path(name).suffix.lower() in _SHEETS else "docx"
    return _read(name, content, target, "ole")


# What LibreOffice saves each of these kinds as: texts and sheets of LibreOffice itself, Rich Text,
# what Word and Excel 2003 saved as XML.
_TARGETS = {
    "odt": "docx", "ods": "xlsx", "rtf": "docx", "word-xml": "docx", "excel-xml": "xlsx",
}  # fmt: skip
_OPEN = ("odt", "ods")


def _reader(kind: str) -> Reader:
    def read(name: str, content: bytes) -> Document:
        if kind in _OPEN and _is_locked_open(content):
            raise Refusal("locked")
        return _read(name, content, _TARGETS[kind], kind)

    return read


for _kind in _TARGETS:
    reads(_kind)(_reader(_kind))


def _is_locked_doc(content: bytes) -> bool:
    """Whether a DOC says that it is encrypted."""
    try:
        text = CompDoc(content, logfile=io.StringIO()).get_named_stream("WordDocument") or b""
    except (CompDocError, AssertionError, IndexError, ValueError):
        return False
    return len(text) > 12 and bool(text[11] & _LOCKED)


def _is_locked_open(content: bytes) -> bool:
    """Whether an OpenDocument says that it is encrypted."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b":encryption-data" in archive.read("META-INF/manifest.xml")


def _read(name: str, content: bytes, target: str, reason: str) -> Document:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Refusal(reason)
    found = read_content(name, _converted(program, content, target, reason))
    return replace(found, told=(*found.told, Told("converted", name)))


def _converted(program: str, content: bytes, target: str, reason: str) -> bytes:
    suffix = reason.rpartition("-")[2]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{suffix}"
        source.write_bytes(content)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/user",
            "--convert-to", target, "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=CEILING, check=False)
            return (Path(folder) / f"source.{target}").read_bytes()
        except (subprocess.TimeoutExpired, OSError):
            raise Refusal("damaged") from None
