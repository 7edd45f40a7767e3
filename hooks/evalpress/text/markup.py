"""4 write: text -> Markdown that shows exactly this text, and templates that encode all else.

Every character of ASCII punctuation becomes an entity, so that no text of a report is Markdown,
HTML, attribute list, snippet or template; what readers must not see (control, zero-width and
direction characters) is removed.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import nh3
from markupsafe import Markup, escape

from evalpress.text.line_ends import closed_up, one_line
from evalpress.text.links import SCHEMES, refused_links
from evalpress.text.numbering import NONE
from evalpress.wording import TEMPLATES, word, words

if TYPE_CHECKING:
    from jinja2 import Environment

_PUNCTUATION = {ord(c): f"&#{ord(c)};" for c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
SAFE_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "sub", "sup", "code", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def visible(text: str) -> str:
    """The text without characters that have no form of their own."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text


def plain(text: object) -> Markup:
    """One line of text as Markdown and HTML that shows it verbatim; line ends become spaces, but
    none between Chinese signs."""
    return Markup(_one_line(str(text)).translate(_PUNCTUATION))


def in_html(text: object) -> Markup:
    """One line of text for finished HTML, which no Markdown program reads; as `plain` otherwise."""
    return escape(_one_line(str(text)))


def _one_line(text: str) -> str:
    return one_line(visible(text)).strip()


def lines(text: str) -> list[Markup]:
    """The paragraphs of a text: its lines, without empty ones."""
    return [plain(line) for line in visible(text).replace("\r", "").split("\n") if line.strip()]


def in_cell(text: str) -> Markup:
    """A text for a table cell: its lines parted by line breaks."""
    if "\n" not in text and "\r" not in text:
        return in_html(text)
    shown = visible(text).replace("\r", "").split("\n")
    return Markup("<br>").join(in_html(line) for line in shown if line.strip())


def numbered(text: str) -> Markup:
    """A heading's or an item's number."""
    return Markup('<span class="ep-num">') + plain(text) + Markup("</span>")


def lead_number(shown: str | None) -> Markup:
    """The number before a paragraph or item; nothing where there is none."""
    return Markup("") if shown in (None, "", NONE) else numbered(str(shown))


def labelled(label: str) -> Markup:
    """A label with its colon, which is added where the label ends without punctuation."""
    colon = "" if label.endswith(tuple("：:。；;，,、！!？?")) else "："
    return Markup('<strong class="ep-label">') + plain(label + colon) + Markup("</strong>")


def safe_markdown(text: str) -> Markup:
    """A field named `markdown`: paragraphs, emphasis, lists, tables and links, sanitised."""
    clean = nh3.clean(
        _as_html(text), tags=SAFE_TAGS, attributes={"a": {"href"}}, url_schemes=set(SCHEMES)
    )
    return Markup(f'<div class="ep-markdown">\n{closed_up(clean)}\n</div>')


def markdown_words(text: str) -> str:
    """What a reader sees of a field named `markdown`: no marks, no comments, no entities."""
    return unescape(nh3.clean(_as_html(text), tags=set()))


def refused_markdown_links(text: str) -> list[str]:
    """The links in a field named `markdown` that would be taken out of it."""
    return refused_links(_as_html(text)) if _MAY_LINK.search(text) else []


_MAY_LINK = re.compile(r"\]\(|\]:|<[A-Za-z]")


def _as_html(text: str) -> str:
    import markdown  # with jinja2 a twentieth of what verbs that write no pages take

    return markdown.markdown(visible(text), extensions=["tables"])


def fragment(text: str) -> str:
    """A short id from a text, the same wherever the text stands."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def as_url(address: str) -> Markup:
    """An address as it stands in an attribute: Chinese file names percent-encoded."""
    return Markup(quote(address))


def link(source: str, target: str) -> str:
    """The relative address of `target` from the page `source`, both from the site's root."""
    relative = posixpath.relpath(target.strip("/") or ".", source.strip("/") or ".")
    return f"{relative}/" if target.endswith("/") or not target else relative


def _encode(value: Any) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup("") if value is None else in_html(value)


@cache
def environment() -> Environment:
    """The templates; whatever they print is encoded unless it is Markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_encode,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(word=word, words=words, link=link)
    return env


def render(template: str, **values: Any) -> Markup:
    """A template of templates/ filled with these values."""
    return Markup(environment().get_template(template).render(**values).strip())
