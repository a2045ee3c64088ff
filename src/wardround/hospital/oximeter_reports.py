"""Reports about the pulse oximeters of one virtual hospital each: whom they serve worse, in counts.

A report's number is the seed of its hospital, so a class can have as many as it has learners. Synthetic, and worse than
any published figures. For learning, not for clinical use.
"""

from dataclasses import dataclass
from functools import lru_cache

from wardround.hospital.hospital import build

LAST_REPORT = 9999
PATIENTS = 20_000
HEAD = "| Group | Low | Missed | All readings are too high by |\n|---|---|---|---|\n"


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
        raise ValueError(f"There is no report {number}. Reports have the numbers 1 to {LAST_REPORT}.")
    rows = build(number, PATIENTS).truth("oximeter").itertuples(index=False)
    return {
        row.group: Group(str(row.group), int(row.hypoxemic), round(row.missed * row.hypoxemic), float(row.mean_error))
        for row in rows
    }


def as_markdown(number: int) -> str:
    """Return a report as a page to read.

    Raises:
        ValueError: there is no such report.
    """
    rows = "".join(
        f"| {group.name} | {group.low} | {group.missed} | {group.mean_error:.1f} points |\n"
        for group in oximeter_report(number).values()
    )
    return (
        f"# Report {number} about the oximeters\n\n"
        "Hospital and patients are invented, and the gap is wider than any published one: for learning, not for "
        "clinical use.\n\n"
        "Readings in one virtual hospital. *Low*: taken while the blood gas was below 90 %. *Missed*: low, but the "
        "display showed 92 % or more.\n\n"
        f"{HEAD}{rows}"
    )
