"""Sheets about one claim each: what the maker of an alert prints, and the ward on which somebody would use it.

A sheet's number is its seed, so a class can have as many as it has learners. All its rates are whole percentages, such
that of 1,000 patients everybody who is counted is a whole patient. What a reader is likely to mix up gives another
answer on every sheet: sensitivity and PPV, the maker's hospital and the own ward, beds and patients.

Makers, tools, wards and numbers are invented. For learning, not for clinical use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np

from wardround.hospital.stream import stream

LAST_SHEET = 9999
THOUSAND = 1000
APART = 0.012
"""The least distance between a PPV or NPV and what is easily taken for it."""
ALERTS_APART = 0.6
"""The least distance between alerts in a shift and what is easily counted in their place."""
Fault = Literal["too low", "too high"]


@dataclass(frozen=True)
class Topic:
    """What an alert is for, and where it could hang."""

    name: str  # an alert for …
    happens: str  # of 100 patients, 8 …
    ward: str
    rare: str  # a place where it happens less often
    common: str  # a place where it happens more often


TOPICS = (
    Topic("sepsis", "develop sepsis", "general surgery ward", "maternity ward", "burns unit"),
    Topic("delirium", "become delirious", "medical ward", "day surgery unit", "hip fracture unit"),
    Topic("kidney injury", "develop a kidney injury", "cardiology ward", "eye surgery ward", "heart surgery unit"),
    Topic("pressure injuries", "develop a pressure injury", "stroke ward", "short-stay ward", "spinal injury unit"),
    Topic("falls", "fall", "neurology ward", "short-stay ward", "memory care ward"),
    Topic("deterioration", "need intensive care", "respiratory ward", "orthopedic ward", "step-down unit"),
)


@dataclass(frozen=True)
class Setting:
    """One setting of an alert, in percent."""

    sensitivity: int
    specificity: int


@dataclass(frozen=True)
class Counts:
    """What becomes of a number of patients when an alert is used on them."""

    found: float  # ill, with an alarm
    missed: float  # ill, without
    false_alarms: float  # well, with an alarm
    in_peace: float  # well, without

    @property
    def alarms(self) -> float:
        """All alarms, right and false."""
        return self.found + self.false_alarms

    @property
    def ppv(self) -> float:
        """The share of the alarms that are right."""
        return self.found / self.alarms

    @property
    def npv(self) -> float:
        """The share of the patients without an alarm who are well."""
        return self.in_peace / (self.in_peace + self.missed)


def counts(prevalence: int, setting: Setting, patients: float = THOUSAND) -> Counts:
    """Count patients: `prevalence` and the setting's rates in percent (Gigerenzer's natural frequencies)."""
    ill, well = patients * prevalence / 100, patients * (100 - prevalence) / 100
    found, in_peace = ill * setting.sensitivity / 100, well * setting.specificity / 100
    return Counts(found, ill - found, well - in_peace, in_peace)


@dataclass(frozen=True)
class Group:
    """Patients to whom a score gave the same risk."""

    patients: int
    said: int  # percent
    ill: int  # how many of them were ill in the end


@dataclass(frozen=True)
class Score:
    """A score as it was tried: groups from the lowest risk to the highest."""

    name: str
    groups: tuple[Group, ...]

    @property
    def auc(self) -> float:
        """How often an ill patient was given the higher risk than a well one, a tie counted as half."""
        ill = np.array([group.ill for group in self.groups])
        well = np.array([group.patients - group.ill for group in self.groups])
        below = np.cumsum(well) - well
        return float((ill * (below + well / 2)).sum() / (ill.sum() * well.sum()))

    def wrong_side(self, line: int) -> tuple[Group, ...]:
        """Return the groups whose said risk and counted share lie on two sides of a line in percent."""
        return tuple(g for g in self.groups if (g.said >= line) != (100 * g.ill >= line * g.patients))


@dataclass(frozen=True)
class Pair:
    """Two scores that were tried on the same patients; at the line one of them can be used."""

    scores: tuple[Score, Score]
    sound: str  # the name of the score with all its groups on the right side
    fault: Fault  # what the other one says of the patients on its wrong side
    patients: int  # how many of them there are


@dataclass(frozen=True)
class Sheet:
    """One claim and one ward. Rates are whole percentages."""

    number: int
    topic: Topic
    usual: Setting
    strict: Setting  # a second setting with fewer alarms
    studied: int  # how many of 100 were ill where the maker tried it
    auc: float
    ward: int  # how many of 100 are ill on the own ward
    rare: int
    common: int
    beds: int
    patients: int  # on the own ward on an ordinary day: each is scored once a shift
    shifts: int  # a day
    line: int  # whoever has this risk or more is seen by a doctor
    same_auc: Pair
    higher_auc: Pair

    @property
    def claimed_ppv(self) -> float:
        """The PPV that the maker prints: that of the maker's own study."""
        return counts(self.studied, self.usual).ppv


@lru_cache(maxsize=64)
def make_sheet(number: int) -> Sheet:
    """Make the sheet of a number from 1 to LAST_SHEET.

    Raises:
        ValueError: there is no such sheet.
    """
    if not 1 <= number <= LAST_SHEET:
        raise ValueError(f"There is no sheet {number}. Sheets have the numbers 1 to {LAST_SHEET}.")
    r = stream(number, "claim_sheets")
    topic = TOPICS[int(r.integers(len(TOPICS)))]
    line = 5 * int(r.integers(3, 7))
    low_first, sound_first = (bool(r.integers(2)) for _ in range(2))
    pairs = (
        _same_order(r, line, "too low" if low_first else "too high"),
        _two_orders(r, line, "too high" if low_first else "too low", sound_first=sound_first),
    )
    while True:
        sheet = _draw(r, number, topic, line, pairs)
        if _tells_apart(sheet):
            return sheet


def _draw(r: np.random.Generator, number: int, topic: Topic, line: int, pairs: tuple[Pair, Pair]) -> Sheet:
    usual = Setting(5 * int(r.integers(16, 20)), 5 * int(r.integers(14, 19)))
    strict = Setting(usual.sensitivity - 5 * int(r.integers(3, 6)), usual.specificity + (5 if r.integers(2) else 10))
    patients = int(r.integers(20, 33))
    return Sheet(
        number=number,
        topic=topic,
        usual=usual,
        strict=strict,
        studied=10 * int(r.integers(3, 6)),
        auc=round(_auc(usual, strict) + int(r.integers(1, 4)) / 100, 2),
        ward=2 * int(r.integers(3, 9)),
        rare=2 * int(r.integers(1, 3)),
        common=2 * int(r.integers(10, 17)),
        beds=patients + int(r.integers(4, 11)),
        patients=patients,
        shifts=int(r.integers(2, 4)),
        line=line,
        same_auc=pairs[0],
        higher_auc=pairs[1],
    )


def _auc(usual: Setting, strict: Setting) -> float:
    """The area below straight lines through both settings: a curve that passes through them has no less."""
    points = [(0, 0), *((100 - s.specificity, s.sensitivity) for s in (strict, usual)), (100, 100)]
    return sum((right - left) * (low + high) / 2 for (left, low), (right, high) in pairwise(points)) / 10_000


def _tells_apart(sheet: Sheet) -> bool:
    """Whether each usual mix-up changes the answer by enough to be seen."""
    ppv_near, shifts_near = True, True
    if counts(sheet.ward, sheet.strict).ppv < counts(sheet.ward, sheet.usual).ppv + 0.04:
        return False  # nobody would sell such a setting
    for place, setting in (
        (sheet.ward, sheet.usual), (sheet.rare, sheet.usual), (sheet.common, sheet.usual), (sheet.ward, sheet.strict),
    ):  # fmt: skip
        at = counts(place, setting)
        sensitivity, specificity = setting.sensitivity / 100, setting.specificity / 100
        accuracy = (at.found + at.in_peace) / THOUSAND
        for_ppv = (sensitivity, specificity, 1 - at.ppv, at.npv, accuracy, at.found / THOUSAND, sheet.claimed_ppv)
        for_npv = (sensitivity, specificity, 1 - place / 100, 1 - at.npv, at.ppv, accuracy)
        ppv_near &= all(abs(at.ppv - other) >= APART for other in for_ppv)
        ppv_near &= all(abs(at.npv - other) >= APART for other in for_npv)
    for setting in (sheet.usual, sheet.strict):
        shift = counts(sheet.ward, setting, sheet.patients)
        ill = sheet.patients * sheet.ward / 100
        for_alarms = (shift.found, shift.false_alarms, ill, sheet.shifts * shift.alarms)
        for_false = (shift.found, shift.missed, shift.alarms, sheet.shifts * shift.false_alarms)
        shifts_near &= all(abs(shift.alarms - other) >= ALERTS_APART for other in for_alarms)
        shifts_near &= all(abs(shift.false_alarms - other) >= ALERTS_APART for other in for_false)
    in_beds = counts(sheet.ward, sheet.usual, sheet.beds).alarms
    return ppv_near and shifts_near and in_beds - counts(sheet.ward, sheet.usual, sheet.patients).alarms >= ALERTS_APART


SIZES = (160, 120, 90, 60, 40)
CALIBRATED = (0.15, 0.4, 0.7, 1.5, 2.4)
"""Shares of ill patients by group, as multiples of the line; none is near it."""
RANKS_BETTER = (0.05, 0.25, 0.65, 1.7, 2.9)
_ODDS = {"too low": (0.45, 0.28), "too high": (2.2, 4.0)}
"""By what a faulty score multiplies the odds: one group changes sides, or two."""


def _same_order(r: np.random.Generator, line: int, fault: Fault) -> Pair:
    """Two scores that put the same patients into the same order; one says each risk too low or too high."""
    for sizes in _sizes(r):
        ill = _ill(sizes, CALIBRATED, line)
        sound = Score("A", _groups(sizes, ill, _near(sizes, ill, r)))
        other = Score("B", _groups(sizes, ill, _shifted(sizes, ill, fault, r)))
        if r.integers(2):
            sound, other = Score("B", sound.groups), Score("A", other.groups)
        pair = _pair(sound, other, line, fault)
        if pair:
            return pair
    raise AssertionError("sizes never end")


def _two_orders(r: np.random.Generator, line: int, fault: Fault, *, sound_first: bool) -> Pair:
    """Two scores on the same patients: the one that ranks them better says each risk too low or too high."""
    names = ("C", "D") if sound_first else ("D", "C")
    for sizes in _sizes(r):
        ranked = next(_sizes(r))
        ill = _ill(sizes, CALIBRATED, line)
        other_ill = _summing_to(sum(ill), _ill(ranked, RANKS_BETTER, line))
        sound = Score(names[0], _groups(sizes, ill, _near(sizes, ill, r)))
        other = Score(names[1], _groups(ranked, other_ill, _shifted(ranked, other_ill, fault, r)))
        pair = _pair(sound, other, line, fault)
        if pair and other.auc >= sound.auc + 0.015:
            return pair
    raise AssertionError("sizes never end")


def _sizes(r: np.random.Generator) -> Iterator[tuple[int, ...]]:
    """Yield sizes of five groups that add up to the same number of patients."""
    while True:
        moved = [10 * int(n) for n in r.integers(-1, 2, 4)]
        yield tuple(size + step for size, step in zip(SIZES, [*moved, -sum(moved)], strict=True) if size + step >= 20)


def _ill(sizes: tuple[int, ...], shares: tuple[float, ...], line: int) -> tuple[int, ...]:
    return tuple(max(1, round(n * share * line / 100)) for n, share in zip(sizes, shares, strict=False))


def _summing_to(total: int, ill: tuple[int, ...]) -> tuple[int, ...]:
    """Return the counts with the difference to a total spread over the groups, one patient after the other."""
    gap = total - sum(ill)
    step = 1 if gap > 0 else -1
    return tuple(k + step * len(range(n, abs(gap), len(ill))) for n, k in enumerate(reversed(ill)))[::-1]


def _near(sizes: tuple[int, ...], ill: tuple[int, ...], r: np.random.Generator) -> list[int]:
    """Risks as a sound score says them: within a point of what came."""
    return [max(1, round(100 * k / n) + int(r.integers(-1, 2))) for n, k in zip(sizes, ill, strict=True)]


def _shifted(sizes: tuple[int, ...], ill: tuple[int, ...], fault: Fault, r: np.random.Generator) -> list[int]:
    factor = _ODDS[fault][int(r.integers(2))]
    return [max(1, round(100 * factor * k / (n - k + factor * k))) for n, k in zip(sizes, ill, strict=True)]


def _groups(sizes: tuple[int, ...], ill: tuple[int, ...], said: list[int]) -> tuple[Group, ...]:
    return tuple(Group(n, risk, k) for n, risk, k in zip(sizes, said, ill, strict=True))


def _pair(sound: Score, other: Score, line: int, fault: Fault) -> Pair | None:
    """Return the pair if it can be read in one way only: five groups each, and none of them near the line."""
    for score in (sound, other):
        said = [group.said for group in score.groups]
        shares = [100 * group.ill / group.patients for group in score.groups]
        if len(said) != len(SIZES) or sorted(set(said)) != said or sorted(set(shares)) != shares or said[-1] > 95:
            return None
        if min(group.ill for group in score.groups) < 1 or any(abs(value - line) < 2 for value in [*said, *shares]):
            return None
    wrong = other.wrong_side(line)
    if sound.wrong_side(line) or not wrong:
        return None
    scores = (sound, other) if sound.name < other.name else (other, sound)
    return Pair(scores, sound.name, fault, sum(group.patients for group in wrong))
