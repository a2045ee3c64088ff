"""Fills what was not taken with normal values before it looks: the score is the same, and nobody learns how little
was known.

overrides: alerts.py
fails: test_news2_on_every_limit
"""

from alerts import news2 as right


def news2(vitals):
    normal = {"respiratory_rate": 16, "spo2": 97, "systolic_bp": 120, "pulse": 70, "temperature": 37.0}
    return right(vitals.fillna(normal))
