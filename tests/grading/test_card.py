"""The card on terminals that are narrow, or know only ASCII."""

import io
from types import SimpleNamespace

import pytest
from _pytest._io import TerminalWriter

from wardround.catalog import load_catalog
from wardround.grading.card import next_step, write_cards
from wardround.grading.scorecard import Check, Scorecard

LONG = "features(admissions, patients) – it returned " + "very " * 40 + "much … “quoted”"
COMMAND = "`wardround start software-engineer ..`"
CHECKS = (
    Check("test_a", "A title that is a good deal longer than what fits on a card " * 2, 20, 20, "done", "", "h"),
    Check("test_c", "Lost", 0, 0, "not yet", f"{'word ' * 8}{COMMAND} brings it back.", ""),
    Check("test_b", "Short", 0, 80, "not yet", LONG, "Look.", trace=("a.py, line 1", "x" * 300), printed="é\tü\n"),
)


class Stream(io.StringIO):
    def __init__(self, encoding):
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self):
        return self._encoding


def card(tmp_path, encoding="utf-8", width=80, seeds=(1, 5)):
    stream = Stream(encoding)
    writer = TerminalWriter(stream)
    writer.fullwidth = width
    writer.hasmarkup = False
    reporter = SimpleNamespace(_tw=writer, write=writer.write, write_line=writer.line)
    answer = SimpleNamespace(unseen_prints=True, how_to_see_prints=lambda: "`python x.py` (or `pytest -s`)")
    exercise = SimpleNamespace(not_run=0, undecided=None, entry=None, checks=tmp_path / "test_x.py", answer=answer)
    write_cards(reporter, [exercise], [Scorecard("path/1-x", "Title", seeds, CHECKS)], (5,), None)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal_or_eighty(tmp_path, width):
    assert max(map(len, card(tmp_path, width=width).splitlines())) <= min(width, 80)


def test_a_command_stands_on_one_line(tmp_path):
    assert COMMAND in card(tmp_path)


def test_ascii_terminals_get_ascii(tmp_path):
    text = card(tmp_path, "ascii")
    assert text.isascii()
    assert "+ done" in text
    assert "x not yet" in text
    assert '"quoted"' in text


def test_windows_terminals_can_print_it(tmp_path):
    text = card(tmp_path, "cp1252")
    text.encode("cp1252")
    assert "it returned very" in " ".join(text.split())


def test_a_card_without_seeds_names_none(tmp_path):
    assert "path/1-x\n" in card(tmp_path, seeds=())


def test_a_full_card_points_ahead(tmp_path):
    text = card(tmp_path)
    assert "20 of 100 points. Next: Lost." in text
    assert "unseen 5" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("clinician/1", "Next: 2-assisted-workflow."),
        ("clinician/3", "It was the last exercise of this pathway. What is open still: wardround progress"),
    ],
)
def test_full_points_on_unseen_seeds_lead_on(given, said):
    catalog = load_catalog()
    exercise = SimpleNamespace(undecided=None, entry=catalog.get(given))
    full = Scorecard(given, "Title", (1, 5), (CHECKS[0],))
    assert next_step(full, (5,), exercise, catalog) == said
