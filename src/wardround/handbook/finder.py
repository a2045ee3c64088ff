"""`{path-finder}`: background, health domain and employer lead to roles, ninety days and pages to read.

The form and what it can answer are written into the page from the career map; docs/_static/path-finder.js filters. The
body of the directive is what a reader has without scripts, in print and in the book.
"""

import json
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from wardround.careers import load, source_files
from wardround.careers.career_map import CareerMap
from wardround.careers.models import Role
from wardround.careers.roadmaps import Pathway, Phase
from wardround.catalog import MANIFEST, Catalog, load_catalog
from wardround.handbook.career_map import most_at_home

SCRIPTS = ("path-finder.js", "worksheet.js")
TEMPLATE = "partials/path-finder.html"

# (docname) -> (address seen from the page, title), or None where this edition has no such page.
Pages = Callable[[str], tuple[str, str] | None]


def paths(career_map: CareerMap, catalog: Catalog, pages: Pages) -> dict[str, Any]:
    """What the form can be asked, as plain data for scripts: ids, names, and addresses seen from one page.

    ``domains`` and ``employers`` are lists of ``id, name, short, url``; ``roles`` maps an id to ``name, does, level,
    pay, domains, employers``; ``backgrounds`` is a list of ``id, name, short, aliases, url, roles`` (ids in order of
    fit), ``phases`` and ``reading`` (``title, url``). An address is null where this edition has no such page.
    """
    return {
        "domains": [_named(item.id, item.name, item.short, item.page, pages) for item in career_map.domains],
        "employers": [_named(item.id, item.name, item.short, item.page, pages) for item in career_map.employers],
        "roles": {role.id: _role(career_map, role) for role in career_map.roles},
        "backgrounds": [_background(career_map, catalog, way, pages) for way in career_map.pathways],
    }


def _named(item_id: str, name: str, short: str, docname: str, pages: Pages) -> dict[str, Any]:
    found = pages(docname)
    return {"id": item_id, "name": name, "short": short, "url": found and found[0]}


def _role(career_map: CareerMap, role: Role) -> dict[str, Any]:
    band = career_map.band_for(role)
    return {
        "name": role.name,
        "does": role.does,
        "level": role.level,
        "pay": f"${band.low // 1000}-{band.high // 1000}k" if band else None,
        "domains": role.domains,
        "employers": role.employers,
    }


def _background(career_map: CareerMap, catalog: Catalog, way: Pathway, pages: Pages) -> dict[str, Any]:
    # In the order of the page's tables, so that whoever chooses nothing more meets the same roles first.
    roles = most_at_home(most_at_home(career_map.roles_in(pathway=way.id), "domains"), "pathways", way.id)
    return {
        **_named(way.id, way.audience, way.short, way.page, pages),
        "aliases": way.aliases,
        "from_to": way.from_to,
        "honest": way.honest,
        "roles": [role.id for role in roles],
        "phases": [_phase(catalog, way, phase, pages) for phase in way.phases],
        "reading": [{"url": found[0], "title": found[1]} for name in way.reading if (found := pages(name))],
    }


def _phase(catalog: Catalog, way: Pathway, phase: Phase, pages: Pages) -> dict[str, Any]:
    found = pages(f"{way.folder}/{way.id}/phase-{phase.number}")
    exercise = next((each.title for each in catalog.exercises if each.id == phase.exercise), None)
    return {
        "number": phase.number,
        "days": phase.days,
        "title": phase.title,
        "deliverable": phase.deliverable,
        "url": found and found[0],
        "exercise": exercise,  # only where this edition holds it; its brief stands on the phase's page
    }


class path_finder(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """The form; its children are what stands there without scripts."""


class PathFinderDirective(SphinxDirective):
    """The filter, and in its body the way for readers without scripts."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the node; what it shows is filled in when all pages are known."""
        for file in (*source_files(), load_catalog().root / MANIFEST):
            self.env.note_dependency(str(file))
        return [path_finder("", *self.parse_content_to_nodes())]


def _visit(self: SphinxTranslator, _node: nodes.Element) -> None:
    builder: Any = self.builder
    here = builder.current_docname

    def pages(docname: str) -> tuple[str, str] | None:
        title = builder.env.titles.get(docname)
        return None if title is None else (builder.get_relative_uri(here, docname), title.astext())

    career_map = load()
    data = paths(career_map, load_catalog(), pages)
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
