"""What is remembered of a run: written by the grader alone, carried on, and never believed once changed."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from wardround.catalog import load_catalog
from wardround.runs import RunError, digests, recall, remember
from wardround.workspace import OWN, start

CATALOG = load_catalog()
ENTRY = CATALOG.pathway("software-engineer")[0]
CHECKS = [
    {"id": "test_a", "title": "A", "points": 60, "max_points": 60, "outcome": "done"},
    {"id": "test_b", "title": "B", "points": 0, "max_points": 40, "outcome": "not yet"},
]
FULL = [CHECKS[0], CHECKS[1] | {"points": 40, "outcome": "done"}]


@pytest.fixture
def home(tmp_path):
    return start("software-engineer", tmp_path / "Übung eins", CATALOG).folder / ENTRY.name


def note(home, checks=CHECKS, unseen=()):
    remember(ENTRY, home, digests(home, ENTRY.files), seeds=(1, *unseen), unseen=tuple(unseen), checks=checks)


def file_of(home):
    return home.parent / OWN / f"{ENTRY.name}.json"


def graded(folder, *arguments):
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=plain, encoding="utf-8", check=False)


def test_the_grader_remembers_whole_runs_only(home):
    graded(home, "-k", "note")
    assert recall(ENTRY, home) is None
    graded(home, f"{ENTRY.checks.name}::test_note")
    graded(home, "--submission", ".")
    assert recall(ENTRY, home) is None
    graded(home)
    run = recall(ENTRY, home)
    assert (run.points, run.max_points, run.seeds) == (0, 100, (1,))
    assert run.files == digests(home, ENTRY.files)
    assert {check.outcome for check in run.checks} == {"waiting"}


def test_a_folder_that_cannot_be_written_hinders_nothing(home):
    (home.parent / OWN).write_text("in the way", encoding="utf-8")
    done = graded(home)
    assert "0 of 100 points" in done.stdout
    assert done.returncode == 1
    assert "Error" not in done.stdout + done.stderr


def test_only_a_folder_that_start_made_gets_a_memory(home, tmp_path):
    shutil.copytree(home, tmp_path / "elsewhere" / ENTRY.name)
    note(tmp_path / "elsewhere" / ENTRY.name)
    assert not (tmp_path / "elsewhere" / OWN).exists()


def test_full_points_on_unseen_seeds_are_kept_until_the_answer_changes(home):
    note(home, FULL, unseen=(4321,))
    note(home, FULL)
    assert recall(ENTRY, home).proved
    (home / "note.yaml").write_text("other: 1\n", encoding="utf-8")
    note(home, FULL)
    assert not recall(ENTRY, home).proved
    note(home, FULL, unseen=(4321,))
    note(home, CHECKS, unseen=(1234,))  # on other seeds it failed
    assert not recall(ENTRY, home).proved


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"run": 3, "digest": ""}', b"[" * 100_000, b" " * 300_000, b"NaN"],
)
def test_a_damaged_file_is_a_sentence(home, content):
    note(home)
    file_of(home).write_bytes(content)
    with pytest.raises(RunError, match=r"\.json is (damaged|far too large).* It is left out; running the checks"):
        recall(ENTRY, home)
    note(home)  # and the next run mends it
    assert recall(ENTRY, home).points == 60


def test_a_file_changed_by_hand_is_a_sentence(home):
    note(home)
    data = json.loads(file_of(home).read_text(encoding="utf-8"))
    data["run"]["checks"][1] |= {"points": 40, "outcome": "done"}
    file_of(home).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RunError, match="was changed after the run"):
        recall(ENTRY, home)
