"""Puts the marker of day 14 and who took the drug into Table 1: results stand where readers look for the start.

fails: test_baseline_only
"""

import pandas as pd
from trial import numbers
from trial import table1 as right


def table1(trial):
    rows = right(trial)
    late = ["took_drug", "marker_day14"]
    means = numbers(trial, late).groupby(trial["arm"]).mean()
    more = pd.DataFrame({"variable": late, "drug": means.loc["drug"], "control": means.loc["control"]})
    return pd.concat([rows, more], ignore_index=True)
