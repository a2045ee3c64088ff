"""The patients of a rehearsal: the same stories for every seed, at other times."""

from collections import Counter

import pytest

from wardround.hospital.rehearsal import DAY, WEEK, make_hidden, make_rehearsal

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_week_has_every_story_in_the_order_of_time(seed):
    week = make_rehearsal(seed)
    stories = Counter(patient.story for patient in week)
    assert stories == {
        "well": 1,
        "false alarm": 2,
        "alarm": 6,
        "silent": 3,
        "downtime": 3,
        "wrong patient": 2,
        "held up": 2,
        "two at once": 2,
    }
    assert [patient.number for patient in week] == list(range(1, 22))
    times = [patient.comes for patient in week]
    assert times == sorted(times)
    assert 0 <= times[0] <= times[-1] < WEEK


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_of_two_at_once_comes_in_the_minute_of_the_first(seed):
    first, second = (patient for patient in make_rehearsal(seed) if patient.story == "two at once")
    assert (first.after, second.after, second.comes) == (None, first.number, first.comes)


def test_nights_and_weekends_are_among_them():
    for seed in SEEDS:
        silent = [patient for patient in make_rehearsal(seed) if patient.story == "silent"]
        assert {patient.comes % DAY < 8 * 60 or patient.comes % DAY >= 22 * 60 for patient in silent} == {True, False}
        alarms = [patient.comes // DAY for patient in make_rehearsal(seed) if patient.story == "alarm"]
        assert any(day >= 5 for day in alarms)


def test_who_is_ill_and_what_shows_it():
    for patient in make_rehearsal(3):
        assert patient.ill == (patient.story not in {"well", "false alarm", "wrong patient"})
        assert patient.says == {"well": "quiet", "silent": "quiet", "downtime": "nothing"}.get(patient.story, "alarm")
        assert patient.in_record
        assert patient.swapped == (patient.story == "wrong patient")
        assert patient.held_up == (patient.story == "held up")


def test_the_hidden_ones_are_ill_quiet_and_not_in_the_record():
    for patient in make_hidden(3):
        assert (patient.story, patient.ill, patient.says, patient.in_record) == ("hidden", True, "quiet", False)
    assert [patient.number for patient in make_hidden(3)] == [1, 2, 3, 4]


def test_the_same_seed_gives_the_same_week_and_another_one_another():
    assert make_rehearsal(5) == make_rehearsal(5)
    assert make_hidden(5) == make_hidden(5)
    assert make_rehearsal(5) != make_rehearsal(6)
