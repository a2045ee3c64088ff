"""The six functions with loops, dicts and the statistics module: no groupby, no arrays."""

import math
import statistics
from collections import Counter
from datetime import timedelta

import pandas as pd


def first_day(admissions, labs, lab):
    begins, places = {}, {}
    for row in admissions.to_dict("records"):
        if row["class"] == "inpatient":
            begins[row["encounter_id"]], places[row["encounter_id"]] = row["admit_time"], row["facility"]
    earliest = {}
    for row in labs.to_dict("records"):
        stay = row["encounter_id"]
        if row["lab"] != lab or stay not in begins or row["time"] - begins[stay] > timedelta(days=1):
            continue
        if stay not in earliest or row["time"] < earliest[stay][0]:
            earliest[stay] = (row["time"], row["value"])
    rows = []
    for stay, place in places.items():
        if stay in earliest:
            rows.append((stay, "measured", earliest[stay][1]))
        else:
            rows.append((stay, "not sent" if place == "OTHER" else "not ordered", None))
    return pd.DataFrame(rows, columns=["encounter_id", "status", "value"])


def deaths_by_status(admissions, found):
    ending = dict(zip(admissions["encounter_id"], admissions["disposition"], strict=True))
    stays = Counter(found["status"])
    deaths = Counter(
        status for stay, status in zip(found["encounter_id"], found["status"], strict=True) if ending[stay] == "expired"
    )
    rows = [(status, n, deaths[status], deaths[status] / n) for status, n in stays.items()]
    return pd.DataFrame(rows, columns=["status", "stays", "deaths", "death_rate"])


def table1(df, group):
    rows = []
    for variable in df:
        if variable == group:
            continue
        cells = {"yes": [], "no": []}
        for inside, value in zip(df[group].tolist(), df[variable].tolist(), strict=True):
            cells["yes" if inside else "no"].append(value)
        known = {side: [v for v in values if not pd.isna(v)] for side, values in cells.items()}
        gaps = {side: len(cells[side]) - len(known[side]) for side in cells}
        everything = known["yes"] + known["no"]
        if all(isinstance(v, int | float) and not isinstance(v, bool) for v in everything):
            rows.append(_row(variable, "", gaps, known, statistics.variance))
            continue
        for level in {str(v) for v in everything}:
            ones = {side: [float(str(v) == level) for v in values] for side, values in known.items()}
            rows.append(_row(variable, level, gaps, ones, statistics.pvariance))
    return pd.DataFrame(rows)


def _row(variable, level, gaps, known, variance):
    row = {"variable": variable, "level": level, "missing_yes": gaps["yes"], "missing_no": gaps["no"]}
    if not known["yes"] or not known["no"]:
        means = {side: statistics.fmean(values) if values else math.nan for side, values in known.items()}
        return row | means | {"smd": math.nan}
    yes, no = statistics.fmean(known["yes"]), statistics.fmean(known["no"])
    spread = math.sqrt((variance(known["yes"]) + variance(known["no"])) / 2)
    smd = 0.0 if yes == no else (yes - no) / spread if spread else math.copysign(math.inf, yes - no)
    return row | {"yes": yes, "no": no, "smd": smd}


def net_benefit(y, p, t):
    worth = 0.0
    for came, score in zip(y, p, strict=True):
        if score >= t:
            worth += 1 if came else -t / (1 - t)
    return worth / len(y)


def decision_curve(y, p, thresholds):
    share = sum(y) / len(y)
    rows = [(t, net_benefit(y, p, t), share - (1 - share) * t / (1 - t), 0) for t in thresholds]
    return pd.DataFrame(rows, columns=["threshold", "score", "everybody", "nobody"])


def calibration_by_group(y, p, group):
    sums = {}
    for came, score, name in zip(y, p, group, strict=True):
        entry = sums.setdefault(name if isinstance(name, str) else "not known", [0, 0, 0.0])
        entry[0] += 1
        entry[1] += bool(came)
        entry[2] += score
    rows = []
    for name, (n, observed, expected) in sums.items():
        ratio = observed / expected
        factor = math.exp(1.96 * math.sqrt((1 - observed / n) / observed)) if observed else math.nan
        rows.append((name, n, observed, expected, ratio, ratio / factor, ratio * factor))
    return pd.DataFrame(rows, columns=["group", "n", "observed", "expected", "o_e", "low", "high"])
