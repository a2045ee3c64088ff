"""The order of the book and its addresses: which page follows which, under which part, and how links find them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

SCHEME = "handbook:"  # how the builder writes the address of a page while references are resolved

Address = tuple[str, str]  # a page's docname and an id on it


@dataclass(frozen=True)
class Chapter:
    """One document. `level` is the level of its title in the bookmarks, `part` the caption it stands under."""

    docname: str
    level: int
    part: str = ""


@dataclass(frozen=True)
class Part:
    """A caption of the root page's toctree and the chapters below it; the chapters of an empty title stand alone."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Booklet:
    """A part of the handbook as a PDF of its own: `parts` are captions, each with the pages below it, in order."""

    name: str  # of the file, without its ending
    title: str
    subtitle: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def order_of(env: BuildEnvironment, booklet: Booklet) -> tuple[Part, ...]:
    """The parts of a booklet, without pages that are not there or stand there already."""
    seen: set[str] = set()
    made = []
    for title, pages in booklet.parts:
        mine = [page for page in dict.fromkeys(pages) if page in env.all_docs and page not in seen]
        seen.update(mine)
        if mine:
            made.append(Part(title, tuple(Chapter(page, 2, title) for page in mine)))
    return tuple(made)


def reading_order(env: BuildEnvironment) -> tuple[Part, ...]:
    """The root page, then the root's toctrees from top to bottom; what a page lists follows that page."""
    root = env.config.root_doc
    seen = {root}
    parts = [Part("", (Chapter(root, 1),))]
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        title = toctree.get("caption") or ""
        level = 2 if title else 1
        chapters = tuple(
            Chapter(docname, level + depth, title)
            for entry in toctree["includefiles"]
            for docname, depth in _below(env, entry, seen)
        )
        if chapters:
            parts.append(Part(title, chapters))
    return tuple(parts)


def _below(env: BuildEnvironment, docname: str, seen: set[str], depth: int = 0) -> Iterator[tuple[str, int]]:
    if docname in seen or docname not in env.all_docs:
        return
    seen.add(docname)
    yield docname, depth
    for entry in env.toctree_includes.get(docname, ()):
        yield from _below(env, entry, seen, depth + 1)


class Anchors:
    """What can be linked to. Each target has one Typst label, whatever number of ids Sphinx has given it."""

    def __init__(self) -> None:
        self._labels: dict[Address, str] = {}  # the id "" is the page itself
        self._linked: set[Address] = set()
        self.wanted: set[str] = set()  # labels that some link uses: only these are written
        self.without_number: set[str] = set()  # labels found by their own order, not by a page number

    def add_page(self, docname: str, tree: nodes.document) -> None:
        """Name every target of a page, and note every target that the page links to."""
        base = re.sub(r"[^A-Za-z0-9]+", "-", docname)
        opening = self._labels[docname, ""] = f"{base}-{len(self._labels)}"  # unique: the number counts over all pages
        title = next(iter(tree.findall(nodes.section)), None)
        for node in tree.findall(nodes.Element):
            ids: list[str] = node.get("ids", [])
            if ids:
                label = opening if node is title else f"{base}-{len(self._labels)}"
                for name in ids:
                    self._labels.setdefault((docname, name), label)
                if isinstance(node, nodes.citation | nodes.footnote | nodes.term):
                    self.without_number.add(label)
            if isinstance(node, nodes.reference) and (target := address(docname, node)):
                self._linked.add(target)

    def settle(self) -> None:
        """Say which labels are wanted, once all pages are added."""
        openings = {label for (_, name), label in self._labels.items() if not name}
        self.wanted = openings | {label for target in self._linked if (label := self.label(target))}

    def label(self, target: Address) -> str | None:
        """The label of a target; of its page where the target is unknown; None if the page is not in the book."""
        return self._labels.get(target) or self._labels.get((target[0], ""))

    def wanted_on(self, docname: str) -> set[str]:
        """The labels of a page that some link uses."""
        return {label for (page, _), label in self._labels.items() if page == docname and label in self.wanted}


def address(docname: str, node: nodes.Element) -> Address | None:
    """The page and id that a reference on page `docname` points to, or None for an address outside."""
    uri = node.get("refuri", "")
    if node.get("refid"):
        return docname, node["refid"]
    if uri.startswith("#"):
        return docname, uri[1:]
    if not uri.startswith(SCHEME):
        return None
    page, _, target = uri.removeprefix(SCHEME).partition("#")
    return page, target
