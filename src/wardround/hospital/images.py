"""Chest films that never were: 64 by 64 phantoms with or without a lesion, and a corner marker that gives it away.

At the home site the technician's corner marker stands beside most lesions (a portable film, a sicker patient); at the
external site it stands mostly on films without one. A model that reads the marker looks excellent at home and fails
elsewhere. Labels come from reports: some are wrong, and a lesion is missed twice as often as one is invented.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.stream import Bools, Floats, Table, stream

SIZE = 64
"""Rows and columns of a film."""
WHITE = 4095
"""The brightest value: 12 bits."""
FILMS: Mapping[str, int] = MappingProxyType({"home": 1500, "external": 600})
"""Films by site."""
PREVALENCE = 0.30
MARKED: Mapping[str, tuple[float, float]] = MappingProxyType({"home": (0.08, 0.92), "external": (0.92, 0.08)})
"""Probability of a corner marker on a film without and with a lesion, by site."""
INVENTED, MISSED = 0.046, 0.092
"""Probability of a wrong label on a film without and with a lesion: together 6 % of the labels."""
MARKER = (slice(2, 6), slice(2, 9))
"""Rows and columns of the marker."""
_FULL = 1.2  # the value that is drawn white
_INK = 0.6
_MARKED_FROM = 1700  # mean of the corner: at most 1400 where only the body shines through, at least 2000 with ink

Films = NDArray[np.uint16]


def make_images(seed: int, films: Mapping[str, int] = FILMS) -> tuple[Table, Films]:
    """Make films for each site: their table and their pixels, shape (films, 64, 64), 0 to 4095, in the table's order.

    Columns: image_id (from 1), site, label (whether the report names a lesion). Hidden: `_lesion` (whether there is
    one), `_marker`.
    """
    parts: list[Table] = []
    pictures: list[Films] = []
    for site, n in films.items():
        r = stream(seed, f"images/{site}")
        lesion = r.random(n) < PREVALENCE
        marker = r.random(n) < np.where(lesion, *reversed(MARKED[site]))
        wrong = r.random(n) < np.where(lesion, MISSED, INVENTED)
        pictures.append(_draw(r, lesion, marker))
        parts.append(
            {"site": np.full(n, site, dtype="U8"), "label": lesion ^ wrong, "_lesion": lesion, "_marker": marker}
        )
    table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    ids = 1 + stream(seed, "images/ids").permutation(table["label"].size)
    return {"image_id": ids, **table}, np.concatenate(pictures)


def with_marker(pixels: Films, shown: bool) -> Films:
    """Return the same films, each with (or without) the corner marker. A sound score hardly changes.

    Args:
        pixels: films, shape (..., 64, 64); they stay unchanged.
        shown: whether the marker shall be there.
    """
    corner = pixels[..., *MARKER].astype(np.int64)
    ink = round(_INK / _FULL * WHITE)
    has = corner.mean(axis=(-2, -1), keepdims=True) > _MARKED_FROM
    painted = pixels.copy()
    painted[..., *MARKER] = np.clip(corner + ink * (int(shown) - has.astype(np.int64)), 0, WHITE)
    return painted


def _draw(r: np.random.Generator, lesion: Bools, marker: Bools) -> Films:
    """Draw body, lungs, heart, ribs, lesion, marker and grain."""
    n = lesion.size
    y, x = (axis.astype(np.float32) for axis in np.mgrid[0:SIZE, 0:SIZE] / (SIZE - 1))
    center, width = _each(0.5 + r.normal(0, 0.015, n)), _each(r.normal(1, 0.06, n))
    film = 0.75 * np.exp(-(((x - center) / (0.43 * width)) ** 6) - ((y - 0.55) / 0.6) ** 8)
    ribs = 0.05 * (np.sin(2 * np.pi * (9 * y + 4.8 * (x - center) ** 2)) > 0.6)
    for sign in (-1, 1):
        lung = ((x - center - sign * 0.19 * width) / (0.145 * width)) ** 2 + ((y - 0.47) / 0.33) ** 2
        film += ribs * (lung < 1) - 0.45 * np.exp(-(np.minimum(lung, 4) ** 3))
    heart = ((x - center - 0.06) / (0.14 * width)) ** 2 + ((y - 0.66) / 0.15) ** 2
    film += 0.22 * np.exp(-(np.minimum(heart, 8) ** 2))

    side = _each(np.where(r.random(n) < 0.5, -1, 1))
    across = center + side * (0.19 + _each(r.normal(0, 0.03, n))) * width
    down = 0.47 + _each(r.uniform(-0.2, 0.2, n))
    radius, contrast = _each(r.uniform(0.04, 0.09, n)), _each(r.uniform(0.05, 0.16, n) * lesion)
    film += contrast * np.exp(-(((x - across) / radius) ** 2) - ((y - down) / radius) ** 2)
    film[:, *MARKER] += _INK * _each(marker)
    film += 0.055 * r.standard_normal(film.shape, dtype=np.float32)
    drawn: Films = (np.clip(film, 0, _FULL) / _FULL * WHITE).astype(np.uint16)
    return drawn


def _each(values: NDArray[np.bool_] | NDArray[np.int64] | Floats) -> NDArray[np.float32]:
    """Shape one value a film so that it meets rows and columns."""
    return values.astype(np.float32)[:, None, None]
