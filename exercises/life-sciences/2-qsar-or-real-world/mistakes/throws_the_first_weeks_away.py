"""Starts the clock of the users at drug B and throws the weeks before away, although they were lived without it.

fails: test_nobody_is_immortal
overrides: records.py
"""

from records import days_between


def rate_ratio_b(cohort):
    followed = days_between(cohort["entry_time"], cohort["end_time"])
    start = days_between(cohort["entry_time"], cohort["drug_b_start"])
    user, died = cohort["drug_b_start"].notna().to_numpy(), cohort["died"].to_numpy(bool)
    on, off = (followed - start)[user].sum(), followed[~user].sum()
    return float((died[user].sum() / on) / (died[~user].sum() / off))
