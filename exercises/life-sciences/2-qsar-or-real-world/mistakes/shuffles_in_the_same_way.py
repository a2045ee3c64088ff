"""Ignores the seed of the shuffle: a control that can be run only once may have been lucky.

fails: test_shuffled_teaches_nothing
overrides: molecules.py
"""

from molecules import shuffled as right


def shuffled(molecules, seed):
    return right(molecules, 1)
