"""Returns 0, because that is what the control should give.

fails: test_shuffled_teaches_nothing
overrides: molecules.py
"""


def shuffled(molecules, seed):
    return 0.0
