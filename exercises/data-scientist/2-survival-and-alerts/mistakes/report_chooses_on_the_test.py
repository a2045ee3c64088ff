"""Chooses the threshold on the test it is then judged by: the promised workload is kept because it was looked up.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    return right(y_test, p_test, y_test, p_test, max_alerts)
