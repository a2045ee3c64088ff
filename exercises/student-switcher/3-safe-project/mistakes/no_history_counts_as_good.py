"""Takes "no earlier appointment" for "missed none": whoever is new is never phoned.

fails: test_interval_holds_elsewhere, test_new_patients_are_called, test_numbers_match, test_intended_use_agrees_with_workflow, test_limits_are_of_these_data
"""  # noqa: E501  (a list of checks)

import numpy as np
from project import problems


def score(past, visits):
    share = visits["past_year_no_shows"] / visits["past_year_appointments"].clip(lower=1)
    numbers = (share + visits["lead_days"] / 10_000 + 0.02 * (visits["past_year_appointments"] > 0)).to_numpy(
        float, copy=True
    )
    numbers[[text != "" for text in problems(visits)]] = np.nan
    return numbers
