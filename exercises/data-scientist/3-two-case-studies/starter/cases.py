"""Two case studies: what an unmeasured value means, and whether a call list is worth its calls.

Run `python cases.py` for the numbers of your two forms, counted on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

FIRST_DAY = pd.Timedelta(hours=24)
OTHER = "OTHER"  # the hospital that sends no laboratory results
CALLS_WORTH = 8  # your choice, from 5 to 12: you would make so many calls to reach one patient who would come back
DESCRIBED = ["age", "sex", "lives_alone", "payer", "planned", "ward", "prior_year_admissions", "wbc"]


def first_day(admissions: pd.DataFrame, labs: pd.DataFrame, lab: str) -> pd.DataFrame:
    """Find each inpatient stay's first result of a test in its first 24 hours, and say where there is none, and why.

    Args:
        admissions: one row per encounter of any class.
        labs: one row per result; `time` is when it was reported.
        lab: the test, such as "lactate".

    Returns:
        One row per inpatient stay: `encounter_id`, `status` ("measured", "not ordered" or "not sent") and `value` (NaN
        unless it was measured).
    """
    # TODO: join the results to the stays' admit_time, keep 24 hours, sort; then keep every stay
    raise NotImplementedError("first_day is not written yet")


def deaths_by_status(admissions: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Count stays and deaths in hospital for each status.

    Args:
        admissions: one row per encounter of any class.
        found: what `first_day` returns.

    Returns:
        One row per status in `found`: `status`, `stays`, `deaths` and `death_rate` (deaths / stays of that status).
    """
    # TODO: join the disposition to `found`; a stay ended in death if it says "expired"
    raise NotImplementedError("deaths_by_status is not written yet")


def table1(df: pd.DataFrame, group: str) -> pd.DataFrame:
    """Describe two groups side by side, with what is missing and how far apart they are.

    Args:
        df: one row per stay; the column `group` is True or False, every other column is described.
        group: that column's name.

    Returns:
        One row per variable of numbers (`level` is "") and one per level of any other variable (`level` is its text):
        `variable`, `level`, `missing_yes`, `missing_no` (rows without a value), `yes`, `no` (mean, or share of the
        level, among rows with a value) and `smd` (the standardized mean difference, yes minus no).
    """
    # TODO: take one variable after the other, and drop missing values of that variable only
    raise NotImplementedError("table1 is not written yet")


def net_benefit(y: np.ndarray, p: np.ndarray, t: float) -> float:
    """Weigh returns that are called against calls that were not needed, per discharge.

    Args:
        y: 1 for a patient who came back, else 0; shape (n,).
        p: probabilities, shape (n,). A patient is called when p >= t.
        t: the threshold, above 0 and below 1.

    Returns:
        Returns called / n - needless calls / n x t / (1 - t).
    """
    # TODO: count both kinds of calls among all n patients, then weigh the needless ones
    raise NotImplementedError("net_benefit is not written yet")


def decision_curve(y: np.ndarray, p: np.ndarray, thresholds: list[float]) -> pd.DataFrame:
    """Compare the score with calling everybody and with calling nobody.

    Returns:
        One row per threshold, in their order: `threshold`, and the net benefit of `score`, `everybody`, `nobody`.
    """
    # TODO: the same formula three times; who is called when everybody is?
    raise NotImplementedError("decision_curve is not written yet")


def calibration_by_group(y: pd.Series, p: pd.Series, group: pd.Series) -> pd.DataFrame:
    """Compare observed with expected returns in each group.

    Args:
        y: True or 1 for a patient who came back; shape (n,).
        p: probabilities, shape (n,).
        group: the group's name, shape (n,); None or NaN where it is not known. All three have the same index.

    Returns:
        One row per group, those without one as "not known": `group`, `n`, `observed` (returns), `expected` (sum of p),
        `o_e` (observed / expected), `low` and `high` (its 95 % interval; NaN where nobody came back).
    """
    # TODO: name the missing group first, then count, add up and divide within each group
    raise NotImplementedError("calibration_by_group is not written yet")


def main() -> None:
    """Run your functions on the practice hospital and print what the two forms ask for."""
    from wardround.hospital import build
    from wardround.hospital.call_list import call_list

    hospital = build(seed=1)
    admissions, patients, labs = (hospital.public(name) for name in ("admissions", "patients", "labs"))

    print("The clinical case: lactate in the first 24 hours")
    found = first_day(admissions, labs, "lactate")
    print(deaths_by_status(admissions, found).to_string(index=False))
    wbc = first_day(admissions, labs, "wbc").rename(columns={"value": "wbc"})[["encounter_id", "wbc"]]
    ours = found[found["status"] != "not sent"].merge(admissions, on="encounter_id").merge(patients, on="patient_id")
    ours = ours.merge(wbc, on="encounter_id")
    ours["measured"] = ours["status"] == "measured"
    print("\nTable 1: yes = lactate was measured, no = it was not ordered")
    print(table1(ours[[*DESCRIBED, "measured"]], "measured").round(3).to_string(index=False))

    print("\nThe operational case: the call list")
    calls = call_list(admissions, patients)
    back, p, t = calls["back_anywhere"].to_numpy(dtype=int), calls["p"].to_numpy(), 1 / CALLS_WORTH
    print(f"threshold {t:.4f}: {100 * np.mean(p >= t):.1f} calls per 100 discharges")
    print(decision_curve(back, p, [0.05, 0.10, t, 0.20]).round(4).to_string(index=False))
    for seen in ("back_here", "back_anywhere"):
        print(f"\nCalibration by group, returns counted: {seen}")
        print(calibration_by_group(calls[seen], calls["p"], calls["group"]).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
