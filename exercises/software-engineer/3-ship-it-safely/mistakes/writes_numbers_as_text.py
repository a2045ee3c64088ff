"""Writes results as text; the library turns them into numbers in silence, another system does not.

fails: test_bundle_is_valid
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        if "valueQuantity" in entry["resource"]:
            entry["resource"]["valueQuantity"]["value"] = str(entry["resource"]["valueQuantity"]["value"])
    return said
