"""Arrivals follow a rate that is known, so that a forecast can be judged against the best there is."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import PoissonRegressor

from wardround.hospital import build
from wardround.hospital.emergency import rate
from wardround.hospital.period import END, LENGTH, START


@pytest.fixture(scope="module", params=range(1, 6))
def hospital(request):
    return build(request.param, patients=1)


@pytest.fixture(scope="module")
def arrivals(hospital) -> pd.DataFrame:
    return hospital.public("er_arrivals")


@pytest.fixture(scope="module")
def counts(hospital, arrivals) -> np.ndarray:
    hours = hospital.truth("er_rate")["time"]
    return arrivals["arrival_time"].dt.floor("h").value_counts().reindex(hours, fill_value=0).to_numpy()


def test_counts_are_poisson_about_the_rate(hospital, counts) -> None:
    expected = hospital.truth("er_rate")["rate"].to_numpy()
    assert expected.size == LENGTH // 60
    assert counts.sum() == pytest.approx(expected.sum(), rel=0.015)
    assert ((counts - expected) ** 2 / expected).mean() == pytest.approx(1, abs=0.05)
    for hour in range(24):
        part = slice(hour, None, 24)
        assert counts[part].sum() == pytest.approx(expected[part].sum(), abs=4.5 * np.sqrt(expected[part].sum()))


def test_the_day_the_week_and_the_winter_show(hospital) -> None:
    by = hospital.truth("er_rate").set_index("time")["rate"]
    hours = by.groupby(by.index.hour).mean()
    assert 9 <= hours.idxmax() <= 20
    assert hours.max() > 3.5 * hours.min()
    assert by.groupby(by.index.day_of_week).mean().idxmax() == 0, "Mondays are worst"
    winter = by[by.index.month.isin([1])].mean()
    assert winter > 1.05 * by[by.index.month.isin([6, 7, 8])].mean()
    assert 140 < by.resample("D").sum().mean() < 200


def test_another_seed_has_another_rate() -> None:
    shapes = [rate(seed) / rate(seed).mean() for seed in (1, 2)]
    assert abs(shapes[0] - shapes[1]).mean() > 0.03, "a profile learnt on one hospital does not fit the next"


def test_a_model_comes_near_the_oracle_and_naive_ones_do_not(hospital, counts) -> None:
    expected = hospital.truth("er_rate")["rate"].to_numpy()
    hour = np.arange(counts.size)
    day, cut = hour // 24, counts.size - 28 * 24
    year = 2 * np.pi * day / 365.25
    waves = [f(k * year) for k in (1, 2, 3) for f in (np.cos, np.sin)]
    x = np.column_stack([np.eye(24)[hour % 24], np.eye(7)[day % 7], *waves])
    forecast = PoissonRegressor(alpha=1e-5, solver="newton-cholesky").fit(x[:cut], counts[:cut]).predict(x[cut:])

    def error(guess) -> float:
        return float(abs(counts[cut:] - guess).mean())

    oracle = error(expected[cut:])
    assert error(forecast) < 1.08 * oracle
    assert error(counts[cut - 28 * 24 : cut]) > 1.2 * oracle, "four weeks ago"
    assert error(counts[:cut].mean()) > 1.4 * oracle, "the mean"
    spread = 1.645 * np.sqrt(forecast)
    assert 0.85 < (abs(counts[cut:] - forecast) <= spread).mean() < 0.95


def test_times_of_an_arrival_are_in_order(arrivals) -> None:
    assert arrivals["arrival_time"].between(pd.Timestamp(START), pd.Timestamp(END), inclusive="left").all()
    seen = arrivals["seen_time"]
    assert (seen[seen.notna()] > arrivals.loc[seen.notna(), "arrival_time"]).all()
    assert (arrivals["departure_time"] > seen.fillna(arrivals["arrival_time"])).all()
    asked = arrivals["bed_request_time"]
    assert (arrivals.loc[asked.notna(), "departure_time"] > asked[asked.notna()]).all()
    assert (asked[asked.notna()] > seen[asked.notna()]).all()
    assert (asked.notna() == arrivals["disposition"].eq("admitted")).all()
    assert (seen.isna() == arrivals["disposition"].eq("left without being seen")).all()


def test_the_sickest_are_seen_first_and_most_often_kept(arrivals) -> None:
    wait = (arrivals["seen_time"] - arrivals["arrival_time"]).groupby(arrivals["triage"]).median()
    kept = arrivals["disposition"].eq("admitted").groupby(arrivals["triage"]).mean()
    by_ambulance = arrivals["arrival_mode"].eq("ambulance").groupby(arrivals["triage"]).mean()
    assert set(arrivals["triage"]) == {1, 2, 3, 4, 5}
    assert wait.is_monotonic_increasing
    assert kept.is_monotonic_decreasing
    assert by_ambulance.is_monotonic_decreasing
    assert 0.15 < arrivals["disposition"].eq("admitted").mean() < 0.21
    assert 0.02 < arrivals["disposition"].eq("left without being seen").mean() < 0.05
