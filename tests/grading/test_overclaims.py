"""A claim stands unless a hedge in its own reach takes it back."""

from wardround.grading.overclaims import Claims, overclaim

WORDS, HEDGES = r"help(?:s|ed)?|prove[sd]?|because", r"whether|cannot|open"
CLAIMS = Claims(WORDS, HEDGES)
LATER, ANYWHERE = Claims(WORDS, HEDGES, later=True), Claims(WORDS, HEDGES, anywhere=True)


def test_a_hedge_in_another_clause_does_not_cover_a_claim():
    assert overclaim("It is open, but calls do help.", CLAIMS) == "help"
    assert overclaim("Calls help: the rest is open.", CLAIMS) == "help"


def test_a_hedge_in_the_same_clause_does():
    assert overclaim("It is open whether calls help.", CLAIMS) == ""
    assert overclaim("They lived longer, but because of the wait it cannot be told.", CLAIMS) == ""


def test_a_later_hedge_or_one_anywhere_counts_where_it_may():
    assert overclaim("Calls helped, though it stays open.", LATER) == ""
    assert overclaim("It stays open, though calls helped.", LATER) == "helped"
    assert overclaim("It stays open, though calls helped.", ANYWHERE) == ""


def test_a_comma_inside_a_number_parts_no_clauses():
    assert overclaim("Of 1,199 it is open whether calls help.", CLAIMS) == ""
