"""Compares quitters with the others as they come, although older people quit more often and gain less.

fails: test_quitting_and_weight
overrides: records.py
"""


def effect_of_quitting(people):
    means = people.groupby("qsmk")["wt82_71"].mean()
    return float(means[1.0] - means[0.0])
