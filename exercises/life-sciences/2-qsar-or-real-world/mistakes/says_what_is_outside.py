"""Marks what is outside instead of what is inside, and the chemist makes the twenty that nobody can predict.

fails: test_far_is_flagged
overrides: molecules.py
"""

from molecules import inside as right


def inside(known, new):
    return ~right(known, new)
