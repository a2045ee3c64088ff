"""A clinic with second patients in its slots, minute by minute: who waits how long when some do not come.

Half of the patients of a day travel far and often miss their visit; the others live near and seldom do. For learning,
not for clinical use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from wardround.hospital.stream import Bools, Floats, Ints

SLOTS, MINUTES, DAYS, DRAWS = 20, 15, 200, 30
FAR, NEAR, SPREAD = 0.40, 0.05, 0.10  # chances of not coming: from .40 to .50 for half of the patients, .05 to .15


def clinic_days(seed: int, days: int = DAYS) -> Iterator[tuple[Bools, Floats]]:
    """Yield days of a clinic: who travels far, and the chances. Each day comes twice, near and far exchanged.

    So a plan that does not look at the chances treats both alike, whichever slots it takes.
    """
    r = np.random.default_rng([seed, 11])
    for _ in range(days // 2):
        far, spread = r.permutation(SLOTS) < SLOTS // 2, SPREAD * r.random(SLOTS)
        yield far, np.where(far, FAR, NEAR) + spread
        yield ~far, np.where(far, NEAR, FAR) + spread


def simulate(chances: Floats, second: Bools, seed: int, draws: int = DRAWS) -> tuple[Bools, Floats, float]:
    """Let patients come or not: one is seen in each slot, in the order of coming; two of one slot draw lots.

    Args:
        chances: of not coming, shape (days, slots).
        second: whether a second patient is booked, same shape.
        seed: for the draws.
        draws: how often each day is drawn.

    Returns:
        Who came and the minutes each of them waits, both of shape (draws, days, slots), for those who had the slot; and
        the mean minutes by which a day ends late.
    """
    r = np.random.default_rng([seed, 12])
    shape = (draws, *chances.shape)
    came = r.random(shape) >= chances
    others = second & (r.random(shape) >= chances.mean())
    after_the_other = others & (r.random(shape) < 0.5)
    waiting: Ints = np.zeros(shape[:2], dtype=np.int64)
    wait = np.zeros(shape)
    for slot in range(chances.shape[1]):
        wait[:, :, slot] = MINUTES * (waiting + after_the_other[:, :, slot])
        waiting = np.maximum(waiting + came[:, :, slot] + others[:, :, slot] - 1, 0)
    return came, wait, float(MINUTES * waiting.mean())


PLANS = {
    "highest": "the slots of those with the highest chances of not coming",
    "lowest": "the slots of those with the lowest chances of not coming",
    "spread": "slots spread evenly over the day",
    "lot": "slots drawn by lot",
    "start": "the first slots of the day",
    "end": "the last slots of the day",
    "none": "no slots",
}
"""Ways to choose the slots that get a second patient: name -> in words."""


@dataclass(frozen=True)
class Waits:
    """What a way of double-booking does on the days of a clinic: minutes, on average."""

    plan: str
    far: float  # that patients wait who travel far
    near: float  # that those wait who live near
    everybody: float
    late: float  # by which the clinic ends late

    @property
    def ratio(self) -> float:
        """How many times as long those who travel far wait; 1 if nobody waits."""
        return self.far / self.near if self.near else 1.0


@lru_cache(maxsize=64)
def waits(seed: int, plan: str) -> Waits:
    """Return what a plan does. Second patients are half as many as the no-shows to expect, rounded down.

    Raises:
        KeyError: there is no such plan.
    """
    if plan not in PLANS:
        raise KeyError(f"there is no plan {plan!r}; the plans are {', '.join(PLANS)}")
    days = list(clinic_days(seed))
    far, chances = np.array([day[0] for day in days]), np.array([day[1] for day in days])
    second = np.zeros(chances.shape, dtype=np.bool_)
    r = np.random.default_rng([seed, 13])
    for day, row in enumerate(chances):
        second[day, _slots(plan, row, r)] = True
    came, wait, late = simulate(chances, second, seed, draws=15)
    there, here, everybody = (float(wait[came & who].mean()) for who in (far, ~far, far | ~far))
    return Waits(plan, there, here, everybody, late)


def _slots(plan: str, chances: Floats, r: np.random.Generator) -> Ints:
    """Return the slots with a second patient on one day."""
    count = 0 if plan == "none" else int(chances.sum() / 2 + 1e-9)
    if plan in {"highest", "lowest"}:
        order = np.argsort(-chances if plan == "highest" else chances, kind="stable")
        return np.asarray(order[:count])
    if plan == "lot":
        return np.asarray(r.permutation(chances.size)[:count])
    if plan == "spread":
        return np.asarray([int((n + 0.5) * chances.size / count) for n in range(count)], dtype=np.int64)
    first = chances.size - count if plan == "end" else 0
    return np.arange(first, first + count)
