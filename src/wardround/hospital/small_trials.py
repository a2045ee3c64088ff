"""Many small trials at once: a method is judged by how often it errs, and one trial cannot tell that.

They have the columns of the table `trial`, and are kinder than it: everybody takes what the coin gave them, and nobody
is lost. What was made is known of each: the effect, and the group in which it differs, if there is one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from wardround.hospital.stream import stream
from wardround.hospital.trial import SHARES, SUBGROUPS

_LEVEL, _LOWEST, _HIGHEST = 0.60, 0.36, 0.92  # the risk without the drug: in the middle, and its limits
_LARGEST = 0.25  # lowering of the risk by the drug


@dataclass(frozen=True)
class Design:
    """How the small trials of one kind are made."""

    patients: int = 240
    prognosis: float = 0.0
    """How much one standard deviation of severity adds to the risk; one of age adds half as much."""
    variants: int = 0
    """So many columns `variant_01`, ... beside the traits of `SUBGROUPS`: whether a patient carries a gene variant."""
    interaction: float = 0.0
    """How many points more the drug lowers the risk in one group than in everybody else, where it does nothing."""


class SmallTrial(NamedTuple):
    """One trial as a learner may see it, and what it was made from."""

    table: pd.DataFrame
    """One row per patient, in no order; the columns of the table `trial`, and the variants."""
    effect: float
    """Change of the risk of an event by day 30 by being assigned to the drug, in the patients of this trial."""
    differs: str
    """The column of two values in which the effect differs, or "": it differs in none."""


def small_trials(seed: int, count: int, design: Design | None = None) -> list[SmallTrial]:
    """Make `count` trials of one design; another design gets other patients.

    The effect is the same for everybody in a trial (or, with an interaction, in everybody of a group), and is drawn
    anew for each trial, from a risk lower by 25 points to none at all. About half of the patients get the drug.

    Raises:
        ValueError: count or patients is less than 1.
    """
    made = design or Design()
    if count < 1 or made.patients < 1:
        raise ValueError(f"small_trials(count={count}, patients={made.patients}): both must be at least 1")
    r = stream(seed, f"small_trials/{made}")
    shape = (count, made.patients)
    age, severity, frailty = r.normal(64, 11, shape), r.normal(0, 1, shape), r.normal(0, 1, shape)
    arm = r.random(shape) < 0.5
    traits = {name: r.random(shape) < SHARES.get(name, 0.48) for name in SUBGROUPS}
    traits |= {f"variant_{k:02}": r.random(shape) < r.uniform(0.3, 0.6) for k in range(1, made.variants + 1)}

    names, effect = [""] * count, np.broadcast_to(-r.uniform(0, _LARGEST, (count, 1)), shape)
    if made.interaction:
        names = [str(name) for name in r.choice([name for name in traits if SHARES.get(name, 0.48) >= 0.3], count)]
        effect = -made.interaction * np.stack([traits[name][k] for k, name in enumerate(names)])
    untreated = _LEVEL + made.prognosis * (severity + (age - 64) / 22) + 0.03 * frailty
    risk = np.clip(untreated, _LOWEST, _HIGHEST) + effect * arm
    luck = r.random(shape)
    late = luck < risk + 0.08
    marker = 0.8 * frailty - 1.0 * arm + r.normal(0, 0.6, shape)
    ids = r.permuted(np.broadcast_to(np.arange(1, made.patients + 1), shape), axis=1)

    columns = {"patient_id": ids, "age": np.floor(np.clip(age, 30, 92)).astype(np.int64)}
    columns |= {"severity": np.round(severity, 2), "sex": np.where(traits["sex"], "F", "M")}
    columns |= {name: values for name, values in traits.items() if name != "sex"}
    columns |= {"arm": np.where(arm, "drug", "control"), "took_drug": arm, "marker_day14": np.round(marker, 2)}
    columns |= {"event_30d": (luck < risk).astype(np.int64), "event_90d": late.astype(np.float64)}
    effects = effect.mean(axis=1)
    return [
        SmallTrial(pd.DataFrame({name: values[k] for name, values in columns.items()}), float(effects[k]), names[k])
        for k in range(count)
    ]
