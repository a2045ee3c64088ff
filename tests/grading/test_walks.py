"""The walk: each of its rules, by a small workflow and one patient."""

import pytest
import yaml

from wardround.grading.forms import Form
from wardround.grading.walks import Duty, Limits, Plan, Rung, Step, clock, plain, roster, walk, walk_all
from wardround.hospital.rehearsal import DAY, WEEK, Patient

STEPS = """
- {id: score, who: ai, does: prepare, what: x, input: [record], next: {alarm: look, quiet: round}, on_failure: round, within_min: 5}
- {id: look, who: nurse, does: decide, what: x, input: [score, patient, identity], next: {help: treat, fine: score}, on_failure: escalate, within_min: 15}
- {id: round, who: nurse, does: decide, what: x, input: [record], next: {help: treat, fine: end}, on_failure: escalate, within_min: 240}
- {id: treat, who: doctor, does: act, what: x, input: [patient], next: end, on_failure: escalate, within_min: 20}
"""  # noqa: E501 - a step a line
DUTY = """
- {role: Nurse, people: 1, days: all}
- {role: doctor, people: 1, days: weekdays, from: "08:00", to: "18:00"}
- {role: on call, people: 1, days: all, from: "07:00", to: "07:00"}
"""
ESCALATION = """
- {role: on call, within_min: 10}
- {role: nurse, within_min: 5}
"""
LIMITS = Limits(60, 300)
MONDAY_NINE, SUNDAY_TWO = 9 * 60, 6 * DAY + 2 * 60


class Whole(Form):
    steps: list[Step]
    duty: list[Duty]
    escalation: list[Rung]


def plan(*changes, limits=LIMITS, duty=DUTY, escalation=ESCALATION):
    """The small workflow with pieces of its steps replaced."""
    text = STEPS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    form = Whole(steps=yaml.safe_load(text), duty=yaml.safe_load(duty), escalation=yaml.safe_load(escalation))
    return Plan(tuple(form.steps), tuple(form.duty), tuple(form.escalation), limits)


def patient(story="alarm", says="alarm", comes=MONDAY_NINE, ill=True, **more):
    return Patient(1, story, comes, says, ill, **more)


def places(way):
    return [moment.place for moment in way.moments]


def test_an_alarm_by_day_goes_from_the_ai_to_the_nurse_to_the_doctor_at_the_slowest_pace():
    way = walk(plan(), patient())
    assert (way.fault, places(way), way.seen_at) == ("", ["score", "look", "treat"], "look")
    assert way.ends == MONDAY_NINE + 5 + 15 + 20
    assert way.spans == (("nurse", 545, 560), ("doctor", 560, 580))


def test_who_is_not_on_duty_costs_the_limit_and_the_escalation_acts():
    way = walk(plan(), patient(comes=SUNDAY_TWO))
    assert (way.fault, places(way)) == ("", ["score", "look", "treat", "escalate 1"])
    assert way.moments[2].text == "the doctor is not on duty before Monday 08:00"
    assert way.ends == SUNDAY_TWO + 5 + 15 + 20 + 10


def test_one_minute_on_duty_within_the_limit_is_enough():
    way = walk(plan(), patient(comes=8 * 60 - 5 - 15 - 19))
    assert (way.fault, places(way)) == ("", ["score", "look", "treat"])
    way = walk(plan(), patient(comes=8 * 60 - 5 - 15 - 20))
    assert places(way)[-1] == "escalate 1"


@pytest.mark.parametrize(("limit", "safe"), [(50, True), (49, False)])
def test_the_limit_is_held_to_the_minute(limit, safe):
    way = walk(plan(limits=Limits(limit, 300)), patient(comes=SUNDAY_TWO))
    assert (not way.fault) == safe
    if not safe:
        assert way.fault == (
            "By 02:49 a person must have acted (49 minutes), but your way takes `score` 5 minutes, `look` 15 minutes, "
            "`treat` 20 minutes (the doctor is not on duty before Monday 08:00) and `escalate 1` 10 minutes. "
            "Look at `treat` (Step) first."
        )


def test_a_quiet_ai_leads_to_whoever_looks_at_the_record():
    way = walk(plan(), patient("silent", "quiet"))
    assert (way.fault, way.seen_at, way.ends) == ("", "round", MONDAY_NINE + 5 + 240 + 20)


def test_what_the_record_does_not_show_only_a_look_at_the_patient_finds():
    hidden = patient("hidden", "quiet", in_record=False)
    assert walk(plan(), hidden).fault == (
        "`round` (Step) looks at the record, which shows nothing here, takes `fine`, and nobody acts."
    )
    seen = walk(plan(("input: [record], next: {help", "input: [patient, record], next: {help")), hidden)
    assert (seen.fault, seen.seen_at) == ("", "round")


def test_a_quiet_ai_that_ends_the_way_leaves_the_patient_alone():
    way = walk(plan(("quiet: round", "quiet: end")), patient("silent", "quiet"))
    assert way.fault.startswith("`score` (Step) leads to `end` when the AI is quiet. Silence is no examination")
    assert way.moments[-1].place == "end"


def test_while_the_ai_is_down_its_failure_way_is_taken():
    way = walk(plan(), patient("downtime", "nothing"))
    assert (way.fault, places(way)) == ("", ["score", "round", "treat"])


def test_nobody_can_decide_by_an_answer_that_has_not_come():
    blind = plan(("on_failure: round", "on_failure: look"), ("[score, patient, identity]", "[score]"))
    way = walk(blind, patient("downtime", "nothing"))
    assert (way.fault, places(way)) == ("", ["score", "look", "escalate 1"])
    assert way.moments[1].text == "there is no answer of the AI to decide by"


def test_trying_again_goes_round_until_it_is_too_late():
    way = walk(plan(("on_failure: round", "on_failure: score")), patient("downtime", "nothing"))
    assert "your way takes `score` 5 minutes (the AI is down), and so round and round." in way.fault


def test_a_mix_up_is_noticed_by_whoever_asks_for_the_name():
    mixed = patient("wrong patient", ill=False, swapped=True)
    way = walk(plan(), mixed)
    assert (way.fault, way.seen_at) == ("", "look")
    way = walk(plan((", identity", "")), mixed)
    assert "nobody compares name and date of birth" in way.fault
    way = walk(plan(("[score, patient, identity]", "[score, record]")), mixed)
    assert way.fault.startswith("`treat` (Step) acts on the wrong patient")


def test_a_mix_up_that_nobody_looks_at_is_told_at_the_end():
    mixed = patient("wrong patient", ill=False, swapped=True)
    way = walk(plan(("[score, patient, identity]", "[score, patient]"), ("fine: score", "fine: end")), mixed)
    assert "the patient whose record this is waits unseen" in way.fault


def test_a_false_alarm_is_dropped_by_a_look_and_believed_without_one():
    false = patient("false alarm", ill=False)
    assert walk(plan(), false).fault == ""
    way = walk(plan(("[score, patient, identity]", "[score]")), false)
    assert "has only the AI's answer to decide by" in way.fault
    way = walk(plan(("does: prepare", "does: act"), ("{alarm: look, quiet: round}", "look")), false)
    assert "the AI acts by itself, on an alarm for nothing" in way.fault


def test_who_needs_nothing_is_safe_on_coming_round():
    assert (
        walk(plan(("help: treat, fine: end", "help: treat, fine: score")), patient("well", "quiet", ill=False)).fault
        == ""
    )


def test_an_ai_that_decides_or_acts_is_followed_too():
    deciding = plan(("does: prepare", "does: decide"), ("alarm: look, quiet: round", "help: look, fine: round"))
    assert walk(deciding, patient()).fault == ""
    acting = plan(("does: prepare", "does: act"), ("{alarm: look, quiet: round}", "end"))
    assert walk(acting, patient()).fault == "`score` (Step) leads to `end`, and no person has looked and acted."


def test_a_decision_that_nobody_acts_on_is_told():
    way = walk(plan(("help: treat, fine: score", "help: end, fine: score")), patient())
    assert way.fault == "`look` decides on help, but then `look` (Step) leads to `end`, and no person has acted."


def test_who_is_held_up_does_not_come_at_all():
    way = walk(plan(), patient("held up", held_up=True))
    assert (way.fault, places(way)) == ("", ["score", "look", "escalate 1"])
    assert way.moments[1].text == "the nurse is held up in another room"
    alone = plan(escalation="- {role: nurse, within_min: 5}")
    assert walk(alone, patient("held up", held_up=True)).fault == (
        "The escalation ends, and nobody has come: at its last level the nurse is held up in another room."
    )


def test_of_two_at_once_the_second_finds_the_first_ones_people_busy():
    first = patient("two at once")
    second = Patient(2, "two at once", MONDAY_NINE, "alarm", True, after=1)
    ways = walk_all(plan(), [first, second])
    assert [way.fault for way in ways] == ["", ""]
    assert places(ways[1]) == ["score", "look", "escalate 1"]
    assert ways[1].moments[1].text == "the nurse is with patient 1"
    both = plan(
        duty=DUTY.replace("Nurse, people: 1", "Nurse, people: 2").replace("doctor, people: 1", "doctor, people: 2")
    )
    assert places(walk_all(both, [first, second])[1]) == ["score", "look", "treat"]


def test_a_role_that_nobody_has_never_comes():
    way = walk(plan(("- {id: look, who: nurse", "- {id: look, who: the team")), patient())
    assert way.moments[1].text == "nobody is ever on duty as the team"


def test_without_an_escalation_the_way_ends_there():
    lonely = plan(escalation="[]")
    way = walk(lonely, patient("held up", held_up=True))
    assert way.fault == "The escalation ends, and nobody has come: at its last level nobody stands in it."


def test_the_roster_counts_people_minute_by_minute_over_midnight():
    rows = [
        {"role": "a b", "people": 2, "days": "weekends", "from": "22:00", "to": "06:00"},
        {"role": "A  B", "people": 1, "days": "all", "from": "00:00", "to": "24:00"},
    ]
    there = roster([Duty.model_validate(row) for row in rows])["a b"]
    assert len(there) == WEEK
    assert there[0] == there[6 * 60 - 1] == 3  # Monday 00:00 to 06:00 belongs to Sunday's night
    assert there[6 * 60] == there[5 * DAY + 22 * 60 - 1] == 1
    assert there[5 * DAY + 22 * 60] == 3


def test_names_and_times_are_read_and_told_plainly():
    assert plain("  Ward   Nurse ") == "ward nurse"
    assert clock(6 * DAY + 130) == "Sunday 02:10"
    assert clock(WEEK + 5, WEEK - 5) == "Monday 00:05"
    assert clock(70, 10) == "01:10"
