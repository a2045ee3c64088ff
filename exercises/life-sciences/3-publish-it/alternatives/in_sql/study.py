"""The cohort in SQL; ten strata of the propensity score; the standard error of a stratified difference."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import yaml

from wardround.hospital import build

SITES = ("north", "south")
SEED = 1
COHORT = """
WITH zero AS (SELECT patient_id, min(date) AS time_zero FROM visits WHERE place = 'clinic' GROUP BY 1),
dose AS (
    SELECT patient_id, date_diff('day', date, time_zero) AS before
    FROM events JOIN zero USING (patient_id) WHERE kind = 'drug A'
),
drug AS (
    SELECT patient_id, bool_or(before = 0) AS treated, bool_or(before BETWEEN 1 AND $washout) AS used
    FROM dose GROUP BY 1
),
known AS (
    SELECT patient_id, arg_max(severity, date) FILTER (severity IS NOT NULL AND NOT isnan(severity)) AS severity,
        arg_max(egfr, date) FILTER (egfr IS NOT NULL AND NOT isnan(egfr)) AS egfr
    FROM visits JOIN zero USING (patient_id)
    WHERE date_diff('day', date, time_zero) BETWEEN 0 AND $baseline GROUP BY 1
)
SELECT patient_id, time_zero, coalesce(treated, false) AS treated,
    CASE WHEN year(time_zero) - born < $age THEN 'age'
        WHEN date_diff('day', record_start, time_zero) < $record THEN 'record'
        WHEN coalesce(used, false) THEN 'washout'
        WHEN severity IS NULL OR egfr IS NULL THEN 'baseline' ELSE '' END AS left_out,
    year(time_zero) - born AS age, female, deprivation, severity, egfr
FROM people JOIN zero USING (patient_id) LEFT JOIN drug USING (patient_id) LEFT JOIN known USING (patient_id)
ORDER BY patient_id
"""


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
    with duckdb.connect() as link:
        for name, table in tables.items():
            link.register(name, table)
        given = {name: rules[f"{name}_days"] for name in ("record", "washout", "baseline")}
        return link.execute(COHORT, given | {"age": rules["age_from"]}).df()


def follow(rows, tables, protocol):
    days = protocol["follow_up"]["days"]
    when = tables["events"].merge(rows[["patient_id", "time_zero"]], on="patient_id")
    day = (when["date"] - when["time_zero"]) / pd.Timedelta(days=1)
    found = when[(day > 0) & (day <= days)].groupby("kind")["patient_id"].apply(set).to_dict()
    out = rows.set_index("patient_id")
    for column, key in (("outcome", "event"), ("control", "control")):
        had = found.get(protocol["outcome"][key], set())
        out[column] = [patient in had for patient in out.index]
    return out.reset_index()


def estimate(rows, protocol, seed):
    rows = rows.sort_values("patient_id").reset_index(drop=True)
    treated = rows["treated"].to_numpy(dtype=bool)
    x = rows[protocol["assignment"]["adjusted_for"]].to_numpy(dtype=float)
    stratum = np.zeros(len(rows), dtype=int)
    if x.size:
        x = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
        beta = np.zeros(x.shape[1])
        for _ in range(10):
            p = 1 / (1 + np.exp(-x @ beta))
            beta += np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (treated - p))
        strata = max(2, min(10, int(min(treated.sum(), (~treated).sum())) // 25))  # so that both stand in each
        stratum = pd.qcut(pd.Series(x @ beta).rank(method="first"), strata, labels=False).to_numpy()
    share = np.bincount(stratum) / len(rows)

    def compared(event):
        y, risk, variance = rows[event].to_numpy(dtype=float), [], []
        for group in (treated, ~treated):
            n = np.bincount(stratum[group], minlength=len(share))
            mean = np.bincount(stratum[group], weights=y[group], minlength=len(share)) / n
            risk.append(float((share * mean).sum()))
            variance.append(float((share**2 * mean * (1 - mean) / n).sum()))
        a, b = risk
        if protocol["contrast"]["measure"] == "risk ratio":
            half = 1.96 * (variance[0] / a**2 + variance[1] / b**2) ** 0.5
            return a, b, a / b, a / b * np.exp(-half), a / b * np.exp(half)
        half = 1.96 * sum(variance) ** 0.5
        return a, b, a - b, a - b - half, a - b + half

    keys = ["risk_treated", "risk_untreated", "effect", "low", "high"]
    result = dict(zip(keys, compared("outcome"), strict=True))
    result |= dict(zip(["control", "control_low", "control_high"], compared("control")[2:], strict=True))
    return {"patients": len(rows), "treated": int(treated.sum())} | result


def conclude(result, protocol):
    none = int(protocol["contrast"]["measure"] == "risk ratio")
    inside = {key: result[f"{key}low"] <= none <= result[f"{key}high"] for key in ("", "control_")}
    if inside["control_"] and not inside[""]:
        told = "lower risk" if result["effect"] < none else "higher risk"
        return "cannot tell" if result["control_low"] <= result["effect"] <= result["control_high"] else told
    return "no difference shown" if inside["control_"] else "confounded"


def analyze(tables, protocol, seed):
    rows = cohort(tables, protocol)
    result = estimate(follow(rows[rows["left_out"] == ""], tables, protocol), protocol, seed)
    return result | {"conclusion": conclude(result, protocol)}


if __name__ == "__main__":
    for site in SITES:
        print(site, analyze(load(SEED, site), load_protocol(), SEED))
