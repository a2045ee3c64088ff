"""Claim sheets: whole patients, one answer to each question, and mix-ups that never give the right one."""

from itertools import pairwise

import pytest

from wardround.catalog import load_catalog
from wardround.hospital.claim_sheets import (
    ALERTS_APART,
    APART,
    LAST_SHEET,
    Counts,
    Group,
    Score,
    Setting,
    counts,
    make_sheet,
)
from wardround.hospital.sheet_page import as_markdown

NUMBERS = [*range(1, 201), LAST_SHEET]
SHEETS = [make_sheet(number) for number in NUMBERS]


def places(sheet):
    """The four scenarios of a sheet that ask for PPV and NPV."""
    usual = [(place, sheet.usual) for place in (sheet.ward, sheet.rare, sheet.common)]
    return [*usual, (sheet.ward, sheet.strict)]


def test_counts_are_those_of_the_worked_example():
    at = counts(10, Setting(90, 80))
    assert at == Counts(found=90, missed=10, false_alarms=180, in_peace=720)
    assert (at.alarms, round(at.ppv, 3), round(at.npv, 3)) == (270, 0.333, 0.986)


def test_the_same_number_gives_the_same_sheet_and_another_gives_another():
    assert make_sheet.__wrapped__(27) == make_sheet(27)
    assert len({(s.usual, s.strict, s.ward, s.rare, s.common, s.patients, s.line) for s in SHEETS}) > 195


@pytest.mark.parametrize("number", [0, -3, LAST_SHEET + 1])
def test_a_number_without_a_sheet_is_told(number):
    with pytest.raises(ValueError, match=f"There is no sheet {number}. Sheets have the numbers 1 to 9999"):
        make_sheet(number)


def test_of_a_thousand_patients_all_counts_are_whole():
    for sheet in SHEETS:
        for prevalence, setting in [*places(sheet), (sheet.studied, sheet.usual)]:
            at = counts(prevalence, setting)
            for value in (at.found, at.missed, at.false_alarms, at.in_peace):
                assert value == pytest.approx(round(value), abs=1e-9), sheet.number


def test_what_is_easily_taken_for_an_answer_is_never_the_answer():
    for sheet in SHEETS:
        for prevalence, setting in places(sheet):
            at = counts(prevalence, setting)
            mixed_up = (setting.sensitivity / 100, setting.specificity / 100)
            assert all(abs(at.ppv - other) >= APART for other in (*mixed_up, at.npv, 1 - at.ppv, sheet.claimed_ppv))
            assert all(abs(at.npv - other) >= APART for other in (*mixed_up, at.ppv, 1 - prevalence / 100))
        for setting in (sheet.usual, sheet.strict):
            shift = counts(sheet.ward, setting, sheet.patients)
            assert shift.found >= ALERTS_APART
            assert shift.false_alarms >= ALERTS_APART
        assert counts(sheet.ward, sheet.strict).ppv > counts(sheet.ward, sheet.usual).ppv
        assert sheet.rare < sheet.ward < sheet.common
        assert sheet.patients < sheet.beds


def test_of_two_scores_one_keeps_the_line_and_the_other_errs_in_one_way():
    for sheet in SHEETS:
        for pair in (sheet.same_auc, sheet.higher_auc):
            sound, faulty = sorted(pair.scores, key=lambda score: score.name != pair.sound)
            assert not sound.wrong_side(sheet.line)
            wrong = faulty.wrong_side(sheet.line)
            assert {("too low" if g.said < sheet.line else "too high") for g in wrong} == {pair.fault}
            assert pair.patients == sum(group.patients for group in wrong) > 0
            for score in pair.scores:  # each row has a higher risk and a higher share than the one above it
                assert all(a.said < b.said for a, b in pairwise(score.groups))
                assert all(a.ill / a.patients < b.ill / b.patients for a, b in pairwise(score.groups))
            for figure in ("patients", "ill"):
                assert len({sum(getattr(g, figure) for g in score.groups) for score in pair.scores}) == 1
        one, two = sheet.same_auc.scores
        assert one.auc == two.auc
        sound, faulty = sorted(sheet.higher_auc.scores, key=lambda score: score.name != sheet.higher_auc.sound)
        assert faulty.auc > sound.auc + 0.01
        assert {sheet.same_auc.fault, sheet.higher_auc.fault} == {"too low", "too high"}


def test_auc_is_how_often_the_ill_one_has_the_higher_risk():
    score = Score("A", (Group(4, 10, 1), Group(3, 40, 2)))
    pairs = [(a, b) for a in (10, 40, 40) for b in (10, 10, 10, 40)]  # ill against well
    assert score.auc == pytest.approx(sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs))


def test_a_page_tells_all_that_an_answer_needs():
    for sheet in SHEETS[:40]:
        page = as_markdown(sheet)
        assert page.startswith(f"# Sheet {sheet.number}: an alert for {sheet.topic.name}\n")
        assert "not for clinical use" in page
        for figure in (sheet.usual.sensitivity, sheet.usual.specificity, sheet.strict.sensitivity, sheet.line):
            assert f"{figure} %" in page
        assert f"has {sheet.beds} beds" in page
        assert page.count("\n| ") == 5 + 6 + 2 * 6  # the rows of four tables, with their heads
        for row in page.splitlines():
            assert row.startswith(("|", "#")) or len(row) <= 110


def test_the_brief_shows_sheet_1_whole():
    brief = load_catalog().get("clinician/1-read-an-ai-claim").brief.read_text(encoding="utf-8")
    assert as_markdown(make_sheet(1), level=3) in brief
