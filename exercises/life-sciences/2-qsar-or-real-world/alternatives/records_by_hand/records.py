"""By hand: Newton's method, stabilized weights, hazards of five days, a landmark, regression in each group."""

from typing import NamedTuple

import numpy as np
import pandas as pd

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


class Risks(NamedTuple):
    """Two risks and their difference."""

    with_drug: float
    without: float
    difference: float


def newton(x, y):
    """Fit a logistic regression; return the fitted probabilities."""
    x = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
    beta = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]), x.T @ (y - p))
    return 1 / (1 + np.exp(-x @ beta))


def propensity(cohort):
    x = cohort[MEASURED].to_numpy(float)
    x[:, 2] = np.log(x[:, 2])
    x = np.column_stack([x, x**2])[:, :-1]  # the square of a yes or no is itself
    return list(newton(x, cohort["drug_a"].to_numpy(float)))


def weights(treated, p):
    share = np.mean(treated)
    return [share / chance if took else (1 - share) / (1 - chance) for took, chance in zip(treated, p, strict=True)]


def smd(cohort, weights):
    w = pd.Series(np.asarray(weights, float), index=cohort.index)
    found = {}
    for name in MEASURED:
        x = cohort[name].astype(float)
        groups = {took: (x[cohort["drug_a"] == took], w[cohort["drug_a"] == took]) for took in (True, False)}
        means = {took: (a * b).sum() / b.sum() for took, (a, b) in groups.items()}
        spread = (groups[True][0].var() + groups[False][0].var()) / 2
        found[name] = (means[True] - means[False]) / spread**0.5
    return pd.Series(found)


def risks(cohort, weights):
    days = days_between(cohort["entry_time"], cohort["end_time"])
    died, treated, w = cohort["died"].to_numpy(), cohort["drug_a"].to_numpy(), np.asarray(weights)
    risk = []
    for group in (treated, ~treated):
        alive = 1.0
        for begin in range(0, YEAR, 5):
            there = group & (days >= begin)
            dies = there & died & (days < begin + 5)
            alive *= 1 - w[dies].sum() / w[there].sum()
        risk.append(1 - alive)
    return Risks(risk[0], risk[1], risk[0] - risk[1])


def rate_ratio_b(cohort):
    days = days_between(cohort["entry_time"], cohort["end_time"])
    start = np.nan_to_num(days_between(cohort["entry_time"], cohort["drug_b_start"]), nan=1e9)
    died, landmark = cohort["died"].to_numpy(), 60
    there = days > landmark
    on, off = there & (start <= landmark), there & (start > landmark)
    rates = [died[group].sum() / (days[group] - landmark).sum() for group in (on, off)]
    return rates[0] / rates[1]


def effect_of_quitting(people):
    people = people[people["wt82_71"].notna()]
    x = people[["age", "wt71", "smokeintensity", "smokeyrs", "sex", "race", "education", "exercise", "active"]]
    x = np.column_stack([np.ones(len(x)), x.to_numpy(), x["age"] ** 2, x["wt71"] ** 2])
    y, quitters = people["wt82_71"].to_numpy(), people["qsmk"].to_numpy() == 1
    fits = [np.linalg.lstsq(x[group], y[group], rcond=None)[0] for group in (quitters, ~quitters)]
    return float((x @ fits[0] - x @ fits[1]).mean())


def e_value(ratio, low, high):
    if ratio < 1:
        return e_value(1 / ratio, 1 / high, 1 / low)
    at = [ratio, max(low, 1.0)]
    return np.array([r + (r * r - r) ** 0.5 for r in at])


def control(cohort):
    treated, y = cohort["drug_a"].to_numpy(), cohort["fracture"].to_numpy(float)
    return difference(y, treated, np.array(weights(treated, propensity(cohort))))


def verdict(effect, low, high):
    if not low <= 0 <= high:
        return "Not identified"
    if any(abs(end) >= abs(effect) for end in (low, high)):
        return "Cannot tell"
    return "No warning"


def risk_differences(cohort: pd.DataFrame) -> tuple[float, float, dict[str, float]]:
    """Give the crude and the weighted risk difference, and the weighted risks. This is given."""
    crude = risks(cohort, np.ones(len(cohort))).difference
    weighted = risks(cohort, weights(cohort["drug_a"].to_numpy(bool), propensity(cohort)))
    return crude, weighted.difference, weighted._asdict()


def ever_against_never(cohort: pd.DataFrame) -> float:
    """Compare patients who ever received drug B with those who never did. This is given, and it is wrong."""
    followed, user = days_between(cohort["entry_time"], cohort["end_time"]), cohort["drug_b_start"].notna().to_numpy()
    died = cohort["died"].to_numpy(bool)
    return float((died[user].sum() / followed[user].sum()) / (died[~user].sum() / followed[~user].sum()))


def main() -> None:
    """Print the numbers for records.yaml."""
    hospital = build(seed=1)
    cohort = hospital.public("cohort")
    crude, weighted, risk = risk_differences(cohort)
    print(f"crude: {crude:.3f}\nweighted: {weighted:.3f}")
    before, after = (smd(cohort, w) for w in (np.ones(len(cohort)), _weights_of(cohort)))
    for name in MEASURED:
        print(f"    {name}: {before[name]:.2f} apart before weighting, {after[name]:.2f} after")
    print(f"ever_against_never: {ever_against_never(cohort):.2f}\nrate_ratio_b: {rate_ratio_b(cohort):.2f}")
    ratio = risk["with_drug"] / risk["without"]
    print(f"e_value: {e_value(ratio, ratio, ratio)[0]:.2f}")
    print(f"quitting: {effect_of_quitting(load_nhefs()):.2f}")
    other = hospital.public("cohort_unmeasured")
    _, effect, _ = risk_differences(other)
    found = control(other)
    print(
        f"other_weighted: {effect:.3f}\nother_control_low: {found['low']:.3f}\nother_control_high: {found['high']:.3f}"
    )
    print(f"other_verdict: {verdict(effect, found['low'], found['high'])}")


def _weights_of(cohort: pd.DataFrame) -> np.ndarray:
    return weights(cohort["drug_a"].to_numpy(bool), propensity(cohort))


if __name__ == "__main__":
    main()
