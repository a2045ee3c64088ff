"""Counts a planned return (chemotherapy, staged surgery) as a readmission.

fails: test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    eligible = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= stays["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    gap = stays.groupby("patient_id")["admit_time"].shift(-1) - stays["discharge_time"]
    back = eligible & (gap <= pd.Timedelta(days=30))
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
