"""Counts events to the end of the data, since more events give more power.

fails: test_outcome_and_follow_up_agree, test_numbers_are_recomputed
"""


def follow(rows, tables, protocol):
    events = tables["events"].merge(rows[["patient_id", "time_zero"]], on="patient_id")
    day = (events["date"] - events["time_zero"]).dt.days
    seen = events[day >= 1]
    result = rows.copy()
    for column, kind in (("outcome", protocol["outcome"]["event"]), ("control", protocol["outcome"]["control"])):
        result[column] = result["patient_id"].isin(seen.loc[seen["kind"] == kind, "patient_id"])
    return result
