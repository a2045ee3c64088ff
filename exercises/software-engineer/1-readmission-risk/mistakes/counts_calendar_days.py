"""Compares dates instead of times, so a return 30 days and some hours later still counts.

fails: test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    eligible = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= stays["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = stays.groupby("patient_id")
    days = (by_patient["admit_time"].shift(-1).dt.normalize() - stays["discharge_time"].dt.normalize()).dt.days
    back = eligible & (days <= 30) & ~by_patient["planned"].shift(-1, fill_value=False)
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
