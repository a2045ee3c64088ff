"""Invented names: others for each seed, and every piece of a name counts."""

from wardround.hospital.people import EPONYMS, Person, make_people


def test_most_names_of_one_seed_are_new_to_another() -> None:
    one, other = ({(p.first, p.last) for p in make_people(seed, "notes", 300)} for seed in (1, 2))
    assert len(one & other) < 0.05 * len(one)
    assert {last for _, last in other} & set(EPONYMS)


def test_purposes_have_their_own_people() -> None:
    assert make_people(1, "notes", 5) == make_people(1, "notes", 5)
    assert make_people(1, "notes", 5) != make_people(1, "films", 5)


def test_each_piece_of_a_name_names() -> None:
    assert Person("Orana", "O'Dunby-Hartley").parts == ("Orana", "O'Dunby-Hartley", "Dunby", "Hartley")
