"""sphinx-design in print: cards and grids stay, tabs and dropdowns stand open."""

import re

from docutils import nodes

from wardround.handbook.pdf.blocks import Blocks
from wardround.handbook.pdf.inlines import Inlines
from wardround.handbook.pdf.markup import array
from wardround.handbook.pdf.writer import through

_MOST_COLUMNS = 3
_WORDY = 260  # characters: cards of more text stand two to a row


class Design(Inlines, Blocks):
    """Visitors for containers, which is what sphinx-design's components are outside HTML."""

    def visit_container(self, node: nodes.Element) -> None:
        component = node.get("design_component", "")
        if "literal-block-wrapper" in node.get("classes", []):
            self.captioned_code(node)
        form = {
            "grid-row": self._grid, "card": self._card, "tab-set": self._tabs, "dropdown": self._dropdown,
            "aside": self._aside,
        }.get(component)  # fmt: skip
        if form is None:
            self.out(f"{self.anchor(node)}\n")
            return
        form(node)
        raise nodes.SkipNode

    def depart_container(self, _node: nodes.Element) -> None:
        self.out("\n\n")

    visit_PassthroughTextElement = through  # noqa: N815 - sphinx-design's name for a title's or a link's wrapper

    # cards

    def _grid(self, row: nodes.Element) -> None:
        items = [child for child in row.children if isinstance(child, nodes.Element)]
        cells = []
        for item in items:
            card = item.children[0] if len(item.children) == 1 else None
            if isinstance(card, nodes.Element) and card.get("design_component") == "card":
                cells.append(f"card-cell{self._card_parts(card)},\n")
            else:
                cells.append(f"plain-cell[{self.anchor(item)}{self.render(item.children)}],\n")
        columns = self._columns(row, items)
        self.out(f"{self.anchor(row)}#cards({array(['1fr'] * columns)},\n{''.join(cells)})\n\n")

    def _columns(self, row: nodes.Element, items: list[nodes.Element]) -> int:
        """As many cards in a row as the page asks for on a wide screen, as long as they can be read."""
        asked = re.search(r"sd-row-cols-lg-(\d+)", " ".join(row["classes"]))
        item = re.search(r"sd-col-lg-(\d+)", " ".join(items[0]["classes"])) if items else None
        count = int(asked.group(1)) if asked else 12 // int(item.group(1)) if item and item.group(1) != "0" else 2
        wordy = any(len(child.astext()) > _WORDY for child in items)
        return max(1, min(count, len(items), 2 if wordy else _MOST_COLUMNS))

    def _card(self, card: nodes.Element) -> None:
        self.out(f"#card{self._card_parts(card)}\n\n")

    def _card_parts(self, card: nodes.Element) -> str:
        """A card as the arguments of a Typst call: `(title: […], target: <…>)[body]`."""
        named: dict[str, str] = {}
        body = self.anchor(card)
        for child in card.children:
            kind = child.get("design_component", "") if isinstance(child, nodes.Element) else ""
            if kind == "card-overlay":
                return self._card_parts(child)  # type: ignore[arg-type]
            if kind == "card-body":
                titles = [
                    t
                    for t in child.children
                    if isinstance(t, nodes.Element) and t.get("design_component") == "card-title"
                ]
                if titles:
                    named["title"] = f"[{self.render(titles[0].children)}]"
                body += self.render(inner for inner in child.children if inner not in titles)
            elif kind in ("card-header", "card-footer"):
                named[kind.removeprefix("card-")] = f"[{self.render(child.children)}]"
            elif (link := _stretched_link(child)) is not None:
                named["target"] = self.target_of(link) or "none"
            else:
                body += self.render([child])
        return f"({', '.join(f'{name}: {value}' for name, value in named.items())})[{body}]"

    # what opens on a page stands open in print

    def _tabs(self, node: nodes.Element) -> None:
        for item in node.children:
            if not isinstance(item, nodes.Element) or item.get("design_component") != "tab-item":
                self.out(self.render([item]))
                continue
            label, *content = item.children
            anchor = self.anchor(item) + (self.anchor(label) if isinstance(label, nodes.Element) else "")
            self.out(f"#opened([{self.render(label.children)}])[{anchor}{self.render(content)}]\n\n")

    def _dropdown(self, node: nodes.Element) -> None:
        children = list(node.children)
        title, anchor = "", self.anchor(node)
        if node.get("has_title") and isinstance(children[0], nodes.Element):
            heading = children.pop(0)
            anchor += self.anchor(heading)  # type: ignore[arg-type]
            title = self.render(heading.children)
        self.out(f"#opened([{title}])[{anchor}{self.render(children)}]\n\n")

    def _aside(self, node: nodes.Element) -> None:
        self.out(f"#aside[][{self.anchor(node)}{self.render(node.children)}]\n\n")


def _stretched_link(node: nodes.Node) -> nodes.Element | None:
    """The reference that makes a whole card a link."""
    if isinstance(node, nodes.Element):
        for link in node.findall(nodes.reference):
            if "sd-stretched-link" in link.get("classes", []):
                return link
    return None
