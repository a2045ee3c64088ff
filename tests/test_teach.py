"""The pages for instructors hold: sessions as long as they say, a handout whose key is right, rubrics for all."""

import importlib.util
import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import jinja2
import pandas as pd

from wardround.careers import load
from wardround.catalog import load_catalog

DOCS = Path(__file__).parents[1] / "docs"
MINUTES = 90


def rows(page: str, name: str) -> list[list[str]]:
    """The cells of a Markdown table, found by its name."""
    text = (DOCS / page).read_text(encoding="utf-8").partition(f":name: {name}\n")[2].partition("\n:::")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def handout() -> pd.DataFrame:
    """The twelve stays of the handout as a table of admissions."""
    made = []
    for line, begins, ends, what in rows("teach/session-in-full.md", "tbl-twelve-stays"):
        number, patient = line.split(", ")
        kind, end = what.split("; ")
        disposition = {"home": "home", "nursing home": "snf", "died": "expired", "left against advice": "ama"}
        made.append(
            {
                "encounter_id": int(number), "patient_id": ord(patient),
                "class": "emergency" if "visit" in kind else "inpatient",
                "facility": "OTHER" if "that hospital" in kind else "HOME-MAIN", "ward": "medicine",
                "admit_source": "emergency", "planned": kind.startswith("planned"),
                "admit_time": datetime.strptime(f"2024 {begins}", "%Y %d %B %H:%M"),  # noqa: DTZ007 - the tables have no zone
                "discharge_time": datetime.strptime(f"2024 {ends}", "%Y %d %B %H:%M"),  # noqa: DTZ007
                "disposition": disposition.get(end, "transfer_acute"), "prior_year_admissions": 0,
            }
        )  # fmt: skip
    return pd.DataFrame(made)


def test_the_key_of_the_handout_is_what_the_exercises_solution_says():
    exercise = load_catalog().get("software-engineer/1-readmission-risk")
    spec = importlib.util.spec_from_file_location("solution", exercise.folder / "solution/readmission.py")
    solution = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(solution)
    labels = solution.label_readmissions(handout()).set_index("encounter_id")
    key = rows("teach/session-in-full.md", "tbl-twelve-keys")
    assert len(key) == len(handout()) == 12
    for number, counts, back, _ in key:
        eligible, readmitted = (
            (labels.loc[int(number), ["eligible", "readmit30"]]) if int(number) in labels.index else (False, False)
        )
        assert (counts == "yes") == eligible, number
        if eligible:
            assert (back == "yes") == readmitted, number
    assert [sum(row[i] == "yes" for row in key) for i in (1, 2)] == [7, 3]


def test_counting_any_line_that_follows_gives_the_six_that_the_page_names():
    stays = handout().sort_values(["patient_id", "admit_time"])
    following = stays.groupby("patient_id").admit_time.shift(-1)
    assert (following - stays.discharge_time <= pd.Timedelta(days=30)).sum() == 6


def test_twelve_sessions_of_ninety_minutes_each_read_a_page_that_exists():
    folder = jinja2.FileSystemLoader(DOCS / "_map")
    template = jinja2.Environment(loader=folder).get_template("teach/sessions-data.md.jinja")
    sessions = template.module.sessions
    assert len(sessions) == 12
    for one in sessions:
        assert sum(minutes for minutes, _ in one["blocks"]) == MINUTES, one["title"]
        assert (DOCS / f"{one['page']}.md").is_file(), one["page"]


def test_the_minutes_of_the_full_session_follow_each_other():
    text = (DOCS / "teach/session-in-full.md").read_text(encoding="utf-8")
    blocks = [(int(a), int(b)) for a, b in re.findall(r"^\* - (\d+)–(\d+)$", text, re.MULTILINE)]
    assert (blocks[0][0], blocks[-1][1]) == (0, MINUTES)
    assert all(before[1] == after[0] for before, after in pairwise(blocks))


def test_every_rubric_row_has_four_levels_and_every_deliverable_its_rows():
    text = "".join((DOCS / f"teach/{name}.md").read_text(encoding="utf-8") for name in ("rubrics", "rubrics-forms"))
    tables = text.split(":name: tbl-rubric-")[1:]
    assert len(tables) >= 17
    assert all(re.findall(r"^\* - (\d):", table.partition(":::")[0], re.MULTILINE) == list("3210") for table in tables)
    template = (DOCS / "_map/teach/deliverables.md.jinja").read_text(encoding="utf-8")
    given = dict(re.findall(r'^  "([a-z-]+)": \[(.*)\],$', template, re.MULTILINE))
    assert given.keys() == {way.id for way in load().pathways}
    assert all(re.fullmatch(r'("[A-F ]+"(, )?){3}', rows_of) for rows_of in given.values())
