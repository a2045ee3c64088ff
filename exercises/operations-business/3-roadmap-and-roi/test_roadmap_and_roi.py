"""Days 61-90, operations and business: a return given as a range, and a roadmap. For learning, not for clinical use."""

import functools
import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from wardround.grading import NotYet, expect, graded, read_formula
from wardround.grading.faults import WrongForm
from wardround.grading.forms import Form, Share, Text
from wardround.grading.formulas import Formula
from wardround.grading.pictures import Bars, Table
from wardround.hospital.business_cases import RESULTS, Swing, ends, make_cases, swings, worked_out
from wardround.wording import counted, did_you_mean, listed, nearest

# A formula has one right value: those of three sound answers differ from it by 1e-14 at most on seeds 1 to 60. So only
# a factor that was rounded is allowed for: 0.2 % of the value, for npv 0.2 % of npv and `once` together. Of the slips
# below the nearest is npv divided by 1 + 2 x rate in year 2 alone: on each of these seeds it is off by 0.28 % of that
# or more in one of the 20 hospitals. Net times (1 - rate) is off by 2 %, all years discounted like the third by 9 %,
# a rate of 0.05 for every house by 10 %, all others by 10 % and more.
EXACT = 0.002
# Amounts that are copied from a spreadsheet may be rounded: to 1 % of the widest bar of the tornado, or to 500 dollars.
ROUNDED = 0.01
LEAST_ROUNDED = 500
# Two assumptions whose bars differ by less than this share are both the main driver.
ALIKE = 0.02

# Months: a payback of fifty years and more is read as never. Where nobody acts, a formula that drops the minus sign
# gives 3 to 42 months on seeds 1 to 60.
LONG = 600
LOSING = ("benefit", "cost", "net", "once")

Amount = Annotated[float, Field(ge=0, le=10**10)]
Dollars = Annotated[float, Field(ge=-(10**12), le=10**12)]
Week = Annotated[int, Field(ge=1, le=520)]
Kind = Literal["measured", "contract", "published", "asked", "guess"]


class Alerting(Form):
    """How many alerts, and how many of them are right."""

    true_alerts: Text
    alerts: Text
    ppv: Text


class Gain(Form):
    """What is prevented, and what reaches an account."""

    prevented: Text
    freed: Text
    benefit: Text
    ceiling: Text


class Result(Form):
    """What is left."""

    cost: Text
    net: Text
    payback: Text
    npv: Text


class AlertingPart(Form):
    """What the tool is, and the first block of formulas."""

    tool: Text
    case: Text
    event: Text
    unit: Text
    alerting: Alerting


class GainPart(Form):
    """The second block."""

    gain: Gain


class ResultPart(Form):
    """The third block."""

    result: Result


class ShareRange(Form):
    """An assumption from 0 to 1."""

    low: Share
    base: Share
    high: Share
    kind: Kind
    source: Text


class AmountRange(Form):
    """An assumption from 0 upward."""

    low: Amount
    base: Amount
    high: Amount
    kind: Kind
    source: Text


class Assumptions(Form):
    """All that the formulas need."""

    cases: AmountRange
    rate: ShareRange
    sensitivity: ShareRange
    specificity: ShareRange
    adoption: ShareRange
    effect: ShareRange
    units_each: AmountRange
    dollars_per_unit: AmountRange
    cashable: ShareRange
    minutes_per_alert: AmountRange
    dollars_per_hour: AmountRange
    running: AmountRange
    once: AmountRange
    discount_rate: ShareRange


class Assumed(Form):
    """The assumptions alone."""

    assumptions: Assumptions


class Driver(Form):
    """What moves the result most."""

    assumption: Text
    npv_low: Dollars
    npv_high: Dollars
    changes_sign: bool


class Driven(Assumed):
    """The assumptions, and what moves the result."""

    driver: Driver


class ThreeYears(Form):
    """The result in three cases."""

    pessimistic: Dollars
    expected: Dollars
    optimistic: Dollars


class Cases(Assumed):
    """The assumptions, and three cases."""

    three_years: ThreeYears


class Gate(Form):
    """A number that decides whether it goes on."""

    metric: Text
    at_least: Dollars | None = None
    at_most: Dollars | None = None
    otherwise: Text


class Task(Form):
    """One task of a roadmap."""

    id: Text
    kind: Literal[
        "baseline", "contract", "build", "validation", "silent", "training", "go-live", "exit", "decision", "other"
    ]
    what: Text
    owner: Text
    from_week: Week
    to_week: Week
    needs: list[Text]
    gate: Gate | None = None


class Roadmap(Form):
    """All tasks."""

    tasks: Annotated[list[Task], Field(min_length=5, max_length=40)]


# Formulas -----------------------------------------------------------------------------------------------------------

ASSUMPTIONS = tuple(Assumptions.model_fields)
Values = Mapping[str, float]

# result -> what somebody wrote instead, and what to say. `a` holds assumptions and all right results.
SLIPS: dict[str, list[tuple[Callable[[Values], float], str]]] = {
    "true_alerts": [
        (lambda a: a["cases"] * a["sensitivity"], "Sensitivity speaks of cases with the event: multiply by rate too."),
        (lambda a: a["cases"] * a["rate"], "That is every case with the event; the tool finds a part of them."),
    ],
    "alerts": [
        (
            lambda a: a["true_alerts"],
            "These are the right ones alone. Somebody also reads the false ones: cases without the event that get an "
            "alert all the same.",
        ),
        (
            lambda a: a["cases"] * (1 - a["specificity"]) + a["true_alerts"],
            "False alerts come from cases without the event, not from all: one minus rate of them.",
        ),
        (
            lambda a: a["cases"] * (1 - a["rate"]) * a["specificity"] + a["true_alerts"],
            "Specificity is the share without the event that is left in peace; the false alerts are the rest.",
        ),
        (lambda a: a["cases"] * (1 - a["rate"]) * (1 - a["specificity"]), "These are the false ones alone."),
    ],
    "ppv": [
        (
            lambda a: a["sensitivity"],
            "That is the sensitivity: of the cases with the event, how many get an alert. Whoever reads an alert asks "
            "the other way round: of the alerts, how many are right?",
        ),
        (lambda a: a["specificity"], "That is the specificity. Of the alerts, how many are right?"),
        (lambda a: a["true_alerts"] / a["cases"], "That is divided by all cases. Divide by the alerts."),
        (lambda a: 100 * a["ppv"], "Write a share from 0 to 1, not percent."),
    ],
    "prevented": [
        (
            lambda a: a["true_alerts"] * a["effect"],
            "Nobody is helped by an alert on which nobody acts: multiply by adoption.",
        ),
        (lambda a: a["true_alerts"] * a["adoption"], "Acting does not always help: multiply by effect."),
        (lambda a: a["true_alerts"], "An alert prevents nothing: somebody must act, and it must help."),
        (
            lambda a: a["alerts"] * a["adoption"] * a["effect"],
            "A false alert prevents nothing, because nothing would have happened.",
        ),
    ],
    "freed": [
        (lambda a: a["prevented"], "These are events. Each costs units_each units."),
    ],
    "benefit": [
        (
            lambda a: a["freed"] * a["dollars_per_unit"],
            "All of it counts as cash here. Only the share `cashable` reaches an account; the rest is room or time, "
            "worth having, and no money.",
        ),
        (
            lambda a: a["freed"] * a["dollars_per_unit"] * (1 + a["cashable"]),
            "The same units stand there twice: once as cash and once as room. Count each once.",
        ),
        (
            lambda a: a["true_alerts"] * a["effect"] * a["units_each"] * a["dollars_per_unit"] * a["cashable"],
            "That is what it would bring if somebody acted on every alert.",
        ),
        (lambda a: a["freed"] * a["cashable"], "These are units, not dollars."),
    ],
    "ceiling": [
        (
            lambda a: a["cases"] * a["rate"] * a["units_each"] * a["dollars_per_unit"],
            "A perfect tool turns no more of its units into cash than yours does: multiply by cashable.",
        ),
        (lambda a: a["benefit"], "That is what your tool brings. The ceiling is what a perfect one would."),
        (
            lambda a: a["ceiling"] / a["rate"],
            "Even a perfect tool prevents no event where there is none: multiply by rate.",
        ),
        (
            lambda a: a["ceiling"] * a["sensitivity"],
            "A perfect tool misses no case, so its sensitivity is 1: leave yours out.",
        ),
    ],
    "cost": [
        (
            lambda a: a["running"],
            "The people's minutes are missing. Somebody reads each alert, and is paid for it.",
        ),
        (
            lambda a: a["running"] + a["true_alerts"] * a["minutes_per_alert"] / 60 * a["dollars_per_hour"],
            "False alerts take minutes too: nobody knows beforehand which they are.",
        ),
        (
            lambda a: a["running"] + a["alerts"] * a["adoption"] * a["minutes_per_alert"] / 60 * a["dollars_per_hour"],
            "minutes_per_alert holds for each alert, also for those on which nobody acts.",
        ),
        (
            lambda a: a["running"] + a["alerts"] * a["minutes_per_alert"] * a["dollars_per_hour"],
            "These are minutes times dollars for an hour: an hour has 60 minutes.",
        ),
        (
            lambda a: a["cost"] + a["once"],
            "`once` is paid once, before the first day. It comes in with payback and npv.",
        ),
        (
            lambda a: a["cost"] + a["once"] / 3,
            "`once` is spread over three years here. It is paid before the first day, and npv subtracts it then; in "
            "cost it would be paid twice.",
        ),
    ],
    "net": [
        (lambda a: a["benefit"], "That is the benefit alone."),
        (lambda a: a["benefit"] - a["running"], "The people's minutes are missing; they are part of cost."),
        (lambda a: a["cost"] - a["benefit"], "The signs are turned round: what is left is positive."),
    ],
    "payback": [
        (
            lambda a: 12 * a["once"] / a["benefit"],
            "Each year's cost goes off the benefit before anything comes back: divide by net.",
        ),
        (lambda a: a["once"] / a["net"], "These are years; months are asked for."),
        (lambda a: 12 * (a["once"] + a["cost"]) / a["benefit"], "The cost comes back every year. Divide once by net."),
    ],
    "npv": [
        (
            lambda a: -a["once"] + 3 * a["net"],
            "A dollar in three years is counted like one today. Divide year 1 by (1 + discount_rate), year 2 by its "
            "square, year 3 by its third power.",
        ),
        (
            lambda a: -a["once"] + sum(a["net"] / (1 + a["discount_rate"]) ** year for year in range(3)),
            "The first year's money is counted like money of today; it is there at the end of year 1.",
        ),
        (
            lambda a: -a["once"] + sum(a["net"] / (1 + year * a["discount_rate"]) for year in (1, 2, 3)),
            "Discounting is done year after year: the square in year 2, not twice the rate.",
        ),
        (
            lambda a: -a["once"] + sum(a["net"] * (1 + a["discount_rate"]) ** year for year in (1, 2, 3)),
            "It grows with the rate. Later money is worth less today: divide.",
        ),
        (
            lambda a: -a["once"] + sum(a["net"] * (1 - a["discount_rate"]) ** year for year in (1, 2, 3)),
            "A dollar of next year is worth 1 / (1 + discount_rate) today: that much grows to a dollar by then. "
            "Subtracting the rate gives less.",
        ),
        (
            lambda a: -a["once"] + 3 * a["net"] / (1 + a["discount_rate"]) ** 3,
            "All three years are discounted like the third. Year 1 waits one year, year 2 two.",
        ),
        (lambda a: a["npv"] + a["once"], "What is spent `once` must be subtracted."),
    ],
}
MEANS = {
    "true_alerts": "It is the number of alerts in a year that are right.",
    "alerts": "It is the number of all alerts in a year, the right and the false ones.",
    "ppv": "Of all alerts, it is the share that is right.",
    "prevented": "An event is prevented if the alert is right, somebody acts on it, and acting helps.",
    "freed": "It is the events prevented, in units.",
    "benefit": "It is the dollars of the freed units that reach an account.",
    "ceiling": "It is the dollars if no case was missed, somebody acted on every alert, and it always helped.",
    "cost": "It is what is paid each year, and the minutes that people spend on all alerts.",
    "net": "It is what is left of the benefit after a year's cost.",
    "payback": "It is the months until what is left each year has brought back `once`.",
    "npv": "It is what is left of three years, each discounted to today, after `once`.",
}


@functools.lru_cache(maxsize=8)
def other_hospitals(seed: int) -> tuple[dict[str, float], ...]:
    """Return twenty hospitals in which the tool is used, and one in which nobody acts, with all right results."""
    cases = make_cases(seed)
    return tuple(worked_out(case) for case in [*cases, cases[0] | {"adoption": 0.0}])


def formulas_fit(block: Form, seed: int, show) -> None:
    """Expect each formula of a block to give the right value in each hospital.

    Each is judged by itself: the results above it that it names are the right ones.
    """
    hospitals = other_hospitals(seed)
    for name in type(block).model_fields:
        formula = formula_of(block, name)
        for n, values in enumerate(hospitals, 1):
            idle = n == len(hospitals)
            right = values[name]
            got = formula.value({key: values[key] for key in formula.names})
            if math.isinf(right):
                comes_back_never(formula, name, got, values, show)
                continue
            if close(name, got, right, values):
                continue
            show(hospital_table(n, formula, name, got, values))
            where = "with adoption 0, so that nobody acts on any alert," if idle else f"for hospital {n}"
            raise NotYet(
                f"{formula.where}: {name} is `{formula.text}`. {where[0].upper()}{where[1:]} it gives {figure(got)}; "
                f"{figure(right)} is right. {slip(name, formula, hospitals, idle=idle)}"
            )


def comes_back_never(formula: Formula, name: str, got: float, values: Values, show) -> None:
    """Expect no date on which the money is back where each year loses some: below zero, or so long that all see it."""
    if 0 <= got < LONG:
        show(Table("A hospital in which nobody acts", ("Name", "Value"), [(w, figure(values[w])) for w in LOSING]))
        raise NotYet(
            f"{formula.where}: {name} is `{formula.text}`. Where nobody acts, net is {dollars(values['net'])} a year, "
            f"so the money never comes back; your formula says {figure(got)} months. Let the formula fall below zero "
            "there: whoever reads a small number takes the loss for a quick gain."
        )


def formula_of(block: Form, name: str) -> Formula:
    """Return a formula that names assumptions and results above it only."""
    formula = read_formula(getattr(block, name), where=block.where(name))
    order = list(RESULTS)
    above = order[: order.index(name)]
    later = next((word for word in sorted(formula.names) if word in RESULTS and word not in above), None)
    if later:
        how = "itself" if later == name else f"`{later}`, which stands further down"
        raise WrongForm(
            f"{formula.where}: {name} names {how}. Use assumptions, and results that stand above it: "
            f"{listed(above) if above else 'none yet'}."
        )
    formula.expect_names([*ASSUMPTIONS, *above])
    return formula


def close(name: str, got: float, right: float, values: Values) -> bool:
    """Return whether a value is right but for rounding."""
    scale = abs(right) + (values["once"] if name == "npv" else 0)
    return abs(got - right) <= EXACT * scale + 1e-9


def slip(name: str, formula: Formula, hospitals: tuple[dict[str, float], ...], *, idle: bool) -> str:
    """Return what is wrong with a formula if others have written the same; else what the result means."""
    used = hospitals[:-1]
    for wrong, said in SLIPS[name]:
        if all(close(name, formula.value({k: a[k] for k in formula.names}), wrong(a), a) for a in used):
            return said
    if idle:
        return "Where nobody acts, nothing is gained, and the tool still costs what it costs."
    if name == "npv" and "discount_rate" not in formula.names:
        return f"Each house has its own `discount_rate`, so the formula must name it. {MEANS[name]}"
    return MEANS[name]


class Read(dict[str, float]):
    """Values that know which of them were read."""

    def __init__(self, values: Values) -> None:
        """Begin with none read."""
        super().__init__(values)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> float:
        """Return a value, and note that it was read."""
        self.names.add(name)
        return super().__getitem__(name)


def hospital_table(n: int, formula: Formula, name: str, got: float, values: Values) -> Table:
    """Return the hospital in which a formula fails: what it names, and what a right one needs."""
    needed = Read(values)
    RESULTS[name](needed)
    words = [word for word in (*ASSUMPTIONS, *RESULTS) if word in needed.names or word in formula.names]
    rows = [(word, figure(values[word])) for word in words]
    rows += [(f"{name}, your formula", figure(got)), (f"{name}, right", figure(values[name]))]
    return Table(f"Hospital {n} (invented), in which `{name}` differs", ("Name", "Value"), rows)


def figure(value: float) -> str:
    """Write a number as people do."""
    if math.isinf(value):
        return "never"
    if abs(value) >= 1000 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:,.1f}"


def dollars(value: float) -> str:
    """Write an amount."""
    return f"{'-' if round(value) < 0 else ''}${abs(value):,.0f}"


# 1 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="Take 1,000 cases and a pencil. How many have the event, how many of those get an alert, and who else does?",
)
def test_alerts_and_how_many_are_right(document, seed, show):
    """Alerts, and how many are right: your formulas in 20 other hospitals"""
    form = document("roi.yaml", AlertingPart, others=True)
    formulas_fit(form.alerting, seed, show)


# 2 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=20,
    hint="Follow one alert until a dollar stands on an account. At how many places may it get lost on the way?",
)
def test_benefit_reaches_an_account(document, seed, show):
    """Benefit: nothing where nobody acts, nothing twice, never above the ceiling"""
    form = document("roi.yaml", GainPart, others=True)
    formulas_fit(form.gain, seed, show)


# 3 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="Put four payments on a line: today, and at the ends of years 1, 2 and 3. What is each of them worth today?",
)
def test_cost_payback_and_present_value(document, seed, show):
    """Cost with everybody's minutes, payback, and what three years are worth today"""
    form = document("roi.yaml", ResultPart, others=True)
    formulas_fit(form.result, seed, show)


# 4 ------------------------------------------------------------------------------------------------------------------


def ranges_of(assumptions: Assumptions) -> dict[str, tuple[float, float, float]]:
    """Return each assumption's low, base and high."""
    return {name: (value.low, value.base, value.high) for name in ASSUMPTIONS if (value := getattr(assumptions, name))}


def tornado(found: list[Swing]) -> Bars:
    """Return the bars, the widest first."""
    return Bars(
        "npv, with one assumption at a time at its low and at its high",
        {swing.name: (swing.at_low, swing.at_high) for swing in found},
        unit="US dollars",
    )


def ordered(name: str, value: ShareRange | AmountRange) -> None:
    """Expect low, base and high in the order of size."""
    expect(
        value.low <= value.base <= value.high,
        f"{value.where('base')}: {name} has low {figure(value.low)}, base {figure(value.base)} and high "
        f"{figure(value.high)}. Write them in the order of size, also where more is worse.",
    )


def in_thousands(value: float, right: float, allowed: float) -> str:
    """Return what to do if an amount is right but for three zeros."""
    return " Write whole dollars, not thousands of them." if abs(1000 * value - right) <= allowed < abs(right) else ""


def slack(found: list[Swing]) -> float:
    """Return how far an amount may be off because it was rounded."""
    return max(LEAST_ROUNDED, ROUNDED * max((swing.width for swing in found), default=0))


@graded(
    points=15,
    hint=(
        "In the spreadsheet put your low, then your high, in the place of one base value, write down npv both times, "
        "and put the base back."
    ),
)
def test_main_driver(document, show):
    """What moves it most: one assumption, from its low to its high"""
    form = document("roi.yaml", Driven, others=True)
    driver, ranges = form.driver, ranges_of(form.assumptions)
    for name in ASSUMPTIONS:
        ordered(name, getattr(form.assumptions, name))
    found = swings(ranges)
    expect(found, f"{form.where('assumptions')}: no assumption has a low and a high that differ, so nothing can move.")
    show(tornado(found))
    expect(
        driver.assumption in ASSUMPTIONS,
        lambda: (
            f"{driver.where('assumption')}: there is no assumption `{driver.assumption}`."
            f"{did_you_mean(driver.assumption, ASSUMPTIONS) or f' The names are {listed(ASSUMPTIONS)}.'}"
        ),
    )
    mine = next((swing for swing in found if swing.name == driver.assumption), None)
    expect(
        mine is not None,
        f"{driver.where('assumption')}: `{driver.assumption}` has one value for low and high, so it moves nothing.",
    )
    widest = found[0]
    expect(
        mine.width >= (1 - ALIKE) * widest.width,
        f"{driver.where('assumption')}: from its low to its high, `{mine.name}` moves npv by {dollars(mine.width)}, "
        f"another one by {dollars(widest.width)}. The largest amount, or the widest range, need not move the result "
        "most: try each. Otherwise the house spends its care on the wrong question.",
    )
    for key, right, end in (("npv_low", mine.at_low, "low"), ("npv_high", mine.at_high, "high")):
        value = getattr(driver, key)
        expect(
            abs(value - right) <= slack(found),
            f"{driver.where(key)}: {key} is {dollars(value)}. With `{mine.name}` at its {end} and the others at their "
            f"base, npv is {dollars(right)}.{in_thousands(value, right, slack(found))}",
        )
    crosses = (mine.at_low < 0) != (mine.at_high < 0)
    expect(
        driver.changes_sign == crosses,
        f"{driver.where('changes_sign')}: changes_sign is {'true' if driver.changes_sign else 'false'}, but npv goes "
        f"from {dollars(mine.at_low)} to {dollars(mine.at_high)}. "
        + (
            "It crosses zero: this assumption alone decides whether the house gains or loses."
            if crosses
            else "It stays on one side of zero, so this assumption alone decides nothing."
        ),
    )


# 5 ------------------------------------------------------------------------------------------------------------------

WIDE = {"published": 1.2, "asked": 1.2, "guess": 1.5}  # how far apart low and high are at least, by kind
BEFORE = ("measured", "contract")  # kinds that need the tool to be there, or a price
HAPPENS = ("cases", "rate", "sensitivity", "specificity", "cashable", "minutes_per_alert")  # and has no price


def apart(value: ShareRange | AmountRange) -> float:
    """Return how many times the high is the low; for a share near 1, how many times what is missing to 1."""
    ratios = [value.high / value.low if value.low else math.inf]
    if isinstance(value, ShareRange):
        ratios.append((1 - value.low) / (1 - value.high) if value.high < 1 else math.inf)
    return max(ratios) if value.high > value.low else 1.0


def honest(name: str, value: ShareRange | AmountRange) -> None:
    """Expect a range in order, as wide as its source is weak."""
    ordered(name, value)
    expect(
        name not in ("adoption", "effect") or value.kind not in BEFORE,
        f"{value.where('kind')}: {name} is `{value.kind}`. The tool is not in use in your house, so nobody has counted "
        "it there. Write where the number is from: published, asked or guess.",
    )
    expect(
        name not in HAPPENS or value.kind != "contract",
        f"{value.where('kind')}: {name} is `contract`. A contract sets a price; {name} is what happens, whatever "
        "anybody has signed. Write where the number is from: measured, published, asked or guess.",
    )
    wide = WIDE.get(value.kind, 1.0)
    # `0.30 / 0.20` is a little less than 1.5 in floating point; 1e-9 takes that up.
    expect(
        apart(value) >= wide - 1e-9,
        f"{value.where('low')}: {name} is `{value.kind}`, and goes from {figure(value.low)} to {figure(value.high)}. "
        + (
            "If your house has one rate for all projects, its kind is contract, and one number will do."
            if name == "discount_rate"
            else f"What nobody has counted in your house is less certain: make the high at least {wide:g} times the low"
            f"{', or what is missing to 1 from the low so many times that from the high' if value.low >= 0.5 else ''}."
        ),
    )
    expect(
        wide == 1 or value.low < value.base < value.high,
        f"{value.where('base')}: {name} has its base at one end of its range. What you expect lies between what would "
        "disappoint and what would please you.",
    )
    expect(
        len(value.source.split()) >= 3,
        f"{value.where('source')}: the source of {name} is `{value.source}`. Say in three words or more who said or "
        "counted it, so that somebody can ask again.",
    )


def cases_table(ranges: Mapping[str, tuple[float, float, float]]) -> Table:
    """Return the results in three cases."""
    small, large = ends(ranges)
    base = worked_out({name: value[1] for name, value in ranges.items()})
    order = [*(name for name in ASSUMPTIONS if ranges[name][0] != ranges[name][2]), *RESULTS]
    rows = [(name, figure(small[name]), figure(base[name]), figure(large[name])) for name in order]
    return Table("Your model in three cases", ("Name", "Pessimistic", "Expected", "Optimistic"), rows)


@graded(
    points=10,
    hint=(
        "The bad end is not always the low one. In your tornado, look for each assumption on which side npv is "
        "smaller, and put all of these in at once."
    ),
)
def test_three_cases_are_shown(document, show):
    """Honest ranges, and three cases: the pessimistic one as well, however it looks"""
    form = document("roi.yaml", Cases, others=True)
    for name in ASSUMPTIONS:
        honest(name, getattr(form.assumptions, name))
    ranges = ranges_of(form.assumptions)
    found = swings(ranges)
    show(cases_table(ranges))
    small, large = ends(ranges)
    base = worked_out({name: value[1] for name, value in ranges.items()})
    lows = worked_out({name: value[0] for name, value in ranges.items()})["npv"]
    for key, values, how in (
        ("expected", base, "with all assumptions at their base"),
        ("pessimistic", small, "with all at their bad end"),
        ("optimistic", large, "with all at their good end"),
    ):
        value, right = getattr(form.three_years, key), values["npv"]
        if abs(value - right) <= slack(found):
            continue
        more = ""
        if key == "pessimistic" and abs(value - lows) <= slack(found):
            more = " You took every low, also that of costs and minutes, where the high is the bad end."
        elif key == "pessimistic" and right < 0 <= value:
            more = " A loss is shown with its minus sign: who decides must have seen it before."
        elif zeros := in_thousands(value, right, slack(found)):
            more = zeros
        elif abs(value - (-values["once"] + 3 * values["net"])) <= LEAST_ROUNDED:
            more = " Yours is not discounted."
        expect(
            False, f"{form.three_years.where(key)}: {key} is {dollars(value)}; {how}, npv is {dollars(right)}.{more}"
        )


# 6 ------------------------------------------------------------------------------------------------------------------

FIRST = {  # what must be over before a kind of task begins, and why
    "go-live": {
        "baseline": "without numbers of before, nobody can say what changed",
        "validation": "nobody has looked whether it is right on your own patients or claims",
        "silent": "its alerts have never been watched while nobody sees them and nobody comes to harm",
        "training": "people get alerts that nobody has shown them, and do not act on them",
    },
    "decision": {
        "go-live": "there is nothing to decide about",
        "exit": "nobody has tried whether you can do without the tool again, so a no is no choice",
    },
}
WHY = {kind: why for first in FIRST.values() for kind, why in first.items()} | {
    "decision": "there is no day on which somebody may say no"
}
EARLY = (
    "running",
    "once",
    "cases",
    "rate",
    "sensitivity",
    "specificity",
    "minutes_per_alert",
    "true_alerts",
    "alerts",
    "ppv",
)
LATE = ("adoption", "effect", "units_each", "cashable", "prevented", "freed", "benefit", "cost", "net")
GATED = {  # kind of task -> what can be seen by then
    "baseline": ("cases", "rate", "units_each"),
    "validation": EARLY,
    "silent": EARLY,
    "decision": (*EARLY, *LATE),
}
MORE_IS_BETTER = (
    "sensitivity",
    "specificity",
    "ppv",
    "adoption",
    "effect",
    "cashable",
    "prevented",
    "freed",
    "benefit",
    "net",
)
LESS_IS_BETTER = ("running", "once", "minutes_per_alert", "cost")
TAKE_TIME = ("effect", "cashable", "prevented", "freed", "benefit", "net")
LEAST_WEEKS = 4  # from the first day in use to a decision about events that come later or not at all
SEES_ALERTS = re.compile(r"\b(?:pilots?|go(?:es)?[- ]live|roll(?:ed|s)?[- ]?out)\b", re.IGNORECASE)
GOES_ON = re.compile(r"\b(?:go(?:es)? (?:on|ahead)|carr(?:y|ies) on|continues?|proceeds?)\b", re.IGNORECASE)
CHANGES = re.compile(
    r"\b(?:no|not|never|nobody|without|until|unless|before|after|once|only|stop\w*|end\w*|off|leave\w*|cancel\w*|back|again|"
    r"rais\w*|lower\w*|chang\w*|repeat\w*|fewer|less|more|higher|half|part|smaller|silent|threshold|different|another|"
    r"other|weeks?|old|own|paper)\b|n't\b",
    re.IGNORECASE,
)
VAGUE = {
    "all",
    "everybody",
    "everyone",
    "n/a",
    "nobody",
    "none",
    "staff",
    "tbd",
    "team",
    "the team",
    "the hospital",
    "us",
}


def before(tasks: Mapping[str, Task], name: str) -> set[str]:
    """Return the ids of all tasks that must be over before this one begins."""
    found: set[str] = set()
    ahead = list(tasks[name].needs)
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += tasks[other].needs
    return found


def tasks_of(form: Roadmap) -> dict[str, Task]:
    """Return the tasks by id; raise WrongForm for a name that leads nowhere."""
    tasks: dict[str, Task] = {}
    for task in form.tasks:
        if task.id in tasks:
            raise WrongForm(f"{task.where('id')}: two tasks have the id `{task.id}`. Give each its own.")
        tasks[task.id] = task
    for task in form.tasks:
        for n, name in enumerate(task.needs):
            if name not in tasks:
                near = did_you_mean(name, tasks) or f" The ids are {listed(tasks)}."
                raise WrongForm(f"{task.where('needs', n)}: `{task.id}` needs `{name}`, and no task has that id.{near}")
    return tasks


def in_order(tasks: Mapping[str, Task]) -> None:
    """Expect no circle, and no task that begins before what it needs is over."""
    for name, task in tasks.items():
        expect(
            name not in before(tasks, name),
            f"{task.where('needs')}: `{name}` needs itself in the end, over {listed(task.needs)}. In a circle nothing "
            "ever begins: take one `needs` away.",
        )
        expect(
            task.from_week <= task.to_week,
            f"{task.where('to_week')}: `{name}` ends in week {task.to_week}, before it begins in week "
            f"{task.from_week}.",
        )
        expect(
            task.owner.casefold() not in VAGUE,
            f"{task.where('owner')}: the owner of `{name}` is `{task.owner}`. Name one role that can be phoned; what "
            "belongs to everybody is done by nobody.",
        )
    for name, task in tasks.items():
        for n, other in enumerate(task.needs):
            expect(
                tasks[other].to_week < task.from_week,
                f"{task.where('needs', n)}: `{name}` begins in week {task.from_week}, but it needs `{other}`, which "
                f"ends in week {tasks[other].to_week}. Begin a week after that, or later.",
            )


def gate_decides(task: Task, ranges: Mapping[str, tuple[float, float, float]]) -> None:
    """Expect a gate's number to lie where the model says that it may go either way."""
    gate = task.gate
    if gate is None:
        return
    seen = GATED.get(task.kind, (*EARLY, *LATE))
    known = (*EARLY, *LATE)
    expect(
        gate.metric not in ("npv", "payback"),
        f"{gate.where('metric')}: `{gate.metric}` looks years ahead, so nobody can count it on the day of `{task.id}`. "
        "Choose what can be counted by then, such as net or effect.",
    )
    expect(
        gate.metric in known,
        lambda: (
            f"{gate.where('metric')}: `{gate.metric}` is no number of your model that can be watched. Choose one of "
            f"{listed(known, 'or')}.{did_you_mean(gate.metric, known)}"
        ),
    )
    expect(
        gate.metric in seen,
        f"{gate.where('metric')}: at `{task.id}` ({task.kind}) `{gate.metric}` cannot be seen yet. Choose "
        f"one of {listed(seen, 'or')}.",
    )
    expect(
        (gate.at_least is None) != (gate.at_most is None),
        f"{gate.where('metric')}: the gate of `{task.id}` needs one number, under `at_least` or under `at_most`.",
    )
    key = "at_least" if gate.at_most is None else "at_most"
    expect(
        gate.metric not in (LESS_IS_BETTER if key == "at_least" else MORE_IS_BETTER),
        f"{gate.where(key)}: this gate is passed where {gate.metric} is {key.replace('_', ' ')} the limit, so it stops "
        f"a good tool and lets a bad one on. Of {gate.metric}, {'less' if key == 'at_least' else 'more'} is better: "
        f"write {'at_most' if key == 'at_least' else 'at_least'}.",
    )
    limit = gate.at_least if gate.at_most is None else gate.at_most
    if gate.metric in ranges:
        low, high = ranges[gate.metric][0], ranges[gate.metric][2]
    else:
        small, large = ends(ranges, gate.metric)
        low, high = small[gate.metric], large[gate.metric]
    expect(
        low < limit < high,
        f"{gate.where(key)}: the gate asks for {gate.metric} {key.replace('_', ' ')} {figure(limit)}. By your own "
        f"ranges it will lie between {figure(low)} and {figure(high)}, so this gate "
        f"{'is always' if (limit <= low) == (key == 'at_least') else 'is never'} passed. A gate must be able to say "
        "yes and no.",
    )
    expect(
        len(gate.otherwise.split()) >= 3,
        f"{gate.where('otherwise')}: say in three words or more what is done if the gate of `{task.id}` says no.",
    )
    expect(
        not GOES_ON.search(gate.otherwise) or CHANGES.search(gate.otherwise),
        f"{gate.where('otherwise')}: where the gate of `{task.id}` says no, you write `{gate.otherwise}` So it "
        "cannot say no. Say what stops or changes.",
    )


def time_to_see(task: Task, tasks: Mapping[str, Task]) -> None:
    """Expect weeks enough between a go-live and a decision about what comes of it."""
    first = min((tasks[name].from_week for name in before(tasks, task.id) if tasks[name].kind == "go-live"), default=0)
    weeks = task.from_week - first
    expect(
        task.gate is None or task.gate.metric not in TAKE_TIME or weeks >= LEAST_WEEKS,
        lambda: (
            f"{task.where('from_week')}: `{task.id}` decides by {task.gate.metric}, {counted(weeks, 'week')} after the "
            f"first alerts are seen. An event comes later, or not at all: begin {LEAST_WEEKS} weeks after the go-live "
            "begins, or more."
        ),
    )


def no_hidden_go_live(task: Task, done: set[str]) -> None:
    """Expect no task of the kind `other` in which people see alerts without the proofs of a go-live."""
    said = f"{task.id.replace('-', ' ').replace('_', ' ')}: {task.what}"
    early = re.search(r"\b(?:plan|prepar|writ|cho[os]|pick|invit|report|budget|tells?\b|told\b)", said, re.IGNORECASE)
    expect(
        task.kind != "other" or early or not SEES_ALERTS.search(said) or done.issuperset(FIRST["go-live"]),
        f"{task.where('kind')}: `{task.id}` reads like a go-live: {task.what} Where people see its alerts, on one ward "
        "or for a week, it is one. Write go-live; if nobody sees them, write silent.",
    )


@graded(
    points=15,
    hint="Read it from the end: the day on which you may say no. What must have happened by then, and before that?",
)
def test_roadmap_holds(document, show):
    """The roadmap: no go-live before its proofs, and gates that can say no"""
    form = document("roadmap.yaml", Roadmap)
    assumptions = document("roi.yaml", Assumed, others=True).assumptions
    tasks = tasks_of(form)
    show(
        Bars("Your roadmap", {name: (float(t.from_week), float(t.to_week)) for name, t in tasks.items()}, unit="weeks")
    )
    in_order(tasks)
    kinds = {task.kind for task in form.tasks}
    for kind in ("baseline", "validation", "silent", "training", "go-live", "exit", "decision"):
        expect(
            kind in kinds,
            f"{form.where('tasks')}: no task is of the kind `{kind}`: {WHY[kind]}. Add one.",
        )
    for task in form.tasks:
        done = {tasks[name].kind for name in before(tasks, task.id)}
        for kind, why in FIRST.get(task.kind, {}).items():
            expect(
                kind in done,
                f"{task.where('needs')}: `{task.id}` ({task.kind}) does not wait for a task of the kind `{kind}`: {why}"
                ". Add its id to `needs`, here or at a task that this one needs.",
            )
        no_hidden_go_live(task, done)
    early = [task for task in form.tasks if task.kind in ("validation", "silent")]
    expect(
        any(task.gate for task in early),
        f"{early[0].where('id')}: neither validation nor silent run has a `gate`. Give one of them a number under "
        "which the tool does not go live.",
    )
    for task in form.tasks:
        expect(
            task.kind != "decision" or task.gate,
            f"{task.where('id')}: `{task.id}` is a decision without a `gate`. Without a number, written before, every "
            "result looks good enough.",
        )
        gate_decides(task, ranges_of(assumptions))
        if task.kind == "decision":
            time_to_see(task, tasks)


# 7 ------------------------------------------------------------------------------------------------------------------

HEADINGS = ("What we ask for", "What it is worth", "What moves it", "When we stop")
LEAST_WORDS, MOST_WORDS = 80, 400
LOSES = re.compile(r"\b(lose[sd]?|losing|lost|loss|losses|minus|negative|below zero|in the red)\b", re.IGNORECASE)
_SIGN = r"(?P<sign>[-(\u2212\u2013]\s?)?"
_AMOUNT = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<unit>k|thousand|m|million|bn|billion)\b)?"
_BEFORE = r"(?:US\s?\$|USD|\$|€|EUR|£|GBP)\s?(?P<inner>[-\u2212]\s?)?"
_AFTER = r"\s?(?:(?:US )?dollars|USD|EUR|€|\$)(?!\s?\d)"
MONEY = [
    re.compile(rf"{_SIGN}{_BEFORE}{_AMOUNT}", re.IGNORECASE),
    re.compile(rf"{_SIGN}(?P<inner>)(?<![\d.,$€£]){_AMOUNT}{_AFTER}", re.IGNORECASE),
]
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


class Said:
    """An amount of money in the memo."""

    def __init__(self, match: re.Match[str], sentence: str) -> None:
        """Read it: with its sign, and with how far it may be rounded."""
        text = match["number"].rstrip(",").replace(",", "")
        times = TIMES.get((match["unit"] or "").lower(), 1.0)
        whole, _, decimals = text.partition(".")
        zeros = len(whole) - len(whole.rstrip("0")) if not decimals else 0
        step = times * 10.0 ** (zeros if not decimals else -len(decimals))
        self.text = match[0].strip().rstrip(",").lstrip("(")
        self.sentence = sentence
        self.minus = bool(match["sign"] or match["inner"])
        self.value = float(text) * times
        # A rounded amount may be off by half of its last digit, but by no more than 5 %, and always by 0.5 %.
        self.slack = max(0.5, min(step / 2, 0.05 * self.value), 0.005 * self.value)

    def near(self, amount: float) -> bool:
        """Return whether it can be this amount, its sign aside."""
        return abs(self.value - abs(amount)) <= self.slack

    def signed(self, amount: float) -> bool:
        """Return whether it says a loss where the amount is one."""
        return amount >= 0 or self.minus or bool(LOSES.search(self.sentence))

    def is_(self, amount: float) -> bool:
        """Return whether it is this amount."""
        return self.near(amount) and self.signed(amount)


def amounts_in(text: str) -> list[Said]:
    """Return all amounts of money in a text."""
    sentences = re.split(r"(?<=[.!?])\s+|\n\s*\n", text)
    return [Said(match, sentence) for sentence in sentences for money in MONEY for match in money.finditer(sentence)]


def sections_of(document) -> dict[str, str]:
    """Return the memo's sections, without comments."""
    prose = document("memo.md")
    for heading in HEADINGS:
        near = nearest(heading, [name for name in prose.sections if name not in HEADINGS])
        expect(
            heading in prose.sections,
            f"memo.md has no section `## {heading}`. "
            + (f"Rename `## {near}`." if near else "Add the heading as the starter has it."),
        )
    found = {name: re.sub(r"<!--.*?-->", "", prose.sections[name], flags=re.DOTALL).strip() for name in HEADINGS}
    for heading, text in found.items():
        n = len(text.split())
        expect(n >= 10, f"memo.md, `## {heading}` has {counted(n, 'word')}; write a whole sentence of ten or more.")
    words = sum(len(text.split()) for text in found.values())
    expect(
        LEAST_WORDS <= words <= MOST_WORDS,
        f"memo.md has {words} words. Between {LEAST_WORDS} and {MOST_WORDS} fit on a page that a director reads.",
    )
    return found


@graded(
    points=10,
    hint="Lay memo and spreadsheet side by side and tick off every dollar. Then look for what the memo does not say.",
)
def test_memo_says_what_the_model_says(document):
    """The memo says what the model says: the bad case, the driver, and the limit"""
    sections = sections_of(document)
    assumptions = document("roi.yaml", Assumed, others=True).assumptions
    tasks = document("roadmap.yaml", Roadmap).tasks
    ranges = ranges_of(assumptions)
    small, large = ends(ranges)
    base = worked_out({name: value[1] for name, value in ranges.items()})
    found = swings(ranges)
    known = known_amounts(ranges, (small, base, large), found, tasks)
    for heading, text in sections.items():
        for said in amounts_in(text):
            if any(said.is_(amount) for amount in known.values()):
                continue
            where = f"memo.md, `## {heading}` says {said.text}"
            near = next((name for name, amount in known.items() if said.near(amount)), None)
            expect(
                near is None,
                f"{where}. The model has {dollars(known.get(near or '', 0))} ({near}): a loss carries its minus sign, "
                "or the word loss.",
            )
            expect(
                False,
                f"{where}, which is no amount of roi.yaml in any of the three cases. Copy it from the model, or put it "
                "into the model first: whoever finds one wrong number believes none.",
            )
    worth = amounts_in(sections["What it is worth"])
    turned_round(
        sections["What it is worth"],
        {"npv in the bad case": small["npv"], "npv in the good case": large["npv"]},
        CASE_WORDS,
    )
    back_when(sections["What it is worth"], [values["payback"] for values in (small, base, large)])
    for name, values in (("pessimistic", small), ("expected", base), ("optimistic", large)):
        expect(
            any(said.is_(values["npv"]) for said in worth),
            f"memo.md, `## What it is worth` does not say the {name} result over three years, {dollars(values['npv'])}"
            ". Give all three: who decides must know the range, and the loss that it may hold.",
        )
    moves, names = sections["What moves it"], [s.name for s in found if s.width >= (1 - ALIKE) * found[0].width]
    ends_said = amounts_in(moves)
    expect(
        any(
            any(said.is_(swing.at_low) for said in ends_said) and any(said.is_(swing.at_high) for said in ends_said)
            for swing in found
            if swing.name in names
        ),
        lambda: (
            f"memo.md, `## What moves it` does not say what becomes of npv with {names[0]} at its low "
            f"({dollars(found[0].at_low)}) and at its high ({dollars(found[0].at_high)})."
        ),
    )
    widest = found[0]
    turned_round(
        moves,
        {
            f"npv with {widest.name} at its {end}": value
            for end, value in (("low", widest.at_low), ("high", widest.at_high))
        },
        END_WORDS,
    )
    stops(sections["When we stop"], tasks)


CASE_WORDS = tuple(
    re.compile(
        rf"\b(?:{words}) (?:case|end|one|outcome|scenario)\b|\bat {words.split('|')[1]}\b|\|\s*(?:{words})\s*\|", re.I
    )
    for words in ("bad|worst|pessimistic", "good|best|optimistic")
)
END_WORDS = tuple(re.compile(rf"\b(?:at|with) (?:its|the) {end}\b|\bits {end}\b", re.I) for end in ("low", "high"))
CLAUSE = re.compile(r"[,;.](?=\s)|\s(?:and|but|while|or)\s|\n", re.IGNORECASE)


def turned_round(text: str, two: Mapping[str, float], words: tuple[re.Pattern[str], ...]) -> None:
    """Expect no clause that gives one of two amounts under the other one's name."""
    (one, first), (other, second) = two.items()
    for clause in CLAUSE.split(re.sub(r"\([^()\d]*\)", "", text)):
        said = amounts_in(clause)
        for name, mine, theirs, own, others in ((one, first, second, *words), (other, second, first, *words[::-1])):
            wrong = len(said) == 1 and said[0].near(theirs) and not said[0].near(mine)
            if wrong and own.search(clause) and not others.search(clause):
                expect(
                    False,
                    f"memo.md says `{' '.join(clause.split()).rstrip('.')}`. {said[0].text} is the other end: {name} "
                    f"is {dollars(mine)}.",
                )


LATER = re.compile(r"\b(?:not|never|later|longer|beyond|nothing|nobody|no)\b|n't\b", re.IGNORECASE)
BACK = re.compile(r"\b(?:back|payback|recover\w*|recoup\w*|break[- ]?even)\b", re.IGNORECASE)
MONTHS = re.compile(r"(?<!year and )(?<!years and )(?<![\d.,])(\d+(?:\.\d+)?)(?:\s|-)months?\b", re.IGNORECASE)


def back_when(text: str, months: list[float]) -> None:
    """Expect a number of months after which the money is back to be a payback of the model."""
    for sentence in re.split(r"(?<=[.!?;])\s+|\n\s*\n", text):
        if not BACK.search(sentence) or LATER.search(sentence):
            continue
        for match in MONTHS.finditer(sentence):
            # Rounded to months, up or down, and long ones to 3 %.
            expect(
                any(abs(float(match[1]) - right) <= max(1, 0.03 * right) for right in months if math.isfinite(right)),
                f"memo.md, `## What it is worth` says that the money is back after {match[0]}. In the model payback is "
                f"{listed([figure(right) for right in months])} (pessimistic, expected and optimistic).",
            )


def known_amounts(ranges, cases, found: list[Swing], tasks: list[Task]) -> dict[str, float]:
    """Return every amount of the model in dollars, by what it is."""
    known: dict[str, float] = {}
    for word, values in zip(("pessimistic", "expected", "optimistic"), cases, strict=True):
        for name in ("npv", "benefit", "ceiling", "cost", "net"):
            known[f"{name}, {word}"] = values[name]
    for name in ("dollars_per_unit", "dollars_per_hour", "running", "once"):
        for word, value in zip(("low", "base", "high"), ranges[name], strict=True):
            known[f"{name}, {word}"] = value
    for swing in found:
        known[f"npv with {swing.name} at its low"] = swing.at_low
        known[f"npv with {swing.name} at its high"] = swing.at_high
    base = cases[1]
    known["staff time in a year, expected"] = base["cost"] - base["running"]
    known["once and the first year's cost, expected"] = base["once"] + base["cost"]
    known["three years without discount, expected"] = -base["once"] + 3 * base["net"]
    for task in tasks:
        if task.gate and task.gate.metric in ("benefit", "cost", "net"):
            limit = task.gate.at_least if task.gate.at_most is None else task.gate.at_most
            known[f"the limit of {task.id}"] = limit or 0
    return known


def stops(text: str, tasks: list[Task]) -> None:
    """Expect the week and the limit of a decision."""
    decisions = [task for task in tasks if task.kind == "decision" and task.gate]
    expect(
        decisions, "roadmap.yaml has no task of the kind `decision` with a gate, so the memo cannot say when to stop."
    )
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    numbers = [
        float(match[1]) * (0.01 if match[2] else 1) for match in re.finditer(r"(\d+(?:\.\d+)?)\s*(%|percent\b)?", plain)
    ]
    numbers += [
        float(m[1]) / 100
        for m in re.finditer(r"(\d+(?:\.\d+)?) (?:in|of|out of) (?:a |every )?(?:100|hundred)\b", plain)
    ]
    numbers += [said.value for said in amounts_in(text)]
    for task in decisions:
        said_as_planned(text, task)
        limit = abs(task.gate.at_least if task.gate.at_most is None else task.gate.at_most)
        if any(abs(number - limit) <= 0.005 * max(limit, 0.01) for number in numbers) and any(
            number in (task.from_week, task.to_week) for number in numbers
        ):
            return
    task = decisions[0]
    limit = task.gate.at_least if task.gate.at_most is None else task.gate.at_most
    expect(
        False,
        f"memo.md, `## When we stop` must name the week and the number of the decision: week {task.to_week}, and "
        f"{task.gate.metric} {'at least' if task.gate.at_most is None else 'at most'} {figure(limit)}, as in "
        "roadmap.yaml. A limit that is not written before is moved afterwards.",
    )


_MORE = r"(?:above|over|more than|higher than|greater than|exceeds?)"
_LESS = r"(?:below|under|less than|fewer than|lower than)"
_LIMIT = r"\s+(?:about\s+|\$)?(\d[\d,]*(?:\.\d+)?)"
STOPS = re.compile(
    r"\b(?:stop(?:s|ped)?|(?:switch|turn)\w*\b.{0,20}\boff|is off|cancel\w*|"
    r"(?:contract|project|tool|it|test) (?:is )?end(?:s|ed))\b",
    re.IGNORECASE | re.DOTALL,
)
UNSURE = re.compile(r"\b(?:unless|otherwise|else|only|until|not|never)\b|n't\b", re.IGNORECASE)


def said_as_planned(text: str, task: Task) -> None:
    """Expect no sentence that stops where the gate goes on, or goes on where it stops."""
    more, less = (_MORE, _LESS) if task.gate.at_most is None else (_LESS, _MORE)
    limit = task.gate.at_least if task.gate.at_most is None else task.gate.at_most
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        sides = [
            any(abs(float(m[1].replace(",", "")) - limit * k) <= 1e-9 * max(1, abs(limit)) for k in (1, 100))
            for m in (re.search(rf"\b{side}{_LIMIT}", sentence, re.IGNORECASE) or [0, "-1"] for side in (more, less))
        ]
        stops_it, goes_on = STOPS.search(sentence), GOES_ON.search(sentence)
        clear = not UNSURE.search(sentence) and sides[0] != sides[1] and bool(stops_it) != bool(goes_on)
        expect(
            not clear or bool(stops_it) == sides[1],
            f"memo.md, `## When we stop` says `{' '.join(sentence.split())}` In roadmap.yaml `{task.id}` goes on "
            f"where {task.gate.metric} is {'at least' if task.gate.at_most is None else 'at most'} {figure(limit)}, "
            "and stops where it is not. Say it the same way round.",
        )
