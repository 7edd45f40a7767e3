"""`.venv`: what counts as finished, and what an installation leaves."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evalpress.setup import venv
from evalpress.setup.needs import SetupProblem


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a finished `.venv` of the kind for `make site`."""
    for name in venv.STAMPED_FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"content of {name}")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").touch()
    write_stamp(tmp_path, tests=False)
    return tmp_path


def write_stamp(root: Path, tests: bool, **changes: object) -> None:
    stamp = {
        "inputs": venv.inputs_hash(root),
        "tests": tests,
        "place": [str(root), *sys.version_info[:2]],
    }
    (root / ".venv" / venv.STAMP).write_text(json.dumps({**stamp, **changes}))


def test_finished_environment_is_left_alone(project: Path) -> None:
    assert venv.has_packages(project, tests=False)


def test_tests_need_more_than_the_site(project: Path) -> None:
    assert not venv.has_packages(project, tests=True)
    write_stamp(project, tests=True)
    assert venv.has_packages(project, tests=True)
    assert venv.has_packages(project, tests=False)


@pytest.mark.parametrize("name", venv.STAMPED_FILES)
def test_changed_input_counts_as_unfinished(project: Path, name: str) -> None:
    (project / name).write_text("changed")
    assert not venv.has_packages(project, tests=False)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"'])
def test_unreadable_stamp_counts_as_unfinished(project: Path, text: str) -> None:
    (project / ".venv" / venv.STAMP).write_text(text)
    assert not venv.has_packages(project, tests=False)


def test_environment_moved_or_of_another_python_counts_as_unfinished(project: Path) -> None:
    write_stamp(project, tests=False, place=["/elsewhere", *sys.version_info[:2]])
    assert not venv.has_packages(project, tests=False)
    write_stamp(project, tests=False, place=[str(project), 3, 10])
    assert not venv.has_packages(project, tests=False)


def test_vanished_python_counts_as_unfinished(project: Path) -> None:
    (project / ".venv/bin/python").unlink()
    assert not venv.has_packages(project, tests=False)


def test_the_environment_of_another_folder_is_not_touched_through_a_link(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is moved is made afresh where it stands; what is linked belongs to who made it."""
    second = tmp_path_factory.mktemp("second")
    for name in venv.STAMPED_FILES:
        (second / name).parent.mkdir(parents=True, exist_ok=True)
        (second / name).write_text("changed")
    (second / ".venv").symlink_to(project / ".venv")
    with pytest.raises(SetupProblem, match=f"指向 {project} 正在用的环境，没有动它.*rm .venv"):
        venv.install_packages(second, tests=False)
    assert (project / ".venv/bin/python").exists()
    assert venv.has_packages(project, tests=False)


def test_failing_pip_shows_its_own_output_and_leaves_no_stamp(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text("#!/bin/sh\necho this is what pip said\nexit 1\n")
    python.chmod(0o755)
    (project / "pyproject.toml").write_text("changed")
    with pytest.raises(SetupProblem) as problem:
        venv.install_packages(project, tests=False)
    assert problem.value.output == "this is what pip said\n"
    assert "-m pip install" in str(problem.value)
    assert venv.read_stamp(project) == {}


def test_installation_writes_its_stamp_last_and_keeps_the_tests_part(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\ntest ! -e .venv/{venv.STAMP} && echo "$@" >> asked\n')
    python.chmod(0o755)
    write_stamp(project, tests=True)
    (project / "pyproject.toml").write_text("changed")
    venv.install_packages(project, tests=False)
    packages, itself = (project / "asked").read_text().splitlines()
    assert "--require-hashes --only-binary :all: " in packages
    assert packages.endswith("-r .ci/pins/test.txt")
    assert itself.endswith("--no-index --no-deps --no-build-isolation -e .")
    assert venv.has_packages(project, tests=True)


def wheel(folder: Path) -> Path:
    """A package of one empty module, as pip takes it."""
    path = folder / "pinned_thing-1.0-py3-none-any.whl"
    about = "pinned_thing-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("pinned_thing.py", "")
        packed.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: pinned-thing\nVersion: 1.0\n"
        )
        packed.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(f"{about}/RECORD", "")
    return path


@pytest.fixture
def installing(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project with the real pip, which downloads and compares but leaves this Python alone."""
    python = project / ".venv/bin/python"
    lines = '#!/bin/sh\ncase "$*" in *"-e ."*) exit 0;; esac\nexec {} "$@" --dry-run\n'
    python.write_text(lines.format(sys.executable))
    python.chmod(0o755)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(project))
    return project


def pin(project: Path, digest: str) -> None:
    (project / venv.SITE_PINS).write_text(f"pinned-thing==1.0 --hash=sha256:{digest}\n")


def test_a_package_with_its_pinned_hash_is_installed(installing: Path) -> None:
    pin(installing, hashlib.sha256(wheel(installing).read_bytes()).hexdigest())
    venv.install_packages(installing, tests=False)
    assert venv.has_packages(installing, tests=False)


def test_a_package_with_another_hash_stops_the_set_up_and_is_named(installing: Path) -> None:
    got = hashlib.sha256(wheel(installing).read_bytes()).hexdigest()
    pin(installing, "0" * 64)
    with pytest.raises(SetupProblem) as problem:
        venv.install_packages(installing, tests=False)
    assert "与 .ci/pins/site.txt 登记的校验值（SHA-256）不符，已停止" in str(problem.value)
    assert "pinned-thing==1.0" in problem.value.output
    assert got in problem.value.output
    assert not venv.has_packages(installing, tests=False)


def test_a_package_without_a_hash_is_not_installed(installing: Path) -> None:
    wheel(installing)
    (installing / venv.SITE_PINS).write_text("pinned-thing==1.0\n")
    with pytest.raises(SetupProblem):
        venv.install_packages(installing, tests=False)


def test_a_package_that_is_not_to_be_had_for_this_python_is_told(installing: Path) -> None:
    pin(installing, "0" * 64)
    with pytest.raises(SetupProblem) as problem:
        venv.install_packages(installing, tests=False)
    assert "没有上面所说的软件包适合本机" in str(problem.value)
    assert "pinned-thing==1.0" in problem.value.output


@contextmanager
def answering(status: int) -> Iterator[str]:
    """A proxy, or an index, that answers everything with an error."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_CONNECT = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "index", "told"),
    [
        (407, "http://index.invalid/simple", "没有网络"),
        (502, "http://index.invalid/simple", "没有网络"),
        (502, "https://index.invalid/simple", "没有网络"),
        (404, "http://index.invalid/simple", "没有上面所说的软件包适合本机"),
    ],
)
def test_a_proxy_that_leads_nowhere_is_no_network(
    installing: Path, monkeypatch: pytest.MonkeyPatch, status: int, index: str, told: str
) -> None:
    pin(installing, "0" * 64)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", index)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "index.invalid")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with answering(status) as proxy:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy)
            monkeypatch.setenv(name.upper(), proxy)
        with pytest.raises(SetupProblem, match=told) as problem:
            venv.install_packages(installing, tests=False)
    if status != 404:
        assert str(status) in problem.value.output and "index.invalid" in problem.value.output


def test_the_package_is_found_in_any_locale(project: Path) -> None:
    """Python reads the pointer in the locale's encoding, in which a Chinese path may not exist."""
    packages = project / ".venv/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    pointer = packages / "__editable__.evalpress-0.2.0.pth"
    pointer.write_text("/home/青禾/hooks\n", encoding="utf-8")
    venv._point_relatively(project / ".venv")
    assert pointer.read_bytes() == b"../../../../hooks\n"


@pytest.mark.parametrize("said", ["NewConnectionError", "NameResolutionError", "ProxyError"])
def test_a_dead_index_is_no_network(project: Path, said: str) -> None:
    python = project / ".venv/bin/python"
    python.write_text(f"#!/bin/sh\necho '{said}'\necho No matching distribution found\nexit 1\n")
    python.chmod(0o755)
    (project / "pyproject.toml").write_text("changed")
    with pytest.raises(SetupProblem, match="没有网络"):
        venv.install_packages(project, tests=False)
