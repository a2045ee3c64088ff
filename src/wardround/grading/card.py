"""The scorecard as a learner sees it.

At most 80 columns; each state with a mark and a word; colors only where pytest uses them.
"""

import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wardround.catalog import Catalog
from wardround.grading.scorecard import Check, Scorecard
from wardround.site import EXPLAINED, phase_page
from wardround.wording import counted, from_here, listed

WIDTH = 78
INDENT = " " * 10
GLUE = "\N{NO-BREAK SPACE}"
MARKS = {"done": "✓", "not yet": "✗", "waiting": "·"}
COLORS = {"done": {"green": True}, "not yet": {"red": True}, "waiting": {"yellow": True}}
PLAIN = str.maketrans(
    {"✓": "+", "✗": "x", "·": ".", "─": "-", "…": "...", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"'}
    | {"•": "*", "│": "|", "└": "+", "█": "#"}  # of pictures: one sign for one
)
PRINTED_LINES = 5
DISCLAIMER = "For learning, not for clinical use."


def write_cards(
    reporter: Any,
    exercises: Sequence[Any],
    cards: Sequence[Scorecard],
    unseen: tuple[int, ...],
    catalog: Catalog | None,
    *,
    report: Path | None = None,
) -> None:
    """Write one card for each exercise, and the total if there are several.

    Args:
        reporter: pytest's terminal reporter.
        exercises: The exercises that were run (session.Exercise).
        cards: Their scorecards, in the same order.
        unseen: Which of the seeds were drawn at random.
        catalog: Where the next exercise is looked up; None if there is no manifest.
        report: The HTML report that was written beside the cards, if one was.
    """
    pen = Pen(reporter)
    for exercise, card in zip(exercises, cards, strict=True):
        _write_card(pen, exercise, card, unseen, catalog)
    if len(cards) > 1:
        earned, possible = sum(card.points for card in cards), sum(card.max_points for card in cards)
        pen.line(f"Together: {earned} of {possible} points in {len(cards)} exercises.", bold=True)
    if report:
        pen.line(f"The report, for a browser: {from_here(report)}")  # whole on one line, to be clicked


def write_unready(reporter: Any, title: str, sentence: str) -> None:
    """Write the card of an exercise whose checks cannot be loaded yet."""
    pen = Pen(reporter)
    pen.line()
    pen.wrapped(title, "", bold=True)
    pen.rule()
    pen.wrapped(sentence, "")


class Pen:
    """Writes lines to pytest's terminal, in ASCII where the terminal knows no more."""

    def __init__(self, reporter: Any) -> None:
        self._terminal = reporter
        stream = getattr(getattr(reporter, "_tw", None), "_file", sys.stdout)
        encoding = getattr(stream, "encoding", None) or "utf-8"
        self.ascii = False
        try:
            "✓✗·─…".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            self.ascii = True
        self._encoding = encoding
        self.width = max(40, min(WIDTH, int(getattr(getattr(reporter, "_tw", None), "fullwidth", WIDTH))))

    def clean(self, text: str) -> str:
        """Make text fit to be printed: no control characters (a learner's text may hold some), no unknown signs."""
        text = "".join(c if c.isprintable() else " " for c in text.expandtabs(4))
        if self.ascii:
            text = text.translate(PLAIN).encode(self._encoding, "replace").decode(self._encoding)
        return text

    def line(self, text: str = "", **markup: bool) -> None:
        self._terminal.write_line(self.clean(text), **markup)

    def parts(self, *parts: tuple[str, dict[str, bool]]) -> None:
        for text, markup in parts:
            self._terminal.write(self.clean(text), **markup)
        self._terminal.write("\n")

    def wrapped(self, text: str, indent: str = INDENT, **markup: bool) -> None:
        whole = self._commands_whole(self.clean(text), self.width - len(indent))
        wrap = textwrap.TextWrapper(self.width, indent, indent, break_on_hyphens=False)
        for row in wrap.wrap(whole):
            self.line(row.replace(GLUE, " "), **markup)

    @staticmethod
    def _commands_whole(text: str, width: int) -> str:
        """Keep what stands between backticks on one line, if it fits there: commands are copied."""
        return re.sub(r"`[^`]*`", lambda m: m[0].replace(" ", GLUE) if len(m[0]) < width else m[0], text)

    def rule(self) -> None:
        self.line("─" * self.width)


def _write_card(pen: Pen, exercise: Any, card: Scorecard, unseen: tuple[int, ...], catalog: Catalog | None) -> None:
    pen.line()
    pen.wrapped(card.title, "", bold=True)
    pen.wrapped(f"{card.exercise} · {seeds_of(card, unseen)}" if card.seeds else card.exercise, "")
    pen.rule()
    told: set[tuple[str, tuple[str, ...]]] = set()
    for check in card.checks:
        _write_check(pen, check, card, unseen, told)
    pen.rule()
    full = card.points == card.max_points
    score = f"{card.points} of {card.max_points} points. {next_step(card, unseen, exercise, catalog)}"
    pen.wrapped(score, "", bold=True, green=full)
    if full and not exercise.not_run and catalog and exercise.entry:
        entry = exercise.entry
        pen.line("How the solution decides, and why:")
        pen.line(f"  {phase_page(entry.pathway, entry.phase, EXPLAINED)}")  # whole on one line, to be clicked
        pen.wrapped("Where you stand: `wardround progress`. To hand it in: `wardround submit`.", "")
    if exercise.not_run:
        pen.wrapped(f"{counted(exercise.not_run, 'other check')} left out of this run.", "")
    if exercise.answer.unseen_prints:
        pen.wrapped(f"Your functions print: {exercise.answer.how_to_see_prints()} shows it.", "")
    if unseen and not card.seeds:
        pen.wrapped("No check here uses a seed, so --unseen changes nothing.", "")
    brief = exercise.checks.with_name("README.md")
    if brief.is_file() and not full:
        pen.wrapped(f"The brief: {from_here(brief)}", "")
    pen.line(DISCLAIMER)


def seeds_of(card: Scorecard, unseen: tuple[int, ...]) -> str:
    """Say which hospitals the checks ran on."""
    practice = [seed for seed in card.seeds if seed not in unseen]
    seeds = f"practice seed {practice[0]}" if practice == [1] else f"seed {listed(practice)}"
    return seeds + (f" · unseen {listed(unseen)}" if unseen else "")


def message_of(check: Check, card: Scorecard, unseen: tuple[int, ...]) -> str:
    """Return what a check that is not done says: as a sentence, with the seed where there are several."""
    elsewhere = check.seed is not None and (check.seed in unseen or len(card.seeds) - len(unseen) > 1)
    kind = "unseen seed" if check.seed in unseen else "seed"
    message = f"On {kind} {check.seed}: {check.message}" if elsewhere else check.message
    return message if message.endswith((".", "!", "?", ")")) or check.outcome == "waiting" else message + "."


def _write_check(
    pen: Pen, check: Check, card: Scorecard, unseen: tuple[int, ...], told: set[tuple[str, tuple[str, ...]]]
) -> None:
    state = f"{MARKS[check.outcome]} {check.outcome:<7}"
    points = f"{check.points}/{check.max_points}".rjust(6)
    head = f"{state} {points}  "
    rows = textwrap.wrap(pen.clean(check.title), pen.width - len(head)) or [""]
    pen.parts((head, COLORS[check.outcome]), (rows[0], {"bold": check.outcome == "not yet"}))
    for row in rows[1:]:
        pen.line(" " * len(head) + row)
    if check.outcome == "done":
        return
    seen = (check.message, check.trace)
    if seen in told and (check.outcome == "not yet" or len(check.message) > pen.width - len(INDENT)):
        pen.wrapped("(the same as above)")
        return
    told.add(seen)
    pen.wrapped(message_of(check, card, unseen))
    _write_trace(pen, check)
    if check.outcome == "not yet":
        _write_pictures(pen, check)
        if check.hint:
            pen.wrapped(f"Hint: {check.hint}", cyan=True)
    if check.seed is not None and check.seed in unseen:
        pen.wrapped(f"To repeat it: pytest --seed {check.seed}")


def _write_trace(pen: Pen, check: Check) -> None:
    """Write where the learner's code failed, and the last that it printed."""
    for row in check.trace:
        pen.line((INDENT + "  " + row)[: pen.width])
    printed = [row for row in check.printed.splitlines() if row.strip()]
    if printed:
        more = f" (the last {PRINTED_LINES} of {len(printed)} lines)" if len(printed) > PRINTED_LINES else ""
        pen.line(f"{INDENT}It printed{more}:")
        for row in printed[-PRINTED_LINES:]:
            pen.line(f"{INDENT}  | {row}"[: pen.width])


def _write_pictures(pen: Pen, check: Check) -> None:
    """Write what the check showed, with air around it."""
    if not check.pictures:
        return
    from wardround.grading.picture_text import drawn

    for picture in check.pictures:
        pen.line()
        for row in drawn(picture, pen.width - len(INDENT), pen.clean):
            pen.line(INDENT + row)
    pen.line()


def next_step(card: Scorecard, unseen: tuple[int, ...], exercise: Any, catalog: Catalog | None) -> str:
    """Say what to do next."""
    left = [check for check in card.checks if check.outcome != "done"]
    if left and exercise.undecided and left[0].message == exercise.undecided.sentence:
        return "Next: write your choice into choice.yaml."
    if left:
        title = left[0].title
        return f"Next: {title}{'' if title.endswith(('.', '!', '?')) else '.'}"
    if card.seeds and not unseen:
        return "Next, seeds you have not seen: pytest --unseen 3"
    if catalog and exercise.entry:
        later = [e for e in catalog.pathway(exercise.entry.pathway) if e.phase > exercise.entry.phase]
        if later:
            return f"Next: {later[0].name}."
        return "It was the last exercise of this pathway. What is open still: wardround progress"
    return "Well done."
