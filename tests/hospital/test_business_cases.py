"""The arithmetic of a return, other hospitals for it, and what moves it."""

import math

import pytest

from wardround.hospital.business_cases import AMOUNTS, RESULTS, SHARES, YEARS, ends, make_cases, swings, worked_out

SEEDS = range(1, 61)
PLAIN = {
    "cases": 1000.0,
    "rate": 0.1,
    "sensitivity": 0.8,
    "specificity": 0.9,
    "adoption": 0.5,
    "effect": 0.25,
    "units_each": 4.0,
    "dollars_per_unit": 1000.0,
    "cashable": 0.5,
    "minutes_per_alert": 6.0,
    "dollars_per_hour": 40.0,
    "running": 5000.0,
    "once": 10_000.0,
    "discount_rate": 0.25,
}
RANGES = {name: (value, value, value) for name, value in PLAIN.items()}


def test_results_are_those_counted_by_hand():
    year = worked_out(PLAIN)
    assert [year[name] for name in RESULTS] == pytest.approx(
        [
            80,  # of 100 with the event, eight of ten
            170,  # and 90 of 900 without it
            80 / 170,
            10,  # half are acted on, a quarter of these helps
            40,
            20_000,
            200_000,
            5680,  # 170 alerts are 17 hours
            14_320,
            12 * 10_000 / 14_320,
            -10_000 + 14_320 * (0.8 + 0.64 + 0.512),
        ]
    )
    assert YEARS == 3


def test_nobody_acts_nothing_is_gained_and_the_cost_stays():
    idle = worked_out(PLAIN | {"adoption": 0.0})
    assert idle["benefit"] == 0
    assert idle["net"] == -idle["cost"] == -worked_out(PLAIN)["cost"]
    assert math.isinf(idle["payback"])


def test_a_tool_without_alerts_has_no_ppv_and_no_error():
    assert worked_out(PLAIN | {"sensitivity": 0.0, "specificity": 1.0})["ppv"] == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_other_hospitals_are_whole_and_pay_for_themselves(seed):
    cases = make_cases(seed)
    assert len(cases) == 20
    assert cases == make_cases(seed) != make_cases(seed + 1)
    for case in cases:
        assert set(case) == {*SHARES, *AMOUNTS}
        assert all(0 < case[name] < 1 for name in SHARES)
        assert all(case[name] > 0 for name in AMOUNTS)
        year = worked_out(case)
        assert 0 < year["cost"] < year["benefit"] < year["ceiling"]
        assert 4 < year["payback"] < 27


def test_swings_are_sorted_by_what_they_move():
    ranges = RANGES | {"effect": (0.1, 0.25, 0.4), "running": (1000.0, 5000.0, 9000.0)}
    effect, running = swings(ranges)
    assert (effect.name, running.name) == ("effect", "running")
    assert effect.at_low < effect.at_high
    assert running.at_low > running.at_high
    assert running.width == pytest.approx(8000 * (0.8 + 0.64 + 0.512))
    assert swings(RANGES) == []


def test_the_bad_end_of_a_cost_is_its_high():
    small, large = ends(RANGES | {"effect": (0.1, 0.25, 0.4), "running": (1000.0, 5000.0, 9000.0)})
    assert (small["effect"], small["running"], large["effect"], large["running"]) == (0.1, 9000, 0.4, 1000)
    assert small["npv"] < worked_out(PLAIN)["npv"] < large["npv"]


def test_the_ends_of_another_result_are_its_own():
    small, large = ends(RANGES | {"specificity": (0.8, 0.9, 0.95)}, "alerts")
    assert (small["specificity"], large["specificity"]) == (0.95, 0.8)
