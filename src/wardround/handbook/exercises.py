"""`{exercise}` links to an exercise on the page of its phase."""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from wardround.catalog import MANIFEST, CatalogError, load_catalog

logger = logging.getLogger(__name__)


class ExerciseRole(SphinxRole):
    """`{exercise}`software-engineer/1-readmission-risk``: its title, as a link to its brief."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; an unknown exercise is a warning with the nearest known ones."""
        try:
            catalog = load_catalog()
            exercise = catalog.get(self.text)
        except CatalogError as error:
            logger.warning("%s", error, location=self.get_location())
            return [nodes.literal("", self.text)], []
        self.env.note_dependency(str(catalog.root / MANIFEST))
        link = addnodes.pending_xref(
            "", nodes.inline("", exercise.title), refdomain="std", reftype="doc", refexplicit=True,
            reftarget=f"/pathways/{exercise.pathway}/phase-{exercise.phase}", refdoc=self.env.docname, refwarn=True,
        )  # fmt: skip
        return [link], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("exercise", ExerciseRole())
