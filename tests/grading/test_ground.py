"""Nothing that a check rests on can be replaced unnoticed, however deep it lies."""

import sys
from types import ModuleType

import pandas as pd
import pytest

import wardround.hospital.hospital  # noqa: F401  (pytester forgets modules that an inner run imports first)
from wardround.grading import expectations
from wardround.grading.ground import Ground

TARGETS = [
    ("pandas.core.dtypes.missing", "isna"),
    ("pandas.core.frame", "DataFrame.merge"),
    ("pandas.core.internals.managers", "BaseBlockManager.equals"),
    ("numpy.linalg", "norm"),
    ("wardround.grading.expectations", "expect_close"),
    ("wardround.grading.plain", "copy_plain"),
    ("wardround.grading.faults", "Verdict"),
    ("wardround.hospital.hospital", "Hospital.public"),
]


def _owner(module, name):
    owner = sys.modules[module]
    for part in name.split(".")[:-1]:
        owner = getattr(owner, part)
    return owner, name.split(".")[-1]


@pytest.mark.parametrize(("module", "name"), TARGETS, ids=lambda value: value)
def test_a_replacement_is_found_and_undone(module, name):
    owner, last = _owner(module, name)
    before = vars(owner)[last]
    ground = Ground([])
    try:
        setattr(owner, last, lambda *_a, **_k: True)
        assert f"{owner.__name__}.{last}" in ground.restore()
        assert vars(owner)[last] is before
        assert ground.restore() == []
    finally:
        setattr(owner, last, before)


def test_a_check_file_is_part_of_it():
    checks = ModuleType("test_toy")
    checks.expect = expectations.expect
    ground = Ground([checks])
    checks.expect = print
    assert ground.restore() == ["test_toy.expect"]
    assert checks.expect is expectations.expect


def test_a_module_that_was_thrown_out_or_exchanged_comes_back():
    ground = Ground([])
    before = sys.modules["pandas"], sys.modules["numpy.linalg"]
    del sys.modules["pandas"]
    sys.modules["numpy.linalg"] = ModuleType("numpy.linalg")
    assert ground.restore() == ["numpy.linalg", "pandas"]
    assert (sys.modules["pandas"], sys.modules["numpy.linalg"]) == before


def test_ordinary_work_replaces_nothing():
    ground = Ground([])
    frame = pd.DataFrame({"a": [1, 2.5], "b": ["x", "y"], "t": pd.to_datetime(["2024-01-01", "2024-01-02"])})
    frame.groupby("b").a.mean()
    frame.merge(frame, on="b").to_string()
    frame.rolling(2, on="t").a.sum()
    with pd.option_context("display.width", 60, "compute.use_numexpr", False):
        frame.b.str.upper()
    from sklearn.ensemble import HistGradientBoostingClassifier

    HistGradientBoostingClassifier().fit([[n, n % 3] for n in range(50)], [n % 2 for n in range(50)])
    pd.DataFrame.wardrounds = property(len)  # a name of one's own hides nothing
    try:
        assert ground.restore() == []
    finally:
        del pd.DataFrame.wardrounds
