"""Writes the code of one unit and the name of another: the program reads a sound kidney, the doctor a failed one.

fails: test_bundle_is_valid
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    said = right(patients, admissions, labs)
    for entry in said["entry"]:
        quantity = entry["resource"].get("valueQuantity")
        if quantity and quantity["code"] == "umol/L":
            quantity["unit"] = "mg/dL"
    return said
