"""The admissions table: inpatient stays, the legs of transfers, and visits that are no stays at all."""

import numpy as np

from wardround.hospital.journeys import ELSEWHERE, WARDS, make_journeys
from wardround.hospital.period import DAY, LENGTH, clock
from wardround.hospital.stream import Bools, Ints, Table, stream

FACILITIES = np.array(["HOME-MAIN", "HOME-EAST", "OTHER"])
OTHER = 2
CLASSES = np.array(["inpatient", "emergency", "observation"])
_HORIZON = 10**8  # longer than all minutes of the record


def make_admissions(seed: int, patients: Table) -> Table:
    """Make one row per encounter of any class that begins within the record, as the payers' claims see it.

    Hidden columns: `_patient` (row in patients), `_severity`, `_p_readmit` (probability of an unplanned return; NaN
    where no return can follow: visits, deaths, first legs), `_readmitted` (the coin that was tossed with it).
    """
    episodes = make_journeys(seed, patients)
    stays = _encounters(seed, patients, episodes)
    visits = _visits(seed, patients, stays, episodes)
    table = {name: np.concatenate([stays[name], visits[name]]) for name in stays}
    recorded = (table["admit"] >= 0) & (table["admit"] < LENGTH)
    table = {name: column[recorded] for name, column in table.items()}
    who, size = table["_patient"], table["_patient"].size
    # Numbers in no order: an id says nothing about what came before or after.
    return {
        "encounter_id": 1 + stream(seed, "admissions/ids").permutation(size),
        "patient_id": patients["patient_id"][who],
        "class": CLASSES[table["class"]],
        "facility": FACILITIES[table["facility"]],
        "ward": table["ward"],
        "admit_source": table["admit_source"],
        "planned": table["planned"],
        "admit_time": clock(table["admit"]),
        "discharge_time": clock(table["discharge"]),
        "disposition": table["disposition"],
        "prior_year_admissions": _begun_before(episodes, who, table["_episode_admit"]),
        **{name: column for name, column in table.items() if name.startswith("_") and name != "_episode_admit"},
    }


def _encounters(seed: int, patients: Table, e: Table) -> Table:
    """Turn episodes into encounters: a transferred patient has two, at two hospitals."""
    r = stream(seed, "admissions/stays")
    who, size = e["patient"], e["patient"].size
    away = e["returned"] & (r.random(size) < ELSEWHERE[patients["_group"][who]])
    first = np.where(away, OTHER, patients["_campus"][who])
    second = np.where(first == 0, np.where(r.random(size) < 0.4, 1, OTHER), 0)
    older = 0.004 * (patients["age"][who] - 65).clip(0, 30)
    u = r.random(size)
    home = np.where(u < 0.10 + older, "snf", np.where(u < 0.28 + older, "home_health", "home"))
    ending = np.where(e["died"], "expired", np.where(e["left_against_advice"], "ama", home))
    moved = e["leg_ends"] >= 0
    row = np.concatenate([np.arange(size), np.flatnonzero(moved)])
    leg = np.concatenate([np.zeros(size, dtype=np.int64), np.ones(int(moved.sum()), dtype=np.int64)])
    last = ~moved[row] | (leg == 1)
    planned = e["planned"][row] & (leg == 0)
    source = np.where(leg == 1, "transfer", np.where(planned, "scheduled", "emergency"))
    return {
        "class": np.zeros(row.size, dtype=np.int64),
        "facility": np.where(leg == 1, second[row], first[row]),
        "ward": WARDS[e["ward"][row]],
        "admit_source": source,
        "planned": planned,
        "admit": np.where(leg == 1, (e["leg_ends"] + e["travel"])[row], e["admit"][row]),
        "discharge": np.where(last, e["discharge"][row], e["leg_ends"][row]),
        "disposition": np.where(last, ending[row], "transfer_acute"),
        "_episode_admit": e["admit"][row],
        "_patient": who[row],
        "_severity": e["severity"][row],
        "_p_readmit": np.where(last & ~e["died"][row], e["p_readmit"][row], np.nan),
        "_readmitted": last & e["readmitted"][row],
    }


def _visits(seed: int, patients: Table, stays: Table, episodes: Table) -> Table:
    """Draw emergency and observation visits: some soon after a stay, some out of the blue, none during a stay."""
    r = stream(seed, "admissions/visits")
    after = np.flatnonzero((r.random(stays["admit"].size) < 0.15) & ~np.isnan(stays["_p_readmit"]))
    soon = stays["discharge"][after] + 300 + r.exponential(9 * DAY, after.size).astype(np.int64)
    count = r.poisson(0.12 * patients["_frailty"])
    who = np.concatenate([stays["_patient"][after], np.repeat(np.arange(count.size), count)])
    admit = np.concatenate([soon, r.integers(0, LENGTH, int(count.sum()))])
    size = who.size
    kind = np.where(r.random(size) < 0.75, 1, 2)
    minutes = np.where(kind == 1, r.gamma(4, 65, size), r.gamma(6, 260, size)).astype(np.int64) + 20
    free = _between_stays(episodes, who, admit, admit + minutes)
    who, admit, kind, minutes = who[free], admit[free], kind[free], minutes[free]
    size = who.size
    return {
        "class": kind,
        "facility": patients["_campus"][who],
        "ward": np.where(kind == 1, "ED", "OBS"),
        "admit_source": np.full(size, "emergency"),
        "planned": np.zeros(size, dtype=np.bool_),
        "admit": admit,
        "discharge": admit + minutes,
        "disposition": np.where(r.random(size) < 0.04, "ama", "home"),
        "_episode_admit": admit,
        "_patient": who,
        "_severity": np.full(size, np.nan),
        "_p_readmit": np.full(size, np.nan),
        "_readmitted": np.zeros(size, dtype=np.bool_),
    }


def _between_stays(e: Table, who: Ints, begin: Ints, end: Ints) -> Bools:
    """Tell which visits overlap no stay of their patient, nor come after a patient's death."""
    order = np.argsort(_key(e["patient"], e["admit"]))
    starts = _key(e["patient"], e["admit"])[order]
    over = _key(e["patient"], np.where(e["died"], _HORIZON // 2, e["discharge"]))[order]
    place = np.searchsorted(starts, _key(who, begin), side="right")  # the next stay
    before = np.concatenate([[-_HORIZON], over])[place]
    after = np.concatenate([starts, [np.iinfo(np.int64).max]])[place]
    return np.asarray((before < _key(who, begin)) & (_key(who, end) < after), dtype=np.bool_)


def _begun_before(e: Table, who: Ints, admit: Ints) -> Ints:
    """Count a patient's episodes that began in the 365 days before a minute (a transfer counts once)."""
    keys = np.sort(_key(e["patient"], e["admit"]))
    return np.searchsorted(keys, _key(who, admit)) - np.searchsorted(keys, _key(who, admit - 365 * DAY), side="right")


def _key(who: Ints, minute: Ints) -> Ints:
    """Number moments so that they sort by patient, then by time."""
    return who * _HORIZON + minute
