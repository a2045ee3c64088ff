"""The page contract: what every page promises its reader, held by a warning for each fault.

One small function a rule. A rule gets a page and yields the faults it finds; its docstring is the rule as the
contributor's page prints it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from wardround.handbook.quiz import quiz, quiz_key, quiz_question

logger = logging.getLogger(__name__)

FEWEST_WORDS, MOST_WORDS = 250, 1500
LEAD_SENTENCES = 3
FIRST_SCREEN_WORDS = 170  # about what a reader sees at 1280 x 800 before scrolling


@dataclass(frozen=True)
class Page:
    """A page as its rules see it."""

    name: str
    tree: nodes.document
    metadata: dict[str, str]

    @property
    def body(self) -> nodes.Element:
        """The section under the page's H1 (the whole tree if there is none)."""
        section = next((child for child in self.tree.children if isinstance(child, nodes.section)), None)
        return self.tree if section is None else section

    @property
    def teaches(self) -> bool:
        """Does the page belong to the guide or a pathway? These keep the whole contract."""
        return self.name.startswith(("guide/", "pathways/"))

    @property
    def opens_a_part(self) -> bool:
        """Is the page a landing or a phase? These also say what the reader will be able to do."""
        return self.teaches and self.name.endswith(("/index", "/phase-1", "/phase-2", "/phase-3"))

    def part(self, title: str) -> nodes.section | None:
        """The H2 section of this title."""
        for section in self.body.children:
            if isinstance(section, nodes.section):
                heading = section.next_node(nodes.title)
                if heading is not None and heading.astext() == title:
                    return section
        return None


Fault = tuple[nodes.Element, str]
Rule = Callable[[Page], Iterator[Fault]]


def _prose(node: nodes.Node) -> str:
    """The running text of a node: no code, table, diagram or quiz, and nothing that a reader must unfold first."""
    skipped = (nodes.literal_block, nodes.table, nodes.raw, nodes.comment, quiz, quiz_key, addnodes.toctree)
    if isinstance(node, skipped) or _is_included(node):
        return ""
    if isinstance(node, nodes.container) and node.get("design_component") == "dropdown":
        return ""
    if isinstance(node, nodes.Text):
        return node.astext()
    glue = "" if isinstance(node, nodes.TextElement) else "\n"
    return glue.join(_prose(child) for child in node.children)


def front_matter(page: Page) -> Iterator[Fault]:
    """Front matter holds `description` (one sentence) and `updated` (an ISO date)."""
    if len(page.metadata.get("description", "").split()) < 4:
        yield page.tree, "Add `description: …` (one sentence) to the front matter: search engines and previews show it."
    try:
        date.fromisoformat(page.metadata.get("updated", ""))
    except ValueError:
        yield page.tree, "Add `updated: YYYY-MM-DD` to the front matter: the day somebody last checked this page."


def one_title(page: Page) -> Iterator[Fault]:
    """One H1, and it comes first."""
    sections = [child for child in page.tree.children if isinstance(child, nodes.section)]
    if len(sections) != 1:
        yield page.tree, f"The page has {len(sections)} H1 titles; give it exactly one, at the top."


def short_lead(page: Page) -> Iterator[Fault]:
    """Under the title, a lead of at most three sentences that a busy person can stop after."""
    if not page.teaches:
        return
    lead = _lead(page)
    if lead is None:
        yield page.body, "Begin with a lead: one paragraph of at most three sentences under the title."
        return
    sentences = re.findall(r"[.!?:](?=\s|$)", lead.astext().replace("e.g.", "").replace("i.e.", ""))
    if len([mark for mark in sentences if mark != ":"]) > LEAD_SENTENCES:
        yield lead, f"The lead has more than {LEAD_SENTENCES} sentences. Keep what a busy person needs."


def outcomes(page: Page) -> Iterator[Fault]:
    """Landings and phases say "You will be able to", with two to four outcomes."""
    if not page.opens_a_part:
        return
    part = page.part("You will be able to")
    items = list(part.findall(nodes.list_item)) if part else []
    if not 2 <= len(items) <= 4:
        yield page.body, "Add `## You will be able to` with two to four outcomes that begin with a verb."


def questions(page: Page) -> Iterator[Fault]:
    """Every page checks its reader: "Check yourself" with two to four explained questions."""
    if not page.teaches:
        return
    part = page.part("Check yourself")
    asked = list(part.findall(quiz_question)) if part else []
    if not 2 <= len(asked) <= 4:
        yield page.body, "Add `## Check yourself` with a `{quiz}` of two to four questions."


def take_away(page: Page) -> Iterator[Fault]:
    """Every page ends with "Take away": at most five lines."""
    if not page.teaches:
        return
    part = page.part("Take away")
    items = list(part.findall(nodes.list_item)) if part else []
    if not 1 <= len(items) <= 5:
        yield page.body, "Add `## Take away` with one to five lines worth remembering."


def next_steps(page: Page) -> Iterator[Fault]:
    """The last line offers two or three chosen ways on: `**Next**: …`."""
    if not page.teaches:
        return
    for paragraph in page.tree.findall(nodes.paragraph):
        first = next((child for child in paragraph.children if child.astext()), None)  # MyST puts empty text first
        if isinstance(first, nodes.strong) and first.astext() == "Next":
            links = list(paragraph.findall(lambda n: isinstance(n, addnodes.pending_xref | nodes.reference)))
            if not 2 <= len(links) <= 3:
                yield paragraph, f"`**Next**` has {len(links)} links; choose two or three."
            return
    yield page.body, "End with `**Next**: …` and two or three links that you would click."


def early_link(page: Page) -> Iterator[Fault]:
    """The first screen holds a link to a neighbour page."""
    if not page.teaches:
        return
    seen = 0
    for node in page.body.findall():
        if isinstance(node, addnodes.pending_xref | nodes.reference):
            return
        if isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.raw):
            seen += len(node.astext().split())
        if seen > FIRST_SCREEN_WORDS:
            break
    yield page.body, "Put a link to a neighbour page into the first screen: any page may be a reader's first."


def length(page: Page) -> Iterator[Fault]:
    """Between 250 and 1,500 words of prose."""
    if not page.teaches:
        return
    count = len(_prose(page.tree).split())
    if count > MOST_WORDS:
        yield page.tree, f"The page has {count} words of prose; cut it to {MOST_WORDS} or split it."
    if count < FEWEST_WORDS:
        yield page.tree, f"The page has {count} words of prose; a page of under {FEWEST_WORDS} helps nobody decide."


def captions(page: Page) -> Iterator[Fault]:
    """Every table has a caption."""
    for table in page.tree.findall(nodes.table):
        of_a_brief = any(_is_included(section) for section in _ancestors(table))
        if table.next_node(nodes.title) is None and not of_a_brief:
            yield table, "Give this table a caption: `:::{table} What it shows` around it."


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def alternatives(page: Page) -> Iterator[Fault]:
    """Every picture says in words what it shows."""
    for image in page.tree.findall(nodes.image):
        if not image.get("alt"):
            yield image, "Give this picture an `:alt:` that says what it shows."


RULES: tuple[Rule, ...] = (
    front_matter, one_title, short_lead, early_link, outcomes, questions, take_away, next_steps, length, captions,
    alternatives,
)  # fmt: skip


def faults(page: Page) -> Iterator[Fault]:
    """All faults of a page, rule by rule."""
    for rule in RULES:
        yield from rule(page)


class ContractDirective(SphinxDirective):
    """```{page-contract}```: the rules above, as the contributor's page prints them."""

    def run(self) -> list[nodes.Node]:
        """Return the list of rules."""
        self.env.note_dependency(__file__)
        return self.parse_text_to_nodes("\n".join(f"- {rule.__doc__}" for rule in RULES))


def _lead(page: Page) -> nodes.paragraph | None:
    """The paragraph right under the title."""
    below = [child for child in page.body.children if not isinstance(child, nodes.title | nodes.comment | nodes.target)]
    return below[0] if below and isinstance(below[0], nodes.paragraph) else None


def _is_included(node: nodes.Node) -> bool:
    """Does the node come from an exercise's brief? It has rules of its own, and must read well on GitHub too."""
    return isinstance(node, nodes.section) and "exercises" in Path(node.source or "").parts


def _read(app: Sphinx, tree: nodes.document) -> None:
    page = Page(app.env.docname, tree, {k: str(v) for k, v in app.env.metadata[app.env.docname].items()})
    if "orphan" in page.metadata and not page.teaches:
        return
    for node, sentence in faults(page):
        logger.warning("%s", sentence, location=node if node.line else app.env.docname, type="contract")
    lead = _lead(page)
    if lead is not None:
        lead["classes"].append("lead")


def setup(app: Sphinx) -> None:
    """Hold every page to the contract as it is read (after the quiz has put its key in place)."""
    app.add_directive("page-contract", ContractDirective)
    app.connect("doctree-read", _read, priority=600)
