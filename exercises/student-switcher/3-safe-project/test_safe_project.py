"""Days 61-90, students and switchers: a project with measures and safe use. For learning, not for clinical use."""

import functools
import re

import numpy as np
import pandas as pd

from wardround.grading import (
    NotYet,
    expect,
    expect_columns,
    expect_one_row_each,
    expect_same_in_company,
    expect_unchanged,
    graded,
)
from wardround.hospital import build
from wardround.wording import did_you_mean, listed, nearest

PATIENTS = 6_000
PRACTICE_SEED = 1  # card and text are about this hospital, whatever other seeds are graded
CUT = pd.Timestamp("2024-07-01")
LIMITS = {
    "lead_days": (0, 365),
    "reminder": (0, 1),
    "travel_minutes": (0, 300),
    "past_year_appointments": (0, 60),
    "past_year_no_shows": (0, 60),
    "age": (18, 110),
}
COLUMNS = list(LIMITS)
CALL_SCORE = "score(past, visits)"
CALL_PROBLEMS = "problems(visits)"
CALL_GROUPS = "by_group(groups, missed, called)"
CALL_DRIFTED = "drifted(past, visits)"

# The share of missed visits that a list of one fifth reaches, seeds 1 to 60 (some 4570 visits, 920 of them missed), and
# the calls of new patients against their part of the missed visits:
#                                            reached: mean, s.d., lowest, highest     new patients: mean, s.d., lowest
#   logistic regression (the solution)           .347, .014, .311, .374                   .90, .08, .58
#   the same, with a column "is new"             .346, .014, .311, .369                   .91, .10, .59
#   gradient boosting, small trees               .339, .013, .309, .363                   .81, .11, .52
#   counted by hand in 60 boxes                  .308, .011, .274, .333                   .84, .25, .30
#   most missed first, then longest wait         .281, .012, .259, .314                   never one
#   by lot                                       .198, .013, .163, .221                  1.00, .08, .80
FRESH = 4  # hospitals in sum on which the two checks judge: their means have half of these deviations
LEAST_REACHED = 0.24  # margins: .07 from counting by hand (12 s.d. of the mean of four), .04 from the lot (6)
WIDEST = 0.15  # ten deviations of one hospital: whoever looks at a dozen of them needs about six
# How often three of four fresh hospitals lie in a range (normal draws, 200 000 trials): the way of the brief .996, the
# lowest and the highest of twelve .86, a 95 % interval around one hospital .84, a single number never.
LEAST_INSIDE = 3
LOWEST_LOT = 0.15  # below the lowest of the lot: the list is upside down (the solution's turned round: .09)
UPSIDE_DOWN = (
    "Yours calls those who come: a high score must mean that the visit is likely missed, the second column of "
    "predict_proba, [:, 1]."
)
NO_HELP = "Does your score learn from past, and does it tell more apart than 0 and 1? predict gives only those two."
LEAST_NEW = 0.25  # margins: .6 from counting by hand (5 s.d. of the mean of four); the list by record has 0

# Lists of 300 visits, seeds 1 to 60: gaps of .2, .3 or .5 standard deviations, Kolmogorov-Smirnov below .001, and a
# stability index above .2 name the column of each changed list on all seeds, and are wrong about at most one of ten
# ordinary lists. Kolmogorov-Smirnov below .05: wrong about 1.25 of ten, at most 4. Means 1 % apart: ten of ten.
LIST = 300
ORDINARY = 12  # ordinary lists
FALSE_ALARMS = 3  # as many may be taken for changed ones
# Columns named on the six changed lists beside those that changed (and beside those named before the change): 0 on all
# of seeds 1 to 40 for whoever judges each column by itself; 1 at most when p-values share one level (Holm, .05); 29
# for whoever names all six as soon as one has moved.
WRONG_NAMES = 3

# The fair share of new patients, mean of four hospitals, seeds 1 to 40: at least .80 (the solution), .69 (boosting) and
# .76 (by hand); below this limit nobody's list is stopped by chance, and the four need not be scored again.
SURE_TO_LIVE = 0.5

SHARES = ("reached", "known_reached", "new_reached", "smallest_reached")
COUNTS = ("visits", "missed", "called", "known_missed", "new_missed", "smallest_missed")


@functools.lru_cache(maxsize=64)
def tables(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one hospital's visits before CUT and from it on, as the starter's load() does."""
    hospital = build(seed, patients=PATIENTS)
    people = hospital.public("patients")[["patient_id", "age", "group"]]
    visits = hospital.public("appointments").merge(people, on="patient_id")
    visits["reminder"] = visits["reminder"].astype(int)
    visits["no_show"] = (visits["status"] == "no-show").astype(int)
    early = visits["slot_time"] < CUT
    wanted = [*COLUMNS, "group", "no_show"]
    return visits.loc[early, wanted].reset_index(drop=True), visits.loc[~early, wanted].reset_index(drop=True)


def fresh(seed: int) -> range:
    """Return the seeds of the hospitals that stand for "elsewhere" in a run; none of them is a practice hospital."""
    return range(100_000 + FRESH * seed, 100_000 + FRESH * (seed + 1))


def scores_of(submission, past: pd.DataFrame, visits: pd.DataFrame, when: str = "") -> np.ndarray:
    """Call score and return one number per row, NaN where it gave none."""
    call = f"{CALL_SCORE}{when}"
    past, visits = past[[*COLUMNS, "no_show"]], visits[COLUMNS]
    result, after = submission.score.keeping_inputs(past, visits)
    for name, before, left in zip(("past", "visits"), (past, visits), after, strict=False):
        expect_unchanged(before, left, call=call, name=name)
    if not isinstance(result, np.ndarray | pd.Series | list | tuple) or np.ndim(np.asarray(result, dtype=object)) != 1:
        remedy = " Does it end with `return`?" if result is None else ""
        if isinstance(result, np.ndarray) and result.ndim == 2:
            remedy = " Take the second column of predict_proba, the chance of a missed visit: [:, 1]."
        kind = "a table" if np.ndim(result) == 2 else "None" if result is None else f"a {type(result).__name__}"
        raise NotYet(f"{call} returned {kind}; expected one number for each row of visits.{remedy}", hint="")
    values = list(result)
    expect(
        len(values) == len(visits),
        f"{call} returned {len(values):,} numbers for {len(visits):,} visits; expected one for each, NaN where a row "
        "has a problem. A visit that is dropped is a patient whom nobody looks at.",
    )
    scores = np.full(len(values), np.nan)
    for n, value in enumerate(values):
        if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
            continue
        expect(
            isinstance(value, int | float | np.integer | np.floating) and np.isfinite(float(value)),
            f"{call} returned {value!r} for row {n}; expected a finite number, or NaN for a row with a problem.",
        )
        scores[n] = float(value)
    return scores


def on_the_list(scores: np.ndarray) -> np.ndarray:
    """Return True for the fifth of the visits with the highest scores, as the starter does."""
    called = np.zeros(len(scores), dtype=bool)
    called[np.argsort(-scores, kind="stable")[: len(scores) // 5]] = True
    return called & ~np.isnan(scores)


def called_at(submission, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return a hospital's visits from CUT on and which of them the learner's list calls."""
    past, visits = tables(seed)
    scores = scores_of(submission, past, visits)
    refused = int(np.isnan(scores).sum())
    expect(
        not refused,
        f"{CALL_SCORE} gives no score to {refused:,} of {len(visits):,} visits of an ordinary hospital, where "
        "nothing is missing or impossible. A patient without a history (past_year_appointments 0) is new, not faulty.",
    )
    expect(
        np.unique(scores).size > 1,
        f"{CALL_SCORE} gives every visit the same number ({scores[0]:.3g}); then nobody can be chosen for a call.",
    )
    return visits, on_the_list(scores)


@graded(
    points=15,
    hint="Go through LIMITS column by column: empty, too low, too high. Both limits themselves are allowed.",
)
def test_faulty_rows_are_refused(submission, seed):
    """A missing or impossible value gets a sentence, not a score"""
    past, later = tables(PRACTICE_SEED + seed)
    r = np.random.default_rng([seed, 4])
    past = past.iloc[r.permutation(len(past))[:4000]].reset_index(drop=True)
    rows = later.iloc[r.permutation(len(later))[:80]].reset_index(drop=True)[COLUMNS].astype(float)
    rows.loc[70:74, ["past_year_appointments", "past_year_no_shows"]] = 0.0  # new patients are no fault
    rows["age"] = rows["age"].clip(19, 100)
    sound = rows.copy()
    faults = planted(rows)
    said = problems_of(submission, rows)
    for n in sorted(set(range(len(rows))) - set(faults)):
        values = ", ".join(f"{name} {rows.loc[n, name]:g}" for name in COLUMNS)
        expect(
            not said[n],
            f'{CALL_PROBLEMS} says `{said[n][:80]}` of row {n}, but nothing is wrong with it ({values}); expected "". '
            "Limits themselves are allowed, and a new patient has 0 appointments. Needless refusals are work "
            "for the desk.",
        )
    for n, (columns, fault) in faults.items():
        expect(
            said[n],
            f'{CALL_PROBLEMS} gives "" for row {n}, where {fault}; expected a sentence that names the column. '
            "A program that goes on with such a row gives a number nobody should act on.",
        )
        expect(
            any(name in said[n] for name in columns) and len(said[n].split()) >= 2,
            f"{CALL_PROBLEMS} says `{said[n][:80]}` of row {n}, where {fault}; expected a text that "
            f"says what is wrong and names {listed(columns, 'or')}, so that the desk knows what to look up.",
        )
        expect(
            fault.endswith("is missing") or not calls_it_missing(said[n]),
            f"{CALL_PROBLEMS} says `{said[n][:80]}` of row {n}, where {fault}. A value stands there, and it cannot be: "
            "say so. A clerk who is told that a field is empty, and finds it filled, takes the warning for a mistake.",
        )
    before, scores = scores_of(submission, past, sound), scores_of(submission, past, rows)
    for n, (_, fault) in faults.items():
        expect(
            np.isnan(scores[n]),
            f"{CALL_SCORE} gives row {n} the score {scores[n]:.3g}, although {fault}; expected NaN. A made-up "
            "value gives a made-up score, and nobody sees it on the list.",
        )
    for n in sorted(set(range(len(rows))) - set(faults)):
        same = (sound.loc[n] == rows.loc[n]).all()
        expect(
            np.isfinite(scores[n]) and (not same or abs(scores[n] - before[n]) <= 1e-6),
            f"{CALL_SCORE} gives row {n} {scores[n]:.3g}, and {before[n]:.3g} when no other row has a problem; "
            "expected the same number. One bad row must not change another patient's place, nor take the list away.",
        )


def calls_it_missing(text: str) -> bool:
    """Tell whether a text says that a field is empty, and nothing else that could be wrong with it."""
    return bool(re.search(r"\b(missing|empty|blank)\b", text, re.IGNORECASE)) and not re.search(
        r"\b(or|nor|not|impossible|invalid|wrong|range|limits?|outside|between|above|below|too|more|exceeds?)\b|[<>]",
        text,
        re.IGNORECASE,
    )


def planted(rows: pd.DataFrame) -> dict[int, tuple[list[str], str]]:
    """Put faults into some rows and values at the limits into others; return row -> (columns, what is wrong)."""
    faults: dict[int, tuple[list[str], str]] = {}
    n = 0
    for name, (low, high) in LIMITS.items():
        history = name.startswith("past_year")
        for value in (np.nan, low - 1, high + 1):
            rows.loc[n, name] = value
            if history and value == high + 1:  # impossible for no other reason
                rows.loc[n, "past_year_appointments"] = value
            if history and value < low and name == "past_year_appointments":
                rows.loc[n, "past_year_no_shows"] = value
            columns = [c for c in COLUMNS if c.startswith("past_year")] if history else [name]
            what = f"{name} is missing" if np.isnan(value) else f"{name} is {value:g} ({low} to {high} are possible)"
            faults[n] = (columns, what)
            n += 1
        for value in (low, high):  # allowed
            rows.loc[n, name] = value
            if history:
                rows.loc[n, ["past_year_appointments", "past_year_no_shows"]] = (max(value, 1), min(value, 1))
                rows.loc[n, name] = value
                if name == "past_year_appointments" and value == 0:
                    rows.loc[n, "past_year_no_shows"] = 0
                if name == "past_year_no_shows":
                    rows.loc[n, "past_year_appointments"] = high
            n += 1
    rows.loc[n, ["past_year_appointments", "past_year_no_shows"]] = (2.0, 3.0)
    both = ["past_year_no_shows", "past_year_appointments"]
    faults[n] = (both, "3 of only 2 appointments were missed (past_year_no_shows above past_year_appointments)")
    return faults


def problems_of(submission, visits: pd.DataFrame) -> list[str]:
    """Call problems and return one text per row."""
    result, (after,) = submission.problems.keeping_inputs(visits)
    expect_unchanged(visits, after, call=CALL_PROBLEMS, name="visits")
    forgot = " Does it end with `return`?" if result is None else ""
    expect(
        isinstance(result, list | tuple | pd.Series | np.ndarray) and len(result) == len(visits),
        f"{CALL_PROBLEMS} must return a list with one text for each of the {len(visits)} rows.{forgot}",
    )
    said = list(result)
    odd = next((n for n, text in enumerate(said) if not isinstance(text, str)), None)
    expect(
        odd is None,
        lambda: f'{CALL_PROBLEMS} returned {said[odd]!r} for row {odd}; expected text: "" where nothing is wrong.',
    )
    return [text.strip() for text in said]


@graded(
    points=10,
    hint="Who has past_year_appointments 0? Look at how many of them you call, and at what they missed in the past.",
)
def test_new_patients_are_called(submission, seed):
    """Patients without a history are on the call list as well"""
    calls = new_calls = misses = new_misses = 0
    for other in fresh(seed):
        visits, called = called_at(submission, other)
        new, missed = (visits["past_year_appointments"] == 0).to_numpy(), (visits["no_show"] == 1).to_numpy()
        calls, new_calls = calls + called.sum(), new_calls + (called & new).sum()
        misses, new_misses = misses + missed.sum(), new_misses + (missed & new).sum()
    fair = calls * new_misses / misses
    expect(
        new_calls >= LEAST_NEW * fair,
        f"{CALL_SCORE}: at {FRESH} hospitals, new patients (past_year_appointments 0) missed {new_misses:,} of "
        f"{misses:,} visits, but get {new_calls:,} of {calls:,} calls. Their part would be about {fair:,.0f}; expected "
        f"{LEAST_NEW * fair:,.0f} or more. No history is not a good history.",
    )
    past, visits = tables(next(iter(fresh(seed))))
    visits = visits.head(200)
    ahead = scores_of(submission, past, visits)
    half = np.arange(0, len(visits), 2)[::-1]
    again = scores_of(submission, past, visits.iloc[half].reset_index(drop=True))
    expect_same_in_company(ahead, again, half, visits.index, call=CALL_SCORE, learn_from="past", item="visit")


@graded(points=10, hint="Reached starts from the missed visits of that group: which of them were called?")
def test_groups_are_counted_apart(submission, seed):
    """Each group is counted by itself, with its size"""
    r = np.random.default_rng([seed, 3])
    tasks = [(list("AAAABBC"), [1, 1, 1, 0, 1, 0, 0], [True, False, False, True, False, True, True])]
    for names in (["known", "new"], ["A", "B", "C", "D"]):
        n = 240
        groups = r.choice(names, n, p=np.arange(1, len(names) + 1) / sum(range(1, len(names) + 1)))
        missed = (r.random(n) < 0.25).astype(int)
        tasks.append((groups.tolist(), missed.tolist(), (r.random(n) < 0.15 + 0.3 * missed).tolist()))
    for groups, missed, called in tasks:
        given = f" with groups {groups}, missed {missed} and called {called}" if len(groups) < 9 else ""
        call = f"{CALL_GROUPS}{given or f' for {len(groups)} visits'}"
        result, after = submission.by_group.keeping_inputs(pd.Series(groups), pd.Series(missed), pd.Series(called))
        for name, before, left in zip(("groups", "missed", "called"), (groups, missed, called), after, strict=False):
            expect_unchanged(before, list(left) if left is not None else left, call=call, name=name)
        kinds = {"group": "text", "visits": "number", "missed": "number", "called": "number", "reached": "any"}
        rows = expect_columns(result, kinds, call=call)
        expect_one_row_each(rows["group"], sorted(set(groups)), call=call, item="group")
        shares = pd.to_numeric(rows["reached"], errors="coerce")
        got = rows.assign(reached=shares.to_numpy()).set_index("group")
        for name in sorted(set(groups)):
            own = np.array([group == name for group in groups])
            was, on = np.array(missed)[own] == 1, np.array(called)[own]
            both = int((was & on).sum())
            wanted = {"visits": int(own.sum()), "missed": int(was.sum()), "called": int(on.sum())}
            for key, value in wanted.items():
                expect(
                    got.loc[name, key] == value,
                    f"{call} gives {key} = {got.loc[name, key]:g} for group {name}; expected {value}. A share without "
                    "the right count beside it cannot be judged.",
                )
            share = got.loc[name, "reached"]
            if not was.any():
                expect(
                    np.isnan(share),
                    f"{call} gives reached = {share:.3g} for group {name}, which missed no visit; expected "
                    "NaN. There is nothing to reach, and a 0 would say that everybody was overlooked.",
                )
                continue
            of_calls = (
                f" {share:.3g} is {both} of its {on.sum()} calls." if on.any() and share == both / on.sum() else ""
            )
            expect(
                abs(share - both / was.sum()) <= 0.0051,
                f"{call} gives reached = {share:.3g} for group {name}; expected {both / was.sum():.3g}: the list calls "
                f"{both} of its {was.sum()} missed visits.{of_calls} A group that the list forgets shows nowhere else.",
            )


@graded(
    points=15,
    hint="How far is the list's mean from the past's, in standard deviations? Small gaps are chance, large ones not.",
)
def test_drift_is_noticed(submission, seed):
    """A list that has changed is noticed, an ordinary one is not"""
    past, later = tables(PRACTICE_SEED + seed)
    past = past[[*COLUMNS, "no_show"]]
    order = np.random.default_rng([seed, 5]).permutation(len(later))
    lists = [later.iloc[order[k * LIST : (k + 1) * LIST]][COLUMNS].reset_index(drop=True) for k in range(ORDINARY + 1)]
    usual = drifted_of(submission, past, lists[-1])  # by chance, before anything is changed
    wrongly: list[tuple[str, list[str], list[str]]] = []
    for change, names, visits in changed(lists[-1]):
        named = drifted_of(submission, past, visits)
        extra = [name for name in named if name not in (*names, *usual)]
        wrongly += [(change, names, extra)] if extra else []
        expect(
            any(name in named for name in names),
            f"{CALL_DRIFTED} returned {named} for a list where {change}; expected {listed(names, 'or')} in it. "
            "Each value is possible, but your measures were taken on other data: nobody knows how good such a list is.",
        )
    expect(
        sum(len(extra) for _, _, extra in wrongly) <= WRONG_NAMES,
        lambda: (
            f"{CALL_DRIFTED} also names {listed(wrongly[0][2])} for a list where {wrongly[0][0]}; only "
            f"{listed(wrongly[0][1])} changed there. Whoever is told the wrong column looks for the fault in the wrong "
            "place."
        ),
    )
    alarms = [named for visits in lists[:-1] if (named := drifted_of(submission, past, visits))]
    expect(
        len(alarms) <= FALSE_ALARMS,
        lambda: (
            f"{CALL_DRIFTED} takes {len(alarms)} of {ORDINARY} ordinary lists for changed ones (the first for "
            f"{alarms[0]}); expected at most {FALSE_ALARMS}. A warning that comes all the time is soon ignored."
        ),
    )


def changed(visits: pd.DataFrame):
    """Yield what happened, the columns that show it, and the list as it then looks; every value is possible."""
    travel, lead, age = visits["travel_minutes"], visits["lead_days"], visits["age"]
    history = ["past_year_appointments", "past_year_no_shows"]
    yield (
        "a bus line was closed and ways take 1.6 times as long",
        ["travel_minutes"],
        visits.assign(travel_minutes=(travel * 1.6).round().clip(upper=300).astype(int)),
    )
    yield (
        "the way to the clinic stands in hours, not minutes",
        ["travel_minutes"],
        visits.assign(travel_minutes=(travel / 60).round().astype(int)),
    )
    yield "visits are booked at four times shorter notice", ["lead_days"], visits.assign(lead_days=lead // 4)
    yield "no reminder was sent any more", ["reminder"], visits.assign(reminder=0)
    yield (
        "the earlier appointments were not delivered and all stand at 0",
        history,
        visits.assign(past_year_appointments=0, past_year_no_shows=0),
    )
    yield "the clinic now sees older people", ["age"], visits.assign(age=(age + 14).clip(upper=99))


def drifted_of(submission, past: pd.DataFrame, visits: pd.DataFrame) -> list[str]:
    """Call drifted and return the column names it gives."""
    result, after = submission.drifted.keeping_inputs(past, visits)
    for name, before, left in zip(("past", "visits"), (past, visits), after, strict=False):
        expect_unchanged(before, left, call=CALL_DRIFTED, name=name)
    if not isinstance(result, list | tuple | set | np.ndarray | pd.Index) or not all(
        isinstance(n, str) for n in result
    ):
        forgot = " Does it end with `return`?" if result is None else ""
        raise NotYet(f"{CALL_DRIFTED} must return a list of column names, empty if all is as usual.{forgot}", hint="")
    named = sorted(result)
    unknown = [name for name in named if name not in COLUMNS]
    expect(
        not unknown, lambda: f"{CALL_DRIFTED} names {unknown[0]}, which is not one of the columns {listed(COLUMNS)}."
    )
    return named


@graded(
    points=20,
    hint="Look at a dozen hospitals with main(). Leave room below the lowest and above the highest that you saw.",
)
def test_interval_holds_elsewhere(submission, document, seed):
    """The stated interval holds on hospitals it has never seen"""
    found = []
    for other in fresh(seed):
        visits, called = called_at(submission, other)
        missed = visits["no_show"] == 1
        found.append(float((missed & called).sum() / missed.sum()))
    shown = listed(f"{value:.3f}" for value in found)
    expect(
        np.mean(found) >= LEAST_REACHED,
        f"{CALL_SCORE}: at {FRESH} hospitals it has never seen, the list reaches {shown} of the missed visits; "
        f"expected {LEAST_REACHED:g} or more on average. Names drawn by lot reach 0.2. "
        f"{UPSIDE_DOWN if np.mean(found) < LOWEST_LOT else NO_HELP}",
    )
    card = document("card.yaml", {"reached": float, "reached_low": float, "reached_high": float}, others=True)
    low, high = card["reached_low"], card["reached_high"]
    expect(
        0 <= low <= card["reached"] <= high <= 1,
        f"{card.where('reached_low')}: the range goes from {low:g} to {high:g} and reached is {card['reached']:g}; "
        f"expected low, then reached, then high, all from 0 to 1.{as_share(card['reached'])}",
    )
    expect(
        high - low <= WIDEST + 1e-9,
        f"{card.where('reached_low')}: the range from {low:g} to {high:g} is {high - low:.2g} wide; expected at most "
        f"{WIDEST:g}. A range that nearly everything fits tells a clinic nothing.",
    )
    inside = sum(low - 0.001 <= value <= high + 0.001 for value in found)
    expect(
        inside >= LEAST_INSIDE,
        f"{card.where('reached_low')}: the card promises {low:g} to {high:g}. At {FRESH} hospitals it has never seen, "
        f"your list reaches {shown}: {inside} of {FRESH} lie in that range, expected {LEAST_INSIDE} or more. A clinic "
        "plans by your range; one good hospital is no promise for the next.",
    )


def as_share(value: float) -> str:
    """Return a remedy for a percentage where a share belongs, else nothing."""
    return f" Write {value / 100:g} for {value:g} %." if 1 < value <= 100 else ""


def practice_figures(submission) -> dict[str, float]:
    """Return what the card states, counted on the practice hospital with the learner's scores."""
    visits, called = called_at(submission, PRACTICE_SEED)
    missed = (visits["no_show"] == 1).to_numpy()
    new = (visits["past_year_appointments"] == 0).to_numpy()
    figures: dict[str, float] = {"visits": len(visits), "missed": int(missed.sum()), "called": int(called.sum())}
    figures["reached"] = (missed & called).sum() / missed.sum()
    parts = {"known": ~new, "new": new}
    parts |= {group: (visits["group"] == group).to_numpy() for group in "ABC"}
    for name, part in parts.items():
        figures[f"{name}_visits"] = int(part.sum())
        figures[f"{name}_missed"] = int((missed & part).sum())
        figures[f"{name}_called"] = int((called & part).sum())
        figures[f"{name}_both"] = int((missed & called & part).sum())
        figures[f"{name}_reached"] = (missed & called & part).sum() / (missed & part).sum()
    smallest = min("ABC", key=lambda group: figures[f"{group}_missed"])
    figures |= {f"smallest_{key}": figures[f"{smallest}_{key}"] for key in ("visits", "missed", "called", "reached")}
    figures |= {
        "both": int((missed & called).sum()),
        "in_vain": int((called & ~missed).sum()),
        "not_reached": int((missed & ~called).sum()),
    }
    figures["youngest"] = int(visits["age"].min())
    return figures | {"smallest_group": smallest}  # type: ignore[dict-item]


def section(document, heading: str) -> tuple[str, str]:
    """Return where a section of safe_use.md stands, for a sentence, and its text without comments."""
    prose = document("safe_use.md")
    where = f"safe_use.md, section `## {heading}`"
    if heading not in prose.sections:
        near = nearest(heading, prose.sections)
        remedy = f"Rename `## {near}`." if near else "Add the heading as the starter has it."
        expect(False, f"safe_use.md has no section `## {heading}`. {remedy}")
    text = re.sub(r"<!--.*?-->", "", prose.sections[heading], flags=re.DOTALL).strip()
    expect(
        len(text.split()) >= 8, f"{where} has {len(text.split())} words; write a whole sentence, of 8 words or more."
    )
    return where, re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)


@graded(
    points=10,
    hint="Run `python project.py` again and copy. In the text, 0.36 may also be written as 36 %.",
)
def test_numbers_match(submission, document):
    """Card and safe_use.md say what your program does"""
    fields = dict.fromkeys(COUNTS, int) | dict.fromkeys(SHARES, float) | {"smallest_group": str}
    card = document("card.yaml", fields | {"reached_low": float, "reached_high": float}, others=True)
    true = practice_figures(submission)
    smallest = true["smallest_group"]
    expect(
        card["smallest_group"] == smallest,
        f"{card.where('smallest_group')}: smallest_group is {card['smallest_group']}, but of A, B and C the group with "
        f"the fewest missed visits is {smallest}.",
    )
    for key in COUNTS:
        expect(
            card[key] == true[key],
            f"{card.where(key)}: {key} is {card[key]}, but counted on seed {PRACTICE_SEED} with your functions it is "
            f"{true[key]}. Whoever checks one number and finds it wrong believes none.",
        )
    for key in SHARES:
        names = {"reached": "all visits", "smallest_reached": f"group {smallest}"}
        whose = names.get(key, f"{key.split('_')[0]} patients")
        of = true[key.replace("reached", "missed")]
        expect(
            abs(card[key] - true[key]) <= 0.0101,
            f"{card.where(key)}: {key} is {card[key]:g}, but of the {of} missed visits ({whose}) your list calls "
            f"{round(true[key] * of)}, which is {true[key]:.2f}. Run `python project.py` again and copy."
            f"{as_share(card[key])}",
        )
    where, text = section(document, "How good it is")
    allowed = {key: float(card[key]) for key in (*SHARES, "reached_low", "reached_high")}
    known = [*allowed.values(), 0.2, card["missed"] / card["visits"], true["new_visits"] / card["visits"]]
    known += [1 - true["reached"], true["both"] / true["called"], true["in_vain"] / true["called"]]
    said = shares_in(text)
    for shown, value in said:
        expect(
            any(abs(value - other) <= 0.0061 for other in known),
            f"{where} says {shown}, which is no figure of card.yaml, nor follows from the counts of all visits. Text "
            "and card must say the same; a reader who finds two numbers for one thing trusts neither.",
        )
    for key in ("reached", "reached_low", "reached_high", "known_reached", "new_reached"):
        expect(
            any(abs(value - allowed[key]) <= 0.0061 for _, value in said),
            f"{where} does not say {key} ({allowed[key]:.0%}). State the measure, its range, and known and new "
            "patients apart: one number alone hides whom it leaves out.",
        )
    swapped(where, text, allowed)
    counts_fit(where, text, true)


def swapped(where: str, text: str, allowed: dict[str, float]) -> None:
    """Fail where a part of a sentence speaks of known patients only, with the share of the new, or the reverse."""
    both = {name: allowed[f"{name}_reached"] for name in ("known", "new")}
    if abs(both["known"] - both["new"]) <= 0.0122:  # rounded, they could be each other's
        return
    text = re.sub(r"(?i)\b(?:known|new)(?: \w+)? (?:and|or|as well as) (?:known|new)\b", "all", text)
    for part in re.split(r"[;:,.](?!\d)|\b(?:and|but|while|whereas)\b", text):
        named = set(re.findall(r"\b(known|new)\b(?!\s+(?:hospital|clinic|site|place))", part.casefold()))
        if len(named) != 1:
            continue
        name = named.pop()
        other = "new" if name == "known" else "known"
        for shown, value in shares_in(part):
            expect(
                abs(value - both[name]) <= 0.0061 or abs(value - both[other]) > 0.0061,
                f"{where} gives {name} patients {shown} (`{' '.join(part.split())[:60]}`), but that is the share of "
                f"{other} patients; {name} ones have {both[name]:.0%}. A clinic would look after the wrong people.",
            )


def counts_fit(where: str, text: str, true: dict[str, float]) -> None:
    """Fail where a number of three digits or more is no count of the practice hospital, or one of something else."""
    counts: dict[int, list[str]] = {}
    for key, value in true.items():
        if isinstance(value, int | np.integer) and not key.startswith("smallest"):
            counts.setdefault(int(value), []).append(key)
    for match in re.finditer(r"(?<![\d.])\d{3,}(?![\d.]*\d|\s*%)", text):
        number = int(match[0])
        expect(
            number in counts or year(number) or number in (100, 1000, PATIENTS),  # 36 of 100
            f"{where} says {number}, which `python project.py` does not print for the practice hospital with "
            "your functions. Every number of three digits or more must be a count of your list; somebody will act on "
            "it.",
        )
    for match in re.finditer(r"(?<![\d.])(\d{2,})\s+(missed visits|no-shows|calls|called)\b", text):
        number, noun = int(match[1]), match[2]
        endings = ("called", "both", "in_vain") if noun.startswith("call") else ("missed", "both", "not_reached")
        keys = counts.get(number, [])
        expect(
            not keys or any(key.endswith(endings) for key in keys),
            f"{where} says `{match[0]}`, but {number} is the number of {meaning(keys)}. One count in the place of "
            "another misleads whoever plans by it.",
        )


def meaning(keys: list[str]) -> str:
    """Say what a count counts."""
    words = {"visits": "visits", "missed": "missed visits", "called": "calls", "both": "calls to missed visits"}
    words |= {"in_vain": "calls to patients who came", "not_reached": "missed visits without a call"}
    words |= {"youngest": "years of the youngest patient"}

    def one(key: str) -> str:
        who, _, what = key.rpartition("_")
        if key in words or not who:
            return words.get(key, key)
        return f"{words[what]} of {f'group {who}' if who in 'ABC' else f'{who} patients'}"

    return listed([one(key) for key in keys], "or")


def shares_in(text: str) -> list[tuple[str, float]]:
    """Return the percentages and decimals of a text, and what is said of 100, as written and as shares."""
    found = []
    number, percent = r"\d+(?:\.\d+)?", r"\s*(?:%|per\s?cent\b|(?:in|of|out of)\s+100\b)"
    lower = rf"(?!0?\.){number}(?=\s*(?:to|[-\u2013\u2014])\s*{number}{percent})"  # 30 to 39 %: the 30 are percent too
    lower += rf"|(?<=between ){number}(?=\s+and\s+{number}{percent})"
    for match in re.finditer(rf"(?<![\d.])(?:({number}){percent}|({lower}))|(?<![\d.])0?\.\d+", text):
        part = match[1] or match[2]
        found.append((match[0], float(part) / 100 if part else float(match[0])))
    return found


ACTS = {
    "score": "gives each visit a number",
    "check": "reads the list, may skip or add a name",
    "call": "phones the patient",
    "handle_refused": "looks after the visits without a score",
    "count_groups": "counts calls by group",
    "stop": "switches the list off",
}
MISUSES = {
    "overbook": "books a slot twice",
    "cancel": "takes an appointment away",
    "refuse": "gives no appointment",
    "rank": "judges patients by their score",
}


@graded(
    points=10,
    hint="Walk through a day with the list: who touches it, in which order? Then read user, owner and not_for again.",
)
def test_intended_use_agrees_with_workflow(submission, document, seed):
    """Intended use and workflow agree, and the stop rule works"""
    fields = {"user": str, "owner": str, "workflow": list, "not_for": list, "stop_below": float}
    card = document("card.yaml", fields, others=True)
    where = card.where("workflow")
    does = steps_of(card, where)
    for n, (who, act) in enumerate(does, 1):
        expect(
            act not in MISUSES,
            f"{where}: step {n} lets {who} {act} ({MISUSES.get(act, '')}). Your card says what the list is "
            "worth for calls, nothing about "
            f"that{', and not_for itself rules it out' if act in card['not_for'] else ''}. Take "
            "the step out.",
        )
        expect(
            (who == "program") == (act == "score"),
            f"{where}: step {n} lets {who} {act} ({ACTS.get(act, '')}). The program scores and nothing else; what "
            "touches a patient is done by a person, who can see that something is odd.",
        )
    acts = [act for _, act in does]
    for act, means in ACTS.items():
        expect(act in acts, f"{where}: nobody does {act} ({means}). Say who, in a step of its own.")
    for first, then in (("score", "check"), ("check", "call")):
        expect(
            acts.index(first) < acts.index(then),
            f"{where}: {then} comes before {first}. A list that is called before somebody has looked at it has "
            "no safety.",
        )
    for key, act in (("user", "check"), ("owner", "stop")):
        doers = [who for who, what in does if what == act]
        expect(
            plain(card[key]) in doers,
            f"{card.where(key)}: the {key} is {card[key]}, but in the workflow {listed(doers)} does {act} "
            f"({ACTS[act]}). One of the two is not true: write down who really does it.",
        )
    misuses = [str(word).strip() for word in card["not_for"]]
    unknown = [word for word in misuses if word not in MISUSES]
    expect(
        not unknown,
        lambda: (
            f"{card.where('not_for')}: {unknown[0]} is not one of "
            f"{listed(MISUSES)}.{did_you_mean(unknown[0], MISUSES)} "
            "Explain anything else in safe_use.md."
        ),
    )
    expect(
        len(set(misuses)) >= 2,
        f"{card.where('not_for')}: {len(set(misuses))} use is ruled out; name two or more of {listed(MISUSES)}.",
    )
    stop_rule(submission, card, seed)
    section(document, "Not for")
    who_where, who_text = section(document, "Who uses it")
    stop_where, stop_text = section(document, "When it stops")
    for place, text, key in (
        (who_where, who_text, "user"),
        (who_where, who_text, "owner"),
        (stop_where, stop_text, "owner"),
    ):
        expect(
            plain(card[key]) in plain(text),
            f"{place} does not name the {key} of card.yaml ({card[key]}). Use the same words in both, or a "
            "reader takes them for two people.",
        )
    expect(
        any(abs(value - card["stop_below"]) <= 0.0061 for _, value in shares_in(stop_text)),
        f"{stop_where} does not say the limit of card.yaml ({card['stop_below']:g}). Whoever counts on Friday has only "
        "this page.",
    )


def plain(text: object) -> str:
    """Return a text in small letters with single spaces."""
    return " ".join(str(text).casefold().split())


def steps_of(card, where: str) -> list[tuple[str, str]]:
    """Return who does what, step by step."""
    found = []
    for n, step in enumerate(card["workflow"], 1):
        expect(
            isinstance(step, dict) and set(step) == {"who", "does"} and all(step.values()),
            f"{where}: step {n} must have two keys, `- who: …` and, indented below it, `does: …`.",
        )
        who, act = plain(step["who"]), str(step["does"]).strip()
        expect(
            act in ACTS or act in MISUSES,
            f"{where}: in step {n}, does is `{act}`; expected one of {listed(ACTS)}.{did_you_mean(act, ACTS)}",
        )
        found.append((who, act))
    return found


def stop_rule(submission, card, seed: int) -> None:
    """Try the limit on a list that forgets the new patients, and on the learner's own, here and elsewhere."""
    true = practice_figures(submission)
    limit, where = card["stop_below"], card.where("stop_below")
    expect(
        limit > 0,
        f"{where}: stop_below is {limit:g}. A list that never phones a new patient gives that group 0 of its "
        "fair share, which is not below the limit: it would never be stopped. Write a number above 0.",
    )
    expect(
        limit >= LEAST_NEW,
        f"{where}: stop_below is {limit:g}. A list that gives new patients {limit:.0%} of their fair share would go "
        f"on, and most of them would never be phoned. Of your own list {LEAST_NEW:g} is asked; ask no less of it "
        "later.",
    )
    share = {
        name: true[f"{name}_called"] / true["called"] / (true[f"{name}_missed"] / true["missed"])
        for name in ("known", "new")
    }
    name = min(share, key=lambda part: share[part])
    expect(
        limit < share[name],
        f"{where}: stop_below is {limit:g}, but on the practice hospital your list gives {name} patients "
        f"{share[name]:.2f} of their fair share of calls: it would be stopped on its first Friday. Choose a "
        f"lower limit, or mend the list.{as_share(limit)}",
    )
    if limit <= SURE_TO_LIVE:
        return
    elsewhere = []
    for other in fresh(seed):
        visits, called = called_at(submission, other)
        new, missed = visits["past_year_appointments"] == 0, visits["no_show"] == 1
        elsewhere.append((called & new).sum() / called.sum() / ((missed & new).sum() / missed.sum()))
    expect(
        limit < np.mean(elsewhere),
        f"{where}: stop_below is {limit:g}, but at {FRESH} hospitals it has never seen, your list gives new patients "
        f"{listed(f'{value:.2f}' for value in elsewhere)} of their fair share of calls: such a clinic would stop it "
        "although nothing is wrong. Leave room for chance, or the rule is soon ignored.",
    )


def whose(where: str, line: str, true: dict[str, float]) -> None:
    """Fail where a line names one group and has counts of another only."""
    for names, pattern in (
        ("ABC", r"\b[Gg]roup ([ABC])\b"),
        (("known", "new"), r"\b([Kk]nown|[Nn]ew) (?:patients?|visits?|ones)\b"),
    ):
        named = {found if found in "ABC" else found.casefold() for found in re.findall(pattern, line)}
        if len(named) != 1:
            continue
        name = named.pop()
        group = f"group {name}" if name in "ABC" else f"{name} patients"
        counts = {part: {true[f"{part}_{key}"] for key in ("visits", "missed", "called", "both")} for part in names}
        numbers = {int(number) for number in re.findall(r"(?<![\d.])\d{2,}(?![\d.]*\d|\s*%)", line)}
        if numbers & counts[name]:
            continue
        for other in names:
            for number in sorted(numbers & counts[other]):
                keys = [key for key in true if key.startswith(f"{other}_") and true[key] == number]
                expect(
                    other == name,
                    f"{where} speaks of {group}, but {number} is the number of {meaning(keys)}. A reader looks after "
                    "the wrong people.",
                )


def year(number: int) -> bool:
    """Tell whether a number may be a year."""
    return 2020 <= number < 2040


@graded(
    points=10,
    hint="A limit that could stand under any project is none. Which count of yours makes you careful, and of what?",
)
def test_limits_are_of_these_data(submission, document):
    """The limits are those of these data, in numbers"""
    where, text = section(document, "Limits")
    lines = [" ".join(part.split()) for part in re.split(r"^\s*[-*]\s+", text, flags=re.MULTILINE)[1:]]
    expect(
        len(lines) >= 3, f"{where} has {len(lines)} lines that begin with `- `; expected three or more, a limit each."
    )
    expect(
        re.search(r"\b(synthetic|invented|made[- ]up|simulated)\b", text, re.IGNORECASE),
        f"{where} does not say that the patients are invented. Whoever finds the page by itself must learn "
        "that from it.",
    )
    true = practice_figures(submission)
    counts = {int(value): key for key, value in true.items() if isinstance(value, int | np.integer)}
    counts_fit(where, text, true)
    seen: dict[str, int] = {}
    bags: list[set[str]] = []
    for n, line in enumerate(lines, 1):
        words = set(re.findall(r"[a-z]{2,}", line.casefold()))
        expect(
            len(words) >= 10,
            f"{where}, line {n}: it has {len(words)} different words; write a sentence of 10 or more that says "
            "what the data cannot tell and what follows from it.",
        )
        own = {
            counts[int(number)]
            for number in re.findall(r"(?<![\d.])\d+(?![\d.]*\d|\s*%)", line)
            if int(number) in counts
        }
        expect(
            own,
            f"{where}, line {n} (`{line[:60]}`): it holds no count from the practice hospital. `python "
            "project.py` prints the counts of your list and its groups; a sentence that fits every project warns "
            "nobody of this one.",
        )
        whose(f"{where}, line {n}", line, true)
        new = own - set(seen)
        expect(
            new,
            lambda n=n, own=own, seen=dict(seen): (
                f"{where}, line {n}: its counts stand in line {min(seen[key] for key in own)} already; each line needs "
                "one of its own."
            ),
        )
        seen |= dict.fromkeys(new, n)
        alike = next((m for m, bag in enumerate(bags, 1) if len(bag & words) > 0.6 * len(bag | words)), None)
        expect(
            alike is None,
            f"{where}: lines {alike} and {n} say nearly the same words with other numbers; name limits that differ.",
        )
        bags.append(words)
