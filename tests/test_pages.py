"""The handbook's sources: code that runs, sources that exist, and nothing cited that nobody cites."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pybtex.database import parse_file

from wardround.careers import load
from wardround.catalog import load_catalog
from wardround.site import EXPLAINED

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CITE = re.compile(r"\{cite(?::\w+)?\}`([^`{]+)`")
CLAIM = re.compile(r"\{claim\}`([^`{]+)`")


def name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def with_code() -> list[Path]:
    return [page for page in PAGES if CODE.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", with_code(), ids=name)
def test_the_code_on_a_page_runs_and_prints_what_the_page_shows(page, tmp_path):
    """All blocks of a page run as one program; each `text` block right after one is part of what it prints."""
    text = page.read_text(encoding="utf-8")
    program = "\n".join(CODE.findall(text))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-1500:]
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    for shown in re.findall(r"^```python\n.*?^```$\s+```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for line in shown.splitlines():
            assert line.rstrip() in printed, f"{name(page)} shows {line!r}, which its code does not print"


def cited() -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in (*PAGES, *DOCS.rglob("*.jinja"))]
    keys = {key.strip() for text in texts for found in CITE.findall(text) for key in found.split(",")}
    keys |= {claim.source for claim in load().claims if claim.source}
    return keys | {pay.source for pay in load().official_pay}


def test_every_source_is_in_the_bibliography_and_every_entry_is_cited():
    entries = set(parse_file(str(DOCS / "references.bib")).entries.keys())
    assert cited() - entries == set()
    assert entries - cited() == set()


def test_every_entry_says_who_and_what():
    unknown = re.compile(r"not recorded|not seen|unrecorded|unknown", re.IGNORECASE)
    lacking = [
        key
        for key, entry in parse_file(str(DOCS / "references.bib")).entries.items()
        if not entry.persons.get("author")
        or not entry.fields.get("title")
        or unknown.search(entry.fields["title"] + str(entry.persons["author"]))
    ]
    assert lacking == []


def test_every_claim_of_the_map_is_used():
    pages = [page for page in PAGES if page.parent.name != "contribute"]  # which shows an example
    texts = "\n".join(file.read_text(encoding="utf-8") for file in (*pages, *DOCS.rglob("*.jinja")))
    used = set(CLAIM.findall(texts))
    used |= {
        claim for item in (*load().trends, *load().frame.signals, *load().frame.counterpoints) for claim in item.claims
    }
    used |= {band.claim for band in load().bands}
    assert used <= {claim.id for claim in load().claims}
    unused = {claim.id for claim in load().claims} - used
    assert unused == set(), "print these with {claim} or take them out of the map"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_speaks_to_its_reader_alone(page):
    """No notes to an author, no place of a machine, no promise of parts that do not exist."""
    text = page.read_text(encoding="utf-8")
    told = re.findall(
        r"\bTODO\b|\bTBD\b|lorem ipsum|/home/|/tmp/|coming soon|under construction|your competitors", text, re.I
    )
    allowed = {"TODO"} if page.parent.name == "contribute" else set()
    assert set(told) <= allowed


def test_each_frequent_question_is_answered_in_at_most_120_words_with_a_link():
    parts = re.split(r"^## ", (DOCS / "faq.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    answers = {question.strip(): answer for question, _, answer in (part.partition("\n") for part in parts)}
    assert list(answers)[: len(load().frame.faq)] == [item.question for item in load().frame.faq]
    for item in load().frame.faq:
        answer = answers[item.question]
        assert len(re.sub(r"\]\([^)]*\)|\{\w+(?::\w+)?\}", " ", answer).split()) <= 120, item.question
        assert "](" in answer, item.question


def test_each_claim_stands_on_one_page_of_the_ledger():
    pages = [page.read_text(encoding="utf-8") for page in (DOCS / "reference/claims").glob("*.md")]
    taken = [tuple(re.search(r"^:only: (.*)$", page, re.MULTILINE).group(1).split()) for page in pages]
    homes = {claim.topic: sum(claim.topic.startswith(topics) for topics in taken) for claim in load().claims}
    assert {topic: count for topic, count in homes.items() if count != 1} == {}


def test_the_filled_case_study_quotes_what_the_solution_really_does():
    solution = DOCS.parent / "exercises/software-engineer/1-readmission-risk/solution/readmission.py"
    done = subprocess.run([sys.executable, solution], capture_output=True, text=True, timeout=120, check=True)
    flagged, _, missed, _ = (int(count) for count in re.findall(r"(\d+)$", done.stdout, re.MULTILINE)[-4:])
    assert f"{flagged} of {flagged + missed}" in (DOCS / "guide/portfolio/case-study.md").read_text(encoding="utf-8")


def test_the_scorecard_leads_to_a_section_that_is_there():
    for exercise in load_catalog().exercises:
        page = DOCS / "pathways" / exercise.pathway / f"phase-{exercise.phase}.md"
        headings = re.findall(r"^## (.*?) *$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert EXPLAINED in [heading.lower().replace(" ", "-") for heading in headings], page
