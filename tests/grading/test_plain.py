"""Plain data: everything comes back equal and apart; what is not plain is named."""

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from wardround.grading.plain import NotPlainError, copy_plain


class Pair(NamedTuple):
    left: int
    right: list


FRAME = pd.DataFrame(
    {
        "n": [1, 2],
        "x": [0.5, np.nan],
        "s": ["a", None],
        "o": pd.Series([(1, 2), {"k": 1}], dtype=object),
        "t": pd.to_datetime(["2024-01-01 10:00", None]),
        "z": pd.to_datetime(["2024-01-01", "2024-01-02"], utc=True),
        "c": pd.Categorical(["u", "v"]),
        "i": pd.array([1, None], dtype="Int64"),
        "b": pd.array([True, None], dtype="boolean"),
    },
    index=pd.Index([7, 8], name="id"),
)


def test_a_frame_keeps_its_types_index_and_names_but_shares_nothing():
    copy = copy_plain(FRAME)
    pd.testing.assert_frame_equal(copy, FRAME)
    copy.loc[7, "n"] = 99
    assert FRAME.loc[7, "n"] == 1


@pytest.mark.parametrize(
    "value",
    [
        FRAME["z"],
        FRAME.set_index(["n", "c"]),
        FRAME.T,
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame(),
        pd.DataFrame(index=[1, 2]),
        pd.date_range("2024-01-01", periods=3, freq="D"),
        pd.RangeIndex(3),
    ],
)
def test_pandas_of_every_kind(value):
    copy = copy_plain(value)
    assert type(copy) is type(value)
    assert copy.equals(value)


@pytest.mark.parametrize(
    "value",
    [None, 1, 2.5, "x", b"x", dt.date(2024, 1, 1), pd.Timestamp("2024-01-01"), [1, {"a": (2, {3})}], {1: None}],
)
def test_values_of_every_kind(value):
    assert copy_plain(value) == value


def test_arrays_are_apart():
    array = np.arange(3)
    copy = copy_plain({"a": array})
    copy["a"][0] = 9
    assert array[0] == 0
    assert isinstance(copy_plain(np.float64(1)), np.float64)


def test_named_tuples_become_records():
    record = copy_plain(Pair(1, [2]))
    assert (record.left, record["right"], list(record)) == (1, [2], ["left", "right"])
    with pytest.raises(AttributeError):
        _ = record.middle


def test_subclasses_lose_their_tricks():
    class Sly(float):
        def __eq__(self, other):
            return True

        __hash__ = None

    assert type(copy_plain(Sly(2))) is float
    assert copy_plain([Sly(2)]) != [3]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "an object"),
        (print, "a builtin_function_or_method"),
        (pd.Series([print], dtype=object), "a builtin_function_or_method"),
        (pd.Index([object()]), "an object"),
        (np.array([object()]), "an object"),
        (np.ma.array([1]), "masked"),
        ((n for n in ()), "a generator"),
    ],
)
def test_what_is_not_plain_is_named(value, name):
    with pytest.raises(NotPlainError, match=name):
        copy_plain(value)
