"""Keeps one result of each test a stay, and so the course of an illness is gone.

fails: test_nothing_is_lost
"""

from ship import tables_from as right


def tables_from(bundle):
    tables = right(bundle)
    return {**tables, "labs": tables["labs"].drop_duplicates(["encounter_id", "lab"])}
