"""Counts a visit to the emergency department, or a night under observation, as a readmission.

fails: test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    rows = admissions.sort_values(["patient_id", "admit_time"])  # all classes: here it goes wrong
    eligible = (rows["class"] == "inpatient") & ~rows["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= rows["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = rows.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - rows["discharge_time"]
    unplanned = ~by_patient["planned"].shift(-1, fill_value=False)
    back = eligible & (gap <= pd.Timedelta(days=30)) & unplanned
    return pd.DataFrame({"encounter_id": rows["encounter_id"], "eligible": eligible, "readmit30": back})
