"""A randomized trial, analyzed so that it cannot fool you: who was compared, the effect, its interval, its limits.

Run `python trial.py` for the numbers of your note, counted on the practice trial. All patients are invented.
For learning, not for clinical use.
"""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

BASELINE = ["age", "severity"]  # the columns that describe a patient on the day of the coin
# --- solution: add the other columns that were known before the coin, and only those
BASELINE += ["sex", "smoker", "diabetes", "prior_infarction", "statin", "obese", "lives_alone", "urban"]
# --- end
SUBGROUPS = ["sex", "smoker", "diabetes", "prior_infarction", "statin", "obese", "lives_alone", "urban"]


def numbers(trial: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Turn columns into numbers: True is 1, False 0; of `sex`, "F" is 1 and "M" 0. Ready to use: leave it as it is."""
    return pd.DataFrame(
        {name: (trial[name] == "F" if name == "sex" else trial[name]).astype(float) for name in columns}
    )


def table1(trial: pd.DataFrame) -> pd.DataFrame:
    """Describe both arms as they were before the coin.

    Args:
        trial: one row per patient.

    Returns:
        The columns `variable`, `drug` and `control`. The first row, "patients", counts the patients of each arm; then
        one row for each column of BASELINE: the mean of a number, the share (0 to 1) of True, of `sex` that of "F".
    """
    # --- solution: numbers(trial, BASELINE) gives a table; take the means of the rows of each arm
    x, drug = numbers(trial, BASELINE), trial["arm"] == "drug"
    means = pd.DataFrame(
        {"variable": BASELINE, "drug": x[drug].mean().to_numpy(), "control": x[~drug].mean().to_numpy()}
    )
    counts = pd.DataFrame({"variable": ["patients"], "drug": [drug.sum()], "control": [(~drug).sum()]})
    return pd.concat([counts, means], ignore_index=True)
    # --- end


def ate_rct(trial: pd.DataFrame) -> dict[str, float]:
    """Estimate the effect of being assigned to the drug: the risk of an event by day 30, drug minus control.

    Args:
        trial: one row per patient.

    Returns:
        `est`, and the ends `lo` and `hi` of its 95 % interval; -0.10 means 10 of 100 fewer.
    """
    # --- solution: the difference of two shares. Both waver by chance: what does that mean for the variances?
    event, drug = trial["event_30d"].to_numpy(), (trial["arm"] == "drug").to_numpy()
    return difference(event[drug], event[~drug])
    # --- end


# --- solution
def difference(drug: np.ndarray, control: np.ndarray) -> dict[str, float]:
    """Difference of two shares with its 95 % interval: variances add up."""
    p, q = drug.mean(), control.mean()
    error = np.sqrt(p * (1 - p) / len(drug) + q * (1 - q) / len(control))
    return {"est": float(p - q), "lo": float(p - q - 1.96 * error), "hi": float(p - q + 1.96 * error)}


# --- end


def adjusted(trial: pd.DataFrame) -> dict[str, float]:
    """Estimate the same effect as `ate_rct`, between patients who were alike before the coin.

    Args:
        trial: one row per patient.

    Returns:
        `est`, `lo` and `hi`, as `ate_rct` does.
    """
    # --- solution: compare within strata of severity and age, and average them by their size; or fit a straight line to
    # --- the event: 1 for the drug, BASELINE and a column of ones (np.linalg.lstsq). The variances of what it finds are
    # --- the diagonal of s2 * np.linalg.inv(x.T @ x); s2 is the sum of its squared misses / (patients - columns)
    y = trial["event_30d"].to_numpy(dtype=float)
    x = numbers(trial, BASELINE).to_numpy()
    x = np.column_stack([np.ones(len(y)), trial["arm"] == "drug", x - x.mean(axis=0)])
    found = np.linalg.lstsq(x, y, rcond=None)[0]
    inverse = np.linalg.inv(x.T @ x)
    spread = x * (y - x @ found)[:, None]  # the variances of the events differ, so each patient counts with their own
    error = np.sqrt((inverse @ spread.T @ spread @ inverse)[1, 1] * len(y) / (len(y) - x.shape[1]))
    return {"est": float(found[1]), "lo": float(found[1] - 1.96 * error), "hi": float(found[1] + 1.96 * error)}
    # --- end


def split(samples: pd.DataFrame) -> pd.DataFrame:
    """Put each blood sample into one of two parts: one to learn from, one to test on.

    Args:
        samples: one row per blood sample, one to four of each patient.

    Returns:
        `sample_id` and `part`: "train" or "test". 20 to 40 % of the patients are tested, and no patient is in both.
    """
    # --- solution: draw patients, not samples; their samples follow them
    patients = np.sort(samples["patient_id"].unique())
    tested = np.random.default_rng(0).permutation(patients)[: round(0.3 * len(patients))]
    part = np.where(samples["patient_id"].isin(tested), "test", "train")
    return pd.DataFrame({"sample_id": samples["sample_id"], "part": part})
    # --- end


def predict_endpoint(X_train: pd.DataFrame, y_train: pd.Series, X_new: pd.DataFrame) -> np.ndarray:
    """Predict who will have an event by day 30, from age, severity and a blood sample.

    Args:
        X_train: one row per sample: age, severity and eight proteins.
        y_train: 1 if the sample's patient had an event by day 30, else 0.
        X_new: the same columns, of other patients.

    Returns:
        One probability (0 to 1) for each row of X_new, in its order.
    """
    # --- solution: fit the scaler and the model to X_train only, then ask for X_new
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(X_train, y_train).predict_proba(X_new)[:, 1]
    # --- end


def subgroup_claims(trial: pd.DataFrame, subgroups: list[str]) -> list[str]:
    """Name the columns in which the effect really seems to differ between their two values.

    Args:
        trial: one row per patient.
        subgroups: the columns to look at, each with two values.

    Returns:
        Names from `subgroups`; an empty list if the trial shows no such difference.
    """
    # --- solution: for each column, the effect in one half minus the effect in the other, and the error of that gap.
    # --- How many columns do you look at, and how often would one of them seem to differ by chance?
    # --- NormalDist().inv_cdf(1 - p / 2) is how many errors wide a gap must be to count at the level p: 1.96 for 0.05
    event, drug = trial["event_30d"].to_numpy(), (trial["arm"] == "drug").to_numpy()
    halves = numbers(trial, subgroups) == 1
    limit = NormalDist().inv_cdf(1 - 0.05 / len(subgroups) / 2)
    claims = []
    for name in subgroups:
        inside = halves[name].to_numpy()
        one, other = (difference(event[part & drug], event[part & ~drug]) for part in (inside, ~inside))
        error = np.hypot(one["hi"] - one["lo"], other["hi"] - other["lo"]) / (2 * 1.96)
        if abs(one["est"] - other["est"]) > limit * error:
            claims.append(name)
    return claims
    # --- end


def missing_outcomes(trial: pd.DataFrame) -> dict[str, float]:
    """Count the outcomes of day 90 that nobody knows, and say how far they could move the result.

    Args:
        trial: one row per patient.

    Returns:
        `missing_drug` and `missing_control` (patients without an outcome at day 90 in each arm), and `low` and `high`:
        the lowest (most events spared) and the highest difference in risk, drug minus control, over all patients who
        were randomized, that the unknown outcomes allow.
    """
    # --- solution: for `low`, which outcome must the lost of the drug arm have had, and which those of the control arm?
    y, drug = trial["event_90d"], trial["arm"] == "drug"
    best = y.fillna((~drug).astype(float))  # no event in the lost on the drug, an event in all the others
    worst = y.fillna(drug.astype(float))
    return {
        "missing_drug": int((y.isna() & drug).sum()),
        "missing_control": int((y.isna() & ~drug).sum()),
        "low": float(best[drug].mean() - best[~drug].mean()),
        "high": float(worst[drug].mean() - worst[~drug].mean()),
    }
    # --- end


def main() -> None:
    """Run your functions on the practice trial and print what the note asks for; name what is not written yet."""
    from wardround.hospital import build
    from wardround.hospital.small_trials import small_trials

    hospital = build(seed=1)
    trial, samples = hospital.public("trial"), hospital.public("trial_samples")
    many = small_trials(1, 200)

    def baseline() -> None:
        print(table1(trial).round(3).to_string(index=False))

    def effect(function: Callable[[pd.DataFrame], dict[str, float]]) -> None:
        print(f"  {function.__name__:9}", plain(function(trial)))
        found = [(function(true.table), true.effect) for true in many]
        held = sum(mine["lo"] <= true <= mine["hi"] for mine, true in found)
        print(f"            in {held} of {len(many)} small trials this interval holds the truth; 190 would be 95 %")

    def endpoint() -> None:
        known = trial.set_index("patient_id")[["age", "severity", "event_30d"]]
        rows = samples.join(known, on="patient_id").set_index("sample_id")
        X, y = rows.drop(columns=["patient_id", "day", "event_30d"]), rows["event_30d"]
        part = split(samples).set_index("sample_id")["part"].reindex(X.index)
        by_lot = pd.Series(np.random.default_rng(1).permutation(part.to_numpy()), index=X.index)
        for name, sides in (("other patients (your split)", part), ("other samples (by lot)", by_lot)):
            train, test = sides == "train", sides == "test"
            p = predict_endpoint(X[train], y[train], X[test])
            print(f"  tested on {name:28} {auc(y[test].to_numpy(), p):.2f}")

    def subgroups() -> None:
        print(" ", ", ".join(subgroup_claims(trial, SUBGROUPS)) or "none")

    def lost() -> None:
        print(" ", plain(missing_outcomes(trial)))

    print("Randomized:", len(trial))
    for title, *steps in (
        ("Table 1", baseline),
        ("The effect by day 30 (drug minus control)", lambda: effect(ate_rct), lambda: effect(adjusted)),
        ("The endpoint, from blood samples: how often does a patient with an event score above one without?", endpoint),
        ("Subgroups in which the effect differs", subgroups),
        ("Day 90", lost),
    ):
        print(f"\n{title}")
        for step in steps:
            try:
                step()
            except NotImplementedError as todo:
                print(f"  {todo}")


def plain(found: dict[str, float]) -> dict[str, float]:
    """Round what a function found, for print. Ready to use."""
    return {key: int(n) if key.startswith("missing") else round(float(n), 3) for key, n in found.items()}


def auc(y: np.ndarray, p: np.ndarray) -> float:
    """Return how often a row with an event scores above a row without: 0.5 is a coin. Ready to use."""
    above = np.sort(p[y == 0])
    below, tied = np.searchsorted(above, p[y == 1], "left"), np.searchsorted(above, p[y == 1], "right")
    return float(np.mean(below + tied) / 2 / len(above))


if __name__ == "__main__":
    main()
