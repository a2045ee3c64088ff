"""The Sphinx extension behind the handbook: the career map, diagrams, claims, quizzes, courses, the look, the PDFs."""

from importlib import import_module

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PARTS = (
    "career_map",
    "charts",
    "claims",
    "contract",
    "course",
    "data_dictionary",
    "diagrams",
    "exercises",
    "finder",
    "lessons",
    "look",
    "pdf",
    "plan",
    "quiz",
    "realism",
    "search",
    "sources",
    "booklets",  # answers an event of the PDF's
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register each part; every part keeps its own `setup`."""
    for part in PARTS:  # imported here, so that whoever needs one part (the menu, the fonts) does not load them all
        import_module(f"wardround.handbook.{part}").setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
