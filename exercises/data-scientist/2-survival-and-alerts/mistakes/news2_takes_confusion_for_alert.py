"""Gives points only to patients who respond to voice or pain; new confusion (C) is one of the first signs and gets
none.

overrides: alerts.py
fails: test_news2_on_every_limit
"""

from alerts import news2 as right


def news2(vitals):
    return right(vitals.assign(consciousness=vitals["consciousness"].replace("C", "A")))
