"""Lets in only what was measured already: the model may then say nothing that is new.

fails: test_far_is_flagged, test_molecules_note
overrides: molecules.py
"""

import numpy as np


def inside(known, new):
    return np.asarray(new["smiles"].isin(set(known["smiles"])))
