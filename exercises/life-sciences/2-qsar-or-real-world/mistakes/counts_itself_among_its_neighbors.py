"""Gives each compound the mean activity of its three nearest ones as a column, itself among them.

fails: test_honest_scores, test_shuffled_teaches_nothing
overrides: molecules.py
"""

import numpy as np
from molecules import SPLITS, bits, r2, random_split, scaffold_split
from sklearn.linear_model import LinearRegression


def scores(molecules):
    x, y = bits(molecules["smiles"]), molecules["activity"].to_numpy()
    shared = x @ x.T
    alike = shared / (x.sum(axis=1)[:, None] + x.sum(axis=1)[None, :] - shared)
    column = y[np.argsort(-alike, axis=1)[:, :3]].mean(axis=1).reshape(-1, 1)
    found = {}
    for name, split in (("random", random_split), ("scaffold", scaffold_split)):
        held = [split(molecules, seed) for seed in SPLITS]
        each = [r2(y[h], LinearRegression().fit(column[~h], y[~h]).predict(column[h])) for h in held]
        found[name] = float(np.mean(each))
    return found
