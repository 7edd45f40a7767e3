"""4 write: the catalogue's words for scripts -> the small script that hands them on."""

from __future__ import annotations

import json

from evalpress.wording import catalogue

NAME = "words.js"
# Asked for a word of a part by its key; values take the places of its {} in their order.
_SCRIPT = """\
/* The words of the scripts, from the catalogue. */
window.epSay = (() => {
  const said = %s;
  return (part, key, ...values) => said[part][key].replace(/\\{\\}/g, () => values.shift());
})();
"""


def script_words() -> str:
    """The script; every other one of the site comes after it."""
    words = catalogue("wording")["scripts"]
    return _SCRIPT % json.dumps(words, ensure_ascii=False, separators=(",", ":"))
