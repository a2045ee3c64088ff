"""Images and figures. Every file is copied beside the Typst source, named by what it holds."""

import hashlib
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from wardround.handbook.pdf.markup import boolean, string
from wardround.handbook.pdf.writer import Writer, through

logger = logging.getLogger(__name__)

FORMATS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
# One pixel of a picture in points. Our diagrams are drawn in 16 px letters: 0.56 sets them in 9 pt.
_SVG_SCALE, _RASTER_SCALE = 0.56, 0.5
_UNITS = {"": "pt", "px": "pt", "pt": "pt", "em": "em", "rem": "em", "mm": "mm", "cm": "cm", "in": "in", "%": "%"}


class Pictures(Writer):
    """Visitors for images and figures."""

    def visit_image(self, node: nodes.Element) -> None:
        alt = node.get("alt", "")
        inline = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        copy = self._copied(node)
        if copy is None:
            self.out(self.escape(alt or Path(node["uri"]).name))
        else:
            scale = _SVG_SCALE if copy.endswith(".svg") else _RASTER_SCALE
            self.pictures.setdefault(copy, (self.chapter.docname, node.line or node.parent.line))
            made = f"image({string(copy)}, alt: {self.literal(alt) if alt else 'none'})"
            options = f"decoration: {boolean(not alt)}, scale: {scale}, inline: {boolean(inline)}"
            if width := _width(node):
                options += f", width: {width}"
            self.out(f"{self.anchor(node)}#picture({made}, {options});")
        if not isinstance(node.parent, nodes.TextElement):
            self.out("\n\n")
        raise nodes.SkipNode

    def _copied(self, node: nodes.Element) -> str | None:
        """The path of the picture in the output folder, or None after a warning that says why there is none."""
        candidates: dict[str, str] = node.get("candidates", {})
        source = Path(self.builder.srcdir, _best([node["uri"], *candidates.values()]))
        remedy = "The PDF prints its alternative text. Put a file of the formats svg, png or jpg beside the page."
        if "://" in node["uri"]:
            logger.warning("The picture %s is on another host. %s", node["uri"], remedy, location=node)
            return None
        if source.suffix.lower() not in FORMATS or not source.is_file():
            logger.warning("The picture %s cannot be printed. %s", source, remedy, location=node)
            return None
        data = source.read_bytes()
        copy = Path("images", f"{hashlib.sha256(data).hexdigest()[:16]}{source.suffix.lower()}")
        target = Path(self.builder.outdir, copy)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        return f"/{copy.as_posix()}"

    def visit_figure(self, node: nodes.Element) -> None:
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        words = self.render(caption.children) if caption is not None else ""
        body = self.render(child for child in node.children if child is not caption)
        number = self.number_of(node, "figure") if words else ""
        self.out(f"#pictured([{number}], [{words}])[{self.anchor(node)}{body}]\n\n")
        raise nodes.SkipNode

    def visit_caption(self, node: nodes.Element) -> None:
        self.out(f"#rubric[{self.anchor(node)}{self.render(node.children)}]\n\n")
        raise nodes.SkipNode

    visit_legend = through


def _best(paths: list[str]) -> str:
    """The sharpest of an image's files: a drawing before a raster."""
    known = [path for path in paths if Path(path).suffix.lower() in FORMATS]
    return min(known, key=lambda path: FORMATS.index(Path(path).suffix.lower())) if known else paths[0]


def _width(node: nodes.Element) -> str:
    """An image's `width` in Typst's units; empty if it has none that print can use."""
    given = re.fullmatch(r"([\d.]+)\s*([a-z%]*)", str(node.get("width", "")))
    if given is None or given.group(2) not in _UNITS:
        return ""
    unit = given.group(2)
    size = float(given.group(1)) * (0.6 if unit in ("", "px") else 1)
    return f"{size:g}{_UNITS[unit]}"
