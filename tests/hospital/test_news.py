"""NEWS2, at every cut point of the published chart."""

import numpy as np
import pytest

from wardround.hospital.news import news2

WELL = {
    "respiratory_rate": 16.0,
    "spo2": 97.0,
    "systolic_bp": 120.0,
    "pulse": 70.0,
    "temperature": 37.0,
    "on_oxygen": False,
    "consciousness": "A",
}


def score(**changes) -> int:
    return int(news2({name: np.array([value]) for name, value in (WELL | changes).items()})[0])


@pytest.mark.parametrize(
    ("sign", "points"),
    [
        ("respiratory_rate", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("spo2", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0, 100: 0}),
        ("systolic_bp", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
        ("pulse", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
        ("temperature", {35.0: 3, 35.1: 1, 36.0: 1, 36.1: 0, 38.0: 0, 38.1: 1, 39.0: 1, 39.1: 2}),
        ("on_oxygen", {True: 2, False: 0}),
        ("consciousness", {"A": 0, "C": 3, "V": 3, "P": 3, "U": 3}),
    ],
)
def test_points_at_every_cut(sign: str, points) -> None:
    assert {value: score(**{sign: value}) for value in points} == points


def test_points_add_up() -> None:
    assert score() == 0
    assert score(respiratory_rate=25, spo2=91, on_oxygen=True, systolic_bp=90, pulse=131, consciousness="P") == 17


def test_a_gap_in_the_chart_adds_nothing() -> None:
    assert score(pulse=np.nan) == 0
    assert score(pulse=np.nan, spo2=91) == 3


def test_single_precision_does_not_move_a_cut() -> None:
    assert score(temperature=np.float32(38.1)) == 1
    assert score(temperature=np.float32(36.1)) == 0
