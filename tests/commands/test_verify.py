"""`evalpress verify` tells what a file is, and says so to programs by its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalpress import commands
from evalpress.ledger import write_ledger
from evalpress.release.manifest import Manifest, write_manifest
from evalpress.verify.shards import shard_files
from evalpress.wording import word
from issued import UNKNOWN, Corpus, corpus, sha
from sampling import often
from serving import serving


@pytest.fixture(scope="module")
def known() -> Corpus:
    return corpus(often(10, 100))


@pytest.fixture(scope="module")
def site(known: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for address, content in shard_files(known.answers):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(content)
    (folder / "404.html").write_text("none")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> object:
    def ran(*arguments: object) -> tuple[int, str]:
        code = commands.main(["verify", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return ran


def put(folder: Path, known: Corpus) -> None:
    folder.mkdir()
    for number, (content, _, _) in enumerate(known.files):
        (folder / f"{number:04}.pdf").write_bytes(content)


def test_every_file_of_a_folder_is_called_what_it_is(
    site: Path, known: Corpus, tmp_path: Path, run: object
) -> None:
    put(tmp_path / "held", known)
    code, said = run(tmp_path / "held", "--against", site)  # type: ignore[operator]
    heads = [line for line in said.splitlines() if line.startswith(str(tmp_path))]
    expected = [word("verify", "verdicts", standing) for _, standing, _ in known.files]
    assert [line.rpartition("：")[2] for line in heads] == expected
    assert code == 1


def test_the_exit_code_tells_whether_all_are_genuine_and_current(
    site: Path, known: Corpus, tmp_path: Path, run: object
) -> None:
    put(tmp_path / "held", known)
    for number, (_, standing, _) in enumerate(known.files[:10]):
        code, said = run(tmp_path / f"held/{number:04}.pdf", "--against", site)  # type: ignore[operator]
        assert code == (0 if standing in ("current", "reprinted") else 1), said


def test_a_hash_or_an_address_is_asked_about_as_well(
    site: Path, known: Corpus, tmp_path: Path, run: object
) -> None:
    content = next(content for content, standing, _ in known.files if standing == "current")
    assert run(sha(content).upper(), "--against", site)[0] == 0  # type: ignore[operator]
    (tmp_path / "now.pdf").write_bytes(content)
    (tmp_path / "404.html").write_text("none")
    with serving(tmp_path) as held, serving(site) as asked:
        assert run(f"{held}now.pdf", "--against", asked)[0] == 0  # type: ignore[operator]
        code, said = run(f"{held}other.pdf", "--against", asked)  # type: ignore[operator]
    assert (code, "没有这个文件" in said) == (1, True)


def test_a_sealed_file_is_said_to_be_one(site: Path, known: Corpus, run: object) -> None:
    code, said = run(sha(known.files[4][0]), "--against", site)  # type: ignore[operator]
    assert (code, word("verify", "sealed") in said) == (0, True)


def test_a_download_that_broke_off_is_told(
    site: Path, known: Corpus, tmp_path: Path, run: object
) -> None:
    (tmp_path / "a.pdf").write_bytes(known.files[3][0][:200])
    code, said = run(tmp_path / "a.pdf", "--against", site)  # type: ignore[operator]
    assert word("verify", "cut_short") in said
    assert code == 1
    assert word("verify", "verdicts", UNKNOWN) in said


def test_a_copy_of_a_site_is_held_against_its_manifest(tmp_path: Path, run: object) -> None:
    (tmp_path / "index.html").write_text("x")
    write_manifest(tmp_path, Manifest({"index.html": (1, sha(b"x"))}))
    code, said = run(tmp_path)  # type: ignore[operator]
    assert (code, "一个不差" in said, "没有签名文件" in said) == (0, True, True)
    for number in range(60):
        (tmp_path / f"{number}.html").touch()
    code, said = run(tmp_path)  # type: ignore[operator]
    assert (code, said.count("多出"), "还有 10 个" in said) == (1, 50, True)


def test_without_a_site_the_project_s_ledger_answers(
    known: Corpus, tmp_path: Path, run: object
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: x\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    content = known.files[0][0]
    code, said = run(sha(content), "--config", config)  # type: ignore[operator]
    assert (code, "--against" in said) == (2, True)
    write_ledger(known.ledger, tmp_path / "data")
    code, said = run(sha(content), "--config", config)  # type: ignore[operator]
    assert (code, word("verify", "verdicts", "superseded") in said) == (1, True)


@pytest.mark.parametrize("target", ["no/such/file", "http://127.0.0.1:1/x.pdf", "empty"])
def test_what_cannot_be_read_gets_one_line(
    site: Path, tmp_path: Path, run: object, target: str
) -> None:
    (tmp_path / "empty").mkdir()
    target = str(tmp_path / "empty") if target == "empty" else target
    code, said = run(target, "--against", site)  # type: ignore[operator]
    assert (code, len(said.splitlines())) == (1, 1)


def test_a_folder_that_is_no_site_cannot_be_asked(tmp_path: Path, run: object) -> None:
    (tmp_path / "a.pdf").write_text("x")
    code, said = run(tmp_path / "a.pdf", "--against", tmp_path)  # type: ignore[operator]
    assert (code, "verify/index.json" in said) == (2, True)
