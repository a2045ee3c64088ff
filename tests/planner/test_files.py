"""Files of a learner: never written over unasked, never half."""

import os

import pytest

from wardround.planner import PlanError
from wardround.planner.files import write


def test_both_files_or_none(tmp_path):
    plan, ics = tmp_path / "plan.md", tmp_path / "plan.ics"
    ics.write_text("mine")
    with pytest.raises(PlanError, match="--replace"):
        write([(plan, b"a"), (ics, b"b")], replace=False)
    assert not plan.exists()
    assert ics.read_text() == "mine"
    write([(plan, b"a"), (ics, b"b")], replace=True)
    assert (plan.read_bytes(), ics.read_bytes()) == (b"a", b"b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.ics", "plan.md"]


def test_a_failure_on_the_way_leaves_nothing(tmp_path, monkeypatch):
    old = tmp_path / "plan.md"
    old.write_text("mine")

    def full(_handle, _mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(PlanError, match="No space left"):
        write([(old, b"new")], replace=True)
    assert old.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_places_that_cannot_hold_a_file_are_named(tmp_path):
    with pytest.raises(PlanError, match="is a folder"):
        write([(tmp_path, b"")], replace=False)
    with pytest.raises(PlanError, match="Make it first"):
        write([(tmp_path / "none" / "plan.md", b"")], replace=False)
    with pytest.raises(PlanError, match="two files"):
        write([(tmp_path / "x", b""), (tmp_path / "." / "x", b"")], replace=False)


def test_a_written_file_can_be_read_by_whom_the_folder_says(tmp_path):
    (tmp_path / "other").write_bytes(b"")
    write([(tmp_path / "plan.md", b"")], replace=False)
    assert (tmp_path / "plan.md").stat().st_mode == (tmp_path / "other").stat().st_mode
