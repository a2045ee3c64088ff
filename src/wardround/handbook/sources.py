"""Citations, at a bearable price: pybtex is asked the same questions for every entry of every build.

Measured with 150 sources (pybtex 0.26, sphinxcontrib-bibtex 2.7): looking up a plugin reads the entry points of the
whole environment, 30 ms for each citation; every field is decoded from LaTeX twice. Neither answer ever changes.
"""

from functools import cache

import pybtex.plugin
from pybtex.richtext import Text
from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Let pybtex remember its plugins and its decoded fields (rich texts cannot be changed, so they can be shared)."""
    app.setup_extension("sphinxcontrib.bibtex")
    if not hasattr(pybtex.plugin._load_entry_point, "cache_info"):
        pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)
        Text.from_latex = cache(Text.from_latex)
