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

from evalpress.importing.intake import read_content, reads
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


@reads("odt")
def read_odt(name: str, content: bytes) -> Document:
    """A text of LibreOffice or the like."""
    return _read_open(name, content, "docx", "odt")


@reads("ods")
def read_ods(name: str, content: bytes) -> Document:
    """A sheet of LibreOffice or the like."""
    return _read_open(name, content, "xlsx", "ods")


@reads("rtf")
def read_rtf(name: str, content: bytes) -> Document:
    """A text as Rich Text."""
    return _read(name, content, "docx", "rtf")


@reads("word-xml")
def read_word_xml(name: str, content: bytes) -> Document:
    """A text that Word 2003 saved as XML."""
    return _read(name, content, "docx", "word-xml")


@reads("excel-xml")
def read_excel_xml(name: str, content: bytes) -> Document:
    """A workbook that Excel 2003 saved as XML."""
    return _read(name, content, "xlsx", "excel-xml")


def _is_locked_doc(content: bytes) -> bool:
    """Whether a DOC says that it is encrypted."""
    try:
        text = CompDoc(content, logfile=io.StringIO()).get_named_stream("WordDocument") or b""
    except (CompDocError, AssertionError, IndexError, ValueError):
        return False
    return len(text) > 12 and bool(text[11] & _LOCKED)


def _read_open(name: str, content: bytes, target: str, reason: str) -> Document:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if b":encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refusal("locked")
    return _read(name, content, target, reason)


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
