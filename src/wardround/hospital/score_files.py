"""What a tool said and what then happened, as a file that a spreadsheet opens: to be counted, by people without code.

Each of four tools (see `moments.WORKS`) has as many files as a class has learners. 40 rows a day: 30 days on which a
limit may be chosen, then 30 others, on which the hospital is a little busier. For learning, not for clinical use.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from wardround.hospital.stream import sigmoid, stream

ROWS_A_DAY = 40
DAYS = 30  # of each half
LAST_FILE = 9999
# Log odds of what is forecast: their mean, their spread, and how much of it the tool and the rule of today do not see.
TOOLS = MappingProxyType(
    {"calls": (-1.75, 1.5, 0.6, 3.0), "appeals": (-0.3, 1.4, 0.6, 3.4), "beds": (-1.1, 1.5, 0.6, 3.0)}
    | {"places": (-2.1, 1.6, 0.6, 3.0)}
)
BUSIER = 0.2  # log odds by which the scores of the second half are higher


def read_name(name: str) -> tuple[str, int]:
    """Return tool and number of a file by its name, such as calls-1; raise ValueError with what is wrong."""
    match = re.fullmatch(r"([a-z]+)-([0-9]{1,4})", name.strip().removesuffix(".csv").removeprefix("scores-"))
    if not match or match[1] not in TOOLS or int(match[2]) < 1:
        raise ValueError(
            f"there is no score file {name!r:.60}: write a tool ({', '.join(TOOLS)}), a hyphen and a number from 1 to "
            f"{LAST_FILE}, such as calls-1"
        )
    return match[1], int(match[2])


@lru_cache(maxsize=32)
def score_file(tool: str, number: int) -> pd.DataFrame:
    """Return a score file: one row per slot, claim or patient, by day and then by today's order.

    Columns: `half` (develop or test), `day` (1 to 60), `today` (1 to 40: the place in today's order, without a tool),
    `score` (0 to 1, two digits) and `happened` (yes or no: missed, won, needed a bed, needed a place).
    """
    mean, spread, noise, rule_noise = TOOLS[tool]
    r = stream(number, f"scores/{tool}")
    shape = (2 * DAYS, ROWS_A_DAY)
    logit = mean + spread * r.standard_normal(shape)
    happened = r.random(shape) < sigmoid(logit)
    later = np.arange(2 * DAYS)[:, None] >= DAYS
    seen = logit + noise * r.standard_normal(shape) + BUSIER * later
    rule = logit + rule_noise * r.standard_normal(shape)
    order = np.argsort(-rule, axis=1)
    rows = np.arange(2 * DAYS)[:, None]
    return pd.DataFrame(
        {
            "half": np.where(np.broadcast_to(later, shape), "test", "develop").ravel(),
            "day": np.repeat(np.arange(1, 2 * DAYS + 1), ROWS_A_DAY),
            "today": np.tile(np.arange(1, ROWS_A_DAY + 1), 2 * DAYS),
            "score": np.round(sigmoid(seen)[rows, order], 2).ravel(),
            "happened": np.where(happened[rows, order], "yes", "no").ravel(),
        }
    )


@dataclass(frozen=True)
class Counts:
    """What flagging some rows of one half comes to."""

    rows: int  # all rows of the half
    cases: int  # those of them in which it happened
    flagged: int
    right: int  # flagged, and it happened

    @property
    def a_day(self) -> float:
        """Flags on a day."""
        return self.flagged / DAYS

    @property
    def ppv(self) -> float:
        """The share of flags that are right; 0 without any."""
        return self.right / self.flagged if self.flagged else 0.0

    @property
    def found(self) -> float:
        """Sensitivity: the share of cases that are flagged."""
        return self.right / self.cases if self.cases else 0.0

    @property
    def base(self) -> float:
        """The share of all rows in which it happened."""
        return self.cases / self.rows

    @property
    def accuracy(self) -> float:
        """The share of rows on which flag and ending agree."""
        return 1 - (self.flagged - self.right + self.cases - self.right) / self.rows


def at_limit(file: pd.DataFrame, half: str, limit: float) -> Counts:
    """Count a half of a file if every row is flagged whose score is the limit or more."""
    return _count(file[file["half"] == half], "score", lambda score: score >= limit - 1e-9)


def by_today(file: pd.DataFrame, half: str, a_day: int) -> Counts:
    """Count a half of a file if the first rows of each day are flagged, in today's order."""
    return _count(file[file["half"] == half], "today", lambda place: place <= a_day)


def lowest_limit(file: pd.DataFrame, half: str, a_day: float) -> float:
    """Return the lowest limit, in hundredths, with which the days of a half have at most so many flags on average."""
    scores = np.round(100 * file.loc[file["half"] == half, "score"].to_numpy()).astype(int)
    reaching = np.bincount(scores, minlength=102)[::-1].cumsum()[::-1]  # flags by limit, in hundredths
    return float(np.flatnonzero(reaching <= a_day * DAYS + 1e-9)[0]) / 100


def _count(rows: pd.DataFrame, column: str, chosen: Callable[[pd.Series], pd.Series]) -> Counts:
    flagged, happened = chosen(rows[column]), rows["happened"] == "yes"
    return Counts(len(rows), int(happened.sum()), int(flagged.sum()), int((flagged & happened).sum()))
