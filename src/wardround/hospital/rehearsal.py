"""Invented patients with whom a workflow is rehearsed: most days nothing happens, and some nights several things do.

Each comes to a workflow at one minute of an ordinary week. What the AI will say, what is true, and what stands in the
record are settled here; what becomes of the patient is for the workflow. Synthetic. For learning, not for clinical use.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from wardround.hospital.stream import stream

DAY, WEEK = 24 * 60, 7 * 24 * 60
"""Minutes."""
Says = Literal["alarm", "quiet", "nothing"]
Story = Literal[
    "well", "false alarm", "alarm", "silent", "downtime", "wrong patient", "held up", "two at once", "hidden"
]


@dataclass(frozen=True)
class Patient:
    """One patient of a rehearsal."""

    number: int  # from 1, in the order in which they come
    story: Story
    comes: int  # minute of the week; 0 is Monday, 00:00
    says: Says  # what the AI says; nothing while it is down
    ill: bool  # whether somebody must act
    in_record: bool = True  # whether whoever opens the record can see it
    swapped: bool = False  # whether the record is another patient's: it shows an illness that this patient has not
    held_up: bool = False  # whether the person who is called first cannot come
    after: int | None = None  # the number of the patient whose alarm came in the same minute, just before


_HOURS = {  # first and last minute of the day; above 1440 it is the morning after
    "by day": (8 * 60, 17 * 60),
    "at night": (22 * 60, 29 * 60),
    "at a change of shifts": (6 * 60 + 30, 7 * 60 + 30),
    "in the evening": (18 * 60 + 30, 19 * 60 + 30),
}
_CAST: tuple[tuple[Story, str, tuple[int, ...]], ...] = (  # story, hours, days of the week (0 is Monday)
    ("well", "by day", (0, 1, 2, 3, 4)),
    ("false alarm", "by day", (0, 1, 2, 3, 4)),
    ("false alarm", "at night", (0, 1, 2, 3, 4, 5, 6)),
    ("alarm", "by day", (0, 1, 2, 3, 4)),
    ("alarm", "at night", (0, 1, 2, 3)),
    ("alarm", "by day", (5, 6)),
    ("alarm", "at night", (5, 6)),
    ("alarm", "at a change of shifts", (0, 1, 2, 3, 4, 5, 6)),
    ("alarm", "in the evening", (0, 1, 2, 3, 4, 5, 6)),
    ("silent", "by day", (0, 1, 2, 3, 4)),
    ("silent", "at night", (0, 1, 2, 3, 4)),
    ("silent", "at night", (5, 6)),
    ("downtime", "by day", (0, 1, 2, 3, 4)),
    ("downtime", "at night", (0, 1, 2, 3, 4)),
    ("downtime", "by day", (5, 6)),
    ("wrong patient", "by day", (0, 1, 2, 3, 4)),
    ("wrong patient", "at night", (0, 1, 2, 3, 4, 5, 6)),
    ("held up", "by day", (0, 1, 2, 3, 4)),
    ("held up", "at night", (0, 1, 2, 3, 4, 5, 6)),
    ("two at once", "at night", (0, 1, 2, 3, 4, 5, 6)),
)


def make_rehearsal(seed: int) -> tuple[Patient, ...]:
    """Make the patients of one week, in the order in which they come: the same stories at other times for every seed.

    There are 21: one of each row of the cast, and of "two at once" a second in the same minute.
    """
    r = stream(seed, "rehearsal")
    drawn = []
    for story, hours, days in _CAST:
        low, high = _HOURS[hours]
        comes = (int(r.choice(days)) * DAY + int(r.integers(low, high))) % WEEK
        drawn += [_patient(story, comes)] * (2 if story == "two at once" else 1)
    drawn.sort(key=lambda patient: patient.comes)
    numbered: list[Patient] = []
    for n, patient in enumerate(drawn, 1):
        after = n - 1 if numbered and patient.story == numbered[-1].story == "two at once" else None
        numbered.append(replace(patient, number=n, after=after))
    return tuple(numbered)


def make_hidden(seed: int) -> tuple[Patient, ...]:
    """Make four patients whose oxygen is low while the oximeter, the record and the AI all say that it is not.

    They come by day, at night and at the weekend.
    """
    r = stream(seed, "rehearsal/hidden")
    times = [
        (int(r.choice(days)) * DAY + int(r.integers(*_HOURS[hours]))) % WEEK
        for hours in ("by day", "at night")
        for days in (np.arange(5), np.arange(5, 7))
    ]
    return tuple(replace(_patient("hidden", comes), number=n) for n, comes in enumerate(sorted(times), 1))


def _patient(story: Story, comes: int) -> Patient:
    says: Says = "quiet" if story in ("well", "silent", "hidden") else "nothing" if story == "downtime" else "alarm"
    return Patient(
        number=0,
        story=story,
        comes=comes,
        says=says,
        ill=story not in ("well", "false alarm", "wrong patient"),
        in_record=story != "hidden",
        swapped=story == "wrong patient",
        held_up=story == "held up",
    )
