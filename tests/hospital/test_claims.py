"""Claims: what the payers see that we do not, and what a denial costs in the end."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.claims import TIMELY
from wardround.hospital.cohort import cohort

SEEDS = range(1, 6)


@pytest.fixture(scope="module", params=SEEDS)
def hospital(request):
    return build(request.param, patients=40_000)


@pytest.fixture(scope="module")
def claims(hospital) -> pd.DataFrame:
    return hospital.public("claims")


def measure(rows: pd.DataFrame) -> pd.DataFrame:
    found = cohort({name: rows[name].to_numpy() for name in rows})
    return rows.assign(eligible=found.eligible, readmitted=found.readmitted)


def test_every_encounter_is_billed_once_as_it_was(hospital, claims) -> None:
    shared = [name for name in claims if name in hospital.public("admissions")]
    by_stay = claims[shared].sort_values("encounter_id").reset_index(drop=True)
    admissions = hospital.public("admissions")[shared].sort_values("encounter_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(by_stay, admissions)
    assert {"patient_id", "facility", "class", "admit_time", "discharge_time", "disposition", "planned"} <= set(shared)


def test_claims_alone_give_the_true_readmissions(hospital, claims) -> None:
    found = measure(claims)
    assert set(found.loc[found["readmitted"], "encounter_id"]) == hospital.truth("readmitted")


def test_our_own_records_hide_what_befalls_group_b_elsewhere(hospital, claims) -> None:
    group = hospital.public("patients").set_index("patient_id")["group"]

    def rates(rows: pd.DataFrame) -> pd.Series:
        found = measure(rows)
        index = found[found["eligible"]]
        return index["readmitted"].groupby(index["patient_id"].map(group)).mean()

    everywhere, own = rates(claims), rates(claims[claims["facility"] != "OTHER"])
    assert own["B"] < 0.8 * everywhere["B"]
    assert own["B"] < own["A"] - 0.01, "seen from inside, group B does better"
    assert everywhere["B"] > everywhere["A"] - 0.02, "it does not"


def test_denials_and_appeals_come_as_often_as_published(claims) -> None:
    insured = claims[claims["status"] != "self-pay"]
    denied = insured[insured["denied_date"].notna()]
    appealed = denied[denied["appealed_date"].notna()]
    assert 0.108 < len(denied) / len(insured) < 0.130
    assert 0.50 < len(appealed) / len(denied) < 0.60
    assert 0.43 < (appealed["status"] == "overturned").mean() < 0.53


def test_the_fate_of_a_claim_is_told_the_same_everywhere(claims) -> None:
    status = claims["status"]
    assert set(status) == {"paid", "denied", "upheld", "overturned", "self-pay"}
    was_denied = status.isin(["denied", "upheld", "overturned"])
    assert (claims["denied_date"].notna() == was_denied).all()
    assert (claims["denial_reason"].ne("") == was_denied).all()
    assert (claims["appealed_date"].notna() == status.isin(["upheld", "overturned"])).all()
    assert (claims["decided_date"].notna() == claims["appealed_date"].notna()).all()
    lost = status.isin(["denied", "upheld"])
    assert (claims.loc[lost, "paid"] == 0).all()
    assert claims.loc[~lost, "paid"].equals(claims.loc[~lost, "allowed"])
    assert (claims["payer"].eq("uninsured") == status.eq("self-pay")).all()
    assert (claims.loc[status == "self-pay", "allowed"] == 0).all()
    assert (claims["allowed"] < claims["billed"]).all()
    steps = ["discharge_time", "filed_date", "denied_date", "appealed_date", "decided_date"]
    for earlier, later in pairwise(steps):
        both = claims[later].notna()
        assert (claims.loc[both, later] > claims.loc[both, earlier]).all()


def test_a_claim_filed_too_late_is_denied_for_that(claims) -> None:
    wait = (claims["filed_date"] - claims["discharge_time"].dt.normalize()).dt.days
    late = (wait > TIMELY) & claims["status"].ne("self-pay")
    assert 0.015 < late.mean() < 0.035
    reasons = claims.loc[late, "denial_reason"]
    assert set(reasons) == {"", "late filing"}
    assert (reasons != "").mean() > 2 * claims["denial_reason"].ne("").mean()
    assert not claims.loc[~late, "denial_reason"].eq("late filing").any()


def test_dollars_lost_are_those_of_our_own_claims_after_appeal(hospital, claims) -> None:
    told = hospital.truth("denials")
    own = claims[(claims["facility"] != "OTHER") & claims["denied_date"].notna()]
    lost = own[own["status"].isin(["denied", "upheld"])]
    assert told["lost"].sum() == pytest.approx(lost["allowed"].sum())
    by_reason = lost.groupby("denial_reason")["allowed"].sum()
    assert dict(zip(told["denial_reason"], told["lost"], strict=True)) == pytest.approx(by_reason.to_dict())
    assert told["lost"].is_monotonic_decreasing
    assert told["denied"].sum() == len(own)
    assert own["billed"].sum() > 3 * told["lost"].sum(), "what was billed is not what was lost"
    by_count = told.sort_values("denied", ascending=False)["denial_reason"].tolist()
    assert set(by_count) == {"late filing", "no authorization", "missing documentation", "medical necessity"}


def test_the_hidden_probability_is_the_true_one(hospital) -> None:
    table = hospital.table("claims")
    p, y = table["_p_denied"], table["denial_reason"] != ""
    for tenth in np.array_split(np.argsort(p, kind="stable"), 10):
        error = np.sqrt(p[tenth].mean() * (1 - p[tenth].mean()) / tenth.size)
        assert abs(y[tenth].mean() - p[tenth].mean()) <= 4 * error
