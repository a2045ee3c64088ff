"""What authors rely on: starters, mistakes, and a check that notices every broken rule."""

import re
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from wardround.authoring.check import check_exercise, glance_at, report, reports
from wardround.authoring.mistakes import MistakeError, overlay, read_mistake
from wardround.authoring.reach import changed_by, reached_by
from wardround.authoring.starter import StarterError, make_starter, write_starter
from wardround.catalog import Exercise

NAMES = ("one", "two", "three", "four", "five")
CHECKS = "from wardround.grading import expect, expect_close, graded\n" + "".join(
    f'''
@graded(points=20, hint="Think of {name}.")
def test_{name}(submission{", seed" if name == "one" else ""}):
    """Check {name} holds."""
    expect_close(submission.{name}(), {n}, within=0, call="{name}()")
'''
    for n, name in enumerate(NAMES, 1)
)
SOLUTION = '"""Answers."""\n' + "".join(
    f'\n\ndef {name}():\n    """Return {n}."""\n    # --- solution: return the number\n    return {n}\n    # --- end\n'
    for n, name in enumerate(NAMES, 1)
)
BRIEF = "# Toy\n\nFor learning, not for clinical use.\n" + "".join(
    f"\n## {title}\n\n{text}\n"
    for title, text in {
        "Why it matters": "It does.",
        "What you write": "`toy.py`",
        "The data": "None.",
        "The checks": "\n".join(f"| Check {name} holds. | 20 |" for name in NAMES),
        "Out of scope": "All else.",
        "Going further": "More.",
    }.items()
)


@pytest.fixture
def exercise(tmp_path):
    """A whole exercise that keeps every rule."""
    folder = tmp_path / "clinician" / "1-toy"
    for part in ("solution", "starter", "mistakes", "alternatives/by_sum", "alternatives/by_product"):
        (folder / part).mkdir(parents=True)
    (folder / "README.md").write_text(BRIEF, encoding="utf-8")
    (folder / "test_toy.py").write_text(CHECKS, encoding="utf-8")
    (folder / "solution" / "toy.py").write_text(SOLUTION, encoding="utf-8")
    for style, changed in (("by_sum", "return 4 + 1"), ("by_product", "return 5 * 1")):
        other = SOLUTION.replace("return 5", changed)
        (folder / "alternatives" / style / "toy.py").write_text(other, encoding="utf-8")
    for name in NAMES:
        text = f'"""Takes {name} for nought.\n\nfails: test_{name}\n"""\n\n\ndef {name}():\n    return 0\n'
        (folder / "mistakes" / f"not_{name}.py").write_text(text, encoding="utf-8")
    write_starter(folder / "solution", folder / "starter")
    return Exercise(id="clinician/1-toy", title="Toy", summary="x", hours=(1, 2), files=("toy.py",), folder=folder)


def edit(exercise: Exercise, name: str, old: str, new: str, count: int = 1) -> None:
    path = exercise.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    if name.startswith("solution"):
        write_starter(exercise.folder / "solution", exercise.folder / "starter")


# Starters ---------------------------------------------------------------------------------------------------------


def starter_of(tmp_path: Path, name: str, text: str) -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return make_starter(tmp_path)[name].decode()


def test_a_region_becomes_a_todo_and_says_what_is_not_written(tmp_path):
    text = '''import math

# --- solution
LIMIT = 3


def helper(x):
    return x


# --- end
def label(frame):
    """Doc stays."""
    # --- solution: say which count,
    # --- then look ahead
    def inner(x):
        return x

    return inner(frame)
    # --- end


class Thing:
    def method(self):
        # --- solution
        return 1
        # --- end
'''
    assert (
        starter_of(tmp_path, "a.py", text)
        == '''import math

def label(frame):
    """Doc stays."""
    # TODO: say which count,
    #       then look ahead
    raise NotImplementedError("label is not written yet")


class Thing:
    def method(self):
        # TODO: write method.
        raise NotImplementedError("method is not written yet")
'''
    )


def test_yaml_keys_of_a_region_become_todo(tmp_path):
    text = """# Head stays.
fixed: 1
# --- solution: what your counts give
threshold: 0.2  # between 0 and 1
why: |
  Two lines
  of text.
steps:
  - id: a
# a comment
who: Somebody.
# --- end
"""
    assert starter_of(tmp_path, "note.yaml", text) == (
        "# Head stays.\nfixed: 1\n# TODO: what your counts give\nthreshold: TODO  # between 0 and 1\n"
        "why: TODO\nsteps: TODO\n# a comment\nwho: TODO\n"
    )


def test_what_is_more_leaves_nothing_so_that_a_list_keeps_one_blank_item(tmp_path):
    text = """steps:
  # --- solution
  - id: score  # such as read-list
    # ai, or a role
    who: ai
    next:
      alarm: look
  # --- end
  # --- more
  - id: look
    who: nurse
  # --- end
last: 1
"""
    assert starter_of(tmp_path, "form.yaml", text) == (
        "steps:\n  - id: TODO  # such as read-list\n    # ai, or a role\n    who: TODO\n    next: TODO\nlast: 1\n"
    )
    assert starter_of(tmp_path, "a.py", "x = 1\n# --- more\ny = 2\n# --- end\n") == "x = 1\n"


def test_markdown_and_sql_regions_become_their_todo(tmp_path):
    text = "# Story\n\n<!-- --- solution: tell it -->\nOnce.\n<!-- --- end -->\n"
    assert starter_of(tmp_path, "story.md", text) == "# Story\n\nTODO: tell it\n"
    text = "-- Length of stay\n-- --- solution: in days\nselect 1;\n-- --- end\n"
    assert starter_of(tmp_path, "los.sql", text) == "-- Length of stay\n-- TODO: in days\n"


def test_other_files_are_copied(tmp_path):
    (tmp_path / "data.bin").write_bytes(b"\xff\r\n")
    assert make_starter(tmp_path)["data.bin"] == b"\xff\r\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f():\n    # --- solution\n    return 1\n", "line 2: this `--- solution` is not closed"),
        ("# --- solution\n# --- solution\n# --- end\n", "line 1: this `--- solution` is not closed"),
        ("# --- end\n", "line 1: `--- end` without a `--- solution`"),
        ("def f(:\n", "not valid Python"),
        ("if True:\n    # --- solution\n    x = 1\n    # --- end\n", "not valid Python"),
    ],
)
def test_marks_that_do_not_match_are_told(tmp_path, text, words):
    with pytest.raises(StarterError, match=re.escape(words)):
        starter_of(tmp_path, "a.py", text)


def test_writing_a_starter_changes_only_what_differs(exercise):
    solution, starter = exercise.folder / "solution", exercise.folder / "starter"
    assert write_starter(solution, starter) == []
    (starter / "old.py").write_text("", encoding="utf-8")
    (starter / "toy.py").write_text("", encoding="utf-8")
    assert sorted(p.name for p in write_starter(solution, starter)) == ["old.py", "toy.py"]
    assert not (starter / "old.py").exists()


# Mistakes ---------------------------------------------------------------------------------------------------------


def test_a_mistake_is_laid_over_the_solution(tmp_path):
    solution = tmp_path / "solution"
    solution.mkdir()
    (solution / "toy.py").write_text("def f(x): return x\ndef g(x): return f(x)\n", encoding="utf-8")
    (solution / "note.yaml").write_text("a: 1\nb: zwölf\n", encoding="utf-8")
    head = '"""Doubles.\n\nfails: test_a, test_b\n"""\nfrom toy import f as right\n\ndef f(x): return 2 * right(x)\n'
    (tmp_path / "m.py").write_text(head, encoding="utf-8")
    (tmp_path / "m.yaml").write_text("a: 5\n", encoding="utf-8")
    mistake = read_mistake(tmp_path / "m.py")
    assert (mistake.says, mistake.fails) == ("Doubles.", ("test_a", "test_b"))
    overlay(mistake, solution, tmp_path / "out")
    assert (tmp_path / "out" / "note.yaml").read_text(encoding="utf-8") == "a: 5\nb: zwölf\n"
    assert (tmp_path / "out" / "toy.py").read_text(encoding="utf-8").endswith(head)


def test_a_yaml_mistake_reaches_below_its_top_keys(tmp_path):
    solution = tmp_path / "solution"
    solution.mkdir()
    steps = [{"id": "a", "who": "nurse", "next": {"help": "b"}}, {"id": "b", "who": "doctor"}]
    (solution / "form.yaml").write_text(yaml.safe_dump({"steps": steps, "log": {"every": 7}}), encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "# Says.\n# fails: test_a\nsteps.a.next.help: c\nsteps.b: {id: b, who: clerk}\nsteps.c: {id: c}\nlog.every: "
        "90\n",
        encoding="utf-8",
    )
    overlay(read_mistake(tmp_path / "m.yaml"), solution, tmp_path / "out")
    changed = yaml.safe_load((tmp_path / "out" / "form.yaml").read_text(encoding="utf-8"))
    assert changed == {
        "steps": [{"id": "a", "who": "nurse", "next": {"help": "c"}}, {"id": "b", "who": "clerk"}, {"id": "c"}],
        "log": {"every": 90},
    }


def test_a_yaml_mistake_has_its_head_in_comments(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("# Takes one for two.\n#\n# fails: test_a\na: 2\n", encoding="utf-8")
    assert read_mistake(path).says == "Takes one for two."
    assert read_mistake(path).fails == ("test_a",)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("m.py", "def f(): pass\n", "docstring must state the misconception"),
        ("m.py", '"""Says."""\n', "add a line `fails: test_…`"),
        ("m.py", "def f(:\n", "line 1: not valid Python"),
        ("m.yaml", "a: 2\n", "first comment lines must state the misconception"),
        ("m.yaml", "# Says.\n# fails: test_a\nc: 2\n", "note.yaml has no key c"),
        ("m.yaml", "# Says.\n# fails: test_a\na.b.c: 2\n", "note.yaml has no key a.b.c"),
        ("m.yaml", "# Says.\n# fails: test_a\n- 1\n", "write the keys to replace in note.yaml"),
        ("m.py", '"""Says.\n\nfails: test_a\noverrides: gone.py\n"""\n', "say which file it changes"),
        ("m.sql", "-- Says.\n-- fails: test_a\n\nwith one (select 1)\n", "DuckDB cannot read it"),
    ],
)
def test_a_mistake_that_cannot_be_used_is_told(tmp_path, name, text, words):
    solution = tmp_path / "solution"
    solution.mkdir()
    (solution / "toy.py").write_text("", encoding="utf-8")
    (solution / "note.yaml").write_text("a: 1\n", encoding="utf-8")
    (solution / "rows.sql").write_text("select 1\n", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(MistakeError, match=re.escape(words)):
        overlay(read_mistake(tmp_path / name), solution, tmp_path / "out")


# The rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("test_toy.py", ', hint="Think of one."', "", "test_one: it has no hint"),
        ("test_toy.py", "points=20", "points=30", "the points add up to 110; make them 100"),
        ("test_toy.py", '"""Check one holds."""', "pass", "test_one: it has no title"),
        ("test_toy.py", "Check one holds.", "Check two holds.", "another check has the same title"),
        ("test_toy.py", "Check one", "Check one " + "x" * 80, "its title has"),
        ("test_toy.py", '@graded(points=20, hint="Think of one.")\n', "", "test_one has no points; mark it"),
        (
            "test_toy.py",
            "    expect_close(submission.one(), 1",
            "    assert True\n    expect_close(1, 1",
            "bare assert",
        ),
        ("test_toy.py", "from wardround", "from wardroundd", "it cannot be imported: ModuleNotFoundError"),
        (
            "README.md",
            "## Out of scope",
            "## Out of scoop",
            "`## Out of scope` is missing or empty. Did you mean Out of",
        ),
        ("README.md", "All else.", "", "`## Out of scope` is missing or empty"),
        ("README.md", "# Toy", "Toy", "must begin with `# `"),
        ("README.md", "not for clinical use", "for fun", "not for clinical use"),
        ("README.md", "Check one holds.", "Check one.", "does not name test_one; add its title, word for word"),
        ("README.md", "holds. | 20", "holds. | 25", "must give 20 points in the row of `Check one holds.`"),
        ("README.md", "`toy.py`", "it", "does not name the answer file toy.py"),
        ("starter/toy.py", "TODO", "DOTO", "toy.py differs from what its solution makes. Run: wardround dev starter"),
        ("solution/toy.py", "# --- end", "", "is not closed"),
        ("mistakes/not_one.py", "test_one", "test_oen", "unknown check test_oen. Did you mean test_one?"),
        ("mistakes/not_one.py", "test_one", "test_two", "test_one: no mistake fails it; add one"),
        ("mistakes/not_one.py", "fails: test_one", "", "add a line `fails: test_…`"),
    ],
)
def test_every_broken_rule_is_told(exercise, name, old, new, words):
    with suppress(StarterError):  # the edit is in place; only the starter could not be made
        edit(exercise, name, old, new)
    faults = check_exercise(exercise)
    assert any(words in fault for fault in faults), faults
    assert all(str(exercise.folder) in fault for fault in faults)


def test_a_solution_without_marks_is_told(exercise):
    (exercise.folder / "solution" / "toy.py").write_text("x = 1\n", encoding="utf-8")
    write_starter(exercise.folder / "solution", exercise.folder / "starter")
    assert any("no region is marked" in fault for fault in check_exercise(exercise))


def test_too_few_or_misnamed_sound_answers_are_told(exercise):
    alternatives = exercise.folder / "alternatives"
    (alternatives / "by_sum" / "toy.py").rename(alternatives / "by_sum" / "tow.py")
    assert [fault for fault in check_exercise(exercise) if "tow.py has no counterpart in the solution" in fault]
    shutil.rmtree(alternatives / "by_sum")
    (fault,) = check_exercise(exercise)
    assert "alternatives: 1 of 2 other sound answers are here, a folder each; write 1 more" in fault


def test_a_check_that_refuses_a_sound_answer_is_told(exercise):
    edit(exercise, "alternatives/by_sum/toy.py", "return 4 + 1", "return 4 + 2")
    for faults in (check_exercise(exercise, (1,)), glance_at(exercise)):
        (fault,) = faults
        assert "the sound answer alternatives/by_sum fails test_five on seed 1: five() gives 6" in fault


def test_missing_files_are_told(exercise):
    (exercise.folder / "starter" / "toy.py").unlink()
    (exercise.folder / "starter" / "more.py").write_text("", encoding="utf-8")
    faults = check_exercise(exercise)
    assert any("toy.py is missing. Run: wardround dev starter clinician/1-toy" in fault for fault in faults)
    assert any("more.py has no counterpart in the solution" in fault for fault in faults)


def test_a_sound_exercise_is_proved(exercise):
    assert check_exercise(exercise, (1, 2)) == []


def test_of_several_at_a_time_those_with_code_come_first(exercise):
    form = exercise.model_copy(update={"id": "clinician/2-form", "folder": exercise.folder.parent / "2-form"})
    shutil.copytree(exercise.folder, form.folder)
    for path in (form.folder / "mistakes").glob("*.py"):
        path.unlink()  # as in a form, no mistake is code; that its checks lack one is told, and not the matter here
    assert [proof.exercise for proof in reports((form, exercise), (1,), jobs=1)] == [form.id, exercise.id]
    assert [proof.exercise for proof in reports((form, exercise), (1,), jobs=2)] == [exercise.id, form.id]


def test_the_proof_tells_what_passes_or_fails_wrongly(exercise):
    checks = "test_toy.py"
    edit(exercise, "solution/toy.py", "return 5", "return 6")  # the solution fails test_five
    edit(exercise, checks, "expect_close(submission.four(), 4", "expect_close(4, 4")  # anything passes test_four
    edit(exercise, checks, "expect_close(submission.three(), 3", "{}['x']; expect_close(3, 3")  # ours
    edit(exercise, checks, "expect_close(submission.two()", "expect(False, 'No.'); expect_close(submission.two()")
    edit(exercise, "mistakes/not_one.py", "return 0", "return 0\n\n\ntwo = one")
    faults = "\n".join(check_exercise(exercise, (3, 4, 5)))  # more than a sample: all checks on the first
    assert "the solution fails test_five on seed 3: five() gives 6, but it should be 5" in faults
    assert "the starter passes test_four on seed 3" in faults
    assert "not_four.py: test_four passes it on seed 3; sharpen the check" in faults
    assert "not_one.py: it also fails test_two on seed 3; name it, or narrow it" in faults
    assert "test_three on solution, seed 3: This check failed by our own fault" in faults
    assert "on the starter test_two should be waiting, but says: No." in faults


def test_a_glance_takes_the_first_mistake_of_each_check(exercise):
    assert glance_at(exercise) == []
    edit(exercise, "mistakes/not_one.py", "return 0", "return 1")
    late = '"""Leaves two as it is.\n\nfails: test_two\n"""\n\n\ndef two():\n    return 2\n'
    (exercise.folder / "mistakes" / "z_late.py").write_text(late, encoding="utf-8")  # not_two comes before it
    (fault,) = glance_at(exercise)
    assert "not_one.py: test_one passes it on seed 1; sharpen the check" in fault


def test_a_check_file_that_cannot_run_is_told_with_its_output(exercise):
    only_in_the_proof = "import os\nif 'PYTEST_DISABLE_PLUGIN_AUTOLOAD' in os.environ: 1 / 0\n"
    edit(exercise, "test_toy.py", "from wardround", f"{only_in_the_proof}from wardround")
    faults = check_exercise(exercise, (1,))
    assert len(faults) == 1
    assert "test_toy.py could not be run to its end" in faults[0]
    assert "ZeroDivisionError" in faults[0]


# Choices ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def choosing(exercise):
    """An exercise of which the learner does four checks and one of two more."""
    checks = CHECKS.replace('points=20, hint="Think of five."', 'points=20, hint="Think of five.", choice="odd"')
    six = checks[checks.index('@graded(points=20, hint="Think of five."') :]
    six = six.replace("five", "six").replace("5", "6").replace('"odd"', '"even"')
    (exercise.folder / "test_toy.py").write_text(checks + "\n" + six, encoding="utf-8")
    (exercise.folder / "solution" / "choice.yaml").write_text(
        "# --- solution: choose\nchoice: odd\n# --- end\n", "utf-8"
    )
    source = (
        SOLUTION + '\n\ndef six():\n    """Return 6."""\n    # --- solution: as above\n    return 6\n    # --- end\n'
    )
    (exercise.folder / "solution" / "toy.py").write_text(source, encoding="utf-8")
    text = '"""Takes six for nought.\n\nfails: test_six\n"""\n\n\ndef six():\n    return 0\n'
    (exercise.folder / "mistakes" / "not_six.py").write_text(text, encoding="utf-8")
    edit(exercise, "README.md", "| Check five holds. | 20 |", "| Check five holds. | 20 |\n| Check six holds. | 20 |")
    edit(exercise, "README.md", "`toy.py`", "`toy.py`, `choice.yaml`")
    write_starter(exercise.folder / "solution", exercise.folder / "starter")
    return exercise.model_copy(update={"files": ("toy.py", "choice.yaml")})


def test_every_choice_is_proved_with_its_own_checks(choosing):
    proof = report(choosing, (1, 2))
    assert proof.faults == ()
    assert proof.choices == ("odd", "even")
    assert proof.mistakes == 6


def test_points_are_summed_for_each_choice(choosing):
    edit(choosing, "test_toy.py", 'points=20, hint="Think of six."', 'points=25, hint="Think of six."')
    assert any("for the choice even: the points add up to 105" in fault for fault in check_exercise(choosing))


def test_a_solution_that_fails_under_one_choice_is_told(choosing):
    edit(choosing, "solution/toy.py", "return 6", "return 7")
    assert any("the solution for even fails test_six on seed 1" in fault for fault in check_exercise(choosing))


# More than two seeds: only what a mistake can touch is graded again -----------------------------------------------


def test_on_later_seeds_a_mistake_is_graded_where_it_can_matter(exercise):
    edit(exercise, "solution/toy.py", "    return 2\n", "    return one() + 1\n")
    edit(exercise, "mistakes/not_one.py", "fails: test_one", "fails: test_one, test_two")
    proof = report(exercise, (1, 2, 3))
    assert proof.faults == ()
    edit(exercise, "mistakes/not_one.py", ", test_two", "")
    assert sum("it also fails test_two" in fault for fault in report(exercise, (1, 2, 3)).faults) == 3


def reach_of(tmp_path, files: dict[str, str], *uses: str) -> frozenset[str]:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return reached_by(uses, tmp_path)


def test_a_function_reaches_what_it_mentions_in_whatever_module(tmp_path):
    files = {
        "a.py": "from b import far\nLIMIT = 3\n\ndef f():\n    return far() + g()\n\ndef g():\n    return LIMIT\n",
        "b.py": "def far():\n    return open('note.yaml')\n\ndef other():\n    return 1\n",
        "note.yaml": "a: 1\n",
    }
    reached = reach_of(tmp_path, files, "a.f")
    assert {"a.f", "a.g", "a.LIMIT", "b.far", "note.yaml"} <= reached
    assert "a.f" not in reach_of(tmp_path, files, "a.g")


def test_what_may_reach_anything_reaches_everything(tmp_path):
    files = {"a.py": "def f():\n    return globals()['g']()\n\ndef g():\n    return 1\n"}
    assert "a.g" in reach_of(tmp_path, files, "a.f")


def test_a_mistake_that_does_more_than_define_names_touches_the_whole_module(tmp_path):
    (tmp_path / "solution").mkdir()
    (tmp_path / "solution" / "a.py").write_text("import math\n\ndef f():\n    return 1\n", encoding="utf-8")
    head = '"""Says.\n\nfails: test_a\n"""\n'
    for body, changed in (
        ("import math\n\ndef f():\n    return 2\n", {"a.f"}),
        ("from math import tau as f\n", {"a.f"}),
        ("print('x')\n", {"a.*"}),
    ):
        (tmp_path / "m.py").write_text(head + body, encoding="utf-8")
        assert changed_by(read_mistake(tmp_path / "m.py"), tmp_path / "solution") == changed


# Mistakes in SQL and Markdown -------------------------------------------------------------------------------------


def laid(tmp_path, name: str, text: str, solution: dict[str, str]) -> dict[str, str]:
    (tmp_path / "solution").mkdir(exist_ok=True)
    for file, content in solution.items():
        (tmp_path / "solution" / file).write_text(content, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    overlay(read_mistake(tmp_path / name), tmp_path / "solution", tmp_path / "out")
    return {file: (tmp_path / "out" / file).read_text(encoding="utf-8") for file in solution}


def test_an_sql_mistake_takes_the_place_of_the_file_it_names(tmp_path):
    text = "-- Counts days.\n-- fails: test_a\n-- overrides: los.sql\nselect 2;\n"
    out = laid(tmp_path, "m.sql", text, {"los.sql": "select 1;\n", "cohort.sql": "select 0;\n"})
    assert out == {"los.sql": text, "cohort.sql": "select 0;\n"}


STORY = "---\ntitle: Old\nowner: Ann\n---\n# Story\n\n## Risks\n\nMany.\n\n## Next steps\n\nGo on.\n"


def test_a_markdown_mistake_replaces_sections_and_keys(tmp_path):
    head = "<!-- Hides the risks.\n\nfails: test_a -->\n"
    text = f"{head}---\nowner: nobody\n---\n## Risks\n\nNone.\n"
    out = laid(tmp_path, "m.md", text, {"story.md": STORY})["story.md"]
    assert out == "---\ntitle: Old\nowner: nobody\n---\n# Story\n\n## Risks\n\nNone.\n\n## Next steps\n\nGo on.\n"


def test_a_markdown_mistake_with_a_title_is_the_whole_document(tmp_path):
    text = "<!-- Says nothing.\nfails: test_a -->\n# Mine\n\nAll is well.\n"
    assert laid(tmp_path, "m.md", text, {"story.md": STORY})["story.md"] == "# Mine\n\nAll is well.\n"


def test_a_section_that_the_solution_lacks_is_told(tmp_path):
    with pytest.raises(MistakeError, match="has no section `## Limits`"):
        laid(tmp_path, "m.md", "<!-- Says.\nfails: test_a -->\n## Limits\n\nNone.\n", {"story.md": STORY})
