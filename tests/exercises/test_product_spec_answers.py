"""The specification of a tool in other words: who acts is heard, who only knows is not; what a tool is for decides."""

import re
import shutil

import yaml

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("operations-business/2-product-spec")
SOLUTION = ENTRY.folder / "solution"
HOMES = ENTRY.folder / "alternatives" / "nursing_homes"
ACTS = "test_somebody_does_something_else_in_time"
READS = "test_inputs_exist_before_the_decision"
DEVICE = "test_device_question_is_walked_through"
ENDS = "test_stop_line_lies_between_today_and_the_tool"
# what is refused: a key -> its value, the check, what its message says
REFUSED = [
    ("decision.with_flag", "Will know two hours earlier who needs a call", ACTS, "nobody has moved"),
    ("decision.with_flag", "The clinic clerk sees who may stay away", ACTS, "nobody has moved"),
    ("decision.with_flag", "Clinic clerk gets an alert on the phone", ACTS, "nobody has moved"),
    ("decision.with_flag", "Will then be notified on the phone", ACTS, "nobody has moved"),
    ("decision.with_flag", "Sees the patients with the highest chances", ACTS, "nobody has moved"),
    ("decision.with_flag", "Keeps the patient in mind and is prepared", ACTS, "nobody has moved"),
    ("problem.what", "No system tells us early enough which 9 slots stay empty", ACTS, "turned round"),
    ("problem.what", "About 9 slots stay empty for lack of good visibility", ACTS, "turned round"),
    ("problem.owner", "Hospital", ACTS, "nobody in particular"),
    ("inputs.0.owner", "EHR", READS, "no person"),
    ("inputs.0.lag_hours", 1, READS, "up to 24 hours"),
    ("rules.intended_use", "Recommends to the doctor which drug the patient gets next.", DEVICE, "which drug"),
    ("rules.wishes.skip_visit.because", "about_care", DEVICE, "the name of a question"),
]
# what passes
SOUND = [
    ("decision.with_flag", "Reviews the list and phones everybody on it before noon"),
    ("decision.with_flag", "Sees the patient at the desk and offers a ride"),
    ("decision.with_flag", "The clinic clerk then phones the patient"),
    ("decision.with_flag", "We call the patient and move the visit"),
    ("problem.what", "Families get no information, and 9 of 40 slots a day stay empty"),
    ("rules.intended_use", "Sorts calls for clerks; it is not used for diagnosis or treatment of anybody."),
    ("rules.wishes.ecg.because", "image or signal"),
]


def changed(folder, key, value, source=None):
    """Write the solution (and what `source` has in its place) with one key of spec.yaml changed."""
    shutil.copytree(SOLUTION, folder)
    if source:
        shutil.copytree(source, folder, dirs_exist_ok=True)
    spec = yaml.safe_load((folder / "spec.yaml").read_text(encoding="utf-8"))
    *path, last = [int(step) if step.isdigit() else step for step in key.split(".")]
    at = spec
    for step in path:
        at = at[step]
    at[last] = value
    (folder / "spec.yaml").write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    return folder


def graded(answers):
    """Return for each name the checks that are not done, with their messages in one line."""
    scores = grade_answers(ENTRY.checks, answers, dict.fromkeys(answers, (1,)))
    return {
        name: {c["id"]: re.sub(r"\s+", " ", c["message"]) for c in card["checks"] if c["outcome"] != "done"}
        for (name, _), card in scores.items()
    }


def test_sound_sentences_pass(tmp_path):
    answers = {str(n): changed(tmp_path / str(n), *row) for n, row in enumerate(SOUND)}
    assert graded(answers) == {name: {} for name in answers}


def test_what_moves_nobody_or_contradicts_itself_is_told(tmp_path):
    answers = {str(n): changed(tmp_path / str(n), *row[:2]) for n, row in enumerate(REFUSED)}
    found = graded(answers)
    for n, (key, value, check, says) in enumerate(REFUSED):
        assert list(found[str(n)]) == [check], (key, value, found[str(n)])
        assert says in found[str(n)][check], (key, value, found[str(n)])


def test_results_of_a_patient_are_medical_information(tmp_path):
    homes = changed(tmp_path / "homes", "rules.medical_information", False, HOMES)
    found = graded({"homes": homes})["homes"]
    assert list(found) == [DEVICE]
    assert "labs.value" in found[DEVICE]


def test_who_stops_it_can_be_phoned(tmp_path):
    parties = ["Steering committee", "the vendor", "IT", "data science team"]
    people = ["chair of the steering committee", "charge nurse", "head of the clinic team"]
    answers = {}
    for who in parties + people:
        answers[who] = changed(tmp_path / who, "tool", "calls")
        numbers = yaml.safe_load((answers[who] / "numbers.yaml").read_text(encoding="utf-8"))
        numbers["stop"]["who"] = who
        (answers[who] / "numbers.yaml").write_text(yaml.safe_dump(numbers, sort_keys=False), encoding="utf-8")
    found = graded(answers)
    assert {who: list(found[who]) for who in parties} == {who: [ENDS] for who in parties}
    assert not any(found[who] for who in people), found


def test_short_texts_are_told_at_once(tmp_path):
    users = [
        {"role": "clinic clerk", "gains": "visibility", "loses": "time"},
        {"role": "doctor", "gains": "a b", "loses": "rest"},
    ]
    found = graded({"users": changed(tmp_path / "users", "users", users)})["users"][ACTS]
    assert "gains has 1 word; write 2 or more" in found
    assert found.count("loses in line") == 2
