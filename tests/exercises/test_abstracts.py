"""The abstracts of the brief are those that the summaries are held against; findings claim no more than they show."""

import importlib.util

import pytest

from wardround.catalog import load_catalog


@pytest.fixture(scope="module")
def checks():
    exercise = load_catalog().get("data-scientist/3-two-case-studies")
    spec = importlib.util.spec_from_file_location("checks_of_two_case_studies", exercise.checks)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_brief_shows_the_abstracts_word_for_word(checks):
    shown = load_catalog().get("data-scientist/3-two-case-studies").brief.read_text(encoding="utf-8")
    assert checks.TRIAL in shown.replace("\n> ", "\n")
    assert checks.RECORDS in shown.replace("\n> ", "\n")


TRIAL_EFFECT, RECORDS_EFFECT = "-1.4 percentage points (95 % CI -5.5 to 2.7)", "hazard ratio 0.63 (0.52 to 0.77)"


@pytest.mark.parametrize(
    "finding",
    [
        "It is not settled whether calls prevent readmissions: the risk difference was {}.",
        "The risk differed by {}, so both a gain and a harm fit these data.",
        "There was no statistically significant difference in readmission ({}), which is not proof of no effect.",
        "Fewer patients who were called came back ({}), but the interval includes 0.",
        "Calls reduced readmissions by {}, which leaves open whether they help.",
        "The trial is inconclusive: {}.",
        "Emergency visits aside, readmission differed by {}, from 5.5 fewer to 2.7 more of 100.",
    ],
)
def test_a_finding_of_the_trial_that_leaves_it_open_passes(checks, finding):
    assert checks.too_much(finding.format(TRIAL_EFFECT), checks.ANSWERED["trial.yaml"]) == ""


@pytest.mark.parametrize(
    "finding",
    [
        "Calling and usual care performed equally well: {}.",
        "Nurse calls are beneficial for readmission, {}.",
        "Calls did better than usual care by {} and seem worth offering to everyone.",
        "The effect is not settled for readmission ({}), but calls do keep patients out of the emergency department.",
        "Readmission was rarer in the call arm, by {}, a trend in favor of calling that a larger trial would confirm.",
        "Being called was followed by fewer readmissions, although the interval ({}) just misses significance.",
        "There is a 95 % probability that the true effect is in it: {}.",
        "Emergency visits differed by {}, which leaves the question unsettled.",
        "The risk differed by -1.4 percent (-5.5 to 2.7), which leaves the question open.",
    ],
)
def test_a_finding_of_the_trial_that_settles_it_does_not(checks, finding):
    assert checks.too_much(finding.format(TRIAL_EFFECT), checks.ANSWERED["trial.yaml"])


@pytest.mark.parametrize(
    "finding",
    [
        "Having a kit went with fewer deaths, at an adjusted {}.",
        "Kit use was associated, after adjustment, with reduced mortality: {}.",
        "Kit recipients had a lower {}, but because of immortal time this cannot be read as a benefit of the kit.",
        "Kit holders died less often ({}), yet they had to live until the visit, which alone could cause such a gap.",
        "Patients without a kit died more often: {} with one.",
    ],
)
def test_a_finding_of_the_records_that_tells_an_association_passes(checks, finding):
    assert checks.too_much(finding.format(RECORDS_EFFECT), checks.ANSWERED["records.yaml"]) == ""


@pytest.mark.parametrize(
    "finding",
    [
        "The kit improved survival ({}) in these records.",
        "Kits are effective: {}.",
        "A {} is associated with fewer deaths because the kit catches decompensation early.",
        "Having a kit went along with longer survival, {}, so clinics that hand them out keep patients alive.",
        "The {} went with kit use, so every heart failure patient should get one.",
        "Mortality was lower with a kit ({}), a difference far too significant to be chance or bias.",
        "Kits were tied to lower mortality ({}), and the narrow interval rules out confounding.",
        "Kit holders died more often than others: {}.",
        "Associated with the kit was a drop of 0.63 percentage points (0.52 to 0.77) in deaths.",
    ],
)
def test_a_finding_of_the_records_that_makes_a_cause_does_not(checks, finding):
    assert checks.too_much(finding.format(RECORDS_EFFECT), checks.ANSWERED["records.yaml"])
