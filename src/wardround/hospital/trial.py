"""A randomized trial: assignment is a coin, but some do not take what they were given and some are never seen again.

The drug lowers the risk of an event by the same number of points in everybody who takes it, so no subgroup benefits
more than another. Who takes it depends on frailty, which nobody measured: comparing those who took it with those who
did not is biased, comparing those assigned to it is not. The marker of day 14 is changed by the drug and by frailty:
adjusting for it undoes the coin. At day 90 severe patients on the drug are lost more often than others.
"""

import numpy as np

from wardround.hospital.stream import Table, sigmoid, stream

PATIENTS = 2000
EFFECT_30, EFFECT_90 = -0.10, -0.12
"""Change of the risk of an event by day 30 and day 90 in those who take the drug."""
SUBGROUPS = ("sex", "smoker", "diabetes", "prior_infarction", "statin", "obese", "lives_alone", "urban")
"""Baseline columns with two values each. In none of them does the effect differ."""
BASELINE = ("age", "severity", *SUBGROUPS)
SHARES = {
    "smoker": 0.22,
    "diabetes": 0.27,
    "prior_infarction": 0.15,
    "statin": 0.45,
    "obese": 0.33,
    "lives_alone": 0.28,
    "urban": 0.60,
}
"""How many have each trait; 48 % are women."""
_LOWEST, _HIGHEST = 0.15, 0.95


def make_trial(seed: int, n: int = PATIENTS) -> Table:
    """Make `n` patients, one row each.

    Columns: patient_id, age (years), severity (standard deviations), the two-valued `SUBGROUPS`, arm (drug or control),
    took_drug, marker_day14 (standard deviations), event_30d (0 or 1, known of everybody), event_90d (0, 1 or NaN: not
    known). Hidden: `_p30_drug`, `_p30_control`, `_p90_drug`, `_p90_control` (probability of an event if assigned to
    that arm), `_event_90d` (also of those who were lost), `_frailty`.
    """
    r = stream(seed, "trial")
    age = np.clip(r.normal(64, 11, n), 30, 92)
    severity, frailty = r.normal(0, 1, n), r.normal(0, 1, n)
    traits = {name: r.random(n) < p for name, p in SHARES.items()}
    arm = r.permutation(np.arange(n) % 2).astype(np.bool_)
    luck = r.random(n)
    takes_if_drug = luck < sigmoid(1.7 - 0.9 * frailty)
    takes_if_control = luck < sigmoid(-3.4 - 0.9 * frailty)
    took = np.where(arm, takes_if_drug, takes_if_control)

    without = (
        0.07 * severity + 0.08 * frailty + 0.002 * (age - 64) + 0.04 * traits["diabetes"] + 0.03 * traits["smoker"]
    )
    table: Table = {
        "patient_id": 1 + r.permutation(n),
        "age": np.floor(age).astype(np.int64),
        "severity": np.round(severity, 2),
        "sex": np.where(r.random(n) < 0.48, "F", "M"),
        **traits,
        "arm": np.where(arm, "drug", "control"),
        "took_drug": took,
        "marker_day14": np.round(0.8 * frailty - 1.0 * took + r.normal(0, 0.6, n), 2),
    }
    threshold = r.random(n)
    for day, level, effect in ((30, 0.36, EFFECT_30), (90, 0.46, EFFECT_90)):
        untreated = np.clip(level + without, _LOWEST, _HIGHEST)
        table[f"_p{day}_drug"] = untreated + effect * takes_if_drug
        table[f"_p{day}_control"] = untreated + effect * takes_if_control
    event = {day: threshold < np.where(arm, table[f"_p{day}_drug"], table[f"_p{day}_control"]) for day in (30, 90)}
    lost = ~event[30] & (r.random(n) < sigmoid(-2.6 + np.where(arm, 1.3, 0.2) * severity + 0.3 * arm))
    return table | {
        "event_30d": event[30].astype(np.int64),
        "event_90d": np.where(lost, np.nan, event[90].astype(np.float64)),
        "_event_90d": event[90],
        "_frailty": frailty,
    }


def trial_truth(table: Table) -> dict[str, float]:
    """Tell what a sound analysis of this very trial should find.

    Keys: `ate_30d` and `ate_90d` (mean change of the risk by being assigned to the drug: intention to treat),
    `interaction` (0: how much that differs between the values of any column of `SUBGROUPS`), `missing_90d` (how many
    outcomes are not known) and `difference_90d` (between the arms, had nobody been lost).
    """
    drug = table["arm"] == "drug"
    return {
        "ate_30d": float((table["_p30_drug"] - table["_p30_control"]).mean()),
        "ate_90d": float((table["_p90_drug"] - table["_p90_control"]).mean()),
        "interaction": 0.0,
        "missing_90d": int(np.isnan(table["event_90d"]).sum()),
        "difference_90d": float(table["_event_90d"][drug].mean() - table["_event_90d"][~drug].mean()),
    }
