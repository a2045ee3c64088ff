"""The call list: a fair score, and returns that our own records do not all show."""

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.call_list import call_list


@pytest.fixture(scope="module")
def hospitals():
    return [build(seed) for seed in range(1, 9)]


def listed(hospital):
    return call_list(hospital.public("admissions"), hospital.public("patients"))


def test_it_holds_the_index_stays_of_our_own_hospitals(hospitals):
    hospital = hospitals[0]
    admissions = hospital.public("admissions").set_index("encounter_id")
    calls = listed(hospital).set_index("encounter_id")
    ours = admissions.index[admissions["facility"] != "OTHER"]
    assert set(calls.index) == set(ours) & hospital.truth("eligible")
    assert set(calls.index[calls["back_anywhere"]]) == set(ours) & hospital.truth("readmitted")


def test_a_return_here_is_a_return_whose_next_stay_is_at_one_of_our_hospitals(hospitals):
    hospital = hospitals[0]
    calls = listed(hospital).set_index("encounter_id")
    stays = hospital.public("admissions").query("`class` == 'inpatient'").sort_values("admit_time")
    here = {}
    for _, rows in stays.groupby("patient_id"):
        for this, after in zip(rows["encounter_id"], rows["facility"].shift(-1), strict=True):
            here[this] = after in ("HOME-MAIN", "HOME-EAST")
    wanted = [bool(back) and here[stay] for stay, back in calls["back_anywhere"].items()]
    assert calls["back_here"].tolist() == wanted


def test_it_does_not_depend_on_the_order_of_rows_and_leaves_its_tables_alone(hospitals):
    admissions, patients = hospitals[0].public("admissions"), hospitals[0].public("patients")
    before = admissions.copy(), patients.copy()
    first = call_list(admissions, patients)
    again = call_list(admissions.sample(frac=1, random_state=5), patients.iloc[::-1])
    assert first.equals(again)
    assert admissions.equals(before[0])
    assert patients.equals(before[1])


def test_the_score_is_fair_to_every_group_and_own_records_are_not(hospitals):
    anywhere, here = [], []
    for hospital in hospitals:
        by = listed(hospital).groupby("group").agg({"back_anywhere": "sum", "back_here": "sum", "p": "sum"})
        anywhere.append(by["back_anywhere"] / by["p"])
        here.append(by["back_here"] / by["p"])
    all_returns, own_returns = np.mean(anywhere, axis=0), np.mean(here, axis=0)
    assert all_returns == pytest.approx(1, abs=0.1)
    assert own_returns[1] < 0.75 < own_returns[0]  # group B goes elsewhere
