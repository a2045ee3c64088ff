"""What stands on its own: sections, paragraphs, lists, boxes, code, descriptions of commands and functions."""

from collections.abc import Iterable

from docutils import nodes
from sphinx.locale import admonitionlabels

from wardround.handbook.pdf.markup import boolean, string
from wardround.handbook.pdf.writer import Writer, through

# The look of a box, by the directive's name or by a word in its classes; anything else is a note.
_KINDS = {
    "tip": "tip", "hint": "tip", "check": "tip", "good": "tip",
    "caution": "caution", "attention": "caution", "warning": "caution", "important": "caution",
    "danger": "warning", "error": "warning", "wrong": "warning",
}  # fmt: skip

_LANGUAGES = {  # Pygments' names for what Typst calls otherwise
    "bash": "bash", "console": "bash", "shell": "bash", "shell-session": "bash", "sh": "bash",
    "pycon": "python", "python3": "python", "ipython3": "python", "default": "python", "py": "python",
    "jsonc": "json", "json5": "json", "yml": "yaml", "md": "markdown", "myst": "markdown",
}  # fmt: skip
_PLAIN = {"text", "none", "output", ""}

_ONE_LINE = 85  # characters: items of more than one line need air between them
_SHORT = 1_000  # characters: an admonition of less stays on one page
# How many characters of code fit on a line at each size in points; longer lines wrap.
_CODE_SIZES = ((8.1, 76), (7.2, 86))


class Blocks(Writer):
    """Visitors for blocks of text."""

    _depth = 0
    _opened = False

    visit_document = visit_compound = visit_start_of_file = visit_compact_paragraph = through

    # sections

    def visit_section(self, _node: nodes.Element) -> None:
        self._depth += 1
        self.out("\n\n")

    def depart_section(self, _node: nodes.Element) -> None:
        self._depth -= 1

    def visit_title(self, node: nodes.Element) -> None:
        if not isinstance(node.parent, nodes.section):
            self.out(f"#rubric[{self.render(node.children)}]\n\n")
            raise nodes.SkipNode
        section, chapter = node.parent, self.chapter
        numbers = self.builder.env.toc_secnumbers.get(chapter.docname, {})
        if self._depth == 1 and not self._opened:
            self._opened = True
            number = ".".join(map(str, numbers.get("") or ()))
            label = self.label(section)
            self.out(
                f"#chapter({chapter.level}, number: {string(number)}, part: {self.literal(chapter.part)}, "
                f"name: {self.literal(node.astext())}, at: {f'<{label}>' if label else 'none'})"
                f"[{self.render(node.children)}]\n\n"
            )
        else:
            number = ".".join(str(n) for name in section["ids"] for n in numbers.get(f"#{name}") or ())
            depth = max(self._depth - 1, 1)
            label = self.label(section)
            self.out(
                f"#section({chapter.level + depth}, {depth}, number: {string(number)}, "
                f"at: {f'<{label}>' if label else 'none'})[{self.render(node.children)}]\n\n"
            )
        raise nodes.SkipNode

    def visit_subtitle(self, node: nodes.Element) -> None:
        self.out(f"#rubric[{self.anchor(node)}{self.render(node.children)}]\n\n")
        raise nodes.SkipNode

    visit_rubric = visit_subtitle

    # paragraphs

    def visit_paragraph(self, node: nodes.Element) -> None:
        if "lead" in node.get("classes", []):
            self.out(f"#lead[{self.anchor(node)}{self.render(node.children)}]\n\n")
            raise nodes.SkipNode
        self.out(self.anchor(node))

    def depart_paragraph(self, _node: nodes.Element) -> None:
        self.out("\n\n")

    def visit_centered(self, node: nodes.Element) -> None:
        self._wrap("centered", node)

    def visit_transition(self, node: nodes.Element) -> None:
        if "footnotes" not in node.get("classes", []):
            self.out("#rule\n\n")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        by = [child for child in node.children if isinstance(child, nodes.attribution)]
        said = [child for child in node.children if child not in by]
        credit = f", by: [{self.render(by[0].children)}]" if by else ""
        self.out(f"#quotation([{self.anchor(node)}{self.render(said)}]{credit})\n\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.line_block):
            self._wrap("indented", node)
        self._wrap("spaced", node)

    def visit_line(self, node: nodes.Element) -> None:
        self.out(f"{self.render(node.children)}#linebreak();")
        raise nodes.SkipNode

    # lists

    def visit_bullet_list(self, node: nodes.Element) -> None:
        tasks = "contains-task-list" in node.get("classes", [])
        self._list("list", node, "marker: none, indent: 0pt, " if tasks else "")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        style = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}.get(
            node.get("enumtype", ""), "1"
        )
        own = "" if style == "1" else f"numbering: {string(style + '.')}, "
        self._list("enum", node, f"start: {node.get('start', 1)}, {own}")

    def _list(self, function: str, node: nodes.Element, options: str) -> None:
        items = "".join(
            f"[{self.anchor(item)}{self.render(item.children)}],\n"
            for item in node.children
            if isinstance(item, nodes.list_item)
        )
        if items:
            tasks = "marker: none" in options
            tight = _is_tight(node) and not tasks  # only a loose item is a paragraph, which can hang
            air = "spacing: 0.95em, " if tight and any(len(item.astext()) > _ONE_LINE for item in node.children) else ""
            made = f"#{function}({options}{air}tight: {boolean(tight)},\n{items})"
            self.out(f"#tasks[{made}]\n\n" if tasks else f"{made}\n\n")
        raise nodes.SkipNode

    visit_list_item = visit_hlist = visit_hlistcol = through

    def visit_glossary(self, node: nodes.Element) -> None:
        self._wrap("glossary", node)

    def visit_definition_list(self, node: nodes.Element) -> None:
        self._terms(
            (
                ", ".join(self.anchor(t) + self.render(t.children) for t in item.children if isinstance(t, nodes.term)),
                self.render(child for child in item.children if isinstance(child, nodes.definition)),
            )
            for item in node.children
            if isinstance(item, nodes.Element)
        )

    visit_definition = through

    def visit_classifier(self, node: nodes.Element) -> None:
        self.out(f" #emph[{self.render(node.children)}];")
        raise nodes.SkipNode

    def visit_field_list(self, node: nodes.Element) -> None:
        self._terms((self.render(f.children[0].children), self.render(f.children[1].children)) for f in _elements(node))

    def visit_option_list(self, node: nodes.Element) -> None:
        self._terms(
            (f"#code({self.literal(item.children[0].astext())})", self.render(item.children[1:]))
            for item in _elements(node)
        )

    visit_description = through

    def _terms(self, pairs: Iterable[tuple[str, str]]) -> None:
        pairs = list(pairs)
        lists = any(definition.lstrip().startswith(("#list", "#enum")) for _, definition in pairs)
        if lists:  # a list begins a block of its own; its term must not stay behind at the foot of a page
            pairs = [(f"#block(sticky: true)[{term}]", definition) for term, definition in pairs]
        items = "".join(f"terms.item[{term}][{definition}],\n" for term, definition in pairs)
        self.out(f"#terms(tight: false, {'separator: [], ' if lists else ''}\n{items})\n\n")
        raise nodes.SkipNode

    # boxes

    def visit_admonition(self, node: nodes.Element) -> None:
        children = list(node.children)
        title = ""
        if children and isinstance(children[0], nodes.title):
            title = self.render(children.pop(0).children)
        elif (name := node.__class__.__name__) in admonitionlabels:
            title = self.escape(str(admonitionlabels[name]))
        words = [node.__class__.__name__, *(word for css in node["classes"] for word in css.split("-"))]
        kind = next((_KINDS[word] for word in words if word in _KINDS), "note")
        whole = f"whole: {boolean(len(node.astext()) < _SHORT)}"
        self.out(f"#admonition({string(kind)}, {whole})[{title}][{self.anchor(node)}{self.render(children)}]\n\n")
        raise nodes.SkipNode

    visit_attention = visit_caution = visit_danger = visit_error = visit_hint = visit_admonition
    visit_important = visit_note = visit_seealso = visit_tip = visit_warning = visit_admonition

    def visit_topic(self, node: nodes.Element) -> None:
        if "contents" in node.get("classes", []):  # a page's own list of contents: the book has one
            raise nodes.SkipNode
        title = [child for child in node.children if isinstance(child, nodes.title)]
        body = [child for child in node.children if child not in title]
        heading = self.render(title[0].children) if title else ""
        self.out(f"#aside[{heading}][{self.anchor(node)}{self.render(body)}]\n\n")
        raise nodes.SkipNode

    visit_sidebar = visit_topic

    def visit_versionmodified(self, node: nodes.Element) -> None:
        self._wrap("spaced", node)

    # code

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "text")
        if node.rawsource != node.astext() and "language" not in node:  # parsed-literal: no language
            language = ""
        known = "" if language in _PLAIN else f", lang: {string(_LANGUAGES.get(language, language))}"
        longest = max(map(len, node.astext().split("\n")))
        size = next((size for size, room in _CODE_SIZES if longest <= room), _CODE_SIZES[-1][0])
        self.out(f"{self.anchor(node)}#listing({self.literal(node.astext())}, size: {size}pt{known})\n\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def captioned_code(self, node: nodes.Element) -> None:
        """A code block and its caption."""
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        body = self.render(child for child in node.children if child is not caption)
        words = self.render(caption.children) if caption is not None else ""
        self.out(f"#coded([{self.number_of(node, 'code-block')}], [{words}])[{self.anchor(node)}{body}]\n\n")
        raise nodes.SkipNode

    # bibliography

    def visit_citation(self, node: nodes.Element) -> None:
        label = next((child for child in node.children if isinstance(child, nodes.label)), None)
        body = self.render(child for child in node.children if child is not label)
        key = self.render(label.children) if label is not None else ""
        self.out(f"#bibliography-entry[{key}][{self.anchor(node)}{body}]\n\n")
        raise nodes.SkipNode

    # commands and functions, as sphinx-click and autodoc describe them

    def visit_desc(self, node: nodes.Element) -> None:
        self.out(self.anchor(node))

    def visit_desc_signature(self, node: nodes.Element) -> None:
        self._wrap("signature", node)

    def visit_desc_content(self, node: nodes.Element) -> None:
        if node.children:
            self._wrap("described", node)
        raise nodes.SkipNode

    def visit_desc_signature_line(self, node: nodes.Element) -> None:
        self.out(f"{self.render(node.children)}#linebreak();")
        raise nodes.SkipNode

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        self._parameters(node, "(", ")")

    def visit_desc_type_parameter_list(self, node: nodes.Element) -> None:
        self._parameters(node, "[", "]")

    def visit_desc_optional(self, node: nodes.Element) -> None:
        self._parameters(node, "[", "]")

    def _parameters(self, node: nodes.Element, before: str, after: str) -> None:
        inside = self.escape(", ").join(self.render([child]) for child in node.children)
        self.out(self.escape(before) + inside + self.escape(after))
        raise nodes.SkipNode

    def visit_desc_name(self, node: nodes.Element) -> None:
        self.out(f"#strong[{self.render(node.children)}];")
        raise nodes.SkipNode

    def visit_desc_returns(self, node: nodes.Element) -> None:
        self.out(f"{self.escape(' → ')}{self.render(node.children)}")
        raise nodes.SkipNode

    visit_desc_inline = visit_desc_addname = visit_desc_annotation = visit_desc_type = through
    visit_desc_parameter = visit_desc_type_parameter = visit_desc_sig_element = through

    def _wrap(self, function: str, node: nodes.Element) -> None:
        self.out(f"#{function}[{self.anchor(node)}{self.render(node.children)}]\n\n")
        raise nodes.SkipNode


def _is_tight(node: nodes.Element) -> bool:
    """Does every item hold one paragraph, and perhaps a list below it? Then the items stand close together."""
    lists = nodes.bullet_list | nodes.enumerated_list
    return all(
        sum(isinstance(child, nodes.paragraph) for child in item.children) <= 1
        and all(isinstance(child, nodes.paragraph | lists) for child in item.children)
        for item in _elements(node)
    )


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]
