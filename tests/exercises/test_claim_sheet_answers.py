"""The clinicians' first exercise on other sheets: right answers pass on each, and those of another sheet on none."""

from fractions import Fraction

import pytest

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog
from wardround.hospital.claim_sheets import make_sheet

ENTRY = load_catalog().get("clinician/1-read-an-ai-claim")
SHEETS = (1, 2, 3, 5, 8, 27, 144, 610, 4181, 9999)
LITERACY = (
    "test_predictive_values_fit_the_place",
    "test_alerts_count_the_false_ones",
    "test_the_score_that_keeps_the_line",
)


def answers(number):
    """Return the right answers to a sheet, with fractions, two decimals and one: other arithmetic than the checks'."""
    sheet = make_sheet(number)
    found = {"sheet": number}
    for name, place, setting in (
        ("ward", sheet.ward, sheet.usual),
        ("rare", sheet.rare, sheet.usual),
        ("common", sheet.common, sheet.usual),
        ("strict", sheet.ward, sheet.strict),
    ):
        ill = Fraction(place, 100)
        right, silent = ill * setting.sensitivity / 100, (1 - ill) * setting.specificity / 100
        found[f"{name}_ppv"] = round(float(right / (right + 1 - ill - silent)), 2)
        found[f"{name}_npv"] = round(float(silent / (silent + ill - right)), 2)
    for begin, setting in (("", sheet.usual), ("strict_", sheet.strict)):
        ill = Fraction(sheet.patients * sheet.ward, 100)
        false = (sheet.patients - ill) * (100 - setting.specificity) / 100
        found[f"{begin}alerts"] = round(float(ill * setting.sensitivity / 100 + false), 1)
        found[f"{begin}false_alerts"] = round(float(false), 1)
    for name, pair in (("same_auc", sheet.same_auc), ("higher_auc", sheet.higher_auc)):
        for score in pair.scores:
            line = sheet.line
            rows = [g for g in score.groups if (g.said < line) != (Fraction(100 * g.ill, g.patients) < line)]
            if rows:
                found[f"{name}_other"] = "too low" if rows[0].said < line else "too high"
                found[f"{name}_patients"] = sum(group.patients for group in rows)
            else:
                found[f"{name}_keeps"] = score.name
    return found


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """Grade the right answers to each sheet, and those to sheet 1 handed in for another."""
    given = {f"own {number}": answers(number) for number in SHEETS}
    given |= {f"sheet 1 as {number}": answers(1) | {"sheet": number} for number in SHEETS[1:]}
    folders = {}
    for name, values in given.items():
        folders[name] = tmp_path_factory.mktemp("answer")
        text = "".join(f"{key}: {value}\n" for key, value in values.items())
        (folders[name] / "literacy.yaml").write_text(text, encoding="utf-8")
    graded = grade_answers(
        ENTRY.checks, folders, dict.fromkeys(folders, (1,)), {(name, 1): LITERACY for name in folders}
    )
    return {name: {check["id"]: check for check in card["checks"]} for (name, _), card in graded.items()}


@pytest.mark.parametrize("number", SHEETS)
def test_right_answers_pass_on_each_sheet(scores, number):
    checks = scores[f"own {number}"]
    assert [checks[name]["outcome"] for name in LITERACY] == ["done"] * 3, checks


@pytest.mark.parametrize("number", SHEETS[1:])
def test_the_published_answers_fail_for_another_sheet(scores, number):
    checks = scores[f"sheet 1 as {number}"]
    assert [checks[name]["outcome"] for name in LITERACY] == ["not yet"] * 3
    assert (
        f"the form is for sheet {number}, but ward_ppv and ward_npv are those of sheet 1"
        in (checks[LITERACY[0]]["message"])
    )
