"""Ignores the seed: one draw of scaffolds, easy or hard, decides the score.

fails: test_scaffolds_apart
overrides: molecules.py
"""

from molecules import scaffold_split as right


def scaffold_split(molecules, seed):
    return right(molecules, 0)
