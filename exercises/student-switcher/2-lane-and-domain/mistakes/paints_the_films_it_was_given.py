"""Paints the corner on the films it was given; whoever looks at them next sees other films.

fails: test_only_the_corner_is_hidden, test_it_works_at_another_hospital, test_the_marker_moves_no_score, test_compared_with_today
overrides: imaging.py
"""  # noqa: E501

from imaging import COLUMNS, ROWS


def hide_corner(films):
    films[:, :ROWS, :COLUMNS] = 0
    return films
