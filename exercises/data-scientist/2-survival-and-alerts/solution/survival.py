"""How soon, and how many: curves for times that are not all seen to their end.

Run `python survival.py` to see both curves on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

# --- solution
from scipy.stats import chi2

# --- end
from wardround.hospital import build

PATIENTS = 160_000


def km(time: np.ndarray, event: np.ndarray) -> pd.DataFrame:
    """Estimate by Kaplan-Meier which share is still free of the event, at each time at which one happened.

    Args:
        time: days until the event or until the patient was lost from view; shape (n,).
        event: True if the event happened at that time, False if the patient was lost from view then; shape (n,).

    Returns:
        One row per distinct time at which at least one event happened, in ascending order: `time`, `at_risk` (patients
        whose event could have been seen then), `events` (at that time) and `survival` (share that is free of the event
        after it).
    """
    # --- solution: for each time with an event, count who was still in view; ask about those lost on that very day
    time, event = np.asarray(time), np.asarray(event, dtype=bool)
    when, events = np.unique(time[event], return_counts=True)
    at_risk = time.size - np.searchsorted(np.sort(time), when, side="left")
    survival = np.cumprod(1 - events / at_risk)
    return pd.DataFrame({"time": when, "at_risk": at_risk, "events": events, "survival": survival})
    # --- end


def cumulative_incidence(time: np.ndarray, ended: np.ndarray) -> pd.DataFrame:
    """Estimate which share has had the event, where another end can rule it out (Aalen-Johansen).

    Args:
        time: days until the view of a patient ended; shape (n,).
        ended: 1 the event, 2 another end after which the event cannot come, 0 lost from view; shape (n,).

    Returns:
        One row per distinct time at which at least one event happened, in ascending order: `time` and `incidence` (the
        share of all patients that has had the event by then).
    """
    # --- solution: an event can only come to those who had neither end before it; what share was that?
    time, ended = np.asarray(time), np.asarray(ended)
    either = km(time, ended > 0)
    free_before = either["survival"].shift(fill_value=1.0)
    events = np.array([np.sum((time == moment) & (ended == 1)) for moment in either["time"]])
    incidence = np.cumsum(free_before * events / either["at_risk"])
    return pd.DataFrame({"time": either["time"], "incidence": incidence})[events > 0]
    # --- end


def logrank(time: np.ndarray, event: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Compare how soon the event comes in two groups (log-rank test, ties as they are, one degree of freedom).

    Args:
        time: as for `km`.
        event: as for `km`.
        group: True for the patients of the group of interest, False for those of the other; shape (n,).

    Returns:
        `observed` and `expected`: events of the group of interest, and how many it would have had if both groups had
        the same risk at each time. `chi2` and `p` of the test.
    """
    # --- solution: at each time with an event, expect the group's share of those in view; add up, and the variances too
    time, event, group = np.asarray(time), np.asarray(event, dtype=bool), np.asarray(group, dtype=bool)
    observed = float(np.sum(event & group))
    expected = variance = 0.0
    for moment in np.unique(time[event]):
        in_view = time >= moment
        n, of_group = in_view.sum(), (in_view & group).sum()
        events = np.sum(event & (time == moment))
        share = of_group / n
        expected += events * share
        if n > 1:
            variance += events * share * (1 - share) * (n - events) / (n - 1)
    statistic = (observed - expected) ** 2 / variance
    return {
        "observed": observed,
        "expected": float(expected),
        "chi2": float(statistic),
        "p": float(chi2.sf(statistic, 1)),
    }
    # --- end


def main() -> None:
    """Print how many come back after a discharge, before and after the program, and who dies in hospital."""
    admissions = build(seed=1, patients=PATIENTS).public("admissions")
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    stays["next_admit"] = stays.groupby("patient_id")["admit_time"].shift(-1)
    stays["next_planned"] = stays.groupby("patient_id")["planned"].shift(-1, fill_value=False)

    # Time zero is the discharge. The view ends with the next stay, after 30 days, or with the data.
    home = stays[~stays["disposition"].isin(["expired", "ama", "transfer_acute"])]
    to_end = (pd.Timestamp("2025-01-01") - home["discharge_time"]) / pd.Timedelta(days=1)
    to_next = (home["next_admit"] - home["discharge_time"]) / pd.Timedelta(days=1)
    seen = to_end.clip(0, 30)
    back = (to_next <= seen) & ~home["next_planned"]
    days = np.ceil(np.fmin(to_next, seen)).to_numpy()
    program = (home["discharge_time"] >= pd.Timestamp("2024-07-01")).to_numpy()
    for name, some in (("before the program", ~program), ("since the program", program)):
        curve = km(days[some], back.to_numpy()[some]).set_index("time")["survival"]
        print(f"{name}: back by day 10 {1 - curve[:10].iloc[-1]:.1%}, by day 30 {1 - curve[:30].iloc[-1]:.1%}")
    print("log-rank:", logrank(days, back.to_numpy(), program))

    in_hospital = np.ceil((stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1)).to_numpy()
    ended = np.select([stays["disposition"] == "expired", stays["disposition"] == "transfer_acute"], [1, 0], 2)
    curve = cumulative_incidence(in_hospital, ended).set_index("time")["incidence"]
    print(f"died in hospital by day 10 {curve[:10].iloc[-1]:.1%}, by day 30 {curve[:30].iloc[-1]:.1%}")
    deaths_only = km(in_hospital, ended == 1).set_index("time")["survival"]
    print(f"1 - km says by day 30 {1 - deaths_only[:30].iloc[-1]:.1%}: as if nobody ever went home")


if __name__ == "__main__":
    main()
