"""The sheet of a pilot: its counts fit together, all wards are too many, and the brief shows the first one."""

from itertools import pairwise

import pytest

from wardround.catalog import load_catalog
from wardround.hospital.pilot_sheet import DAYS, LAST_SHEET, WARDS, as_markdown, body, pilot_sheet


@pytest.mark.parametrize("number", range(1, 41))
def test_the_counts_fit_together(number):
    sheet = pilot_sheet(number)
    rows = sheet.rows
    assert rows["right_alerts"] + rows["false_alarms"] == rows["alerts"] == sum(sheet.ward_alerts.values())
    assert rows["right_alerts"] + rows["missed"] == rows["deteriorations"]
    assert rows["errors"] == rows["missed"] + rows["false_alarms"]
    assert 0 < rows["icu_transfers"] < rows["found_late"] < rows["deteriorations"]
    assert 0 < rows["late_reviews"] < rows["reviews"]
    assert all(count > 0 for count in rows.values())


@pytest.mark.parametrize("number", range(1, 41))
def test_all_wards_are_too_many_and_some_are_not(number):
    sheet = pilot_sheet(number)
    assert sheet.hours_a_day() > 1.2 * sheet.capacity_hours
    assert all(sheet.hours_a_day((one, other)) < sheet.capacity_hours for one, other in pairwise(WARDS))
    assert sheet.hours_a_day(("A",)) == pytest.approx(sheet.ward_alerts["A"] / DAYS * sheet.minutes_each / 60)


def test_a_number_is_one_sheet():
    assert pilot_sheet(2) == pilot_sheet(2) != pilot_sheet(3)


@pytest.mark.parametrize("number", [0, -1, LAST_SHEET + 1])
def test_there_is_no_such_sheet(number):
    with pytest.raises(ValueError, match="numbers 1 to 9999"):
        pilot_sheet(number)


def test_the_brief_shows_the_first_sheet():
    brief = load_catalog().get("clinician/3-clinical-ai-playbook").brief.read_text(encoding="utf-8")
    assert body(pilot_sheet()) in brief
    assert as_markdown(1).endswith(body(pilot_sheet()))
    assert "not for clinical use" in as_markdown(27)
