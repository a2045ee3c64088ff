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
ORIGIN = pd.Timestamp("2000-01-01")


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


def days(dates):
    """Whole days since 2000, as plain numbers."""
    return ((dates - ORIGIN) // pd.Timedelta(days=1)).tolist()


def cohort(tables, protocol):
    rules = protocol["eligibility"]
    people, seen, events = tables["people"], tables["visits"], tables["events"]
    visits, drug = defaultdict(list), defaultdict(list)
    for patient, day, *rest in zip(
        seen["patient_id"], days(seen["date"]), seen["place"], seen["severity"], seen["egfr"], strict=True
    ):
        visits[patient].append((day, *rest))
    for patient, day, kind in zip(events["patient_id"], days(events["date"]), events["kind"], strict=True):
        if kind == "drug A":
            drug[patient].append(day)
    rows = []
    for person, begun in zip(people.to_dict("records"), days(people["record_start"]), strict=True):
        own = sorted(visits[person["patient_id"]])
        zero = next(day for day, place, *_ in own if place == "clinic")
        recent = [row for row in reversed(own) if 0 <= zero - row[0] <= rules["baseline_days"]]
        severity, egfr = (next((row[n] for row in recent if row[n] == row[n]), None) for n in (2, 3))
        doses = [zero - day for day in drug[person["patient_id"]]]
        date = ORIGIN + pd.Timedelta(days=zero)
        reasons = {
            "age": date.year - person["born"] < rules["age_from"],
            "record": zero - begun < rules["record_days"],
            "washout": any(0 < before <= rules["washout_days"] for before in doses),
            "baseline": severity is None or egfr is None,
        }
        rows.append(
            {
                "severity": severity,
                "egfr": egfr,
                "deprivation": person["deprivation"],
                "female": int(person["female"]),
                "age": float(date.year - person["born"]),
                "left_out": next((reason for reason, holds in reasons.items() if holds), ""),
                "treated": int(0 in doses),
                "time_zero": date,
                "patient_id": person["patient_id"],
            }
        )
    return pd.DataFrame(rows).astype({"severity": float, "egfr": float})


def follow(rows, tables, protocol):
    last, events = protocol["follow_up"]["days"], tables["events"]
    zero = dict(zip(rows["patient_id"], days(rows["time_zero"]), strict=True))
    seen = {
        (patient, kind)
        for patient, day, kind in zip(events["patient_id"], days(events["date"]), events["kind"], strict=True)
        if patient in zero and 0 < day - zero[patient] <= last
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
