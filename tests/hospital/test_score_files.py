"""Score files: what a tool said, what happened, and the counts that a spreadsheet gives."""

import numpy as np
import pytest

from wardround.hospital.moments import WORKS
from wardround.hospital.score_files import (
    DAYS,
    ROWS_A_DAY,
    TOOLS,
    at_limit,
    by_today,
    lowest_limit,
    read_name,
    score_file,
)


def test_there_is_a_file_for_each_work():
    assert set(TOOLS) == set(WORKS)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_file_has_two_halves_of_whole_days(tool):
    file = score_file(tool, 3)
    assert list(file.columns) == ["half", "day", "today", "score", "happened"]
    assert len(file) == 2 * DAYS * ROWS_A_DAY
    assert file.groupby("half")["day"].agg(["min", "max"]).to_numpy().tolist() == [[1, DAYS], [DAYS + 1, 2 * DAYS]]
    assert (file.groupby("day")["today"].apply(list).map(lambda places: places == list(range(1, 41)))).all()
    assert file["score"].between(0, 1).all()
    assert set(file["happened"]) == {"yes", "no"}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_is_ahead_of_todays_order_which_is_ahead_of_the_lot(tool):
    for number in range(1, 6):
        file = score_file(tool, number)
        limit = lowest_limit(file, "develop", 8)
        found, today = at_limit(file, "test", limit), by_today(file, "test", 8)
        assert found.ppv > today.ppv + 0.04
        assert today.ppv > found.base
        assert found.a_day > 7  # the later days are busier


def test_counts_are_those_of_a_spreadsheet():
    file = score_file("calls", 1)
    found = at_limit(file, "test", 0.35)
    rows = file[(file["half"] == "test") & (file["score"] >= 0.35)]
    assert found.flagged == len(rows)
    assert found.right == (rows["happened"] == "yes").sum()
    assert found.ppv == pytest.approx(found.right / found.flagged)
    assert found.found == pytest.approx(found.right / found.cases)
    test = file[file["half"] == "test"]
    agree = (test["score"] >= 0.35) == (test["happened"] == "yes")
    assert found.accuracy == pytest.approx(agree.mean())
    assert found.base == pytest.approx((test["happened"] == "yes").mean())
    assert by_today(file, "develop", 5).flagged == 5 * DAYS


def test_nobody_flagged_is_no_fault():
    found = at_limit(score_file("calls", 1), "test", 1.01)
    assert (found.flagged, found.ppv, found.found, found.a_day) == (0, 0, 0, 0)


@pytest.mark.parametrize("a_day", [5, 12, 20])
def test_the_lowest_limit_fits_and_the_next_lower_one_does_not(a_day):
    file = score_file("beds", 2)
    limit = lowest_limit(file, "develop", a_day)
    assert at_limit(file, "develop", limit).a_day <= a_day
    assert at_limit(file, "develop", limit - 0.01).a_day > a_day
    assert np.isclose(100 * limit, round(100 * limit))


@pytest.mark.parametrize("name", ["calls-1", " scores-calls-1.csv", "calls-0001"])
def test_a_file_is_found_by_its_name(name):
    assert read_name(name) == ("calls", 1)


@pytest.mark.parametrize("name", ["calls", "calls-0", "calls 1", "visits-1", "calls-10000", "calls-٣", ""])
def test_another_name_is_told(name):
    with pytest.raises(ValueError, match="there is no score file"):
        read_name(name)
