"""The clinicians' second exercise: a step, a roster or a form in other words is told with what to write."""

import shutil

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("clinician/2-assisted-workflow")
SOLUTION = ENTRY.folder / "solution"
DECIDES, FAILS, LADDER, WALK, NO, GAP = (
    "test_person_decides_before_anybody_acts",
    "test_every_step_may_fail",
    "test_escalation_ends_with_a_person_on_duty",
    "test_nobody_is_left_unattended",
    "test_override_comes_back",
    "test_equity_changes_a_step",
)
FORK = "next: {help: treat, fine: score}"
BY_THE_BED = f"{FORK}\n    on_failure: escalate\n    within_min: 15"
TOLD = {  # name -> what stands there, what is written in its place, the check, what it says
    "the AI's words": (
        FORK,
        "next: {alarm: treat, quiet: score}",
        DECIDES,
        "(those are words of the AI). Write next: {help: treat, fine: score}.",
    ),
    "yes and no": (
        FORK,
        "next: {yes: treat, no: score}",
        DECIDES,
        "not `yes` and `no`. Write next: {help: treat, fine: score}.",
    ),
    "one way": (FORK, "next: treat", DECIDES, "If both lead to the same step, write it twice"),
    "no braces": (
        "next: {alarm: bedside, quiet: round}",
        "next: alarm bedside, quiet round",
        DECIDES,
        "Put them in braces: next: {help: …, fine: …}",
    ),
    "AI acts": (
        "who: doctor on duty\n    does: act",
        "who: ai\n    does: act",
        DECIDES,
        "the AI acts in `treat`. It may prepare",
    ),
    "25 nurses": ("people: 4", "people: 25", LADDER, "25 people at the same time. Count only those"),
    "from alone": ('    to: "19:00"\n', "", LADDER, "has `from`, but no `to`. Write both, or neither"),
    "acts before": (
        BY_THE_BED,
        BY_THE_BED.replace("escalate", "treat"),
        WALK,
        "nobody had decided `help` before (rule 6). Lead `on_failure` of `bedside` (",
    ),
    "odd log": (
        "logs: [patient",
        "logs: [bed, patient",
        NO,
        "`bed` is none of the words that can be logged. They are patient (about whom)",
    ),
    "odd right": ("may: [change", "may: [complain", NO, "`complain` is neither of the two words. Write `pause` if"),
    "divided": (
        "gap: 0.31",
        "gap: 2.89",
        GAP,
        "that is one share divided by the other. A gap is share minus compared_share",
    ),
    "divided, below one": (
        "gap: 0.31",
        "gap: 0.35",
        GAP,
        "that is one share divided by the other. A gap is share minus compared_share",
    ),
}
PASSES = {
    "twenty nurses": ("people: 4", "people: 20", LADDER),
    "AI said": ("logs: [patient, when, ai_said", "logs: [Patient, when, AI said", NO),
    "Pause": ("may: [change, pause]", "may: [Pause]", NO),
}


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    """Grade the solution with one place changed, by the check that reads it; return the check of each name."""
    folders, asked = {}, {}
    for name, (stood, written, check, *_) in (TOLD | PASSES).items():
        folders[name] = tmp_path_factory.mktemp("answers") / "mine"
        asked[name, 1] = (check,)
        shutil.copytree(SOLUTION, folders[name])
        text = (folders[name] / "workflow.yaml").read_text(encoding="utf-8")
        assert stood in text
        (folders[name] / "workflow.yaml").write_text(text.replace(stood, written, 1), encoding="utf-8")
    graded = grade_answers(ENTRY.checks, folders, dict.fromkeys(folders, (1,)), asked)
    return {name: next(c for c in card["checks"] if c["id"] in asked[name, 1]) for (name, _), card in graded.items()}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_right_yet_is_told(checks, name):
    assert checks[name]["outcome"] != "done"
    assert TOLD[name][-1] in checks[name]["message"]


@pytest.mark.parametrize("name", PASSES)
def test_other_words_pass(checks, name):
    assert checks[name]["outcome"] == "done", checks[name]
