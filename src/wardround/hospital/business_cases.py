"""What a tool that gives alerts is worth: one chain of arithmetic, other hospitals to try it on, and what moves it.

A tool looks at cases (patients, claims, slots), gives alerts, and somebody acts on some of them. From fourteen
assumptions follow eleven results, each by one line of arithmetic. Money is in US dollars. The figures of the invented
hospitals are of no real one. Synthetic. For learning, not for clinical use.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wardround.hospital.stream import stream

SHARES = ("rate", "sensitivity", "specificity", "adoption", "effect", "cashable", "discount_rate")
"""Assumptions from 0 to 1."""
AMOUNTS = (
    "cases",  # in a year
    "units_each",  # what one event costs, in bed-days or hours or claims
    "dollars_per_unit",  # where a unit turns into money
    "minutes_per_alert",  # for each alert, whether somebody acts on it or not
    "dollars_per_hour",  # of whoever reads the alerts
    "running",  # dollars in a year
    "once",  # dollars, before the first day
)
"""Assumptions from 0 upward."""
YEARS = 3
"""For which the net present value is counted; year 1 begins on the first day in use."""

Values = Mapping[str, float]

RESULTS: dict[str, Callable[[Values], float]] = {
    "true_alerts": lambda a: a["cases"] * a["rate"] * a["sensitivity"],
    "alerts": lambda a: a["true_alerts"] + a["cases"] * (1 - a["rate"]) * (1 - a["specificity"]),
    "ppv": lambda a: a["true_alerts"] / a["alerts"] if a["alerts"] else 0.0,
    "prevented": lambda a: a["true_alerts"] * a["adoption"] * a["effect"],
    "freed": lambda a: a["prevented"] * a["units_each"],
    "benefit": lambda a: a["freed"] * a["dollars_per_unit"] * a["cashable"],
    "ceiling": lambda a: a["cases"] * a["rate"] * a["units_each"] * a["dollars_per_unit"] * a["cashable"],
    "cost": lambda a: a["running"] + a["alerts"] * a["minutes_per_alert"] / 60 * a["dollars_per_hour"],
    "net": lambda a: a["benefit"] - a["cost"],
    "payback": lambda a: 12 * a["once"] / a["net"] if a["net"] > 0 else float("inf"),
    "npv": lambda a: -a["once"] + sum(a["net"] / (1 + a["discount_rate"]) ** year for year in range(1, YEARS + 1)),
}
"""Result -> how it follows from the assumptions and the results above it. Payback is in months, infinite for none."""


def worked_out(assumptions: Values) -> dict[str, float]:
    """Return the assumptions with all results."""
    values = dict(assumptions)
    for name, formula in RESULTS.items():
        values[name] = formula(values)
    return values


def make_cases(seed: int, size: int = 20) -> list[dict[str, float]]:
    """Return the assumptions of so many other hospitals, in each of which the tool pays for itself in time."""
    r = stream(seed, "business_cases")
    cases: list[dict[str, float]] = []
    while len(cases) < size:
        case = {
            "cases": float(r.integers(20, 400) * 50),
            "rate": round(r.uniform(0.03, 0.4), 2),
            "sensitivity": round(r.uniform(0.4, 0.95), 2),
            "specificity": round(r.uniform(0.6, 0.97), 2),
            "adoption": round(r.uniform(0.2, 0.85), 2),
            "effect": round(r.uniform(0.08, 0.6), 2),
            "units_each": round(r.uniform(1.5, 8), 1),
            "dollars_per_unit": float(r.integers(5, 150) * 10),
            "cashable": round(r.uniform(0.1, 0.85), 2),
            "dollars_per_hour": float(r.integers(25, 90)),
            "discount_rate": round(r.uniform(0.03, 0.12), 3),
            "minutes_per_alert": 0.0,
            "running": 0.0,
            "once": 0.0,
        }
        year = worked_out(case)
        hours = year["alerts"] * case["dollars_per_hour"] / 60
        case["minutes_per_alert"] = float(round(r.uniform(0.1, 0.35) * year["benefit"] / hours))
        case["running"] = float(round(r.uniform(0.15, 0.45) * year["benefit"], -2))
        net = worked_out(case)["net"]
        case["once"] = float(round(r.uniform(0.4, 2.2) * net, -2))
        if 2 <= case["minutes_per_alert"] <= 60 and net > 5_000 and case["once"] > 0:
            cases.append(case)
    return cases


@dataclass(frozen=True)
class Swing:
    """What a result becomes while one assumption goes from its low to its high, and the others stand at their base."""

    name: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """Return how far apart the two are."""
        return abs(self.at_high - self.at_low)


Ranges = Mapping[str, tuple[float, float, float]]
"""Assumption -> low, base, high."""


def swings(ranges: Ranges, result: str = "npv") -> list[Swing]:
    """Return the swing of each assumption that has a range, the widest first: a tornado."""
    base = {name: values[1] for name, values in ranges.items()}
    found = [
        Swing(name, worked_out(base | {name: low})[result], worked_out(base | {name: high})[result])
        for name, (low, _, high) in ranges.items()
        if low != high
    ]
    return sorted(found, key=lambda swing: -swing.width)


def ends(ranges: Ranges, result: str = "npv") -> tuple[dict[str, float], dict[str, float]]:
    """Return all results with each assumption at the end that makes one result smaller, and larger."""
    small = {name: values[1] for name, values in ranges.items()}
    large = dict(small)
    for swing in swings(ranges, result):
        low, _, high = ranges[swing.name]
        small[swing.name], large[swing.name] = (low, high) if swing.at_low <= swing.at_high else (high, low)
    return worked_out(small), worked_out(large)
