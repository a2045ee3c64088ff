"""Graded checks: the mark, the helpers that fail with sentences, and (in `plugin`) the pytest plugin.

The names below are loaded when they are first asked for: pytest imports this package in every run of the environment.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardround.grading.expectations import (
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
    from wardround.grading.faults import NotYet, Waiting
    from wardround.grading.forms import Clock, Count, Form, Positive, Reads, Share, Text
    from wardround.grading.formulas import Formula, read_formula
    from wardround.grading.marks import graded

__all__ = [
    "Clock",
    "Count",
    "Form",
    "Formula",
    "NotYet",
    "Positive",
    "Reads",
    "Share",
    "Text",
    "Waiting",
    "expect",
    "expect_close",
    "expect_columns",
    "expect_number",
    "expect_one_row_each",
    "expect_probabilities",
    "expect_same_ids",
    "expect_same_in_company",
    "expect_same_rows",
    "expect_unchanged",
    "expect_vector",
    "graded",
    "read_formula",
]

_HOMES = {
    "graded": "marks",
    **dict.fromkeys(("NotYet", "Waiting"), "faults"),
    **dict.fromkeys(("Clock", "Count", "Form", "Positive", "Reads", "Share", "Text"), "forms"),
    **dict.fromkeys(("Formula", "read_formula"), "formulas"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'expectations')}"), name)
    globals()[name] = value
    return value
