"""Refers to a patient by number, as in a database; in a Bundle that leads nowhere, and the stay is nobody's.

fails: test_bundle_is_valid, test_nothing_is_lost
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        if entry["resource"]["resourceType"] == "Encounter":
            number = entry["resource"]["subject"]["reference"].rpartition("-")[2]
            entry["resource"]["subject"] = {"reference": f"Patient/{number}"}
    return said
