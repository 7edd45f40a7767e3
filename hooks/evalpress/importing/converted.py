"""Files of older Word and of WPS -> the same saved as DOCX or XLSX by LibreOffice, and read then.

Only where LibreOffice is installed; where it is not, the message says how to save the file again.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from evalpress.importing.intake import read_content, reads
from evalpress.importing.neutral import Document, Refusal, Told

CEILING = 120  # seconds; a program that hangs is stopped
_PROGRAMS = ("soffice", "libreoffice")
_SHEETS = frozenset([".et", ".xls", ".ett"])


@reads("doc")
def read_doc(name: str, content: bytes) -> Document:
    """A DOC, or a WPS of WPS Writer. Raises Refusal where it cannot be converted."""
    return _read(name, content, "docx", "doc")


@reads("ole")
def read_ole(name: str, content: bytes) -> Document:
    """Other files of WPS: a sheet or a text, by their names."""
    target = "xlsx" if Path(name).suffix.lower() in _SHEETS else "docx"
    return _read(name, content, target, "ole")


def _read(name: str, content: bytes, target: str, reason: str) -> Document:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Refusal(reason)
    found = read_content(name, _converted(program, content, target, reason))
    return replace(found, told=(*found.told, Told("converted", name)))


def _converted(program: str, content: bytes, target: str, reason: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{reason}"
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
