"""Appointments: who stays away can be ranked a little; whoever ranks better has looked ahead."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from wardround.hospital import build
from wardround.hospital.period import END, START

DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module", params=range(1, 6))
def hospital(request):
    return build(request.param, patients=10_000)


@pytest.fixture(scope="module")
def slots(hospital) -> pd.DataFrame:
    hidden = pd.DataFrame(hospital.table("appointments")).astype({"slot_time": "datetime64[us]"})
    rows = hidden.merge(hospital.public("patients"), on="patient_id")
    rows["missed"] = rows["status"] == "no-show"
    return rows


def ability(slots: pd.DataFrame, *columns) -> float:
    """AUC of a logistic regression on later slots, learnt on earlier ones."""
    x = np.column_stack(columns).astype(float)
    early = (slots["slot_time"] < "2024-05-01").to_numpy()
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(x[early], slots["missed"][early])
    return float(roc_auc_score(slots["missed"][~early], model.predict_proba(x[~early])[:, 1]))


def known(slots: pd.DataFrame) -> list[pd.Series]:
    """What is known when the slot is booked (and reminded of)."""
    past = (slots["past_year_no_shows"] + 0.2) / (slots["past_year_appointments"] + 1)
    money = slots["payer"].isin(["medicaid", "uninsured"])
    place = [slots["travel_minutes"], slots["deprivation"], slots["age"], money]
    return [*place, slots["lead_days"], slots["reminder"], slots["slot_time"].dt.hour, past]


def test_one_in_five_stays_away(slots) -> None:
    assert 0.19 < slots["missed"].mean() < 0.21
    assert slots["_p_no_show"].mean() == pytest.approx(slots["missed"].mean(), abs=0.01)


def test_a_model_of_what_is_known_lies_between_chance_and_the_oracle(slots) -> None:
    oracle = roc_auc_score(slots["missed"], slots["_p_no_show"])
    assert 0.72 < oracle < 0.755
    assert 0.63 < ability(slots, *known(slots)) < 0.69


def test_who_looks_ahead_beats_the_oracle_and_gives_it_away(slots) -> None:
    oracle = roc_auc_score(slots["missed"], slots["_p_no_show"])
    ever = slots.groupby("patient_id")["missed"].transform("mean")
    assert ability(slots, *known(slots), ever) > oracle + 0.05
    assert ability(slots, *known(slots), slots["checkin_minutes_late"].isna()) > 0.999


def test_nobody_who_stayed_away_checked_in(slots) -> None:
    assert (slots["checkin_minutes_late"].isna() == slots["missed"]).all()
    assert slots["checkin_minutes_late"].median() == pytest.approx(2, abs=0.6)


def test_the_groups_differ_by_their_way_to_the_clinic(hospital, slots) -> None:
    gap = hospital.truth("no_show_by_group")
    told = slots.groupby("group")["missed"].mean()
    for group, p in gap.items():
        assert told[group] == pytest.approx(p, abs=0.025)
    assert 0.025 < gap["B"] - gap["A"] < 0.06
    assert abs(gap["C"] - gap["A"]) < 0.02
    near = slots[slots["travel_minutes"].between(30, 40)]
    alike = near.groupby("group")["_p_no_show"].mean()
    assert abs(alike["B"] - alike["A"]) < 0.5 * (gap["B"] - gap["A"]), "with the same way they hardly differ"


def test_history_can_be_counted_in_the_table(slots) -> None:
    late = slots[slots["booked_time"] >= pd.Timestamp(START) + 366 * DAY]
    late = late[late["appointment_id"] % 5 == 0]
    alive = ["patient_id", "slot_time", "missed"]
    pairs = late[["appointment_id", "patient_id", "booked_time"]].merge(slots[alive], on="patient_id")
    age = pairs["booked_time"] - pairs["slot_time"]
    pairs = pairs[(age > pd.Timedelta(0)) & (age <= 365 * DAY)]
    counted = (
        pairs.groupby("appointment_id")["missed"].agg(["size", "sum"]).reindex(late["appointment_id"], fill_value=0)
    )
    told = late.set_index("appointment_id")
    # Slots that were dropped because the patient lay in hospital still count: rare, and never fewer.
    assert (told["past_year_appointments"] >= counted["size"]).all()
    assert (told["past_year_appointments"] == counted["size"]).mean() > 0.97
    assert (told["past_year_no_shows"] <= told["past_year_appointments"]).all()
    assert (told["past_year_no_shows"] == counted["sum"]).mean() > 0.97


def test_slots_are_on_working_days_and_booked_before(slots) -> None:
    assert slots["slot_time"].dt.day_of_week.max() == 4
    assert slots["slot_time"].dt.hour.between(8, 16).all()
    assert (slots["slot_time"] >= pd.Timestamp(START)).all()
    assert (slots["slot_time"] < pd.Timestamp(END)).all()
    assert (slots["booked_time"] < slots["slot_time"]).all()
    days = (slots["slot_time"].dt.normalize() - slots["booked_time"].dt.normalize()).dt.days
    assert ((days - slots["lead_days"]).isin([0, 1])).all()


def test_nobody_is_at_the_clinic_while_in_hospital_or_after_death(hospital, slots) -> None:
    stays = hospital.public("admissions").query("`class` == 'inpatient'")
    pairs = slots[["patient_id", "slot_time"]].merge(stays, on="patient_id")
    inside = (pairs["slot_time"] >= pairs["admit_time"]) & (pairs["slot_time"] <= pairs["discharge_time"])
    assert not inside.any()
    assert not ((pairs["disposition"] == "expired") & (pairs["slot_time"] > pairs["admit_time"])).any()


def test_the_coefficients_can_be_recovered() -> None:
    """But for the scale: what is each patient's own pulls every coefficient a little towards 0."""
    hospital = build(9, patients=100_000)
    weights = hospital.truth("no_show")
    slots = pd.DataFrame(hospital.table("appointments")).merge(hospital.public("patients"), on="patient_id")
    weekday, hour = slots["slot_time"].dt.day_of_week, slots["slot_time"].dt.hour
    columns = {
        "days between booking and slot, less 18": slots["lead_days"] - 18,
        "reminder": slots["reminder"],
        "years of age over 50": slots["age"] - 50,
        "deprivation, less 3": slots["deprivation"] - 3,
        "medicaid or uninsured": slots["payer"].isin(["medicaid", "uninsured"]),
        "minutes of travel, less 30": slots["travel_minutes"] - 30,
        "Monday or Friday": weekday.isin([0, 4]),
        "slot before 10": hour < 10,
    }
    x = np.column_stack(list(columns.values())).astype(float)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1e4)).fit(x, slots["status"] == "no-show")
    found = dict(zip(columns, model[-1].coef_[0] / model[0].scale_, strict=True))
    for name, value in found.items():
        assert 0.8 < value / weights[name] < 1.1
