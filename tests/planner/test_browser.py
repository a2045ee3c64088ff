"""What the plan page carries."""

import json

from wardround.planner.browser import as_json


def test_it_cannot_end_a_script_element_and_fits_a_phone(source):
    text = as_json(source)
    assert "<" not in text
    assert set(json.loads(text)["pathways"]) == {pathway.id for pathway in source.pathways}
    assert len(text) < 90_000
