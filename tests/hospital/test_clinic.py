"""A clinic with second patients: whose group waits, for each way to choose the slots."""

import numpy as np
import pytest

from wardround.hospital.clinic import MINUTES, PLANS, SLOTS, clinic_days, simulate, waits


def test_near_and_far_change_places_every_other_day():
    days = list(clinic_days(3, days=6))
    assert len(days) == 6
    for (far, chances), (far_then, chances_then) in zip(days[::2], days[1::2], strict=True):
        assert (far == ~far_then).all()
        assert far.sum() == SLOTS // 2
        assert chances[far].min() > 0.4 > chances[~far].max()
        assert chances_then[far].max() < 0.2


def test_without_second_patients_nobody_waits():
    chances = np.full((2, SLOTS), 0.2)
    came, wait, late = simulate(chances, np.zeros(chances.shape, dtype=bool), seed=1)
    assert wait[came].max() == 0
    assert late == 0


def test_a_second_patient_who_comes_makes_the_others_wait():
    chances = np.zeros((1, SLOTS))  # everybody comes
    second = np.zeros(chances.shape, dtype=bool)
    second[0, 0] = True
    _, wait, late = simulate(chances, second, seed=1)
    assert (wait[:, 0, 1:] == MINUTES).all()
    assert set(np.unique(wait[:, 0, 0])) == {0, MINUTES}
    assert late == MINUTES


@pytest.mark.parametrize("seed", [1, 2, 10_005])
def test_those_from_far_pay_for_a_plan_that_goes_by_their_chances(seed):
    found = {plan: waits(seed, plan) for plan in PLANS}
    assert found["highest"].ratio > 1.25
    assert found["lowest"].ratio < 0.95
    for plan in ("spread", "lot", "start", "end"):
        assert 0.9 < found[plan].ratio < 1.2
    assert found["end"].late > 12 > found["spread"].late
    assert found["none"].everybody == 0
    assert found["none"].ratio == 1


def test_there_is_no_other_plan():
    with pytest.raises(KeyError, match="the plans are highest, lowest, spread"):
        waits(1, "even")
