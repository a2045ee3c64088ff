"""A promised risk that can be believed, also after the ward has changed.

Run `python risk.py` to read the report for the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

# --- solution
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# --- end
from wardround.hospital import build

PATIENTS = 160_000
CHANGE, LAST = pd.Timestamp("2024-07-01"), pd.Timestamp("2024-11-01")


def predict_risk(
    X_old: pd.DataFrame, y_old: pd.Series, X_recent: pd.DataFrame, y_recent: pd.Series, X_new: pd.DataFrame
) -> np.ndarray:
    """Give new stays a probability of readmission that holds on today's ward.

    Args:
        X_old, y_old: stays before the ward changed, and whether each was readmitted (1 or 0). Many.
        X_recent, y_recent: stays since it changed. Fewer.
        X_new: stays to predict, from later still; shape (m, k).

    Returns:
        Shape (m,): probabilities above 0 and below 1, in the order of X_new. The same input gives the same output.
    """

    # --- solution: learn who is at risk from the many; learn how many come back today from the few
    def numbers(X: pd.DataFrame) -> pd.DataFrame:
        return X.assign(days=np.log(X["days"]), prior_stays=X["prior_stays"].clip(upper=4))

    ranks = make_pipeline(StandardScaler(), LogisticRegression()).fit(numbers(X_old), y_old)
    log_odds = [ranks.decision_function(numbers(X))[:, None] for X in (X_recent, X_new)]
    return LogisticRegression(C=np.inf).fit(log_odds[0], y_recent).predict_proba(log_odds[1])[:, 1]
    # --- end


def risk_report(
    y_val: np.ndarray, p_val: np.ndarray, y_test: np.ndarray, p_test: np.ndarray, max_alerts: float
) -> dict[str, float]:
    """Choose a threshold on validation, then count on the test what it and the probabilities are worth.

    Args:
        y_val, y_test: 1 if readmitted, else 0.
        p_val, p_test: predicted probabilities, above 0 and below 1, in the order of their y.
        max_alerts: the ward can answer at most so many alerts per 100 stays.

    Returns:
        `threshold`: the lowest value of `p_val` at which at most `max_alerts` per 100 validation stays are flagged; a
        stay is flagged when p >= threshold. And on the test: `tp`, `fp`, `fn`, `tn` (flagged and readmitted, flagged
        only, readmitted only, neither), `auc`, `brier`, `o_e` (readmissions observed / promised) and `slope` (of the
        calibration line).
    """
    # --- solution: the threshold sees validation only; everything else sees the test only
    values = np.unique(p_val)
    flagged = np.array([np.mean(p_val >= value) for value in values])
    threshold = values[100 * flagged <= max_alerts + 1e-9].min()
    flag, ill = p_test >= threshold, y_test == 1
    log_odds = np.log(p_test / (1 - p_test))
    line = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(log_odds[:, None], y_test)
    return {
        "threshold": float(threshold),
        "tp": int(np.sum(flag & ill)),
        "fp": int(np.sum(flag & ~ill)),
        "fn": int(np.sum(~flag & ill)),
        "tn": int(np.sum(~flag & ~ill)),
        "auc": float(roc_auc_score(y_test, p_test)),
        "brier": float(brier_score_loss(y_test, p_test)),
        "o_e": float(y_test.sum() / p_test.sum()),
        "slope": float(line.coef_[0, 0]),
    }
    # --- end


def practice() -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return the practice hospital's stays described at discharge, whether each was readmitted, and when it ended."""
    hospital = build(seed=1, patients=PATIENTS)
    stays = hospital.public("admissions").merge(hospital.public("patients"), on="patient_id")
    stays = stays[stays["encounter_id"].isin(hospital.truth("eligible"))].set_index("encounter_id")
    conditions = hospital.public("conditions").query("source == 'problem list'")
    X = pd.DataFrame(
        {
            "age": stays["age"],
            "lives_alone": stays["lives_alone"].astype(int),
            "prior_stays": stays["prior_year_admissions"],
            "days": (stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1),
        }
    )
    listed = pd.crosstab(conditions["encounter_id"], conditions["condition"]).clip(upper=1)
    y = pd.Series(X.index.isin(hospital.truth("readmitted")).astype(int), X.index)
    return X.join(listed.reindex(X.index, fill_value=0)), y, stays["discharge_time"]


def main() -> None:
    """Predict the last weeks of the practice hospital and print the report, with five bands of risk."""
    X, y, end = practice()
    old, recent, new = end < CHANGE, (end >= CHANGE) & (end < LAST), end >= LAST
    # Validation: the last month of the recent stays, predicted from what came before it.
    september = recent & (end < pd.Timestamp("2024-10-01"))
    october = recent & ~september
    p_val = predict_risk(X[old], y[old], X[september], y[september], X[october])
    p = predict_risk(X[old], y[old], X[recent], y[recent], X[new])
    for name, value in risk_report(y[october].to_numpy(), p_val, y[new].to_numpy(), p, 20).items():
        print(f"{name:10}{value:9.3f}" if isinstance(value, float) else f"{name:10}{value:5}")
    print("promised   came   stays   (five bands of risk)")
    for _, band in pd.DataFrame({"p": p, "y": y[new].to_numpy()}).groupby(pd.qcut(p, 5, labels=False)):
        print(f"{band['p'].mean():8.3f}{band['y'].mean():7.3f}{len(band):8}")


if __name__ == "__main__":
    main()
