"""Says "invalid input" of every fault: the desk cannot know which field to look up.

fails: test_faulty_rows_are_refused
"""

from project import problems as right


def problems(visits):
    return ["This row is invalid." if text else "" for text in right(visits)]
