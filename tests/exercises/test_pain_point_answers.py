"""The clinicians' first exercise: near misses are told as such, and what a nurse writes in other words passes."""

import shutil

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("clinician/1-read-an-ai-claim")
SOLUTION = ENTRY.folder / "solution"
VALUES, SHIFT, SCORE, HOURS, HARM = (
    "test_predictive_values_fit_the_place",
    "test_alerts_count_the_false_ones",
    "test_the_score_that_keeps_the_line",
    "test_hours_follow_from_a_count",
    "test_each_pain_harms_somebody_of_its_own",
)
PAIN = "Results that arrive after discharge lie in an inbox which nobody is named to read."
SCHOOL = "The school nurse looks up each child's allergies in three binders."
PRIVATE = ("Mrs. Miller waits.", "Room 12 waits for it.", "On 2026-03-01 nobody came.", "On 3/1/26 nobody came.")
IN_PEACE = ("We leave the room 5 times for it.", "They come to bed 30 minutes late.", "Each room 3 times a day.")
TOLD = {  # name -> file, what stands there, what is written in its place, the check, what it says
    "not enough decimals": (
        "literacy.yaml",
        "ward_ppv: 0.41",
        "ward_ppv: 0.4",
        VALUES,
        "That is nearly right: give two decimals",
    ),
    "far off": ("literacy.yaml", "rare_ppv: 0.13", "rare_ppv: 0.1", VALUES, "That is nearly right: give two decimals"),
    "cut alarms": ("literacy.yaml", "\nalerts: 9.9", "\nalerts: 9", SHIFT, "That is nearly right: give one decimal"),
    "begun": ("literacy.yaml", "rare_npv: 0.99", "rare_npv: TODO", VALUES, "right so far: ward_ppv and ward_npv. "),
    "begun scores": (
        "literacy.yaml",
        "higher_auc_keeps: D",
        "higher_auc_keeps: TODO",
        SCORE,
        "right so far: same_auc_keeps",
    ),
    "other work": (
        "pain_points.yaml",
        "workflow: follow-up",
        "workflow: handover",
        HOURS,
        "Write `workflow: other`; what it is",
    ),
    "the school": ("pain_points.yaml", PAIN, SCHOOL, HARM, "own example"),
    **{text: ("pain_points.yaml", PAIN, text, HARM, "somebody can tell who the patient is") for text in PRIVATE},
}
PASSES = {
    "death": ("pain_points.yaml", "worst_case: death", "worst_case: Death", HARM),
    "a form": ("pain_points.yaml", "kind_of_remedy: owner", "kind_of_remedy: form", HARM),
    **{text: ("pain_points.yaml", PAIN, text, HARM) for text in IN_PEACE},
}


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    """Grade the solution with one place changed, by the check that reads it; return the check of each name."""
    folders, asked = {}, {}
    for name, (file, stood, written, check, *_) in (TOLD | PASSES).items():
        folders[name] = tmp_path_factory.mktemp("answers") / "mine"
        asked[name, 1] = (check,)
        shutil.copytree(SOLUTION, folders[name])
        text = (folders[name] / file).read_text(encoding="utf-8")
        assert stood in text
        (folders[name] / file).write_text(text.replace(stood, written, 1), encoding="utf-8")
    graded = grade_answers(ENTRY.checks, folders, dict.fromkeys(folders, (1,)), asked)
    return {name: next(c for c in card["checks"] if c["id"] in asked[name, 1]) for (name, _), card in graded.items()}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_right_yet_is_told(checks, name):
    assert checks[name]["outcome"] != "done"
    assert TOLD[name][-1] in checks[name]["message"]


@pytest.mark.parametrize("name", PASSES)
def test_other_words_pass(checks, name):
    assert checks[name]["outcome"] == "done", checks[name]
