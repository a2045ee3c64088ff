"""Models: frozen, described, and helpful about their own rules."""

import pytest
from pydantic import BaseModel, ValidationError

from wardround.careers import advice, load, models, roadmaps
from wardround.careers.models import first_day

ALL = sorted(
    {
        thing
        for module in (models, roadmaps, advice)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, BaseModel) and thing is not BaseModel
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_every_field_says_what_it_means(model):
    undescribed = [name for name, info in model.model_fields.items() if not info.description]
    assert not undescribed
    assert model.__doc__


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_models_are_frozen_and_strict(model):
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


def test_nothing_can_be_changed_by_a_page():
    role = load().roles[0]
    with pytest.raises(ValidationError, match="frozen"):
        role.name = "Another"
    assert isinstance(role.domains, tuple)


def test_pages_of_items():
    career_map = load()
    assert career_map.domain("imaging").page == "guide/domains/imaging"
    assert career_map.category("genai").page == "guide/careers/genai"
    assert career_map.skill("technical").page == "guide/skills/technical"
    assert career_map.employer("pharma").page == "guide/employers/pharma"
    assert career_map.region("gcc").page == "guide/global/gcc"
    assert career_map.pathway("clinician").page == "pathways/clinician/index"


@pytest.mark.parametrize(
    ("as_of", "day"), [("2025", (2025, 1, 1)), ("2025-03", (2025, 3, 1)), ("2024-02-29", (2024, 2, 29))]
)
def test_first_day_of_a_year_a_month_or_a_day(as_of, day):
    first = first_day(as_of)
    assert (first.year, first.month, first.day) == day


def test_hours_of_a_week_are_the_sums_of_its_tasks():
    week = roadmaps.Week(
        number=1,
        focus="Start",
        tasks=(roadmaps.Task(text="Read.", hours=(1, 2)), roadmaps.Task(text="Write.", hours=(2.5, 4))),
    )
    assert week.hours == (3.5, 6)
