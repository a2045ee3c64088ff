"""What stands in a line: words, emphasis, links, notes."""

import re
from html.parser import HTMLParser

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from wardround.handbook.pdf.book import address
from wardround.handbook.pdf.markup import boolean, string
from wardround.handbook.pdf.writer import Writer, close, skip, through

logger = logging.getLogger(__name__)

# Links that carry no page number, beside those to the glossary and the bibliography, which have an order of their own.
_NO_PAGE_NUMBER = {"claim-source", "no-page"}


class Inlines(Writer):
    """Visitors for text and inline nodes."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self._closing: list[str] = []
        self._explained: set[str] = set()
        self._noted: set[str] = set()

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils calls it so
        self.out(self.escape(node.astext()))

    def _open(self, function: str) -> None:
        self.out(f"#{function}[")

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._open("emph")
        self.out(self.anchor(node))

    visit_literal_emphasis = visit_title_reference = visit_variable = visit_emphasis
    depart_emphasis = depart_literal_emphasis = depart_title_reference = depart_variable = close

    def visit_strong(self, node: nodes.Element) -> None:
        self._open("strong")
        self.out(self.anchor(node))

    visit_literal_strong = visit_strong
    depart_strong = depart_literal_strong = close

    def visit_subscript(self, _node: nodes.Element) -> None:
        self._open("sub")

    def visit_superscript(self, _node: nodes.Element) -> None:
        self._open("super")

    depart_subscript = depart_superscript = close

    def visit_inline(self, node: nodes.Element) -> None:
        self.out(self.anchor(node))

    visit_generated = visit_problematic = visit_manpage = visit_inline

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Print what an abbreviation stands for where a chapter uses it first: paper has no tooltips."""
        self.out(self.render(node.children))
        explanation = "" if isinstance(node.parent, addnodes.desc_sig_operator) else node.get("explanation", "")
        if explanation and node.astext() not in self._explained:
            self._explained.add(node.astext())
            self.out(self.escape(f" ({explanation})"))
        raise nodes.SkipNode

    visit_acronym = visit_abbreviation

    def visit_literal(self, node: nodes.Element) -> None:
        function = "key" if "kbd" in node.get("classes", []) else "code"
        self.out(f"{self.anchor(node)}#{function}({self.literal(node.astext())});")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.Element) -> None:
        """Formulas are printed as they are typed: the handbook writes its few in plain text."""
        self.out(f"#emph[{self.escape(node.astext())}];")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.Element) -> None:
        self.out(f"#indented[{self.anchor(node)}#emph[{self.escape(node.astext())}]]\n\n")
        raise nodes.SkipNode

    # links

    def target_of(self, node: nodes.Element) -> str:
        """The Typst target of a reference: `<label>` in the book, a string outside it, empty where there is none."""
        uri = node.get("refuri", "")
        place = address(self.chapter.docname, node)
        if place is None:
            return string(uri) if re.match(r"(https?|mailto|ftp|tel):", uri) else ""
        if label := self.anchors.label(place):
            return f"<{label}>"
        base = self.config.html_baseurl  # a page that the book leaves out
        anchor = f"#{place[1]}" if place[1] else ""
        return string(f"{base.rstrip('/')}/{place[0]}.html{anchor}") if base else ""

    def visit_reference(self, node: nodes.Element) -> None:
        classes: set[str] = set(node.get("classes", []))
        if "sd-stretched-link" in classes:  # the card itself is the link: see design.py
            raise nodes.SkipNode
        target = self.target_of(node)
        self.out(self.anchor(node))
        if not target:
            self._closing.append("")
        elif "sd-btn" in classes:
            self.out(f"#button({target})[")
            self._closing.append("];")
        elif target.startswith("<"):
            quiet = target[1:-1] in self.anchors.without_number or classes & _NO_PAGE_NUMBER or self._in_heading(node)
            self.out(f"#see({target}, page-number: {boolean(not quiet)})[")
            self._closing.append("];")
        else:
            self.out(f"#link({target})[")
            self._closing.append("];")

    def depart_reference(self, _node: nodes.Element) -> None:
        self.out(self._closing.pop())

    visit_number_reference, depart_number_reference = visit_reference, depart_reference

    def _in_heading(self, node: nodes.Node | None) -> bool:
        while node is not None:
            if isinstance(node, nodes.title | nodes.caption):
                return True
            node = node.parent
        return False

    def visit_target(self, node: nodes.Element) -> None:
        self.out(self.anchor(node))

    def visit_download_reference(self, _node: nodes.Element) -> None:
        """A file beside the pages: the book names it."""

    def visit_pending_xref(self, _node: nodes.Element) -> None:
        """Not resolved, and Sphinx has said so: plain text."""

    # notes

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        name = node.get("refid", "")
        note = self.document.ids.get(name) if name else None
        if isinstance(note, nodes.footnote):
            label = f"note-{self.anchors.label((self.chapter.docname, ''))}-{re.sub(r'[^A-Za-z0-9]+', '-', name)}"
            if label in self._noted:
                self.out(f"#footnote(<{label}>);")
            else:
                self._noted.add(label)
                body = self.render(child for child in note.children if not isinstance(child, nodes.label))
                self.out(f"#[#footnote[{body}]<{label}>]")
        raise nodes.SkipNode

    def visit_citation_reference(self, node: nodes.Element) -> None:
        self.out(f"[{self.escape(node.astext())}]")
        raise nodes.SkipNode

    # HTML in a page

    def visit_raw(self, node: nodes.Element) -> None:
        """HTML that says nothing in print is left out; HTML that says something is a warning."""
        formats = node.get("format", "").split()
        if "typst" in formats:
            self.out(node.astext())
        elif "html" in formats:
            html = _Html(node.astext())
            if html.checkbox is not None:
                self.out(f"#checkbox({boolean(html.checkbox)});")
            elif html.line_break:
                self.out("#linebreak();")
            elif html.content:
                logger.warning(
                    "This raw HTML has content (%s) that the PDF cannot show. Write it in Markdown, or put it into "
                    "`{only} html` and say the same for print.",
                    html.content, location=node, type="handbookpdf", subtype="raw_html",
                )  # fmt: skip
        raise nodes.SkipNode

    visit_comment = visit_index = visit_substitution_definition = visit_meta = skip
    visit_footnote = visit_system_message = visit_tabular_col_spec = visit_toctree = skip
    visit_highlightlang = visit_docinfo = visit_pending = visit_decoration = visit_sd_icon = skip
    visit_sd_line_break = through

    def visit_sd_badge(self, node: nodes.Element) -> None:
        outline = any("outline" in name for name in node["classes"])
        self.out(f"#badge(outline: {boolean(outline)})[")

    depart_sd_badge = close

    visit_fontawesome = skip


class _Html(HTMLParser):
    """What a piece of HTML would show: `checkbox` (ticked or not), a line break, or content that print would miss."""

    _SHOWN = frozenset({"audio", "canvas", "embed", "iframe", "img", "input", "object", "svg", "table", "video"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.checkbox: bool | None = None
        self.line_break = False
        self.content = ""
        self._silent = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "checkbox":
            self.checkbox = "checked" in given
        elif tag == "br":
            self.line_break = True
        elif tag in ("script", "style"):
            self._silent += 1
        elif tag in self._SHOWN and given.get("aria-hidden") != "true":
            self.content = self.content or f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent:
            self.content = self.content or " ".join(data.split())[:60]
