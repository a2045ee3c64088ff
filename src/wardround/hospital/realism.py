"""Figures by which the hospital can be held against published ones. The handbook prints those of realism.yaml.

`python -m wardround.hospital.realism` measures them again and writes the file.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from wardround.hospital.hospital import Hospital, build

SEEDS, PATIENTS = range(1, 21), 40_000
"""What the file was measured on."""
MEASURED = Path(__file__).with_name("realism.yaml")


def readmission(hospital: Hospital) -> float:
    """Percent of the eligible stays with an unplanned return within 30 days, at whichever hospital."""
    stays = hospital.truth("stays")
    return 100 * float(stays.loc[stays["eligible"], "readmit30"].mean())


def length_of_stay(hospital: Hospital) -> float:
    """Mean days of an inpatient stay; the legs of a transfer count apart."""
    admissions = hospital.public("admissions").query("`class` == 'inpatient'")
    days = (admissions["discharge_time"] - admissions["admit_time"]).dt.total_seconds() / 86_400
    return float(days.mean())


def stays_per_1000(hospital: Hospital) -> float:
    """Inpatient stays per 1,000 patients and year (two years are recorded)."""
    return 1000 * float((hospital.public("admissions")["class"] == "inpatient").sum()) / hospital.size / 2


def death_in_hospital(hospital: Hospital) -> float:
    """Percent of the inpatient stays that ended with the patient's death."""
    admissions = hospital.public("admissions").query("`class` == 'inpatient'")
    return 100 * float((admissions["disposition"] == "expired").mean())


def best_ranking(hospital: Hospital) -> float:
    """AUC (c-statistic) of the true probability of readmission: no model can rank better, but by luck."""
    stays = hospital.truth("stays").query("eligible")
    p, y = stays["p_readmit"].to_numpy(), stays["readmit30"].to_numpy()
    rank = np.empty(p.size)
    rank[np.argsort(p)] = np.arange(1, p.size + 1)
    return float((rank[y].sum() - y.sum() * (y.sum() + 1) / 2) / (y.sum() * (~y).sum()))


def no_show(hospital: Hospital) -> float:
    """Percent of the clinic appointments that the patient did not come to."""
    return 100 * float((hospital.public("appointments")["status"] == "no-show").mean())


def denied(hospital: Hospital) -> float:
    """Percent of the claims to a payer that were denied at first."""
    claims = hospital.public("claims").query("payer != 'uninsured'")
    return 100 * float((claims["denial_reason"] != "").mean())


def overturned(hospital: Hospital) -> float:
    """Percent of the denied claims that an appeal brought back."""
    claims = hospital.public("claims").query("denial_reason != ''")
    return 100 * float((claims["status"] == "overturned").mean())


def hidden_hypoxemia(hospital: Hospital, group: str) -> float:
    """Percent of the readings at a true oxygen saturation below 90 % that show 92 % or more, in one group."""
    return 100 * float(hospital.truth("oximeter").set_index("group").loc[group, "missed"])


FIGURES: dict[str, tuple[Callable[[Hospital], float], str]] = {
    "readmission": (readmission, "%"),
    "length-of-stay": (length_of_stay, "days"),
    "stays-per-1000": (stays_per_1000, ""),
    "death-in-hospital": (death_in_hospital, "%"),
    "best-ranking": (best_ranking, ""),
    "no-show": (no_show, "%"),
    "denied": (denied, "%"),
    "overturned": (overturned, "%"),
    "hidden-hypoxemia-b": (partial(hidden_hypoxemia, group="B"), "%"),
    "hidden-hypoxemia-a": (partial(hidden_hypoxemia, group="A"), "%"),
}
"""Name in realism.yaml to how it is measured, and its unit."""


def measure(hospital: Hospital) -> dict[str, float]:
    """Return every figure of one hospital, by the name it has in realism.yaml."""
    return {name: figure(hospital) for name, (figure, _) in FIGURES.items()}


def main() -> None:
    """Measure the figures of all seeds and write them to realism.yaml."""
    found = [measure(build(seed, PATIENTS)) for seed in SEEDS]
    lines = [
        f"# Lowest, mean and highest figure of seeds {SEEDS[0]} to {SEEDS[-1]} with {PATIENTS} patients each.",
        "# Written by: python -m wardround.hospital.realism",
    ]
    for name, (_, unit) in FIGURES.items():
        values = np.array([figures[name] for figures in found])
        low, mean, high = (f"{value:.3g}" for value in (values.min(), values.mean(), values.max()))
        lines.append(f'{name}: {{low: {low}, mean: {mean}, high: {high}, unit: "{unit}"}}')
    MEASURED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
