"""MkDocs' events -> the stages of evalpress, and back: its navigation, its pages, its folder.

The only module that knows MkDocs. It answers the events of `__all__`, once `first_look` has it
loaded.
"""

from __future__ import annotations

import json
import logging
import math
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

from jinja2 import Environment, Template
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

import evalpress
from evalpress import release, search, site
from evalpress.cache import collector
from evalpress.cache.inputs import PACKAGE, hash_of_host
from evalpress.cache.outputs import Outputs
from evalpress.cache.store import digest, program
from evalpress.clock import now, ordered
from evalpress.findings import Mistaken, Refused, report
from evalpress.pages import assets, material, script_words, styles
from evalpress.pages.crawled import MAP, ROBOTS
from evalpress.pages.frame import Frame, Page
from evalpress.pages.meta_tags import (
    Identity,
    Shown,
    all_tags,
    column_tags,
    open_graph,
    written_tags,
)
from evalpress.pages.navigation import GUIDE, guide_files, navigation, present, sources
from evalpress.pages.schema_org import linked_data
from evalpress.pdf import FontsMissing, PrintFailed, Progress
from evalpress.release import previews
from evalpress.search import SearchError
from evalpress.settings import (
    Settings,
    read_settings,
    refuse_missing_pictures,
    refuse_paths,
    refuse_site_url,
)
from evalpress.text.dialect import convert, slug, with_plain_signs, with_table_frames
from evalpress.text.line_ends import closed_up
from evalpress.wording import TEMPLATES, word, words

__all__ = [
    "on_build_error",
    "on_env",
    "on_files",
    "on_nav",
    "on_page_content",
    "on_page_markdown",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_serve",
]

log = logging.getLogger("mkdocs.evalpress")
# After every other hook and plugin: what fails in one of them must not fail after the swap.
LAST = -math.inf
# What fails in another hook on the way out must not leave an unfinished build behind.
FIRST = math.inf
THEME = TEMPLATES / "theme"
_MATERIAL = re.compile(r"assets/stylesheets/main\.\w+\.min\.css")


class _Build:
    """What the events of one build hand on to each other."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.exit = ExitStack()
        self.warnings = CountHandler()
        self.warnings.setLevel(logging.WARNING)
        self.staged: release.Staged | None = None
        self.site: site.Site | None = None
        self.inputs: site.Inputs | None = None
        self.outputs: Outputs | None = None
        self.host = ""
        self.nav = Navigation([], [])
        self.files = Files([])
        self.pages: dict[str, Page] = {}
        self.assets: dict[str, str] = {}  # their addresses by the names that templates use


class _Framed(File):
    """A generated page: others link to it as to a page, and MkDocs does not build it."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: `_frame` writes the page."""


class _Copied(File):
    """A file that is there already: data, a PDF, an attachment."""

    def copy_file(self, dirty: bool = False) -> None:
        assert self.abs_src_path is not None, "it is made with one"
        _outputs().copy(self.dest_uri, Path(self.abs_src_path))


_preview = False
_build = _Build()


def _guard_server() -> None:
    """Make the preview's server one that prints on demand and that nobody else may ask. MkDocs
    hands it over to `on_serve` only with live reload, so it is another one from its beginning."""
    from mkdocs.commands import serve
    from mkdocs.livereload import LiveReloadServer

    class GuardedServer(LiveReloadServer):
        def __init__(self, builder: Any, host: str, *arguments: Any, **named: Any) -> None:
            super().__init__(builder, host, *arguments, **named)
            served: Any = self.get_app()
            app = previews.printing(served, self.mount_path, _print_on_demand)
            self.set_app(previews.only_for(app, host))

        def server_bind(self) -> None:
            try:
                super().server_bind()
            except OSError as error:
                place = ":".join(map(str, self.server_address[:2]))
                told = word("release", "place_taken").format(place, error.strerror)
                raise Abort(f"evalpress: {told}") from None

    serve.LiveReloadServer = GuardedServer  # type: ignore[attr-defined]


def begin(command: str, dirty: bool) -> None:
    """Note what was asked for, if it is no plain build. Raises Abort for a build of changed pages
    only."""
    global _preview
    _preview = command == "serve"
    if dirty:
        raise Abort(f"evalpress: {word('summary', 'dirty')}")
    if _preview:
        previews.end_on_signals()
        _guard_server()


def configure(config: MkDocsConfig, words: str) -> MkDocsConfig:
    """1 read, 2 check, 3 assess, 4 write; then build beside the live folder. `words` are all that
    the host was told; empty where something else takes part that is not known."""
    global _build
    last, before, preview = _build.site, _build.outputs, _preview
    _build.exit.close()
    _build = _Build()
    _build.exit.enter_context(collector.seldom())
    _add_own_parts(config)
    read = [Path(name) for name in (config.docs_dir, *config.theme.dirs)]
    if words:
        shown = json.dumps([words, config.nav, evalpress.__version__], default=str)
        _build.host = hash_of_host(shown, read)
    if preview:
        _note_preview(config)
    else:
        _stage(config)
        if words:
            layout = _staged().layout
            _build.inputs = site.Inputs(_settings(config), _root(config), read, words, layout)
    with _plainly():
        try:
            _build.site = _make(config, preview)
            collector.set_apart()
        except Refused as refused:
            if not (preview and last):
                raise
            log.error("evalpress\n\n%s", refused)
            _build.site = last.outdated(refused)
    _leave_out(config, {page.source for page in _build.site.pages})
    if preview and words and before:
        _build.outputs = _moved_aside(Path(config.site_dir), before, _cache_dir(config))
    if _build.site.findings:
        log.info("%s", report(_build.site.findings, hints=False))
    return config


def _add_own_parts(config: MkDocsConfig) -> None:
    """The theme behind an owner's own overrides, the navigation, and what the theme shows."""
    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slug)
    config.theme.static_templates.discard(MAP)  # ours knows PDFs and days
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    with _plainly():
        paths = {"site_dir": config.site_dir, "theme.custom_dir": config.theme.custom_dir}
        refuse_paths(paths, Path(config.config_file_path))
        own, address = _settings(config).site, config.site_url or ""
        refuse_missing_pictures(own, Path(config.docs_dir), Path(config.config_file_path))
        for told in site.host_words(address, config.use_directory_urls, own):
            if not _preview:
                log.info("%s", told)
        config.nav = navigation(config.nav, _shows_guide(config))
        config.extra["ep_site"] = own.model_dump(exclude_none=True)
    config.extra["ep_version"] = evalpress.__version__


def _leave_out(config: MkDocsConfig, made: set[str]) -> None:
    """Take what the site has no page for out of the navigation, which frames follow from."""
    kept = present(config.nav or [], made)
    if kept != config.nav and _build.host:
        _build.host = digest(_build.host, json.dumps(kept, default=str))
    config.nav = kept


def _shows_guide(config: MkDocsConfig) -> bool:
    """Clerks read the guides in a preview; the public does where a setting says so."""
    return _preview or _settings(config).guide


def _cache_dir(config: MkDocsConfig) -> Path:
    with _plainly():
        return _root(config) / _settings(config).cache_dir


def _note_preview(config: MkDocsConfig) -> None:
    cache_dir = _cache_dir(config)
    previews.clear_killed(cache_dir)
    previews.note_preview(Path(config.site_dir), cache_dir)


def _moved_aside(folder: Path, before: Outputs, cache_dir: Path) -> Outputs:
    """A preview's folder emptied, as MkDocs will; what does not change is linked from where the
    last build now lies."""
    aside = folder.with_name(f"{folder.name}-before")
    previews.note_preview(aside, cache_dir)
    _build.exit.callback(shutil.rmtree, aside, ignore_errors=True)
    os.rename(folder, aside)
    folder.mkdir(mode=0o700)
    return Outputs(folder, aside, before.follows)


def _make(config: MkDocsConfig, preview: bool) -> site.Site:
    live = _build.staged.layout.live if _build.staged else None
    return site.make(_settings(config), _root(config), Path(config.docs_dir), preview, live)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _settings(config: MkDocsConfig) -> Settings:
    file = Path(config.config_file_path)
    refuse_site_url(config.site_url or "", file)
    return read_settings(config.extra.get("evalpress"), file)


@contextmanager
def _plainly() -> Iterator[None]:
    """Show without a traceback what the person at the keyboard can mend."""
    try:
        yield
    except (Refused, Mistaken, FontsMissing, SearchError) as told:
        raise Abort(f"evalpress\n\n{told}") from None
    except PrintFailed as failed:
        if failed.__cause__:
            raise
        raise Abort(f"evalpress\n\n{failed}") from None


def _stage(config: MkDocsConfig) -> None:
    """Build beside the live folder, which must be the program's to replace."""
    with _plainly():
        settings, root = _settings(config), _root(config)
        layout = release.Layout(Path(os.path.realpath(config.site_dir)), settings.swap == "link")
        taken = settings.take_over and Path(os.path.realpath(root / settings.take_over))
        release.guard(layout, root, _others(config, settings), taken == layout.site_dir)
        for pages in filter(None, (config.docs_dir, config.theme.custom_dir)):
            release.guard_pages(Path(pages), (root / settings.data_dir, root / settings.cache_dir))
        try:
            previews.clear_killed(root / settings.cache_dir)
            hashes = root / settings.cache_dir / "hashes.json"
            _build.staged = _build.exit.enter_context(release.stage(layout, hashes))
        except PermissionError as error:
            raise Refused([release.unwritable(layout, error)]) from None
    config.site_dir = str(_build.staged.folder)
    logger = logging.getLogger("mkdocs")
    if config.strict:
        logger.setLevel(min(logger.level, logging.WARNING))  # --quiet would hide what counts
    logger.addHandler(_build.warnings)
    _build.exit.callback(logger.removeHandler, _build.warnings)


def _others(config: MkDocsConfig, settings: Settings) -> list[Path]:
    """The folders that a build reads or keeps things in; none of them may be the site's."""
    root = _root(config)
    hooks = {Path(str(module.__file__)).parent for module in config["hooks"].values()} - {root}
    own = [settings.data_dir, settings.cache_dir, *filter(None, [settings.pdf_fonts])]
    read = [config.docs_dir, *config.theme.dirs]
    return [*hooks, PACKAGE, root / ".git", *(root / name for name in own), *map(Path, read)]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """6 export, 5 print; hand MkDocs the pages, data, PDFs and attachments."""
    made, folder = _site(), Path(config.site_dir)
    if _build.inputs:
        _build.outputs = _build.inputs.outputs(folder, _staged())
    elif _build.outputs is None:
        _build.outputs = Outputs(folder, witness=_build.staged)
    with _plainly():
        made.export()
        made.print(config.site_url or "", _progress() if made.settings.pdf else None)
        made.lead_on(_identity(config))
        made.feed(config.site_name, config.site_url or "")
        made.picture(config.site_name, config.site_url or "")
    _build.pages = {page.source: page for page in made.pages}
    style = _style_sheet(files, config)
    taken = {file.dest_uri: file for file in files}
    for page in made.pages:
        _add(files, taken, _file_of(page, config))
    for source, path in guide_files().items() if _shows_guide(config) else ():
        _add(files, taken, _guide_file(source, path, config))
    made.vouch(config.site_name, _by_hand_beside(files))
    for name, content in _assets(files, style).items():
        _build.assets[name] = address = assets.address_of(name, content)
        _add(files, taken, File.generated(config, address, content=content))
    made.map(_by_hand(files), config.site_url or "")
    if theirs := taken.pop(MAP, None):
        files.remove(theirs)
    if ROBOTS in taken:
        del made.files[ROBOTS]  # an owner's own rules
    for address, path in made.files.items():
        _add(files, taken, _Copied.generated(config, address, abs_src_path=str(path)))
    return files


def _file_of(page: Page, config: MkDocsConfig) -> File:
    """A page of the navigation as MkDocs' own; every other one is framed without its pipeline."""
    if page.source in sources(config.nav):
        return File.generated(config, page.source, content=page.markdown)
    return _Framed(
        page.source, src_dir=None, dest_dir=config.site_dir, use_directory_urls=True,
        dest_uri=f"{page.address}index.html",
    )  # fmt: skip


def _guide_file(source: str, path: Path, config: MkDocsConfig) -> File:
    """A file of the guides, which an owner's `exclude_docs` does not mean."""
    file = File.generated(config, source, abs_src_path=str(path))
    file.inclusion = InclusionLevel.INCLUDED
    return file


def _style_sheet(files: Files, config: MkDocsConfig) -> str:
    """Ours after what is left of Material's, of which no other file is published."""
    of_themes = (file for file in files if file.src_dir in config.theme.dirs)
    theirs = next(file for file in of_themes if _MATERIAL.fullmatch(file.src_uri))
    for file in [file for file in files if file.src_dir == theirs.src_dir]:
        files.remove(file)
    folders = [Path(name) for name in config.theme.dirs if name != theirs.src_dir]
    written = "".join(map(_text, files.documentation_pages()))
    used = material.used_classes(folders, config.markdown_extensions, written)
    text, ours = theirs.content_string, styles.style_sheet()
    beside = "".join([ours, *map(_text, files.css_files())])
    of_theirs = _site().state.kept.get(
        ("material", program(), text, used.said, beside),
        lambda: material.pruned(text, used, beside).encode(),
    )
    return f"{of_theirs.decode()}\n{ours}"


def _text(file: File) -> str:
    """What a file says; that it is no UTF-8 is for others to tell."""
    return file.content_bytes.decode(errors="replace")


def _assets(files: Files, style: str) -> dict[str, bytes]:
    """What pages name, by its name; a script that an owner put in the place of ours is theirs."""
    found = {styles.NAME: style.encode(), script_words.NAME: script_words.script_words().encode()}
    for name in assets.script_names():
        if file := files.get_file_from_path(f"{assets.FOLDER}{name}"):
            files.remove(file)
            found[name] = file.content_bytes
    return found


def _progress() -> Progress:
    """Lines in the log, or a bar on a terminal; nothing where the log is to be quiet."""
    from rich.console import Console

    return Progress(log.info, Console(stderr=True) if log.isEnabledFor(logging.INFO) else None)


def _add(files: Files, taken: dict[str, File], file: File) -> None:
    """Two sources with one address: MkDocs would keep one of them without a word."""
    if other := taken.get(file.dest_uri):
        files.remove(other)
        if other.src_uri != site.INTRO:
            log.warning("evalpress: %s", site.collision_words(other.src_uri))
    files.append(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the navigation, which frames need."""
    _build.nav, _build.files = nav, files
    return nav


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Give the theme what frames a generated page; only hand-written text needs MkDocs' parser."""
    made = _build.pages.get(page.file.src_uri)
    if made is None:
        return markdown
    page.meta["ep"] = made.frame
    return markdown if made.written_by_hand else ""


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Give a generated page its text; MkDocs' own pages keep theirs, without blanks between Chinese
    signs where a line of the source ends."""
    made = _build.pages.get(page.file.src_uri)
    if made is None:
        return closed_up(with_table_frames(html))
    if made.written_by_hand:
        return closed_up(with_plain_signs(with_table_frames(html)))
    return _fill(page, made.markdown)


def _fill(page: MkDocsPage, markdown: str) -> str:
    """Give a page its contents; returns its text as HTML."""
    converted = convert(markdown)
    page.toc = get_toc(converted.tree())
    return converted.html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """4 write: put the theme's frame round every page that is not in the navigation."""
    head, asset = partial(_head, _identity(config)), _build.assets.__getitem__
    env.globals.update(word=word, words=words, head=head, asset=asset)
    named = json.dumps(_build.assets)
    template, listed = env.get_template("main.html"), files.documentation_pages()
    framed = partial(_framed, template=template, listed=listed, config=config)
    found = [(file, _build.pages[file.src_uri]) for file in files if _is_framed(file)]
    _outputs().put_all(
        (
            file.dest_uri,
            digest("frame", program(), _build.host, named, made.content_hash),
            partial(_markdown_of, made),
            partial(framed, file, made),
        )
        for file, made in found
    )
    return env


def _markdown_of(made: Page) -> str:
    return made.markdown


def _identity(config: MkDocsConfig) -> Identity:
    own = _settings(config).site
    return Identity(
        config.site_name, config.site_url or "", own.site_code or "",
        config.site_description or "", own.organizer or "",
    )  # fmt: skip


def _head(identity: Identity, page: MkDocsPage | None, title: str) -> dict[str, Any]:
    """What a page says of itself to programs: meta tags, Open Graph, schema.org; without a page,
    what the one says that stands for missing ones."""
    shown = _shown(page)
    tags = all_tags(identity, shown)
    frame = page.meta.get("ep") if page else None
    return {
        "tags": tags,
        "graph": open_graph(tags, title, shown),
        "data": linked_data(identity, shown, frame),
    }


def _shown(page: MkDocsPage | None) -> Shown:
    if page is None:
        return Shown(None, "missing", column_tags("missing", word("missing", "title")))
    frame: Frame | None = page.meta.get("ep")
    if frame:
        return Shown(page.url, frame.kind, frame.tags, frame.picture)
    section = next((str(above.title) for above in page.ancestors), "")
    title = str(page.meta.get("title") or Markup(page.title or "").striptags())
    return Shown(page.url, "written", written_tags(title, section, page.meta, page.content or ""))


def _framed(
    file: _Framed,
    made: Page,
    markdown: str,
    template: Template,
    listed: Any,
    config: MkDocsConfig,
) -> bytes:
    """As MkDocs builds a page, without reading, parsing and its plugins."""
    page = MkDocsPage(None, file, config)
    page.meta, page.active = {"ep": made.frame}, True
    page.content = _fill(page, markdown)
    shown = template.render(get_context(_build.nav, listed, config, page))
    return str(shown).encode()


def _is_framed(file: File) -> TypeGuard[_Framed]:
    return isinstance(file, _Framed)


@event_priority(LAST)
def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Note what MkDocs writes for a template; gives it on as it is."""
    return _expected(template_name, output)


@event_priority(LAST)
def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Note what MkDocs writes for a page; gives it on as it is."""
    return _expected(page.file.dest_uri, output)


def _expected(path: str, output: str) -> str:
    """Note what MkDocs is about to write."""
    if _build.staged and output.strip():
        _build.staged.expect(path, output.encode(errors="xmlcharrefreplace"))
    return output


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """7 index, 8 release, and say what was made; after whatever else may fail."""
    made, staged = _site(), _build.staged
    with _plainly(), closing(made.state.kept):
        indexed = search.index(
            Path(config.site_dir), made.catalogue, made.state.kept, _outputs(), _may_be_found()
        )
        if staged is None:
            _build.exit.close()
            return
        counts = _build.warnings.get_counts()
        if config.strict and counts:
            raise Abort(f"evalpress: {site.strict_words(counts)}")
        _end_others(config)
        _release(staged, made, config)
    config.site_dir = str(staged.layout.live)
    if _build.inputs and not counts and ordered() is None:
        _build.inputs.keep(made, _outputs())
    _build.exit.close()
    seconds = time.monotonic() - _build.started
    log.info("%s", made.summary(staged.layout.live, indexed, seconds))


def _end_others(config: MkDocsConfig) -> None:
    """Let other hooks and plugins shut down now, each once: what is left is the swap alone, and one
    that fails after it would make a build a bad one whose site is live."""
    waiting = config.plugins.events["shutdown"]
    while waiting:
        waiting.pop(0)()


def _release(staged: release.Staged, made: site.Site, config: MkDocsConfig) -> None:
    """Verify, then swap, or leave it to `evalpress publish`."""
    for file in _build.files:
        if not (file.is_documentation_page() or _is_framed(file)):
            _expect_file(staged, file)
    manifest = staged.finish(made.wanted(config.site_url or ""), made.moment, config.strict)
    if staged.warnings:
        log.warning("%s", report(staged.warnings))
    for told in site.release_words(staged, made, manifest):
        log.info("%s", told)
    if ordered():
        made.keep_pending(manifest)
        staged.wait()
    elif staged.is_live_already(manifest):
        log.info("%s", site.same_words())
    else:
        staged.go_live(now(), made.settings.releases_kept)


def _expect_file(staged: release.Staged, file: File) -> None:
    """A file that MkDocs copies is the same as its source, unless somebody has rewritten it."""
    if file.dest_uri in staged.expected or not file.inclusion.is_included():  # type: ignore[no-untyped-call]
        return
    if file.abs_src_path:
        staged.expect_copy(file.dest_uri, Path(file.abs_src_path))
    else:
        staged.expect(file.dest_uri, file.content_bytes)


@event_priority(FIRST)
def on_build_error(error: Exception) -> None:
    """Remove the unfinished build; the live site stays."""
    staged = _build.staged
    _build.exit.close()
    if staged and isinstance(error, OSError) and error.errno in release.DISK_ERRORS:
        with _plainly():
            raise Refused([release.unwritable(staged.layout, error)])


def _print_on_demand(address: str) -> Path | None:
    """A report's PDF in a preview; what stops it is told in the log, where the person looks."""
    try:
        return _site().print_on_demand(address)
    except (PrintFailed, FontsMissing) as failed:
        log.error("evalpress\n\n%s", failed)
        return None


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Live reload on the data and the program's own pages as well."""
    for folder in (_site().data_dir, styles.FOLDER, THEME, GUIDE):
        server.watch(str(folder))
    return server


def _may_be_found() -> list[str]:
    """The addresses of pages that may ask to be found: generated ones that do, all by hand."""
    listed = [_address(file) for file in _build.files.documentation_pages()]
    return [*listed, *(page.address for page in _site().pages if page.frame.search)]


def _by_hand(files: Files) -> list[str]:
    """The addresses of the pages that are only MkDocs' own."""
    own = (file for file in files.documentation_pages() if file.src_uri not in _build.pages)
    return sorted(_address(file) for file in own if file.inclusion.is_included())  # type: ignore[no-untyped-call]


def _by_hand_beside(files: Files) -> dict[str, Path]:
    """The files that lie beside pages of MkDocs' own, such as examples to load, by address."""
    own = (file for file in files.media_files() if not file.dest_uri.startswith(assets.FOLDER))
    return {file.dest_uri: Path(file.abs_src_path) for file in own if file.abs_src_path}


def _address(file: File) -> str:
    return file.dest_uri.removesuffix("index.html")


def _outputs() -> Outputs:
    assert _build.outputs is not None, "on_files runs first"
    return _build.outputs


def _staged() -> release.Staged:
    assert _build.staged is not None, "configure runs first"
    return _build.staged


def _site() -> site.Site:
    assert _build.site is not None, "configure runs first"
    return _build.site
