"""Mermaid diagrams, drawn when the book is built: no script in the page, no other host, the same picture in print.

The only module that touches the renderer. `mermaid-render` carries Pele in an embedded QuickJS; it is young, so its
version is exact in pyproject.toml and a test draws every diagram of the handbook.
"""

import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.mermaid import mermaid

from wardround import palette

logger = logging.getLogger(__name__)

# Pele resolves its colours to flat values. Each role is drawn in a stand-in colour that we then exchange: for a CSS
# variable on the page (so a diagram follows light and dark), for the palette's print colour in the book.
_ROLES = ("bg", "fg", "muted", "line", "surface", "surface-alt", "border", "accent")
_STAND_IN = {role: f"#0000F{number}" for number, role in enumerate(_ROLES)}
_PRINT = {  # role -> token of the palette
    "bg": "paper",
    "fg": "ink",
    "muted": "muted",
    "line": "muted",
    "surface": "ground",
    "surface-alt": "surface",
    "border": "brand",
    "accent": "accent",
}
_VERSION = "1"  # part of the cache's key: raise it when this module draws differently


class DiagramError(ValueError):
    """A diagram that cannot be drawn; the message says where in its source and why."""


def draw(source: str) -> str:
    """Return the SVG of a Mermaid `source`, in stand-in colours."""
    from mermaid_render import renderer

    renderer.THEMES["stand-in"] = _STAND_IN
    try:
        svg: str = renderer.render(source, "stand-in")["result"]["svg"]
    except ValueError as error:
        place = re.search(r"at (\d+):\d+: (.*)", str(error), re.DOTALL)
        line, reason = (place.group(1), place.group(2)) if place else ("?", str(error))
        raise DiagramError(f"line {line} of the diagram: {' '.join(reason.split())}") from error
    return svg


def for_page(svg: str, alt: str) -> str:
    """The diagram as HTML: named for whoever cannot see it, coloured by the page, in a box that scrolls by itself."""
    head, _, body = svg.partition(">")
    width = re.search(r' width="([\d.]+)"', head)
    view = re.search(r' viewBox="[^"]+"', head)
    for role, colour in _STAND_IN.items():
        body = body.replace(colour, f"var(--diagram-{role})")
    return (
        f'<div class="diagram" role="img" tabindex="0" aria-label="{html.escape(alt)}" '
        f'style="--width:{float(width.group(1)) if width else 600:.0f}px">'
        f'<svg xmlns="http://www.w3.org/2000/svg"{view.group(0) if view else ""} aria-hidden="true" '
        f'focusable="false" font-size="16" fill="var(--diagram-fg)">{body}</div>'
    )


def for_print(svg: str, colours: Mapping[str, str] = palette.LIGHT) -> str:
    """The diagram as a flat SVG file in print colours (readers of plain SVG know neither CSS variables nor `font:`)."""
    head, _, body = svg.partition(">")
    for role, colour in _STAND_IN.items():
        printed = colours[_PRINT[role]]
        head, body = head.replace(colour, printed), body.replace(colour, printed)
    head = re.sub(r' style="[^"]*"', ' font-family="Source Sans 3" font-size="16"', head)
    return f"{head}>{body}"


class DrawDiagrams(SphinxPostTransform):
    """Replace each Mermaid node by its drawing, before the writer meets it."""

    default_priority = 5  # before images are collected

    def run(self, **_kwargs: Any) -> None:
        """Draw, or say in a warning which diagram cannot be drawn and why."""
        for node in list(self.document.findall(mermaid)):
            alt = node.get("alt", "")
            if not alt:
                logger.warning("This diagram has no `:alt:`. Say in one sentence what it shows.", location=node)
            try:
                node.replace_self(self.drawing(self._drawn(node["code"]), alt))
            except DiagramError as error:
                logger.warning("Mermaid cannot draw this diagram. %s", error, location=node)
                node.replace_self(nodes.paragraph("", alt or "(diagram)"))

    def drawing(self, svg: str, alt: str) -> nodes.Node:
        """The node that stands for the drawing in this kind of output."""
        raise NotImplementedError

    def _cache(self) -> Path:
        folder = Path(self.env.doctreedir) / "diagrams"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _drawn(self, source: str) -> str:
        file = self._cache() / f"{_key(source)}.svg"
        if not file.exists():
            part = file.with_suffix(f".{id(self)}.part")  # two writers may draw the same diagram at the same time
            part.write_text(draw(source), encoding="utf-8")
            part.replace(file)
        return file.read_text(encoding="utf-8")


class DrawForPage(DrawDiagrams):
    """Inline, so that a diagram follows the page's colours."""

    formats = ("html",)

    def drawing(self, svg: str, alt: str) -> nodes.Node:
        """The SVG itself."""
        return nodes.raw("", for_page(svg, alt), format="html")


class DrawForPrint(DrawDiagrams):
    """A file of its own, in print colours."""

    formats = ("typst",)

    def drawing(self, svg: str, alt: str) -> nodes.Node:
        """An image of the file."""
        printed = for_print(svg, palette.for_print(self.config))
        file = self._cache() / f"{_key(printed)}.print.svg"
        if not file.exists():
            file.write_text(printed, encoding="utf-8")
        return nodes.image("", uri=str(file), alt=alt, candidates={"*": str(file)})


def _key(source: str) -> str:
    return hashlib.sha256(f"{_VERSION}\n{source}".encode()).hexdigest()[:20]


def _no_script(app: Sphinx, *_args: object) -> None:
    """Keep sphinxcontrib-mermaid from adding its scripts: every diagram is drawn by now."""
    for callback in list(app.events.listeners["html-page-context"]):
        if callback.handler.__module__.startswith("sphinxcontrib.mermaid"):
            app.disconnect(callback.id)


def setup(app: Sphinx) -> None:
    """Draw at build time whatever sphinxcontrib-mermaid has parsed."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.add_post_transform(DrawForPage)
    app.add_post_transform(DrawForPrint)
    app.connect("builder-inited", _no_script)
