"""The book: `sphinx-build -b handbookpdf docs dist/pdf` leaves dist/handbook.pdf.

The pages' document trees become Typst source, one file a page, and the `typst` wheel compiles them: a tagged PDF with
bookmarks and embedded fonts, and no TeX to install. How it looks is in template.typ; how an extension's own node is
printed, in writer.py.
"""

from datetime import date

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from wardround.handbook.pdf.builder import HandbookPdfBuilder


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and what conf.py may say about the book."""
    app.add_builder(HandbookPdfBuilder)
    text, texts, day = frozenset({str}), frozenset({list, tuple}), frozenset({str, date})
    app.add_config_value("handbook_pdf", "../handbook.pdf", "", text, "Where the PDF goes, from the output folder.")
    app.add_config_value("handbook_booklets", "", "", text, "The folder of the booklets, from the output folder.")
    app.add_config_value("handbook_logo", "", "", text, "A picture for the title page: svg, png or jpg.")
    app.add_event("handbook-booklets")  # answered with a list of Booklet
    app.add_config_value("handbook_subtitle", "", "", text, "The line under the title.")
    app.add_config_value("handbook_description", "", "", text, "What the book is, in the file's metadata.")
    app.add_config_value("handbook_keywords", [], "", texts, "Keywords in the file's metadata.")
    app.add_config_value("handbook_date", "", "", day, "The edition's day; default: the newest page's `updated`.")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
