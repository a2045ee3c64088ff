"""Reports the best of five scaffold splits instead of their mean: with enough splits, any model has a good one.

fails: test_honest_scores
overrides: molecules.py
"""

import numpy as np
from molecules import SPLITS, predict, r2, random_split, scaffold_split


def scores(molecules):
    found = {}
    for name, split, taken in (("random", random_split, np.mean), ("scaffold", scaffold_split, max)):
        held = [split(molecules, seed) for seed in SPLITS]
        each = [r2(molecules[h]["activity"], predict(molecules[~h], molecules[h][["smiles"]])) for h in held]
        found[name] = float(taken(each))
    return found
