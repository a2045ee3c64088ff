"""What a person asks: understood in any reasonable spelling, else answered with the remedy."""

from datetime import date

import pytest

from wardround.planner import PlanError, read_wish


def refused(source, **changed) -> str:
    asked = {"pathway": "clinician", "domain": None, "start": "2027-01-04", "hours": "8", "skip": ()}
    with pytest.raises(PlanError) as caught:
        read_wish(source, **(asked | changed), today=date(2026, 11, 22))
    return str(caught.value)


def test_names_are_understood_in_any_spelling(wish, source):
    assert wish("Software Engineer", domain="IMAGING").domain.id == "imaging"
    for item in source.domains:
        assert wish(domain=item.name).domain == wish(domain=item.id).domain


def test_without_a_start_it_is_the_coming_monday(wish, source):
    assert wish(start=None).start == date(2026, 11, 23)
    monday = read_wish(
        source, pathway="clinician", domain=None, start=None, hours="7,5", skip=(), today=date(2026, 11, 23)
    )
    assert monday.start == date(2026, 11, 23)
    assert monday.hours == 7.5


@pytest.mark.parametrize(
    ("changed", "remedy"),
    [
        ({"pathway": "clincian"}, "Did you mean clinician?"),
        ({"pathway": "barber"}, "Choose one of software-engineer, "),
        ({"domain": "imging"}, "Did you mean imaging?"),
        ({"domain": "Operatons"}, "Did you mean hospital-operations?"),
        ({"start": "2027/1/4"}, "Did you mean 2027-01-04?"),
        ({"start": "4 January 2027"}, "Did you mean 2027-01-04?"),
        ({"start": "01/04/2027"}, "such as 2027-01-04."),
        ({"start": ""}, "such as 2027-01-04."),
        ({"start": "2027-02-30"}, "that month ends on 2027-02-28"),
        ({"start": "2027-13-01"}, "months are 01 to 12"),
        ({"start": "0000-01-01"}, "not in the calendar"),
        ({"start": "2026-11-21"}, "Write 2026-11-22 or a later day"),
        ({"start": "2072-01-04"}, "Is the year right?"),
        ({"hours": "0"}, "2 to 40"),
        ({"hours": "1.5"}, "at least 2"),
        ({"hours": "41"}, "at most 40"),
        ({"hours": "-3"}, "such as 8 or 7.5"),
        ({"hours": "nan"}, "such as 8 or 7.5"),
        ({"hours": "7.25"}, "whole or half hours"),
        ({"skip": ["2027-02-07..2027-02-01"]}, "2027-02-01..2027-02-07"),
        ({"skip": ["2027-02-01.."]}, 'The day off ""'),
        ({"skip": ["2026-02-01"]}, "Is the year right?"),
        ({"skip": ["2027-02-01..2029-02-01"]}, "Start after them instead"),
    ],
)
def test_a_fault_is_a_sentence_with_its_remedy(source, changed, remedy):
    said = refused(source, **changed)
    assert remedy in said
    assert "\n" not in said


def test_days_off_are_put_in_order_and_told_once(wish):
    made = wish("clinician", "2027-03-01", "2027-02-01..2027-02-07", "2027-03-01")
    assert made.skip == (
        (date(2027, 2, 1), date(2027, 2, 7)),
        (date(2027, 3, 1), date(2027, 3, 1)),
    )
