"""Bills and what became of them: the payers' view, which also sees the stays at other hospitals."""

import numpy as np
import pandas as pd

from wardround.hospital.stream import Floats, Table, sigmoid, stream

TIMELY = 90
"""Days after discharge within which a claim must be filed."""
REASONS = np.array(["late filing", "no authorization", "missing documentation", "medical necessity"])
_OVERTURNED = np.array([0.12, 0.44, 0.67, 0.53])  # share of appeals that succeed, by reason
_APPEALED = 0.55
_RATE = {"medicare": 0.36, "medicaid": 0.28, "commercial": 0.52}  # allowed amount as a share of the billed one
_CLASS_COST = {"inpatient": 8.75, "observation": 8.2, "emergency": 7.0}  # logarithm of US dollars


def make_claims(seed: int, patients: Table, admissions: Table) -> Table:
    """Make one claim per encounter, at whatever hospital: `class`, dates and disposition as billed, then its fate.

    Amounts are US dollars. `billed` is what the hospital asks for; `allowed` what the contract gives for it, paid or
    not; `paid` what came. `status`: paid, denied (and left so), upheld (appealed in vain), overturned (appealed and
    paid), or self-pay (no payer, so nothing is allowed, denied or paid). Dates that never came are NaT, `denial_reason`
    is "" where there was no denial. Hidden: `_p_denied`.
    """
    r = stream(seed, "claims")
    size = admissions["encounter_id"].size
    payer = patients["payer"][admissions["_patient"]]
    insured = payer != "uninsured"
    authorized = r.random(size) < 0.90
    documented = r.random(size) < 0.93
    late = r.random(size) < 0.025
    wait = np.where(
        late, r.integers(TIMELY + 1, 180, size), 4 + r.gamma(2, 5, size).astype(np.int64).clip(0, TIMELY - 5)
    )
    logit = -2.74 + 1.9 * ~authorized + 1.6 * ~documented + 2.6 * late
    logit += 0.25 * (payer == "medicaid") + 0.20 * (payer == "commercial")
    chance = np.where(insured, sigmoid(logit), 0.0)
    denied = r.random(size) < chance
    reason = np.select([late, ~authorized, ~documented], [0, 1, 2], 3)
    appealed = denied & (r.random(size) < _APPEALED)
    overturned = appealed & (r.random(size) < _OVERTURNED[reason])

    billed = _billed(r, admissions)
    rate = np.select([payer == name for name in _RATE], list(_RATE.values()), 0.0)
    allowed = np.round(billed * rate * np.exp(r.normal(0, 0.05, size)), 2)
    filed = admissions["discharge_time"].astype("datetime64[D]") + wait
    answered = filed + r.integers(10, 45, size)
    appeal = answered + r.integers(5, 60, size)
    decided = appeal + r.integers(20, 90, size)
    never = np.datetime64("NaT")
    status = np.select([overturned, appealed, denied, insured], ["overturned", "upheld", "denied", "paid"], "self-pay")
    return {
        "claim_id": 1 + stream(seed, "claims/ids").permutation(size),
        **{
            name: admissions[name]
            for name in (
                *("encounter_id", "patient_id", "facility", "class", "planned"),
                *("admit_time", "discharge_time", "disposition"),
            )
        },
        "payer": payer,
        "billed": billed,
        "allowed": allowed,
        "paid": np.where(denied & ~overturned, 0.0, allowed),
        "authorized": authorized,
        "documented": documented,
        "filed_date": filed.astype("datetime64[m]"),
        "denied_date": np.where(denied, answered, never).astype("datetime64[m]"),
        "appealed_date": np.where(appealed, appeal, never).astype("datetime64[m]"),
        "decided_date": np.where(appealed, decided, never).astype("datetime64[m]"),
        "denial_reason": np.where(denied, REASONS[reason], ""),
        "status": status,
        "_p_denied": chance,
    }


def denials(claims: Table) -> pd.DataFrame:
    """Add up what became of the denied claims of HOME-MAIN and HOME-EAST: a row per reason, most dollars lost first.

    Columns: denial_reason, denied, appealed, overturned (counts), lost (US dollars allowed by contract on claims that
    stayed denied after any appeal).
    """
    rows = (claims["facility"] != "OTHER") & (claims["denial_reason"] != "")
    status, unpaid = claims["status"][rows], claims["allowed"][rows] - claims["paid"][rows]
    frame = pd.DataFrame(
        {
            "denial_reason": claims["denial_reason"][rows],
            "denied": 1,
            "appealed": (status != "denied").astype(np.int64),
            "overturned": (status == "overturned").astype(np.int64),
            "lost": unpaid,
        }
    )
    return frame.groupby("denial_reason").sum().sort_values("lost", ascending=False).reset_index()


def _billed(r: np.random.Generator, admissions: Table) -> Floats:
    """Draw what is asked for: more for longer stays and sicker patients."""
    days = (admissions["discharge_time"] - admissions["admit_time"]).astype(np.int64) / 1440
    base = np.select([admissions["class"] == name for name in _CLASS_COST], list(_CLASS_COST.values()))
    severity = np.nan_to_num(admissions["_severity"])
    log_dollars = base + 0.42 * np.log1p(days) + 0.12 * severity + r.normal(0, 0.35, days.size)
    return np.asarray(np.round(np.exp(log_dollars), 2), dtype=np.float64)
