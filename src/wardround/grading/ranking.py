"""How well scores rank, judged by outcomes or, where the data are made, by the chances that the outcomes come from."""

import numpy as np
from numpy.typing import ArrayLike


def auc(case: ArrayLike, score: ArrayLike) -> float:
    """Return the chance that a case has a higher score than a non-case; equal scores count half.

    The Mann-Whitney statistic over the product of the two sizes (Hanley and McNeil, 1982).

    Args:
        case: How much of a case each row is, shape (n,): 1 or 0 (or True and False), or its true probability, so that
            luck plays no part.
        score: Shape (n,), finite.
    """
    weight = np.asarray(case, dtype=float)
    place = np.unique(score, return_inverse=True)[1]
    cases, others = np.bincount(place, weight), np.bincount(place, 1 - weight)
    below = np.cumsum(others) - others
    return float(np.sum(cases * (below + others / 2)) / (cases.sum() * others.sum()))
