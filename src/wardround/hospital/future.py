"""Another future for the same past: what a check needs to see whether an answer looks ahead."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

STAYS_WITH_NEWS = 400


def rewrite_after(moment: pd.Timestamp, tables: Mapping[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """Return public tables in which whatever was recorded after a moment is altered; what was recorded before stays.

    Encounters that begin later are moved, altered or dropped; those still open end otherwise. Later conditions and
    results change or vanish. Stays that were over get news: a next stay, a billing code, a late result. No new kind of
    ward, condition or test appears. Rows come in another order.

    Args:
        moment: the cut.
        tables: `admissions`, `patients`, `conditions` and `labs`, as `Hospital.public` gives them; they stay unchanged.
        seed: which of many futures.
    """
    r = np.random.default_rng([seed, int(moment.timestamp())])
    admissions, never_came = _later_admissions(r, moment, tables["admissions"])
    ended = (admissions["discharge_time"] <= moment) & (admissions["disposition"] != "expired")
    over = admissions[(admissions["class"] == "inpatient") & ended]
    news = over.sample(n=min(STAYS_WITH_NEWS, len(over)), random_state=r)
    first_new = int(admissions["encounter_id"].max()) + len(never_came) + 1
    next_stays = news.assign(
        encounter_id=np.arange(first_new, first_new + len(news)),
        admit_time=moment + pd.Timedelta(hours=1),
        discharge_time=moment + pd.Timedelta(days=3),
        planned=False,
    )
    rewritten = {"admissions": pd.concat([admissions, next_stays]), "patients": tables["patients"]}

    for name, time, kind in (("conditions", "recorded_time", ["condition", "code"]), ("labs", "time", ["lab", "unit"])):
        table = tables[name]
        late = (table[time] > moment).to_numpy()
        dropped = table["encounter_id"].isin(never_came) | (late & (r.random(len(table)) < 0.3))
        table, late = table[~dropped].copy(), late[~dropped]
        kinds = table[kind].drop_duplicates()
        table.loc[late, kind] = kinds.sample(n=int(late.sum()), replace=True, random_state=r).to_numpy()
        added = table.sample(n=len(news), replace=True, random_state=r)
        added[["encounter_id", "patient_id"]] = news[["encounter_id", "patient_id"]].to_numpy()
        added[time] = moment + pd.to_timedelta(r.integers(60, 5 * 24 * 60, len(news)), unit="min")
        rewritten[name] = pd.concat([table, added])
    rewritten["conditions"].loc[(rewritten["conditions"]["recorded_time"] > moment).to_numpy(), "source"] = "billing"
    labs = rewritten["labs"].reset_index(drop=True)
    factor = np.where(labs["time"] > moment, r.uniform(0.5, 2, len(labs)), 1).astype(np.float32)
    rewritten["labs"] = labs.assign(value=labs["value"].to_numpy() * factor)
    return {name: table.sample(frac=1, random_state=r).reset_index(drop=True) for name, table in rewritten.items()}


def _later_admissions(
    r: np.random.Generator, moment: pd.Timestamp, admissions: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """Alter what begins or ends after the moment; return the table and the ids of encounters that never came."""
    admissions = admissions.copy()
    begins_later = (admissions["admit_time"] > moment).to_numpy()
    ends_later = (admissions["discharge_time"] > moment).to_numpy()
    delay = r.integers(2, 20 * 24 * 60, len(admissions))
    admissions["admit_time"] += pd.to_timedelta(delay // 2 * begins_later, unit="min")
    admissions["discharge_time"] += pd.to_timedelta(delay * ends_later, unit="min")
    admissions.loc[ends_later, "disposition"] = r.choice(["home", "snf", "ama"], int(ends_later.sum()))
    admissions.loc[begins_later, "planned"] = r.random(int(begins_later.sum())) < 0.5
    dropped = begins_later & (r.random(len(admissions)) < 0.3)
    return admissions[~dropped], admissions.loc[dropped, "encounter_id"]
