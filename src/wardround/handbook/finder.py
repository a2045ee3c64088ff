"""`{path-finder}`: background, health domain and employer lead to roles, ninety days and pages to read.

The form and what it can answer are written into the page from the career map; docs/_static/path-finder.js filters. The
body of the directive is what a reader has without scripts, in print and in the book.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from wardround.careers import load, source_files
from wardround.careers.career_map import CareerMap
from wardround.careers.models import Domain, Employer, Role
from wardround.careers.roadmaps import Pathway
from wardround.handbook.career_map import most_at_home

SCRIPTS = ("path-finder.js", "worksheet.js")
TEMPLATE = "partials/path-finder.html"

Pages = Callable[[str], str | None]  # docname -> its address, seen from the page; None where there is no such page


def paths(career_map: CareerMap, pages: Pages) -> dict[str, Any]:
    """What the form can be asked, as plain data for the script; addresses are seen from one page.

    ``domains`` and ``employers`` are lists of ``id, name, short, url``; ``url`` is null without such a page.
    ``roles`` is a list of ``name, does, domains, employers``, with ``pay`` if known and ``level`` if not the usual one.
    ``backgrounds`` is a list of ``id, name, short, aliases, roles``, the roles in order of fit. One list names items
    of another by their places in it: ids would make up a third of the data. Phases and pages to read are in the page
    itself, under ``#path-<id>``; the script takes them from there.
    """
    return {
        "domains": [_paged(item, pages) for item in career_map.domains],
        "employers": [_paged(item, pages) for item in career_map.employers],
        "roles": [_role(career_map, role) for role in career_map.roles],
        "backgrounds": [_background(career_map, way) for way in career_map.pathways],
    }


def _paged(item: Domain | Employer, pages: Pages) -> dict[str, Any]:
    return {"id": item.id, "name": item.name, "short": item.short, "url": pages(item.page)}


def _role(career_map: CareerMap, role: Role) -> dict[str, Any]:
    band = career_map.band_for(role)
    return {
        "name": role.name,
        "does": role.does,
        **({"level": role.level} if role.level != "experienced" else {}),
        **({"pay": f"${band.low // 1000}-{band.high // 1000}k"} if band else {}),
        "domains": _places(career_map.domains, role.domains),
        "employers": _places(career_map.employers, role.employers),
    }


def _places(items: Sequence[Domain | Employer], ids: tuple[str, ...]) -> list[int]:
    return [place for place, item in enumerate(items) if item.id in ids]


def _background(career_map: CareerMap, way: Pathway) -> dict[str, Any]:
    # In the order of the page's tables, so that whoever chooses nothing more meets the same roles first.
    roles = most_at_home(most_at_home(career_map.roles_in(pathway=way.id), "domains"), "pathways", way.id)
    return {
        "id": way.id,
        "name": way.audience,
        "short": way.short,
        "aliases": way.aliases,
        "roles": [career_map.roles.index(role) for role in roles],
    }


class path_finder(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """The form; its children are what stands there without scripts."""


class PathFinderDirective(SphinxDirective):
    """The filter, and in its body the way for readers without scripts."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the node; what it shows is filled in when all pages are known."""
        for file in source_files():
            self.env.note_dependency(str(file))
        return [path_finder("", *self.parse_content_to_nodes())]


def _visit(self: SphinxTranslator, _node: nodes.Element) -> None:
    builder: Any = self.builder
    here = builder.current_docname

    def pages(docname: str) -> str | None:
        return builder.get_relative_uri(here, docname) if docname in builder.env.found_docs else None

    career_map = load()
    data = paths(career_map, pages)
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    form = builder.templates.render(TEMPLATE, {"paths": data, "bands": career_map.bands, "packed": packed})
    self.body.append(f'<div class="path-finder">{form}<div class="path-finder-plain">')  # type: ignore[attr-defined]


def _depart(self: SphinxTranslator, _node: nodes.Element) -> None:
    self.body.append("</div></div>\n")  # type: ignore[attr-defined]


def _through(_self: Any, _node: nodes.Element) -> None:
    """The book prints the body."""


def setup(app: Sphinx) -> None:
    """Register the directive; each script goes only to pages that hold its form (see look.py)."""
    app.add_node(path_finder, html=(_visit, _depart), typst=(_through, _through))
    app.add_directive("path-finder", PathFinderDirective)
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
