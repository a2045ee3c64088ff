"""A call list for a clinic: who might miss a visit, for whom it works, and when it must say nothing.

Run `python project.py` to see what your functions do on practice hospitals. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from wardround.hospital import build

PATIENTS = 6_000
CUT = pd.Timestamp("2024-07-01")  # visits before it are known to the end; those from it on are to be judged
LIMITS = {  # what is possible at all: the lowest and the highest value of each column, both allowed
    "lead_days": (0, 365),
    "reminder": (0, 1),
    "travel_minutes": (0, 300),
    "past_year_appointments": (0, 60),
    "past_year_no_shows": (0, 60),
    "age": (18, 110),
}
COLUMNS = list(LIMITS)


def load(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the visits of one hospital, ready to use: those before CUT and those from it on. Written for you.

    Returns:
        Two tables with the columns of LIMITS, `group` (A, B or C) and `no_show` (1: missed, 0: came).
    """
    hospital = build(seed, patients=PATIENTS)
    people = hospital.public("patients")[["patient_id", "age", "group"]]
    visits = hospital.public("appointments").merge(people, on="patient_id")
    visits["reminder"] = visits["reminder"].astype(int)
    visits["no_show"] = (visits["status"] == "no-show").astype(int)
    early = visits["slot_time"] < CUT
    wanted = [*COLUMNS, "group", "no_show"]
    return visits.loc[early, wanted].reset_index(drop=True), visits.loc[~early, wanted].reset_index(drop=True)


def on_the_list(scores) -> np.ndarray:
    """Return True for the fifth of the visits with the highest scores, never for one without. Written for you."""
    scores = np.asarray(scores, dtype=float)
    first = np.argsort(-scores, kind="stable")[: len(scores) // 5]  # NaN comes last
    called = np.zeros(len(scores), dtype=bool)
    called[first] = True
    return called & ~np.isnan(scores)


def problems(visits: pd.DataFrame) -> list[str]:
    """Say for each visit what is wrong with its row.

    Args:
        visits: a table with the columns of LIMITS; some values may be missing (NaN) or impossible.

    Returns:
        One text per row, in the rows' order: "" if the row can be used, else a sentence that names the column.
    """
    low, high = (pd.Series({name: limits[n] for name, limits in LIMITS.items()}) for n in (0, 1))
    table = visits[COLUMNS]
    wrong = ~(table.ge(low) & table.le(high))  # NaN is neither
    wrong["past_year_no_shows"] |= table["past_year_no_shows"] > table["past_year_appointments"]
    return ["look up " + " and ".join(wrong.columns[row]) if row.any() else "" for row in wrong.to_numpy()]


def score(past: pd.DataFrame, visits: pd.DataFrame) -> np.ndarray:
    """Give each visit a number: the higher, the more likely it is missed.

    Args:
        past: visits whose end is known: the columns of LIMITS and `no_show`; nothing is wrong with these rows.
        visits: visits to judge: the columns of LIMITS; some rows may have problems.

    Returns:
        One number per row of `visits`, in its order; NaN where the row has a problem.
    """
    fine = pd.Series(problems(visits), index=visits.index) == ""
    scores = pd.Series(np.nan, index=visits.index)
    model = HistGradientBoostingClassifier(max_iter=30, learning_rate=0.1, max_leaf_nodes=6, random_state=0)
    model.fit(past[COLUMNS].astype(float), past["no_show"])
    scores[fine] = model.predict_proba(visits.loc[fine, COLUMNS].astype(float))[:, 1]
    return scores


def by_group(groups, missed, called) -> pd.DataFrame:
    """Count for each group of patients whom the list reaches.

    Args:
        groups: the group of each visit, such as "A" or "new".
        missed: 1 if the visit was missed, else 0; in the same order.
        called: True if the visit was on the call list; in the same order.

    Returns:
        One row per group: `group`, `visits` (how many), `missed` (how many), `called` (how many) and
        `reached` (of the missed visits, the share that was on the list; NaN if the group missed none).
    """
    table = pd.DataFrame({"group": list(groups), "missed": list(missed), "called": list(called)})
    counts = table.groupby("group").agg(visits=("missed", "count"), missed=("missed", "sum"), called=("called", "sum"))
    counts["reached"] = table[table["missed"] == 1].groupby("group")["called"].mean()
    return counts.reset_index()


def drifted(past: pd.DataFrame, visits: pd.DataFrame) -> list[str]:
    """Name the columns that look so different from the past that the list should not be used.

    Args:
        past: visits whose end is known: the columns of LIMITS and `no_show`.
        visits: a few hundred visits to judge: the columns of LIMITS, every value possible.

    Returns:
        The names of the columns that have changed; an empty list if all is as usual.
    """
    changed = []
    for column in COLUMNS:  # population stability index in ten boxes of the past
        edges = np.unique(np.quantile(past[column], np.linspace(0, 1, 11)))
        edges = np.concatenate([[-np.inf], edges[:-1] + 0.5, [np.inf]]) if len(edges) < 4 else edges
        edges[0], edges[-1] = -np.inf, np.inf
        before, now = (np.histogram(table[column], edges)[0] / len(table) + 1e-3 for table in (past, visits))
        if np.sum((before - now) * np.log(before / now)) > 0.2:
            changed.append(column)
    return changed


def main() -> None:
    """Show what your functions do: first the practice hospital (seed 1), then others."""
    past, visits = load(1)
    called = on_the_list(score(past, visits.drop(columns=["no_show", "group"])))
    missed = visits["no_show"] == 1
    known = np.where(visits["past_year_appointments"] > 0, "known", "new")
    print("The practice hospital (seed 1), all visits from July 2024 on")
    print(f"visits {len(visits)}, missed {missed.sum()}, called {called.sum()}, both {(missed & called).sum()}")
    print(f"called, although they came {(called & ~missed).sum()}, missed and not called {(missed & ~called).sum()}")
    print(f"age of the youngest {visits['age'].min()}")
    print(f"reached {(missed & called).sum() / missed.sum():.3f}")
    print(by_group(known, visits["no_show"], called).round(3).to_string(index=False))
    print(by_group(visits["group"], visits["no_show"], called).round(3).to_string(index=False))
    share = (called & (known == "new")).sum() / called.sum() / ((missed & (known == "new")).sum() / missed.sum())
    print(f"new patients get {share:.2f} of the calls that their part of the missed visits would give them")
    print("columns that have changed:", drifted(past, visits[COLUMNS].head(300)) or "none")
    print("\nOther hospitals: reached")
    for seed in range(2, 14):
        past, visits = load(seed)
        called = on_the_list(score(past, visits.drop(columns=["no_show", "group"])))
        print(f"  seed {seed:2}: {visits.loc[called, 'no_show'].sum() / visits['no_show'].sum():.3f}")


if __name__ == "__main__":
    main()
