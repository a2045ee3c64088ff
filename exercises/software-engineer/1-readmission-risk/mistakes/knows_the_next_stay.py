"""Lets the days until the patient's next stay slip into the features: the score then knows the answer.

fails: test_features_know_only_the_past, test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

import pandas as pd
from readmission import features as right


def features(admissions, patients, conditions, labs):
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    gap = stays.groupby("patient_id")["admit_time"].shift(-1) - stays["discharge_time"]
    days = (gap / pd.Timedelta(days=1)).fillna(999).set_axis(stays["encounter_id"])
    return right(admissions, patients, conditions, labs).assign(days_to_next_stay=lambda X: days.reindex(X.index))
