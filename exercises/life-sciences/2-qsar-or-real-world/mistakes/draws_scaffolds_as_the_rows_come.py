"""Draws scaffolds in the order in which the rows bring them; whoever sorts the table gets another score.

fails: test_scaffolds_apart
overrides: molecules.py
"""

import numpy as np
from molecules import SHARE, scaffold_of


def scaffold_split(molecules, seed):
    scaffolds = molecules["smiles"].map(scaffold_of)
    held, count = set(), 0
    for name in np.random.default_rng(seed).permutation(scaffolds.unique()):
        if count < SHARE * len(molecules):
            held.add(name)
            count += (scaffolds == name).sum()
    return scaffolds.isin(held).to_numpy()
