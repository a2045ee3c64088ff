"""The clinicians' playbook on other sheets and in other words: what is sound passes, too much does not."""

import re
import shutil

import yaml

from wardround.authoring.proof import grade_answers
from wardround.catalog import load_catalog
from wardround.hospital.pilot_sheet import DAYS, WARDS, pilot_sheet

ENTRY = load_catalog().get("clinician/3-clinical-ai-playbook")
SOLUTION = ENTRY.folder / "solution"
PROMISES = "test_no_promise_that_nobody_can_keep"
SOUND = (
    "No tool finds 100 % of them, and this one will not eliminate bad nights.",
    "We answer 100 % of the alerts within the hour.",
    "Does it find all patients?",
    "Nobody guarantees that.",
    "No patient is called before a nurse has looked.",
    "The nurse identifies every patient by the wristband.",
    "It rang for 83 % of the patients (95 % interval 79 to 86 %).",
    "That was 13 percentage points less, at 06:00 on 3 March 2026, in ten wards during COVID-19.",
    "The outreach nurse on bleep 4471 hands over at 19.30, and the chair is on extension 2210.",
    "The count took 9\u202f429 minutes.",
    "Found late were 43 % of all deteriorations, and 29 % of the alerts were right.",
    "57 % of the deteriorations were not found late, and 5.9 % of other reviews came late.",
    "When it is silent, nobody may conclude that the patient is well.",
    "A silent alert does not mean that the patient is safe.",
    "The outreach nurse stays until the patient is safe, and it always rings on her telephone.",
    "We do not say that it saves lives.",
)
TOO_MUCH = (
    "The alert eliminates late calls.",
    "It detects 100 % of cases.",
    "We guarantee better care.",
    "It finds all deteriorating patients.",
    "Unlike us it never misses a value.",
    "No patient will be missed again.",
    "The result is always right.",
    "No patient will be found late again.",
    "Nobody will die unnoticed.",
    "The alert always rings before a patient deteriorates.",
    "In eight weeks it has saved lives.",
    "While it is silent, the patient is safe.",
    "When the alert is silent, a patient needs no observations.",
)


def graded(answers):
    """Return for each name the checks that are not done, with their messages."""
    scores = grade_answers(ENTRY.checks, answers, dict.fromkeys(answers, (1,)))
    return {
        name: {check["id"]: check["message"] for check in card["checks"] if check["outcome"] != "done"}
        for (name, _), card in scores.items()
    }


def with_sentence(folder, sentence):
    shutil.copytree(SOLUTION, folder)
    text = (folder / "playbook.md").read_text(encoding="utf-8")
    (folder / "playbook.md").write_text(
        text.replace("## Problem\n", f"## Problem\n\n{sentence}\n", 1), encoding="utf-8"
    )
    return folder


def test_sound_sentences_pass(tmp_path):
    answers = {str(n): with_sentence(tmp_path / str(n), sentence) for n, sentence in enumerate(SOUND)}
    assert graded(answers) == {name: {} for name in answers}


def test_sentences_that_promise_too_much_are_quoted(tmp_path):
    answers = {str(n): with_sentence(tmp_path / str(n), sentence) for n, sentence in enumerate(TOO_MUCH)}
    for name, faults in graded(answers).items():
        assert list(faults) == [PROMISES], (TOO_MUCH[int(name)], faults)
        assert "playbook.md, Problem" in faults[PROMISES]


def on_sheet(folder, number):
    """Lay the solution on another sheet: the first wards that fit, its counts, and the same targets."""
    sheet = pilot_sheet(number)
    wards = next(WARDS[:n] for n in range(len(WARDS), 0, -1) if sheet.hours_a_day(WARDS[:n]) <= sheet.capacity_hours)
    a_day = round(sum(sheet.ward_alerts[ward] for ward in wards) / DAYS, 1)
    each = round(sheet.minutes_each, 2)
    hours, late = round(a_day * each / 60, 1), round(100 * sheet.rows["late_reviews"] / sheet.rows["reviews"], 1)
    found, missed = (round(100 * sheet.rows[name] / sheet.rows["deteriorations"]) for name in ("found_late", "missed"))
    load = round(100 * sheet.rows["alerts"] / sheet.rows["patient_days"], 1)
    shutil.copytree(SOLUTION, folder)
    form = yaml.safe_load((folder / "metrics.yaml").read_text(encoding="utf-8"))
    form["sheet"] = number
    form["staffing"] |= {"wards": list(wards), "alerts_a_day": a_day, "minutes_each": each, "hours_a_day": hours}
    form["staffing"]["capacity_hours"] = sheet.capacity_hours
    for metric, today in zip(form["metrics"], (found, missed, late, load), strict=True):
        metric["baseline"] = today
    (folder / "metrics.yaml").write_text(yaml.safe_dump(form, sort_keys=False), encoding="utf-8")
    text = (folder / "playbook.md").read_text(encoding="utf-8")
    changes = {
        "368 patients": f"{sheet.rows['deteriorations']} patients",
        "For 157 of": f"For {sheet.rows['found_late']} of",
        "before: 43 %": f"before: {found} %",
        "1,035 alerts 304": f"{sheet.rows['alerts']:,} alerts {sheet.rows['right_alerts']}",
        "731 would": f"{sheet.rows['false_alarms']} would",
        "about 71 %": f"about {100 * sheet.rows['false_alarms'] / sheet.rows['alerts']:.0f} %",
        "596 of": f"{sum(sheet.ward_alerts[ward] for ward in wards)} of",
        "10.6 a": f"{a_day} a",
        "6.25 minutes": f"{each} minutes",
        "about 1.1 hours": f"about {hours} hours",
        "1.3\nhours": f"{sheet.capacity_hours}\nhours",
        "Found late: 43 %": f"Found late: {found} %",
        "Missed by the alert: 17 %": f"Missed by the alert: {missed} %",
        "5.9 % today": f"{late} % today",
        "14.3 today": f"{load} today",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "playbook.md").write_text(text, encoding="utf-8")
    return folder


def test_right_answers_pass_on_other_sheets_and_the_practice_answers_do_not(tmp_path):
    sheets = (1, 2, 5, 27, 610, 9999)
    answers = {str(number): on_sheet(tmp_path / str(number), number) for number in sheets}
    assert graded(answers) == {name: {} for name in answers}
    copied = shutil.copytree(SOLUTION, tmp_path / "copied")
    form = (copied / "metrics.yaml").read_text(encoding="utf-8")
    (copied / "metrics.yaml").write_text(re.sub(r"^sheet: 1$", "sheet: 27", form, flags=re.MULTILINE), encoding="utf-8")
    assert {"test_metrics_can_be_counted", "test_the_work_fits_into_the_hours"} <= set(
        graded({"copied": copied})["copied"]
    )


def test_a_group_or_a_machine_is_no_role(tmp_path):
    form, answers = (SOLUTION / "metrics.yaml").read_text(encoding="utf-8"), {}
    for name in ("outreach team", "IT", "the ward", "vendor", "AI model", "committee"):
        answers[name] = shutil.copytree(SOLUTION, tmp_path / name)
        changed = form.replace("deputy: head of nursing", f"deputy: {name}")
        (answers[name] / "metrics.yaml").write_text(changed, encoding="utf-8")
    for name, faults in graded(answers).items():
        assert f"`{name}` is" in faults["test_metrics_can_be_counted"]


def test_heads_of_groups_are_roles(tmp_path):
    form, answers = (SOLUTION / "metrics.yaml").read_text(encoding="utf-8"), {}
    for name in ("chair of the committee", "head of the quality team", "rapid response team leader", "RN on call"):
        answers[name] = shutil.copytree(SOLUTION, tmp_path / name)
        changed = form.replace("deputy: head of nursing", f"deputy: {name}")
        (answers[name] / "metrics.yaml").write_text(changed, encoding="utf-8")
    assert graded(answers) == {name: {} for name in answers}


def changed(folder, *changes):
    """Copy the solution with pieces of its files replaced: (file, old, new)."""
    shutil.copytree(SOLUTION, folder)
    for name, old, new in changes:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, old
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


ACTION = (
    "Switches the alert off, phones the charge nurse of each ward, and has observations done "
    "every four hours as before."
)
BEFORE = "Goes to the bed, compares the name, counts breaths for a whole minute, and only then calls the doctor or not."
NO = "The patient is taken off the alert's list the same day and keeps the four-hourly round like everybody else."
SEEN = (
    "The outreach nurse and the lead nurse see names, the vendor sees counts without names, and nobody uses "
    "it to judge staff."
)
SUBSTITUTE = "The alert is not a substitute for looking: where"
FORM, TEXT = "stop_rules.yaml", "playbook.md"
OTHER_WORDS = (
    (FORM, ACTION, "Without asking anybody, the nurse stops it and tells the charge nurses of all wards."),
    (FORM, ACTION, "Suspends the alert at once; the chief of medicine hears of it in the morning."),
    (FORM, ACTION, "The wards go back to paper the same day, and the committee is told."),
    (FORM, BEFORE, "Nothing changes until she has seen the patient and spoken with the ward nurse."),
    (FORM, BEFORE, "Reviews the patient in person, with a full set of vital signs."),
    (FORM, NO, "Their record is left out until they are discharged; they are not observed less than others."),
    (FORM, NO, "No alert rings for them, and no care is withheld; the ward nurse notes it on the board."),
    (FORM, SEEN, "Everybody who treats the patient sees the name, all others see totals."),
    (FORM, SEEN, "Names are seen by the outreach nurses; the company sees no names and no records."),
    (TEXT, SUBSTITUTE, "The alert comes on top of the rounds, which go on unchanged: where"),
    (TEXT, SUBSTITUTE, "Rounds must never be skipped because of the alert: where"),
    (TEXT, "every 4 hours", "four-hourly"),
    (TEXT, "every 4 hours", "six times a day"),
    (TEXT, "every 4 hours", "every 4 h"),
    (TEXT, "is switched off within a day or two", "is switched off within 24 hours (or 48, for the second)"),
    (TEXT, "is switched off within a day or two", "is switched off within two days"),
    (TEXT, "Found late: 43 % today, 30 % or less as the target", "Found late: target 30 %, today 43 %"),
    (TEXT, "Found late: 43 % today, 30 % or less as the target", "Found late: from 43 % to 30 %"),
    (TEXT, "14.3 today, 16 at most", "baseline 14.3, target at most 16"),
    (TEXT, "## Proposed solution", "## 2. Proposed Solution: an alert"),
    (TEXT, "## Metrics", "## METRICS"),
    (TEXT, "records are kept for 180 days", "after 180 days they are deleted"),
)


def test_guardrails_and_numbers_in_other_words_pass(tmp_path):
    answers = {str(n): changed(tmp_path / str(n), change) for n, change in enumerate(OTHER_WORDS)}
    faults = graded(answers)
    assert {OTHER_WORDS[int(n)][2]: found for n, found in faults.items() if found} == {}


def test_a_stop_points_to_the_rule_that_fired(tmp_path):
    folder = changed(tmp_path / "near", (FORM, "limit: 11", "limit: 8.1"), (TEXT, "more than 11 %", "more than 8.1 %"))
    message = graded({"near": folder})["near"]["test_stop_rules_stop_harm_only"]
    lines = (folder / FORM).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "limit: 8.1" in text)
    assert f"line {line}:" in message
