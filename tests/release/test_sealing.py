"""The bureau's own command signs a release, or nothing goes live."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evalpress import commands
from evalpress.findings import Refused
from evalpress.release.manifest import SUMS, Manifest, read_manifest, write_manifest
from evalpress.release.sealing import keep_seals, seal, seals_of
from projects import Project, replace
from waiting import CEILING


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "ready"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    write_manifest(folder, Manifest({"a.txt": (1, "0" * 64)}))
    return folder


def script(folder: Path, text: str) -> str:
    """A sign command of a shell script; `$1` is the path that it gets."""
    path = folder / "sign.sh"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return "./sign.sh"


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed")


def done(*command: str, **options: object) -> int:
    said = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    return subprocess.run(command, **{**said, **options}).returncode  # type: ignore[call-overload]


def test_what_the_command_writes_lies_beside_the_hashes(site: Path, tmp_path: Path) -> None:
    command = script(tmp_path, 'cp "$1" "$1.asc"; echo more > "$1.tsr"')
    assert [path.name for path in seal(site, command, tmp_path)] == [
        "SHA256SUMS.asc", "SHA256SUMS.tsr",
    ]  # fmt: skip
    assert (site / "SHA256SUMS.asc").read_bytes() == (site / SUMS).read_bytes()
    assert (site / "SHA256SUMS.asc").stat().st_mode & 0o777 == 0o644
    keep_seals(site, tmp_path / "seals", "2026-08-15T09:00:00+08:00")
    kept = tmp_path / "seals" / "2026-08-15T090000+0800"
    assert sorted(os.listdir(kept)) == [SUMS, "SHA256SUMS.asc", "SHA256SUMS.tsr"]


BAD = {
    "fails": ("echo no card >&2; exit 3", "sign_failed", "no card"),
    "says nothing": ("exit 1", "sign_failed", "1"),
    "hangs": ("exec sleep 1000", "sign_hangs", "0.2"),
    "hangs in a child": ("sleep 1000", "sign_hangs", "0.2"),
    "writes nothing": ("true", "sign_nothing", ""),
    "writes elsewhere": ('echo x > elsewhere.asc', "sign_nothing", ""),
    "leaves more": ('echo x > "$1.asc"; echo y > "$(dirname "$1")/key"', "sign_strays", "key"),
    "leaves a folder": ('echo x > "$1.asc"; mkdir "$1.d"', "sign_unfit", "SHA256SUMS.d"),
    "leaves a link": ('ln -s /etc/passwd "$1.asc"', "sign_unfit", "SHA256SUMS.asc"),
    "leaves nothing in it": (': > "$1.asc"', "sign_unfit", "SHA256SUMS.asc"),
    "leaves too much": ('head -c 1000001 /dev/zero > "$1.asc"', "sign_unfit", "SHA256SUMS.asc"),
    "changes the hashes": ('echo x > "$1.asc"; echo y >> "$1"', "sign_changes", SUMS),
    "removes the hashes": ('echo x > "$1.asc"; rm "$1"', "sign_changes", SUMS),
    "changes the site": ('echo x > "$1.asc"; echo y > ready/a.txt', "sign_changes", "ready"),
    "adds to the site": ('echo x > "$1.asc"; echo y > ready/b.txt', "sign_changes", "ready"),
    "gives its key away": (
        'echo "-----BEGIN PRIVATE KEY-----" > "$1.asc"', "sign_secret", "SHA256SUMS.asc",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "found"), BAD.values(), ids=BAD)
def test_a_bad_command_gets_one_clear_message_and_leaves_nothing(
    site: Path, tmp_path: Path, text: str, rule: str, found: str
) -> None:
    seconds = 0.2 if "sleep" in text else CEILING
    with pytest.raises(Refused) as refused:
        seal(site, script(tmp_path, text), tmp_path, seconds)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.where.field) == (rule, "extra.evalpress.sign_command")
    assert found in finding.what
    assert seals_of(site) == []


def test_a_command_that_is_not_there_is_named(site: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        seal(site, "no-such-program --sign", tmp_path)
    assert "no-such-program" in refused.value.findings[0].what


# --- real programs -------------------------------------------------------------------------------


@needs("gpg")
def test_gnupg_signs(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "k"
    home.mkdir(0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    new = ("--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key", "jx@a.cn")
    if done("gpg", "--batch", *new, "ed25519", "sign"):
        pytest.skip("gpg makes no key here")
    (made,) = seal(site, "gpg --batch --armor --detach-sign", tmp_path)
    assert made.name == "SHA256SUMS.asc"
    assert done("gpg", "--batch", "--verify", str(made), str(site / SUMS)) == 0
    (site / SUMS).write_text("other")
    assert done("gpg", "--batch", "--verify", str(made), str(site / SUMS)) != 0
    done("gpgconf", "--kill", "all")


@needs("minisign")
def test_minisign_signs(site: Path, tmp_path: Path) -> None:
    keys = ("-p", str(tmp_path / "m.pub"), "-s", str(tmp_path / "m.key"))
    assert done("minisign", "-G", "-W", *keys) == 0
    (made,) = seal(site, "minisign -S -s m.key -m", tmp_path)
    assert made.name == "SHA256SUMS.minisig"
    assert done("minisign", "-V", *keys[:2], "-m", str(site / SUMS)) == 0


class _Stamps(http.server.BaseHTTPRequestHandler):
    """A time-stamp authority as RFC 3161 has it, of openssl."""

    folder: Path

    def do_POST(self) -> None:
        query = self.folder / "asked.tsq"
        query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.folder / "given.tsr"
        done("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", str(query),
             "-out", str(reply), cwd=self.folder)  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(reply.read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


TSA = """[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""
ASK = """
import subprocess, sys, urllib.request
sums, address = sys.argv[2], sys.argv[1]
query = ["openssl", "ts", "-query", "-data", sums, "-sha256", "-cert"]
asked = subprocess.run(query, check=True, capture_output=True).stdout
kind = {"Content-Type": "application/timestamp-query"}
found = urllib.request.urlopen(urllib.request.Request(address, asked, kind)).read()
open(sums + ".tsr", "wb").write(found)
"""


@contextmanager
def authority(folder: Path) -> Iterator[str]:
    """A time-stamp authority on this machine alone; gives its address."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(TSA)
    (folder / "serial").write_text("01\n")
    made = done(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tsa", "-days",
        "2", "-addext", "extendedKeyUsage=critical,timeStamping", "-keyout", "tsa.key", "-out",
        "tsa.pem", cwd=folder,
    )  # fmt: skip
    assert made == 0
    handler = type("Stamps", (_Stamps,), {"folder": folder})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@needs("openssl")
def test_a_time_stamp_authority_stamps(site: Path, tmp_path: Path) -> None:
    (tmp_path / "ask.py").write_text(ASK)
    with authority(tmp_path / "tsa") as address:
        (made,) = seal(site, f"{sys.executable} ask.py {address}", tmp_path)
    assert made.name == "SHA256SUMS.tsr"
    proved = (
        "openssl",
        "ts",
        "-verify",
        "-in",
        str(made),
        "-CAfile",
        str(tmp_path / "tsa/tsa.pem"),
    )
    assert done(*proved, "-data", str(site / SUMS)) == 0
    (site / SUMS).write_text("other")
    assert done(*proved, "-data", str(site / SUMS)) != 0


# --- publish -------------------------------------------------------------------------------------


def run(project: Project, *arguments: str) -> int:
    return commands.main([*arguments, "--config", str(project.config)])


@pytest.mark.slow
def test_publish_signs_or_nothing_goes_live(
    small: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    small.set(f"sign_command: {script(small.folder, 'exit 4')}")
    assert run(small, "publish") == 1
    assert "[sign_failed]" in capfd.readouterr().err
    assert not small.site.exists()

    script(small.folder, 'sha256sum < "$1" > "$1.asc"')
    assert run(small, "publish") == 0
    first = (small.site / "SHA256SUMS.asc").read_bytes()
    assert len(list((small.folder / "data/seals").glob("*/SHA256SUMS.asc"))) == 1
    assert read_manifest(small.site)
    assert run(small, "publish") == 0
    assert "不必公开" in capfd.readouterr().out

    replace(small.report("parks/2025"), '"93.6"', '"94.1"')
    assert run(small, "publish") == 0
    assert (small.site / "SHA256SUMS.asc").read_bytes() != first
    assert run(small, "rollback") == 0
    assert "SHA256SUMS.asc" in os.listdir(small.site)
    replace(small.report("parks/2024"), "管护公园3个", "管护公园九个")
    assert small.build().code == 0
    assert seals_of(small.site) == []  # what no command signed bears no old signature
