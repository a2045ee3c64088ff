"""What every part of the translator, and every extension's own node, writes with.

A custom node comes with `app.add_node(mine, typst=(visit, depart))`; its functions get the translator and use

- `self.out(markup)`: add Typst source;
- `self.escape(text)`: text of a page as Typst source, never code;
- `self.render(children) -> str`: nodes as Typst source, to put into a call such as `#block[…]`;
- `self.anchor(node) -> str`: the place that links to this node lead to; put it inside what you write.

End a block with a blank line. `raise nodes.SkipNode` when the children are written already.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from wardround.handbook.pdf.book import Anchors, Chapter
from wardround.handbook.pdf.markup import string, text

logger = logging.getLogger(__name__)

# Nodes whose source line is noted in the .typ file, so that a Typst error leads back to the page.
_NOTED = (nodes.paragraph, nodes.table, nodes.image, nodes.literal_block, nodes.section, nodes.rubric)


class Writer(SphinxTranslator):
    """The output of one chapter, and the addresses of the whole book."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.chapter = Chapter(builder.config.root_doc, 1)
        self.anchors = Anchors()
        self.unprintable: dict[int, str] = {}  # characters that no font has -> their names
        self.pictures: dict[str, tuple[str, int | None]] = {}  # a copied file -> the page and line that show it first
        self.counts: Counter[str] = Counter()  # figures, tables and listings so far
        self._output: list[list[str]] = [[]]
        self._anchored: set[str] = set()

    def begin(self, chapter: Chapter, anchors: Anchors, unprintable: dict[int, str], counts: Counter[str]) -> None:
        """Say which chapter follows; call before walking its tree."""
        self.chapter, self.anchors, self.unprintable, self.counts = chapter, anchors, unprintable, counts

    def out(self, markup: str) -> None:
        """Add Typst source."""
        self._output[-1].append(markup)

    def escape(self, value: str) -> str:
        """A page's text as Typst source that shows exactly this text."""
        return text(value.translate(self.unprintable))

    def literal(self, value: str) -> str:
        """A page's text as a Typst string literal: for arguments, code and the like."""
        return string(value.translate(self.unprintable))

    def render(self, children: Iterable[nodes.Node]) -> str:
        """The Typst source of some nodes, with no space around it."""
        self._output.append([])
        for child in children:
            child.walkabout(self)
        return "".join(self._output.pop()).strip()

    def anchor(self, node: nodes.Element) -> str:
        """Mark the place that links to `node` lead to. Nothing where no link leads here."""
        return f"#[#metadata(none)<{label}>]" if (label := self.label(node)) else ""

    def label(self, node: nodes.Element) -> str:
        """The label to set at `node`, once; empty if no link leads here."""
        ids: list[str] = node.get("ids", [])
        label = self.anchors.label((self.chapter.docname, ids[0])) if ids else None
        if label is None or label in self._anchored or label not in self.anchors.wanted:
            return ""
        self._anchored.add(label)
        return label

    def finished(self) -> str:
        """The whole chapter. A target that no visitor has marked is marked at the chapter's end: no link breaks."""
        left = self.anchors.wanted_on(self.chapter.docname) - self._anchored
        return "".join(self._output[0]) + "".join(f"#[#metadata(none)<{label}>]\n" for label in sorted(left))

    def number_of(self, node: nodes.Element, kind: str) -> str:
        """`Figure 3`: as Sphinx numbers it where `numfig` is set, else counted through the book."""
        if self.config.numfig:
            numbers = self.builder.env.toc_fignumbers.get(self.chapter.docname, {}).get(kind, {})
            ids: list[str] = node.get("ids", [])
            number = next((".".join(map(str, numbers[name])) for name in ids if name in numbers), "")
        else:
            self.counts[kind] += 1
            number = str(self.counts[kind])
        return self.escape(self.config.numfig_format[kind] % number) if number else ""

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Visit a node, after a note of its place for error messages."""
        if isinstance(node, _NOTED) and node.line:
            self.out(f"/*@{node.line}*/")
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Say that a node has no form in print; its children are written all the same."""
        name = node.__class__.__name__
        logger.warning(
            "The PDF knows no form for a `%s` node; its content is printed plainly. "
            "Give it one: app.add_node(%s, typst=(visit, depart)).",
            name, name, location=node, type="handbookpdf", subtype="unknown_node",
        )  # fmt: skip

    def unknown_departure(self, node: nodes.Node) -> None:
        """Nothing: most visitors have written everything by now."""


def _skip(_translator: Writer, _node: nodes.Node) -> None:
    raise nodes.SkipNode


def _through(_translator: Writer, _node: nodes.Node) -> None:
    """Nothing: the children follow by themselves."""


def _close(translator: Writer, _node: nodes.Node) -> None:
    translator.out("];")


# Visitors that serve many kinds of node, hence `Any`: leave the node out; write its children only; end a `#call[`.
skip: Any = _skip
through: Any = _through
close: Any = _close
