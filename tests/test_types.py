"""The program's types hold."""

from __future__ import annotations

import subprocess
import sys

import pytest

from projects import ROOT


@pytest.mark.slow
def test_mypy_finds_nothing() -> None:
    """A test like others, so that it takes one core and the other goes on."""
    command = [sys.executable, "-m", "mypy"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
