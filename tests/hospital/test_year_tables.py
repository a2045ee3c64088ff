"""The year as analysts hand it over: its tables agree with the hospital that they are made from."""

import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.claims import denials
from wardround.hospital.year_tables import OURS, year_tables

BEGIN, END = pd.Timestamp("2024-01-01"), pd.Timestamp("2025-01-01")
WHEN = {
    "stays": "discharge_time",
    "bookings": "slot_time",
    "er_arrivals": "arrival_time",
    "room_days": "date",
    "claims": "discharge_time",
    "head_counts": "counted_time",
}


@pytest.fixture(scope="module")
def hospital():
    return build(3)


@pytest.fixture(scope="module")
def tables(hospital):
    return year_tables(hospital)


def test_every_row_belongs_to_the_year_and_the_same_seed_gives_the_same(tables):
    again = year_tables(build(3))
    for name, when in WHEN.items():
        assert tables[name][when].between(BEGIN, END, inclusive="left").all(), name
        assert tables[name].equals(again[name]), name
    assert tables.keys() == WHEN.keys()


def test_the_next_stay_makes_the_readmissions_that_the_hospital_knows(hospital, tables):
    stays = tables["stays"].set_index("stay_id")
    soon = stays["next_admit_time"] - stays["discharge_time"] <= pd.Timedelta(days=30)
    back = stays.index[(stays["next_stay"] == "unplanned") & soon & (stays["class"] == "inpatient")]
    index = stays.index.intersection(list(hospital.truth("eligible")))
    assert set(back) & set(index) == set(index) & hospital.truth("readmitted")
    assert stays["next_stay"].isna().equals(stays["next_admit_time"].isna())


def test_a_canceled_booking_says_by_whom_and_when_and_no_other_does(hospital, tables):
    bookings = tables["bookings"]
    canceled = bookings["status"] == "canceled"
    assert bookings["hours_before"].notna().equals(canceled)
    assert set(bookings.loc[canceled, "canceled_by"]) == {"patient", "clinic"}
    assert set(bookings.loc[~canceled, "canceled_by"]) == {""}
    assert bookings["booking_id"].is_unique
    slots = hospital.public("appointments")
    kept = slots[slots["slot_time"].between(BEGIN, END, inclusive="left")]
    assert bookings.loc[~canceled, "status"].value_counts().equals(kept["status"].value_counts())
    assert canceled.mean() == pytest.approx(0.18 / 1.18, abs=0.01)
    own = bookings[bookings["canceled_by"] == "patient"]
    assert (own["hours_before"] < 24).mean() == pytest.approx(0.35, abs=0.02)
    assert not own["hours_before"].between(23.95, 24.45).any()  # nobody canceled on the line
    assert (bookings["booked_time"] < bookings["slot_time"]).all()


def test_a_head_count_finds_who_was_admitted_and_not_yet_discharged(hospital, tables):
    admissions = hospital.public("admissions")
    ours = admissions[(admissions["class"] == "inpatient") & admissions["facility"].isin(OURS)]
    counts = tables["head_counts"]
    assert len(counts) == 4 * 366
    for row in counts.iloc[::173].itertuples():
        there = (ours["admit_time"] <= row.counted_time) & (ours["discharge_time"] > row.counted_time)
        assert there.sum() == row.patients


def test_minutes_of_a_room_nest(tables):
    days = tables["room_days"]
    assert (days["patient_minutes_staffed"] <= days["patient_minutes"]).all()
    assert (days["patient_minutes"] <= days["first_to_last_minutes"]).all()
    assert (days["patient_minutes_staffed"] <= days["staffed_minutes"]).all()
    late = days["overtime_minutes"] > 0
    assert (days.loc[~late, "patient_minutes"] == days.loc[~late, "patient_minutes_staffed"]).all()


def test_the_claims_of_both_years_would_give_the_denials_that_the_hospital_knows(hospital, tables):
    claims = tables["claims"]
    both = hospital.public("claims")
    of_2024 = both[both["discharge_time"].between(BEGIN, END, inclusive="left")]
    mine = denials({name: claims[name].to_numpy() for name in claims})
    theirs = denials({name: of_2024[name].to_numpy() for name in of_2024})
    pd.testing.assert_frame_equal(mine, theirs)
