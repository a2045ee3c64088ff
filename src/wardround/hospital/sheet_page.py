"""A claim sheet as a page to read: Markdown that is as plain on paper and in an editor as it is on a web page."""

import textwrap
from collections.abc import Iterable, Sequence

from wardround.hospital.claim_sheets import Group, Pair, Sheet

WIDTH = 110  # characters of a line of text; tables are as wide as they are


def as_markdown(sheet: Sheet, level: int = 1) -> str:
    """Return the whole sheet, its title a heading of this level."""
    part = "#" * (level + 1)
    same, higher = sheet.same_auc, sheet.higher_auc
    tried = sum(group.patients for group in same.scores[0].groups)
    sections = [
        f"{'#' * level} Sheet {sheet.number}: an alert for {sheet.topic.name}",
        "Maker, ward and patients are invented: for learning, not for clinical use.",
        f"{part} The claim",
        *_claim(sheet),
        f"{part} Where it could be used (scenarios 1 to 4)",
        f"Of 100 patients in each place, so many {sheet.topic.happens}:",
        _places(sheet),
        f"{part} A shift on your ward (scenarios 5 and 6)",
        _shift(sheet),
        f"{part} Two scores with the same AUC (scenario 7)",
        f"Your rule: whoever has a risk of {sheet.line} % or more is seen by a doctor within the hour, nobody else is. "
        f"So {sheet.line} % is your line. Two scores, A and B, were tried on the same {tried} patients. Both put them "
        f"into the same order, so both have the same AUC: {same.scores[0].auc:.2f}. Each row is a group of patients to "
        "whom a score gives the same risk. The last column counts those to whom it happened.",
        _side_by_side(same),
        f"{part} Two scores, one with a higher AUC (scenario 8)",
        f"The same line, {sheet.line} %. Two other scores, C and D, were tried on {tried} other patients, the same for "
        "both. They do not put them into the same order, so each has groups of its own.",
        *(
            text
            for score in higher.scores
            for text in (f"Score {score.name}, AUC {score.auc:.2f}:", _one(score.name, score.groups))
        ),
    ]
    return "\n\n".join(map(_wrapped, sections)) + "\n"


def _wrapped(text: str) -> str:
    """Return a paragraph with lines no longer than WIDTH; headings and tables as they are."""
    if text.startswith(("#", "|")):
        return text
    quote = "> " if text.startswith("> ") else ""
    return textwrap.fill(text, WIDTH, subsequent_indent=quote, break_long_words=False, break_on_hyphens=False)


def _claim(sheet: Sheet) -> tuple[str, str]:
    usual, strict, happens = sheet.usual, sheet.strict, sheet.topic.happens
    return (
        f'> "Finds {usual.sensitivity} % of the patients who {happens}, and leaves {usual.specificity} % of the others '
        f'in peace. {100 * sheet.claimed_ppv:.0f} % of its alarms are right. AUC {sheet.auc:.2f}."',
        f"In small print: tried in a hospital where {sheet.studied} of 100 patients {happens}. There is a stricter "
        f"setting for fewer alarms: it finds {strict.sensitivity} %, and leaves {strict.specificity} % of the others "
        "in peace. Suppose that these four rates hold everywhere.",
    )


def _places(sheet: Sheet) -> str:
    topic = sheet.topic
    rows = [
        ("1", f"your ward, a {topic.ward}", "usual", sheet.ward),
        ("2", f"{_a(topic.rare)} {topic.rare}", "usual", sheet.rare),
        ("3", f"{_a(topic.common)} {topic.common}", "usual", sheet.common),
        ("4", "your ward once more", "stricter", sheet.ward),
    ]
    return table(("Scenario", "Place", "Setting", "Of 100"), rows)


def _shift(sheet: Sheet) -> str:
    return (
        f"Your ward has {sheet.beds} beds. On an ordinary day {sheet.patients} of them are taken. A day has "
        f"{sheet.shifts} shifts. The alert scores each patient once, at the beginning of each shift, and rings once "
        f"for each patient whom it flags. Of 100 patients who are scored, {sheet.ward} {sheet.topic.happens}, as "
        "above. Scenario 5 is the usual setting, scenario 6 the stricter one."
    )


def _side_by_side(pair: Pair) -> str:
    left, right = pair.scores
    rows = [
        (one.patients, f"{one.said} %", f"{two.said} %", _ill(one))
        for one, two in zip(left.groups, right.groups, strict=True)
    ]
    return table(("Patients", f"{left.name} says", f"{right.name} says", "It happened to"), rows)


def _one(name: str, groups: Sequence[Group]) -> str:
    rows = [(group.patients, f"{group.said} %", _ill(group)) for group in groups]
    return table(("Patients", f"{name} says", "It happened to"), rows)


def _ill(group: Group) -> str:
    return f"{group.ill} ({100 * group.ill / group.patients:.0f} %)"


def _a(noun: str) -> str:
    return "an" if noun[0] in "aeio" else "a"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table whose columns are also aligned as plain text."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
