"""The helpers: what they accept, and the sentence they fail with."""

import numpy as np
import pandas as pd
import pytest

from wardround.grading import (
    NotYet,
    expect,
    expect_close,
    expect_columns,
    expect_number,
    expect_one_row_each,
    expect_probabilities,
    expect_same_ids,
    expect_same_in_company,
    expect_same_rows,
    expect_unchanged,
    expect_vector,
)

LABELS = pd.DataFrame({"encounter_id": [1, 2], "eligible": [True, False], "risk": [0.5, 1]})


def said(helper, *args, **kwargs):
    with pytest.raises(NotYet) as caught:
        helper(*args, **kwargs)
    sentence = caught.value.sentence
    assert "\n" not in sentence
    return sentence


def test_expect_makes_its_sentence_only_when_it_is_needed():
    expect(np.bool_(True), lambda: 1 / 0)
    assert said(expect, [], "Empty.") == "Empty."
    assert said(expect, False, lambda: "Made.") == "Made."


def test_columns_come_back_clean():
    frame = LABELS.assign(eligible=pd.array([1, 0], dtype="Int64"), extra="x", when=pd.Timestamp("2024-01-01"), who="a")
    kinds = {"encounter_id": "id", "eligible": "bool", "risk": "number", "when": "time", "who": "text", "extra": "any"}
    clean = expect_columns(frame, kinds, call="f()")
    assert list(clean.columns) == list(kinds)
    assert clean["eligible"].dtype == bool
    assert clean["risk"].dtype == float


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (
            None,
            ["f() returned None; expected a DataFrame with the columns encounter_id, eligible and risk", "`return`"],
        ),
        ([1], ["f() returned a list"]),
        ("x", ["f() returned text"]),
        (LABELS.drop(columns="risk"), ["no column risk", "the brief asks for"]),
        (LABELS.rename(columns={"eligible": "eligble"}), ["no column eligible. It has eligble: rename that"]),
        (LABELS.set_index("encounter_id"), ["encounter_id is the index; make it a column with .reset_index()"]),
        (pd.concat([LABELS, LABELS[["risk"]]], axis=1), ["the column risk 2 times. Keep one"]),
        (LABELS.assign(eligible=[True, None]), ["the column eligible of f() has 1 missing value in 2 rows"]),
        (LABELS.assign(eligible=["yes", "no"]), ["holds `yes`; expected True or False in every row"]),
        (LABELS.assign(eligible=[0.3, 1]), ["holds `0.3`; expected True or False"]),
        (LABELS.assign(risk=["a", "b"]), ["holds `a` and the like; expected numbers"]),
        (LABELS.assign(risk=[np.inf, 1]), ["1 missing or infinite value; expected finite numbers"]),
        (LABELS.assign(risk=pd.Timestamp("2024-01-01")), ["expected numbers"]),
        (LABELS.assign(risk=[[1], [2]]), ["expected numbers"]),
    ],
)
def test_a_wrong_table_is_told_in_a_sentence(frame, words):
    sentence = said(expect_columns, frame, {"encounter_id": "id", "eligible": "bool", "risk": "number"}, call="f()")
    for word in words:
        assert word in sentence, sentence


def test_times_and_text_are_told_too():
    frame = pd.DataFrame({"t": ["2024"], "s": [1]})
    assert "Use pd.to_datetime" in said(expect_columns, frame, {"t": "time"}, call="f()")
    assert "expected text" in said(expect_columns, frame, {"s": "text"}, call="f()")


def test_a_query_is_told_what_to_do_in_sql():
    frame = pd.DataFrame({"t": ["2024"], "days": [pd.Timedelta(days=2)]})
    assert "cast(... as timestamp)" in said(expect_columns, frame, {"t": "time"}, call="q.sql", sql=True)
    assert "divide epoch(a - b) by 86400" in said(expect_columns, frame, {"days": "number"}, call="q.sql", sql=True)


def test_one_row_each():
    assert list(expect_one_row_each(pd.Index([2.0, 1.0]), [1, 2], call="f()")) == [2, 1]
    assert list(expect_one_row_each([1, 2, 3], [1], call="f()", at_least=True)) == [1, 2, 3]
    assert "stay 2 2 times" in said(expect_one_row_each, [1, 2, 2], [1, 2], call="f()")
    assert "no row for stay 2 (1 more like it); expected one row for each of the 3 stays" in said(
        expect_one_row_each, [1], [1, 2, 3], call="f()"
    )
    assert "a row for bed 9, which is not asked for" in said(expect_one_row_each, [1, 9], [1], call="f()", item="bed")
    assert "where an id was expected" in said(expect_one_row_each, [1.5], [1], call="f()")
    assert "where ids were expected" in said(expect_one_row_each, 3, [1], call="f()")


def why(stay):
    return "its return was planned" if stay > 10 else "the patient died"


def test_same_ids_names_the_first_and_counts_those_alike():
    expect_same_ids([2, 1], {1, 2}, call="f()", marked="as readmitted", why=why)
    sentence = said(expect_same_ids, [12, 11, 5, 1], {1, 3, 4}, call="f()", marked="as readmitted", why=why)
    assert sentence == (
        "f() marks stay 5 as readmitted, but the patient died. "
        "(2 more are marked for other reasons; 2 were missed, the first is stay 3: the patient died)"
    )
    sentence = said(expect_same_ids, [11, 12, 13], set(), call="f()", marked="as readmitted", why=why)
    assert sentence == "f() marks stay 11 as readmitted, but its return was planned. (2 more like it)"
    sentence = said(expect_same_ids, [], {3, 4, 11}, call="f()", marked="as readmitted", why=why)
    assert sentence == (
        "f() does not mark stay 3 as readmitted, but the patient died. "
        "(1 more like it; 1 more is missed for other reasons)"
    )


def test_same_ids_stays_quick_on_many():
    sentence = said(expect_same_ids, range(20, 100_000), [], call="f()", marked="x", why=why)
    assert "at least 2,999 more like it" in sentence


def test_same_rows_whatever_their_order():
    before = pd.DataFrame({"a": [1.0, np.nan], "b": [3, 4]}, index=[10, 11])
    expect_same_rows(before.iloc[::-1, ::-1], before, call="f(x)", why="Why.")
    sentence = said(expect_same_rows, before.assign(b=[3, 9]), before, call="f(later)", why="It knows the future.")
    assert sentence == "f(later) gives b = 9 for stay 11, but it should stay 4. It knows the future."
    assert "lost the column a" in said(expect_same_rows, before[["b"]], before, call="f()", why="W.")
    assert "has a new column c" in said(expect_same_rows, before.assign(c=1), before, call="f()", why="W.")
    assert "returned a list" in said(expect_same_rows, [], before, call="f()", why="W.")
    assert "no row for stay 11" in said(expect_same_rows, before.iloc[:1], before, call="f()", why="W.")


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int64(3), np.array([3])])
def test_numbers_of_every_kind(value):
    assert expect_number(value, call="f()", low=0, high=5) == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "f() returned None; expected one number from 0 to 1. Does it end with `return`?"),
        (True, "returned a bool"),
        ("0.5", "returned text"),
        ([0.5], "returned a list"),
        (np.array([0.1, 0.2]), "returned a NumPy array"),
        (float("nan"), "returned nan; expected a finite number"),
        (1.5, "returned 1.5; expected a number from 0 to 1"),
    ],
)
def test_what_is_no_number(value, words):
    assert words in said(expect_number, value, call="f()", low=0, high=1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "expected 3 numbers, one for each row. Does it end with `return`?"),
        (0.5, "returned a float"),
        ({"a": 1}, "returned a dict"),
        ([0.1, 0.2], "returned 2 numbers; expected 3, one for each row, in the rows' order"),
        (np.zeros((3, 2)), "returned 3 x 2; expected 3 numbers in one dimension. Take the second column"),
        ([[1], [1, 2], [3]], "different lengths"),
        ([0.1, "a", 0.3], "expected numbers"),
        (["a", "b", "c"], "expected numbers"),
        ([0.1, None, 0.3], "1 missing or infinite value"),
        ([0.1, 0.2, 1.2], "returned 1.2; expected probabilities from 0 to 1. Divide percentages by 100"),
        ([-2.0, 0.2, 3.0], "returned -2 (1 more like it); expected probabilities from 0 to 1. A score is not"),
    ],
)
def test_what_is_no_vector_of_probabilities(value, words):
    sentence = said(expect_probabilities, value, n=3, call="f()")
    assert words in sentence, sentence


def test_vectors_of_every_kind():
    for value in ([0, 1, 0.5], (0, 1, 0.5), pd.Series([0, 1, 0.5], index=[7, 8, 9]), np.array([[0], [1], [0.5]])):
        assert list(expect_vector(value, n=3, call="f()")) == [0, 1, 0.5]


def test_close():
    expect_close(0.5, 0.505, within=0.01, call="f()")
    expect_close([1, 2], [1, 2.001], within=0.01, call="f()")
    assert said(expect_close, 0.6149, 0.583, within=0.01, call="PPV", remedy="Count again.") == (
        "PPV gives 0.615, but it should be 0.583 (within 0.01). Count again."
    )
    assert "gives 3 at position 1, but it should be 2 (within 0.1)" in said(
        expect_close, [1, 3], [1, 2], within=0.1, call="f()"
    )
    assert "gives 1.0001, but it should be 1 (within 1e-06)" in said(expect_close, 1.0001, 1.0, within=1e-6, call="f()")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.assign(b=1), "the column b was added"),
        (lambda f: f.drop(columns="a"), "the column a is gone"),
        (lambda f: f.iloc[:1], "2 rows became 1"),
        (lambda f: f.iloc[::-1], "the order or the index of its rows"),
        (lambda f: f.assign(a=[1.0, 5.0]), "the values of the column a"),
        (lambda f: f.assign(a=[1.0, 2.0]), "the values of the column a"),
        (lambda f: f.assign(a=["1", "2"]), "the column a became"),
        (lambda f: None, "no DataFrame any more"),
    ],
)
def test_a_changed_input_is_told(change, words):
    before = pd.DataFrame({"a": [1.0, np.nan], "t": pd.to_datetime(["2024-01-01", None])})
    expect_unchanged(before, before.copy(), call="f(x)", name="x")
    sentence = said(expect_unchanged, before, change(before.copy()), call="f(x)", name="x")
    assert words in sentence
    assert "Work on a copy: x = x.copy()" in sentence


def test_changed_arrays_are_told():
    expect_unchanged(np.array([1, 2]), np.array([1, 2]), call="f(y)", name="y")
    assert "its values" in said(expect_unchanged, np.array([1, 2]), np.array([2, 1]), call="f(y)", name="y")


def test_an_answer_that_depends_on_who_else_comes_is_told():
    all_of_them, rows = np.array([0.1, 0.2, 0.3, 0.4]), np.array([3, 1])
    ask = {"call": "f(X_new)", "learn_from": "X_train"}
    expect_same_in_company(all_of_them, np.array([0.4, 0.2]), rows, [11, 12, 13, 14], **ask)
    sentence = said(expect_same_in_company, all_of_them, np.array([0.4, 0.25]), rows, [11, 12, 13, 14], **ask)
    assert "gives stay 12 0.2, and 0.25 when half of them come, in reverse order" in sentence
    assert "learn means and scales from X_train" in sentence
    gone = said(expect_same_in_company, all_of_them, np.array([0.4, np.nan]), rows, [11, 12, 13, 14], **ask)
    assert "gives stay 12 0.2, and nan when" in gone
