"""evalpress.cache.inputs: what a build looks at has an end, whatever lies there."""

from __future__ import annotations

import os
from pathlib import Path

from evalpress.cache.inputs import contents, look, look_at_site


def test_links_that_lead_round_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "text").write_text("x")
    (tmp_path / "a" / "b" / "up").symlink_to("..")
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "side").symlink_to("a/b")
    names = {os.path.relpath(path, tmp_path) for path in look([tmp_path], 0)}
    assert names >= {"a/b/text", "side/text", "a/self", "a/b/up"}
    assert {*look_at_site(tmp_path, 0)} == {"a/b/text", "a/b/up", "a/self", "side"}


def test_a_pipe_has_no_content_to_wait_for(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    assert b"x" in [*contents([tmp_path])]
