"""When columns come to be: every column of the tables that a tool may read has its moment."""

import pytest

from wardround.hospital.dictionary import tables
from wardround.hospital.moments import WORKS


@pytest.mark.parametrize("name", WORKS)
def test_every_column_of_its_tables_has_a_moment(name):
    work = WORKS[name]
    schema = {table.name: [column.name for column in table.columns] for table in tables()}
    assert set(work.feeds) <= set(schema)
    assert set(work.columns) == {f"{table}.{column}" for table in work.feeds for column in schema[table]}
    assert set(work.columns.values()) <= set(work.moments)


@pytest.mark.parametrize("name", WORKS)
def test_moments_stand_in_order_and_the_work_has_an_end(name):
    work = WORKS[name]
    hours = [work.hours(moment) for moment in work.moments]
    assert hours == sorted(hours)
    assert work.too_late in work.moments
    assert set(work.words) == set(work.moments)


@pytest.mark.parametrize("name", WORKS)
def test_what_answers_the_question_is_known_when_it_is_too_late_or_when_somebody_asks(name):
    work = WORKS[name]
    assert work.answers
    assert all(work.hours(work.columns[column]) >= work.hours(work.too_late) for column in work.answers)


@pytest.mark.parametrize("name", WORKS)
def test_some_decision_in_time_has_three_inputs_and_an_outcome(name):
    work = WORKS[name]
    for moment in work.moments:
        at = work.hours(moment)
        there = [
            column
            for column, known in work.columns.items()
            if work.hours(known) + work.feeds[column.partition(".")[0]] <= at and not column.endswith("_id")
        ]
        if at < work.hours(work.too_late) and len(there) >= 3:
            assert any(work.hours(known) > at for known in work.columns.values())
            return
    pytest.fail(f"no moment of {name} has three inputs")


def test_what_the_dictionary_calls_known_late_comes_late():
    calls, beds = WORKS["calls"], WORKS["beds"]
    assert calls.columns["appointments.checkin_minutes_late"] == calls.columns["appointments.status"] == "slot"
    assert beds.columns["er_arrivals.disposition"] == "leaves"
    assert WORKS["places"].columns["admissions.disposition"] == WORKS["places"].too_late
