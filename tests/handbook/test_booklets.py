"""What a booklet holds, by the map alone; the real ones are read in tests/test_handbook.py."""

import pytest

from wardround.careers import load
from wardround.handbook.booklets import booklet


@pytest.mark.parametrize("pathway", load().pathways, ids=lambda pathway: pathway.id)
def test_a_booklet_is_the_route_and_its_reading(pathway):
    made = booklet(pathway)
    (_, route), (_, reading) = made.parts
    assert route == tuple(f"pathways/{pathway.id}/{page}" for page in ("index", "phase-1", "phase-2", "phase-3"))
    assert reading == pathway.reading
    assert made.title == pathway.name
