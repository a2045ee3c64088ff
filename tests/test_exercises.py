"""Every exercise keeps the rules; its solution, its starter and each of its mistakes are graded as they must be.

A sample by default; the whole proof is `pytest tests/test_exercises.py --unseen 20` (drawn at random) or
`wardround dev check --seeds 20` (seeds 1 to 20).
"""

import pytest

from wardround.authoring.check import SAMPLE, check_exercise
from wardround.catalog import load_catalog
from wardround.grading.options import read_options


@pytest.mark.parametrize("exercise", load_catalog().exercises, ids=lambda exercise: exercise.id)
def test_exercise_keeps_the_rules(exercise, pytestconfig):
    options = read_options(pytestconfig)
    seeds = options.seeds if len(options.seeds) > 1 else SAMPLE
    faults = check_exercise(exercise, seeds)
    assert not faults, "\n".join(faults)
