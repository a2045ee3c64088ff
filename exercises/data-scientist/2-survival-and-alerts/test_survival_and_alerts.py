"""Days 31-60, data scientists: time, survival and alerts. For learning, not for clinical use."""

import functools
from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pandas as pd

from wardround.grading import (
    NotYet,
    expect,
    expect_close,
    expect_columns,
    expect_number,
    expect_probabilities,
    expect_same_in_company,
    expect_unchanged,
    graded,
)
from wardround.grading.plain import type_name
from wardround.grading.ranking import auc
from wardround.hospital.news import news2 as news2_of

PATIENTS = 160_000
DAY, HOUR = pd.Timedelta(days=1), pd.Timedelta(hours=1)
CHANGE, LAST = pd.Timestamp("2024-07-01"), pd.Timestamp("2024-11-01")  # the program begins; predicted are later stays
END = pd.Timestamp("2025-01-01")
CALL_ALERTS = "alerts(vitals)"
CALL_RISK = "predict_risk(X_old, y_old, X_recent, y_recent, X_new)"
SIGNS = ["respiratory_rate", "spo2", "systolic_bp", "pulse", "temperature"]

QUIET = 12 * HOUR
WARNING = (1 * HOUR, 24 * HOUR)  # an alert helps if it comes so long before the emergency team is called

# Seeds 1 to 50 (160,000 patients; about 210 deteriorations in 16,500 patient-days each), with 12 quiet hours:
#                                        alerts a patient and day: mean, most      found 1 to 24 h ahead: mean, least
#   NEWS2 >= 5, gaps filled (the solution)         .165, .172                            .782, .691
#   NEWS2 >= 5 as charted                          .159, .166                            .772, .681
#   NEWS2 >= 5 and risen by 2                      .147, .153                            .775, .681
#   NEWS2 >= 7, gaps filled                        .076, .081                            .704, .623
#   NEWS2 >= 4 twice in a row                      .176, .184                            .727, .662
#   NEWS2 >= 5 twice in a row                      .128, .136                            .681, .609
#   any single sign at three points                .227, .243                            .725, .662
#   NEWS2 >= 5, each time (no quiet hours)         .642, never below .594                .775, .691
#   NEWS2 >= 3                                     .472, never below .456                .912, .873
#   systolic pressure <= 100 alone                 .166, .180                            .489, never above .555
#   breaths >= 24 alone                            .118, .123                            .550, above .60 on a few seeds
#   NEWS2 >= 9                                     .024, .026                            .608: it falls on either side
ALERTS_A_DAY = 0.25  # margins: .007 from the most frequent sound rule (its mean .023), .206 from NEWS2 >= 3
FOUND = 0.60  # margins: .009 from the least that a sound rule found (its mean .081), .045 from one sign alone

# Against the true risks of about 3,170 new stays, on seeds 1 to 50; about 25,600 old stays, 4,800 recent ones (546
# readmissions):                                   O:E: mean, least, most        slope: mean, least, most
#   logistic regression, line through the recent       1.01, .92, 1.11              1.01, .91, 1.18    (the solution)
#   the same, total corrected only                     1.00, .92, 1.11               .99, .92, 1.03
#   the same, times a ratio                            1.00, .91, 1.11              1.08, .99, 1.13
#   old and recent together, the period an input       1.01, .92, 1.11               .99, .93, 1.03
#   the recent alone                                   1.01, .91, 1.12               .98, .89, 1.10
#   boosted trees, line through the recent             1.01, .92, 1.11              1.01, .88, 1.21
#   logistic regression, isotonic on the recent        1.01, .92, 1.12               .93, .85, 1.08
#   points counted by hand, line through the recent    1.02, .93, 1.12              1.03, .93, 1.21
#   as learned before the change                        .76, .74, .79                .99, .92, 1.03
#   old and recent in one heap                          .79, .77, .82                .99, .93, 1.03
#   class_weight="balanced"                             .25, .24, .26                .99, .91, 1.04
#   deep boosted trees on the recent                   1.06, .96, 1.18               .28, .23, .33
O_E = (0.86, 1.20)  # margins: .05 and .08 from the worst sound answers, .04 from one heap (its mean .07)
SLOPE = (0.80, 1.30)  # margins: .05 and .09 from the worst sound answers, .47 from trees that learn by heart

# How far the AUC lies below that of the true risks themselves (.72, s.d. .006), on the same stays of seeds 1 to 50:
#                                                      mean, nearest, farthest
#   logistic regression (the solution)                     .015, .013, .016
#   boosted trees; isotonic; the recent alone              .021 or less, .028 at most
#   points counted by hand                                 .028, .026, .031
#   age, stays before, days and lives_alone                .035, .031, .042
#   age and stays before                                   .055, .051, .060
#   age alone; stays before alone; days alone              .094, .086, .101;  .098, .090, .105;  .114, .102, .124
AUC_BELOW = 0.07  # margins: .039 from the worst sound answer, .016 from age alone


# --- 1 to 3: times that are not all seen to their end -----------------------------------------------------------------

Sample = tuple[str, np.ndarray, np.ndarray]  # what it is, days, 1 event / 2 another end / 0 lost from view


def samples(seed: int) -> Iterator[Sample]:
    """Yield small samples that can be checked by hand, and random ones with many ties."""
    yield shown([2, 3, 3, 5, 5, 8], [1, 1, 0, 2, 1, 0])
    yield shown([4, 4, 4, 7, 7, 9], [1, 0, 1, 0, 2, 1])
    yield shown([1, 6, 6, 6], [0, 1, 1, 1])
    yield shown([3, 5, 9], [0, 2, 0])
    r = np.random.default_rng([seed, 2])
    for number in range(12):
        n = int(r.integers(20, 200))
        time = r.exponential(10, n) + 0.01
        time = time if number % 3 == 0 else np.ceil(time)  # whole days: many ties
        yield f"for {n} random patients", time, r.choice([0, 1, 2], n, p=[0.35, 0.45, 0.2])


def shown(time: list[int], ended: list[int]) -> Sample:
    """Return a sample small enough to be shown."""
    return "", np.array(time, dtype=float), np.array(ended)


@functools.lru_cache(maxsize=8)
def after_discharge(hospital) -> tuple[Sample, np.ndarray]:
    """Return whole days from discharge to an unplanned return, and which stays ended since the program began.

    The view ends with a planned stay, after 30 days, or with the data.
    """
    stays = hospital.public("admissions").query("`class` == 'inpatient'").sort_values(["patient_id", "admit_time"])
    stays["next"] = stays.groupby("patient_id")["admit_time"].shift(-1)
    stays["next_planned"] = stays.groupby("patient_id")["planned"].shift(-1, fill_value=False)
    home = stays[~stays["disposition"].isin(["expired", "ama", "transfer_acute"]) & (stays["discharge_time"] < END)]
    seen = ((END - home["discharge_time"]) / DAY).clip(upper=30)
    until = (home["next"] - home["discharge_time"]) / DAY
    back = (until <= seen) & ~home["next_planned"]
    days = np.ceil(np.fmin(until, seen)).to_numpy()
    what = f"for {len(days):,} discharges of the hospital, in whole days until the return"
    return (what, days, back.to_numpy(dtype=int)), (home["discharge_time"] >= CHANGE).to_numpy()


@functools.lru_cache(maxsize=8)
def in_hospital(hospital) -> Sample:
    """Return whole days in hospital, ended by death (1), by leaving alive (2) or, out of view, by a transfer (0)."""
    stays = hospital.public("admissions").query("`class` == 'inpatient'")
    days = np.ceil((stays["discharge_time"] - stays["admit_time"]) / DAY).to_numpy()
    died, moved = stays["disposition"] == "expired", stays["disposition"] == "transfer_acute"
    return (
        f"for {len(days):,} stays, in days until death (1) or leaving alive (2)",
        days,
        np.select([died, moved], [1, 0], 2),
    )


def called(name: str, what: str, **given: np.ndarray) -> str:
    """Return a call as text: with its values where they are few, else with what they are."""
    if what:
        return f"{name}({', '.join(given)}) {what}"
    return f"{name}({', '.join(f'{key}={np.asarray(values).tolist()}' for key, values in given.items())})"


def curve_of(function, call: str, columns: Mapping[str, str], when: np.ndarray, **given: np.ndarray) -> pd.DataFrame:
    """Call km or cumulative_incidence; return its table, clean, with a row for each of these times."""
    result, after = function.keeping_inputs(*given.values())
    for (name, before), left in zip(given.items(), after, strict=True):
        expect_unchanged(before, left, call=call, name=name)
    curve = expect_columns(result, columns, call=call)
    got = curve["time"].tolist()
    extra, missing = sorted(set(got) - set(when)), sorted(set(when) - set(got))
    rule = "expected one row for each time at which an event happened, and no other"
    expect(not extra, lambda: f"{call} has a row for the time {extra[0]:g}, at which no event happened; {rule}.")
    expect(not missing, lambda: f"{call} has no row for the time {missing[0]:g}, at which an event happened; {rule}.")
    expect(len(got) == len(when), f"{call} has {len(got)} rows for {len(when)} times; {rule}.")
    expect(got == when.tolist(), f"{call} has its times in another order than ascending; sort the rows by time.")
    return curve


@graded(points=15, hint="For each time with an event ask: who was still in view? Being lost that day comes after it.")
def test_km_counts_who_is_at_risk(submission, hospital):
    """Kaplan-Meier counts who is at risk"""
    discharges, _ = after_discharge(hospital)
    for what, time, ended in [*samples(hospital.seed), discharges]:
        event = ended == 1
        call = called("km", what, time=time, event=event)
        when = np.unique(time[event])
        columns = {"time": "number", "at_risk": "number", "events": "number", "survival": "number"}
        curve = curve_of(submission.survival.km, call, columns, when, time=time, event=event)
        free = 1.0
        for row in curve.itertuples():
            in_view, events = int(np.sum(time >= row.time)), int(np.sum(event & (time == row.time)))
            expect(
                row.at_risk == in_view,
                f"{call} says that {row.at_risk:g} are at risk at time {row.time:g}; expected {in_view}: all whose own "
                "time is not shorter, whether it ends by an event or not. Those lost later were in view until then.",
            )
            expect(
                row.events == events,
                f"{call} counts {row.events:g} events at time {row.time:g}; expected {events}, in one row.",
            )
            before, free = free, free * (1 - events / in_view)
            expect(
                abs(row.survival - free) <= 1e-8,
                f"{call} gives survival {row.survival:.6g} at time {row.time:g}; expected {free:.6g}, which is "
                f"{before:.4g} x (1 - {events}/{in_view}). A curve that is off promises a ward the wrong month.",
            )


@graded(points=10, hint="Who has gone home alive cannot die in hospital any more. What share was free of both ends?")
def test_incidence_knows_other_ends(submission, hospital):
    """Whoever ended otherwise can no longer have the event"""
    for what, time, ended in [*samples(hospital.seed), in_hospital(hospital)]:
        call = called("cumulative_incidence", what, time=time, ended=ended)
        when = np.unique(time[ended == 1])
        columns = {"time": "number", "incidence": "number"}
        curve = curve_of(submission.survival.cumulative_incidence, call, columns, when, time=time, ended=ended)
        free, so_far, wanted = 1.0, 0.0, []
        for moment in np.unique(time[ended > 0]):
            in_view, now = np.sum(time >= moment), ended[time == moment]
            so_far += free * np.sum(now == 1) / in_view
            free *= 1 - np.sum(now > 0) / in_view
            wanted += [so_far] if np.any(now == 1) else []
        for moment, got, right in zip(when, curve["incidence"], wanted, strict=True):
            expect(
                abs(got - right) <= 1e-8,
                f"{call} gives an incidence of {got:.4g} by time {moment:g}; expected {right:.4g}. An event comes only "
                "to those who have met neither end before, and who is lost from view is no proof of either. A "
                "bed manager "
                "plans for people who can go home and die, and not for one world without the other.",
            )


@graded(
    points=10, hint="At each time with an event: how many in view, how many of the group, how many events by chance?"
)
def test_logrank_compares_at_each_time(submission, hospital):
    """Log-rank compares the groups at each time"""
    r = np.random.default_rng([hospital.seed, 3])
    trials = [shown([2, 3, 3, 5, 5, 8], [1, 1, 0, 1, 1, 0])]
    groups = [np.array([True, False, True, True, False, False])]
    for sample in list(samples(hospital.seed))[4:]:
        trials.append(sample)
        groups.append(r.random(len(sample[1])) < 0.4)
    discharges, since = after_discharge(hospital)
    for (what, time, ended), group in zip([*trials, discharges], [*groups, since], strict=True):
        given = {"time": time, "event": ended == 1, "group": group}
        call = called("logrank", what, **given)
        result, after = submission.survival.logrank.keeping_inputs(*given.values())
        for (name, before), left in zip(given.items(), after, strict=True):
            expect_unchanged(before, left, call=call, name=name)
        right = logrank_of(*given.values())
        got = numbers_in(result, right, call)
        means = {
            "observed": "the events of those whose group is True",
            "expected": "the sum, over the times, of the events times the group's share of all in view",
            "chi2": "(observed - expected)**2 / variance, where each time adds events x share x (1 - share) x "
            "(n - events) / (n - 1) to the variance, with n in view",
            "p": "the chance of a chi-square above that, with one degree of freedom",
        }
        for key, value in right.items():
            expect_close(got[key], value, within=1e-6, call=f"{call}: {key}", remedy=f"It is {means[key]}.")


def logrank_of(time: np.ndarray, event: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Return what logrank must return."""
    from scipy.stats import chi2

    expected = variance = 0.0
    for moment in np.unique(time[event]):
        n, own = np.sum(time >= moment), np.sum((time >= moment) & group)
        d = np.sum(event & (time == moment))
        expected += d * own / n
        variance += d * own * (n - own) * (n - d) / (n * n * (n - 1)) if n > 1 else 0
    observed = float(np.sum(event & group))
    statistic = float((observed - expected) ** 2 / variance)
    return {"observed": observed, "expected": float(expected), "chi2": statistic, "p": float(chi2.sf(statistic, 1))}


def numbers_in(result, wanted: Mapping[str, float], call: str) -> dict[str, float]:
    """Return the numbers of a dict (or of a dataclass) by their keys."""
    expect(
        isinstance(result, Mapping),
        lambda: f"{call} returned {type_name(result)}; expected a dict with the keys {', '.join(wanted)}.",
    )
    for key in wanted:
        expect(key in result, f"{call} returned no {key}; expected the keys {', '.join(wanted)}.")
    return {key: expect_number(result[key], call=f"{call}: {key}") for key in wanted}


# --- 4 to 6: a chart, and when to ring ------------------------------------------------------------------------------

WELL = {"respiratory_rate": 16, "spo2": 97, "systolic_bp": 120, "pulse": 70, "temperature": 37.0}
BOUNDS = {  # (value, its points), on both sides of every limit of the README's table
    "respiratory_rate": [(8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)],
    "spo2": [(91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)],
    "systolic_bp": [(90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)],
    "pulse": [(40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)],
    "temperature": [(35.0, 3), (35.1, 1), (36.0, 1), (36.1, 0), (38.0, 0), (38.1, 1), (39.0, 1), (39.1, 2)],
    "on_oxygen": [(False, 0), (True, 2)],
    "consciousness": [("A", 0), ("C", 3), ("V", 3), ("P", 3)],
}


def boundary_rows() -> tuple[pd.DataFrame, np.ndarray]:
    """Return rows in which one value leaves the normal, and gaps, and the points of each row."""
    well = {**WELL, "on_oxygen": False, "consciousness": "A"}
    rows = [({**well, name: value}, points) for name, bounds in BOUNDS.items() for value, points in bounds]
    rows += [({**well, name: np.nan}, 0) for name in SIGNS]
    rows += [({**well, name: np.nan, "on_oxygen": True}, 2) for name in SIGNS]
    rows += [({**well, **dict.fromkeys(SIGNS, np.nan), "consciousness": "V"}, 3)]
    frame = pd.DataFrame([row for row, _ in rows]).astype(dict.fromkeys(SIGNS, float))
    return frame, np.array([points for _, points in rows])


@graded(
    points=10, hint="Read each limit of the table aloud: is the value itself still in the band? And what is NaN > 24?"
)
def test_news2_on_every_limit(submission, hospital):
    """NEWS2 is right on every limit, and says what is missing"""
    for vitals, points in [boundary_rows(), mixed_rows(hospital.seed), ward_rows(hospital)]:
        call = f"news2(vitals) with {len(vitals):,} rows"
        result, (after,) = submission.alerts.news2.keeping_inputs(vitals)
        expect_unchanged(vitals, after, call=call, name="vitals")
        got = expect_columns(result, {"score": "number", "missing": "number"}, call=call)
        expect(
            len(got) == len(vitals),
            f"{call} returned {len(got):,} rows; expected one for each row of vitals, in their order.",
        )
        gaps = vitals[SIGNS].isna().sum(axis=1).to_numpy()
        for name, right, means in (
            ("score", points, "A point too few, and nobody comes; a point for a gap, and the ward stops believing."),
            ("missing", gaps, "A score of 2 with three gaps is not a score of 2: whoever reads it must see the gaps."),
        ):
            wrong = np.flatnonzero(got[name].to_numpy() != right)
            if wrong.size:
                row = vitals.iloc[wrong[0]]
                values = ", ".join(f"{key} {row[key]}" for key in BOUNDS)
                raise NotYet(
                    f"{call} gives {name} = {got[name].iloc[wrong[0]]:g} for {values}; expected {right[wrong[0]]} "
                    f"({wrong.size:,} such rows). {means}"
                )


def mixed_rows(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return rows that mix values from everywhere near the limits, some missing, and their points."""
    r = np.random.default_rng([seed, 4])
    n = 400
    columns, points = {}, np.zeros(n, dtype=int)
    for name, bounds in BOUNDS.items():
        pick = r.integers(0, len(bounds), n)
        gap = (r.random(n) < 0.15) & (name in SIGNS)
        values = np.array([value for value, _ in bounds])[pick]
        columns[name] = np.where(gap, np.nan, values.astype(float)) if name in SIGNS else values
        points += np.where(gap, 0, np.array([p for _, p in bounds])[pick])
    return pd.DataFrame(columns), points


@functools.lru_cache(maxsize=8)
def ward_rows(hospital) -> tuple[pd.DataFrame, np.ndarray]:
    """Return rows as the ward charts them, and their points by the hospital's own chart."""
    vitals = hospital.public("vitals").iloc[:4000].reset_index(drop=True)
    return vitals, news2_of({name: vitals[name].to_numpy() for name in BOUNDS})


def alerts_of(submission, vitals: pd.DataFrame, call: str) -> pd.DataFrame:
    """Call alerts; return encounter_id and time, sorted, each at an observation of its stay and none too soon."""
    result, (after,) = submission.alerts.alerts.keeping_inputs(vitals)
    expect_unchanged(vitals, after, call=call, name="vitals")
    if isinstance(result, pd.DataFrame) and result.empty:
        raise NotYet(f"{call} returned no alert at all; the ward would learn of a deterioration when it is over.")
    rung = expect_columns(result, {"encounter_id": "id", "time": "time"}, call=call)
    rung = rung.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    charted = pd.MultiIndex.from_frame(vitals[["encounter_id", "time"]])
    at = pd.MultiIndex.from_frame(rung).isin(charted)
    if not at.all():
        row = rung[~at].iloc[0]
        raise NotYet(
            f"{call} alerts for stay {row['encounter_id']} at {row['time']:%Y-%m-%d %H:%M}, when that stay had no "
            "observation; expected the time of the observation that made it ring."
        )
    gap = rung.groupby("encounter_id")["time"].diff()
    soon = (gap < QUIET).to_numpy()
    if soon.any():
        row = rung[soon].iloc[0]
        raise NotYet(
            f"{call} alerts for stay {row['encounter_id']} at {row['time']:%Y-%m-%d %H:%M}, "
            f"only {gap[soon].iloc[0] / HOUR:.1f} hours after the alert before ({int(soon.sum()):,} of "
            f"{len(rung):,} alerts are such "
            f"repeats); expected at least {QUIET / HOUR:g} hours between two alerts of a stay. A nurse "
            "who is there already learns to ignore it."
        )
    return rung


@graded(
    points=15, hint="Score, ring, keep quiet. Then count both: deteriorations found in time, alerts per patient-day."
)
def test_alerts_find_most_and_ring_seldom(submission, hospital):
    """Alerts find most deteriorations and ring seldom"""
    vitals = hospital.public("vitals")
    rung = alerts_of(submission, vitals, CALL_ALERTS)
    few = vitals[vitals["encounter_id"].isin(np.sort(vitals["encounter_id"].unique())[::10])].reset_index(drop=True)
    same = alerts_of(submission, few.sample(frac=1, random_state=hospital.seed).reset_index(drop=True), CALL_ALERTS)
    expect_same_alerts(
        same,
        alerts_of(submission, few, CALL_ALERTS),
        f"{CALL_ALERTS}, with the same rows in another order,",
        "The rows come in no order: sort by stay and time before you look at what was before.",
    )
    seen = vitals.groupby("encounter_id")["time"].agg(["min", "max"])
    days = float(((seen["max"] - seen["min"]) / DAY).sum())
    rate = len(rung) / days
    expect(
        rate <= ALERTS_A_DAY,
        f"{CALL_ALERTS} rings {len(rung):,} times in {days:,.0f} patient-days, {rate:.2f} a patient and day; "
        f"expected at most {ALERTS_A_DAY}. On a ward of 30 that is {30 * rate:.0f} walks a day, and soon nobody walks.",
    )
    calls = hospital.truth("deteriorations")
    both = rung.merge(calls, on="encounter_id")
    lead = both["event_time"] - both["time"]
    found = both.loc[lead.between(*WARNING), "encounter_id"].nunique()
    expect(
        found >= FOUND * len(calls),
        f"{CALL_ALERTS} rings 1 to 24 hours ahead of {found} of {len(calls)} deteriorations "
        f"({found / len(calls):.0%}); "
        f"expected {FOUND:.0%} or more. For the others the emergency team is the first to know.",
    )


def expect_same_alerts(got: pd.DataFrame, wanted: pd.DataFrame, call: str, why: str) -> None:
    """Fail unless both hold the same alerts; say of the first that differs what became of it."""
    mine, right = (set(zip(a["encounter_id"].tolist(), a["time"].tolist(), strict=True)) for a in (got, wanted))
    odd = sorted(mine ^ right)
    if odd:
        stay, moment = odd[0]
        verb = "rings at" if odd[0] in mine else "no longer rings at"
        raise NotYet(f"{call} {verb} {moment:%Y-%m-%d %H:%M} for stay {stay} ({len(odd):,} alerts differ). {why}")


@graded(points=15, hint="At three in the night, which rows of the chart exist? Look at every fill, mean, last and max.")
def test_alerts_know_only_the_past(submission, hospital):
    """Alerts know only what was charted before"""
    chart = charts_to_cut(hospital)
    cut = chart["encounter_id"].map(cuts(chart, hospital.seed))
    over = (chart["time"] <= cut).to_numpy()
    columns = [name for name in chart if name != "score"]
    limit = dict(zip(chart["encounter_id"].tolist(), cut, strict=True))

    def by_then(rung: pd.DataFrame) -> pd.DataFrame:
        return rung[(rung["time"] <= rung["encounter_id"].map(limit)).to_numpy()]

    before = by_then(alerts_of(submission, chart[columns], CALL_ALERTS))
    for how, later in (
        ("with only the rows after a moment of each stay left out,", chart[over]),
        ("with only the rows after a moment of each stay altered,", altered(chart, ~over, hospital.seed)),
    ):
        expect_same_alerts(
            by_then(alerts_of(submission, later[columns].reset_index(drop=True), CALL_ALERTS)),
            before,
            f"{CALL_ALERTS}, {how}",
            "That alert lies before the moment, so it uses what nobody had charted yet; at the bedside it "
            "cannot be so.",
        )


def charts_to_cut(hospital) -> pd.DataFrame:
    """Return 500 charts with their score, of stays with a high score first."""
    vitals = hospital.public("vitals")
    vitals = vitals.assign(score=news2_of({name: vitals[name].to_numpy() for name in BOUNDS}))
    highest = vitals.groupby("encounter_id")["score"].max().sort_index().sort_values(kind="stable", ascending=False)
    return vitals[vitals["encounter_id"].isin(highest.index[:500])].reset_index(drop=True)


def cuts(chart: pd.DataFrame, seed: int) -> pd.Series:
    """Choose a moment in each stay: for two of three its first high score, or the observation before; else any."""
    r = np.random.default_rng([seed, 5])
    chosen = {}
    for stay, rows in chart.sort_values("time").groupby("encounter_id"):
        high = np.flatnonzero(rows["score"].to_numpy() >= 5)
        first = int(high[0]) if high.size else len(rows) // 2
        place = (first, max(0, first - 1), int(r.integers(len(rows))))[int(r.integers(3))]
        chosen[stay] = rows["time"].iloc[place]
    return pd.Series(chosen)


def altered(chart: pd.DataFrame, later: np.ndarray, seed: int) -> pd.DataFrame:
    """Return the charts with the later rows of half of the stays very ill, and those of the others well."""
    r = np.random.default_rng([seed, 6])
    stays = chart["encounter_id"].unique()
    ill = chart["encounter_id"].isin(r.permutation(np.sort(stays))[: len(stays) // 2]).to_numpy()
    chart = chart.copy()
    for name, worse in zip(SIGNS, (28.0, 88.0, 84.0, 136.0, 39.4), strict=True):
        chart.loc[later, name] = np.where(ill[later], worse, WELL[name])
    chart.loc[later, "consciousness"] = np.where(ill[later], "V", "A")
    chart.loc[later, "on_oxygen"] = ill[later]
    return chart


# --- 7 and 8: a promised risk ---------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8)
def stays_by_period(hospital) -> tuple[list[pd.DataFrame], list[pd.Series], np.ndarray]:
    """Return X of the old, the recent and the new stays, y of the first two, and the new ones' true risks."""
    stays = hospital.public("admissions").merge(hospital.public("patients"), on="patient_id")
    stays = stays.merge(hospital.truth("stays"), on="encounter_id").set_index("encounter_id")
    stays = stays[stays["p_readmit"].notna() & (stays["disposition"] != "ama")]
    conditions = hospital.public("conditions").query("source == 'problem list'")
    listed = pd.crosstab(conditions["encounter_id"], conditions["condition"]).clip(upper=1)
    days = (stays["discharge_time"] - stays["admit_time"]) / DAY
    X = pd.DataFrame(
        {
            "age": stays["age"],
            "lives_alone": stays["lives_alone"].astype(int),
            "prior_stays": stays["prior_year_admissions"],
            "days": days,
        }
    ).join(listed.reindex(stays.index, fill_value=0))
    end, y = stays["discharge_time"], stays["readmit30"].astype(int)
    old, new = end < CHANGE, end >= LAST
    followed = stays["eligible"]
    parts = [old & followed, ~old & ~new & followed]
    return [X[part] for part in (*parts, new)], [y[part] for part in parts], stays.loc[new, "p_readmit"].to_numpy()


@graded(
    points=15,
    seconds=30,  # boosted trees on 26,000 stays can take a slow computer that long
    hint="Add up what you promise and what came, on the recent stays. What has changed: who, or how many?",
)
def test_promised_risks_are_kept(submission, hospital):
    """Promised risks hold on the changed ward"""
    (X_old, X_recent, X_new), (y_old, y_recent), true = stays_by_period(hospital)
    given = {"X_old": X_old, "y_old": y_old, "X_recent": X_recent, "y_recent": y_recent, "X_new": X_new}
    result, after = submission.risk.predict_risk.keeping_inputs(*given.values())
    for (name, before), left in zip(given.items(), after, strict=True):
        expect_unchanged(before, left, call=CALL_RISK, name=name)
    p = expect_probabilities(result, n=len(X_new), call=CALL_RISK)
    sure = int(np.sum((p == 0) | (p == 1)))
    expect(
        not sure, f"{CALL_RISK} gives {sure:,} stays a risk of exactly 0 or 1; nobody is certain to return, or not to."
    )
    expect(np.ptp(p) > 1e-9, f"{CALL_RISK} promises every stay {p[0]:.3g}; right in sum, and useless to choose by.")
    oldest = np.argsort(-X_new["age"].to_numpy(), kind="stable")[: len(X_new) // 3]
    again = submission.risk.predict_risk(*list(given.values())[:4], X_new.iloc[oldest])
    again = expect_probabilities(again, n=len(oldest), call=f"{CALL_RISK}, with the oldest third of X_new,")
    expect_same_in_company(
        p,
        again,
        oldest,
        X_new.index,
        call=CALL_RISK,
        learn_from="the stays whose end is known",
        some="the oldest third come alone, the oldest first",
    )
    low, high = O_E
    o_e = true.sum() / p.sum()
    harm = "Nurses would call patients who stay well." if o_e < 1 else "Patients would go home as safe who are not."
    expect(
        low <= o_e <= high,
        f"{CALL_RISK} promises {p.sum():.0f} readmissions where {true.sum():.0f} are to come (O:E {o_e:.2f}); expected "
        f"{low} to {high}. {harm}",
    )
    low, high = SLOPE
    slope = calibration_slope(true, p)
    spread = "too far apart: the high risks are too high, the low ones too low" if slope < 1 else "too close together"
    expect(
        low <= slope <= high,
        f"{CALL_RISK} has a calibration slope of {slope:.2f}; expected {low} to {high}. The right total hides that the "
        f"risks are {spread}, just where a ward decides.",
    )
    reached, best = auc(true, p), auc(true, true)
    expect(
        reached >= best - AUC_BELOW,
        f"{CALL_RISK} puts a stay that ends in a readmission above another {reached:.0%} of the time (this is the "
        f"AUC); expected {best - AUC_BELOW:.0%} or more ({best:.0%} is possible, 50 % is a coin). Right in sum, but "
        "the wrong patients would be called. Which columns does it not use?",
    )


def calibration_slope(outcome: np.ndarray, p: np.ndarray) -> float:
    """Return the slope of a logistic regression of outcomes (or true risks) on the log odds of p (Newton's method)."""
    z = np.column_stack([np.ones(p.size), np.log(p / (1 - p))])
    line = np.zeros(2)
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-(z @ line)))
        step = np.linalg.solve((z * (fitted * (1 - fitted))[:, None]).T @ z, z.T @ (outcome - fitted))
        line += step
        if np.abs(step).max() < 1e-12:
            break
    return float(line[1])


@graded(points=10, hint="Two groups of arguments, two jobs: which one may choose, and which one may only count?")
def test_report_counts_on_the_test_only(submission, hospital):
    """Threshold from validation, counts from the test"""
    meaning = {
        "threshold": "the lowest value of p_val at which at most max_alerts of 100 validation stays are flagged",
        "tp": "how many of the test are flagged (p >= threshold) and readmitted",
        "fp": "how many of the test are flagged but not readmitted",
        "fn": "how many of the test are readmitted but not flagged",
        "tn": "how many of the test are neither flagged nor readmitted",
        "auc": "the chance that a readmitted test stay has a higher p than another; equal p count half",
        "brier": "the mean of (p - y) squared, on the test",
        "o_e": "the readmissions of the test divided by the sum of p",
        "slope": "the slope of a logistic regression of y on log(p / (1 - p)) on the test, without a penalty",
    }
    for what, y_val, p_val, y_test, p_test, most in score_sheets(hospital.seed):
        given = {"y_val": y_val, "p_val": p_val, "y_test": y_test, "p_test": p_test}
        call = f"risk_report(y_val, p_val, y_test, p_test, {most:g}) {what}"
        result, after = submission.risk.risk_report.keeping_inputs(*given.values(), most)
        for (name, before), left in zip(given.items(), after, strict=False):
            expect_unchanged(before, left, call=call, name=name)
        right = report_of(y_val, p_val, y_test, p_test, most)
        got = numbers_in(result, right, call)
        cells = [int(got[key]) for key in ("tp", "fp", "fn", "tn")]
        expect(
            sum(cells) == len(y_test),
            f"{call}: tp, fp, fn and tn are {cells}, {sum(cells)} in all; expected each of the {len(y_test)} "
            "test stays once.",
        )
        for key, value in right.items():
            within = 1e-3 if key == "slope" else 1e-6
            expect_close(got[key], value, within=within, call=f"{call}: {key}", remedy=f"It is {meaning[key]}.")


def report_of(y_val, p_val, y_test, p_test, most: float) -> dict[str, float]:
    """Return what risk_report must return."""
    allowed = int(most * len(p_val) / 100 + 1e-9)
    threshold = min(value for value in p_val.tolist() if np.sum(p_val >= value) <= allowed)
    flag = p_test >= threshold
    above = np.sign(p_test[y_test == 1][:, None] - p_test[y_test == 0])
    return {
        "threshold": threshold,
        "tp": int(np.sum(flag & (y_test == 1))),
        "fp": int(np.sum(flag & (y_test == 0))),
        "fn": int(np.sum(~flag & (y_test == 1))),
        "tn": int(np.sum(~flag & (y_test == 0))),
        "auc": float(0.5 + 0.5 * above.mean()),
        "brier": float(np.mean((p_test - y_test) ** 2)),
        "o_e": float(y_test.sum() / p_test.sum()),
        "slope": calibration_slope(y_test, p_test),
    }


def score_sheets(seed: int) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray, np.ndarray, float]]:
    """Yield y and p of validation and test, with how many alerts per 100 are allowed."""
    val = np.array([0.05, 0.1, 0.1, 0.2, 0.2, 0.3, 0.4, 0.4, 0.6, 0.7])
    test = np.array([0.1, 0.15, 0.2, 0.3, 0.4, 0.4, 0.55, 0.6, 0.65, 0.8])
    y_val, y_test = np.array([0, 0, 0, 0, 1, 0, 1, 0, 0, 1]), np.array([0, 0, 1, 0, 0, 1, 0, 1, 1, 1])
    for most, tie in ((40, "just allowed"), (30, "one too many"), (20, "apart")):
        where = f"with p_val = {val.tolist()} and p_test = {test.tolist()}"
        yield f"{where}, where the equal scores of .4 are {tie}" if most > 20 else where, y_val, val, y_test, test, most
    r = np.random.default_rng([seed, 8])
    for number, stretch in product(range(3), (0.6, 1.0, 1.5)):
        sizes = r.integers(150, 400, 2)
        z = [r.normal(-1.5, 1, size) for size in sizes]
        y = [(r.random(part.size) < 1 / (1 + np.exp(-part))).astype(int) for part in z]
        p = [np.round(1 / (1 + np.exp(-stretch * part - 0.4 * number)), 2 + number).clip(0.001, 0.999) for part in z]
        yield f"with {sizes[0]} and {sizes[1]} random stays", y[0], p[0], y[1], p[1], float(r.integers(8, 30)) + 0.5
