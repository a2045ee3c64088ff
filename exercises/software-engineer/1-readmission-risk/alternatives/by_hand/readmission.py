"""The score with loops, dictionaries and points counted by hand; no model library."""

from collections import defaultdict
from math import log

import numpy as np
import pandas as pd

from wardround.hospital import build

END_OF_DATA = pd.Timestamp("2025-01-01")
FOLLOW_UP = pd.Timedelta(days=30)
MIN_SENSITIVITY = 0.60


def by_patient(admissions):
    stays = defaultdict(list)
    for row in admissions.rename(columns={"class": "kind"}).itertuples():
        if row.kind == "inpatient":
            stays[row.patient_id].append(row)
    return {patient: sorted(rows, key=lambda row: row.admit_time) for patient, rows in stays.items()}


def label_readmissions(admissions):
    rows = []
    for stays in by_patient(admissions).values():
        for stay, after in zip(stays, [*stays[1:], None], strict=True):
            followed = END_OF_DATA - stay.discharge_time >= FOLLOW_UP
            eligible = followed and stay.disposition in {"home", "home_health", "snf"}
            back = after is not None and not after.planned and after.admit_time - stay.discharge_time <= FOLLOW_UP
            rows.append((stay.encounter_id, bool(eligible), bool(back)))
    return pd.DataFrame(rows, columns=["encounter_id", "eligible", "readmit30"])


def split(stays):
    ordered = sorted(stays.itertuples(), key=lambda row: (row.discharge_time, row.encounter_id))
    cut = ordered[int(0.72 * len(ordered))].discharge_time
    late = {row.patient_id for row in ordered if row.discharge_time >= cut}
    part = {row.encounter_id: "validation" for row in ordered if row.discharge_time >= cut}
    part |= {row.encounter_id: "train" for row in ordered if row.discharge_time < cut and row.patient_id not in late}
    return pd.DataFrame({"encounter_id": list(part), "part": list(part.values())})


def features(admissions, patients, conditions, labs):
    people = {row.patient_id: row for row in patients.itertuples()}
    recorded, results = defaultdict(list), defaultdict(list)
    for row in conditions.itertuples():
        recorded[row.patient_id].append((row.recorded_time, row.condition))
    for row in labs.itertuples():
        results[row.encounter_id].append((row.time, row.lab, row.value / 88.42 if row.unit == "umol/L" else row.value))
    rows = {}
    for patient, stays in by_patient(admissions).items():
        for stay in stays:
            known = {condition for time, condition in recorded[patient] if time <= stay.discharge_time}
            last = {
                lab: value for time, lab, value in sorted(results[stay.encounter_id]) if time <= stay.discharge_time
            }
            rows[stay.encounter_id] = {
                "age": people[patient].age,
                "alone": int(people[patient].lives_alone),
                "earlier": stay.prior_year_admissions,
                "days": (stay.discharge_time - stay.admit_time).total_seconds() / 86_400,
                "illnesses": len(known),
                **{lab: last.get(lab, float("nan")) for lab in ("creatinine", "hemoglobin", "sodium")},
            }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("encounter_id")


def predict_risk(X_train, y_train, X_new):
    """Points for each column: how much more often those above its middle came back than those below."""
    y = np.asarray(y_train, dtype=float)
    total = np.full(len(X_new), log((y.sum() + 1) / (len(y) - y.sum() + 1)))
    odds = total[0]
    for name in X_train:
        edges = np.unique(np.nanquantile(X_train[name], [0.25, 0.5, 0.75]))
        seen, new = (np.where(table[name].isna(), -1, np.digitize(table[name], edges)) for table in (X_train, X_new))
        for box in np.unique(seen):
            back, inside = y[seen == box].sum(), (seen == box).sum()
            total[new == box] += 0.7 * (log((back + 5 * y.mean()) / (inside - back + 5 * (1 - y.mean()))) - odds)
    return 1 / (1 + np.exp(-total))


def pick_threshold(y, p, min_sensitivity):
    cases = [score for outcome, score in zip(y, p, strict=True) if outcome == 1]
    for threshold in sorted(set(cases), reverse=True):
        if sum(score >= threshold for score in cases) / len(cases) >= min_sensitivity:
            return float(threshold)
    raise ValueError("no threshold finds enough")


def main() -> None:
    """Run your functions on the practice hospital and print the four counts behind your note.

    Two shares follow from them: sensitivity (of the readmitted, the flagged) and ppv, the positive predictive value (of
    the flagged, the readmitted).
    """
    hospital = build(seed=1)
    names = ("admissions", "patients", "conditions", "labs")
    admissions, patients, conditions, labs = (hospital.public(name) for name in names)

    labels = label_readmissions(admissions).set_index("encounter_id")
    eligible = labels.index[labels["eligible"]]
    parts = split(admissions[admissions["encounter_id"].isin(eligible)])
    train = parts.loc[parts["part"] == "train", "encounter_id"]
    validation = parts.loc[parts["part"] == "validation", "encounter_id"]
    X, y = features(admissions, patients, conditions, labs), labels["readmit30"].astype(int)

    p = np.asarray(predict_risk(X.loc[train], y.loc[train], X.loc[validation]))
    y_validation = y.loc[validation].to_numpy()
    threshold = pick_threshold(y_validation, p, MIN_SENSITIVITY)
    threshold = np.floor(threshold * 10_000) / 10_000  # rounded down, so that it flags no fewer
    flagged = p >= threshold
    print(f"{len(train)} stays to learn from, {len(validation)} to validate on; threshold {threshold}")
    print(f"flagged and readmitted       {np.sum(flagged & (y_validation == 1)):6d}")
    print(f"flagged, not readmitted      {np.sum(flagged & (y_validation == 0)):6d}")
    print(f"not flagged but readmitted   {np.sum(~flagged & (y_validation == 1)):6d}")
    print(f"not flagged, not readmitted  {np.sum(~flagged & (y_validation == 0)):6d}")


if __name__ == "__main__":
    main()
