"""Lays the endings beside the stays row by row; once one table is sorted, the dead are counted among others.

fails: test_deaths_are_counted_in_each_status
"""


def deaths_by_status(admissions, found):
    inpatient = admissions[admissions["class"] == "inpatient"]
    dead = (inpatient["disposition"] == "expired").to_numpy()[: len(found)]
    by = found.assign(dead=dead).groupby("status")["dead"]
    table = by.agg(stays="size", deaths="sum", death_rate="mean")
    return table.reset_index()
