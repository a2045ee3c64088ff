"""Reports about the pulse oximeters of one virtual hospital each: whom they serve worse, in counts.

A report's number is the seed of its hospital, so a class can have as many as it has learners. Synthetic, and worse than
any published figures. For learning, not for clinical use.
"""

from dataclasses import dataclass
from functools import lru_cache

from wardround.hospital.hospital import build

LAST_REPORT = 9999
PATIENTS = 20_000


@dataclass(frozen=True)
class Group:
    """What the oximeters showed in one group of patients."""

    name: str  # A, B or C
    low: int  # readings that were taken at a true saturation below 90 %
    missed: int  # those of them that showed 92 % or more
    mean_error: float  # points that all readings are too high, on average

    @property
    def share(self) -> float:
        """The share of the low ones that was missed; 0 where there is none."""
        return self.missed / self.low if self.low else 0.0


@lru_cache(maxsize=64)
def oximeter_report(number: int) -> dict[str, Group]:
    """Return the groups of a report by their names; the same number always gives the same report.

    Raises:
        ValueError: the number is not from 1 to 9999.
    """
    if not 1 <= number <= LAST_REPORT:
        raise ValueError(f"there is no report {number}: the numbers go from 1 to {LAST_REPORT}")
    rows = build(number, PATIENTS).truth("oximeter").itertuples(index=False)
    return {
        row.group: Group(str(row.group), int(row.hypoxemic), round(row.missed * row.hypoxemic), float(row.mean_error))
        for row in rows
    }
