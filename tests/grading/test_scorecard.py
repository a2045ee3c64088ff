"""Combining seeds, and writing the JSON."""

import json

import pytest

from wardround.grading.scorecard import Result, Scorecard, combine, write_json


def test_done_on_all_seeds_gives_the_points():
    check = combine("t", "T", 20, "h", {1: Result("done"), 2: Result("done")})
    assert (check.outcome, check.points, check.failed_on) == ("done", 20, ())


def test_the_first_failing_seed_gives_the_message_and_not_yet_beats_waiting():
    results = {1: Result("done"), 2: Result("waiting", "w"), 3: Result("not yet", "n"), 4: Result("not yet", "m")}
    check = combine("t", "T", 20, "h", results)
    assert (check.outcome, check.points, check.message, check.seed) == ("not yet", 0, "n", 3)
    assert check.failed_on == (2, 3, 4)


def test_a_check_that_was_not_run_is_waiting():
    assert combine("t", "T", 20, "h", {}).outcome == "waiting"


def test_points_add_up():
    checks = tuple(combine(n, n, 50, "", {None: Result(o)}) for n, o in (("a", "done"), ("b", "waiting")))
    card = Scorecard("id", "Title", (1,), checks)
    assert (card.points, card.max_points) == (50, 100)
    assert card.as_json()["checks"][1]["outcome"] == "waiting"


def test_writing_replaces_the_whole_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "card.json"
    write_json(path, {"a": "é"})
    write_json(path, {"a": 2})
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 2}
    with pytest.raises(TypeError):
        write_json(path, {"a": object()})
    assert json.loads(path.read_text(encoding="utf-8")) == {"a": 2}
    assert [p.name for p in tmp_path.iterdir()] == ["card.json"]
