"""The sheet on which a hospital decides about a pilot: eight weeks in which a deterioration alert ran unseen.

The alert was computed on six wards and shown to nobody, so the sheet tells two things at once: what happens today, and
what the alert would have said. Its rows bear the names of the weekly counts of a rollout (`monitoring.make_rollout`)
where both have them. Synthetic. For learning, not for clinical use.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from wardround.hospital.monitoring import LATE_BEFORE, MISSED_BEFORE
from wardround.hospital.stream import stream

WARDS = ("A", "B", "C", "D", "E", "F")
DAYS = 56
TIMED = 40  # alerts that nurses answered with a watch in hand
LAST_SHEET = 9999
ROWS = {  # what each row is, and when it is known if not week by week
    "days": ("days", ""),
    "patient_days": ("patients in a bed, added up over the days", ""),
    "deteriorations": ("patients who became seriously ill on the ward", ""),
    "found_late": ("of these, nobody had called a doctor in the hour before", "after chart review"),
    "icu_transfers": ("of these, went to intensive care unplanned", "after chart review"),
    "alerts": ("all alerts", ""),
    "right_alerts": ("alerts before a deterioration", ""),
    "false_alarms": ("alerts without one", ""),
    "missed": ("deteriorations without an alert", ""),
    "errors": ("missed and false alarms together; accuracy is what is left", ""),
    "reviews": ("visits to other patients that were due", ""),
    "late_reviews": ("of these, came over an hour late", ""),
    "chart_minutes": ("minutes spent on adding up scores on paper", "after a count"),
    "timed_alerts": ("alerts that nurses answered with a watch in hand", "once"),
    "timed_minutes": ("minutes for all of these together", "once"),
}
_FOUND_LATE = 0.44  # share of deteriorations for which nobody had called
_FALSE_A_DAY = 0.10  # false alarms per patient-day, as in a sound rollout


@dataclass(frozen=True)
class Sheet:
    """Counts of eight weeks.

    `rows` holds the counts by name; `ward_alerts` the alerts by ward; `capacity_hours` the hours a day (one decimal)
    that the outreach nurses have for alerts. The whole hospital's alerts take more than that.
    """

    rows: dict[str, int]
    ward_alerts: dict[str, int]
    capacity_hours: float

    @property
    def minutes_each(self) -> float:
        """Minutes that one alert takes, as timed."""
        return self.rows["timed_minutes"] / self.rows["timed_alerts"]

    def hours_a_day(self, wards: tuple[str, ...] = WARDS) -> float:
        """Hours a day that the alerts of some wards take."""
        return sum(self.ward_alerts[ward] for ward in wards) / DAYS * self.minutes_each / 60


@lru_cache(maxsize=64)
def pilot_sheet(number: int = 1) -> Sheet:
    """Return the sheet of one hospital; the same number always gives the same sheet.

    Raises:
        ValueError: the number is not from 1 to 9999.
    """
    if not 1 <= number <= LAST_SHEET:
        raise ValueError(f"There is no pilot sheet {number}. Pilot sheets have the numbers 1 to {LAST_SHEET}.")
    r = stream(number, "pilot sheet")
    patient_days = int(r.poisson(900 * DAYS / 7))
    deteriorations = int(r.poisson(0.05 * patient_days))
    missed = int(r.binomial(deteriorations, MISSED_BEFORE))
    false_alarms = int(r.binomial(patient_days, _FALSE_A_DAY))
    alerts = deteriorations - missed + false_alarms
    reviews = int(r.poisson(420 * DAYS / 7))
    rows = {
        "days": DAYS,
        "patient_days": patient_days,
        "deteriorations": deteriorations,
        "found_late": int(r.binomial(deteriorations, _FOUND_LATE)),
        "icu_transfers": int(r.binomial(deteriorations, 0.2)),
        "alerts": alerts,
        "right_alerts": alerts - false_alarms,
        "false_alarms": false_alarms,
        "missed": missed,
        "errors": missed + false_alarms,
        "reviews": reviews,
        "late_reviews": int(r.binomial(reviews, LATE_BEFORE)),
        "chart_minutes": int(r.poisson(1.3 * patient_days)),
        "timed_alerts": TIMED,
        "timed_minutes": int(np.rint(TIMED * r.normal(6.2, 0.2))),
    }
    by_ward = r.multinomial(alerts, r.dirichlet(np.full(len(WARDS), 12.0)))
    sheet = Sheet(rows, dict(zip(WARDS, by_ward.tolist(), strict=True)), 0.0)
    return Sheet(rows, sheet.ward_alerts, round(float(r.uniform(0.58, 0.72)) * sheet.hours_a_day(), 1))


def as_markdown(number: int) -> str:
    """Return a sheet as a page to read.

    Raises:
        ValueError: there is no such sheet.
    """
    return (
        f"# Pilot sheet {number}\n\n"
        "Hospital and patients are invented: for learning, not for clinical use.\n\n"
        f"{body(pilot_sheet(number))}"
    )


def body(sheet: Sheet) -> str:
    """Return the tables of a sheet, and the hours, as they stand on its page and in the brief."""
    lines = [
        "Six wards, eight weeks. The alert was computed and shown to nobody, so the sheet tells what happens today "
        "*and* what the alert would have said.",
        "Each row is known week by week, but for those that say when.",
        "",
        "| Row | Count | What it is |",
        "|---|---|---|",
    ]
    for name, count in sheet.rows.items():
        what, known = ROWS[name]
        lines.append(f"| `{name}` | {count:,} | {what}{f'; *{known}*' if known else ''} |")
    return "\n".join(
        [
            *lines,
            "",
            f"| Ward | Alerts in {DAYS} days |",
            "|---|---|",
            *(f"| {ward} | {alerts} |" for ward, alerts in sheet.ward_alerts.items()),
            "",
            f"The outreach nurses, one of whom is there at every hour, have {sheet.capacity_hours:g} hours a day for "
            "alerts, and nobody else has any.\n",
        ]
    )
