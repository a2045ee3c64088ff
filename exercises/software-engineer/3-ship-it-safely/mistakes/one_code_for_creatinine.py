"""Gives creatinine one code whatever its unit; a mass and an amount of substance are two codes, and differ 88-fold.

fails: test_bundle_is_valid
"""

from ship import LOINC
from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        code = entry["resource"].get("code", {"coding": [{}]})["coding"][0]
        if code.get("code") == LOINC["creatinine", "umol/L"]:
            code["code"] = LOINC["creatinine", "mg/dL"]
    return said
