"""Draws compounds by lot and calls it a scaffold split: every scaffold has relatives on the other side.

fails: test_scaffolds_apart
overrides: molecules.py
"""

from molecules import random_split


def scaffold_split(molecules, seed):
    return random_split(molecules, seed)
