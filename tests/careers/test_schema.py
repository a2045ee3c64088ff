"""The schema page lists every model and field, in definition lists that MyST can read."""

import re

import pytest

from wardround.careers import models, roadmaps
from wardround.careers.loader import LISTS, SINGLES
from wardround.careers.schema import in_words, schema_markdown


@pytest.fixture(scope="module")
def page():
    return schema_markdown()


def section(page, model):
    return re.search(rf"^## {model}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL).group(1)


@pytest.mark.parametrize(("name", "model"), (LISTS | SINGLES).values(), ids=lambda v: v if isinstance(v, str) else "")
def test_every_file_has_a_section_with_every_field(page, name, model):
    text = section(page, model.__name__)
    assert f"`careers/data/{name}`" in text
    for field, info in model.model_fields.items():
        assert f"\n`{info.alias or field}` (" in text


def test_parts_of_models_have_sections_too(page):
    assert "A part of `Pathway`." in section(page, "Phase")
    assert "A part of `Workflow`." in section(page, "WorkflowEdge")
    headings = re.findall(r"^## (\w+)", page, re.MULTILINE)
    assert len(headings) == len(set(headings))


def test_keys_are_those_a_writer_types(page):
    text = section(page, "WorkflowEdge")
    assert "\n`from` (" in text
    assert "\n`source` (" not in text


def test_every_field_says_what_it_is_what_it_means_and_whether_it_may_be_left_out(page):
    fields = re.findall(r"^`\w+` \((.+)\)\n: (.+)$", page, re.MULTILINE)
    assert len(fields) == len(re.findall(r"^`\w+` \(", page, re.MULTILINE)) > 100
    assert all(meaning.endswith((".", "?")) for _, meaning in fields)
    assert "\n`aliases` (list of text; may be left out)\n" in section(page, "Role")
    assert "\n`does` (text)\n" in section(page, "Role")


def test_types_are_in_plain_words():
    fields = models.Role.model_fields | roadmaps.Task.model_fields | models.Claim.model_fields
    words = {name: in_words(info.annotation, tuple(info.metadata)) for name, info in fields.items()}
    assert words["id"] == "id"
    assert words["name"] == "text"
    assert words["domains"] == "list of id"
    assert words["salary_band"] == "id, or null"
    assert words["level"] == "one of entry, experienced, senior"
    assert words["hours"] == "list of two numbers"
    assert words["review_by"] == "date"


def test_references_say_where_the_id_must_exist(page):
    assert "Must exist in categories." in section(page, "Role")
    assert "Must exist in claims." in section(page, "SalaryBand")
