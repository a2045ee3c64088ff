"""Leaves out whoever was lost from view: only the patients with a clear end are counted, and everybody seems to come
back.

overrides: survival.py
fails: test_km_counts_who_is_at_risk, test_incidence_knows_other_ends
"""

import numpy as np
from survival import km as right


def km(time, event):
    return right(time[event], np.ones(np.sum(event), dtype=bool))
