"""The whole translator: one Sphinx document tree to one Typst file."""

from wardround.handbook.pdf.design import Design
from wardround.handbook.pdf.pictures import Pictures
from wardround.handbook.pdf.tables import Tables


class TypstTranslator(Design, Tables, Pictures):
    """Every visitor of the parts (Design stands on Inlines and Blocks). Docutils finds them by a node's class name."""
