"""4 write: the pages of a plan, written now or, where nothing that they show changed, as kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from evalpress.assess import Catalogue
from evalpress.cache.kept import Kept
from evalpress.cache.store import digest
from evalpress.disclose.hashed import Public
from evalpress.files.originals import OriginalText
from evalpress.model import Key
from evalpress.pages.frame import ChartFile, Frame, KeptText, Page
from evalpress.pages.plan import Planned, plan


def write(
    catalogue: Catalogue,
    intro: str = "",
    sizes: Mapping[str, int] | None = None,
    texts: Mapping[str, OriginalText] | None = None,
) -> list[Page]:
    """All generated pages, for the arguments of `plan`."""
    planned = plan(catalogue, intro, sizes, texts)
    return [page for one in planned for page in one.make(one.view(catalogue))]


class Rewriter:
    """Writes the pages whose reports, or what else they show, changed; takes the others as kept.

    `states` are hashes of the reports' public data by key, `shared` is all else that any page
    follows from: reference data, settings, program, templates.
    """

    def __init__(self, kept: Kept, states: Mapping[Key, Public], shared: str) -> None:
        self._kept = kept
        self._states = states
        self._shared = shared
        self._whole = ""

    def pages(
        self, planned: Iterable[Planned], catalogue: Catalogue
    ) -> Iterator[tuple[Planned, Page]]:
        """The pages of a plan, each with the entry that stands for it; the text of one that is kept
        is read when somebody asks for it."""
        entries = [
            (one, self._parts(one, seen), cache(partial(one.make, seen)))
            for one in planned
            for seen in [one.view(catalogue)]
        ]
        asked = [(parts, partial(self._packed, written)) for _, parts, written in entries]
        self._kept.get_ahead(asked)
        for (one, _, written), kept in zip(entries, asked, strict=True):
            for number, page in enumerate(json.loads(self._kept.get(*kept))):
                yield one, self._unpacked(page, catalogue, partial(_nth, written, number))

    def _packed(self, written: Callable[[], list[Page]]) -> bytes:
        """What is kept of pages; their texts are kept apart."""
        pages = written()
        for page in pages:
            self._text(page.text_hash, lambda page=page: page.markdown)  # type: ignore[misc]
            for chart in page.charts:
                self._text(chart.hash, lambda chart=chart: chart.text)  # type: ignore[misc]
        return json.dumps([_as_data(page) for page in pages], ensure_ascii=False).encode()

    def _text(self, text_hash: str, make: Callable[[], str]) -> str:
        return self._kept.get(("text", text_hash), lambda: make().encode()).decode()

    def _unpacked(self, found: list[Any], catalogue: Catalogue, again: Callable[[], Page]) -> Page:
        address, title, text_hash, frame, key, pictures, by_hand, charts = found
        text = self._later(text_hash, lambda: again().markdown)
        report = catalogue.by_address[key].report if key else None
        shown = Frame.from_data(frame)
        drawn = tuple(
            ChartFile(place, self._later(content, lambda at=at: again().charts[at].text))  # type: ignore[misc]
            for at, (place, content) in enumerate(charts)
        )
        return Page(address, title, text, shown, report, tuple(pictures), by_hand, drawn)

    def _later(self, text_hash: str, again: Callable[[], str]) -> KeptText:
        """A kept text that is read when somebody asks for it, or written again where it is gone."""
        self._kept.use(("text", text_hash))
        return KeptText(text_hash, partial(self._text, text_hash, again))

    def _parts(self, one: Planned, seen: Catalogue) -> tuple[str, ...]:
        read = self._read(seen, one.texts) if one.reads is not None else self._all(seen)
        day = f"{seen.as_of:%Y-%m-%d}" if one.dated and seen.as_of else ""
        return (
            "page",
            self._shared,
            one.name,
            one.more,
            read,
            day,
            repr(seen.years_of_regions),
            self._gone(seen),
        )

    def _gone(self, seen: Catalogue) -> str:
        """Which reports were withdrawn, and what is said of them."""
        return repr([(key.address, r.title, r.content) for key, r in seen.withdrawn.items()])

    def _all(self, catalogue: Catalogue) -> str:
        """The same for the whole catalogue, put together once."""
        if not self._whole:
            self._whole = digest(self._read(catalogue))
        return self._whole

    def _read(self, seen: Catalogue, texts: Collection[Key] = ()) -> str:
        """Which reports are seen, each with its state, that of its texts only where these are read,
        and whether it is shown before its time."""
        found = ((key, a.report.embargoed) for key, a in seen.assessments.items())
        return repr([(key.address, self._state(key, texts), early) for key, early in found])

    def _state(self, key: Key, texts: Collection[Key]) -> str:
        found = self._states.get(key)
        return "" if found is None else found.whole if key in texts else found.without_texts


def _as_data(page: Page) -> list[object]:
    key = page.report.key.address if page.report else ""
    frame, by_hand = page.frame.as_data(), page.written_by_hand
    charts = [(chart.address, chart.hash) for chart in page.charts]
    return [page.address, page.title, page.text_hash, frame, key, page.pictures, by_hand, charts]


def _nth(written: Callable[[], list[Page]], number: int) -> Page:
    """A page that is written now, because what was kept of it is gone."""
    return written()[number]
