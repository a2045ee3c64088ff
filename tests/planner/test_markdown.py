"""The plan as text."""

import re
import shlex
from datetime import date

from click.testing import CliRunner

from wardround.careers import load
from wardround.cli import main
from wardround.planner.markdown import as_markdown, command, span

SITE = "https://example.org/handbook/"


def test_spans_of_days_read_as_a_person_says_them():
    assert span(date(2027, 1, 4), date(2027, 1, 10)) == "4-10 January 2027"
    assert span(date(2027, 3, 29), date(2027, 4, 4)) == "29 March to 4 April 2027"
    assert span(date(2026, 12, 28), date(2027, 1, 3)) == "28 December 2026 to 3 January 2027"
    assert span(date(2027, 1, 4), date(2027, 1, 4)) == "4 January 2027"


def test_it_holds_pages_exercises_deliverables_and_the_domain(plan):
    text = as_markdown(plan(domain="imaging"), SITE)
    the_map = load()
    pathway, imaging = the_map.pathway("software-engineer"), the_map.domain("imaging")
    for week in pathway.weeks:
        assert f"### Week {week.number}: {week.focus}" in text
        assert all(task.text in text for task in week.tasks)
    for phase in pathway.phases:
        assert phase.deliverable in text
        assert phase.say in text
    assert imaging.project in text
    reach = {role.name for role in the_map.roles_in(domain="imaging", pathway="software-engineer")}
    named = set(re.findall(r"^- \*\*(.+?)\*\*: ", text, re.MULTILINE))
    assert named
    assert named <= reach
    assert f"Exercise: [Readmission risk you can defend]({SITE}pathways/software-engineer/phase-1.html)" in text
    assert re.findall(r"\((?!https://)[^)\s]+\.html\)", text) == []


def test_done_when_speaks_of_a_graded_exercise_only_where_there_is_one(plan):
    for name in ("clinician", "software-engineer"):
        made = plan(name)
        graded = {link.to for week in made.weeks for p in week.tasks if (link := p.task.link) and "Exer" in link.says}
        parts = as_markdown(made, SITE).split("\n## Phase ")[1:]
        for phase, part in zip(made.phases, parts, strict=True):
            if phase.phase.page not in graded:
                assert "- [ ] The graded exercise" not in part


def test_it_says_that_it_takes_longer_and_that_nothing_is_lost(plan):
    made = plan(hours="6")
    assert f"the 12 weeks of the pathway become {made.count}. No task is left out." in as_markdown(made, SITE)
    assert "become" not in as_markdown(plan(), SITE).split("## Before")[0]


def test_its_command_makes_it_again(plan):
    year = date.today().year + 1  # noqa: DTZ011 - a start that is never past
    made = plan("clinician", f"{year}-02-01..{year}-02-07", f"{year}-03-03", domain="imaging", start=f"{year}-01-04",
                hours="6.5")  # fmt: skip
    again = CliRunner().invoke(main, [*shlex.split(command(made))[1:], "--site", SITE])
    assert again.stdout == as_markdown(made, SITE)
