"""The managers' first exercise: what is right is said, the largest fault comes first, and three of prose at once."""

import shutil

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog

ENTRY = load_catalog().get("operations-business/1-kpis-and-processes")
SOLUTION = ENTRY.folder / "solution"
QUERIES, PAGE = "test_stays_returns_and_slots", "test_page_and_query_leave_out_the_same"
LATE = "status <> 'canceled'\n    or (canceled_by = 'patient' and hours_before < 24)"
OURS = "facility in ('HOME-MAIN', 'HOME-EAST')"
ANSWERS = {  # name -> file, what stands there, what is written in its place
    "an or without brackets": ("los.sql", OURS, "facility = 'HOME-MAIN' or facility = 'HOME-EAST'"),
    "an empty cell": ("no_show.sql", LATE, "hours_before = null or hours_before < 24"),
    "two faults": ("no_show.sql", LATE, "hours_before >= 24 or canceled_by = ''"),
    "still to do": ("readmission.sql", "next_stay = 'unplanned'", "-- TODO: when?\n"),
    "capitals": ("los.sql", "class = 'inpatient'", "class = 'Inpatient'"),
}


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """Return for each answer the message of each check on the queries and the page."""
    folders = {name: tmp_path_factory.mktemp("answers") / "mine" for name in (*ANSWERS, "prose")}
    for name, folder in folders.items():
        shutil.copytree(SOLUTION, folder)
        if name in ANSWERS:
            file, stood, written = ANSWERS[name]
            text = (folder / file).read_text(encoding="utf-8")
            assert stood in text
            (folder / file).write_text(text.replace(stood, written), encoding="utf-8")
    page = folders["prose"] / "kpis.yaml"
    rows = page.read_text(encoding="utf-8").splitlines()
    short = ["  gamed_by: Cheating." if row.startswith("  gamed_by:") else row for row in rows]
    page.write_text("\n".join(short) + "\n", encoding="utf-8")
    checks = {(name, 1): (QUERIES, PAGE) for name in folders}
    graded = grade_answers(ENTRY.checks, folders, dict.fromkeys(folders, (1,)), checks)
    return {name: {check["id"]: check["message"] for check in card["checks"]} for (name, _), card in graded.items()}


def test_what_is_right_already_is_said_beside_a_fault(messages):
    assert messages["an or without brackets"][QUERIES].endswith(" (Right so far: readmission.sql and no_show.sql.)")
    assert messages["still to do"][QUERIES].startswith("right so far: los.sql and no_show.sql. readmission.sql still")


def test_and_beside_or_is_told_with_the_rows_that_it_lets_in(messages):
    said = messages["an or without brackets"][QUERIES]
    assert "It counts emergency visits and observation nights (stays has " in said
    assert "`and` binds first" in said


def test_of_two_faults_the_one_with_more_rows_is_told(messages):
    assert "It counts bookings that patients canceled 24 hours before" in messages["two faults"][QUERIES]


def test_a_condition_that_nobody_means_is_told_before_the_rows(messages):
    assert "Ask for it with `hours_before is null`" in messages["an empty cell"][QUERIES]
    assert "In stays, class is never 'Inpatient'." in messages["capitals"][QUERIES]


def test_three_faults_of_prose_are_told_at_once(messages):
    said = messages["prose"][PAGE]
    assert said.count("gamed_by is `Cheating.`; write a whole sentence (6 words or more)") == 3
    assert said.endswith("(and 3 more)")
    assert said.count("kpis.yaml") == 1
