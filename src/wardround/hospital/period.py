"""The two years the virtual hospital records, and the day something changes in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

DAY = 24 * 60
"""Minutes in a day: inside the generator, time is whole minutes since `START`."""
START = np.datetime64("2023-01-01T00:00", "m")
"""The first minute recorded."""
END = np.datetime64("2025-01-01T00:00", "m")
"""The end of the extract: an encounter that begins at or after it is not recorded."""
DRIFT = np.datetime64("2024-07-01T00:00", "m")
"""From here on there is a new creatinine assay, and a program that follows patients home."""
LENGTH = int((END - START).astype(int))
DRIFT_MINUTE = int((DRIFT - START).astype(int))


def clock(minutes: NDArray[Any]) -> NDArray[np.datetime64]:
    """Turn minutes since `START` into times, to the minute."""
    return START + minutes.astype("timedelta64[m]")
