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
    # --- solution: time zero is the date of each patient's earliest row of visits with place "clinic". Of whatever you
    # --- look up afterwards, ask first: is this row dated before, on or after time zero?
    rules = protocol["eligibility"]
    visits, events = tables["visits"], tables["events"]
    zero = visits[visits["place"] == "clinic"].groupby("patient_id")["date"].min().rename("time_zero")
    rows = tables["people"].merge(zero, on="patient_id")
    rows["age"] = rows["time_zero"].dt.year - rows["born"]

    doses = events[events["kind"] == "drug A"].merge(zero, on="patient_id")
    before = (doses["time_zero"] - doses["date"]).dt.days
    rows["treated"] = rows["patient_id"].isin(doses.loc[before == 0, "patient_id"])
    earlier = doses.loc[before.between(1, rules["washout_days"]), "patient_id"]

    known = visits.merge(zero, on="patient_id").sort_values("date")
    age_of_value = (known["time_zero"] - known["date"]).dt.days
    known = known[age_of_value.between(0, rules["baseline_days"])]
    last = known.groupby("patient_id")[["severity", "egfr"]].last()  # the last value that is not missing
    rows = rows.merge(last, on="patient_id", how="left")

    record = (rows["time_zero"] - rows["record_start"]).dt.days
    rows["left_out"] = np.select(
        [
            rows["age"] < rules["age_from"],
            record < rules["record_days"],
            rows["patient_id"].isin(earlier),
            rows["severity"].isna() | rows["egfr"].isna(),
        ],
        ["age", "record", "washout", "baseline"],
        default="",
    )
    columns = ["patient_id", "time_zero", "treated", "left_out", "age", "female", "deprivation", "severity", "egfr"]
    return rows[columns]
    # --- end


def follow(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], protocol: dict) -> pd.DataFrame:
    """Add what happened: two columns, outcome and control (True or False).

    Args:
        rows: patient_id, time_zero and other columns, one row per patient.
        tables: as above.
        protocol: protocol.yaml; it names both events, and says for how many days to look.
    """
    # --- solution: for each of the two events: is one of that kind dated 1 to `days` days after time zero?
    events = tables["events"].merge(rows[["patient_id", "time_zero"]], on="patient_id")
    day = (events["date"] - events["time_zero"]).dt.days
    seen = events[day.between(1, protocol["follow_up"]["days"])]
    result = rows.copy()
    for column, kind in (("outcome", protocol["outcome"]["event"]), ("control", protocol["outcome"]["control"])):
        result[column] = result["patient_id"].isin(seen.loc[seen["kind"] == kind, "patient_id"])
    return result
    # --- end


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
    # --- solution: write a function that compares the two groups among some of the rows (weights, risks, effect,
    # --- control). Call it on all rows, then on 100 samples of them drawn with replacement. The ends of an interval are
    # --- 1.96 standard deviations of the samples' results away from the result.
    rows = rows.sort_values("patient_id")  # or the order of rows decides who is drawn
    treated = rows["treated"].to_numpy(dtype=bool)
    x = rows[protocol["assignment"]["adjusted_for"]].to_numpy(dtype=float)
    events = {name: rows[name].to_numpy(dtype=bool) for name in ("outcome", "control")}
    ratio = protocol["contrast"]["measure"] == "risk ratio"

    def compared(who) -> list[float]:
        weight, found = weights(treated[who], x[who]), []
        for happened in events.values():
            with_drug, without = (
                np.average(happened[who][group], weights=weight[group]) for group in (treated[who], ~treated[who])
            )
            found += [with_drug, without, with_drug / without if ratio else with_drug - without]
        return found

    n = len(rows)
    rng = np.random.default_rng(seed)
    spread = 1.96 * np.std([compared(rng.integers(0, n, n)) for _ in range(DRAWS)], axis=0)
    risk_treated, risk_untreated, effect, _, _, control = compared(np.arange(n))
    return {
        "patients": n,
        "treated": int(treated.sum()),
        "risk_treated": risk_treated,
        "risk_untreated": risk_untreated,
        "effect": effect,
        "low": effect - spread[2],
        "high": effect + spread[2],
        "control": control,
        "control_low": control - spread[5],
        "control_high": control + spread[5],
    }
    # --- end


def conclude(result: dict, protocol: dict) -> str:
    """Return confounded, no difference shown, cannot tell, lower risk or higher risk, by the rules of the README.

    Args:
        result: what estimate returns.
        protocol: protocol.yaml; "no effect" is 0 for a risk difference and 1 for a risk ratio.
    """
    # --- solution: four questions in order, the control first
    none = 1 if protocol["contrast"]["measure"] == "risk ratio" else 0
    if not result["control_low"] <= none <= result["control_high"]:
        return "confounded"
    if result["low"] <= none <= result["high"]:
        return "no difference shown"
    if result["control_low"] <= result["effect"] <= result["control_high"]:
        return "cannot tell"
    return "lower risk" if result["high"] < none else "higher risk"
    # --- end


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
