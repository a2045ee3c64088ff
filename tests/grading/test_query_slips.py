"""Slips of somebody who writes SQL for the first time, told in a sentence that mends them."""

import pandas as pd
import pytest

from wardround.grading.faults import WrongForm
from wardround.grading.queries import Database
from wardround.grading.query_slips import mixes_and_or, odd_condition

STAYS = pd.DataFrame(
    {
        "ward": ["medical", "surgical", "short-stay", "medical"],
        "ends": ["home", "left unseen", "", "home"],
        "hours": [2.0, None, 30.0, 40.0],
        "begin_time": pd.to_datetime(["2024-03-01 23:00", "2024-03-02 08:00", "2024-03-05 10:00", "2024-03-06 10:00"]),
        "end_time": pd.to_datetime(["2024-03-03 23:00", None, "2024-03-06 10:00", "2024-03-06 12:00"]),
        "planned": [True, False, True, False],
    }
)
TABLES = {"stays": STAYS}


@pytest.fixture(scope="module")
def database():
    with Database(TABLES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            "ward = medical",
            "medical has no quotes, so it is read as a column's name. Text stands in single quotes: 'medical'.",
        ),
        (
            "ward = short-stay",
            "short-stay has no quotes, so it is read as a column's name. Text stands in single quotes: 'short-stay'.",
        ),
        (
            "ward in (Medical, 'surgical')",
            "Medical has no quotes, so it is read as a column's name. Text stands in single quotes: 'medical'.",
        ),
        ('ward = "medical"', "Double quotes are for names of columns. Text stands in single quotes: 'medical'."),
        ("ward = ('medical', 'surgical')", "`=` takes one value. Write ward in ('medical', 'surgical')."),
        ("ward <> ('medical', 'surgical')", "`<>` takes one value. Write ward not in ('medical', 'surgical')."),
        ("ward = 'medical', 'surgical'", "`=` takes one value. Write ward in ('medical', 'surgical')."),
        (
            "ward in medical, surgical",
            "Brackets go around a list, quotes around its words. Write ward in ('medical', 'surgical').",
        ),
        ("hours = ''", "An empty cell of hours equals nothing, not even ''. Ask for it with `hours is null`."),
        (
            "end_time <> ''",
            "An empty cell of end_time equals nothing, not even ''. Ask for the filled ones with `end_time is not"
            " null`.",
        ),
        (
            "hours is not empty",
            "An empty cell of hours equals nothing, not even ''. Ask for the filled ones with `hours is not null`.",
        ),
        ("hours = missing", "An empty cell of hours equals nothing, not even ''. Ask for it with `hours is null`."),
        (
            "hours < '24 hours'",
            "'24 hours' is text, and is compared with numbers. Write the number alone, without quotes.",
        ),
        ("ward is not 'medical'", "`is` goes with null alone, and `not =` is written <>. Write ward <> 'medical'."),
        ("ward not = 'medical'", "`is` goes with null alone, and `not =` is written <>. Write ward <> 'medical'."),
        ("ends = left unseen", "Text stands in single quotes: 'left unseen'."),
    ],
)
def test_what_duckdb_refuses_is_told_by_the_slip(database, condition, sentence):
    with pytest.raises(WrongForm) as caught:
        database.run(f"-- ward = 'x'\nselect count(*) as n\nfrom stays\nwhere {condition}", name="los.sql")
    assert caught.value.sentence == f"los.sql, line 4: {sentence}"


@pytest.mark.parametrize("condition", ["begin_time > end_tme", "ward = planed", "ward = 'medical', planned"])
def test_a_misspelled_column_is_no_text_without_its_quotes(database, condition):
    with pytest.raises(WrongForm, match="DuckDB says: "):
        database.run(f"select count(*) as n from stays where {condition}", name="los.sql")


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            "hours = null",
            "`hours = null` is true of no row. An empty cell of hours equals nothing, not even ''. Ask for it "
            "with `hours is null`.",
        ),
        ("ends is null", "Where nothing stands in ends, it is a text of no letters. Write ends = ''."),
        ("ends is not null", "Where nothing stands in ends, it is a text of no letters. Write ends <> ''."),
        ("ward = 'Medical'", "In stays, ward is never 'Medical'. It is 'medical', 'short-stay' or 'surgical'."),
        (
            "ward not in ('medical', 'short stay')",
            "In stays, ward is never 'short stay'. It is 'medical', 'short-stay' or 'surgical'.",
        ),
        (
            "date_diff('hour', end_time, begin_time) < 9",
            "The two times are exchanged: end_time comes after begin_time, and the earlier one stands first in "
            "date_diff('minute', earlier, later).",
        ),
        (
            "ward <> 'medical'\n  or ward <> 'surgical'",
            "Every row meets `ward <> 'medical' or ward <> 'surgical'`. For neither, write ward not in "
            "('medical', 'surgical').",
        ),
        (
            "ward = 'medical' and ward = 'surgical'",
            "No row meets `ward = 'medical' and ward = 'surgical'`. For either, write ward in ('medical', 'surgical').",
        ),
    ],
)
def test_a_condition_that_nobody_means_is_told(database, condition, sentence):
    text = f"select count(*) as n from stays where {condition}"
    database.run(text, name="los.sql")  # DuckDB takes it as it is
    assert odd_condition(text, TABLES) == database.odd_condition(text) == sentence


@pytest.mark.parametrize(
    "condition",
    [
        "ward = 'medical' or ward = 'surgical'",
        "ward <> 'medical' and ward <> 'surgical'",
        "hours is null or ends = ''  -- never = null, or ward = 'Medical'",
        "date_diff('hour', begin_time, end_time) < 9",
        "begin_time < '2024-03-02' and planned",
        "ward in (select ward from stays where planned)",
    ],
)
def test_a_sound_condition_is_left_in_peace(condition):
    assert odd_condition(f"select count(*) as n from stays where {condition}", TABLES) == ""


@pytest.mark.parametrize(
    ("condition", "mixed"),
    [
        ("planned and ward = 'medical' or ward = 'surgical'", True),
        ("planned and (ward = 'a' or ward = 'b' and hours > 2)", True),
        ("planned and (ward = 'medical' or ward = 'surgical')", False),
        ("hours between 1 and 2 or planned", False),
        ("ends <> 'this and that or another' and planned", False),
        ("planned -- and not, or", False),
    ],
)
def test_and_with_or_needs_brackets(condition, mixed):
    text = f"select count(*) filter (where planned or hours > 3) as n, 1 as m from stays where {condition}"
    assert mixes_and_or(text) is mixed
