"""One booklet a pathway: its pages with phases and briefs, then the ten pages of its reading list."""

from sphinx.application import Sphinx

from wardround.careers.roadmaps import Pathway
from wardround.handbook.course import pathways_of
from wardround.handbook.pdf.book import Booklet


def booklet(pathway: Pathway) -> Booklet:
    """The booklet of a pathway, in reading order."""
    folder = pathway.page.removesuffix("index")
    route = (pathway.page, *(f"{folder}phase-{phase.number}" for phase in pathway.phases))
    subtitle = f"{pathway.from_to}: the route of ninety days, and ten pages to read"
    return Booklet(pathway.id, pathway.name, subtitle, (("Your route", route), ("Your reading", pathway.reading)))


def _booklets(app: Sphinx) -> list[Booklet]:
    return [booklet(pathway) for pathway in pathways_of(app.config)]


def setup(app: Sphinx) -> None:
    """Answer the PDF builder (it must be there first); conf.py says with `handbook_booklets` where they go."""
    app.connect("handbook-booklets", _booklets)
