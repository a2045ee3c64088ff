"""A trial that nobody ran, copied from a registry: does starting drug A at the first clinic visit help?

Run `python study.py` to see what your functions find in both clinics. All data are synthetic.
For learning, not for clinical use.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from wardround.hospital import build

SITES = ("north", "south")
SEED = 1
DRAWS = 100


def load(seed: int, site: str) -> dict[str, pd.DataFrame]:
    """Return the three tables of one clinic: people, visits and events. Written for you."""
    hospital = build(seed)
    tables = {name: hospital.public(f"registry_{name}") for name in ("people", "visits", "events")}
    people = tables["people"][tables["people"]["site"] == site].drop(columns="site")
    return {
        "people": people,
        "visits": tables["visits"][tables["visits"]["patient_id"].isin(people["patient_id"])],
        "events": tables["events"][tables["events"]["patient_id"].isin(people["patient_id"])],
    }


def load_protocol() -> dict:
    """Return protocol.yaml as a dict. Written for you."""
    return yaml.safe_load((Path(__file__).parent / "protocol.yaml").read_text(encoding="utf-8"))


def cohort(tables: dict[str, pd.DataFrame], protocol: dict) -> pd.DataFrame:
    """Find time zero of every patient, who is left out and why, and what was known on that day.

    Args:
        tables: people, visits and events of one clinic; see the README.
        protocol: protocol.yaml as a dict, such as protocol["eligibility"]["age_from"].

    Returns:
        One row per patient: patient_id, time_zero, treated (True or False), left_out ("" for who is in, else age,
        record, washout or baseline), age (years), female, deprivation, severity and egfr.
    """
    # TODO: time zero is the date of each patient's earliest row of visits with place "clinic". Of whatever you
    #       look up afterwards, ask first: is this row dated before, on or after time zero?
    raise NotImplementedError("cohort is not written yet")


def follow(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], protocol: dict) -> pd.DataFrame:
    """Add what happened: two columns, outcome and control (True or False).

    Args:
        rows: patient_id, time_zero and other columns, one row per patient.
        tables: as above.
        protocol: protocol.yaml; it names both events, and says for how many days to look.
    """
    # TODO: for each of the two events: is one of that kind dated 1 to `days` days after time zero?
    raise NotImplementedError("follow is not written yet")


def weights(treated, x) -> np.ndarray:
    """Return a weight per patient that makes both groups alike. Written for you.

    A patient counts 1 / (the probability of the treatment that they had): inverse probability weights, from a logistic
    regression. Without columns everybody of a group counts the same.

    Args:
        treated: True or False for each patient.
        x: one row per patient and one column per thing to adjust for (numbers, or True and False).
    """
    treated, x = np.asarray(treated, dtype=float), np.asarray(x, dtype=float)
    x = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-12)])
    beta = np.zeros(x.shape[1])
    for _ in range(12):  # Newton's method
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + 1e-9 * np.eye(len(beta)), x.T @ (treated - p))
        beta += step
        if np.abs(step).max() < 1e-4:  # the next step would be some 1e-8
            break
    p = 1 / (1 + np.exp(-x @ beta))
    return np.where(treated == 1, 1 / p, 1 / (1 - p))


def estimate(rows: pd.DataFrame, protocol: dict, seed: int) -> dict:
    """Compare both groups, adjusted as the protocol says, with 95 % intervals.

    Args:
        rows: one row per patient who is in: treated, the baseline columns, outcome and control.
        protocol: protocol.yaml; it names the columns to adjust for and the measure.
        seed: the only source of chance: np.random.default_rng(seed).

    Returns:
        patients, treated (counts), risk_treated, risk_untreated, effect, low, high, control, control_low, control_high.
    """
    # TODO: write a function that compares the two groups among some of the rows (weights, risks, effect,
    #       control). Call it on all rows, then on 100 samples of them drawn with replacement. The ends of an interval are
    #       1.96 standard deviations of the samples' results away from the result.
    raise NotImplementedError("estimate is not written yet")


def conclude(result: dict, protocol: dict) -> str:
    """Return confounded, no difference shown, cannot tell, lower risk or higher risk, by the rules of the README.

    Args:
        result: what estimate returns.
        protocol: protocol.yaml; "no effect" is 0 for a risk difference and 1 for a risk ratio.
    """
    # TODO: four questions in order, the control first
    raise NotImplementedError("conclude is not written yet")


def analyze(tables: dict[str, pd.DataFrame], protocol: dict, seed: int) -> dict:
    """Go from tables to conclusion. Written for you."""
    rows = cohort(tables, protocol)
    rows = follow(rows[rows["left_out"] == ""], tables, protocol)
    result = estimate(rows, protocol, seed)
    return result | {"conclusion": conclude(result, protocol)}


def main() -> None:
    """Show both clinics of the practice registry, in the form of results.yaml."""
    protocol = load_protocol()
    for site in SITES:
        tables = load(SEED, site)
        rows = follow(cohort(tables, protocol), tables, protocol)
        print(f"# {site}: of {len(rows)} patients {sum(rows['left_out'] == '')} are in; left out, and their risk:")
        for reason, group in rows[rows["left_out"] != ""].groupby("left_out"):
            print(f"#   {reason}: {len(group)}, {group['outcome'].mean():.4f}")
        print(f"{site}:")
        for key, value in analyze(tables, protocol, SEED).items():
            whole = isinstance(value, str) or key in ("patients", "treated")
            print(f"  {key}: {value if whole else format(value, '.4f')}")


if __name__ == "__main__":
    main()
