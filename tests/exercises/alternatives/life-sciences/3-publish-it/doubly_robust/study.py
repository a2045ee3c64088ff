"""Patient by patient in plain Python; doubly robust risks, an interval without any draw; strokes and a ratio."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sklearn.linear_model import LogisticRegression

from wardround.hospital import build

SITES = ("north", "south")
SEED = 1


def load(seed, site):
    hospital = build(seed)
    people = hospital.public("registry_people").query("site == @site").drop(columns="site")
    tables = {"people": people}
    for name in ("visits", "events"):
        rows = hospital.public(f"registry_{name}")
        tables[name] = rows[rows["patient_id"].isin(people["patient_id"])]
    return tables


def load_protocol():
    return yaml.safe_load((Path(__file__).parent / "protocol.yaml").read_text(encoding="utf-8"))


def cohort(tables, protocol):
    rules = protocol["eligibility"]
    visits, drug = defaultdict(list), defaultdict(list)
    for row in tables["visits"].itertuples(index=False):
        visits[row.patient_id].append(row)
    for row in tables["events"].itertuples(index=False):
        if row.kind == "drug A":
            drug[row.patient_id].append(row.date)
    rows = []
    for person in tables["people"].itertuples(index=False):
        own = sorted(visits[person.patient_id], key=lambda row: row.date)
        zero = next(row.date for row in own if row.place == "clinic")
        recent = [row for row in own if 0 <= (zero - row.date).days <= rules["baseline_days"]]
        last = {
            name: next((v for row in reversed(recent) if not np.isnan(v := getattr(row, name))), None)
            for name in ("severity", "egfr")
        }
        doses = [(zero - date).days for date in drug[person.patient_id]]
        age = zero.year - person.born
        if age < rules["age_from"]:
            out = "age"
        elif (zero - person.record_start).days < rules["record_days"]:
            out = "record"
        elif any(0 < before <= rules["washout_days"] for before in doses):
            out = "washout"
        else:
            out = "baseline" if None in last.values() else ""
        rows.append(
            {
                "severity": last["severity"],
                "egfr": last["egfr"],
                "deprivation": person.deprivation,
                "female": int(person.female),
                "age": float(age),
                "left_out": out,
                "treated": int(0 in doses),
                "time_zero": zero,
                "patient_id": person.patient_id,
            }
        )
    return pd.DataFrame(rows).astype({"severity": float, "egfr": float})


def follow(rows, tables, protocol):
    days = pd.Timedelta(days=protocol["follow_up"]["days"])
    zero = dict(zip(rows["patient_id"], rows["time_zero"], strict=True))
    seen = {
        (row.patient_id, row.kind)
        for row in tables["events"].itertuples(index=False)
        if row.patient_id in zero and pd.Timedelta(0) < row.date - zero[row.patient_id] <= days
    }
    kinds = {"outcome": protocol["outcome"]["event"], "control": protocol["outcome"]["control"]}
    return rows.assign(**{name: [(i, kind) in seen for i in rows["patient_id"]] for name, kind in kinds.items()})


def estimate(rows, protocol, seed):
    rows = rows.sort_values("patient_id")
    t = rows["treated"].to_numpy(dtype=float)
    x = rows[list(protocol["assignment"]["adjusted_for"])].to_numpy(dtype=float)
    p = np.full(len(t), t.mean())
    if x.shape[1]:
        x = (x - x.mean(axis=0)) / x.std(axis=0)
        p = LogisticRegression(C=1e4).fit(x, t).predict_proba(x)[:, 1]
    result = {"patients": len(t), "treated": round(t.sum())}
    for event, names in (
        ("outcome", ("effect", "low", "high")),
        ("control", ("control", "control_low", "control_high")),
    ):
        y = rows[event].to_numpy(dtype=float)
        score = []
        for arm, chance in ((t, p), (1 - t, 1 - p)):
            guess = np.full(len(y), y[arm == 1].mean())
            if x.shape[1]:
                guess = LogisticRegression(C=1e4).fit(x[arm == 1], y[arm == 1]).predict_proba(x)[:, 1]
            score.append(guess + arm * (y - guess) / chance)
        a, b = score[0].mean(), score[1].mean()
        if event == "outcome":
            result |= {"risk_treated": a, "risk_untreated": b}
        if protocol["contrast"]["measure"] == "risk ratio":
            half = 1.96 * np.std(score[0] / a - score[1] / b) / len(y) ** 0.5
            values = (a / b, a / b * np.exp(-half), a / b * np.exp(half))
        else:
            half = 1.96 * np.std(score[0] - score[1]) / len(y) ** 0.5
            values = (a - b, a - b - half, a - b + half)
        result |= dict(zip(names, map(float, values), strict=True))
    return result


def conclude(result, protocol):
    none = {"risk difference": 0.0, "risk ratio": 1.0}[protocol["contrast"]["measure"]]

    def control_holds(value):
        return result["control_low"] <= value <= result["control_high"]

    if not control_holds(none):
        return "confounded"
    sides = {np.sign(result[key] - none) for key in ("low", "high")}
    if len(sides) > 1:
        return "no difference shown"
    if control_holds(result["effect"]):
        return "cannot tell"
    return "higher risk" if sides == {1.0} else "lower risk"


def analyze(tables, protocol, seed):
    rows = cohort(tables, protocol)
    result = estimate(follow(rows[rows["left_out"] == ""], tables, protocol), protocol, seed)
    return result | {"conclusion": conclude(result, protocol)}


if __name__ == "__main__":
    for site in SITES:
        print(site, analyze(load(SEED, site), load_protocol(), SEED))
