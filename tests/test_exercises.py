"""Every exercise keeps the rules; its sound answers, its starter and its mistakes are graded as they must be.

A sample by default: one hospital, and for each check the first mistake that names it. All mistakes are graded by
`pytest tests/test_exercises.py --unseen 20` (hospitals drawn at random) and `wardround dev check --seeds 20` (1 to 20).
"""

import pytest

from wardround.authoring.check import check_exercise, glance_at
from wardround.catalog import load_catalog
from wardround.grading.options import read_options


@pytest.mark.parametrize("exercise", load_catalog().exercises, ids=lambda exercise: exercise.id)
def test_exercise_keeps_the_rules(exercise, pytestconfig):
    options = read_options(pytestconfig)
    faults = check_exercise(exercise, options.seeds) if len(options.seeds) > 1 else glance_at(exercise)
    assert not faults, "\n".join(faults)
