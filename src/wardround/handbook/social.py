"""The picture that a chat or a feed shows beside a link to the handbook: 1200 x 630, drawn when the pages are built.

Typst draws it, as it sets the book; so the picture has our fonts and colours, and no picture file is committed.
"""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from wardround.handbook import fonts
from wardround.palette import LIGHT

# One point is one pixel. Texts come in as inputs, so nothing in them can be read as Typst.
_CARD = """
#set page(width: 1200pt, height: 630pt, margin: (x: 96pt, y: 84pt), fill: rgb(sys.inputs.paper))
#set text(font: sys.inputs.sans, fill: rgb(sys.inputs.ink), lang: "en")
#place(top + left, dx: -96pt, dy: -84pt, rect(width: 18pt, height: 630pt, fill: rgb(sys.inputs.brand)))
#text(size: 34pt, weight: 600, fill: rgb(sys.inputs.brand), sys.inputs.title)
#v(1fr)
#set par(leading: 0.42em)
#text(font: sys.inputs.serif, size: 84pt, weight: 600, sys.inputs.headline)
#v(1fr)
#block(stroke: (left: 7pt + rgb(sys.inputs.accent)), inset: (left: 24pt, y: 8pt), width: 86%)[
  #set par(leading: 0.5em)
  #text(size: 32pt, fill: rgb(sys.inputs.muted), sys.inputs.subtitle)
]
"""


def draw(title: str, headline: str, subtitle: str, cache: Path, colours: Mapping[str, str] = LIGHT) -> Path:
    """Return a PNG under `cache`: `title` small, `headline` large, `subtitle`."""
    import typst

    texts = {"title": title, "headline": headline, "subtitle": subtitle}
    inputs = {**texts, "sans": fonts.SANS, "serif": fonts.SERIF, **colours}
    recipe = repr((_CARD, sorted(inputs.items()), version("typst")))
    file = cache / f"social-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}.png"
    if not file.exists():
        faces = typst.Fonts(include_system_fonts=False, font_paths=[fonts.pdf_fonts(cache)])
        data = typst.compile(_CARD.encode(), format="png", ppi=72, font_paths=faces, sys_inputs=inputs)
        part = file.with_suffix(".part")
        part.write_bytes(data)
        part.replace(file)
    return file
