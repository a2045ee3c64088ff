"""Reads every creatinine as mg/dL, as most of them are; a healthy kidney at the other site has failed.

fails: test_nothing_is_lost
"""

from ship import tables_from as right


def tables_from(bundle):
    tables = right(bundle)
    tables["labs"].loc[tables["labs"]["lab"] == "creatinine", "unit"] = "mg/dL"
    return tables
