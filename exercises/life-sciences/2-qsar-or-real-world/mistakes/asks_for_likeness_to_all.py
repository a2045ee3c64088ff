"""Takes the mean similarity to all known compounds, so that even a relative of some of them is far from most.

fails: test_far_is_flagged, test_molecules_note
overrides: molecules.py
"""

from molecules import bits


def inside(known, new):
    a, b = bits(new["smiles"]), bits(known["smiles"])
    shared = a @ b.T
    return (shared / (a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - shared)).mean(axis=1) >= 0.35
