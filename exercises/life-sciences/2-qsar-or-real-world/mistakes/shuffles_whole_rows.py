"""Shuffles whole rows: each compound keeps its own activity, and the control only mixes the order.

fails: test_shuffled_teaches_nothing
overrides: molecules.py
"""

from molecules import scores


def shuffled(molecules, seed):
    return scores(molecules.sample(frac=1, random_state=seed).reset_index(drop=True))["random"]
