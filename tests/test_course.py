"""The course file: what an instructor reads when it is wrong, and what the tools get when it is right."""

import re
from datetime import date
from pathlib import Path

import pytest

from wardround.careers import load
from wardround.course import Course, CourseError, read_course

EXAMPLE = Path(__file__).parent.parent / "course.example.toml"
LEAST = """\
name = "AI on the Ward"
institution = "Riverbend"
contact = "ai@riverbend.example"
term_start = 2027-01-11
term_weeks = 12
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def course(tmp_path):
    """`course(text)` writes the text as course.toml and reads it."""

    def read(text: str | bytes) -> Course:
        file = tmp_path / "course.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_course(file)

    return read


def said(course, text: str | bytes) -> str:
    with pytest.raises(CourseError) as caught:
        course(text)
    return str(caught.value)


def test_the_example_holds_every_key_and_can_be_read():
    example = read_course(EXAMPLE)
    assert example.term_end == date(2027, 4, 18)
    keys = set(re.findall(r"^(?:# )?\[*([a-z_]+)\]*(?: =|$)", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(Course.model_fields) <= keys


def test_the_least_file_uses_all_pathways_and_days_may_stand_in_quotes(course):
    least = course(LEAST.replace("2027-01-11", '"2027-01-11"'))
    assert least.pathways == tuple(pathway.id for pathway in load().pathways)
    assert (least.slug, least.contact_url) == ("ai-on-the-ward", "mailto:ai@riverbend.example")
    with pytest.raises(ValueError, match="frozen"):
        least.name = "other"


def test_windows_files_with_a_mark_at_the_start_are_read(course):
    assert course(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()).name == "AI on the Ward"


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("term_start = 11.1.2027", 4, "no valid TOML"),
        ("term_start = 2027-02-30", 4, "date"),
        ('term_start = "2027-02-30"', 4, "no day of the calendar"),
        ('term_start = "11 January"', 4, "2027-01-11"),
        ("term_start = 2027-01-11T09:00:00", 4, "without a time"),
        ("term_weeks = 2", 4, "from 3 to 60"),
        ('term_weeks = "12"', 4, "without quotes"),
        ("term_weeks = true", 4, "whole number"),
        ('name = ""', 4, "is empty"),
        ("institution = 3", 4, "put it in quotes"),
        ('contact = "the office"', 4, "e-mail address"),
        ('pathways = ["clincian"]', 4, "Did you mean clinician?"),
        ('pathways = ["clinician", "clinician"]', 4, "keep one"),
        ('pathways = "clinician"', 4, "is no list"),
        ("pathways = []", 4, "at least one item"),
        ('brand_color = "burgundy"', 4, "#7B1E3A"),
        ('brand_color = "#FFF"', 4, "six digits"),
        ('logo = "lost.png"', 4, "lost.png cannot be read"),
        ('logo = "fake.png"', 4, "no png picture"),
        ('logo = "broken.svg"', 4, "no valid svg"),
        ('logo = "page.svg"', 4, "instead of <svg>"),
        ('logo = "large.svg"', 4, "smaller than 200 KB"),
        ('logo = "course.toml"', 4, "save the logo"),
        ('url = "riverbend.example"', 4, "https://"),
        ('brand_colour = "#7B1E3A"', 4, 'did you mean "brand_color"?'),
        ('breaks = ["spring"]', 4, "[[breaks]]"),
        ('[[links]]\ntext = "Forum"\nurl = "javascript:alert(1)"', 6, "begin it with https://"),
        ('[[breaks]]\nname = "Spring"\nfirst = 2027-02-08\nlast = 2027-02-01', 4, "swap the two"),
        ('[[breaks]]\nname = "Summer"\nfirst = 2027-07-08\nlast = 2027-08-01', 4, "outside the term"),
        ('[[breaks]]\nname = "Long"\nfirst = 2027-01-11\nlast = 2027-03-21', 0, "Lengthen the term"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(course, tmp_path, line, place, words):
    (tmp_path / "fake.png").write_bytes(b"GIF89a")
    (tmp_path / "broken.svg").write_text("<svg>", encoding="utf-8")
    (tmp_path / "page.svg").write_text("<html/>", encoding="utf-8")
    (tmp_path / "large.svg").write_text(SVG + " " * 200_000, encoding="utf-8")
    key = line.split(" ")[0]
    rest = [given for given in LEAST.splitlines() if not given.startswith(f"{key} ")]
    text = "\n".join([*rest[:3], line, *rest[3:]]) if not line.startswith("[[") else "\n".join([*rest, line])
    shift = 0 if not line.startswith("[[") else len(rest) - 3
    message = said(course, text)
    assert words in message
    if place:
        assert f"course.toml:{place + shift}: " in message, message
        assert message.startswith("course.toml has 1 fault; nothing was built.\n")


def test_every_fault_is_told_at_once_in_the_order_of_lines(course):
    message = said(course, 'name = ""\ncolor = "red"\nterm_weeks = 0\n').splitlines()
    assert message[0] == "course.toml has 6 faults; nothing was built."
    assert [line.partition(": ")[0] for line in message[1:]] == [
        *["course.toml"] * 3,
        *(f"course.toml:{n}" for n in (1, 2, 3)),
    ]
    assert all(any(key in line for line in message) for key in ("institution", "contact", "term_start"))


def test_a_key_inside_a_text_is_not_taken_for_the_key(course):
    message = said(course, 'policy = """\nname = 1\n"""\nname = 3\n' + LEAST.partition("\n")[2])
    assert "course.toml:4: name" in message


def test_what_is_no_text_or_no_file_is_said_in_a_sentence(course, tmp_path):
    assert "course.toml:2: is not UTF-8 here" in said(course, b'name = "a"\ninstitution = "\xe9"\n')
    with pytest.raises(CourseError, match=r"course\.example\.toml"):
        read_course(tmp_path / "missing.toml")
    with pytest.raises(CourseError, match="cannot be read"):
        read_course(tmp_path)


def test_a_logo_is_found_beside_the_course_file(course, tmp_path):
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    assert course(LEAST + 'logo = "logo.svg"\n').logo == (tmp_path / "logo.svg").resolve()
