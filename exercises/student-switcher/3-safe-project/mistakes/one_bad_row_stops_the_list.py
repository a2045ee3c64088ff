"""Refuses the whole list because one row is bad; the desk is left with nothing.

fails: test_faulty_rows_are_refused
"""

import numpy as np
from project import problems
from project import score as right


def score(past, visits):
    bad = any(text != "" for text in problems(visits))
    return np.full(len(visits), np.nan) if bad else right(past, visits)
