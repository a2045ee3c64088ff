"""The menu beside every page: the same tree each time, seen from another place.

Sphinx would resolve its table of contents anew for each page and Furo parse the result again, which took a quarter of a
build of 109 pages. The tree is read once, from what Sphinx has collected, and written per page with Furo's class names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import count

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_ARROW = '<span class="icon"><svg><use href="#svg-arrow-right"></use></svg></span>'


@dataclass(frozen=True)
class Entry:
    """A page in the menu, with the pages below it."""

    docname: str
    title: str
    below: tuple["Entry", ...]

    def holds(self, docname: str) -> bool:
        """Say whether `docname` is this page or one below it."""
        return docname == self.docname or any(entry.holds(docname) for entry in self.below)


Menu = tuple[tuple[str, tuple[Entry, ...]], ...]
"""Parts of the book: a caption (may be empty) and its pages."""


def read_menu(env: BuildEnvironment) -> Menu:
    """Return the tree that the toctrees of the root page and of the pages below it make."""
    return tuple((tree.get("caption") or "", _entries(env, tree, ())) for tree in _toctrees(env, env.config.root_doc))


def render(app: Sphinx, menu: Menu, pagename: str) -> str:
    """Return the menu as HTML for one page: relative links, the way to that page unfolded, the page itself marked."""
    numbers = count(1)
    return "".join(
        (f'<p class="caption" role="heading" aria-level="2"><span class="caption-text">{escape(caption)}</span></p>\n')
        * bool(caption)
        + "".join(_list(app, entries, pagename, 1, numbers))
        for caption, entries in menu
    )


def _toctrees(env: BuildEnvironment, docname: str) -> list[addnodes.toctree]:
    return list(env.tocs[docname].findall(addnodes.toctree)) if docname in env.tocs else []


def _entries(env: BuildEnvironment, tree: addnodes.toctree, above: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            docname,
            title or (env.titles[docname].astext() if docname in env.titles else docname),
            tuple(e for t in _toctrees(env, docname) for e in _entries(env, t, (*above, docname))),
        )
        for title, docname in tree["entries"]
        if docname in env.titles and docname not in above  # a circle in the contents is Sphinx's to report
    )


def _list(app: Sphinx, entries: tuple[Entry, ...], pagename: str, level: int, numbers: "count[int]") -> Iterator[str]:
    yield '<ul class="current">\n' if any(entry.holds(pagename) for entry in entries) else "<ul>\n"
    for entry in entries:
        here, inside = entry.docname == pagename, entry.holds(pagename)
        classes = [f"toctree-l{level}", *["current"] * inside, *["has-children"] * bool(entry.below)]
        title = escape(entry.title)
        address = "#" if here else escape(app.builder.get_relative_uri(pagename, entry.docname))
        yield f'<li class="{" ".join([*classes, *["current-page"] * here])}">'
        mark = ' aria-current="page"' if here else ""
        yield f'<a{mark} class="reference internal" href="{address}">{title}</a>'
        if entry.below:
            name = f"toctree-checkbox-{next(numbers)}"
            yield f'<input type="checkbox" class="toctree-checkbox" id="{name}" role="switch" '
            yield f'aria-label="Toggle navigation of {title}"{" checked" * inside}>'
            yield f'<label for="{name}">{_ARROW}</label>'
            yield from _list(app, entry.below, pagename, level + 1, numbers)
        yield "</li>\n"
    yield "</ul>\n"
