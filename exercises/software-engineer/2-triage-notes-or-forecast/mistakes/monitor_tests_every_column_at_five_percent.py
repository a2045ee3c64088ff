"""Tests mean and spread of seven columns at .05 each; by chance alone it rings in about every second week.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""

from scipy.stats import levene, ttest_ind


def monitor(reference, current):
    said = []
    for column in reference:
        before, now = reference[column].dropna(), current[column].dropna()
        if min(ttest_ind(before, now).pvalue, levene(before, now).pvalue) < 0.05:
            said.append({"column": column, "why": f"{column} is not as before (p < .05)"})
    return said
