"""Flags only what is above the threshold, so that stays with just that score stand in the wrong cell.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    report = right(y_val, p_val, y_test, p_test, max_alerts)
    flag, ill = p_test > report["threshold"], y_test == 1
    return report | {
        "tp": int(sum(flag & ill)),
        "fp": int(sum(flag & ~ill)),
        "fn": int(sum(~flag & ill)),
        "tn": int(sum(~flag & ~ill)),
    }
