"""Formulas: arithmetic of a learner's, evaluated on any assumptions; nothing else gets through."""

import pytest

from wardround.grading import read_formula
from wardround.grading.faults import WrongForm

GIVEN = {"alerts": 10.0, "ppv": 0.5, "cost": 0.0, "days": 365.0, "huge": 1e300}
WHERE = "roi.yaml, line 12"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("alerts * ppv * days", 1825.0),
        ("-(alerts + 2)**2 / 4", -36.0),
        ("max(0, alerts - 20)", 0.0),
        ("round(alerts / 3, 1)", 3.3),
        ("min(alerts, ppv) + abs(-3)", 3.5),
        ("1e3 * alerts", 10_000.0),
        ("alerts\n  * ppv", 5.0),
    ],
)
def test_arithmetic_as_people_write_it(text, value):
    assert read_formula(text, WHERE).value(GIVEN) == value


def test_a_formula_knows_its_names():
    assert read_formula("max(alerts * ppv, 0)").names == {"alerts", "ppv"}


def test_words_side_by_side():
    with pytest.raises(WrongForm, match=r"^roi.yaml, line 12: `ppv \* alerts pr day`: two names stand side by side; "):
        read_formula("ppv * alerts pr day", WHERE)
