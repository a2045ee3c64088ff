"""Takes the next row for the next stay, without sorting by time.

fails: test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"]
    eligible = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= stays["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = stays.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - stays["discharge_time"]
    soon = (gap >= pd.Timedelta(0)) & (gap <= pd.Timedelta(days=30))
    back = eligible & soon & ~by_patient["planned"].shift(-1, fill_value=False)
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
