"""Reports the best of five splits instead of their mean: with enough splits, any model has a good one.

fails: test_honest_scores
overrides: molecules.py
"""

from molecules import SPLITS, predict, r2, random_split, scaffold_split


def scores(molecules):
    found = {}
    for name, split in (("random", random_split), ("scaffold", scaffold_split)):
        held = [split(molecules, seed) for seed in SPLITS]
        found[name] = max(r2(molecules[h]["activity"], predict(molecules[~h], molecules[h][["smiles"]])) for h in held)
    return found
