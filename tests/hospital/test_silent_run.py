"""The silent run: the right stays, a plain score, and results that hold for some people only."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.silent_run import VARIABLES, silent_run


@pytest.fixture(scope="module")
def hospital():
    return build(7)


@pytest.fixture(scope="module")
def run(hospital):
    return silent_run(hospital)


def test_it_holds_each_index_stay_of_2024_at_home_once_with_its_true_outcome(hospital, run):
    stays = hospital.public("admissions").merge(hospital.truth("stays"), on="encounter_id")
    wanted = stays[stays["eligible"] & (stays["facility"] != "OTHER") & (stays["discharge_time"] >= "2024-01-01")]
    assert sorted(run["encounter_id"]) == sorted(wanted["encounter_id"])
    outcome = wanted.set_index("encounter_id")["readmit30"]
    assert (run["returned"].to_numpy() == outcome.loc[run["encounter_id"]].to_numpy()).all()


def test_the_same_seed_gives_the_same_run(run):
    pd.testing.assert_frame_equal(silent_run(build(7)), run)


def test_the_score_ranks_as_a_plain_score_does(hospital, run):
    p, came = run["score"].to_numpy(), run["returned"].to_numpy()
    better = (p[came][:, None] > p[~came]).mean() + (p[came][:, None] == p[~came]).mean() / 2
    assert 0.60 < better < 0.75
    assert abs(p.mean() - came.mean()) < 0.04


def test_it_hardly_finds_the_young_and_some_groups_are_not_recorded(run):
    line = run["score"].quantile(0.75)
    found = run[run["returned"]].groupby("age_band")["score"].apply(lambda score: np.mean(score >= line))
    assert found["18-64"] < found["65-84"] - 0.2
    assert 0.05 < run["group"].isna().mean() < 0.11
    assert run[[name for name in VARIABLES if name != "group"]].notna().all(axis=None)
