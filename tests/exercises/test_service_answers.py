"""The engineers' second exercise: a route that never answers is waited for once, and told in both checks."""

import shutil

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("software-engineer/2-triage-notes-or-forecast")
CHECKS = ("test_service_refuses_what_it_cannot_judge", "test_answer_says_what_it_is")
ANSWERS, NEVER = "        value = model.risk(inputs)\n", "        while True:\n            pass\n"


def test_one_wait_is_enough_for_both_checks(tmp_path):
    """Here a wait is shorter than in the exercise."""
    checks, answer = tmp_path / ENTRY.checks.name, tmp_path / "answer"
    text = ENTRY.checks.read_text(encoding="utf-8")
    assert "\nROUTE_SECONDS = 3 " in text
    checks.write_text(text.replace("\nROUTE_SECONDS = 3 ", "\nROUTE_SECONDS = 0.6 "), encoding="utf-8")
    shutil.copytree(ENTRY.folder / "solution", answer)
    service = (answer / "service.py").read_text(encoding="utf-8")
    assert ANSWERS in service
    (answer / "service.py").write_text(service.replace(ANSWERS, NEVER), encoding="utf-8")
    graded = grade_answers(checks, {"silent": answer}, {"silent": (1,)}, {("silent", 1): CHECKS})
    first, second = (check["message"] for check in graded["silent", 1]["checks"] if check["id"] in CHECKS)
    assert "your route did not answer in time" in first
    assert second == first  # word for word, the request too: no other was sent
