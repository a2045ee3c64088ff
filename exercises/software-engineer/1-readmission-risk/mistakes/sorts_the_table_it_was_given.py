"""Sorts and drops rows of the admissions table in place; whoever uses the table next has lost the visits.

fails: test_eligible_stays, test_labels_follow_the_definition
"""

import pandas as pd


def label_readmissions(admissions):
    admissions.drop(admissions.index[admissions["class"] != "inpatient"], inplace=True)
    admissions.sort_values(["patient_id", "admit_time"], inplace=True)
    eligible = ~admissions["disposition"].isin(["expired", "ama", "transfer_acute"])
    eligible &= admissions["discharge_time"] + pd.Timedelta(days=30) <= pd.Timestamp("2025-01-01")
    by_patient = admissions.groupby("patient_id")
    gap = by_patient["admit_time"].shift(-1) - admissions["discharge_time"]
    back = eligible & (gap <= pd.Timedelta(days=30)) & ~by_patient["planned"].shift(-1, fill_value=False)
    return pd.DataFrame({"encounter_id": admissions["encounter_id"], "eligible": eligible, "readmit30": back})
