"""Scores the model on the compounds that it has learned from; with shuffled activities it still seems to know them.

fails: test_honest_scores, test_shuffled_teaches_nothing
overrides: molecules.py
"""

import numpy as np
from molecules import SPLITS, predict, r2, random_split, scaffold_split


def scores(molecules):
    found = {}
    for name, split in (("random", random_split), ("scaffold", scaffold_split)):
        kept = [molecules[~split(molecules, seed)] for seed in SPLITS]
        found[name] = float(np.mean([r2(k["activity"], predict(k, k[["smiles"]])) for k in kept]))
    return found
