"""The fonts of PDFs. In: the folders that the set-up and a setting name. Out: what printing has to
know of them, and which signs they have, so that checks refuse what could not be printed.

private.py   the fonts that the program brings: where they lie, their names, their identity
glyphs.py    fonts -> the signs that they have, and those of a text that they lack

One more font: its file in the list of its Debian package in setup/fontset.py.
"""

from evalpress.typefaces.glyphs import Typefaces
from evalpress.typefaces.private import FontsMissing

__all__ = ["FontsMissing", "Typefaces"]
