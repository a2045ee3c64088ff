"""Leaves out the status of results, since all of them are final; who reads them cannot know that none was withdrawn.

fails: test_bundle_is_valid
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        if entry["resource"]["resourceType"] == "Observation":
            del entry["resource"]["status"]
    return said
