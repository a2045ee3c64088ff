"""Turns impossible values into empty ones first, and tells the clerk that a filled field is empty.

fails: test_faulty_rows_are_refused
"""

from project import problems as right


def problems(visits):
    return [text.replace("The value of", "The field").replace("impossible", "empty") for text in right(visits)]
