"""A graded run as the learner meets it: states, points, seeds, the card, the JSON and the exit code."""

import json
import sys

import pytest

import wardround.grading.expectations
import wardround.grading.forms
import wardround.grading.session
import wardround.hospital  # noqa: F401

pytest_plugins = ["pytester"]

CHECKS = '''
from wardround.grading import expect_close, expect_number, graded

@graded(points=50, hint="Two times.")
def test_double(submission, seed):
    """Doubling doubles."""
    expect_close(submission.double(seed), 2 * seed, within=1e-9, call=f"double({seed})")

@graded(points=30, hint="Half of it.")
def test_half(submission):
    """Halving halves."""
    expect_close(submission.half(8), 4, within=1e-9, call="half(8)")

@graded(points=20, hint="Say why.")
def test_note(document):
    """The note says why."""
    document("note.yaml", {"why": str})
'''
GOOD = "def double(x): return 2 * x\ndef half(x): return x / 2\n"
STARTER = (
    'def double(x):\n    raise NotImplementedError("double is not written yet")\n'
    'def half(x):\n    raise NotImplementedError("half is not written yet")\n'
)


@pytest.fixture
def toy(pytester):
    """Write an exercise and return a function that grades it: (text, scorecard, exit code)."""

    def run(answer=GOOD, note="why: It helps.", *arguments, checks=CHECKS):
        folder = pytester.mkdir("toy") if not (pytester.path / "toy").exists() else pytester.path / "toy"
        (folder / "test_toy.py").write_text(checks, encoding="utf-8")
        (folder / "README.md").write_text("# Toy\n", encoding="utf-8")
        if answer is not None:
            (folder / "toy.py").write_text(answer, encoding="utf-8")
        if note is not None:
            (folder / "note.yaml").write_text(note, encoding="utf-8")
        result = pytester.runpytest("-q", "--scorecard=card.json", *arguments, "toy")
        path = pytester.path / "card.json"
        card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        return result.stdout.str(), card, result.ret

    return run


def outcomes(card):
    return {check["id"]: check["outcome"] for check in card["checks"]}


def test_full_points_exit_with_zero(toy):
    text, card, code = toy()
    assert code == 0
    assert (card["points"], card["max_points"]) == (100, 100)
    assert "100 of 100 points" in text
    assert "pytest --unseen 3" in text


def test_without_a_seed_nothing_is_unseen(toy):
    text, card, _ = toy(
        checks="from wardround.grading import graded\n\n@graded(points=100)"
        + CHECKS.split('points=20, hint="Say why.")')[1]
    )
    assert card["points"] == 100
    assert "seed" not in text
    assert "Well done." in text


def test_each_state_has_a_mark_and_a_word_and_its_points(toy):
    text, card, code = toy("def double(x): return 3\n" + STARTER.split("\n", 2)[2], "why: Because.")
    assert code == 1
    assert outcomes(card) == {"test_double": "not yet", "test_half": "waiting", "test_note": "done"}
    assert "✗ not yet   0/50  Doubling doubles." in text
    assert "· waiting   0/30  Halving halves." in text
    assert "✓ done     20/20  The note says why." in text
    assert "double(1) gives 3, but it should be 2" in text
    assert "half is not written yet" in text
    assert "Hint: Two times." in text
    assert "Half of it" not in text  # nothing was tried yet: no hint
    assert "20 of 100 points. Next: Doubling doubles." in text


def test_the_starter_is_waiting_everywhere_and_earns_nothing(toy):
    text, card, code = toy(STARTER, "why: TODO")
    assert set(outcomes(card).values()) == {"waiting"}
    assert card["points"] == 0
    assert code == 1
    assert "note.yaml still says TODO for why (line 1)" in text


def test_the_card_is_quiet_narrow_and_names_the_brief(toy):
    text, _, _ = toy("def double(x):\n    return 1 / 0\n")
    assert "Traceback" not in text
    assert "FAILED" not in text
    assert "short test summary" not in text
    assert "seconds" not in text
    assert "For learning, not for clinical use." in text
    assert "README.md" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_learners_own_frames_are_kept_and_ours_are_not(toy):
    text, card, _ = toy("def double(x):\n    return deeper(x)\ndef deeper(x):\n    return 1 / 0\n")
    assert "double() raised ZeroDivisionError: division by zero." in text
    assert card["checks"][0]["trace"] == [
        "toy.py, line 2, in double",
        "    return deeper(x)",
        "toy.py, line 4, in deeper",
        "    return 1 / 0",
    ]
    assert "submission.py" not in text


def test_a_check_is_done_only_if_it_is_done_on_every_seed(toy):
    text, card, _ = toy("def double(x): return 2\n" + GOOD.split("\n", 1)[1], "why: So.", "--seed=1", "--seed=7")
    check = card["checks"][0]
    assert (check["outcome"], check["seed"], check["failed_on"]) == ("not yet", 7, [7])
    assert card["seeds"] == [1, 7]
    assert "On seed 7: double(7) gives 2, but it should be 14" in text


def test_unseen_seeds_are_drawn_printed_and_can_be_repeated(toy):
    text, card, _ = toy("def double(x): return 2\n" + GOOD.split("\n", 1)[1], "why: So.", "--unseen=2")
    drawn = card["seeds"][1:]
    assert len(set(drawn)) == 2
    assert all(seed >= 1000 for seed in drawn)
    assert f"practice seed 1 · unseen {drawn[0]} and {drawn[1]}" in text
    assert f"On unseen seed {drawn[0]}:" in text
    assert f"pytest --seed {drawn[0]}" in text


def test_the_json_has_what_a_classroom_needs(toy):
    _, card, _ = toy("def double(x): return 3\n")
    assert set(card) == {"exercise", "title", "seeds", "points", "max_points", "checks"}
    wanted = {"id", "title", "points", "max_points", "outcome", "message", "hint", "seed", "failed_on", "our_fault"}
    assert all(wanted <= set(check) for check in card["checks"])
    assert [check["id"] for check in card["checks"]] == ["test_double", "test_half", "test_note"]


def test_a_hospital_is_built_for_each_seed_and_practice_stays_at_one(toy):
    checks = '''
from wardround.grading import expect, graded
PATIENTS = 300

@graded(points=60)
def test_hospital(submission, hospital, practice, seed):
    """One."""
    expect(hospital.seed == seed and practice.seed == 1, f"{hospital.seed} {practice.seed} {seed}")
    expect(len(hospital.public("patients")) == 300, "size")

@graded(points=40)
def test_once(practice):
    """Two."""
    expect(practice.seed == 1, "practice")
'''
    text, card, code = toy(GOOD, None, "--seed=5", "--seed=6", checks=checks)
    assert code == 0, text
    assert card["seeds"] == [5, 6]


def test_several_exercises_get_a_card_each_and_a_total(toy, pytester):
    toy()
    other = pytester.mkdir("other")
    (other / "test_other.py").write_text(CHECKS.replace("note.yaml", "other.yaml"), encoding="utf-8")
    (other / "toy.py").write_text("def double(x): return 0\n", encoding="utf-8")
    (other / "other.yaml").write_text("why: x", encoding="utf-8")
    result = pytester.runpytest("-q")
    text = result.stdout.str()
    assert text.count("For learning, not for clinical use.") == 2
    assert "Together: 120 of 200 points in 2 exercises." in text
    assert "toy.py has no function half" in text  # its own toy.py, not the other folder's
    assert result.ret == 1


def test_one_exercise_at_a_time_for_a_scorecard(toy, pytester):
    toy()
    other = pytester.mkdir("other")
    (other / "test_other.py").write_text(CHECKS, encoding="utf-8")
    result = pytester.runpytest("-q", "--scorecard=x.json")
    result.stderr.fnmatch_lines(["*one exercise at a time*test_other.py, test_toy.py*"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--submission=nowhere", "no such folder"),
        ("--scorecard=no/such/card.json", "folder that exists"),
        ("--unseen=-1", "from 0 to 1000"),
        ("--seed=-3", "whole numbers from 0"),
    ],
)
def test_wrong_options_are_told_in_a_sentence(toy, pytester, option, words):
    toy()
    result = pytester.runpytest(option, "toy")
    assert words in result.stderr.str() + result.stdout.str()
    assert "Traceback" not in result.stderr.str() + result.stdout.str()
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_answers_elsewhere_are_found_by_option(toy, pytester):
    toy(None, None)
    answers = pytester.mkdir("answers")
    (answers / "toy.py").write_text(GOOD, encoding="utf-8")
    (answers / "note.yaml").write_text("why: So.", encoding="utf-8")
    result = pytester.runpytest("--submission=answers", "toy")
    assert result.ret == 0
    assert not list(answers.rglob("*.pyc"))


def test_a_bug_of_ours_never_blames_the_learner(toy):
    checks = CHECKS + "\n@graded(points=5)\ndef test_ours(submission):\n    '''Ours.'''\n    {}['gone']\n"
    checks += "\n@graded(points=5)\ndef test_bare(submission):\n    '''Bare.'''\n    assert submission.half(2) == 5\n"
    text, card, code = toy(checks=checks)
    by_id = {check["id"]: check for check in card["checks"]}
    assert by_id["test_ours"]["our_fault"]
    assert by_id["test_bare"]["our_fault"]
    assert not by_id["test_half"]["our_fault"]
    assert "our own fault, not by yours: KeyError: 'gone' (test_toy.py, line" in by_id["test_ours"]["message"]
    assert "report" in text
    assert code == 1


def test_a_selection_counts_only_what_was_run(toy):
    text, card, code = toy(GOOD, "why: So.", "-k", "half")
    assert (card["points"], card["max_points"], code) == (30, 30, 0)
    assert "2 other checks left out" in text


def test_ordinary_tests_beside_checks_keep_their_report(toy, pytester):
    toy()
    (pytester.path / "toy" / "test_mine.py").write_text("def test_mine(): assert 1 == 2\n", encoding="utf-8")
    result = pytester.runpytest("toy")
    text = result.stdout.str()
    assert "assert 1 == 2" in text
    assert "1 failed" in text
    assert "100 of 100 points" in text


def test_a_message_that_repeats_is_told_once(toy):
    text, card, _ = toy("def double(x:\n")
    assert text.count("Python cannot read") == 1
    assert "(the same as above)" in text
    assert outcomes(card)["test_note"] == "done"


def test_what_the_learner_printed_is_shown_in_part(toy):
    text, _, _ = toy("def double(x):\n    for n in range(50): print('row', n)\n    return 1 / 0\n")
    assert "It printed (the last 5 of 50 lines):" in text
    assert "| row 49" in text
    assert "| row 44" not in text


PRINTS = GOOD.replace("return 2", "print('looking'); return 2")


@pytest.mark.parametrize("answer", [PRINTS, PRINTS.replace("2 * x", "3")])
def test_prints_that_are_not_shown_are_told_of(toy, answer):
    text, _, _ = toy(answer, "why: So.")
    assert "Your functions print: `pytest -s` shows it." in text
    text, _, _ = toy(answer + "if __name__ == '__main__': print(double(2))\n", "why: So.")
    assert "Your functions print: `python toy.py` (or `pytest -s`) shows it." in text
    assert "functions print" not in toy(GOOD, "why: So.")[0]


def test_a_hint_is_for_wrong_answers_not_for_wrong_form(toy):
    broken = ["def double(x:\n", "def double(x): return [x]\n", "def double(x): return x['a']\n", None]
    for answer in broken:
        text, card, _ = toy(answer, "why\n")
        assert outcomes(card)["test_double"] == outcomes(card)["test_note"] == "not yet"
        assert "Hint" not in text
        assert {check["hint"] for check in card["checks"] if check["outcome"] == "not yet"} == {""}
    text, card, _ = toy("def double(x): return ~__import__('pandas').Series([True]).shift()\n", "why: So.")
    assert "shift(fill_value=False)" in text
    assert "Two times." not in text


def test_a_call_at_the_top_is_no_todo(toy):
    text, card, _ = toy(GOOD.partition("\n")[0] + "\ndef half(x): raise NotImplementedError\nhalf(2)\n", "why: So.")
    assert outcomes(card)["test_double"] == "not yet"
    assert "toy.py, line 3 calls it." in " ".join(text.split())
    assert 'Hint: Keep `half(2)` under `if __name__ == "__main__":`' in text


def test_no_color_and_no_control_signs_in_plain_output(toy):
    text, _, _ = toy('def double(x): raise ValueError("\\x1b[31mred\\x07")\n')
    assert "\x1b" not in text
    assert "\x07" not in text


def test_colors_where_pytest_uses_them(toy):
    text, _, _ = toy("def double(x): return 3\n", "why: So.", "--color=yes")
    assert "\x1b[" in text


def test_learners_warnings_are_no_errors(toy):
    answer = "import warnings\n" + GOOD.replace("return 2", "warnings.warn('x'); return 2")
    _, card, _ = toy(answer, "why: So.", "-W", "error")
    assert card["points"] == 100


# Choices ----------------------------------------------------------------------------------------------------------

CHOOSING = """
from wardround.grading import expect, graded


@graded(points=40, hint="h")
def test_common(submission):
    \"\"\"For all\"\"\"
    expect(submission.common() == 1, "common() is not 1.")


@graded(points=60, hint="h", choice="notes")
def test_notes(submission):
    \"\"\"For notes\"\"\"
    expect(submission.notes() == 1, "notes() is not 1.")


@graded(points=60, hint="h", choice="images")
def test_images(submission):
    \"\"\"For images\"\"\"
    expect(submission.images() == 1, "images() is not 1.")


def test_not_graded():
    pass
"""
CHOOSE = "*40 of 100 points. Next: write your choice into choice.yaml.*"
ONES = "".join(f"def {name}():\n    return 1\n" for name in ("common", "notes", "images"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("choice: images", ["*done     60/60  For images*", "*100 of 100*"]),
        ("choice: notes", ["*done     60/60  For notes*", "*100 of 100*"]),
        ("choice: TODO", ["*waiting   0/60  For notes*", "*write one of notes and images*", CHOOSE]),
        ("choice: image", ["*not yet   0/60  For notes*", "*says image; the choices are notes or images.*", CHOOSE]),
    ],
)
def test_only_what_was_chosen_is_checked_and_counted(pytester, said, words):
    pytester.makepyfile(test_choose=CHOOSING, answer=ONES)
    pytester.path.joinpath("choice.yaml").write_text(said, encoding="utf-8")
    out = pytester.runpytest("-q").stdout
    out.fnmatch_lines(words)
    assert ("For images" in out.str()) == (said == "choice: images")


# Ground, extras, and what comes after ----------------------------------------------------------------------------

DEEP = "import pandas.core.dtypes.missing as m\nm.isna = lambda *a: False\n"
LATE = """
import threading, time
import pandas as pd
def patch():
    time.sleep(0.3)
    pd.DataFrame.merge = lambda *a, **k: None
threading.Thread(target=patch).start()
"""
OURS = "import wardround.grading.expectations as e\ne.expect_number = lambda *a, **k: 4.0\n"


@pytest.mark.parametrize("patch", [DEEP, OURS, OURS.replace("e.expect_number", "e.math.isclose")])
def test_no_check_is_done_on_ground_that_was_replaced(toy, patch):
    text, card, _ = toy(patch + GOOD, "why: So.")
    assert outcomes(card)["test_double"] == "not yet"
    assert "Your code replaces" in " ".join(text.split())
    assert outcomes(card)["test_note"] == "done"
    assert toy()[1]["points"] == 100  # all was put back


def test_a_patch_that_waits_for_its_moment_is_found_at_the_end_of_the_check(toy):
    checks = CHECKS.replace(
        '    """Doubling doubles."""',
        '    """Doubling doubles."""\n    submission.half(1)\n    import time; time.sleep(1)',
    )
    text, card, _ = toy(LATE + GOOD, "why: So.", checks=checks)
    assert outcomes(card)["test_double"] == "not yet"
    assert "merge" in text
    assert toy(checks=CHECKS)[1]["points"] == 100


def lacking_rdkit(monkeypatch, needs, needs_for=None):
    from wardround.catalog import load_catalog

    monkeypatch.setitem(sys.modules, "rdkit", None)
    catalog = load_catalog()
    update = {"needs": needs, "needs_for": needs_for or {}, "files": ("toy.py", "note.yaml")}
    entry = catalog.exercises[0].model_copy(update=update)
    found = type("Found", (), {"find": lambda *_: entry, "pathway": lambda *_: (entry,)})()
    monkeypatch.setattr("wardround.grading.session.load_catalog", lambda: found)


def test_a_missing_extra_is_told_before_a_check_fails_for_it(toy, monkeypatch):
    lacking_rdkit(monkeypatch, ("chem",))
    text, card, code = toy(GOOD, "why: So.")
    assert set(outcomes(card).values()) == {"waiting"}
    assert text.count('pip install "wardround[chem]"') == 1
    assert not any(check["our_fault"] for check in card["checks"])
    assert code == 1


@pytest.mark.parametrize(("choice", "missing"), [("images", True), ("notes", False), ("TODO", False)])
def test_an_extra_of_one_choice_is_asked_for_by_that_choice_alone(pytester, monkeypatch, choice, missing):
    lacking_rdkit(monkeypatch, (), {"images": ("chem",)})
    pytester.makepyfile(test_choose=CHOOSING, toy=ONES)
    pytester.path.joinpath("choice.yaml").write_text(f"choice: {choice}", encoding="utf-8")
    text = pytester.runpytest("-q").stdout.str()
    assert ('pip install "wardround[chem]"' in text) == missing


def test_a_check_file_that_cannot_be_loaded_for_a_missing_extra_stops_no_other(toy, pytester, monkeypatch):
    toy()
    monkeypatch.setitem(sys.modules, "rdkit", None)
    other = pytester.mkdir("other")
    (other / "test_other.py").write_text("import rdkit\n" + CHECKS, encoding="utf-8")
    for arguments in ((), ("other",)):
        result = pytester.runpytest("-q", *arguments)
        text = result.stdout.str()
        assert 'pip install "wardround[chem]"' in text
        assert "Error" not in text
        assert "100 of 100 points" in text or arguments
        assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_any_other_missing_module_keeps_pytests_own_report(toy, pytester):
    toy()
    other = pytester.mkdir("other")
    (other / "test_other.py").write_text("import rdkitt\n" + CHECKS, encoding="utf-8")
    assert "No module named 'rdkitt'" in pytester.runpytest("-q", "other").stdout.str()


def test_full_points_lead_to_the_explanation_and_to_what_is_next(toy, monkeypatch):
    lacking_rdkit(monkeypatch, ())
    text, _, _ = toy(GOOD, "why: So.")
    assert "/pathways/software-engineer/phase-1.html#after-100-points" in text
    assert "wardround progress" in text
    assert "pytest --unseen 3" in text
    assert "after-100-points" not in toy(GOOD, "why: So.", "-k", "half")[0]
    assert "after-100-points" not in toy(GOOD, "why: TODO")[0]


FORM = '''
from typing import Literal
from wardround.grading import Form, Text, expect, graded

class Step(Form):
    id: Text
    actor: Literal["ai", "human"]

class Note(Form):
    steps: list[Step]

@graded(points=60, hint="Who checks?")
def test_double(document, submission):
    """A person checks."""
    note = document("note.yaml", Note)
    last = note.steps[-1]
    expect(last.actor == "human", f"{last.where('actor')}: the last step is not a person's.")

@graded(points=40, hint="Begin.")
def test_half(document):
    """There is a step."""
    document("note.yaml", Note, others=True)
'''


@pytest.mark.parametrize(
    ("note", "outcome", "sentence"),
    [
        ("steps:\n  - id: a\n    actor: human\n", "done", ""),
        ("steps:\n  - id: a\n    actor: ai\n", "not yet", "note.yaml, line 3: the last step is not a person's."),
        ("steps:\n  - id: a\n", "not yet", "note.yaml, line 2: item 1 of steps has no key actor."),
        ("steps:\n  - id: TODO\n", "waiting", "note.yaml still says TODO for steps 1 › id (line 2)"),
    ],
)
def test_a_nested_answer_is_read_with_a_form(toy, note, outcome, sentence):
    _, card, _ = toy(GOOD, note, checks=FORM)
    assert outcomes(card)["test_double"] == outcome
    assert card["checks"][0]["message"].startswith(sentence)


def test_the_text_of_a_python_answer_can_be_read_and_does_not_run(toy):
    checks = CHECKS.replace('document("note.yaml", {"why": str})', 'assert "1 / 0" in document("toy.py")')
    _, card, _ = toy("1 / 0\n" + GOOD, checks=checks)
    assert outcomes(card)["test_note"] == "done"
