"""When a column comes to be: four decisions in a hospital, the hours around each, and what a tool has read by then.

The hours and the delays are invented, the columns are those of the public tables. For learning, not for clinical use.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """A piece of work in which somebody decides, and the moments around it."""

    name: str
    asks: str  # what a tool would forecast
    zero: str  # from when the hours count
    moments: Mapping[str, float]  # name -> hours from zero, in order
    too_late: str  # the moment from which no help comes in time
    feeds: Mapping[str, float]  # table -> hours until a tool can read what stands in it
    columns: Mapping[str, str]  # table.column -> the moment with which it comes to be
    answers: tuple[str, ...]  # the columns that say in the end what was asked
    words: Mapping[str, str]  # moment -> what happens then

    def hours(self, moment: str) -> float:
        """Return when a moment is, in hours from zero."""
        return self.moments[moment]


def _columns(table: str, **moments: str) -> dict[str, str]:
    return {f"{table}.{column}": moment for moment, columns in moments.items() for column in columns.split()}


_PATIENT = _columns("patients", registered="patient_id age sex group deprivation payer lives_alone")

WORKS = {
    "calls": Work(
        name="calls",
        asks="Which patients will miss their clinic slot?",
        zero="the slot",
        moments={"registered": -8760, "booking": -72, "reminder": -36, "list": -18, "slot": 0, "evening": 9},
        too_late="slot",
        feeds={"patients": 24, "appointments": 24},
        columns=_PATIENT
        | _columns(
            "appointments",
            booking="appointment_id patient_id booked_time slot_time lead_days travel_minutes past_year_appointments "
            "past_year_no_shows",
            reminder="reminder",
            slot="status checkin_minutes_late",
        ),
        answers=("appointments.status",),
        words={
            "registered": "the patient's details are typed",
            "booking": "the slot is booked",
            "reminder": "the text message goes out",
            "list": "the list of the next day is made",
            "slot": "the visit is due",
            "evening": "the clinic closes the day",
        },
    ),
    "appeals": Work(
        name="appeals",
        asks="Which refused claims would be won on appeal?",
        zero="the refusal",
        moments={
            "registered": -8760,
            "stay_ends": -900,
            "filing": -700,
            "refusal": 0,
            "sorting": 36,
            "appeal": 240,
            "payer_decides": 1400,
        },
        too_late="appeal",
        feeds={"patients": 24, "claims": 24},
        columns=_PATIENT
        | _columns(
            "claims",
            stay_ends="encounter_id patient_id facility class planned admit_time discharge_time disposition payer",
            filing="claim_id billed allowed authorized documented filed_date",
            refusal="denied_date denial_reason",
            appeal="appealed_date",
            payer_decides="paid decided_date status",
        ),
        answers=("claims.status", "claims.paid"),
        words={
            "registered": "the patient's details are typed",
            "stay_ends": "the patient leaves the hospital",
            "filing": "the claim is sent to the payer",
            "refusal": "the payer says no",
            "sorting": "refused claims are put into an order",
            "appeal": "the appeal must be out",
            "payer_decides": "the payer answers the appeal",
        },
    ),
    "beds": Work(
        name="beds",
        asks="Which patients in the emergency department will need a bed on a ward?",
        zero="the door",
        moments={"door": 0, "triaged": 0.25, "board": 0.5, "doctor": 1.5, "bed_asked": 3, "leaves": 7},
        too_late="bed_asked",
        feeds={"er_arrivals": 0.2},
        columns=_columns(
            "er_arrivals",
            door="arrival_id arrival_time arrival_mode",
            triaged="triage",
            doctor="seen_time",
            bed_asked="bed_request_time",
            leaves="departure_time disposition",
        ),
        answers=("er_arrivals.bed_request_time", "er_arrivals.disposition"),
        words={
            "door": "the patient arrives",
            "triaged": "a nurse has judged the urgency",
            "board": "the bed manager looks at the board of all who are there",
            "doctor": "a doctor sees the patient",
            "bed_asked": "a bed is asked for",
            "leaves": "the patient leaves the department",
        },
    ),
    "places": Work(
        name="places",
        asks="Which patients on the ward will need a place in a nursing home?",
        zero="the admission",
        moments={"registered": -8760, "admission": 0, "first_day": 24, "second_round": 32, "leaves": 110},
        too_late="leaves",
        feeds={"patients": 24, "admissions": 2, "labs": 1},
        columns=_PATIENT
        | _columns(
            "admissions",
            admission="encounter_id patient_id class facility ward admit_source planned admit_time "
            "prior_year_admissions",
            leaves="discharge_time disposition",
        )
        | _columns("labs", first_day="encounter_id patient_id time lab value unit"),
        answers=("admissions.disposition",),
        words={
            "registered": "the patient's details are typed",
            "admission": "the patient comes to the ward",
            "first_day": "the first results are there",
            "second_round": "the ward round of the second day",
            "leaves": "the patient leaves the ward",
        },
    ),
}
"""The four, by name."""
