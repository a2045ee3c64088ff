"""One random stream for each table and purpose, so that a new table never reshuffles an old one."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Table = dict[str, NDArray[Any]]
"""A table inside the generator: equally long one-dimensional arrays; names with a leading `_` never become public."""


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator of one named stream: the same for the same seed and name, unrelated to every other."""
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(name.encode())]))


def sigmoid(logit: NDArray[Any]) -> NDArray[np.float64]:
    """Turn log odds into a probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-logit)), dtype=np.float64)
