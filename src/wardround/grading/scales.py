"""Numbers as a person reads them: round ones on an axis, and as many decimals as a column needs."""

import math
from collections.abc import Iterable, Sequence

ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)  # a step of an axis is one of these, times a power of ten


def ticks(low: float, high: float, counts: Iterable[int]) -> tuple[float, ...]:
    """Return round numbers in equal steps whose ends hold `low` and `high`, on as short a scale as one can have.

    Args:
        low: The lowest value to show.
        high: The highest value to show; not below `low`.
        counts: How many steps there may be.
    """
    if high == low:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    scales = []
    for count in counts:
        power = 10.0 ** math.floor(math.log10((high - low) / count))
        step = next(
            nice * power * more
            for more in (1.0, 10.0)
            for nice in ROUND
            if (math.floor(low / (nice * power * more) + 1e-9) + count) * nice * power * more >= high * (1 - 1e-12)
        )
        start = math.floor(low / step + 1e-9)
        scales.append(tuple((start + n) * step for n in range(count + 1)))
    return min(scales, key=lambda scale: scale[-1] - scale[0])


def within(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most about `most` round numbers from `low` to `high`, none outside."""
    if high == low:
        return (low,)
    scale = ticks(low, high, (most,))
    slack = (high - low) * 1e-9
    return tuple(tick for tick in scale if low - slack <= tick <= high + slack) or (low, high)


def said(values: Sequence[float | None]) -> list[str]:
    """Return numbers as text, all with the same decimals, no more than tell them apart; "" for a gap."""
    numbers = [value for value in values if value is not None]
    largest = max((abs(n) for n in numbers), default=0.0)
    if largest >= 1e15 or 0 < largest < 1e-6:
        return ["" if value is None else f"{value:.3g}" for value in values]
    decimals = max(0, min(8, 2 - math.floor(math.log10(largest)))) if largest else 0
    decimals = min(decimals, 2) if largest >= 1 else decimals
    while decimals and all(round(n, decimals) == round(n, decimals - 1) for n in numbers):
        decimals -= 1
    return ["" if value is None else _plain(f"{value:,.{decimals}f}") for value in values]


def _plain(text: str) -> str:
    """Return a number's text without the sign of a zero that was rounded."""
    return text.removeprefix("-") if not text.strip("-0.,") else text
