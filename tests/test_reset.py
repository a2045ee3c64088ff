"""`wardround reset`: back to the start, and nothing of the learner's is lost on the way."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from wardround.catalog import load_catalog
from wardround.cli import main
from wardround.reset import carry_out, plan
from wardround.workspace import OWN, WorkspaceError, find_place, handed_out, start

CATALOG = load_catalog()
ENTRY = CATALOG.pathway("software-engineer")[0]


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = start("software-engineer", tmp_path / "Übung eins", CATALOG).folder
    monkeypatch.chdir(folder)
    (folder / ENTRY.name / "readmission.py").write_text("# größer\n", encoding="utf-8")
    (folder / ENTRY.name / "mine.py").write_text("x = 1\n", encoding="utf-8")
    return folder / ENTRY.name


def reset(*arguments, answer=None):
    result = CliRunner().invoke(main, ["reset", *arguments], input=answer)
    assert not isinstance(result.exception, Exception), result.exception
    return result


def kept(home):
    folder = home.parent / OWN / "kept"
    return {p.name: p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def is_fresh(home, *names):
    return all((home / name).read_bytes() == handed_out(ENTRY)[name] for name in names or handed_out(ENTRY))


def test_it_restores_keeps_a_copy_and_says_how_to_undo(home):
    (home / "note.yaml").unlink()
    done = reset(ENTRY.name, "--yes")
    assert done.exit_code == 0, done.output
    assert is_fresh(home)
    assert kept(home) == {"readmission.py": "# größer\n"}
    assert (home / "mine.py").read_text(encoding="utf-8") == "x = 1\n"
    undo = done.output.splitlines()[-1].strip()
    if sys.platform != "win32":
        subprocess.run(undo, shell=True, check=True, cwd=home.parent)
        assert (home / "readmission.py").read_text(encoding="utf-8") == "# größer\n"


@pytest.mark.parametrize("given", ["1", "1-read", "software-engineer/1"])
def test_the_beginning_of_a_name_is_enough(home, given):
    done = reset(given, "--yes")
    assert done.exit_code == 0, done.output
    assert is_fresh(home)


@pytest.mark.parametrize("answer", ["n\n", "\n", "", None])
def test_without_a_yes_nothing_changes(home, answer):
    done = reset(ENTRY.name, answer=answer)
    assert done.exit_code == 2
    assert "Nothing was changed" in done.stderr
    assert (home / "readmission.py").read_text(encoding="utf-8") == "# größer\n"
    assert not (home.parent / OWN).exists()


def test_one_file_by_name(home):
    (home / "note.yaml").write_text("mine: 1\n", encoding="utf-8")
    reset(ENTRY.name, "--file", "note.yaml", answer="y\n")
    assert is_fresh(home, "note.yaml")
    assert kept(home) == {"note.yaml": "mine: 1\n"}
    assert (home / "readmission.py").read_text(encoding="utf-8") == "# größer\n"
    assert "nothing to reset" in reset(ENTRY.name, "--file", "note.yaml").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((ENTRY.name, "--file", "nota.yaml"), "has no file nota.yaml of its own. Did you mean note.yaml?"),
        ((ENTRY.name, "--file", "../pytest.ini"), "has no file ../pytest.ini of its own."),
        (("1-readmision-risk",), "Did you mean 1-readmission-risk?"),
        (("x",), "There is no exercise x in"),
        ((f"clinician/{ENTRY.name}",), "There is no exercise clinician/"),
    ],
)
def test_what_is_not_there_is_told(home, arguments, words):
    done = reset(*arguments, "--yes")
    assert (done.exit_code, words in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("name", [ENTRY.id, f"{ENTRY.name}/", f"./{ENTRY.name}", f"{ENTRY.name}\\"])
def test_an_exercise_is_known_however_it_is_typed(home, name):
    assert find_place(home.parent, CATALOG).get(name) == ENTRY


def test_the_exercise_in_which_one_stands_is_a_point(home, monkeypatch):
    monkeypatch.chdir(home)
    assert reset(".", "--yes").exit_code == 0
    assert is_fresh(home)


def test_no_copy_no_reset(home):
    (home.parent / OWN).write_text("in the way", encoding="utf-8")
    done = reset(ENTRY.name, "--yes")
    assert "Nothing was reset: no copy of your files could be made" in done.stderr
    assert (home / "readmission.py").read_text(encoding="utf-8") == "# größer\n"


def test_two_resets_in_one_second_lose_nothing(home):
    place = find_place(home, CATALOG)
    first = plan(place, ENTRY)
    carry_out(first)
    (home / "readmission.py").write_text("# again\n", encoding="utf-8")
    again = plan(place, ENTRY)
    if again.copies == first.copies:
        with pytest.raises(WorkspaceError, match="is there already"):
            carry_out(again)
        assert (home / "readmission.py").read_text(encoding="utf-8") == "# again\n"
    assert "# größer\n" in kept(home).values()


def test_a_folder_in_place_of_a_file_is_told(home):
    (home / "note.yaml").unlink()
    (home / "note.yaml").mkdir()
    assert "note.yaml is a folder. Move it away" in reset(ENTRY.name, "--yes").stderr


def test_a_link_is_replaced_not_what_it_leads_to(home, tmp_path):
    target = tmp_path / "elsewhere.py"
    target.write_text("# elsewhere\n", encoding="utf-8")
    (home / "readmission.py").unlink()
    try:
        (home / "readmission.py").symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")
    reset(ENTRY.name, "--yes")
    assert target.read_text(encoding="utf-8") == "# elsewhere\n"
    assert is_fresh(home)


def test_copies_are_never_collected(home):
    (home / ENTRY.checks.name).write_text("def test_mine(): assert False\n", encoding="utf-8")
    reset(ENTRY.name, "--yes")
    assert ENTRY.checks.name in kept(home)
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "--collect-only"]
    done = subprocess.run(command, cwd=home.parent, capture_output=True, text=True, env=plain, check=False)
    assert "test_mine" not in done.stdout
    assert "test_note" in done.stdout
