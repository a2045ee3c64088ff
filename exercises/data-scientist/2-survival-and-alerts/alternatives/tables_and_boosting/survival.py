"""Life tables by pandas: everything is counted per time first, the formulas come after."""

import numpy as np
import pandas as pd
from scipy.stats import chi2


def _life_table(time, ended):
    counts = pd.crosstab(time, ended).reindex(columns=[0, 1, 2], fill_value=0)
    gone = counts.sum(axis=1)
    return counts.assign(at_risk=gone.sum() - gone.cumsum().shift(fill_value=0))


def km(time, event):
    table = _life_table(time, event.astype(int))
    table["survival"] = (1 - table[1] / table["at_risk"]).cumprod()
    table = table[table[1] > 0].rename(columns={1: "events"}).rename_axis("time").reset_index()
    return table[["survival", "time", "at_risk", "events"]]


def cumulative_incidence(time, ended):
    table = _life_table(time, ended)
    free = (1 - (table[1] + table[2]) / table["at_risk"]).cumprod().shift(fill_value=1.0)
    table["incidence"] = (free * table[1] / table["at_risk"]).cumsum()
    return table[table[1] > 0].rename_axis("time").reset_index()[["time", "incidence"]]


def logrank(time, event, group):
    everybody, own = _life_table(time, event.astype(int)), _life_table(time[group], event[group].astype(int))
    own = own.reindex(everybody.index)
    at_risk = np.array([(time[group] >= moment).sum() for moment in everybody.index])
    n, d = everybody["at_risk"].to_numpy(dtype=float), everybody[1].to_numpy(dtype=float)
    expected = (d * at_risk / n).sum()
    variance = (d * (at_risk / n) * (1 - at_risk / n) * (n - d) / np.maximum(n - 1, 1)).sum()
    observed = own[1].sum()
    statistic = (observed - expected) ** 2 / variance
    return {"observed": observed, "expected": expected, "chi2": statistic, "p": chi2.sf(statistic, 1)}
