"""Numbers of a case study: what was counted may be said in many ways, what was not in none."""

import pandas as pd
import pytest

from wardround.grading.study_numbers import Counted, lowest, sentences_of, told_wrongly, uncounted

COLUMNS = ["variable", "level", "n", "flagged", "returned", "found", "sensitivity", "low", "high", "ppv"]
TABLE = pd.DataFrame(
    [
        ("all", "all", 1778, 621, 228, 136, 0.596, 0.532, 0.658, 0.219),
        ("age_band", "18-64", 809, 96, 81, 18, 0.222, 0.145, 0.324, 0.188),
        ("age_band", "85 and over", 369, 304, 60, 55, 0.917, 0.819, 0.964, 0.181),
        ("sex", "female", 900, 310, 105, 61, 0.581, 0.485, 0.671, 0.197),
        ("sex", "male", 878, 311, 123, 75, 0.610, 0.522, 0.691, 0.241),
        ("group", "A", 800, 290, 100, 57, 0.570, 0.472, 0.663, 0.197),
        ("group", "B", 500, 180, 64, 45, 0.703, 0.582, 0.801, 0.250),
        ("site", "HOME-EAST", 304, 110, 51, 39, 0.765, 0.632, 0.860, 0.355),
    ],
    columns=COLUMNS,
)
RULE = pd.Series(dict(zip(COLUMNS, ("all", "all", 1778, 421, 228, 94, 0.412, 0.350, 0.477, 0.223), strict=True)))
COUNTED = Counted(TABLE, TABLE.iloc[1], RULE, threshold=0.15, version="1.3.0")


def said(text: str) -> str:
    """Return the first fault of a text."""
    faults = (uncounted(s, COUNTED) or told_wrongly(s, COUNTED) for s in sentences_of(text))
    return next((fault for fault in faults if fault), "")


@pytest.mark.parametrize(
    "text",
    [
        "The score finds 136 of the 228 returns, a sensitivity of 59.6 % (53.2 to 65.8 %).",
        "Of all returns 59.6 % are found, and 21.9 % of its flags are right.",
        "Sensitivity is 0.60 (0.53–0.66), with 35 flags per 100 discharges; 22 percent of the flags are right.",
        "It is weakest in the age band 18–64: 18 of 81 returns, 22.2 %.",
        "It is weakest in patients aged 18 to 64, where 63 of 81 returns are missed.",
        "People under 65 come off worst: 22 % (15 to 32 %).",
        "Among women the sensitivity is 58.1 %, among men 61.0 %.",
        "Of the patients of 85 or older, 55 of 60 returns are found.",
        "In the groups A and B it is 57 % and 70 %.",
        "That is 18.4 percentage points more than the rule, which finds 41 %.",
        "Today's rule has 421 flags, and the score has 621: 4.6 calls for each return that it finds.",
        "The nurse would make about 12 calls a week.",
        "Seven in ten, or 7 of 100 stays, would be another matter.",
        "Of these, 81 of 228 returns were of people under 65.",
        "The rule finds fewer than the score with its 59.6 %.",
        "At 18-64 it is 0.222 (95 % CI 0.145–0.324), and 22.2 % (14.5 to 32.4 %) is not much.",
    ],
)
def test_what_was_counted_may_be_said_in_many_ways(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A call prevents 37 % of the returns.", '"37 %" in'),
        ("It reaches a sensitivity of 21.9 %, and its PPV was 59.6 %.", "speaks of the sensitivity, but 21.9 belongs"),
        ("Of what it flags, 59.6 % of its flags are right.", "speaks of the PPV, but 59.6 belongs to the sensitivity"),
        ("The weakest level is the age band 85 and over, with 22.2 %.", "lowest sensitivity is that of 18-64"),
        ("The rule found 59.6 % of the returns.", "gives the rule 59.6"),
        ("It found 136 of 621 returns.", '"136 of 621 returns" was counted nowhere'),
        ("It found 228 of 136 returns.", "counted nowhere"),
        ("At 18-64 the sensitivity is 0.222 (0.532 to 0.658).", "does not belong to"),
        ("The weakest are women with 0.581; at 18-64 it is 0.222.", "speaks of female as the weakest"),
        ("It found 18 of 228 flags.", "counted nowhere"),
        ("HOME-EAST has a sensitivity of 92 %.", '"92 %" in'),
    ],
)
def test_a_number_out_of_its_place_is_told(text, fault):
    assert fault in said(text)


def test_a_range_of_percentages_is_no_age_band():
    assert COUNTED.numbers_of("It lies between 65 to 84 % of them.") == [("65", True), ("84", True)]
    assert COUNTED.numbers_of("Patients of 18 to 64 years, scored by version 1.3.0.") == []


def test_of_two_weakest_levels_either_may_be_named():
    table = TABLE.assign(sensitivity=TABLE["sensitivity"].where(TABLE["level"] != "HOME-EAST", 0.222))
    counted = Counted(table, table.iloc[1], RULE, threshold=0.15, version="1.3.0")
    assert told_wrongly("The weakest is HOME-EAST.", counted) == ""
    assert told_wrongly("The weakest is HOME-EAST.", COUNTED) != ""


def test_a_level_with_few_returns_is_not_the_weakest():
    few = TABLE.assign(sensitivity=TABLE["sensitivity"].where(TABLE["level"] != "B", 0.0))
    few["returned"] = few["returned"].where(few["level"] != "B", 19)
    assert lowest(few)["level"].tolist() == ["18-64"]
    counted = Counted(few, few.iloc[1], RULE, threshold=0.15, version="1.3.0")
    assert "lowest sensitivity is that of 18-64" in told_wrongly("The weakest is group B.", counted)


def test_a_share_of_none_may_be_written_as_0():
    table = TABLE.assign(sensitivity=TABLE["sensitivity"].where(TABLE["level"] != "18-64", 0.0))
    counted = Counted(table, table.iloc[1], RULE, threshold=0.15, version="1.3.0")
    assert uncounted("At 18-64 the sensitivity is 0.", counted) == ""
