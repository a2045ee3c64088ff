"""Calls every stay an emergency; when it is read back, a booked return counts as a readmission.

fails: test_nothing_is_lost
"""

from ship import bundle as right


def bundle(patients, admissions, labs):
    return right(patients, admissions.assign(planned=False), labs)
