"""Forms: nested answers of people who never saw YAML; each fault is one sentence from which they can mend it."""

from typing import Annotated, Literal

import pytest
from pydantic import Field

from wardround.grading import Clock, Count, Form, Positive, Share, Text, Waiting
from wardround.grading.faults import WrongForm
from wardround.grading.forms import read_form


class Step(Form):
    id: Text
    actor: Literal["ai", "human"]
    next: list[Text] = []
    time_limit_min: Positive | None = None


class Workflow(Form):
    title: Text
    share: Share = 0.5
    start: Clock = "08:00"
    alerts: Count = 0
    steps: Annotated[list[Step], Field(min_length=2)]


GOOD = """\
title: Sepsis alerts
share: 0.3
start: 08:30
alerts: 7
steps:
  - id: triage
    actor: ai
    next: [review]
    time_limit_min: 15
  - id: review
    actor: human
    next:
      - triage
"""


@pytest.fixture
def read(tmp_path):
    def run(content, form=Workflow, **settings):
        path = tmp_path / "workflow.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_form(path, form, **settings)

    return run


def test_a_form_gives_plain_values_and_knows_its_lines(read):
    form = read(GOOD)
    assert (form.share, form.start, form.alerts) == (0.3, "08:30", 7)
    assert form.steps[1].actor == "human"
    assert form.where("steps", 1, "next") == "workflow.yaml, line 12"
    assert form.where("steps", 1, "next", 0) == form.steps[1].where("next", 0) == "workflow.yaml, line 13"
    assert form.where("steps", 1, "time_limit_min") == form.steps[1].where() == "workflow.yaml, line 10"
    assert form.where() == form.where("nothing") == "workflow.yaml"


def test_a_missing_key_names_the_line_of_its_item(read):
    with pytest.raises(WrongForm) as caught:
        read(GOOD.replace("    actor: human\n", ""))
    assert caught.value.sentence == (
        "workflow.yaml, line 10: item 2 of steps has no key actor. Add a line `actor: ai` (ai or human), in the same "
        "column as id."
    )


def test_a_todo_wins_over_every_fault(read):
    with pytest.raises(Waiting, match=r"^workflow.yaml still says TODO for steps 1 › actor \(line 7\)$"):
        read(GOOD.replace("actor: ai", "actor: TODO").replace("alerts: 7", "alerts: many"))
