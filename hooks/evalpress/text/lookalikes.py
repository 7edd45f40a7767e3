"""Signs that look like a Chinese character and are another: text -> the same in the usual signs.

PDFs and some input methods give radicals (⽂ ⺠ ⻓) and compatibility ideographs for characters; to
the eye they are the same, to a search and a rule not. One table for reading, checks and search;
full-width punctuation is right in Chinese and no part of it.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# Radical, character: Unicode's Equivalent_Unified_Ideograph where normalisation says nothing; the
# simplified form where the mainland writes one, the whole radical where a part is no character.
BEYOND_NFKC = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵"
    "⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎"
    "⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼾户⾭青"
)
# Kangxi radicals, CJK compatibility ideographs and their supplement; some of these are characters
# of their own, which normalisation leaves as they are.
_RANGES = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
# All of these and the radicals above, for a class of a regular expression; single signs would make
# it forty times slower.
RANGES = "\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"

TABLE: dict[str, str] = {
    sign: meant
    for first, last in _RANGES
    for sign in map(chr, range(first, last + 1))
    if len(meant := normalize("NFKC", sign)) == 1 and meant != sign
} | dict(zip(BEYOND_NFKC[::2], BEYOND_NFKC[1::2], strict=True))
_MAYBE = re.compile(f"[{RANGES}]")


def unified(text: str) -> str:
    """The text with every look-alike as the character that was meant; its length stays."""
    if not _MAYBE.search(text):
        return text
    return _MAYBE.sub(lambda match: TABLE.get(match[0], match[0]), text)


def lookalikes(text: str) -> dict[str, str]:
    """The look-alikes in a text, in their order, each with the sign to write."""
    return {sign: TABLE[sign] for sign in _MAYBE.findall(text) if sign in TABLE}
