"""A finished site knows every file that it issues, and its copy is whole."""

from __future__ import annotations

from evalpress.ledger import Standing
from evalpress.release.manifest import read_manifest
from evalpress.verify.asking import as_hash, ask_folder
from evalpress.verify.copies import check_folder
from projects import Finished


def test_every_file_of_a_report_and_every_book_is_known(finished_small: Finished) -> None:
    site = finished_small.site
    ask, own = ask_folder(site), read_manifest(site)
    assert own is not None
    shares = {path: share for path, share in own.shares.items() if not path.endswith(".html")}
    assert {path.rpartition(".")[2] for path in shares} >= {"pdf", "json", "csv"}
    for path, share in shares.items():
        found = ask(own.files[path][1])  # files of the same bytes are told one by one
        told = [(each.standing, each.address, each.edition, each.name) for each in found]
        assert (Standing.CURRENT, share.report, share.edition, path.rpartition("/")[2]) in told
    books = [path for path in own.files if path.endswith(".pdf") and path not in own.shares]
    assert books and all(ask(own.files[path][1])[0].kind == "book" for path in books)


def test_a_finished_site_is_what_its_manifest_says(finished_small: Finished) -> None:
    assert check_folder(finished_small.site).is_whole


def test_a_hash_is_known_however_it_was_typed() -> None:
    assert as_hash(" " + "AB " * 32) == "ab" * 32
    assert as_hash("ab" * 31) is None and as_hash("x" * 64) is None
