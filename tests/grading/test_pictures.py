"""Pictures: plain data made clean, and rows of text that fit and say what they should."""

import json
import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

import wardround.grading.session  # noqa: F401  (pytester forgets modules that an inner run imports first)
from wardround.grading.picture_text import drawn
from wardround.grading.pictures import Bars, Lines, Mark, Stop, Table, Walk
from wardround.grading.scales import said, ticks, within

pytest_plugins = ["pytester"]

WEEKS = range(1, 27)
TABLE = Table("Alarms", ("", "ill", "well"), (("alarm", 8, 32), ("silence", 2, 1058)))
LINES = Lines(
    "Deaths",
    x=WEEKS,
    lines={"this ward": [2 + week / 10 for week in WEEKS], "others": [2.0] * 26},
    unit="per 100",
    marks=(Mark(14, "your rule stops here"),),
    limits={"your limit": 3.0},
    x_name="week",
)
BARS = Bars("Net value", {"adoption": (-20_000, 35_000), "licenses": 9_000}, unit="dollars")
WALK = Walk("Patient 7", (Stop("00:00", "score", "0.81"), Stop("00:05", "review", "nobody reads it", ok=False)))
EVERY = [TABLE, LINES, BARS, WALK]
LONG = [
    Table("T " * 90, [f"column {n}" for n in range(12)], [["w" * 300, *range(n, n + 11)] for n in range(900)]),
    Lines("L " * 90, range(5000), {"n" * 99: np.arange(5000.0)}, "u", [Mark(n, "m" * 99) for n in range(30)]),
    Bars("B " * 90, {f"{n} {'b' * 99}": (-n, n * 1e9) for n in range(900)}),
    Walk("W " * 90, [Stop("t" * 99, "s" * 99, "x " * 900, ok=n != 450) for n in range(900)]),
]


@pytest.mark.parametrize("picture", EVERY)
def test_each_is_plain_data_with_its_kind(picture):
    data = json.loads(json.dumps(picture.as_json()))
    assert data["kind"] == type(picture).__name__.lower()
    assert data["title"] == picture.title
    with pytest.raises(FrozenInstanceError):
        picture.title = "other"


def test_numbers_of_numpy_become_pythons_and_nan_a_gap():
    lines = Lines("T", np.array([1, 2]), {"a": np.array([0.5, math.nan])}, limits={"l": np.float64(2)})
    assert lines.as_json()["lines"] == {"a": (0.5, None)}
    assert {type(value) for value in (*lines.x, lines.limits["l"])} == {int, float}
    assert Table("T", ("a", "b"), [(np.int64(3), np.bool_(True))]).rows == ((3, True),)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Lines("T", [1, 2], {"a": [1, math.inf]}), "finite"),
        (lambda: Lines("T", [1, 2], {"a": [1]}), "as many values as x"),
        (lambda: Lines("T", [2, 1], {"a": [1, 1]}), "none below the one before"),
        (lambda: Lines("T", [], {"a": []}), "1 to 5000 values"),
        (lambda: Lines("T", range(5001), {"a": range(5001)}), "1 to 5000 values"),
        (lambda: Lines("T", [1], {}), "1 to 6 lines"),
        (lambda: Lines("T", [1], {"a": ["x"]}), "takes numbers"),
        (lambda: Lines("T", [1], {"a": [1]}, limits={"b": None}), "no gap"),
        (lambda: Table("T", ("a",), [(1, 2)]), "needs 1 cells"),
        (lambda: Table("T", (), []), "1 to 12 columns"),
        (lambda: Table(3, ("a",), []), "must be a str"),
        (lambda: Table("T", ("a",), [([],)]), "takes numbers"),
        (lambda: Bars("T", {}), "one bar"),
        (lambda: Walk("T", ["stop"]), "takes Stops"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, says):
    with pytest.raises((ValueError, TypeError), match=says):
        make()


def test_a_learners_text_becomes_one_short_line():
    text = "a\nb\t\x1b[31mred \u202e\ud800" + "long " * 900
    title = Walk(text, (Stop("", "", text),)).title
    assert title.startswith("a b [31mred ?long")
    assert title.isprintable()
    assert len(title) == 400
    assert title.endswith("...")


def test_the_middle_of_too_many_rows_is_left_out_and_counted():
    table = Table("T", ("n",), [(n,) for n in range(1000)])
    assert (len(table.rows), table.rows[0], table.rows[-1], table.left_out) == (400, (0,), (999,), 600)
    assert "... 992 rows more" in drawn(table, 68)


@pytest.mark.parametrize("width", [30, 48, 68])
@pytest.mark.parametrize("picture", [*EVERY, *LONG])
def test_rows_fit_the_card(picture, width):
    rows = drawn(picture, width)
    assert max(map(len, rows)) <= width
    if width == 68:
        assert len(rows) <= (24 if picture in LONG else 12)


def test_a_table_stands_in_columns_numbers_right():
    assert drawn(TABLE, 68) == [
        "Alarms",
        "         ill   well",
        "───────  ───  ─────",
        "alarm      8     32",
        "silence    2  1,058",
    ]


def test_cells_say_yes_no_and_a_dash_for_a_gap():
    assert drawn(Table("T", ("", ""), [("a", True), ("b", None), ("c", 0.25)]), 68)[1:] == ["a  yes", "b  –", "c  0.25"]


def test_lines_rise_to_the_right_with_the_mark_under_its_week():
    rows = drawn(LINES, 68)
    assert rows[0] == "Deaths (per 100)"
    first, last = (next(n for n, row in enumerate(rows) if "•" in row[side]) for side in (slice(0, 20), slice(50, 68)))
    assert last < first
    assert next(row for row in rows if "your rule" in row).index("^") == rows[1].rindex("│")
    assert any("your rule stops here (week 14)" in row for row in rows)
    assert rows[-1] == "• this ward   o others   - - your limit: 3"
    assert [row.split("│")[0].strip() for row in rows[1:8]][::6] == ["5.0", "0.0"]


def test_a_note_says_that_one_line_hides_another_where_they_meet():
    note = "Where two signs meet, the one that is named first hides the other."
    assert drawn(Lines("T", [1, 2], {"a": [1, 2], "b": [1, 1]}), 74)[-1] == note
    assert note not in drawn(Lines("T", [1, 2], {"a": [1, 2], "b": [0, 1]}), 74)


def test_a_gap_in_a_line_stays_empty():
    rows = drawn(Lines("T", range(5), {"a": [1, 1, None, None, 1]}), 68)
    chart = next(row for row in rows if "•" in row)
    assert "•···" in chart
    assert " " * 30 in chart.split("│")[1]


def test_bars_start_at_zero_on_either_side():
    rows = drawn(BARS, 68)
    zero = rows[-1].index("0")
    assert "-20,000 to 35,000" in rows[1]
    assert rows[1][zero] == "│"
    assert rows[1][zero - 1] == rows[1][zero + 1] == "█"
    assert rows[2][zero - 1] == " "
    assert rows[1].count("█") > rows[2].count("█") > 0


def test_a_walk_has_a_mark_and_a_word_for_each_stop():
    assert drawn(WALK, 68) == [
        "Patient 7",
        "00:00  ✓ ok     score   0.81",
        "00:05  ✗ fails  review  nobody reads it",
    ]


def test_a_long_walk_keeps_the_stop_that_fails():
    rows = drawn(Walk("T", [Stop(str(n), "step", "text", ok=n != 25) for n in range(60)]), 68)
    assert [row for row in rows if "✗ fails" in row] == ["25  ✗ fails  step  text"]
    shown = [int(row.split()[0]) for row in rows[1:] if not row.startswith("...")]
    hidden = [int(row.split()[1]) for row in rows if row.startswith("...")]
    assert {0, 24, 25, 59} <= set(shown)
    assert len(shown) + sum(hidden) == 60
    assert len(rows) <= 12


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (0, 4.7), (-3, 12), (97, 103), (5, 5), (0, 0), (1e-9, 3e-9), (-1e90, 1e90), (0.1, 0.7)]
)
def test_ticks_hold_the_values_in_equal_round_steps(low, high):
    scale = ticks(low, high, (2, 3))
    assert len(scale) in {3, 4}
    assert scale[0] <= low + abs(low) * 1e-9
    assert scale[-1] >= high - abs(high) * 1e-9
    assert np.allclose(np.diff(scale), scale[1] - scale[0])
    assert f"{scale[1] - scale[0]:e}"[:3].strip(".0") in {"1", "2", "2.5", "5"}


def test_ticks_within_stay_within():
    assert within(1, 26, 6) == (5, 10, 15, 20, 25)
    assert within(3, 3, 6) == (3,)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1, 20, 3000], ["1", "20", "3,000"]),
        ([0.25, 1.0, None], ["0.25", "1.00", ""]),
        ([0.5, 1.0], ["0.5", "1.0"]),
        ([0.0123], ["0.0123"]),
        ([-0.0001, 5.0, 2.5], ["0.0", "5.0", "2.5"]),
        ([1e20, 5], ["1e+20", "5"]),
        ([], []),
    ],
)
def test_numbers_have_the_same_decimals(values, texts):
    assert said(values) == texts


SHOWING = '''
from wardround.grading import expect, graded
from wardround.grading.pictures import Table

@graded(points=60, hint="Think of the night.")
def test_fails(seed, show):
    """Fails on seed 2."""
    show(Table(f"Alarms of seed {seed}", ("n",), [(seed,)]))
    expect(seed == 1, "Nobody reads it.")

@graded(points=40, hint="h")
def test_passes(seed, show):
    """Passes."""
    show(Table(f"Quiet {seed}", ("n",), [(n,) for n in range(seed)]))
'''


@pytest.fixture
def shown(pytester):
    """Grade checks that show something: (text, scorecard)."""

    def run(checks=SHOWING, *arguments):
        pytester.makepyfile(test_toy=checks)
        text = pytester.runpytest("-q", "--scorecard=card.json", *arguments).stdout.str()
        return text, json.loads((pytester.path / "card.json").read_text(encoding="utf-8"))

    return run


def test_the_card_shows_the_pictures_of_the_seed_that_is_told_before_the_hint(shown):
    text, card = shown(SHOWING, "--seed=1", "--seed=2", "--seed=3")
    parts = ["On seed 2: Nobody reads it.", "Alarms of seed 2", "Hint: Think of the night."]
    assert sorted(parts, key=text.index) == parts
    assert "Alarms of seed 1" not in text
    assert "Alarms of seed 3" not in text
    assert "Quiet" not in text
    assert [check["pictures"][0]["title"] for check in card["checks"]] == ["Alarms of seed 2", "Quiet 1"]
    assert card["checks"][0]["pictures"][0]["rows"] == [[2]]


def test_a_waiting_check_shows_none_on_the_card(shown):
    text, _ = shown(
        SHOWING.replace('expect(seed == 1, "Nobody reads it.")', "raise __import__('pytest').skip('later')")
    )
    assert "later" in text
    assert "Alarms" not in text


def test_at_most_eight_are_kept_and_other_things_are_our_fault(shown):
    many = SHOWING.replace("    expect", "    for n in range(20): show(Table(f'more {n}', ('n',), []))\n    expect")
    _, card = shown(many, "--seed=2")
    assert len(card["checks"][0]["pictures"]) == 8
    _, card = shown(SHOWING.replace("show(Table(", "show(('no', "), "--seed=2")
    assert card["checks"][0]["our_fault"]
