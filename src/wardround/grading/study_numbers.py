"""The numbers of a case study about a score, sentence by sentence, held against the results they must come from.

A number may be a count, a share or a rate of the rows that a sentence speaks of: everybody, the weakest level, a level
that it names, or the simple rule if it names that. A true number in a wrong place (a PPV called a sensitivity) is a
fault as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

COUNTS = ("n", "flagged", "returned", "found")
SHARES = ("sensitivity", "low", "high", "ppv")
ENOUGH = 20  # returns: with fewer, a level's sensitivity says next to nothing
DAYS = 366  # of a silent run: it took a leap year
FREE = {20, 24, 30, 95, 100, 365, 2023, 2024, 2025}  # of the definitions, not results: hours, days, percent, years
_NUMBER = re.compile(r"(?<![\w.,])(?<![\w]-)\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d|,\d)")
_PERCENT = re.compile(r"\s*(%|percent)|\s*(to|and)\s+[\d.]+\s*(%|percent)")
_NO_SHARE = r"(?![.\d]|\s*(?:%|percent))"  # a range of percentages is no level
_LEVELS = (  # how else a sentence may name a level
    (rf"\b18(?:\s*[–—-]\s*| to )64\b{_NO_SHARE}", "18-64"),
    (rf"\b65(?:\s*[–—-]\s*| to )84\b{_NO_SHARE}", "65-84"),
    (r"\b(?:under|below|younger than) 65\b", "18-64"),
    (r"\b85(?:\+| (?:or|and) (?:older|above|more)\b)|\b(?:over|older than) 84\b", "85 and over"),
    (r"(?i)\bwom[ae]n\b", "female"),
    (r"(?i)\bm[ae]n\b", "male"),
)
_PAIR = re.compile(
    r"(?<![\d.,])(\d+(?:,\d{3})*) (?:out )?of (?:(?:the|these|those|its|all) )*(\d+(?:,\d{3})*) "
    r"(return|readmission|flag|alert|call|stay|discharge)"
)
_INTERVAL = re.compile(  # a share with its interval behind it: "45.6 % (95 % interval 39.3 to 52.1 %)"
    r"(?<![\w.,])(\d+(?:\.\d+)?)\s*(%|percent)?,?\s*\((?:95 ?(?:%|percent) )?(?:[A-Za-z]+ )*"
    r"(\d+(?:\.\d+)?)\s*(?:%|percent)?\s*(?:to|and|[–-])\s*(\d+(?:\.\d+)?)\s*(%|percent)?\)"
)
_WHOLE = {"return": "returned", "readmission": "returned", "stay": "n", "discharge": "n"}  # the others: flagged
_OF_ROUND = {10, 100, 1000}  # "7 of 100 discharges" is a rate, not a count
_MEASURES = {
    "sensitivity": r"\bsensitivity\b|\brecall\b",
    "PPV": r"\bPPV\b|\bpredictive value\b|\bprecision\b|\bof (?:its|the|all) (?:flags|alerts)\b|\bof those flagged\b",
}
_OWN = {"sensitivity": ("sensitivity", "low", "high"), "PPV": ("ppv",)}


@dataclass(frozen=True, slots=True)
class Counted:
    """What may be quoted: results by level (the first row is everybody), the weakest level, the rule to beat."""

    table: pd.DataFrame
    low: pd.Series
    rule: pd.Series
    threshold: float
    version: str

    def numbers_of(self, sentence: str) -> list[tuple[str, bool]]:
        """Return the numbers of a sentence as they are written, and whether each is a percentage.

        Levels and the version are no numbers, nor are the limits of an age band or the number of a seed.
        """
        text = in_levels(sentence)
        for name in (*self.table["level"], self.version):
            text = text.replace(name, " ")
        text = re.sub(r"\b(under|over|above|below|older than|younger than) (65|85)\b|\bseed \d+", " ", text)
        text = re.sub(r"(\d)\s*[–-]\s*(\d)", r"\1 to \2", text)
        return [(found[0], bool(_PERCENT.match(text, found.end()))) for found in _NUMBER.finditer(text)]

    def spoken_of(self, sentence: str) -> list[pd.Series]:
        """Return the rows that a sentence may quote: everybody and the weakest level first."""
        text = in_levels(sentence)
        rows = [row for _, row in self.table.iterrows() if _names(text, row["level"])]
        rule = [self.rule] if re.search(r"\brule\b", text, re.IGNORECASE) else []
        return [self.table.iloc[0], self.low, *rows, *rule]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, a row of a table being one."""
    rows = re.sub(r"\n(?![|\n*-]|\d+\. )", " ", text).split("\n")
    return [
        s.strip()
        for row in rows
        for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", re.sub(r"^\s*\d+\.\s", "", row))
        if s.strip()
    ]


def lowest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the levels with the lowest sensitivity among those with enough returns: one row, or several alike."""
    levels = table[(table["variable"] != "all") & (table["returned"] >= ENOUGH)]
    alike: pd.DataFrame = levels[levels["sensitivity"] <= levels["sensitivity"].min() + 1e-12]
    return alike


def is_share(text: str, percent: bool, share: float) -> bool:
    """Return whether a written number is this share: a percentage, or 0 to 1 with two decimals or more."""
    value, half = _written_as(text)
    if not percent and half > 0.006:
        return value == share == 0
    return abs((100 if percent else 1) * share - value) <= half


def uncounted(sentence: str, counted: Counted) -> str:
    """Say which number of a sentence is no result of the rows it may quote; nothing if each is one."""
    allowed = _known(sentence, counted)
    for text, percent in counted.numbers_of(sentence):
        if not _fits(text, percent, *allowed):
            return (
                f'"{text}{" %" if percent else ""}" in "{_cut(sentence, text)}" is no result of the silent run at your '
                f"threshold {counted.threshold:g}, nor of a group that this sentence names, nor of the rule. Write "
                "what was counted, or leave it out: one number that nobody can find again spoils the others."
            )
    return ""


def told_wrongly(sentence: str, counted: Counted) -> str:
    """Say which true number of a sentence stands in a wrong place; nothing if none does."""
    faults = (
        *_pairs_apart(sentence, counted),
        *_intervals_apart(sentence, counted),
        *(fault for part in sentence.split(";") for fault in _wrong_weakest(part, counted)),
    )
    rows = counted.spoken_of(sentence)
    for clause in re.split(r"[;:()]|,(?!\d)|\b(?:and|but|while|whereas)\b", sentence):
        shares = [(text, share) for text, share in counted.numbers_of(clause) if share or text.startswith("0.")]
        faults += (*_measures_exchanged(clause, shares, rows), *_not_the_rules(clause, shares, counted.rule))
    return next(iter(faults), "")


def in_levels(text: str) -> str:
    """Return a text with its groups called as the table of results calls them."""
    for pattern, level in _LEVELS:
        text = re.sub(pattern, level, text)
    return text


def _pairs_apart(sentence: str, counted: Counted) -> Iterator[str]:
    rows = [row for _, row in counted.table.iterrows()]
    for part, whole, noun in _PAIR.findall(sentence):
        column = _WHOLE.get(noun, "flagged")
        a, b = (int(number.replace(",", "")) for number in (part, whole))
        here = [row for row in (*rows, counted.rule) if row[column] == b]
        parts = {int(n) for row in here for c in COUNTS for n in (row[c], b - row[c])}
        if here and b == rows[0][column]:
            parts |= {int(row[column]) for row in rows}
        if b not in _OF_ROUND and a not in parts:
            yield (
                f'"{part} of {whole} {noun}s" was counted nowhere, even if each of the two is a result. Take both from '
                "one row of what `python ship.py` prints."
            )


def _intervals_apart(sentence: str, counted: Counted) -> Iterator[str]:
    rows = [*(row for _, row in counted.table.iterrows()), counted.rule]
    for match in _INTERVAL.finditer(in_levels(sentence)):
        share, own, low, high, shared = match.groups()
        percent = bool(own or shared)
        mine = [row for row in rows if is_share(share, percent, row["sensitivity"])]
        if mine and not any(is_share(low, percent, r["low"]) and is_share(high, percent, r["high"]) for r in mine):
            yield (
                f'"{match[0]}" puts an interval beside a sensitivity that it does not belong to. Take the share and '
                "both ends from one row of what `python ship.py` prints."
            )


def _wrong_weakest(sentence: str, counted: Counted) -> Iterator[str]:
    text = in_levels(sentence)
    named = [row["level"] for _, row in counted.table[1:].iterrows() if _names(text, row["level"])]
    if named and not {*lowest(counted.table)["level"]} & {*named} and re.search(r"\b(?:weakest|worst)\b", text):
        yield (
            f'"{_cut(sentence, named[0])}" speaks of {named[0]} as the weakest, but the lowest sensitivity is that of '
            f"{counted.low['level']}."
        )


def _measures_exchanged(clause: str, shares: list[tuple[str, bool]], rows: list[pd.Series]) -> Iterator[str]:
    said = [measure for measure, pattern in _MEASURES.items() if re.search(pattern, clause)]
    if len(said) != 1:
        return
    other = next(measure for measure in _MEASURES if measure not in said)
    for text, percent in shares:
        mine, theirs = (_is_one_of(text, percent, [row[c] for row in rows for c in _OWN[m]]) for m in (said[0], other))
        if theirs and not mine:
            yield (
                f'"{clause.strip()}" speaks of the {said[0]}, but {text} belongs to the {other}. Sensitivity says how '
                "many of the returns are found, PPV how many of the flags are right."
            )


def _not_the_rules(clause: str, shares: list[tuple[str, bool]], rule: pd.Series) -> Iterator[str]:
    if not re.search(r"\brule\b.* (?:finds?|found|reach\w*|catch\w*|caught|ha[sd])\b", clause) or "score" in clause:
        return
    own = [rule[c] for c in SHARES] + [rule[c] / rule["n"] for c in ("flagged", "returned")]
    for text, percent in shares:
        if not _is_one_of(text, percent, own):
            yield f'"{clause.strip()}" gives the rule {text}, which is not what `python ship.py` prints for it.'


def _is_one_of(text: str, percent: bool, shares: list[float]) -> bool:
    return any(is_share(text, percent, s) or is_share(text, percent, 1 - s) for s in shares)


def _names(text: str, level: str) -> bool:
    """Tell whether a text names a level; one of a single letter only where it speaks of groups."""
    if len(level) == 1 and not re.search(r"\bgroups?\b", text, re.IGNORECASE):
        return False
    return re.search(rf"(?<![\w’']){re.escape(level)}(?!\w)", text) is not None


def _known(sentence: str, counted: Counted) -> tuple[set[int], set[float], set[float]]:
    """Return the counts, the shares and the other numbers that a sentence may quote."""
    rows = counted.spoken_of(sentence)
    counts = {int(n) for column in ("n", "returned") for n in counted.table[column]}
    counts |= {int(row[column]) for row in rows for column in COUNTS}
    pairs = (("returned", "found"), ("flagged", "found"), ("n", "returned"), ("n", "flagged"))
    counts |= {int(row[whole] - row[part]) for row in rows for whole, part in pairs}  # the missed, the false alarms
    shares = {float(row[column]) for row in rows for column in SHARES}
    shares |= {1 - float(row[column]) for row in rows for column in ("sensitivity", "ppv")}
    shares |= {float(row[column] / row["n"]) for row in rows for column in ("returned", "flagged")}
    others = {100 * row["flagged"] / row["n"] for row in rows} | {counted.threshold}
    others |= {row["flagged"] / row["found"] for row in rows if row["found"]}  # calls for each return that is found
    if "week" in sentence:
        others |= {7 * row["flagged"] / DAYS for row in rows}
    if "point" in sentence:
        apart = {abs(one[c] - two[c]) for one, two in combinations(rows, 2) for c in ("sensitivity", "ppv")}
        shares, others = shares | apart, others | {100 * gap for gap in apart}
    return counts, shares, others


def _fits(text: str, percent: bool, counts: set[int], shares: set[float], others: set[float]) -> bool:
    """Return whether a written number is one of these, rounded as it is written, or no result at all."""
    if any(is_share(text, percent, share) for share in shares):
        return True
    value, half = _written_as(text)
    if percent:
        return value == 95  # of an interval
    if any(abs(other - value) <= half for other in others if other > 1 or "." in text):
        return True
    return "." not in text and (value <= 10 or value in FREE or value in counts)


def _written_as(text: str) -> tuple[float, float]:
    """Return a number's value and half of its last digit."""
    return float(text.replace(",", "")), 0.5 * 10.0 ** -len(text.partition(".")[2]) + 1e-9


def _cut(sentence: str, part: str) -> str:
    """Return what stands around a part of a sentence, short enough to be quoted."""
    middle = max(0, sentence.find(part))
    first, last = max(0, middle - 45), middle + 45
    return f"{'…' if first else ''}{sentence[first:last].strip()}{'…' if last < len(sentence) else ''}"
