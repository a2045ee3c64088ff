"""With statsmodels: splines in the propensity, Poisson for the rate, a robust regression for the control."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer

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


def propensity(cohort):
    model = make_pipeline(SplineTransformer(n_knots=4), LogisticRegression(max_iter=2000))
    x = cohort[MEASURED].astype(float)
    return pd.Series(model.fit(x, cohort["drug_a"]).predict_proba(x)[:, 1], index=cohort.index)


def weights(treated, p):
    treated, p = np.asarray(treated, dtype=int), np.asarray(p)
    return 1 / (treated * p + (1 - treated) * (1 - p))


def smd(cohort: pd.DataFrame, weights: np.ndarray) -> dict[str, float]:
    """Say how far apart the groups of drug A are, for each column of MEASURED.

    Returns:
        Column -> standardized mean difference: the weighted mean of the treated minus that of the untreated, divided by
        the standard deviation before weighting, sqrt((variance of the treated + variance of the untreated) / 2).
    """
    treated, weights = cohort["drug_a"].to_numpy(bool), np.asarray(weights, float)
    found = {}
    for name in MEASURED:
        x = cohort[name].to_numpy(float)
        gap = np.average(x[treated], weights=weights[treated]) - np.average(x[~treated], weights=weights[~treated])
        found[name] = float(gap / np.sqrt((x[treated].var(ddof=1) + x[~treated].var(ddof=1)) / 2))
    return found


def risks(cohort, weights):
    days = days_between(cohort["entry_time"], cohort["end_time"])
    risk = {}
    for name, took in (("with_drug", True), ("without", False)):
        group = cohort["drug_a"].to_numpy() == took
        curve = sm.SurvfuncRight(days[group], cohort["died"].to_numpy()[group].astype(int), freq_weights=weights[group])
        risk[name] = 1 - curve.surv_prob[curve.surv_times <= YEAR][-1]
    return {**risk, "difference": risk["with_drug"] - risk["without"]}


def rate_ratio_b(cohort):
    days = days_between(cohort["entry_time"], cohort["end_time"])
    start = days_between(cohort["entry_time"], cohort["drug_b_start"])
    user, died = ~np.isnan(start), cohort["died"].to_numpy(dtype=float)
    before = pd.DataFrame({"on": 0.0, "days": np.where(user, start, days), "died": np.where(user, 0.0, died)})
    after = pd.DataFrame({"on": 1.0, "days": days - start, "died": died})[user]
    spans = pd.concat([before, after])
    spans = spans[spans["days"] > 0]
    fit = sm.GLM(spans["died"], sm.add_constant(spans["on"]), sm.families.Poisson(), exposure=spans["days"]).fit()
    return float(np.exp(fit.params["on"]))


def effect_of_quitting(people):
    people = people.dropna(subset=["wt82_71"])
    x = people[["age", "wt71", "smokeintensity", "smokeyrs", "sex", "race", "education", "exercise", "active"]]
    p = sm.Logit(people["qsmk"], sm.add_constant(x)).fit(disp=0).predict()
    w = weights(people["qsmk"], p)
    fit = sm.WLS(people["wt82_71"], sm.add_constant(people["qsmk"]), weights=w).fit()
    return fit.params["qsmk"]


def e_value(ratio, low, high):
    def of(r):
        r = 1 / r if r < 1 else r
        return r + (r * (r - 1)) ** 0.5

    if low <= 1 <= high:
        return {"ratio": of(ratio), "interval": 1}
    return {"ratio": of(ratio), "interval": min(of(low), of(high))}


def control(cohort):
    treated = cohort["drug_a"].astype(float)
    w = weights(treated, propensity(cohort))
    fit = sm.WLS(cohort["fracture"].astype(float), sm.add_constant(treated), weights=w).fit(cov_type="HC1")
    low, high = fit.conf_int().loc["drug_a"]
    return pd.Series({"estimate": fit.params["drug_a"], "low": low, "high": high})


def verdict(effect, low, high):
    if low * high > 0:
        return "not identified"
    return "no warning" if max(abs(low), abs(high)) < abs(effect) else "cannot tell"


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
    print(f"e_value: {e_value(ratio, ratio, ratio)['ratio']:.2f}")
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
