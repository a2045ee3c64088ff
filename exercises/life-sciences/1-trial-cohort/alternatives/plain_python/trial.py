"""Counts by hand: Newcombe's interval, strata of severity and age, neighbors for the endpoint, each extreme tried."""

import math

import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

NAMES = ["age", "severity", "sex", "smoker", "diabetes", "prior_infarction", "statin", "obese", "lives_alone", "urban"]


def rows_of(trial):
    return trial.to_dict("records")


def value(row, name):
    return float(row[name] == "F") if name == "sex" else float(row[name])


def table1(trial):
    arms = {arm: [row for row in rows_of(trial) if row["arm"] == arm] for arm in ("drug", "control")}
    out = [{"variable": "patients"} | {arm: len(rows) for arm, rows in arms.items()}]
    for name in NAMES:
        means = {arm: round(sum(value(row, name) for row in rows) / len(rows), 4) for arm, rows in arms.items()}
        out.append({"variable": name} | means)
    return pd.DataFrame(out)


def wilson(k, n, z=1.96):
    middle, wide = (k + z * z / 2) / (n + z * z), z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return middle - wide, middle + wide


def newcombe(k1, n1, k0, n0):
    p1, p0 = k1 / n1, k0 / n0
    (l1, u1), (l0, u0) = wilson(k1, n1), wilson(k0, n0)
    est = p1 - p0
    return est, est - math.hypot(p1 - l1, u0 - p0), est + math.hypot(u1 - p1, p0 - l0)


def counts(trial):
    out = {"drug": [0, 0], "control": [0, 0]}
    for arm, event in zip(trial["arm"], trial["event_30d"], strict=True):
        out[arm][0] += int(event)
        out[arm][1] += 1
    return *out["drug"], *out["control"]


def ate_rct(trial):
    est, lo, hi = newcombe(*counts(trial))
    return {"est": round(est, 4), "lo": round(lo, 4), "hi": round(hi, 4)}


def adjusted(trial):
    severity = pd.qcut(trial["severity"], 5, labels=False, duplicates="drop")
    age = (trial["age"] > trial["age"].median()).astype(int)
    est = variance = 0.0
    kept = 0
    for _, part in trial.groupby([severity, age]):
        k1, n1, k0, n0 = counts(part)
        if min(n1, n0) < 2:
            continue
        p1, p0 = k1 / n1, k0 / n0
        est += len(part) * (p1 - p0)
        variance += len(part) ** 2 * (p1 * (1 - p1) / (n1 - 1) + p0 * (1 - p0) / (n0 - 1))
        kept += len(part)
    est, error = est / kept, math.sqrt(variance) / kept
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}


def split(samples):
    part = ["test" if patient % 10 < 3 else "train" for patient in samples["patient_id"]]
    return pd.DataFrame({"part": part, "sample_id": samples["sample_id"].to_list()})


def predict_endpoint(X_train, y_train, X_new):
    middle, spread = X_train.mean(), X_train.std()
    model = KNeighborsClassifier(60).fit((X_train - middle) / spread, y_train)
    return [float(p) for p in model.predict_proba((X_new - middle) / spread)[:, 1]]


def subgroup_claims(trial, subgroups):
    found = []
    for name in subgroups:
        sides = [trial[trial[name] == kind] for kind in trial[name].unique()]
        gap = variance = 0.0
        for sign, side in zip((1, -1), sides, strict=True):
            k1, n1, k0, n0 = counts(side)
            p1, p0 = k1 / n1, k0 / n0
            gap += sign * (p1 - p0)
            variance += p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0
        p = math.erfc(abs(gap) / math.sqrt(variance) / math.sqrt(2))
        if p < 1 - 0.95 ** (1 / len(subgroups)):  # Sidak
            found.append(name)
    return found


def missing_outcomes(trial):
    def gap(drug, control):
        events, patients = {"drug": 0, "control": 0}, {"drug": 0, "control": 0}
        for arm, event in zip(trial["arm"], trial["event_90d"], strict=True):
            patients[arm] += 1
            events[arm] += {"drug": drug, "control": control}[arm] if math.isnan(event) else event
        return events["drug"] / patients["drug"] - events["control"] / patients["control"]

    gaps = [gap(drug, control) for drug in (0, 1) for control in (0, 1)]
    lost = trial.loc[trial["event_90d"].isna(), "arm"].tolist()
    return {
        "missing_drug": lost.count("drug"),
        "missing_control": lost.count("control"),
        "low": min(gaps),
        "high": max(gaps),
    }
