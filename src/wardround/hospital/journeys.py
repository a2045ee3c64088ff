"""When patients fall ill, how a stay goes, and whether they come back: the chain behind every admission.

Each patient's stays are drawn one after another, all patients side by side. A stay ends in death, in an unplanned
return within 30 days (with a known probability), in a planned return, or in going home until the next illness, which
then begins more than 30 days later. So the label "readmitted within 30 days" is exactly the coin that was tossed.
"""

from types import MappingProxyType

import numpy as np

from wardround.hospital.patients import CONDITIONS, has
from wardround.hospital.period import DAY, DRIFT_MINUTE, LENGTH
from wardround.hospital.stream import Bools, Floats, Ints, Table, sigmoid, stream

READMISSION = MappingProxyType(
    {
        "intercept": -2.94,
        "heart failure": 0.55,
        "COPD": 0.40,
        "type 2 diabetes": 0.15,
        "chronic kidney disease": 0.40,
        "cancer": 0.50,
        "depression": 0.22,
        "dementia": 0.20,
        "decades of age over 60": 0.06,
        "stays in the year before, at most 4": 0.30,
        "logarithm of days in hospital": 0.28,
        "severity": 0.22,
        "lives alone": 0.32,
        "discharged after the drift": -0.35,
    }
)
"""Log odds of an unplanned return within 30 days. A learner estimates these; a grader knows them."""
ELSEWHERE = np.array([0.08, 0.35, 0.08])
"""Probability that a readmission goes to another hospital, by patient group A, B, C."""
WARDS = np.array(["MED", "SURG", "CARD", "ORTHO", "ONC"])
RETURN_WINDOW = 30 * DAY
_BURN_IN = 365 * DAY  # a year before the record begins, so that "stays in the year before" is true from the first day
_LOG_DAYS = np.array([1.27, 1.31, 1.25, 1.01, 1.57])  # by ward
_ELECTIVE = np.array([0.03, 0.30, 0.08, 0.45, 0.10])  # by ward: share of first stays that were booked
_KNOWN_STAYS = 4


def make_journeys(seed: int, patients: Table) -> Table:
    """Draw every stay of every patient, from a year before the record begins to its end.

    A row is an episode: one continuous time in hospital, at two hospitals if `leg_ends` (the minute the first leg
    ends) is not -1. Times are minutes since the record began, so the first year's are negative.
    """
    r = stream(seed, "journeys")
    n = patients["patient_id"].size
    mean_wait = 365.25 * DAY / _rate(patients)
    home_since = np.full(n, -_BURN_IN)
    due = np.full(n, -1)  # the minute of a return that is already decided
    due_planned = np.zeros(n, dtype=np.bool_)
    quiet_until = np.full(n, -_BURN_IN)  # no unplanned return before this minute, see _next_return
    recent = np.full((n, _KNOWN_STAYS), -10 * _BURN_IN)  # when the last stays began
    active = np.arange(n)
    episodes: list[Table] = []
    while active.size:
        returning = due[active] >= 0
        illness = home_since[active] + 1 + r.exponential(mean_wait[active]).astype(np.int64)
        admit = np.where(returning, due[active], illness)
        fell_ill = returning | (r.random(active.size) < _season(admit))
        home_since[active] = admit
        due[active] = -1
        within = admit < LENGTH
        active, who = active[within], active[within & fell_ill]
        admit, returning = admit[within & fell_ill], returning[within & fell_ill]

        stay = _stay(r, patients, who, admit)
        prior = (recent[who] > (admit - 365 * DAY)[:, None]).sum(axis=1)
        recent[who] = np.column_stack([recent[who, 1:], admit])
        stay["planned"] = np.where(returning, due_planned[who], stay["elective"])
        stay["returned"] = returning & ~stay["planned"]
        stay["p_readmit"] = _probability(patients, who, stay, prior)
        stay["readmitted"] = (r.random(who.size) < stay["p_readmit"]) & ~stay["died"]
        episodes.append({"patient": who, **stay})

        back, planned = _next_return(r, patients, who, stay, quiet_until[who])
        due[who], due_planned[who] = back, planned
        quiet_until[who] = np.where(planned, stay["discharge"] + RETURN_WINDOW, -_BURN_IN)
        home_since[who] = stay["discharge"] + RETURN_WINDOW
        home_since[who[stay["died"]]] = LENGTH + RETURN_WINDOW
        active = active[home_since[active] < LENGTH + RETURN_WINDOW]
    return {name: np.concatenate([e[name] for e in episodes]) for name in episodes[0]}


def _rate(patients: Table) -> Floats:
    """Give first stays a year, per patient."""
    burden = sum(patients[has(c.name)] * c.admissions for c in CONDITIONS)
    rate = 0.066 * np.exp(0.018 * (patients["age"] - 50) + burden + 0.30 * (patients["_frailty"] - 1))
    return np.asarray(np.minimum(rate, 2.5), dtype=np.float64)


def _season(minute: Ints) -> Floats:
    """Thin illness over the year: most in January, least in July."""
    return np.asarray((1 + 0.18 * np.cos(2 * np.pi * (minute / DAY - 20) / 365.25)) / 1.18, dtype=np.float64)


def _stay(r: np.random.Generator, patients: Table, who: Ints, admit: Ints) -> Table:
    """Draw how a stay goes: severity, ward, length, transfer and how it ends."""
    size = who.size
    decades = (patients["age"][who] - 60) / 10
    cancer, failing = patients[has("cancer")][who], patients[has("heart failure")][who]
    severity = r.normal(0, 1, size) + 0.35 * (patients["_frailty"][who] - 1)
    general = r.choice(4, size, p=[0.50, 0.22, 0.13, 0.15])
    ward = np.where(cancer & (r.random(size) < 0.45), 4, np.where(failing & (r.random(size) < 0.5), 2, general))
    days = np.exp(_LOG_DAYS[ward] + 0.28 * severity + 0.05 * decades + r.normal(0, 0.62, size)).clip(0.4, 90)
    died = r.random(size) < sigmoid(-4.75 + 0.85 * severity + 0.45 * decades + 0.5 * cancer)
    discharge = admit + np.round(days * DAY).astype(np.int64)
    # People go home by day: keep the date, move the hour; never less than six hours after they came.
    daytime = discharge // DAY * DAY + (60 * r.normal(14.5, 2.5, size).clip(8, 21)).astype(np.int64)
    daytime += DAY * (daytime < admit + 360)
    discharge = np.where(died, discharge, daytime)
    moved = (r.random(size) < 0.03) & (discharge - admit > 1.5 * DAY)
    leg_ends = admit + ((0.2 + 0.4 * r.random(size)) * (discharge - admit)).astype(np.int64)
    return {
        "admit": admit,
        "severity": severity,
        "ward": ward,
        "discharge": discharge,
        "died": died,
        "left_against_advice": (r.random(size) < 0.012) & ~died,
        "leg_ends": np.where(moved, leg_ends, -1),
        "travel": r.integers(60, 240, size),
        "elective": r.random(size) < _ELECTIVE[ward],
    }


def _probability(patients: Table, who: Ints, stay: Table, prior: Ints) -> Floats:
    """Give each stay's probability of an unplanned return within 30 days of its end."""
    b = READMISSION
    logit = b["intercept"] + sum(b[c.name] * patients[has(c.name)][who] for c in CONDITIONS)
    logit = logit + b["decades of age over 60"] * (patients["age"][who] - 60) / 10
    logit += b["stays in the year before, at most 4"] * prior
    logit += b["logarithm of days in hospital"] * np.log((stay["discharge"] - stay["admit"]) / DAY)
    logit += b["severity"] * stay["severity"]
    logit += b["lives alone"] * patients["lives_alone"][who]
    logit += b["discharged after the drift"] * (stay["discharge"] >= DRIFT_MINUTE)
    return sigmoid(logit)


def _next_return(
    r: np.random.Generator, patients: Table, who: Ints, stay: Table, quiet_until: Ints
) -> tuple[Ints, Bools]:
    """Decide who comes back within 30 days, and when (a minute, -1 for nobody); also whether it was planned.

    Planned returns (chemotherapy, staged surgery) come after two to four weeks. After one, an unplanned return waits
    until the window of the stay before it has closed, so that a window never holds both.
    """
    size = who.size
    unplanned = stay["readmitted"]
    chance = np.where(patients[has("cancer")][who], 0.09, 0.012)
    planned = (r.random(size) < chance) & ~stay["died"] & ~unplanned
    low = np.maximum(quiet_until - stay["discharge"], 0.01 * RETURN_WINDOW) + 1
    early = low + (RETURN_WINDOW - low) * r.beta(1.05, 1.7, size)
    booked = r.uniform(13 * DAY, 29 * DAY, size)
    gap = np.where(unplanned, early, booked).astype(np.int64)
    return np.where(unplanned | planned, stay["discharge"] + gap, -1), planned
