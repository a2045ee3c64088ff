"""`wardround start`: a folder in which `pytest` works, and which it never overwrites."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wardround.catalog import CatalogError, load_catalog
from wardround.grading.session import restoring
from wardround.workspace import PYTEST_INI, WorkspaceError, start

CATALOG = load_catalog()


def test_it_copies_briefs_checks_and_starters_but_no_solution(tmp_path):
    made = start("software-engineer", tmp_path / "my work", CATALOG)
    exercise = made.exercises[0]
    folder = made.folder / exercise.name
    assert {p.name for p in folder.iterdir()} == {"README.md", exercise.checks.name, *exercise.files}
    assert (folder / exercise.files[0]).read_bytes() == (exercise.folder / "starter" / exercise.files[0]).read_bytes()
    assert not made.kept
    readme = (made.folder / "README.md").read_text(encoding="utf-8")
    assert exercise.name in readme
    assert exercise.files[0] in readme
    assert "not for clinical use" in readme
    assert max(map(len, readme.splitlines())) <= 100


def test_a_second_start_keeps_what_is_there_and_brings_back_what_is_gone(tmp_path):
    made = start("software-engineer", tmp_path, CATALOG)
    mine = tmp_path / made.exercises[0].name / made.exercises[0].files[0]
    gone = tmp_path / made.exercises[0].name / "README.md"
    mine.write_text("my work\n", encoding="utf-8")
    gone.unlink()
    again = start("software-engineer", tmp_path, CATALOG)
    assert mine.read_text(encoding="utf-8") == "my work\n"
    assert again.kept == (mine,)
    assert (made.is_new, again.is_new) == (True, False)
    assert again.written == (gone,)


def test_it_makes_no_second_folder_inside_the_first(tmp_path, monkeypatch):
    made = start("software-engineer", tmp_path / "my work", CATALOG)
    before = sorted(tmp_path.rglob("*"))
    exercise = made.folder / made.exercises[0].name
    for cwd, folder, remedy in (
        (exercise, ".", ".."),
        (exercise, "FOLDER", ".."),
        (made.folder, "FOLDER/below", "."),
        (made.folder, made.exercises[0].name, "."),
        (tmp_path, "my work/new", '"my work"'),
    ):
        monkeypatch.chdir(cwd)
        with pytest.raises(WorkspaceError, match="holds your exercises already") as caught:
            start("software-engineer", Path(folder), CATALOG)
        assert str(caught.value).endswith(f"wardround start software-engineer {remedy}")
    (made.folder / "pytest.ini").unlink()  # an exercise's folder is known by its checks as well
    with pytest.raises(WorkspaceError, match="holds your exercises already"):
        start("software-engineer", exercise, CATALOG)
    (made.folder / "pytest.ini").write_bytes(PYTEST_INI.encode())
    assert sorted(tmp_path.rglob("*")) == before


def test_a_lost_file_comes_back_by_the_command_on_the_card(tmp_path):
    made = start("software-engineer", tmp_path / "mine", CATALOG)
    exercise = made.folder / made.exercises[0].name
    lost = exercise / "readmission.py"
    lost.unlink()
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    for folder, target in ((exercise, ".."), (made.folder, "."), (tmp_path, "mine")):
        run = [sys.executable, "-m", "pytest", "-k", "threshold"]
        if folder == tmp_path:
            run.append("mine")
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, env=plain, encoding="utf-8", check=False)
        command = f"`wardround start software-engineer {target}`"
        assert f"readmission.py is missing. {command} brings the" in " ".join(done.stdout.split())
        assert any(command in line for line in done.stdout.splitlines())
        assert "ename" not in done.stdout
    assert start("software-engineer", made.folder, CATALOG).written == (lost,)


def test_answers_kept_elsewhere_are_not_restored_in_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    entry = CATALOG.exercises[0]
    for folder in (tmp_path / "answers", entry.folder):
        sentence = restoring(entry, folder)
        assert sentence.startswith("`wardround start software-engineer FRESH` makes a new folder FRESH")


def test_pytest_works_there_and_in_one_exercise(tmp_path):
    made = start("software-engineer", tmp_path / "a b", CATALOG)
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    for folder in (made.folder, made.folder / made.exercises[0].name):
        run = [sys.executable, "-m", "pytest"]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, env=plain, encoding="utf-8", check=False)
        assert "0 of 100 points" in done.stdout, done.stdout + done.stderr
        assert "waiting" in done.stdout
        assert "not yet" not in done.stdout
        assert "test session starts" not in done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 80
        assert done.returncode == 1
    assert not list(made.folder.rglob("readmission*.pyc"))  # of the check file, Python may keep some: it is quicker


def test_unknown_and_unwritten_pathways(tmp_path):
    with pytest.raises(CatalogError, match="Did you mean software-engineer"):
        start("software-enginer", tmp_path / "x", CATALOG)
    none, one = (CATALOG.model_copy(update={"exercises": CATALOG.exercises[:n]}) for n in (0, 1))
    with pytest.raises(CatalogError, match=r"clinician are not written yet. In this edition, no pathway has exercises"):
        start("clinician", tmp_path / "x", none)
    for pathway in ("clinician", "nurse"):
        with pytest.raises(
            CatalogError, match=r"In this edition, software-engineer has exercises; the others have none"
        ):
            start(pathway, tmp_path / "x", one)
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_way_is_told(tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"is a file. Name a folder"):
        start("software-engineer", file, CATALOG)
    with pytest.raises(WorkspaceError, match="Name another folder"):
        start("software-engineer", file / "below", CATALOG)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / CATALOG.pathway("software-engineer")[0].name).write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="is a file"):
        start("software-engineer", folder, CATALOG)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    with pytest.raises(WorkspaceError, match=r"cannot be written: Permission denied. Name a folder that is yours"):
        start("software-engineer", tmp_path / "x", CATALOG)
