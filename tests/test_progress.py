"""`wardround progress`: every state an exercise can be in, and the one thing to do next."""

import pytest

from wardround.catalog import load_catalog
from wardround.progress import standings, told
from wardround.runs import digests, remember
from wardround.workspace import OWN, WorkspaceError, find_place, start

CATALOG = load_catalog()
ENTRY = CATALOG.pathway("software-engineer")[0]
FULL = [{"id": n, "title": n.upper(), "points": 50, "max_points": 50, "outcome": "done"} for n in "ab"]
CHECKS = [FULL[0], FULL[1] | {"points": 0, "outcome": "not yet"}]


def note(home, checks, unseen=(), exercise=ENTRY):
    files = digests(home, ENTRY.files)
    remember(exercise, home, files, seeds=(1, *unseen), unseen=tuple(unseen), checks=checks)


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = start("software-engineer", tmp_path / "Übung eins", CATALOG).folder
    monkeypatch.chdir(folder)
    return folder / ENTRY.name


def said(home, catalog=CATALOG):
    place = find_place(home, catalog)
    return "\n".join(told(standings(place, catalog)[0], place))


def of_this_edition(*phases):
    """A catalog with the one exercise in some phases; those behind it are not in the folder."""
    others = [ENTRY.model_copy(update={"id": f"software-engineer/{n}-later"}) for n in phases if n > 1]
    return CATALOG.model_copy(update={"exercises": (ENTRY, *others)})


def test_it_follows_an_exercise_from_never_run_to_whole(home):
    only = of_this_edition(1)
    text = said(home, only)
    assert "software-engineer: 0 of 1 exercise done" in text
    assert f"{ENTRY.name}: never run" in text
    assert f"Readmission risk you can defend ({ENTRY.duration})" in text
    assert text.endswith(f"Next: {ENTRY.name}. Read its README.md, then run its checks: pytest {ENTRY.name}")
    note(home, CHECKS)
    text = said(home, only)
    assert f"{ENTRY.name}: 50 of 100 points" in text
    assert "last run 20" in text
    assert text.endswith(f"Next: {ENTRY.name}, the check: B")
    (home / "note.yaml").write_text("new: 1\n", encoding="utf-8")
    text = said(home, only)
    assert "50 of 100 points, edited since" in text
    assert text.endswith(f"edited after its last run. Run its checks: pytest {ENTRY.name}")
    note(home, FULL)
    text = said(home, only)
    assert "1 of 1 exercise done" in text
    assert text.endswith(f"on seeds that you have not seen: pytest {ENTRY.name} --unseen 3")
    note(home, FULL, unseen=(4321,))
    text = said(home, only)
    assert "100 of 100 points, unseen seeds too" in text
    assert "Every exercise of this edition is done. Next: days 31-60, a project of your own" in text
    assert "pathways/software-engineer/phase-2.html" in text


def test_where_no_check_has_a_seed_full_points_are_all_there_is(home):
    remember(ENTRY, home, digests(home, ENTRY.files), seeds=(), unseen=(), checks=FULL)
    text = said(home, of_this_edition(1))
    assert f"{ENTRY.name}: 100 of 100 points" in text
    assert "seeds" not in text
    assert "Every exercise of this edition is done." in text


def test_every_phase_is_named_and_what_is_not_in_the_folder_too(home):
    note(home, FULL, unseen=(4321,))
    text = said(home, of_this_edition(1, 3))
    for words in ("days 0-30", "days 31-60  no graded exercise", "days 61-90  3-later: not in this folder"):
        assert words in text
    assert text.endswith("Next: 3-later is not in this folder. Add it: wardround start software-engineer .")


def test_a_whole_pathway_has_something_next(home):
    ids = [f"software-engineer/{n}-readmission-risk" for n in (1, 2, 3)]
    catalog = CATALOG.model_copy(update={"exercises": tuple(ENTRY.model_copy(update={"id": id_}) for id_ in ids)})
    for exercise in catalog.exercises[1:]:
        (home.parent / exercise.name).mkdir()
        for file in home.iterdir():
            (home.parent / exercise.name / file.name).write_bytes(file.read_bytes())
    for exercise in catalog.exercises:
        note(home.parent / exercise.name, FULL, (4321,), exercise)
    text = said(home, catalog)
    assert "3 of 3 exercises done" in text
    assert "The pathway is whole. Next: " in text


def test_a_broken_memory_is_told_and_left_out(home):
    note(home, FULL)
    (home.parent / OWN / f"{ENTRY.name}.json").write_text("{", encoding="utf-8")
    text = said(home)
    assert f"{ENTRY.name}: not known" in text
    assert "is damaged. It is left out" in text
    assert f"Next: {ENTRY.name}. Run its checks" in text


def test_it_is_found_from_inside_and_told_of_when_absent(home, tmp_path):
    assert find_place(home, CATALOG).folder == home.parent.resolve()
    assert find_place(home, CATALOG).inside == ENTRY
    with pytest.raises(WorkspaceError, match=r"holds no exercises. Go to the folder"):
        find_place(tmp_path, CATALOG)
    with pytest.raises(WorkspaceError, match="There is no folder"):
        find_place(tmp_path / "nowhere", CATALOG)
    with pytest.raises(WorkspaceError, match="holds no exercises"):  # the originals are not a learner's
        find_place(ENTRY.folder.parent, CATALOG)
