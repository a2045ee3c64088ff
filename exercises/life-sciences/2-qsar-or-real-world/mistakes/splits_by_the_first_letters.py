"""Takes compounds whose texts begin alike for relatives; the text begins wherever its writer began.

fails: test_scaffolds_apart
overrides: molecules.py
"""

import numpy as np
from molecules import SHARE


def scaffold_split(molecules, seed):
    begins = molecules["smiles"].str[:6]
    sizes = begins.value_counts().sort_index()
    order = np.random.default_rng(seed).permutation(len(sizes))
    held, room = [], (SHARE + 0.02) * len(molecules)
    for place in order:
        if sizes.iloc[place] <= room:
            held.append(sizes.index[place])
            room -= sizes.iloc[place]
    return begins.isin(held).to_numpy()
