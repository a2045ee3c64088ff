"""What to write in place of a text that is no number: amounts as finance writes them."""

import pytest

from wardround.grading.number_text import number_remedy


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("(280,800)", "Write a minus sign in place of the parentheses: -280800."),
        ("($62,000)", "Write a minus sign in place of the parentheses: -62000."),
        ("$60,000", "Write it without sign of money and commas: 60000."),
        ("-$280,800.50", "Write it without sign of money and commas: -280800.50."),
        ("USD 60,000", "Write it without sign of money and commas: 60000."),
        ("$60k", "Write all digits: 60000."),
        ("1.2 million", "Write 1200000 for 1.2 million."),
        ("$60", "Write the number without its unit or sign: 60."),
        ("March", "Write digits only, such as 0.25, without a unit."),
    ],
)
def test_an_amount_of_money_gets_its_own_remedy(text, remedy):
    assert number_remedy(text) == remedy


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("-1.4 %", "Write -1.4 or, for a share, -0.014."),
        ("12.5%", "Write 0.125 for 12.5%."),
        ("\u22121.4", "Type the minus sign of your keyboard: -1.4."),
        ("\u20135", "Type the minus sign of your keyboard: -5."),
    ],
)
def test_a_minus_is_kept_and_may_be_a_difference_in_points(text, remedy):
    assert number_remedy(text) == remedy


def test_a_count_of_so_many_is_no_share():
    assert number_remedy("21 of 60", count=True) == "Write the count alone: 21."
    assert number_remedy("21 of 60") == number_remedy("21/60", count=True) == "Write what the division gives: 0.35."
