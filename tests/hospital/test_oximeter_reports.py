"""Reports about the oximeter: the counts of one hospital each, and a group that is served worse in nearly all."""

import pytest

from wardround.catalog import load_catalog
from wardround.hospital import build
from wardround.hospital.oximeter_reports import PATIENTS, as_markdown, oximeter_report


def test_a_report_counts_what_the_hospital_knows():
    truth = build(4, PATIENTS).truth("oximeter").set_index("group")
    report = oximeter_report(4)
    assert list(report) == ["A", "B", "C"]
    for name, group in report.items():
        assert group.name == name
        assert group.low == truth.loc[name, "hypoxemic"]
        assert group.share == pytest.approx(truth.loc[name, "missed"])
        assert group.mean_error == pytest.approx(truth.loc[name, "mean_error"])


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_group_b_is_misread_most_though_not_always_most_often_missed_in_counts(number):
    report = oximeter_report(number)
    assert max(report.values(), key=lambda group: group.mean_error).name == "B"
    assert report["B"].share > report["A"].share + 0.05
    assert all(group.low >= 20 for group in report.values())


def test_a_group_without_low_readings_has_no_missed_share():
    assert oximeter_report(1)["A"].__class__("D", 0, 0, 0.2).share == 0


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_there_is_no_such_report(number):
    with pytest.raises(ValueError, match="have the numbers 1 to 9999"):
        oximeter_report(number)


def test_the_brief_prints_report_1_as_the_page_does():
    page = as_markdown(1)
    assert page.startswith("# Report 1 about the oximeters\n")
    assert "for learning, not for clinical use" in page
    brief = load_catalog().get("clinician/2-assisted-workflow").brief.read_text(encoding="utf-8")
    assert page[page.index("Readings in one") :] in brief
