"""Vital signs: what a good alert can reach, what a tiring one costs, and whom the oximeter flatters."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.news import news2
from wardround.hospital.vitals import MAX_STAYS

SEEDS = range(1, 6)


@pytest.fixture(scope="module", params=SEEDS)
def hospital(request):
    return build(request.param)


@pytest.fixture(scope="module")
def vitals(hospital) -> pd.DataFrame:
    rows = pd.DataFrame(hospital.table("vitals"))
    rows["news"] = news2(hospital.table("vitals"))
    return rows.sort_values(["encounter_id", "time"]).reset_index(drop=True)


def patient_days(vitals: pd.DataFrame) -> float:
    times = vitals.groupby("encounter_id")["time"]
    return float((times.max() - times.min()).dt.total_seconds().sum() / 86_400)


def merged(alerts: pd.DataFrame) -> pd.DataFrame:
    """Keep an alert if there was none in the twelve hours before it."""
    last: dict[int, pd.Timestamp] = {}
    kept = []
    for row in alerts.itertuples():
        fresh = row.encounter_id not in last or row.time - last[row.encounter_id] >= pd.Timedelta(hours=12)
        kept.append(fresh)
        if fresh:
            last[row.encounter_id] = row.time
    return alerts[kept]


def test_a_score_of_five_warns_in_time_and_repeats_are_what_tires(hospital, vitals) -> None:
    events, alerts = hospital.truth("deteriorations"), vitals[vitals["news"] >= 5]
    pairs = alerts.merge(events, on="encounter_id")
    lead = (pairs["event_time"] - pairs["time"]).dt.total_seconds() / 3600
    first = lead[(lead > 0) & (lead <= 12)].groupby(pairs["encounter_id"]).max()
    assert 0.78 < len(first) / len(events) < 0.90, "sensitivity in the twelve hours before"
    assert 4.0 < first.median() < 6.0, "hours of lead"
    days = patient_days(vitals)
    assert 0.13 < len(merged(alerts)) / days < 0.20, "alerts a patient-day"
    assert len(alerts) / days > 0.5, "each high row an alert: more than twice what a ward bears"


def test_a_higher_limit_warns_later_and_less(vitals) -> None:
    days = patient_days(vitals)
    rates = [len(merged(vitals[vitals["news"] >= limit])) / days for limit in (3, 5, 7)]
    assert rates[0] > 2 * rates[1] > 4 * rates[2] > 0


def test_about_one_stay_in_twenty_deteriorates(hospital, vitals) -> None:
    events = hospital.truth("deteriorations")
    assert 0.04 < len(events) / vitals["encounter_id"].nunique() < 0.062
    assert not events["encounter_id"].duplicated().any()


def test_the_chart_ends_with_the_stay_or_at_the_event(hospital, vitals) -> None:
    stays = hospital.public("admissions").merge(hospital.truth("deteriorations"), on="encounter_id", how="left")
    rows = vitals.merge(stays.drop(columns="patient_id"), on="encounter_id", validate="many_to_one")
    assert (rows["time"] >= rows["admit_time"]).all()
    assert (rows["time"] < rows["event_time"].fillna(rows["discharge_time"])).all()
    assert set(rows["class"]) == {"inpatient"}
    assert set(rows["facility"]) == {"HOME-MAIN", "HOME-EAST"}
    assert not rows.duplicated(["encounter_id", "time"]).any()


def test_rounds_are_every_four_hours_and_hourly_after_a_high_score(vitals) -> None:
    gap = vitals.groupby("encounter_id")["time"].shift(-1) - vitals["time"]
    hours = gap.dt.total_seconds() / 3600
    assert hours[vitals["news"] < 5].median() == pytest.approx(4, abs=0.2)
    assert hours[vitals["news"] >= 5].median() == pytest.approx(1, abs=0.2)


def test_values_are_missing_now_and_then_and_more_at_night(vitals) -> None:
    missing = vitals[["respiratory_rate", "spo2", "systolic_bp", "pulse", "temperature"]].isna()
    assert 0.04 < missing.mean().mean() < 0.12
    night = vitals["time"].dt.hour < 6
    assert missing[night].mean().mean() > 1.5 * missing[~night].mean().mean()
    assert not missing.all(axis=1).any()


def test_values_are_ones_a_nurse_can_write_down(vitals) -> None:
    low = {"respiratory_rate": 6, "spo2": 70, "systolic_bp": 50, "pulse": 30, "temperature": 34}
    high = {"respiratory_rate": 45, "spo2": 100, "systolic_bp": 240, "pulse": 200, "temperature": 41.5}
    for sign, least in low.items():
        values = vitals[sign].dropna()
        assert values.between(least, high[sign]).all()
        assert (values == values.round(1 if sign == "temperature" else 0)).all()
    assert set(vitals["consciousness"]) == {"A", "C", "V", "P"}


def test_the_oximeter_flatters_group_b(hospital) -> None:
    found = hospital.truth("oximeter").set_index("group")
    assert found["mean_error"]["A"] == pytest.approx(0.24, abs=0.06)
    assert found["mean_error"]["B"] == pytest.approx(1.6, abs=0.15)
    assert found["missed"]["B"] > 1.5 * found["missed"]["A"]
    assert found["hypoxemic"]["B"] >= 40


def test_what_is_missed_because_of_the_skin_is_not_small() -> None:
    """Over several hospitals, since few readings of one are below 90 %."""
    found = pd.concat(build(seed).truth("oximeter") for seed in SEEDS).set_index("group")
    missed = (found["missed"] * found["hypoxemic"]).groupby("group").sum() / found["hypoxemic"].groupby("group").sum()
    assert 0.08 < missed["A"] < 0.19
    assert 0.28 < missed["B"] < 0.50


def test_a_large_hospital_charts_a_stated_number_of_stays() -> None:
    hospital = build(1, patients=60_000)
    assert np.unique(hospital.table("vitals")["encounter_id"]).size == MAX_STAYS
