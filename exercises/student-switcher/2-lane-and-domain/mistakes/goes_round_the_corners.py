"""Names the corners in the order of a clock, not as asked: bottom left and bottom right change places.

fails: test_the_corners_are_measured
overrides: imaging.py
"""

from imaging import corners as right


def corners(films):
    return right(films)[:, [0, 1, 3, 2]]
