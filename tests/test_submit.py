"""`wardround submit`: a zip that an instructor can grade, and a word about whatever looks unfinished."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from wardround.bundle import unpack, verify
from wardround.catalog import load_catalog
from wardround.cli import main
from wardround.runs import digests, remember
from wardround.workspace import start

CATALOG = load_catalog()
ENTRY = CATALOG.pathway("software-engineer")[0]
FULL = [{"id": "a", "title": "A", "points": 100, "max_points": 100, "outcome": "done"}]


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = start("software-engineer", tmp_path / "Übung eins", CATALOG).folder
    monkeypatch.chdir(folder)
    for other in CATALOG.pathway("software-engineer")[1:]:
        shutil.rmtree(folder / other.name)
    (folder / ENTRY.name / "readmission.py").write_text("# größer\nx = 1\n", encoding="utf-8")
    (folder / ENTRY.name / "note.yaml").write_text("who_acts: Schwester Ärmel\n", encoding="utf-8")
    return folder / ENTRY.name


def submit(*arguments, answer=None):
    result = CliRunner().invoke(main, ["submit", *arguments], input=answer)
    assert not isinstance(result.exception, Exception), result.exception
    return result


def note(home):
    remember(ENTRY, home, digests(home, ENTRY.files), seeds=(1,), unseen=(), checks=FULL)


def test_it_packs_the_answers_and_the_last_run(home):
    note(home)
    done = submit("--out", "Müller 1.zip")
    assert done.exit_code == 0
    assert "Look at this" not in done.output
    bundle = verify(home.parent / "Müller 1.zip")
    assert set(bundle.contents) == {f"{ENTRY.id}/{name}" for name in ENTRY.files}
    assert bundle.contents[f"{ENTRY.id}/note.yaml"] == (home / "note.yaml").read_bytes()
    reported = bundle.manifest.exercises[0].self_reported
    assert (reported.points, reported.seeds, reported.of_these_files) == (100, (1,), True)
    assert sorted(p.name for p in home.parent.iterdir() if "zip" in p.name) == ["Müller 1.zip"]


def test_the_unpacked_zip_can_be_graded(home, tmp_path):
    solution = ENTRY.folder / "solution"
    if not solution.is_dir():
        pytest.skip("no solution here")
    for name in ENTRY.files:
        shutil.copy(solution / name, home / name)
    submit()
    unpack(verify(home.parent / "submission.zip"), tmp_path / "in")
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "--submission", str(tmp_path / "in"), "-k", "threshold"]
    done = subprocess.run(
        command, cwd=ENTRY.folder, capture_output=True, text=True, env=plain, encoding="utf-8", check=False
    )
    assert "10 of 10 points" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("readmission.py", None, "readmission.py is missing: it is not handed in."),
        ("readmission.py", "def f():\n    # TODO: later\n    pass\n", "readmission.py still has a TODO in line 2."),
        ("readmission.py", "def f():\n    raise NotImplementedError\n", "still has a TODO in line 2."),
        ("note.yaml", "who_acts: TODO\n", "note.yaml still has a TODO in line 1."),
        ("readmission.py", "from helper import x\n", "imports helper.py, which is not handed in."),
        ("readmission.py", b"\xff\xfe", "readmission.py is not UTF-8 text."),
        ("readmission.py", "x = 2\n", "it was edited after its last run (100 of 100 points)."),
    ],
)
def test_what_looks_unfinished_is_handed_in_with_a_warning(home, name, content, words):
    note(home)
    (home / "helper.py").write_text("x = 1\n", encoding="utf-8")
    if content is None:
        (home / name).unlink()
    else:
        (home / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = submit()
    assert done.exit_code == 0
    assert words in done.output
    bundle = verify(home.parent / "submission.zip")
    assert (f"{ENTRY.id}/{name}" in bundle.contents) == (content is not None)
    assert bundle.manifest.exercises[0].missing == (() if content is not None else (name,))


def test_what_was_never_run_or_written_is_told(home):
    shutil.copy(ENTRY.folder / "starter" / "note.yaml", home / "note.yaml")
    out = submit().output
    assert "note.yaml is as it was handed out" in out
    assert "its checks were never run here" in out


def test_a_zip_that_is_there_is_replaced_only_with_a_yes(home):
    submit()
    before = (home.parent / "submission.zip").read_bytes()
    (home / "readmission.py").write_text("x = 3\n", encoding="utf-8")
    done = submit(answer="n\n")
    assert done.exit_code == 2
    assert "submission.zip is there already. Replace it?" in done.output
    assert (home.parent / "submission.zip").read_bytes() == before
    submit(answer="y\n")
    assert (home.parent / "submission.zip").read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "x.txt"), "name a file that ends in .zip"),
        (("--out", "no/where.zip"), "there is no folder"),
        (("1-readmision-risk",), "Did you mean 1-readmission-risk?"),
    ],
)
def test_wrong_options_are_a_sentence(home, arguments, words):
    done = submit(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_nothing_to_hand_in_and_far_too_much_are_told(home):
    (home / "note.yaml").write_bytes(b"#" * 1_000_001)
    assert "note.yaml is 1.0 MB large" in submit().stderr
    for name in ENTRY.files:
        (home / name).unlink()
    assert "There is nothing to hand in" in submit().stderr
    assert not (home.parent / "submission.zip").exists()


def test_a_write_that_fails_leaves_the_old_zip(home, monkeypatch):
    submit()
    before = (home.parent / "submission.zip").read_bytes()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardround.atomic.Path.write_bytes", full)
    assert "cannot be written: No space left" in submit("--yes").stderr
    assert (home.parent / "submission.zip").read_bytes() == before


def test_the_exercise_in_which_one_stands_is_meant(home, monkeypatch):
    monkeypatch.chdir(home)
    assert submit().exit_code == 0
    assert (home / "submission.zip").is_file()


def test_files_of_another_choice_may_stay_as_they_were(tmp_path, monkeypatch):
    chosen = CATALOG.get("software-engineer/2-triage-notes-or-forecast")
    folder = start("software-engineer", tmp_path / "mine", CATALOG).folder
    monkeypatch.chdir(folder)
    assert f"{chosen.name}/choice.yaml is as it was handed out" in submit().output
    (folder / chosen.name / "choice.yaml").write_text("choice: notes\n", encoding="utf-8")
    said = submit("--out", "again.zip").output
    assert f"{chosen.name}/" not in said.replace(f"{chosen.name}/service.py", "")
