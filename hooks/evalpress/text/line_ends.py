"""Line ends of a source text -> what a reader sees of them: nothing between Chinese signs, where a
blank would be a mistake, a blank elsewhere."""

from __future__ import annotations

import re

# Ideographs, kana, their punctuation and full-width forms, and the signs that Chinese shares.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·]"
_INLINE = r"(?:</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u)\b[^>]*>)*"
_END = r"[ \t]*\n[ \t]*"
_IN_TEXT = re.compile(rf"(?<={_WIDE}){_END}(?={_WIDE})")
_IN_HTML = re.compile(rf"(?<={_WIDE})({_INLINE}){_END}({_INLINE})(?={_WIDE})")
_AS_WRITTEN = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)


def one_line(text: str) -> str:
    """A text without line ends."""
    return _IN_TEXT.sub("", text).replace("\n", " ") if "\n" in text else text


def closed_up(html: str) -> str:
    """HTML without the line ends that a browser or a PDF would show as blanks between Chinese
    signs; what is shown as written (`<pre>`) keeps its own."""
    parts = _AS_WRITTEN.split(html)  # text, block, its name, text …
    parts[::3] = [_IN_HTML.sub(r"\1\2", part) for part in parts[::3]]
    return "".join(part for at, part in enumerate(parts) if at % 3 != 2)
