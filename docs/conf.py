"""How the handbook is built. One section a concern; a reason beside each exception."""

import os
from importlib import metadata

from wardround import palette
from wardround.site import HANDBOOK

# -- The book -----------------------------------------------------------------
project = "Ward Round"
author = "The Ward Round authors"
copyright = "2026, The Ward Round authors. Text CC BY 4.0, code MIT"
release = version = metadata.version("wardround")
language = "en"
extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinx_click",
    "wardround.handbook",  # career map, diagrams, claims, quizzes, sources, the look, the PDF
]
exclude_patterns = ["_map/**", "_templates/**"]
numfig_format = {"figure": "Figure %s"}  # in the book; on the site a table goes by its name

# -- MyST ---------------------------------------------------------------------
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "fieldlist",
    "smartquotes",
    "tasklist",
]
myst_heading_anchors = 3

# -- Sources ------------------------------------------------------------------
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "alpha"
bibtex_reference_style = "author_year"
bibtex_tooltips = False  # a second formatting of every source, for those who hover only; the link leads to it

# -- The site (https://pradyunsg.me/furo/customisation/) -------------------------
html_theme = "furo"
html_title = "Ward Round"
html_baseurl = os.environ.get("WARDROUND_URL", HANDBOOK)
html_static_path = ["_static"]
templates_path = ["_templates"]
html_favicon = "_static/favicon.svg"
html_last_updated_fmt = None  # each page shows the day it was checked, from its front matter
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": palette.css_variables("light"),
    "dark_css_variables": palette.css_variables("dark"),
    "source_repository": "https://github.com/wardround/wardround/",
    "source_branch": "main",
    "source_directory": "docs/",
}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# -- The book and its booklets as PDF --------------------------------------------------------------
handbook_pdf = "../handbook.pdf"  # beside the site; `nox -s handbook` puts a copy into it
handbook_pdf_url = "handbook.pdf"
handbook_booklets = "../booklets"  # one a pathway
handbook_subtitle = "Careers in healthcare AI: who does what, what each role is judged by, and how to get there"
handbook_description = (
    "Who does what in healthcare AI, and how to reach a role in three 30-day phases with graded exercises."
)
handbook_keywords = ["healthcare", "artificial intelligence", "careers", "course", "exercises"]

# -- Links to other sites (`nox -s links` only; a build opens none) --------------
linkcheck_timeout = 15
linkcheck_retries = 2
linkcheck_workers = 8
linkcheck_anchors = False  # many sites build their anchors with scripts
linkcheck_ignore = [
    r"https://doi\.org/.*",  # publishers answer programs with 403; the DOI itself does not rot
    r"https://wardround\.github\.io/.*",  # ourselves, before the first publication
    r"https://github\.com/wardround/.*",
]
