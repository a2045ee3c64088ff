"""Takes the squared correlation for R2, which forgives a model whose predictions are all shifted or too bold.

fails: test_honest_scores
overrides: molecules.py
"""

import numpy as np
from molecules import SPLITS, predict, random_split, scaffold_split


def scores(molecules):
    found = {}
    for name, split in (("random", random_split), ("scaffold", scaffold_split)):
        each = []
        for seed in SPLITS:
            held = split(molecules, seed)
            predicted = predict(molecules[~held], molecules[held][["smiles"]])
            each.append(np.corrcoef(molecules[held]["activity"], predicted)[0, 1] ** 2)
        found[name] = float(np.mean(each))
    return found
