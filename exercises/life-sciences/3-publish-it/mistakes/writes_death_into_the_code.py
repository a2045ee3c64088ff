"""Writes death and fracture into the code, whatever the protocol names.

fails: test_outcome_and_follow_up_agree
"""


def follow(rows, tables, protocol):
    events = tables["events"].merge(rows[["patient_id", "time_zero"]], on="patient_id")
    day = (events["date"] - events["time_zero"]).dt.days
    seen = events[day.between(1, protocol["follow_up"]["days"])]
    result = rows.copy()
    for column, kind in (("outcome", "death"), ("control", "fracture")):
        result[column] = result["patient_id"].isin(seen.loc[seen["kind"] == kind, "patient_id"])
    return result
