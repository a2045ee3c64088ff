"""Takes one minus Kaplan-Meier and counts the other end as lost from view: those who went home alive keep dying on
paper.

overrides: survival.py
fails: test_incidence_knows_other_ends
"""

import survival as given


def cumulative_incidence(time, ended):
    curve = given.km(time, ended == 1)
    return curve[["time"]].assign(incidence=1 - curve["survival"])
