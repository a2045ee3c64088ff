"""The score with SQL for every table and a forest for the risk; validation gives up whoever was seen before."""

import duckdb
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_curve

from wardround.hospital import build

END_OF_DATA = pd.Timestamp("2025-01-01")
FOLLOW_UP = pd.Timedelta(days=30)
MIN_SENSITIVITY = 0.60


def label_readmissions(admissions):
    return duckdb.sql("""
        with stays as (
            select *,
                lead(admit_time) over next as next_admit,
                lead(planned) over next as next_planned
            from admissions
            where class = 'inpatient'
            window next as (partition by patient_id order by admit_time)
        )
        select
            encounter_id,
            disposition not in ('expired', 'ama', 'transfer_acute')
                and discharge_time <= timestamp '2025-01-01' - interval 30 days as eligible,
            coalesce(next_admit <= discharge_time + interval 30 days and not next_planned, false) as readmit30
        from stays
    """).df()


def split(stays):
    return duckdb.sql("""
        with dated as (
            select encounter_id, patient_id, discharge_time >= quantile_cont(discharge_time, 0.62) over () as late
            from stays
        )
        select encounter_id, if(late, 'validation', 'train') as part
        from dated
        where not late or patient_id not in (select patient_id from dated where not late)
    """).df()


def features(admissions, patients, conditions, labs):
    table = duckdb.sql("""
        with stays as (from admissions where class = 'inpatient'),
        known as (
            select stays.encounter_id,
                count(distinct condition) as illnesses,
                count(distinct condition) filter (
                    condition in ('heart failure', 'COPD', 'chronic kidney disease')
                ) as grave
            from stays join conditions
                on stays.patient_id = conditions.patient_id and recorded_time <= discharge_time
            group by all
        ),
        results as (
            select stays.encounter_id,
                arg_max(if(unit = 'umol/L', value / 88.42, value), time) filter (lab = 'creatinine') as creatinine,
                arg_max(value, time) filter (lab = 'hemoglobin') as hemoglobin,
                arg_max(value, time) filter (lab = 'sodium') as sodium
            from stays join labs on stays.encounter_id = labs.encounter_id and labs.time <= discharge_time
            group by all
        )
        select stays.encounter_id, age, lives_alone::int as alone, deprivation, prior_year_admissions as earlier,
            date_diff('minute', admit_time, discharge_time) / 1440 as days,
            coalesce(illnesses, 0) as illnesses, coalesce(grave, 0) as grave, creatinine, hemoglobin, sodium
        from stays
            join patients using (patient_id)
            left join known using (encounter_id)
            left join results using (encounter_id)
    """).df()
    return table.set_index("encounter_id").astype(float)


def predict_risk(X_train, y_train, X_new):
    forest = RandomForestClassifier(n_estimators=200, min_samples_leaf=15, random_state=7)
    return forest.fit(X_train, y_train).predict_proba(X_new)[:, 1]


def pick_threshold(y, p, min_sensitivity):
    _, sensitivity, thresholds = roc_curve(y, p, drop_intermediate=False)
    return float(thresholds[sensitivity >= min_sensitivity - 1e-12].max())


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
