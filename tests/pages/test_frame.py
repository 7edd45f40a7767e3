"""What a page brings for the theme and for printing: its frame, and the pictures that it shows."""

from __future__ import annotations

import json
from dataclasses import replace

from evalpress.assess import assess
from evalpress.pages import write
from evalpress.pages.frame import Frame, Offer, Page, entry
from samples import public, reference

FRAME = Frame("report", "甲", breadcrumbs=[entry("首页", "")], pdf=Offer("a/a.pdf", "甲.pdf"))
PICTURES = """
body:
  overview: [{picture: 食堂.jpg, alt: 食堂}, {picture: 食堂.jpg, alt: 食堂}]
attachments: [{id: form, name: 自评表, file: form.pdf}]
"""


def test_a_frame_is_the_same_after_it_was_kept() -> None:
    kept = json.loads(json.dumps(FRAME.as_data()))
    again = Frame.from_data(kept)
    assert (again.as_data(), again.pdf) == (FRAME.as_data(), FRAME.pdf)


def test_another_frame_leaves_the_page_as_it_was() -> None:
    page = Page("a/", "甲", "", FRAME)
    shown = page.framed(pdf=None)
    assert shown.frame == replace(FRAME, pdf=None)
    assert page.frame == FRAME
    assert shown.content_hash != page.content_hash


def test_a_report_says_which_pictures_it_shows() -> None:
    found = {page.address: page.pictures for page in write(assess([public(PICTURES)], reference()))}
    assert found["education/2025/"] == ("education/2025/attachments/食堂.jpg",)
    assert not any(pictures for address, pictures in found.items() if address != "education/2025/")
