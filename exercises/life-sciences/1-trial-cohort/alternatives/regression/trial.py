"""Straight lines for every effect, Holm's steps for many tests, a forest for the endpoint, and a table of shares."""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GroupShuffleSplit

BEFORE = ["age", "severity", "sex", "smoker", "diabetes", "prior_infarction", "statin", "obese", "lives_alone", "urban"]


class Effect(NamedTuple):
    est: float
    lo: float
    hi: float


def coded(trial, columns):
    return pd.DataFrame({c: trial[c].eq("F") if c == "sex" else trial[c] for c in columns}).astype(float)


def line(y, x):
    """Least squares with errors that hold when variances differ (HC3)."""
    x = np.column_stack([np.ones(len(x)), x])
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    u = x * ((y - x @ b) / (1 - leverage))[:, None]
    return b[1:], np.sqrt(np.diag(inverse @ u.T @ u @ inverse))[1:]


def effect(b, s):
    return Effect(b[0], b[0] - 1.96 * s[0], b[0] + 1.96 * s[0])


def table1(trial):
    by = coded(trial, BEFORE).groupby(trial["arm"])
    out = by.mean().T
    out.loc["patients"] = by.size()
    out.columns.name = None
    return out.rename_axis("variable").reset_index()[["variable", "drug", "control"]]


def ate_rct(trial):
    return effect(*line(trial["event_30d"].to_numpy(float), (trial["arm"] == "drug").to_numpy(float)[:, None]))


def adjusted(trial):
    a = (trial["arm"] == "drug").to_numpy(float)
    z = coded(trial, BEFORE).to_numpy()
    z = z - z.mean(axis=0)
    return effect(*line(trial["event_30d"].to_numpy(float), np.column_stack([a, z, a[:, None] * z[:, :2]])))


def split(samples):
    halves = GroupShuffleSplit(1, test_size=0.25, random_state=4)
    train, _ = next(halves.split(samples, groups=samples["patient_id"]))
    part = np.full(len(samples), "test", dtype=object)
    part[train] = "train"
    return samples[["sample_id"]].assign(part=part)


def predict_endpoint(X_train, y_train, X_new):
    forest = RandomForestClassifier(100, min_samples_leaf=15, random_state=0).fit(X_train, y_train)
    return forest.predict_proba(X_new)[:, 1]


def subgroup_claims(trial, subgroups):
    a, y = (trial["arm"] == "drug").to_numpy(float), trial["event_30d"].to_numpy(float)
    x = coded(trial, subgroups)
    p = {}
    for name in subgroups:
        b, s = line(y, np.column_stack([a * x[name], a, x[name]]))
        p[name] = 2 * (1 - NormalDist().cdf(abs(b[0] / s[0])))
    found = []
    for k, name in enumerate(sorted(p, key=p.get)):
        if p[name] > 0.05 / (len(p) - k):
            break
        found.append(name)
    return found


def missing_outcomes(trial):
    table = pd.crosstab(trial["arm"], trial["event_90d"].map({0: "no", 1: "yes"}).fillna("lost"))
    table = table.reindex(columns=["no", "yes", "lost"], fill_value=0)
    n, yes, lost = table.sum(axis=1), table["yes"], table["lost"]
    least, most = yes / n, (yes + lost) / n
    return {
        "missing_drug": lost["drug"],
        "missing_control": lost["control"],
        "low": least["drug"] - most["control"],
        "high": most["drug"] - least["control"],
    }
