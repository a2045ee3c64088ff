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
    # --- solution: join the results to the stays' admit_time, keep 24 hours, sort; then keep every stay
    stays = admissions.loc[admissions["class"] == "inpatient", ["encounter_id", "facility", "admit_time"]]
    results = labs[labs["lab"] == lab].merge(stays, on="encounter_id")
    early = results[results["time"] <= results["admit_time"] + FIRST_DAY].sort_values("time")
    value = stays["encounter_id"].map(early.groupby("encounter_id")["value"].first())
    status = np.select([value.notna(), stays["facility"] == OTHER], ["measured", "not sent"], "not ordered")
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "status": status, "value": value})
    # --- end


def deaths_by_status(admissions: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Count stays and deaths in hospital for each status.

    Args:
        admissions: one row per encounter of any class.
        found: what `first_day` returns.

    Returns:
        One row per status in `found`: `status`, `stays`, `deaths` and `death_rate` (deaths / stays of that status).
    """
    # --- solution: join the disposition to `found`; a stay ended in death if it says "expired"
    joined = found.merge(admissions[["encounter_id", "disposition"]], on="encounter_id")
    died = (joined["disposition"] == "expired").groupby(joined["status"])
    counted = died.agg(["size", "sum", "mean"]).reset_index()
    return counted.set_axis(["status", "stays", "deaths", "death_rate"], axis=1)
    # --- end


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
    # --- solution: take one variable after the other, and drop missing values of that variable only
    yes = df[group].astype(bool)
    rows = []
    for name in df.columns.drop(group):
        values = df[name]
        missing = values.isna()
        is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        levels = [""] if is_number else sorted(values.dropna().astype(str).unique())
        for level in levels:
            known = values.dropna() if is_number else (values.dropna().astype(str) == level).astype(float)
            first, second = known[yes[known.index]], known[~yes[known.index]]
            spreads = [x.var() if is_number else x.mean() * (1 - x.mean()) for x in (first, second)]
            apart, spread = first.mean() - second.mean(), np.sqrt(np.mean(spreads))
            rows.append(
                {
                    "variable": name,
                    "level": level,
                    "missing_yes": int((missing & yes).sum()),
                    "missing_no": int((missing & ~yes).sum()),
                    "yes": first.mean(),
                    "no": second.mean(),
                    "smd": 0.0 if apart == 0 else apart / spread,
                }
            )
    return pd.DataFrame(rows)
    # --- end


def net_benefit(y: np.ndarray, p: np.ndarray, t: float) -> float:
    """Weigh returns that are called against calls that were not needed, per discharge.

    Args:
        y: 1 for a patient who came back, else 0; shape (n,).
        p: probabilities, shape (n,). A patient is called when p >= t.
        t: the threshold, above 0 and below 1.

    Returns:
        Returns called / n - needless calls / n x t / (1 - t).
    """
    # --- solution: count both kinds of calls among all n patients, then weigh the needless ones
    y, called = np.asarray(y) == 1, np.asarray(p) >= t
    return float(np.mean(called & y) - np.mean(called & ~y) * t / (1 - t))
    # --- end


def decision_curve(y: np.ndarray, p: np.ndarray, thresholds: list[float]) -> pd.DataFrame:
    """Compare the score with calling everybody and with calling nobody.

    Returns:
        One row per threshold, in their order: `threshold`, and the net benefit of `score`, `everybody`, `nobody`.
    """
    # --- solution: the same formula three times; who is called when everybody is?
    everybody = np.ones(len(y))
    return pd.DataFrame(
        {
            "threshold": thresholds,
            "score": [net_benefit(y, p, t) for t in thresholds],
            "everybody": [net_benefit(y, everybody, t) for t in thresholds],
            "nobody": 0.0,
        }
    )
    # --- end


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
    # --- solution: name the missing group first, then count, add up and divide within each group
    frame = pd.DataFrame({"group": group.astype(object).where(group.notna(), "not known"), "y": y.astype(int), "p": p})
    by = frame.groupby("group")
    out = pd.DataFrame({"n": by.size(), "observed": by["y"].sum(), "expected": by["p"].sum()})
    out["o_e"] = out["observed"] / out["expected"]
    observed = out["observed"].where(out["observed"] > 0)
    error = np.sqrt((1 - observed / out["n"]) / observed)
    out["low"], out["high"] = out["o_e"] * np.exp(-1.96 * error), out["o_e"] * np.exp(1.96 * error)
    return out.reset_index()
    # --- end


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
