"""A course's own colour: as near to what was asked for as a reader's eyes allow."""

import colorsys

import pytest

from wardround import palette

ASKED = ["#7B1E3A", "#FFCC00", "#FFFFFF", "#000000", "#0B6168", "#00FF00", "#808080", "#1A1AFF", "#FF69B4"]


def hue(colour: str) -> float:
    return colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("asked", ASKED)
def test_any_colour_becomes_one_that_can_be_read_on_every_ground_in_its_own_hue(asked, mode):
    tokens = palette.colours(mode, asked)
    assert all(palette.contrast(tokens["brand"], tokens[ground]) >= 4.5 for ground in ("ground", "paper", "surface"))
    if hue(asked):
        assert hue(tokens["brand"]) == pytest.approx(hue(asked), abs=0.02)


@pytest.mark.parametrize(("asked", "mode"), [("#7B1E3A", "light"), ("#FFCC00", "dark"), ("#0b6168", "light")])
def test_a_readable_colour_stays_as_it_is(asked, mode):
    assert palette.readable(asked, mode) == asked.upper()


def test_it_changes_no_more_than_it_must():
    shown = palette.readable("#FFCC00", "light")
    assert min(palette.contrast(shown, palette.LIGHT[ground]) for ground in palette.GROUNDS) < 4.65


def test_a_course_colour_changes_the_brand_alone():
    own, branded = palette.css_variables("light"), palette.css_variables("light", "#7B1E3A")
    assert {token for token in own if own[token] != branded[token]} == {"brand"}
