"""4 write: the page on which a reader finds out what a file is; its script does the work.

Without JavaScript the page says how to do it by hand. What it loads is written by another room
(verify/), once the files are made.
"""

from __future__ import annotations

import json

from evalpress.files.beginnings import SIGNS
from evalpress.ledger.known import VOLUMES
from evalpress.pages.frame import Page
from evalpress.pages.rows import list_frame
from evalpress.text.markup import plain, render
from evalpress.wording import catalogue, word

ADDRESS = "verify/"


def verifying_page() -> Page:
    """The page; it says the same whatever is published."""
    said = catalogue("wording")["verify"]
    title = word("verify", "title")
    content = render(
        "verify.html.j2", said=json.dumps(_for_script(said), ensure_ascii=False), own=said["page"],
        verdicts=said["verdicts"], meanings=said["meanings"], commands=said["commands"],
        here=ADDRESS,
    )  # fmt: skip
    lead = f'<p class="ep-lead">{plain(said["lead"])}</p>'
    frame = list_frame("verify", title)
    return Page(ADDRESS, title, f"# {plain(title)}\n\n{lead}\n\n{content}", frame)


_SCRIPT = (
    "verdicts", "notes", "kinds", "what", "what_volume", "what_book", "what_named", "report",
    "look", "changes", "since", "reason", "office", "sealed", "cut_short", "recognised", "advice",
    "busy", "unreadable", "unloaded", "opened_as_file", "no_hash",
)  # fmt: skip


def _for_script(said: dict[str, object]) -> dict[str, object]:
    return {**{key: said[key] for key in _SCRIPT}, "volumes": sorted(VOLUMES), "signs": SIGNS}
