"""Takes a patient without a history for a fault, and so refuses one visit in five.

fails: test_faulty_rows_are_refused, test_interval_holds_elsewhere, test_new_patients_are_called, test_numbers_match, test_intended_use_agrees_with_workflow, test_limits_are_of_these_data
"""  # noqa: E501  (a list of checks)

from project import problems as right


def problems(visits):
    new = (visits["past_year_appointments"] == 0).tolist()
    return [text or ("There is no history." if n else "") for text, n in zip(right(visits), new, strict=True)]
