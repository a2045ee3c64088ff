"""Takes the first row of a stay's results for its first result, without sorting by time.

fails: test_missing_values_stay_missing
"""

import numpy as np
import pandas as pd


def first_day(admissions, labs, lab):
    stays = admissions[admissions["class"] == "inpatient"]
    begin = labs["encounter_id"].map(stays.set_index("encounter_id")["admit_time"])
    early = labs[(labs["lab"] == lab) & (labs["time"] <= begin + pd.Timedelta(hours=24))]
    value = stays["encounter_id"].map(early.drop_duplicates("encounter_id").set_index("encounter_id")["value"])
    status = np.select([value.notna(), stays["facility"] == "OTHER"], ["measured", "not sent"], "not ordered")
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "status": status, "value": value})
