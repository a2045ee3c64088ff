"""Adjusts for age and place alone, because the rest is clinical detail; it is why the drug was given.

fails: test_groups_alike, test_risks_near_truth
overrides: records.py
"""

from sklearn.linear_model import LogisticRegression


def propensity(cohort):
    x = cohort[["age", "deprivation"]].astype(float)
    return LogisticRegression(max_iter=1000).fit(x, cohort["drug_a"]).predict_proba(x)[:, 1]
