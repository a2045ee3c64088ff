"""Other sound answers than the solution earn 100 points as well: another algorithm, another library, another style.

They stand in `alternatives/<pathway>/<exercise>/<style>/`; what a style does not answer is taken from the solution.
"""

import shutil
from pathlib import Path

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

HERE = Path(__file__).parent / "alternatives"
SEEDS = (2,)  # not the first, which the solutions print and the briefs show


@pytest.mark.parametrize("exercise", sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("*/*")))
def test_a_sound_answer_of_another_kind_passes(exercise, tmp_path):
    entry = load_catalog().get(exercise)
    answers = {}
    for style in sorted((HERE / exercise).iterdir()):
        answers[style.name] = tmp_path / style.name
        shutil.copytree(entry.folder / "solution", answers[style.name])
        shutil.copytree(style, answers[style.name], dirs_exist_ok=True)
    scores = grade_answers(entry.checks, answers, dict.fromkeys(answers, SEEDS))
    faults = [
        f"{name}, seed {seed}, {check['id']}: {check['message']}"
        for (name, seed), card in scores.items()
        for check in card["checks"]
        if check["outcome"] != "done"
    ]
    assert not faults, "\n".join(faults)
