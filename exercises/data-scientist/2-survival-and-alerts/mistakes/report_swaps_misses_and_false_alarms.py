"""Swaps missed patients and false alarms: a reader takes the patients who were missed for needless walks.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    report = right(y_val, p_val, y_test, p_test, max_alerts)
    return report | {"fp": report["fn"], "fn": report["fp"]}
