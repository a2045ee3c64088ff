"""Returns the share that had the event and calls it survival: the curve stands on its head.

overrides: survival.py
fails: test_km_counts_who_is_at_risk, test_incidence_knows_other_ends
"""

from survival import km as right


def km(time, event):
    return right(time, event).assign(survival=lambda curve: 1 - curve["survival"])
