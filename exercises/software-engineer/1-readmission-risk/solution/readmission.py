"""Readmission risk: who will be back within 30 days, counted right, predicted honestly.

Run `python readmission.py` to count what your score would do on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

# --- solution
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# --- end
from wardround.hospital import build

END_OF_DATA = pd.Timestamp("2025-01-01")  # nothing that begins at or after this moment is in the tables
FOLLOW_UP = pd.Timedelta(days=30)  # 30 x 24 hours
MIN_SENSITIVITY = 0.60  # your choice: the share of readmissions the score must flag


def label_readmissions(admissions: pd.DataFrame) -> pd.DataFrame:
    """Say which inpatient stays can be followed, and which of those ended in a readmission.

    Args:
        admissions: one row per encounter of any class; the columns stand in the README.

    Returns:
        One row per inpatient stay: `encounter_id`, `eligible` (bool), `readmit30` (bool, False where not eligible).
    """
    # --- solution: keep inpatient stays, look at how each ended, then at the same patient's next inpatient stay
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    went_home = ~stays["disposition"].isin(["expired", "ama", "transfer_acute"])
    followed = stays["discharge_time"] + FOLLOW_UP <= END_OF_DATA
    eligible = went_home & followed

    by_patient = stays.groupby("patient_id")
    next_admit = by_patient["admit_time"].shift(-1)
    next_is_planned = by_patient["planned"].shift(-1, fill_value=False)
    soon = next_admit - stays["discharge_time"] <= FOLLOW_UP  # no next stay: NaT, and so False
    return pd.DataFrame(
        {
            "encounter_id": stays["encounter_id"],
            "eligible": eligible,
            "readmit30": eligible & soon & ~next_is_planned,
        }
    )
    # --- end


def split(stays: pd.DataFrame) -> pd.DataFrame:
    """Part the eligible stays into training and validation: by time, and no patient in both.

    Args:
        stays: the rows of `admissions` whose stays are eligible.

    Returns:
        `encounter_id`, `part` ("train" or "validation"); a stay that fits neither part is left out.
    """
    # --- solution: choose a date; then see to the patients who have stays on both sides of it
    cut = stays["discharge_time"].quantile(0.70)
    late = stays["discharge_time"] >= cut
    # Validation keeps every late stay, as a ward would meet them; their patients' earlier stays are given up.
    seen_late = stays["patient_id"].isin(stays.loc[late, "patient_id"])
    parts = pd.DataFrame({"encounter_id": stays["encounter_id"], "part": np.where(late, "validation", "train")})
    return parts[late | ~seen_late]
    # --- end


def features(
    admissions: pd.DataFrame, patients: pd.DataFrame, conditions: pd.DataFrame, labs: pd.DataFrame
) -> pd.DataFrame:
    """Describe every inpatient stay by what was on record at its discharge.

    Returns:
        One row per inpatient stay, indexed by `encounter_id`; numeric columns of your choice, NaN where not measured.
    """
    # --- solution: join by stay or patient, and drop every row that was recorded after the stay's discharge
    stays = admissions[admissions["class"] == "inpatient"].merge(patients, on="patient_id")
    days = (stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1)
    X = pd.DataFrame(
        {
            "age": stays["age"],
            "lives_alone": stays["lives_alone"].astype(int),
            "log_days": np.log(days),
            "prior_stays": stays["prior_year_admissions"].clip(upper=4),
        }
    ).set_index(stays["encounter_id"])
    discharge = stays[["encounter_id", "patient_id", "discharge_time"]]

    # Conditions: whatever this or an earlier stay had put on record by then, from either source.
    known = discharge.merge(conditions[["patient_id", "condition", "recorded_time"]], on="patient_id")
    known = known[known["recorded_time"] <= known["discharge_time"]]
    flags = known.groupby(["encounter_id", "condition"]).size().unstack(fill_value=0).clip(upper=1)
    X = X.join(flags.reindex(X.index, fill_value=0))

    # Labs: the stay's last result, in one unit per test.
    values = labs["value"].where(labs["unit"] != "umol/L", labs["value"] / 88.42)  # creatinine, to mg/dL
    results = labs.assign(value=values).merge(discharge[["encounter_id", "discharge_time"]], on="encounter_id")
    results = results[results["time"] <= results["discharge_time"]]
    last = results.sort_values("time").groupby(["encounter_id", "lab"])["value"].last().unstack()
    return X.join(last[["creatinine", "hemoglobin", "sodium"]])
    # --- end


def predict_risk(X_train: pd.DataFrame, y_train: pd.Series, X_new: pd.DataFrame) -> np.ndarray:
    """Learn from the training stays and give the new ones a probability of readmission.

    Args:
        X_train: rows of `features`, shape (n, k).
        y_train: 1 if readmitted, else 0; shape (n,), same index as X_train.
        X_new: rows of `features`, shape (m, k).

    Returns:
        Shape (m,): probabilities from 0 to 1, in the order of X_new. The same input gives the same output.
    """
    # --- solution: start with a model whose weights you can read; NaN needs a decision
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=0.1))
    return model.fit(X_train, y_train).predict_proba(X_new)[:, 1]
    # --- end


def pick_threshold(y: np.ndarray, p: np.ndarray, min_sensitivity: float) -> float:
    """Find the highest threshold that still flags the wanted share of the readmitted.

    Args:
        y: 1 if readmitted, else 0; shape (n,), at least one 1.
        p: predicted probabilities, shape (n,). A stay is flagged when p >= threshold.
        min_sensitivity: flagged readmissions / all readmissions must reach this; above 0, at most 1.

    Returns:
        The threshold.
    """
    # --- solution: sort the scores of the readmitted from high to low; how many of them must be flagged?
    readmitted = np.sort(np.asarray(p)[np.asarray(y) == 1])[::-1]
    sensitivity = np.arange(1, readmitted.size + 1) / readmitted.size
    return float(readmitted[np.argmax(sensitivity >= min_sensitivity)])
    # --- end


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
