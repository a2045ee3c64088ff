"""The abstracts that a learner reads in the brief are those that the summaries are held against."""

import importlib.util

from wardround.catalog import load_catalog


def test_the_brief_shows_the_abstracts_word_for_word():
    exercise = load_catalog().get("data-scientist/3-two-case-studies")
    spec = importlib.util.spec_from_file_location("checks_of_two_case_studies", exercise.checks)
    checks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    shown = exercise.brief.read_text(encoding="utf-8").replace("\n> ", "\n")
    assert checks.TRIAL in shown
    assert checks.RECORDS in shown
