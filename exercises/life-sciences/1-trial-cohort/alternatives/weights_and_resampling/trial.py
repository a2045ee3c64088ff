"""An interval by drawing again, weights from a propensity, the false discovery rate, boosting, and a seeded shuffle."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

COLUMNS = [
    "sex",
    "age",
    "severity",
    "smoker",
    "diabetes",
    "prior_infarction",
    "statin",
    "obese",
    "lives_alone",
    "urban",
]


@dataclass
class Effect:
    est: float
    lo: float
    hi: float


def matrix(trial, columns=COLUMNS):
    return np.column_stack([(trial[c] == "F" if c == "sex" else trial[c]).to_numpy(float) for c in columns])


def table1(trial):
    drug = (trial["arm"] == "drug").to_numpy()
    x = matrix(trial)
    return pd.DataFrame(
        {
            "variable": ["patients", *COLUMNS],
            "drug": [drug.sum(), *x[drug].mean(axis=0).round(3)],
            "control": [(~drug).sum(), *x[~drug].mean(axis=0).round(3)],
            "p": np.nan,
        }
    )


def ate_rct(trial):
    r = np.random.default_rng(7)
    arms = [trial.loc[trial["arm"] == arm, "event_30d"].to_numpy() for arm in ("drug", "control")]
    shares = [r.binomial(len(y), y.mean(), 4000) / len(y) for y in arms]
    lo, hi = np.quantile(shares[0] - shares[1], [0.025, 0.975])
    return Effect(arms[0].mean() - arms[1].mean(), lo, hi)


def adjusted(trial):
    y, a, x = trial["event_30d"].to_numpy(float), (trial["arm"] == "drug").to_numpy(), matrix(trial)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    e = LogisticRegression(C=100).fit(x, a).predict_proba(x)[:, 1]
    w = np.where(a, 1 / e, 1 / (1 - e))
    means, variance = [], 0.0
    for arm in (a, ~a):
        m = np.average(y[arm], weights=w[arm])
        means.append(m)
        variance += np.sum((w[arm] * (y[arm] - m)) ** 2) / w[arm].sum() ** 2
    est = means[0] - means[1]
    return Effect(est, est - 1.96 * variance**0.5, est + 1.96 * variance**0.5)


def split(samples):
    patients = samples["patient_id"].drop_duplicates().sample(frac=1, random_state=3).to_numpy()
    test = set(patients[: len(patients) // 3])
    part = samples["patient_id"].map(lambda patient: "test" if patient in test else "train")
    return pd.concat([samples["sample_id"], part.rename("part")], axis=1)


def predict_endpoint(X_train, y_train, X_new):
    model = HistGradientBoostingClassifier(max_depth=2, max_iter=40, random_state=0, early_stopping=False)
    return pd.Series(model.fit(X_train, y_train).predict_proba(X_new)[:, 1], index=X_new.index)


def subgroup_claims(trial, subgroups):
    y, a, x = trial["event_30d"].to_numpy(float), (trial["arm"] == "drug").to_numpy(), matrix(trial, subgroups) == 1
    p = []
    for k in range(x.shape[1]):
        cells = {(i, j): y[(x[:, k] == i) & (a == j)] for i in (0, 1) for j in (0, 1)}
        m = {c: v.mean() for c, v in cells.items()}
        gap = m[1, 1] - m[1, 0] - m[0, 1] + m[0, 0]
        error = np.sqrt(sum(v.var(ddof=1) / v.size for v in cells.values()))
        p.append(2 * NormalDist().cdf(-abs(gap / error)))
    order = np.argsort(p)
    passed = [n for n, k in enumerate(order, 1) if p[k] <= 0.05 * n / len(p)]
    return sorted(subgroups[k] for k in order[: max(passed, default=0)])


def missing_outcomes(trial):
    y, a = trial["event_90d"].to_numpy(), (trial["arm"] == "drug").to_numpy()
    lost = np.isnan(y)
    low = np.where(lost, 1 - a, y)
    high = np.where(lost, a, y)
    gap = lambda full: float(full[a].mean() - full[~a].mean())  # noqa: E731
    return {
        "missing_drug": np.sum(lost & a),
        "missing_control": np.sum(lost & ~a),
        "low": round(gap(low), 4),
        "high": round(gap(high), 4),
    }
