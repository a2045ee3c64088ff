"""Sorts the scores it was given in place: after it, each score belongs to another stay.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    report = right(y_val, p_val, y_test, p_test, max_alerts)
    p_val.sort()
    return report
