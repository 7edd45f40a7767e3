"""A data file: its tree, and where its parts stand."""

from __future__ import annotations

from evalpress.load.source import Source


def test_a_tree_that_was_let_go_is_there_again_for_whoever_asks() -> None:
    source = Source("a.yml", "title: 甲\nscores: {total: 9\n".encode())
    before = source.data, source.mistakes, source.place(("title",))
    source.forget()
    assert (source.data, source.mistakes, source.place(("title",))) == before
