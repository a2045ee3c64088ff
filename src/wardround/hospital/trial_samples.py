"""Blood samples of the trial's patients, drawn before the coin: several of one patient, who is found in each of them.

Eight proteins were measured in each sample. A patient has a level of their own in each, which stays; a single sample
strays from it by less than patients differ. So two samples of one patient are alike, and a model that has seen one of
them knows the other. Three proteins follow severity, two follow frailty (which nobody else measured), one follows age,
and two say nothing about what comes.
"""

import numpy as np

from wardround.hospital.stream import Table, stream

PROTEINS = tuple(f"protein_{n}" for n in range(1, 9))
_TYPICAL = (0.4, 3200.0, 25.0, 610.0, 7.5, 140.0, 1.8, 55.0)  # each in a unit of its own
_SPREAD = (0.5, 0.7, 0.4, 0.6, 0.5, 0.4, 0.8, 0.3)  # of the patients' levels, on the scale of the logarithm
_FOLLOWS = {  # protein: (severity, frailty, age), as correlations of the patient's level
    "protein_1": (0.75, 0.0, 0.0),
    "protein_2": (0.60, 0.3, 0.0),
    "protein_3": (-0.55, 0.0, 0.0),
    "protein_4": (0.0, 0.70, 0.0),
    "protein_5": (0.0, -0.60, 0.0),
    "protein_6": (0.0, 0.0, 0.6),
}
_WITHIN = 0.35  # how far one sample strays from the patient's level, in standard deviations between patients
_WEEKS = 4


def make_samples(seed: int, trial: Table) -> Table:
    """Make one row for each sample: one to four of every patient of `trial`, on different days.

    Columns: sample_id, patient_id, day (0 is the day of the coin, earlier days are negative), and `PROTEINS` (above 0).
    """
    r = stream(seed, "trial_samples")
    patients = trial["patient_id"].size
    age = (trial["age"] - 64) / 11
    known = np.column_stack([trial["severity"], trial["_frailty"], age])
    share = np.array([_FOLLOWS.get(name, (0.0, 0.0, 0.0)) for name in PROTEINS])
    own = np.sqrt(1 - np.sum(share**2, axis=1))
    level = known @ share.T + own * r.normal(0, 1, (patients, len(PROTEINS)))

    drawn = 1 + r.binomial(3, 0.5, patients)
    of = np.repeat(np.arange(patients), drawn)
    first = np.repeat(np.cumsum(drawn) - drawn, drawn)
    week = np.argsort(r.random((patients, _WEEKS)), axis=1)[of, np.arange(of.size) - first]
    strayed = level[of] + _WITHIN * r.normal(0, 1, (of.size, len(PROTEINS)))
    value = np.array(_TYPICAL) * np.exp(np.array(_SPREAD) * strayed)
    rounding = 10.0 ** (2 - np.floor(np.log10(np.array(_TYPICAL))))
    table: Table = {
        "sample_id": 1 + r.permutation(of.size),
        "patient_id": trial["patient_id"][of],
        "day": -7 * week - r.integers(0, 7, of.size),
    }
    return table | {name: np.round(value[:, k] * rounding[k]) / rounding[k] for k, name in enumerate(PROTEINS)}
