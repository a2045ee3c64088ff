"""Blood samples: several of one patient, alike enough to recognize the patient by, all from before the coin."""

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.trial import make_trial
from wardround.hospital.trial_samples import PROTEINS, make_samples


@pytest.fixture(scope="module")
def tables() -> tuple:
    trial = make_trial(4)
    return trial, make_samples(4, trial)


def test_each_patient_has_one_to_four_samples_on_days_before_the_coin(tables) -> None:
    trial, samples = tables
    patients, counts = np.unique(samples["patient_id"], return_counts=True)
    assert set(patients) == set(trial["patient_id"])
    assert set(counts) == {1, 2, 3, 4}
    assert np.unique(samples["sample_id"]).size == samples["sample_id"].size
    days = np.stack([samples["patient_id"], samples["day"]])
    assert np.unique(days, axis=1).shape == days.shape
    assert samples["day"].min() >= -28
    assert samples["day"].max() <= 0


def test_proteins_are_positive_and_in_units_of_their_own(tables) -> None:
    _, samples = tables
    medians = [float(np.median(samples[name])) for name in PROTEINS]
    assert all((samples[name] > 0).all() for name in PROTEINS)
    assert max(medians) > 1000 * min(medians)


def test_samples_of_one_patient_are_more_alike_than_those_of_two(tables) -> None:
    _, samples = tables
    x = np.log(np.column_stack([samples[name] for name in PROTEINS]))
    order = np.argsort(samples["patient_id"], kind="stable")
    same = np.diff(samples["patient_id"][order]) == 0
    apart = np.abs(np.diff(x[order], axis=0))
    assert (np.median(apart[same], axis=0) < 0.5 * np.median(apart[~same], axis=0)).all()


def test_proteins_follow_what_they_should(tables) -> None:
    trial, samples = tables
    row = np.argsort(trial["patient_id"])[samples["patient_id"] - 1]

    def correlation(name: str, other: str) -> float:
        return float(np.corrcoef(np.log(samples[name]), trial[other][row])[0, 1])

    assert correlation("protein_1", "severity") > 0.6
    assert correlation("protein_3", "severity") < -0.4
    assert correlation("protein_4", "_frailty") > 0.5
    assert abs(correlation("protein_8", "severity")) < 0.1
    assert abs(correlation("protein_8", "_frailty")) < 0.1


def test_a_new_table_leaves_the_trial_as_it_was() -> None:
    hospital, other = build(6, patients=100), build(6, patients=100)
    before = {name: column.copy() for name, column in hospital.table("trial").items()}
    hospital.table("trial_samples")
    for name, column in other.table("trial").items():
        np.testing.assert_array_equal(before[name], column)
