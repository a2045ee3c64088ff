"""The `career-map` directive: a template of docs/_map/, filled with the career map and parsed as MyST.

So a list is typed once, in the map; a writer changes a card without touching Python; and what comes out is ordinary
nodes, the same for the page and for the book.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from wardround.authoring.lesson import LessonError
from wardround.careers import CareerMapError, load, models, schema, source_files
from wardround.careers.models import Role
from wardround.catalog import MANIFEST, CatalogError, load_catalog
from wardround.handbook import offline
from wardround.handbook.course import course_of, pathways_of
from wardround.handbook.lessons import lesson_for
from wardround.syllabus import TermWeek, due, weeks_of

logger = logging.getLogger(__name__)

FOLDER = "_map"
SUFFIX = ".md.jinja"


class CareerMapDirective(SphinxDirective):
    """```{career-map} cards/domains``` renders docs/_map/cards/domains.md.jinja; options reach the template by name."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        ("alt", "caption", "category", "domain", "employer", "only", "pathway", "phase", "region", "skill"),
        directives.unchanged_required,
    )

    def run(self) -> list[nodes.Node]:
        """Return the parsed template, or a warning that names the template, its line and the remedy."""
        name = self.arguments[0]
        folder = Path(self.env.srcdir, FOLDER)
        _asked(self.env).setdefault(self.env.docname, set())
        given: dict[str, Any] = {option: self.options.get(option, "") for option in self.option_spec}
        course = course_of(self.config)
        given |= {
            "page": self._page, "has_page": self._has_page, "root": "../" * self.env.docname.count("/"),
            "course": course, "used": pathways_of(self.config), "offline_zip": offline.name_of(course),
            "weeks": weeks_of(course), "lesson_of": partial(lesson_for, self.env),
            "due": {phase: due(course, phase) for phase in (1, 2, 3)},
        }  # fmt: skip
        # Noted first: a template that cannot be filled today is read again once it is mended.
        for file in (folder / (name + SUFFIX), *folder.glob(f"*/macros{SUFFIX}"), *source_files()):
            self.env.note_dependency(str(file))
        try:
            catalog = load_catalog()
            graded = {exercise.id for exercise in catalog.exercises}
            text = (
                _environment(folder)
                .get_template(name + SUFFIX)
                .render(map=load(), catalog=catalog, graded=graded, **given)
            )
        except jinja2.TemplateNotFound as error:
            known = sorted(str(file.relative_to(folder)).removesuffix(SUFFIX) for file in folder.rglob(f"*{SUFFIX}"))
            return self._fault(f"There is no template {error.name}. The templates are: {', '.join(known)}.")
        except jinja2.TemplateError as error:
            line = _line_in_template(error, folder)
            return self._fault(f"The template {FOLDER}/{name}{SUFFIX}{line} cannot be filled: {error}.")
        except (CareerMapError, CatalogError, LessonError) as error:
            return self._fault(str(error))
        self.env.note_dependency(str(catalog.root / MANIFEST))
        return self.parse_text_to_nodes(text, allow_section_headings=True)

    def _fault(self, sentence: str) -> list[nodes.Node]:
        logger.warning("%s", sentence, location=self.get_location())
        return []

    def _has_page(self, docname: str) -> bool:
        """Is there such a page? The question is remembered, so that a page that comes or goes re-reads who asked."""
        _asked(self.env).setdefault(self.env.docname, set()).add(docname)
        return docname in self.env.found_docs

    def _page(self, docname: str, text: str) -> str:
        """A link to a page, or the bare text where this edition of the handbook does not hold it."""
        return f"[{text}](/{docname}.md)" if self._has_page(docname) else text


class SchemaDirective(SphinxDirective):
    """```{career-map-schema}```: every field of the map, from the models themselves."""

    def run(self) -> list[nodes.Node]:
        """Return the parsed schema."""
        self.env.note_dependency(str(Path(schema.__file__)))
        self.env.note_dependency(str(Path(models.__file__)))
        return self.parse_text_to_nodes(schema.schema_markdown(), allow_section_headings=True)


@cache
def _environment(folder: Path) -> jinja2.Environment:
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is Markdown; the templates and the map are ours
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters["day"] = lambda day: f"{day.day} {day:%B} {day.year}"
    jinja.filters["due_day"] = lambda day: f"{day:%A}, {day.day} {day:%B}"
    jinja.filters["days"] = _days
    jinja.filters["plain"] = _plain
    jinja.filters["lower_first"] = _lower_first
    jinja.filters["most_at_home"] = most_at_home
    jinja.filters["unit_after"] = _unit_after
    jinja.filters["written"] = _written
    jinja.filters["upper_first"] = lambda text: text[:1].upper() + text[1:]
    jinja.filters["packages"] = _packages
    jinja.globals["tuple"] = tuple
    jinja.tests["contains"] = lambda items, item: item in items
    return jinja


def most_at_home(roles: Iterable[Role], kind: str, here: str = "") -> list[Role]:
    """Roles that name `here` early among their `kind` (domains, employers, pathways), then those that name few."""
    lists = {role.id: tuple[str, ...](getattr(role, kind)) for role in roles}
    return sorted(roles, key=lambda role: (lists[role.id].index(here) if here else 0, len(lists[role.id])))


def _lower_first(text: str) -> str:
    """The text as it stands inside a sentence: "Read" becomes "read", "SaMD" and "AI" stay."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def _days(week: TermWeek) -> str:
    """The days of a week: "11–17 January", "29 March–4 April"."""
    first, last = week.first, week.last
    if first is None or last is None:
        return ""
    month = "" if first.month == last.month else f" {first:%B}"
    return f"{first.day}{month}–{last.day} {last:%B}"


def _written(day: str | date) -> str:
    """A day or month of the data in words, so that a line may end inside it: "2026-03" becomes "March 2026"."""
    year, *rest = str(day).split("-")
    if not all(part.isdigit() for part in (year, *rest)):
        return str(day)
    month = f"{date(2000, int(rest[0]), 1):%B} " if rest else ""
    return f"{int(rest[1])} {month}{year}" if len(rest) > 1 else f"{month}{year}"


def _unit_after(unit: str, value: str) -> str:
    """A claim's unit as it follows the value: "hours, in all" after "5 hours" is ", in all"; a day needs no "date"."""
    first, rest = re.fullmatch(r"(\w*)(.*)", unit, re.DOTALL).groups()  # type: ignore[union-attr] # it matches all
    dated = first in ("date", "day", "month", "year", "period") and any(map(str.isdigit, value))
    if first and (dated or re.search(rf"\s{first}\b", value)):
        return re.sub(r"^ and \w+", "", rest)
    return f" {unit}"


def _packages(extra: str) -> list[str]:
    """The packages behind an extra of this project: imaging -> pydicom."""
    lines = metadata.requires("wardround") or []
    return [re.split(r"[^\w.-]", line)[0] for line in lines if re.search(rf"extra == ['\"]{extra}['\"]", line)]


def _plain(text: str) -> str:
    """Text from outside the project as Markdown that shows exactly this text."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _line_in_template(error: jinja2.TemplateError, folder: Path) -> str:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f", line {error.lineno},"
    trace, line = error.__traceback__, ""
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).is_relative_to(folder):
            line = f", line {trace.tb_lineno},"
        trace = trace.tb_next
    return line


def _asked(env: BuildEnvironment) -> dict[str, set[str]]:
    asked: dict[str, set[str]] = env.__dict__.setdefault("career_map_asked_for", {})
    return asked


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _asked(env).pop(docname, None)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    _asked(env).update({name: pages for name, pages in _asked(other).items() if name in docnames})


def _outdated(_app: Sphinx, env: BuildEnvironment, added: set[str], _changed: set[str], removed: set[str]) -> list[str]:
    files = [str(file) for file in source_files()]
    before = env.__dict__.setdefault("career_map_files", files)
    env.__dict__["career_map_files"] = files
    if files != before:  # a file that is new is no page's dependency yet
        return list(_asked(env))
    return [docname for docname, pages in _asked(env).items() if pages & (added | removed)]


def _sound_data(_app: Sphinx, _config: object) -> None:
    """Stop before anything is written if the map or the manifest cannot be read: every page would say the same."""
    try:
        load()
        load_catalog()
    except (CareerMapError, CatalogError) as error:
        logger.error("%s", error)  # noqa: TRY400 - a sentence with file, line and remedy; a traceback would bury it
        raise SystemExit(2) from None


def setup(app: Sphinx) -> None:
    """Register the directive and keep its memory right over incremental and parallel builds."""
    app.add_directive("career-map", CareerMapDirective)
    app.add_directive("career-map-schema", SchemaDirective)
    app.connect("config-inited", _sound_data)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)
