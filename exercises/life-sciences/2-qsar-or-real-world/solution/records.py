"""Records: what a drug did, read from care that nobody planned as a trial.

Run `python records.py`: it prints the numbers for records.yaml. It needs `pip install "wardround[rwe]"`.
The cohorts are synthetic; the people of NHEFS are real, see README.md. For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

# --- solution
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# --- end
from wardround.hospital import build

YEAR = 365  # days after entry at which risks are compared
MEASURED = ["age", "severity", "lactate", "deprivation", "chronic_kidney_disease"]  # at entry
NHEFS = ["qsmk", "wt82_71", "wt82", "wt71", "sex", "age", "race", "education", "smokeintensity", "smokeyrs",
         "exercise", "active"]  # fmt: skip


def load_nhefs() -> pd.DataFrame:
    """Read the real people of NHEFS from the package causaldata. This is given."""
    from causaldata import nhefs

    return nhefs.load_pandas().data[NHEFS].astype(float)


def days_between(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Count the days from one time to another; NaN where one of them is empty. This is given."""
    return ((end - start).dt.total_seconds() / 86_400).to_numpy()


def difference(outcome: np.ndarray, treated: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Compare a weighted mean between treated and untreated. This is given.

    Returns:
        `estimate` (treated minus untreated) and the ends `low` and `high` of its 95 percent interval. The interval is
        robust: it uses the weights as they are, and is a little too wide, because the weights were estimated.
    """
    outcome, treated, weights = np.asarray(outcome, float), np.asarray(treated, bool), np.asarray(weights, float)
    means, variance = [], 0.0
    for group in (treated, ~treated):
        mean = np.average(outcome[group], weights=weights[group])
        variance += np.sum((weights[group] * (outcome[group] - mean)) ** 2) / weights[group].sum() ** 2
        means.append(mean)
    estimate, half = float(means[0] - means[1]), 1.96 * float(np.sqrt(variance))
    return {"estimate": estimate, "low": estimate - half, "high": estimate + half}


def propensity(cohort: pd.DataFrame) -> np.ndarray:
    """Give each patient the probability of receiving drug A, from what was known at entry.

    Args:
        cohort: one row per patient, in no order; see README.md for its columns.

    Returns:
        One number from 0 to 1 for each row, in the rows' order.
    """
    # --- solution: which columns drive the choice of drug A, and were known at entry? Fit `drug_a` on them.
    # --- Then look at smd(): if a column stays apart after weighting, its shape in your model is wrong.
    x = cohort[MEASURED].astype(float).assign(log_lactate=np.log(cohort["lactate"]))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1e3, max_iter=1000))
    return model.fit(x, cohort["drug_a"]).predict_proba(x)[:, 1]
    # --- end


def weights(treated: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Weigh patients so that treated and untreated both look like everybody.

    Args:
        treated: True for those who received the treatment, shape (n,).
        p: each patient's probability of receiving it, shape (n,).

    Returns:
        One weight above zero for each patient, shape (n,).
    """
    # --- solution: for how many does a treated patient stand whose chance was one in four? And an untreated one?
    treated, p = np.asarray(treated, bool), np.asarray(p, float)
    return np.where(treated, 1 / p, 1 / (1 - p))
    # --- end


def smd(cohort: pd.DataFrame, weights: np.ndarray) -> dict[str, float]:
    """Say how far apart the groups of drug A are, for each column of MEASURED.

    Returns:
        Column -> standardized mean difference: the weighted mean of the treated minus that of the untreated, divided by
        the standard deviation before weighting, sqrt((variance of the treated + variance of the untreated) / 2).
    """
    # --- solution: np.average takes weights. The denominator takes none, or weights could shrink it.
    treated, weights = cohort["drug_a"].to_numpy(bool), np.asarray(weights, float)
    found = {}
    for name in MEASURED:
        x = cohort[name].to_numpy(float)
        gap = np.average(x[treated], weights=weights[treated]) - np.average(x[~treated], weights=weights[~treated])
        found[name] = float(gap / np.sqrt((x[treated].var(ddof=1) + x[~treated].var(ddof=1)) / 2))
    return found
    # --- end


def risks(cohort: pd.DataFrame, weights: np.ndarray) -> dict[str, float]:
    """Estimate the risk of death within a year of entry, with drug A and without it.

    Returns:
        `with_drug` and `without` (risks from 0 to 1) and `difference` (with minus without).
    """
    # --- solution: for each group a Kaplan-Meier curve with weights. At each death, the share of those still there who
    # --- survive it is 1 - (weight of the one who dies) / (weight of all who are still there). Multiply up to day 365.
    followed = days_between(cohort["entry_time"], cohort["end_time"])
    died, treated = cohort["died"].to_numpy(bool), cohort["drug_a"].to_numpy(bool)
    risk = {}
    for name, group in (("with_drug", treated), ("without", ~treated)):
        order = np.argsort(followed[group])
        day, death, weight = (x[group][order] for x in (followed, died, np.asarray(weights, float)))
        still_there = np.cumsum(weight[::-1])[::-1]
        in_time = death & (day <= YEAR)
        risk[name] = float(1 - np.prod(1 - weight[in_time] / still_there[in_time]))
    return risk | {"difference": risk["with_drug"] - risk["without"]}
    # --- end


def rate_ratio_b(cohort: pd.DataFrame) -> float:
    """Compare the rate of death while on drug B with the rate while not on it.

    Returns:
        Deaths per day on drug B, divided by deaths per day off it.
    """
    # --- solution: to which of the two do the days belong that a patient lived before drug B was dispensed?
    followed = days_between(cohort["entry_time"], cohort["end_time"])
    start = days_between(cohort["entry_time"], cohort["drug_b_start"])
    died, user = cohort["died"].to_numpy(bool), ~np.isnan(start)
    on = np.where(user, followed - start, 0.0)
    off = followed - on
    return float((died[user].sum() / on.sum()) / (died[~user].sum() / off.sum()))
    # --- end


def effect_of_quitting(people: pd.DataFrame) -> float:
    """Estimate what quitting smoking does to weight, with weights for the treatment `qsmk`.

    Args:
        people: rows of NHEFS, with the columns of the list NHEFS. `wt82_71` is empty for some.

    Returns:
        Kilograms: the mean change of weight, had everybody quit, minus that had nobody quit.
    """
    # --- solution: leave out whoever was not weighed in 1982. Which columns were known before anybody quit?
    # --- Columns of codes (education, exercise, active) are no amounts: pd.get_dummies makes a column of each code.
    people = people.dropna(subset=["wt82_71"])
    amounts = people[["age", "wt71", "smokeintensity", "smokeyrs"]]
    codes = pd.get_dummies(people[["sex", "race", "education", "exercise", "active"]].astype(int).astype(str))
    x = pd.concat([amounts, (amounts**2).add_suffix("_squared"), codes.astype(float)], axis=1)
    quit_smoking = people["qsmk"].to_numpy() == 1
    model = make_pipeline(StandardScaler(), LogisticRegression(C=10, max_iter=1000))
    p = model.fit(x, quit_smoking).predict_proba(x)[:, 1]
    return difference(people["wt82_71"].to_numpy(), quit_smoking, weights(quit_smoking, p))["estimate"]
    # --- end


def e_value(ratio: float, low: float, high: float) -> tuple[float, float]:
    """Say how strong an unmeasured confounder must be to explain a risk ratio away (VanderWeele and Ding, 2017).

    Args:
        ratio: the risk ratio, above zero.
        low: the lower end of its interval.
        high: the upper end.

    Returns:
        The E-value of the ratio, and that of the end of the interval that is nearer to 1 (1 if the interval holds 1).
    """

    # --- solution: for a ratio above 1 it is ratio + sqrt(ratio * (ratio - 1)). What do you do with one below 1?
    def of(r: float) -> float:
        r = max(r, 1 / r)
        return float(r + np.sqrt(r * (r - 1)))

    nearest = 1.0 if low <= 1 <= high else (low if ratio > 1 else high)
    return of(ratio), of(nearest)
    # --- end


def control(cohort: pd.DataFrame) -> dict[str, float]:
    """Estimate what drug A "does" to fractures, which it cannot touch, with the weights of your main result.

    Returns:
        `estimate`, `low` and `high`, as difference() gives them.
    """
    # --- solution: the same weights as for deaths, with another outcome.
    treated = cohort["drug_a"].to_numpy(bool)
    return difference(cohort["fracture"].to_numpy(), treated, weights(treated, propensity(cohort)))
    # --- end


def verdict(effect: float, low: float, high: float) -> str:
    """Say what the control lets you conclude.

    Args:
        effect: the risk difference that you found for deaths.
        low: the lower end of the control's interval.
        high: its upper end.

    Returns:
        "not identified" if the control's interval leaves out 0: something that was not measured moves outcomes.
        "cannot tell" if it holds 0, and also a bias as large as the effect, in either direction.
        "no warning" otherwise.
    """
    # --- solution: three lines. Does the order of your questions matter?
    if low > 0 or high < 0:
        return "not identified"
    return "cannot tell" if max(-low, high) >= abs(effect) else "no warning"
    # --- end


def risk_differences(cohort: pd.DataFrame) -> tuple[float, float, dict[str, float]]:
    """Give the crude and the weighted risk difference, and the weighted risks. This is given."""
    crude = risks(cohort, np.ones(len(cohort)))["difference"]
    weighted = risks(cohort, weights(cohort["drug_a"].to_numpy(bool), propensity(cohort)))
    return crude, weighted["difference"], weighted


def ever_against_never(cohort: pd.DataFrame) -> float:
    """Compare patients who ever received drug B with those who never did. This is given, and it is wrong."""
    followed, user = days_between(cohort["entry_time"], cohort["end_time"]), cohort["drug_b_start"].notna().to_numpy()
    died = cohort["died"].to_numpy(bool)
    return float((died[user].sum() / followed[user].sum()) / (died[~user].sum() / followed[~user].sum()))


def show_balance(cohort: pd.DataFrame, other: pd.DataFrame) -> None:
    """Print how far apart the groups are, before and after weighting."""
    before = smd(cohort, np.ones(len(cohort)))
    after = smd(cohort, weights(cohort["drug_a"].to_numpy(bool), propensity(cohort)))
    for name in MEASURED:
        print(f"    {name}: {before[name]:.2f} apart before weighting, {after[name]:.2f} after")


def show_risks(cohort: pd.DataFrame, other: pd.DataFrame) -> None:
    """Print the risk differences of drug A, and the E-value of the risk ratio."""
    crude, weighted, risk = risk_differences(cohort)
    ratio = risk["with_drug"] / risk["without"]
    print(f"crude: {crude:.3f}\nweighted: {weighted:.3f}\ne_value: {e_value(ratio, ratio, ratio)[0]:.2f}")


def show_drug_b(cohort: pd.DataFrame, other: pd.DataFrame) -> None:
    """Print the two comparisons of drug B."""
    print(f"ever_against_never: {ever_against_never(cohort):.2f}\nrate_ratio_b: {rate_ratio_b(cohort):.2f}")


def show_quitting(cohort: pd.DataFrame, other: pd.DataFrame) -> None:
    """Print what quitting does to weight."""
    print(f"quitting: {effect_of_quitting(load_nhefs()):.2f}")


def show_control(cohort: pd.DataFrame, other: pd.DataFrame) -> None:
    """Print the same analysis on the other cohort, with its control."""
    _, effect, _ = risk_differences(other)
    found = control(other)
    print(
        f"other_weighted: {effect:.3f}\nother_control_low: {found['low']:.3f}\nother_control_high: {found['high']:.3f}"
    )
    print(f"other_verdict: {verdict(effect, found['low'], found['high'])}")


def main() -> None:
    """Print the numbers for records.yaml, as far as the functions are written."""
    hospital = build(seed=1)
    cohort, other = hospital.public("cohort"), hospital.public("cohort_unmeasured")
    for show in (show_balance, show_risks, show_drug_b, show_quitting, show_control):
        try:
            show(cohort, other)
        except NotImplementedError as error:
            print(f"({error})")


if __name__ == "__main__":
    main()
