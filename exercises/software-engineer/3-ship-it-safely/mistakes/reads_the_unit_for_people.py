"""Reads the unit that is printed for people instead of the code that programs agree on.

fails: test_nothing_is_lost
"""

from ship import tables_from as right


def tables_from(bundle):
    shown = {}
    for entry in bundle["entry"]:
        quantity = entry["resource"].get("valueQuantity")
        if quantity:
            shown[quantity["code"]] = quantity["unit"]
    tables = right(bundle)
    return {**tables, "labs": tables["labs"].assign(unit=tables["labs"]["unit"].map(shown))}
