"""Takes a quantile of the scores for the threshold: where many share a score, more are flagged than the ward can
answer.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

import numpy as np
from risk import risk_report as right


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    report = right(y_val, p_val, y_test, p_test, max_alerts)
    threshold = float(np.quantile(p_val, 1 - max_alerts / 100, method="higher"))
    flag, ill = p_test >= threshold, y_test == 1
    return report | {
        "threshold": threshold,
        "tp": int(sum(flag & ill)),
        "fp": int(sum(flag & ~ill)),
        "fn": int(sum(~flag & ill)),
        "tn": int(sum(~flag & ~ill)),
    }
