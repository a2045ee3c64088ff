"""Names a performer that is not sent along, so whoever asks for it gets nothing.

fails: test_bundle_is_valid
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        if entry["resource"]["resourceType"] == "Observation":
            entry["resource"]["performer"] = [{"reference": "Organization/1"}]
    return said
