"""`{claim}` prints a number about the world with its date and a way to its source in the claims ledger."""

from datetime import UTC, datetime

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from wardround.careers import CareerMapError, claim_file, load

logger = logging.getLogger(__name__)

# What a reader must know at the number itself; the ledger tells the rest.
WORD = {"guide-only": ", an unsourced estimate", "doubtful": ", doubtful"}


class ClaimRole(SphinxRole):
    """`{claim}`us-hospitals-vendor-models``: the value, and "(2024)" as a link to the ledger's line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value and the linked date; an unknown id is a warning with the nearest known ones."""
        try:
            claim = load().claim(self.text)
        except CareerMapError as error:
            logger.warning("%s", error, location=self.get_location())
            return [nodes.literal("", self.text)], []
        self.env.note_dependency(str(claim_file(claim)))
        said = f"({claim.as_of[:4]}{WORD.get(claim.verdict, '')})"
        source = addnodes.pending_xref(
            "", nodes.inline("", said), refdomain="std", reftype="ref", reftarget=f"claim-{claim.id}",
            refexplicit=True, refdoc=self.env.docname, refwarn=True, classes=["claim-source"],
        )  # fmt: skip
        source["reftitle"] = f"{claim.text} Source and date in the claims ledger."
        shown = nodes.inline("", "", nodes.Text(f"{claim.value} "), source, classes=["claim"])
        return [shown], []


def _say_which_are_due(app: Sphinx, _env: BuildEnvironment) -> None:
    """Name the claims past their review date. A later day must not break a build, so this is no warning."""
    due = load().claims_past(datetime.now(UTC).date())
    if due:
        names = ", ".join(claim.id for claim in due[:8]) + (" …" if len(due) > 8 else "")
        logger.info("note: %d claims are past their review date: %s", len(due), names)


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("claim", ClaimRole())
    app.connect("env-updated", _say_which_are_due)
