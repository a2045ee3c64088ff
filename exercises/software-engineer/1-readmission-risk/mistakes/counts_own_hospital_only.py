"""Looks for returns to the same hospital only; who went to another one seems well.

fails: test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    eligible = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= stays["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = stays.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - stays["discharge_time"]
    same_hospital = by_patient["facility"].shift(-1) == stays["facility"]
    unplanned = ~by_patient["planned"].shift(-1, fill_value=False)
    back = eligible & (gap <= pd.Timedelta(days=30)) & unplanned & same_hospital
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
