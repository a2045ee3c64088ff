"""A course of one's own: `sphinx-build -D handbook_course=/path/of/course.toml` brands the site and the PDFs.

Name, address and colours go into Sphinx's own settings before anything reads them. Pathways that the course does not
use leave the menu and the PDF; their pages stay, so that no link breaks, and begin with a sentence that says so.
Without a course nothing here does anything.
"""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from wardround import course as course_model
from wardround import palette
from wardround.careers import load, schema
from wardround.careers.roadmaps import Pathway
from wardround.course import Break, Course, CourseError, Link, read_course
from wardround.handbook import offline

logger = logging.getLogger(__name__)

SYLLABUS = "teach/syllabus"
LANDING = "pathways/index"
_read = cache(read_course)


def course_of(config: Config) -> Course | None:
    """The course that the handbook is built for, if any."""
    file = getattr(config, "handbook_course", "")
    return _read(file) if file else None


def pathways_of(config: Config) -> tuple[Pathway, ...]:
    """The pathways that the course uses, in its order; all of them without a course."""
    course = course_of(config)
    return load().pathways if course is None else tuple(load().pathway(name) for name in course.pathways)


def _apply(_app: Sphinx, config: Config) -> None:
    """Stop with every fault of the course file, or put the course into the settings."""
    if not config.handbook_course:
        return
    _read.cache_clear()
    try:
        course = _read(config.handbook_course)
    except CourseError as error:
        logger.error("%s", error)  # noqa: TRY400 - sentences with file, line and remedy; a traceback would bury them
        raise SystemExit(2) from None
    config.handbook_course_says = course.model_dump_json()
    config.handbook_subtitle = f"{course.institution}: careers in healthcare AI, with the {config.project} handbook"
    config.project = config.html_title = course.name
    config.html_baseurl = course.url or os.environ.get("WARDROUND_URL", "")
    config.handbook_logo = str(course.logo or "")
    config.handbook_brand = course.brand_color or ""
    if course.brand_color:
        for mode in ("light", "dark"):
            config.html_theme_options[f"{mode}_css_variables"] = palette.css_variables(mode, course.brand_color)
        if said := told(course.brand_color):
            logger.info("note: %s", said)


def told(colour: str) -> str:
    """What a build says about a brand colour that cannot be read as it is; empty for one that can."""
    changed = []
    for mode, grounds, verb in (("light", "light pages and the PDFs", "darker"), ("dark", "dark pages", "lighter")):
        shown = palette.readable(colour, mode)  # type: ignore[arg-type]
        if shown != colour.upper():
            changed.append(f"{shown} ({verb}) on {grounds}")
    if not changed:
        return ""
    return f"brand_color {colour} is shown as {' and as '.join(changed)}, so that text in it has a contrast of 4.5:1."


def _unused(config: Config) -> dict[str, Pathway]:
    """The pathways that the course leaves out, by the docname of their first page."""
    used = {pathway.id for pathway in pathways_of(config)}
    return {pathway.page: pathway for pathway in load().pathways if pathway.id not in used}


def _take_out(app: Sphinx, doctree: nodes.document) -> None:
    """Take the unused pathways out of menus, before Sphinx collects them."""
    unused = {page for first, way in _unused(app.config).items() for page in (first, f"teach/mistakes/{way.id}")}
    if app.env.docname in unused:
        app.env.metadata[app.env.docname]["orphan"] = "true"
    for toctree in doctree.findall(addnodes.toctree):
        toctree["entries"] = [(title, page) for title, page in toctree["entries"] if page not in unused]
        toctree["includefiles"] = [page for page in toctree["includefiles"] if page not in unused]


def _say_so(app: Sphinx, doctree: nodes.document) -> None:
    """Begin each page of an unused pathway with a sentence that says so."""
    page = app.env.docname
    course = course_of(app.config)
    if course is None or not any(page.startswith(first.removesuffix("index")) for first in _unused(app.config)):
        return
    way = addnodes.pending_xref(
        "", nodes.inline("", "the routes that it uses"), refdomain="std", reftype="doc", refexplicit=True,
        reftarget=f"/{LANDING}", refdoc=page, refwarn=True,
    )  # fmt: skip
    words = f"The course {course.name} does not use this route. You may read it all the same; see "
    said = nodes.paragraph("", "", nodes.Text(words), way, nodes.Text("."))
    title = doctree.next_node(nodes.title)
    if title is not None:
        title.parent.insert(title.parent.index(title) + 1, nodes.note("", said))


class CourseKeysDirective(SphinxDirective):
    """```{course-keys}```: every key of the course file, from the models themselves."""

    def run(self) -> list[nodes.Node]:
        """Return the parsed lists: the file's own keys, then those of its tables."""
        self.env.note_dependency(course_model.__file__)
        tables = (("[[breaks]]", Break), ("[[links]]", Link))
        more = "".join(f"\n\nEach `{name}` holds:\n\n{schema.fields_markdown(model)}" for name, model in tables)
        return self.parse_text_to_nodes(schema.fields_markdown(Course) + more)


def _put_logo(app: Sphinx) -> None:
    if app.builder.format == "html" and app.config.handbook_logo:
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(app.config.handbook_logo, static / _logo_name(app.config))


def _logo_name(config: Config) -> str:
    return f"course-logo{Path(config.handbook_logo).suffix.lower()}"


def _fill_page(app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    context["course"] = course_of(app.config)
    context["course_logo"] = _logo_name(app.config) if app.config.handbook_logo else ""
    context["logo_ground"] = palette.LIGHT["ground"]  # logos are drawn for white, in the dark theme too
    context["syllabus_page"] = SYLLABUS
    context["offline_zip"] = offline.name_of(context["course"])


def setup(app: Sphinx) -> None:
    """Read the course before any other part looks at the settings."""
    app.add_config_value("handbook_course", "", "env", types=[str], description="The course file, if any.")
    app.add_config_value("handbook_course_says", "", "env", types=[str], description="Set here: what the file says.")
    app.add_config_value("handbook_brand", "", "env", types=[str], description="A brand colour instead of ours.")
    app.add_directive("course-keys", CourseKeysDirective)
    app.connect("config-inited", _apply, priority=10)
    app.connect("doctree-read", _take_out, priority=100)  # before Sphinx's collectors
    app.connect("doctree-read", _say_so, priority=700)  # after the page contract has looked
    app.connect("builder-inited", _put_logo)
    app.connect("html-page-context", _fill_page)
