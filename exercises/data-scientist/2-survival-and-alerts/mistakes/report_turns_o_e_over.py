"""Divides the promised by the observed: .75 then means that too little was promised, and the wrong knob is turned.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    report = right(y_val, p_val, y_test, p_test, max_alerts)
    return report | {"o_e": 1 / report["o_e"]}
