"""Another future for the same past: what a check needs to see whether an answer looks ahead."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

STAYS_WITH_NEWS = 400
STAYS_AT_ONCE = 200
TIMES = {"admissions": ("admit_time", "discharge_time"), "conditions": ("recorded_time",), "labs": ("time",)}


def end_together(moments: Iterable[pd.Timestamp], tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return public tables in which, for each moment, about 200 inpatient stays end at that very minute.

    The whole record of a patient is moved later by the same time (most by a few weeks at most), so nothing changes
    between a patient's own rows. It takes such stays to see whether an answer looks a minute ahead: a row written a
    minute after the moment is news to everybody whose stay is over, and must change nothing for any of them.

    Args:
        moments: the cuts, such as those for `rewrite_after`.
        tables: `admissions`, `patients`, `conditions` and `labs`, as `Hospital.public` gives them; they stay unchanged.
    """
    admissions = tables["admissions"]
    alive = admissions[(admissions["class"] == "inpatient") & (admissions["disposition"] != "expired")]
    by_end = alive.sort_values(["discharge_time", "encounter_id"])
    delay = pd.Series(pd.Timedelta(0), index=admissions["patient_id"].unique())
    free = set(delay.index)
    for moment in moments:
        ended = by_end[(by_end["discharge_time"] <= moment) & by_end["patient_id"].isin(free)]
        chosen = ended.drop_duplicates("patient_id", keep="last").tail(STAYS_AT_ONCE)
        delay[chosen["patient_id"]] = (moment - chosen["discharge_time"]).to_numpy()
        free -= set(chosen["patient_id"])
    moved = dict(tables)
    for name, columns in TIMES.items():
        table = tables[name]
        by = table["patient_id"].map(delay)
        moved[name] = table.assign(**{column: (table[column] + by).astype(table[column].dtype) for column in columns})
    return moved


def rewrite_after(moment: pd.Timestamp, tables: Mapping[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """Return public tables in which whatever was recorded after a moment is altered; what was recorded before stays.

    Encounters that begin later are moved, altered or dropped; those still open end otherwise. Later conditions and
    results change or vanish. Stays that were over get news: a next stay, a billing code, a late result. The stays that
    were the last to end get theirs one minute after the moment, others within days. No new kind of ward, condition or
    test appears, and no results from where none come. Rows come in another order.

    Args:
        moment: the cut.
        tables: `admissions`, `patients`, `conditions` and `labs`, as `Hospital.public` gives them; they stay unchanged.
        seed: which of many futures.
    """
    r = np.random.default_rng([seed, int(moment.timestamp())])
    admissions, never_came = _later_admissions(r, moment, tables["admissions"])
    ended = (admissions["discharge_time"] <= moment) & (admissions["disposition"] != "expired")
    over = admissions[(admissions["class"] == "inpatient") & ended]
    just_over = over.sort_values(["discharge_time", "encounter_id"]).tail(STAYS_WITH_NEWS // 2)
    others = over.drop(just_over.index)
    others = others.sample(n=min(STAYS_WITH_NEWS // 2, len(others)), random_state=r)
    news = pd.concat([just_over, others])
    minutes = np.where(np.arange(len(news)) < len(just_over), 1, r.integers(1, 5 * 24 * 60, len(news)))
    news_time = moment + pd.to_timedelta(minutes, unit="min")
    first_new = int(admissions["encounter_id"].max()) + len(never_came) + 1
    next_stays = news.assign(
        encounter_id=np.arange(first_new, first_new + len(news)),
        admit_time=news_time,
        discharge_time=news_time + pd.Timedelta(days=3),
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
        told = np.ones(len(news), dtype=bool) if name == "conditions" else (news["facility"] != "OTHER").to_numpy()
        added = table.sample(n=int(told.sum()), replace=True, random_state=r)
        added[["encounter_id", "patient_id"]] = news.loc[told, ["encounter_id", "patient_id"]].to_numpy()
        added[time] = news_time[told]
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
