"""Takes the first result of the whole stay: the longer somebody lies there, the surer a value is found.

fails: test_missing_values_stay_missing
"""

import numpy as np
import pandas as pd


def first_day(admissions, labs, lab):
    stays = admissions[admissions["class"] == "inpatient"]
    results = labs[labs["lab"] == lab].sort_values("time").drop_duplicates("encounter_id")
    value = stays["encounter_id"].map(results.set_index("encounter_id")["value"])
    status = np.select([value.notna(), stays["facility"] == "OTHER"], ["measured", "not sent"], "not ordered")
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "status": status, "value": value})
