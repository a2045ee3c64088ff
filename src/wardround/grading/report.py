"""A graded run as one HTML file: every check with its sentence, its pictures and what comes next.

The file needs nothing else: no script, no host, no font. It follows the light or dark of the reader's system, and
prints. Whatever a learner wrote or printed is escaped, and the page's own policy lets nothing be loaded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from wardround.atomic import write_bytes
from wardround.grading.card import DISCLAIMER, MARKS, PRINTED_LINES, message_of, seeds_of
from wardround.grading.picture_html import figure
from wardround.grading.scorecard import Check, Scorecard
from wardround.palette import Mode, colours
from wardround.wording import counted

STYLE = Path(__file__).with_name("report.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Graded:
    """One exercise of the run."""

    card: Scorecard
    next_step: str
    not_run: int = 0  # checks that were left out
    answers: str = ""  # which folder was graded, if it was named


def write_report(
    path: Path, exercises: Sequence[Graded], unready: Sequence[tuple[str, str]], unseen: tuple[int, ...], when: str
) -> None:
    """Write the report; raise OSError, with the old file as it was.

    Args:
        path: The HTML file.
        exercises: What was graded, in order.
        unready: Title and sentence of each exercise that could not be loaded.
        unseen: Which of the seeds were drawn at random.
        when: The time of the run, as a person reads it.
    """
    write_bytes(path, page(exercises, unready, unseen, when).encode("utf-8", "replace"))


def page(exercises: Sequence[Graded], unready: Sequence[tuple[str, str]], unseen: tuple[int, ...], when: str) -> str:
    """Return the whole page."""
    alone = len(exercises) + len(unready) == 1
    cards = [graded.card for graded in exercises]
    earned, possible = sum(card.points for card in cards), sum(card.max_points for card in cards)
    title = cards[0].title if alone else counted(len(exercises) + len(unready), "exercise")
    sections = [_exercise(graded, n, unseen, 2 if alone else 3) for n, graded in enumerate(exercises, 1)]
    if not alone:
        sections = [
            f"<section>\n<h2>{escape(graded.card.title)}</h2>\n{body}</section>\n"
            for graded, body in zip(exercises, sections, strict=True)
        ]
        sections += [f"<section>\n<h2>{escape(t)}</h2>\n<p>{_prose(why)}</p>\n</section>\n" for t, why in unready]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}: {earned} of {possible} points</title>\n<style>\n{_style()}</style>\n</head>\n"
        f'<body>\n<main>\n<header>\n<p class="kicker">Ward Round: a graded run, {escape(when)}</p>\n'
        f'<h1>{escape(title)}</h1>\n<p class="score">{earned} of {possible} points</p>\n</header>\n'
        f"{''.join(sections)}</main>\n<footer>\n<p>{DISCLAIMER}</p>\n</footer>\n</body>\n</html>\n"
    )


def _style() -> str:
    def tokens(mode: Mode) -> str:
        return ":root { " + " ".join(f"--{name}: {color};" for name, color in colours(mode).items()) + " }\n"

    dark = f"@media screen and (prefers-color-scheme: dark) {{ {tokens('dark')}}}\n"
    return tokens("light") + dark + STYLE.read_text(encoding="utf-8")


def _exercise(graded: Graded, n: int, unseen: tuple[int, ...], level: int) -> str:
    card = graded.card
    facts = {"Exercise": card.exercise}
    if card.seeds:
        facts["Hospital"] = seeds_of(card, unseen)
    if level > 2:
        facts["Points"] = f"{card.points} of {card.max_points}"
    if graded.answers:
        facts["Answers"] = graded.answers
    if graded.not_run:
        facts["Left out"] = counted(graded.not_run, "other check")
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts.items())
    rows = [
        f'<tr><th scope="row"><a href="#c{n}-{m}">{escape(check.title)}</a></th><td>{_state(check)}</td>'
        f'<td class="number">{check.points} of {check.max_points}</td></tr>'
        for m, check in enumerate(card.checks, 1)
    ]
    checks = [_check(check, f"c{n}-{m}", card, unseen, level) for m, check in enumerate(card.checks, 1)]
    return (
        f'<dl>{listed}</dl>\n<table class="checks"><caption>{counted(len(rows), "check")}</caption>'
        '<thead><tr><th scope="col">Check</th><th scope="col">State</th><th scope="col" class="number">Points</th></tr>'
        f"</thead><tbody>\n{''.join(rows)}\n</tbody></table>\n"
        f'<p class="next">{_prose(graded.next_step)}</p>\n{"".join(checks)}'
    )


def _state(check: Check) -> str:
    kind = check.outcome.replace(" ", "-")
    return f'<span class="state {kind}">{MARKS[check.outcome]} {check.outcome}</span>'


def _check(check: Check, name: str, card: Scorecard, unseen: tuple[int, ...], level: int) -> str:
    parts = [
        f'<section class="check">\n<h{level} id="{name}">{escape(check.title)}</h{level}>\n'
        f'<p class="points">{_state(check)} <span>{check.points} of {check.max_points} points</span></p>\n'
    ]
    if check.outcome != "done":
        parts.append(f'<p class="message">{_prose(message_of(check, card, unseen))}</p>\n')
    if check.trace:
        parts.append(f"<pre>{escape(chr(10).join(check.trace))}</pre>\n")
    printed = [row for row in check.printed.splitlines() if row.strip()]
    if printed:
        more = f" (the last {PRINTED_LINES} of {len(printed)} lines)" if len(printed) > PRINTED_LINES else ""
        parts.append(f"<p>It printed{more}:</p>\n<pre>{escape(chr(10).join(printed[-PRINTED_LINES:]))}</pre>\n")
    parts += [figure(picture, f"{name}-p{n}") for n, picture in enumerate(check.pictures, 1)]
    if check.outcome == "not yet" and check.hint:
        parts.append(f'<p class="hint"><strong>Hint:</strong> {_prose(check.hint)}</p>\n')
    return "".join([*parts, "</section>\n"])


def _prose(text: str) -> str:
    """Return text escaped, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
