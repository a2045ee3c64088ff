"""The early warning score NEWS2, as the wards of the virtual hospital add it up."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.stream import Ints

_BANDS: dict[str, tuple[tuple[float, ...], tuple[int, ...]]] = {
    # vital sign: (highest value of each band but the last, points of each band)
    "respiratory_rate": ((8, 11, 20, 24), (3, 1, 0, 2, 3)),
    "spo2": ((91, 93, 95), (3, 2, 1, 0)),
    "systolic_bp": ((90, 100, 110, 219), (3, 2, 1, 0, 3)),
    "pulse": ((40, 50, 90, 110, 130), (3, 1, 0, 1, 2, 3)),
    "temperature": ((35.0, 36.0, 38.0, 39.0), (3, 1, 0, 1, 2)),
}


def news2(rows: Mapping[str, NDArray[Any]]) -> Ints:
    """Add up NEWS2 (oxygen scale 1) for each row of a table with the public columns of vitals.

    A value that was not measured adds nothing, as on a chart with a gap. After: Royal College of Physicians, National
    Early Warning Score (NEWS) 2, 2017.
    """
    score = 2 * rows["on_oxygen"].astype(np.int64) + 3 * (rows["consciousness"] != "A")
    for name, (limits, points) in _BANDS.items():
        value = np.round(rows[name].astype(np.float64), 1)
        band = np.searchsorted(np.array(limits), value)  # a value on a limit belongs to the band below it
        score = score + np.where(np.isnan(value), 0, np.array([*points, 0])[band])
    return np.asarray(score, dtype=np.int64)
