"""Rings above a number that was right for one hospital; where all have read higher for years it never stops.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""

from service import monitor as right


def monitor(reference, current):
    said = [alarm for alarm in right(reference, current) if alarm["column"] != "creatinine"]
    missing = current["creatinine"].isna().mean()
    if missing > 0.1 or current["creatinine"].mean() > 1.24:
        said.append({"column": "creatinine", "why": "creatinine is too high or often missing this week"})
    return said
