"""Joins the stages of evalpress to MkDocs' events; the only file that knows MkDocs."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler

from evalpress import release, site
from evalpress.findings import Refused, report
from evalpress.settings import read_settings

log = logging.getLogger("mkdocs.evalpress")


class _Build:
    """What the events of one build hand on to each other."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.exit = ExitStack()
        self.warnings = CountHandler()
        self.warnings.setLevel(logging.WARNING)
        self.live: Path | None = None
        self.site: site.Site | None = None


_command = ""
_build = _Build()


def on_startup(command: str, dirty: bool) -> None:
    global _command
    _command = command
    if dirty:
        raise Abort("evalpress: --dirty 会丢失搜索和列表的内容,请去掉这个选项")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """1 read, 2 check, 3 assess, 4 write; then build beside the live folder."""
    global _build
    _build.exit.close()
    _build = _Build()
    config_file = Path(config.config_file_path)
    try:
        settings = read_settings(config.extra.get("evalpress"), config_file)
        preview = _command == "serve"
        _build.site = site.make(settings, config_file.parent, Path(config.docs_dir), preview)
        if not preview:
            _stage(config)
    except Refused as refused:
        raise Abort(f"evalpress\n\n{refused}") from None
    if _build.site.findings:
        log.info("%s", report(_build.site.findings))
    config.extra["ep_site"] = settings.site.model_dump(exclude_none=True)
    return config


def _stage(config: MkDocsConfig) -> None:
    _build.live = Path(config.site_dir)
    _build.exit.enter_context(release.exclusive(_build.live))
    config.site_dir = str(release.prepare(_build.live))
    logging.getLogger("mkdocs").addHandler(_build.warnings)
    _build.exit.callback(logging.getLogger("mkdocs").removeHandler, _build.warnings)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """5 print; hand MkDocs the pages, PDFs and attachments."""
    made = _site()
    made.print(config.site_url or "")
    for page in made.pages:
        if existing := files.get_file_from_path(page.source):
            files.remove(existing)
        files.append(File.generated(config, page.source, content=page.markdown))
    for address, path in made.files.items():
        files.append(File.generated(config, address, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Give the theme what frames a generated page."""
    made = _site().by_source.get(page.file.src_uri)
    if made:
        page.meta["ep"] = made.meta
    return markdown


def on_post_build(config: MkDocsConfig) -> None:
    """7 index, 8 release, and say what was made."""
    from evalpress import search

    made = _site()
    indexed = search.index(Path(config.site_dir))
    if _build.live is None:
        return
    if config.strict and (counts := _build.warnings.get_counts()):
        raise Abort(f"evalpress: {site.strict_words(counts)}")
    missing = release.verify(Path(config.site_dir), made.addresses())
    if missing:
        raise Abort(f"evalpress: {site.missing_words(missing)}")
    release.swap(_build.live)
    _build.exit.close()
    seconds = time.monotonic() - _build.started
    log.info("%s", made.summary(_build.live, indexed, seconds))


def on_build_error(error: Exception) -> None:
    _build.exit.close()


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Live reload on the data as well."""
    server.watch(str(_site().data_dir))
    return server


def _site() -> site.Site:
    assert _build.site is not None, "on_config runs first"
    return _build.site
