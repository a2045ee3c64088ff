"""Deteriorations: rare, tied to severity and death, within the stay they belong to."""

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.deteriorations import WATCHED_DAYS, make_deteriorations


@pytest.fixture(scope="module")
def admissions():
    return build(1, patients=60_000).table("admissions")


@pytest.fixture(scope="module")
def events(admissions):
    return make_deteriorations(1, admissions)


def test_each_lies_well_inside_its_stay(admissions, events) -> None:
    row = events["_row"]
    np.testing.assert_array_equal(admissions["encounter_id"][row], events["encounter_id"])
    after = events["event_time"] - admissions["admit_time"][row]
    assert after.min() >= np.timedelta64(12, "h")
    assert after.max() <= np.timedelta64(WATCHED_DAYS, "D")
    assert (admissions["discharge_time"][row] - events["event_time"]).min() >= np.timedelta64(4, "h")
    assert np.unique(row).size == row.size


def test_only_our_own_inpatients_are_watched(admissions, events) -> None:
    assert set(admissions["class"][events["_row"]]) == {"inpatient"}
    assert set(admissions["facility"][events["_row"]]) == {"HOME-MAIN", "HOME-EAST"}


def test_sicker_patients_get_worse_and_many_who_die_did(admissions, events) -> None:
    own = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    worse = np.isin(np.arange(own.size), events["_row"])
    severity, died = admissions["_severity"], admissions["disposition"] == "expired"
    sick = severity > np.quantile(severity[own], 0.8)
    assert worse[own & sick].mean() > 3 * worse[own & ~sick].mean()
    assert worse[own & died].mean() > 5 * worse[own & ~died].mean()
