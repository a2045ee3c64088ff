"""What a plan can hold, drawn from the career map and the exercises into plain frozen data.

Both planners, this one and the one in the browser, start from it.
"""

from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from wardround.careers import CareerMap
from wardround.careers import roadmaps as mapped
from wardround.careers.models import Domain, Paged, Role
from wardround.catalog import Catalog

# Pages that are about no item of the map, as a link names them.
PAGES = {
    "faq": "Frequent questions",
    "resources": "Resources",
    "start/index": "How to use this handbook",
    "start/find-your-path": "Find your path",
    "start/formula": "The career formula",
    "guide/why": "Why healthcare AI",
    "guide/credentials/by-background": "Credentials by background",
    "guide/credentials/how-to-choose": "How to choose a program",
    "guide/outlook/index": "Pay and prospects",
    "guide/outlook/trends": "Trends to 2030, checked in 2026",
    "guide/portfolio/align": "Fit the portfolio to the employer",
    "guide/portfolio/be-found": "Be found, and be trusted",
    "guide/portfolio/by-background": "Six backgrounds, six sets of work",
    "guide/portfolio/case-study": "The mini case study",
    "guide/portfolio/index": "A portfolio that convinces",
    "guide/portfolio/real-problems": "Real healthcare problems: six briefs",
    "guide/responsible-ai/evidence": "Evidence: which standard for which study",
    "guide/responsible-ai/index": "Responsible AI",
    "guide/responsible-ai/rules": "The rules: what applies when",
    "guide/responsible-ai/signals": "Five signals anyone can send",
    "guide/responsible-ai/skills": "The skills behind responsible AI",
}
MOST_ROLES = 5  # of a domain, for one pathway: enough to search with, few enough to read


@dataclass(frozen=True)
class Link:
    """Where a task is done: a page of the handbook by its docname, or an https address."""

    says: str  # "See", "Exercise:", "Open" or "Read"
    text: str
    to: str

    def address(self, site: str) -> str:
        """The whole address; `site` is the handbook's, with a slash at its end."""
        return self.to if self.to.startswith("https://") else f"{site}{self.to}.html"

    @property
    def is_domain(self) -> bool:
        """Does it lead to a domain's page?"""
        return self.to.startswith("guide/domains/")


@dataclass(frozen=True)
class Task:
    """One thing to do, with the least and most hours it takes."""

    text: str
    hours: tuple[float, float]
    link: Link | None


@dataclass(frozen=True)
class Week:
    """One of a pathway's twelve weeks."""

    focus: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Phase:
    """Thirty days with one deliverable."""

    number: int
    title: str
    outcome: str
    deliverable: str
    done_when: tuple[str, ...]
    say: str
    page: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Pathway:
    """A background's ninety days."""

    id: str
    name: str
    page: str
    names: tuple[str, ...]  # what people may call it, the id first
    graded: bool  # it has exercises in this edition
    reading: tuple[Link, ...]
    phases: tuple[Phase, ...]
    roles: dict[str, tuple[str, ...]]  # by domain: jobs that the pathway leads to there, a line each

    @property
    def length(self) -> int:
        """How many weeks it has."""
        return sum(len(phase.weeks) for phase in self.phases)


@dataclass(frozen=True)
class Field:
    """A health domain with its page and its first project."""

    id: str
    name: str
    page: str
    names: tuple[str, ...]
    summary: str
    project: str

    @property
    def read(self) -> Link:
        """Its page, as the first to read."""
        return Link("Read", self.name, self.page)


@dataclass(frozen=True)
class Material:
    """All that a plan draws from."""

    pathways: tuple[Pathway, ...]
    domains: tuple[Field, ...]


def material(career_map: CareerMap, catalog: Catalog) -> Material:
    """Draw the material from the map; only exercises of the catalog count as graded."""
    titles = {exercise.id: exercise.title for exercise in catalog.exercises}
    paged: chain[Paged] = chain(
        career_map.domains,
        career_map.categories,
        career_map.skills,
        career_map.employers,
        career_map.regions,
        career_map.pathways,
    )
    names = {item.page: item.name for item in paged}
    return Material(
        pathways=tuple(_pathway(pathway, career_map, titles, names) for pathway in career_map.pathways),
        domains=tuple(
            Field(domain.id, domain.name, domain.page, _names(domain), domain.summary, domain.project)
            for domain in career_map.domains
        ),
    )


def _pathway(pathway: mapped.Pathway, career_map: CareerMap, titles: dict[str, str], names: dict[str, str]) -> Pathway:
    return Pathway(
        id=pathway.id,
        name=pathway.name,
        page=pathway.page,
        names=_names(pathway),
        graded=any(phase.exercise in titles for phase in pathway.phases),
        reading=tuple(Link("Read", _title(page, names), page) for page in pathway.reading),
        phases=tuple(_phase(phase, pathway, titles, names) for phase in pathway.phases),
        roles={domain.id: _roles(career_map, pathway, domain) for domain in career_map.domains},
    )


def _phase(phase: mapped.Phase, pathway: mapped.Pathway, titles: dict[str, str], names: dict[str, str]) -> Phase:
    page = f"pathways/{pathway.id}/phase-{phase.number}"
    weeks = tuple(
        Week(week.focus, tuple(Task(task.text, task.hours, _link(task, page, titles, names)) for task in week.tasks))
        for week in phase.weeks
    )
    return Phase(
        number=phase.number,
        title=phase.title,
        outcome=phase.outcome,
        deliverable=phase.deliverable,
        done_when=phase.conditions(graded=phase.exercise in titles),
        say=phase.say,
        page=page,
        weeks=weeks,
    )


def _link(task: mapped.Task, phase_page: str, titles: dict[str, str], names: dict[str, str]) -> Link | None:
    if task.page:
        return Link("See", _title(task.page, names), task.page)
    if task.exercise in titles:
        return Link("Exercise:", titles[task.exercise], phase_page)
    if task.url:
        return Link("Open", urlsplit(task.url).netloc, task.url)
    return None


def _roles(career_map: CareerMap, pathway: mapped.Pathway, domain: Domain) -> tuple[str, ...]:
    """Those most at home first: roles that name the domain early, then those that name few."""

    def home(role: Role) -> tuple[int, int]:
        return role.domains.index(domain.id), len(role.domains)

    roles = sorted(career_map.roles_in(pathway=pathway.id, domain=domain.id), key=home)
    return tuple(f"**{role.name}**: {role.does}" for role in roles[:MOST_ROLES])


def _names(item: Paged) -> tuple[str, ...]:
    return tuple(dict.fromkeys((item.id, item.short, item.name, *item.aliases)))


def _title(page: str, names: dict[str, str]) -> str:
    """What a link to the page says: the item that it is about, a name of ours, else its place in words."""
    words = page.removeprefix("guide/").removesuffix("/index").replace("/", ": ").replace("-", " ")
    return names.get(page) or PAGES.get(page) or words
