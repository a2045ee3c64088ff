"""A small project that holds every construct the handbook uses, for tests/handbook/test_pdf.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for sample_commands
project = "The sample & its #signs"
author = "The sample's author"
release = "1.2"
language = "en"
extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_click",
    "sphinx.ext.autodoc",
    "sphinxcontrib.bibtex",
    "wardround.handbook.pdf",
]
exclude_patterns = ["broken*"]
numfig = True
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "smartquotes",
    "strikethrough", "substitution", "tasklist",
]  # fmt: skip
myst_heading_anchors = 3
suppress_warnings = ["myst.strikethrough", "design.card_legacy"]
bibtex_bibfiles = ["sample.bib"]
bibtex_default_style = "unsrtalpha"
bibtex_reference_style = "author_year"
html_baseurl = "https://handbook.example/"
handbook_pdf = "../sample.pdf"
handbook_subtitle = "Every construct, once"
handbook_description = "A sample book for the tests."
handbook_keywords = ["sample", "tests"]
