"""Keeps discharges of the last 30 days: whoever will come back next week counts as not readmitted.

fails: test_eligible_stays
"""

import pandas as pd


def label_readmissions(admissions):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    eligible = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    by_patient = stays.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - stays["discharge_time"]
    back = (gap <= pd.Timedelta(days=30)) & ~by_patient["planned"].shift(-1, fill_value=False)
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "eligible": eligible, "readmit30": back})
