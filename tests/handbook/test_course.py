"""A branded handbook: what a course changes on the pages, and that without one nothing changes."""

import shutil
from pathlib import Path

import pytest

from wardround.careers import load
from wardround.catalog import load_catalog
from wardround.handbook.course import told

DOCS = Path(__file__).parents[2] / "docs"
COURSE = """\
name = "AI & <Wards>"
institution = "Riverbend *School*"
contact = "ai@riverbend.example"
term_start = 2027-01-11
term_weeks = 13
pathways = ["clinician"]
brand_color = "#FFCC00"
policy = "**Late work.** Two days."

[[links]]
text = "Forum"
url = "https://riverbend.example/forum"

[[breaks]]
name = "Reading week"
first = 2027-02-01
last = 2027-02-07
"""
CONF = """
parts = "course", "career_map", "exercises"
extensions = ["myst_parser", "sphinx_design", *(f"wardround.handbook.{part}" for part in parts)]
suppress_warnings = ["ref.ref"]  # the cards lead to routes that this small handbook lacks
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
html_theme_options = {}
project = "Ward Round"
exclude_patterns = ["_map/**"]
handbook_subtitle = ""
"""
PHASES = {f"pathways/{e.pathway}/phase-{e.phase}.md" for e in load_catalog().exercises}
PAGES = {
    **dict.fromkeys(PHASES, "---\norphan: true\n---\n\n# A phase\n\nText.\n"),
    "index.md": "# Front\n\n```{career-map} cards/pathways\n```\n\n```{toctree}\npathways/index\nteach/syllabus\n```\n",
    "pathways/index.md": "# Routes\n\n```{toctree}\nclinician/index\nsoftware-engineer/index\n```\n",
    "pathways/clinician/index.md": "# Clinicians\n\nSee [the others](../software-engineer/index.md).\n",
    "pathways/software-engineer/index.md": "# Engineers\n\nText.\n\n```{toctree}\nphase-1\n```\n",
    "pathways/software-engineer/phase-1.md": "# Their first days\n\nText.\n",
    "teach/syllabus.md": "# Syllabus\n\n```{career-map} course/about\n```\n\n"
    "```{career-map} course/syllabus\n```\n\n```{career-map} course/due\n```\n",
    "teach/course-file.md": "---\norphan: true\n---\n\n# The course file\n\n```{course-keys}\n```\n",
}


@pytest.fixture
def branded(handbook, tmp_path):
    """`branded(COURSE)` builds a small handbook for a course; `branded(None)` the same without one."""

    def build(course: str | None, more: dict[str, str] | None = None):
        given = ""
        if course is not None:
            (tmp_path / "my-course.toml").write_text(course, encoding="utf-8")
            given = f"handbook_course = {str(tmp_path / 'my-course.toml')!r}\n"
        for folder in ("course", "cards", "lists", "teach"):
            shutil.copytree(DOCS / "_map" / folder, tmp_path / "docs/_map" / folder, dirs_exist_ok=True)
        settings = "".join(f"def setup(app): [app.add_config_value(n, '', '') for n in {VALUES!r}]\n")
        return handbook({"conf.py": CONF + given + settings, **PAGES, **(more or {})})

    return build


VALUES = ("handbook_subtitle", "handbook_logo")


def test_without_a_course_the_weeks_have_numbers_and_every_route_is_there(branded):
    built = branded(None)
    assert built.warnings == ""
    syllabus = built.html("teach/syllabus")
    assert "End of week 4" in syllabus
    assert "2027" not in syllabus
    assert "the handbook’s own edition" in syllabus or "the handbook's own edition" in syllabus
    assert "Engineers" in built.html("pathways/index")
    assert "does not use this route" not in built.html("pathways/software-engineer/index")


def test_a_course_sets_name_dates_rules_and_pathways(branded):
    built = branded(COURSE.replace('brand_color = "#FFCC00"', ""))  # a plain theme has no colours to set
    assert built.warnings == ""
    syllabus = built.html("teach/syllabus")
    assert "AI &amp; &lt;Wards&gt; runs at Riverbend *School*" in syllabus
    assert "<strong>Late work.</strong>" in syllabus
    assert "from 11 January 2027 to 11 April 2027" in syllabus
    assert "Reading week, no work" in syllabus
    assert "8–14 February" in syllabus
    assert "by Sunday, 14 February" in syllabus  # week 4 of the plan, moved by the week off
    assert load().pathway("clinician").phases[0].deliverable.split()[0] in syllabus
    assert load().pathway("software-engineer").phases[0].title not in syllabus


SESSIONS = {"teach/sessions.md": "---\norphan: true\n---\n\n# Sessions\n\n```{career-map} teach/sessions\n```\n"}


def test_the_sessions_carry_the_days_of_the_term_and_its_routes_alone(branded):
    html = branded(COURSE, SESSIONS).html("teach/sessions")
    fourth = html.partition("Session 4:")[2].partition("Session 5:")[0]
    assert "Week 5, 8–14 February" in fourth  # the reading week lies before it
    assert "Phase 1 is due on Sunday, 14 February" in fourth
    assert "Engineer" not in html
    assert html.count("<h2>Session ") == 12


def test_in_a_short_term_two_sessions_share_a_week_and_the_phase_is_due_once(branded):
    course = COURSE.replace("term_weeks = 13", "term_weeks = 7").partition("[[breaks]]")[0]
    html = branded(course, SESSIONS).html("teach/sessions")
    assert html.count("Week 1, 11–17 January") == 2
    assert html.count("Phase 1 is due") == 1


def test_mistakes_of_unused_routes_leave_the_menu(branded):
    ways = ("clinician", "software-engineer")
    listed = "```{career-map} teach/mistakes\n```\n\n```{toctree}\nmistakes/" + "\nmistakes/".join(ways) + "\n```\n"
    pages = {f"teach/mistakes/{way}.md": f"# Mistakes of the {way}\n\nText.\n" for way in ways}
    front = {"index.md": PAGES["index.md"].replace("teach/syllabus", "teach/syllabus\nteach/all")}
    html = branded(COURSE, {**front, "teach/all.md": "# All\n\n" + listed, **pages}).html("teach/all")
    assert "Clinicians" in html
    assert "Mistakes of the clinician" in html
    assert "software-engineer" not in html


def test_unused_routes_leave_the_menu_and_keep_their_pages(branded):
    built = branded(COURSE)
    assert "Engineers" not in built.html("pathways/index")
    for page in ("index", "phase-1"):
        assert "The course AI &amp; &lt;Wards&gt; does not use this route" in built.html(
            f"pathways/software-engineer/{page}"
        )
    assert "does not use" not in built.html("pathways/clinician/index")
    front = built.html()
    assert "uses this route of the handbook" in front
    assert front.count("sd-card-title") == 1
    assert 'href="pathways/software-engineer/index.html"' in front


def test_an_edited_course_file_rebuilds_the_pages_that_draw_from_it(branded):
    branded(COURSE)
    built = branded(COURSE.replace("2027-01-11", "2027-01-18"))
    assert "from 18 January 2027" in built.html("teach/syllabus")


def test_a_faulty_course_stops_the_build_before_a_page_is_written(branded, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        branded(COURSE.replace("clinician", "clincian").replace("ai@", ""))
    assert stopped.value.code == 2
    assert list(tmp_path.glob("build/**/*.html")) == []


def test_the_build_says_which_colour_it_shows_instead():
    assert told("#7B1E3A").startswith("brand_color #7B1E3A is shown as #")
    assert "(lighter) on dark pages" in told("#7B1E3A")
    assert "(darker) on light pages" in told("#FFCC00")
    assert told("#7A7A7A") != ""


def test_the_page_about_the_file_lists_every_key(branded):
    page = branded(None).html("teach/course-file")
    for key in ("term_start", "brand_color", "policy", "first", "text"):
        assert f">{key}</span>" in page, key
