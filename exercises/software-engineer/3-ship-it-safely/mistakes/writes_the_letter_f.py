"""Writes the letter of our own table for the gender; the library takes any text, and no other system knows an F.

fails: test_bundle_is_valid
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        if "gender" in entry["resource"]:
            entry["resource"]["gender"] = entry["resource"]["gender"][0].upper()
    return said
