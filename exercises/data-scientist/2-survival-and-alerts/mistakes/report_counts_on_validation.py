"""Counts the four cells on the validation stays, on which the threshold was chosen.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    cells = {
        key: value
        for key, value in right(y_val, p_val, y_val, p_val, max_alerts).items()
        if key in ("tp", "fp", "fn", "tn")
    }
    return right(y_val, p_val, y_test, p_test, max_alerts) | cells
