"""Calls inside whatever weighs as much as known compounds do: a fat and a peptide may weigh the same.

fails: test_far_is_flagged
overrides: molecules.py
"""

import numpy as np
from rdkit import Chem
from rdkit.Chem import Descriptors


def inside(known, new):
    a, b = ([Descriptors.MolWt(Chem.MolFromSmiles(text)) for text in table["smiles"]] for table in (new, known))
    return (np.array(a) >= min(b)) & (np.array(a) <= max(b))
