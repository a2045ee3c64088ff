"""Writes inpatient stays only and drops the emergency visits, where many a return first shows.

fails: test_nothing_is_lost
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    stays = admissions[admissions["class"] == "inpatient"]
    return right(patients, stays, labs[labs["encounter_id"].isin(stays["encounter_id"])])
