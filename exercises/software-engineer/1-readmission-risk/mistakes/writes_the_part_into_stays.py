"""Writes the part into the table of stays it was given: whoever describes those stays next may learn from that column.

fails: test_split_by_time_and_patient, test_note_states_what_was_counted
"""

import numpy as np


def split(stays):
    late = stays["discharge_time"] >= stays["discharge_time"].quantile(0.7)
    seen_late = stays["patient_id"].isin(stays.loc[late, "patient_id"])
    stays["part"] = np.where(late, "validation", np.where(seen_late, "neither", "train"))
    return stays.loc[stays["part"] != "neither", ["encounter_id", "part"]]
