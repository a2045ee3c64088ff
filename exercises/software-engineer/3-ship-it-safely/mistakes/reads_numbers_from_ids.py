"""Takes the patient's number from a resource's id, which belongs to the system that wrote it, not to the patient.

fails: test_nothing_is_lost
"""


def _number(resource):
    return int("".join(sign for sign in resource["id"] if sign.isdigit()))
