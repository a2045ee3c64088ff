"""Characters that none of the book's fonts has.

A tagged PDF may hold no empty boxes, and a reader could not read them. Such a character (an emoji, say) is printed as
its Unicode name in brackets. Which ones they are, the compiler itself says: it is asked once, and only about rare ones.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wardround.handbook.pdf.markup import string

if TYPE_CHECKING:
    import typst


def unprintable(texts: Iterable[str], known: frozenset[int], fonts: "typst.Fonts") -> dict[int, str]:
    """Return what to print instead of each character of `texts` that none of `fonts` has, for `str.translate`.

    `known`: code points that need no question.
    """
    import typst

    used = {ord(character) for text in texts for character in set(text)}
    rare = sorted(point for point in used - known if unicodedata.category(chr(point)) not in {"Cc", "Zs", "Zl", "Zp"})
    if not rare:
        return {}
    # One character a line: the line of an error says which one it is about.
    source = '#set document(title: "?")\n' + "".join(f"#{string(chr(point))};\n" for point in rare)
    try:
        typst.compile(source.encode(), font_paths=fonts, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        lines = {int(line) for line in re.findall(r"┌─ [^\n]*?:(\d+):\d+", error.diagnostic)}
        return {point: _in_words(point) for line, point in enumerate(rare, 2) if line in lines}
    return {}


def _in_words(point: int) -> str:
    if unicodedata.category(chr(point)) in {"Mn", "Me", "Cf"}:
        return ""  # a mark on the character before it
    return f"[{unicodedata.name(chr(point), f'U+{point:04X}').lower()}]"
