"""Exchanges the sides: it learns from a fifth of the compounds and tests on the rest.

fails: test_scaffolds_apart
overrides: molecules.py
"""

from molecules import scaffold_split as right


def scaffold_split(molecules, seed):
    return ~right(molecules, seed)
