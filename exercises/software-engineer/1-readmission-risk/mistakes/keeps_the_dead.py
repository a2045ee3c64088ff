"""Keeps stays in which the patient died: they never come back, and the rate looks too good.

fails: test_eligible_stays
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    eligible = ~stays["disposition"].isin(["ama", "transfer_acute"])
    eligible &= stays["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = stays.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - stays["discharge_time"]
    back = (gap <= pd.Timedelta(days=30)) & ~by_patient["planned"].shift(-1, fill_value=False)
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
