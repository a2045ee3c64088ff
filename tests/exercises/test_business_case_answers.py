"""The memo and the roadmap of a business case in other words: what is sound passes, what is turned round is told."""

import shutil

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("operations-business/3-roadmap-and-roi")
SOLUTION = ENTRY.folder / "solution"
MEMO, ROADMAP = "test_memo_says_what_the_model_says", "test_roadmap_holds"
# What stands under a heading of the memo in place of the solution's sentences. The model: -$280,850, $66,390,
# $1,265,122, payback never, 15.5 and 1.7 months; effect goes from -$133,700 to $244,300; the decision in week 56
# asks for 0.07.
WORTH, MOVES, STOP = "What it is worth", "What moves it", "When we stop"
SOUND = (
    (
        WORTH,
        "In the bad case we lose $281,000, in the good case gain $1.27 million. We expect $66,400, back in 16 months.",
    ),
    (WORTH, "Three cases (pessimistic, expected, optimistic): -$280,850, $66,390 and $1,265,122 over 36 months."),
    (
        WORTH,
        "A good board reads the loss of $281,000. We expect $66,400, at best $1.27 million, not back in 12 months.",
    ),
    (WORTH, "We lose $281,000, gain $66,400 or gain $1.27 million; what is spent is back after a year and 4 months."),
    (
        MOVES,
        "The effect. With it at its low we lose $133,700, with it at its high we gain $244,300 over the three years.",
    ),
    (
        STOP,
        "In week 56 we look at the effect. If it is above 0.07 we go on; if not, the tool is switched off for good.",
    ),
    (STOP, "The tool is switched off in week 56 unless calls prevent more than 7 % of the returns by then."),
    (STOP, "If fewer than 7 of 100 returns are prevented by week 56 the tool stops, and nurses go on with their list."),
    (STOP, "In week 56 the limit is 7 %. If more than 30 nurses have left by then, the tool is switched off too."),
)
TURNED = (
    (
        WORTH,
        "In the bad case we gain $1.27 million, in the good case we lose $280,850. We expect $66,400 in the end.",
        "other end",
    ),
    (WORTH, "We lose $281,000, gain $66,400 or gain $1.27 million, and what is spent is back after 9 months.", "15.5"),
    (
        MOVES,
        "The effect. With it at its low we gain $244,300, with it at its high we lose $133,700 in three years.",
        "other end",
    ),
    (
        STOP,
        "In week 56 we look at the effect. If it is above 0.07, the tool is switched off and the contract ends.",
        "way round",
    ),
    (
        STOP,
        "In week 56 we look at the effect. We go on if fewer than 7 % of the returns are prevented by calls.",
        "way round",
    ),
)
OTHERWISE = {
    "We go on and watch it closely.": False,
    "Continue with a monthly report.": False,
    "The run continues for six more weeks.": True,
    "We do not go on.": True,
    "The nurses go on with their own list.": True,
    "We proceed only with a higher threshold.": True,
}


def graded(answers):
    """Return for each name the checks that are not done, with their messages."""
    scores = grade_answers(ENTRY.checks, answers, dict.fromkeys(answers, (1,)))
    return {
        name: {check["id"]: check["message"] for check in card["checks"] if check["outcome"] != "done"}
        for (name, _), card in scores.items()
    }


def with_section(folder, heading, text):
    shutil.copytree(SOLUTION, folder)
    before, _, rest = (folder / "memo.md").read_text(encoding="utf-8").partition(f"## {heading}\n")
    after = rest[rest.index("\n## ") :] if "\n## " in rest else ""
    (folder / "memo.md").write_text(f"{before}## {heading}\n\n{text}\n{after}", encoding="utf-8")
    return folder


def test_sound_sections_pass(tmp_path):
    answers = {str(n): with_section(tmp_path / str(n), *section) for n, section in enumerate(SOUND)}
    assert graded(answers) == {name: {} for name in answers}


def test_sections_that_turn_the_model_round_are_told(tmp_path):
    answers = {str(n): with_section(tmp_path / str(n), *section[:2]) for n, section in enumerate(TURNED)}
    told = graded(answers)
    for n, (_, _, words) in enumerate(TURNED):
        assert list(told[str(n)]) == [MEMO]
        assert words in told[str(n)][MEMO]


@pytest.mark.parametrize("name", ["gate", "kind"])
def test_a_gate_can_say_no_and_a_pilot_is_a_go_live(tmp_path, name):
    changes = {
        "gate": [
            ("The threshold is raised and the run is repeated for six weeks.", text, sound)
            for text, sound in OTHERWISE.items()
        ],
        "kind": [
            ("kind: contract\n    what: Signs license", f"kind: other\n    what: {what}; license", sound)
            for what, sound in (
                ("Pilot on one ward", False),
                ("Plans the pilot", True),
                ("Tells doctors about the go-live", True),
            )
        ],
    }[name]
    answers = {}
    for n, (old, new, _) in enumerate(changes):
        folder = answers[str(n)] = tmp_path / str(n)
        shutil.copytree(SOLUTION, folder)
        text = (folder / "roadmap.yaml").read_text(encoding="utf-8")
        assert old in text
        (folder / "roadmap.yaml").write_text(text.replace(old, new), encoding="utf-8")
    told = graded(answers)
    assert [list(told[str(n)]) for n in range(len(changes))] == [[] if sound else [ROADMAP] for *_, sound in changes]
