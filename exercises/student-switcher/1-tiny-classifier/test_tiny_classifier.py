"""Days 0-30, students and switchers: a classifier whose mistakes you can count. For learning, not for clinical use."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedShuffleSplit

from wardround.grading import (
    NotYet,
    expect,
    expect_close,
    expect_number,
    expect_unchanged,
    expect_vector,
    graded,
)

MALIGNANT, BENIGN = 0, 1
PRACTICE_SEED = 1  # the note's numbers are about this split, whatever other seeds are graded
SPLITS = 5  # train and test groups on which a model is judged: 320 malignant and 535 benign test patients in sum
COUNTS = ("found", "missed", "false_alarms", "left_in_peace")
WORDS = {MALIGNANT: "malignant", BENIGN: "benign"}
CALL_SPLIT = "split(X, y, seed)"
CALL_PREDICT = "predict(X_train, y_train, X_new)"

# How learned models do on seeds 1 to 60, five test groups each (320 malignant, 535 benign patients in sum).
#                                       sensitivity: mean, worst   specificity: mean, worst   taught the opposite: worst
#   logistic regression, scaled (solution)      .957, .931                 .988, .976                 1.00
#   support vectors, scaled                     .955, .925                 .985, .972                  .99
#   random forest                               .937, .887                 .974, .955                  .98
#   five nearest neighbors, scaled              .923, .887                 .989, .979                 1.00
#   logistic regression, not scaled             .910, .878                 .964, .948                  .96
#   decision tree as it comes                   .906, .863                 .938, .914                 1.00
#   two columns only                            .809, .750                 .939, .921
#   everybody benign, everybody malignant      0 and 1                    1 and 0
# Simpler rules lie on the line: a single cut has .832 (worst .778), so it passes on some seeds. The brief says so.
LEAST_SENSITIVITY = 0.85  # .013 below the worst tree (3 of its s.d. below its mean), .08 below the worst solution
LEAST_SPECIFICITY = 0.85  # .06 below the worst tree
LEAST_TURNED = 0.75  # a fixed rule or a look-up turns nothing


def load() -> tuple[pd.DataFrame, np.ndarray]:
    """Return the measurements, one row per patient, and 0 (malignant) or 1 (benign) for each."""
    data = load_breast_cancer(as_frame=True)
    return data.data, data.target.to_numpy(copy=True)


DATA = load()  # before any learner's code runs


@graded(
    points=10,
    hint="A pandas column does each of the five by itself: count(), isna().sum(), mean(), median(), std().",
)
def test_column_is_described(submission, seed):
    """A column is described, what is missing counted apart"""
    r = np.random.default_rng([seed, 1])
    columns = [pd.Series([-1.0, 0.0, 2.0, 2.0, np.nan, 12.0])]  # below 0, 0 and the same twice are values
    for missing in (0, 3, 11):
        values = np.round(r.lognormal(2, 0.6, 40), 2)
        values[r.permutation(40)[:missing]] = np.nan
        columns.append(pd.Series(values, index=r.permutation(40) + 100))
    for values in columns:
        given = f"{shown(values)}" if len(values) < 9 else f"40 numbers, {int(values.isna().sum())} of them missing"
        call = f"describe(values) with values = {given}"
        result, (after,) = submission.describe.keeping_inputs(values)
        expect(
            values.equals(after),
            f"{call} changed the values it was given; whoever uses them next gets other data. Work on values.copy().",
        )
        there = sorted(values.dropna())
        size = len(there)
        middle = (there[(size - 1) // 2] + there[size // 2]) / 2
        mean = sum(there) / size
        squares = sum((value - mean) ** 2 for value in there)
        keys = ("count", "missing", "mean", "median", "spread")
        got = counted(result, keys, call)
        wanted = {"count": size, "missing": len(values) - size, "mean": mean, "median": middle}
        remedies = {
            "count": "Count only the values that are there; a missing one tells you nothing about its patient.",
            "missing": "Count the NaN values: a reader must know for how many patients nobody measured it.",
            "mean": "It is the sum of the values that are there, divided by their number; a missing value is not 0.",
            "median": "It is the value in the middle once they are sorted; with an even number, halfway between two.",
        }
        for key, target in wanted.items():
            expect_close(
                got[key], target, within=1e-6 * max(1, abs(target)), call=f"{call}: {key}", remedy=remedies[key]
            )
        spread, other = (squares / (size - 1)) ** 0.5, (squares / size) ** 0.5
        if min(abs(got["spread"] - spread), abs(got["spread"] - other)) > 1e-6 * spread:
            variance = abs(got["spread"] - spread**2) < 1e-6 * spread**2 or abs(got["spread"] - other**2) < 1e-6
            why = " That is the variance: take its square root." if variance else ""
            raise NotYet(f"{call}: spread gives {got['spread']:.4g}, but the standard deviation is {spread:.4g}.{why}")


def shown(values) -> str:
    """Return a short vector as a learner would write it."""
    return "[" + ", ".join("NaN" if value != value else f"{value:g}" for value in list(values)) + "]"  # noqa: PLR0124


def counted(result, keys: Sequence[str], call: str) -> dict[str, float]:
    """Return the numbers of a dict that must have these keys."""
    names = ", ".join(keys)
    if not isinstance(result, Mapping):
        forgot = " Does it end with `return`?" if result is None else ""
        what = "nothing (None)" if result is None else f"a {type(result).__name__}"
        raise NotYet(f"{call} returned {what}; expected a dict with the keys {names}.{forgot}")
    for key in keys:
        expect(
            key in result,
            f"{call} returned a dict without the key {key}; it has {', '.join(map(str, result)) or 'none'}. "
            f"Expected the keys {names}.",
        )
    return {key: expect_number(result[key], call=f"{call}: {key}") for key in keys}


@graded(
    points=15,
    hint="Read in the brief's table what 0 and 1 mean here. Then take each patient: ill or not, flagged or not?",
)
def test_counts_start_from_cancer(submission, seed):
    """The four counts take cancer (coded 0) for the illness"""
    for y, predicted in outcomes(seed):
        given = f"with y = {y.tolist()} and predicted = {predicted.tolist()}"
        call = f"confusion(y, predicted) {given if len(y) <= 10 else f'on {len(y)} patients'}"
        result, after = submission.confusion.keeping_inputs(y, predicted)
        for name, before, left in zip(("y", "predicted"), (y, predicted), after, strict=True):
            expect_unchanged(before, left, call=call, name=name)
        got = counted(result, COUNTS, call)
        wanted = counts_of(y, predicted)
        if got == wanted:
            continue
        key = next(key for key in COUNTS if got[key] != wanted[key])
        raise NotYet(f"{call} gives {key} = {got[key]:g}, but it is {wanted[key]}. {why_counts(got, wanted, key)}")


def outcomes(seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield diagnoses and answers: ten patients to check by hand, then random groups, also of one kind only."""
    yield np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 1]), np.array([0, 1, 0, 0, 1, 0, 1, 0, 1, 1])
    r = np.random.default_rng([seed, 2])
    mixed, of_one_kind = ((0.4, 0.5), (0.1, 0.3), (0.8, 0.6)), ((0.0, 0.4), (1.0, 0.4), (0.4, 0.0), (0.4, 1.0))
    for ill, flagged in (*mixed, *of_one_kind, (0.0, 0.0), (1.0, 1.0)):
        size = int(r.integers(15, 90))
        yield (r.random(size) >= ill).astype(int), (r.random(size) >= flagged).astype(int)


def counts_of(y: np.ndarray, predicted: np.ndarray) -> dict[str, int]:
    """Return the four counts, with malignant as the illness."""
    pairs = list(zip(np.asarray(y).tolist(), np.asarray(predicted).tolist(), strict=True))
    kinds = {
        "found": (MALIGNANT, MALIGNANT),
        "missed": (MALIGNANT, BENIGN),
        "false_alarms": (BENIGN, MALIGNANT),
        "left_in_peace": (BENIGN, BENIGN),
    }
    return {name: pairs.count(kind) for name, kind in kinds.items()}


MEANS = {
    "found": "the patient has cancer (0) and the program says so (0)",
    "missed": "the patient has cancer (0) and the program says benign (1)",
    "false_alarms": "the patient has no cancer (1) and the program says malignant (0)",
    "left_in_peace": "the patient has no cancer (1) and the program says benign (1)",
}


def why_counts(got: Mapping[str, float], wanted: Mapping[str, int], key: str) -> str:
    """Return what probably went wrong."""
    turned = dict(zip(COUNTS, [wanted[key] for key in reversed(COUNTS)], strict=True))
    if dict(got) == turned:
        return (
            "All four are those of the benign lumps: you took 1 for the illness. In these data 0 is cancer, so what "
            "you call found are the people without it."
        )
    swapped = wanted | {"missed": wanted["false_alarms"], "false_alarms": wanted["missed"]}
    if dict(got) == swapped:
        return (
            "The two kinds of mistakes have changed places: a missed patient is ill and told benign; a false alarm is "
            "healthy and told malignant. One loses time, the other sleep."
        )
    return f"Count a patient there if {MEANS[key]}."


@graded(
    points=15,
    hint="Read each name as `of all who …`: that group stands below the line of the fraction. What if it is empty?",
)
def test_shares_start_from_the_right_people(submission, seed):
    """Each of the three shares starts from the right people"""
    r = np.random.default_rng([seed, 3])
    sheets = [(3, 1, 2, 4), *r.integers(1, 60, (12, 4)).tolist()]
    empty = [(0, 0, 2, 7), (5, 3, 0, 0), (0, 4, 0, 9), (0, 0, 0, 6), (0, 0, 0, 0), (5, 0, 2, 7), (3, 1, 0, 6)]
    for number, row in enumerate([*sheets, *empty]):
        pairs = list(zip(COUNTS, row, strict=True))
        counts = dict(pairs[::-1] if number % 2 else pairs)  # a dict is read by its keys
        wanted = shares_of(counts)
        for name in ("sensitivity", "specificity", "ppv"):
            call = f"{name}({counts})"
            result, (after,) = getattr(submission, name).keeping_inputs(counts)
            expect(after == counts, f"{call} changed the counts it was given. Only read them.")
            if wanted[name] is None:
                expect_no_answer(result, call, name)
                continue
            expect(
                result is not None,
                f"{call} returned None, but it is {wanted[name]:.3g}: None is only for when nobody is there to start "
                f"from ({GROUPS[name][1]} both 0). Does every way through it end with `return`?",
            )
            got = expect_number(result, call=call, low=0)
            if abs(got - wanted[name]) > 0.0006:  # three decimals are enough
                raise NotYet(f"{call} gives {got:.3g}, but it is {wanted[name]:.3g}. {why_share(name, got, counts)}")


GROUPS = {
    "sensitivity": ("all who are ill", "found and missed"),
    "specificity": ("all who are not ill", "left_in_peace and false_alarms"),
    "ppv": ("all who were flagged", "found and false_alarms"),
}


def expect_no_answer(result, call: str, name: str) -> None:
    """Accept None (or NaN) where a share has nobody to start from."""
    nan = isinstance(result, float | np.floating) and np.isnan(result)
    group, keys = GROUPS[name]
    expect(
        result is None or nan,
        f"{call} gives {result!r}, but nobody is there to take a share of: {keys} are 0. Return None, which says "
        f"`no answer`; a number would claim to know something about {group}.",
    )


def shares_of(counts: Mapping[str, int]) -> dict[str, float | None]:
    """Return the shares that people mix up, by name; None where there is nobody to start from."""
    found, missed, alarms, peace = (counts[key] for key in COUNTS)

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return {
        "sensitivity": share(found, found + missed),
        "specificity": share(peace, peace + alarms),
        "ppv": share(found, found + alarms),
        "the share of right answers among all (accuracy)": share(found + peace, found + missed + alarms + peace),
        "the share of the unflagged who are healthy": share(peace, peace + missed),
        "the share of the ill who were missed": share(missed, found + missed),
        "the share of the healthy who were flagged": share(alarms, peace + alarms),
        "the share of the flagged who are healthy": share(alarms, found + alarms),
    }


def why_share(name: str, got: float, counts: Mapping[str, int]) -> str:
    """Return which other share it is, if it is one, and from whom to start."""
    group, keys = GROUPS[name]
    start = f"{name if name != 'ppv' else 'PPV'} starts from {group}: {keys} together."
    if got > 1:
        return f"A share lies between 0 and 1; do not multiply by 100. {start}"
    right = shares_of(counts)[name]
    if right is not None and abs(got - right) <= 0.0101:
        return "Keep all its digits here; round only in the note."
    others = [other for other, value in shares_of(counts).items() if value is not None and abs(value - got) < 1e-6]
    return f"Yours is {others[0].replace('ppv', 'the PPV')}. {start}" if others else start


@graded(
    points=15,
    hint="Give train_test_split both X and y in one call, with random_state=seed and stratify=y.",
)
def test_patients_are_dealt_once(submission, seed):
    """The split is fair, repeatable, each patient in one group"""
    X, y = shuffled(seed)
    r = np.random.default_rng([seed, 4])
    seeds = [int(s) for s in r.choice(10_000, 12, replace=False)]
    share = float(np.mean(y == MALIGNANT))
    tests = []
    for number, s in enumerate(seeds):
        _, test = groups_of(submission, X, y, s)
        size, ill = len(test), int(np.sum(y[test] == MALIGNANT))
        part = size / len(y)
        expect(
            0.20 <= part <= 0.40,
            f"{CALL_SPLIT} puts {size} of {len(y)} patients into the test group ({part:.1%}); expected 20 to 40 %: "
            "enough to learn from, and enough to count mistakes on.",
        )
        if number == 0:
            again = groups_of(submission, X, y, s)[1]
            expect(
                sorted(again) == sorted(test),
                f"{CALL_SPLIT} was called twice with seed {s} and tested on different patients each time; expected the "
                "same, so that others can count your numbers again. Pass the seed on: random_state=seed.",
            )
        expect(
            abs(ill - share * size) <= 1.5,
            f"{CALL_SPLIT} with seed {s} puts {ill} patients with cancer among the {size} of the test group "
            f"({ill / size:.0%}), but they are {share:.0%} of all, so about {share * size:.0f} belong there. Chance "
            "alone gives some tests too few of the ill to count misses on: deal ill and healthy apart (stratify).",
        )
        tests.append(frozenset(test))
    expect(
        len(set(tests)) == len(tests),
        f"{CALL_SPLIT} tests on the same patients for different seeds; expected other patients for another seed. Use "
        "the seed to shuffle: random_state=seed.",
    )


def shuffled(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the data with the patients in another order."""
    X, y = DATA
    order = np.random.default_rng([seed, 5]).permutation(len(y))
    return X.iloc[order].reset_index(drop=True), y[order]


def groups_of(submission, X: pd.DataFrame, y: np.ndarray, seed: int) -> tuple[list[int], list[int]]:
    """Call split; return the positions of both groups' patients, each of whom must keep the own diagnosis."""
    X_train, X_test, y_train, y_test = parts_of(submission, X, y, seed)
    place = {row.tobytes(): n for n, row in enumerate(X.to_numpy(dtype=float))}
    groups = []
    for name, rows, diagnoses in (("train", X_train, y_train), ("test", X_test, y_test)):
        found = [place.get(row.tobytes()) for row in rows]
        expect(
            None not in found,
            f"{CALL_SPLIT} returned a row in X_{name} that no patient has; expected the rows of X as they are. Only "
            "deal them out: scaling belongs into predict, where it can learn from the training group alone.",
        )
        own = [int(n) for n in found if n is not None]
        wrong = [n for n, said in zip(own, diagnoses.tolist(), strict=True) if y[n] != said]
        expect(
            not wrong,
            lambda name=name, wrong=wrong, own=own: (
                f"{CALL_SPLIT}: {len(wrong)} of {len(own)} patients in X_{name} have another patient's diagnosis in "
                f"y_{name}. Shuffle X and y together, in one and the same order; else the program learns from mixed-up "
                "records."
            ),
        )
        groups.append(own)
    train, test = groups
    both = len(set(train) & set(test))
    expect(
        not both,
        f"{CALL_SPLIT} puts {both} patients into both groups; expected none. A program that is tested on patients it "
        "has already met looks better than it is.",
    )
    expect(
        len(set(train)) == len(train) and len(set(test)) == len(test),
        f"{CALL_SPLIT} deals a patient more than once; expected every patient once.",
    )
    left = len(y) - len(train) - len(test)
    expect(not left, f"{CALL_SPLIT} leaves out {left} of {len(y)} patients; expected each of them in one group.")
    return train, test


def parts_of(submission, X: pd.DataFrame, y: np.ndarray, seed: int) -> tuple[np.ndarray, ...]:
    """Call split and return its four parts as arrays of fitting sizes."""
    result, after = submission.split.keeping_inputs(X, y, seed)
    for name, before, left in zip(("X", "y"), (X, y), after, strict=False):
        expect_unchanged(before, left, call=CALL_SPLIT, name=name)
    forgot = " Does it end with `return`?" if result is None else ""
    expect(
        isinstance(result, tuple | list) and len(result) == 4,
        f"{CALL_SPLIT} returned {'None' if result is None else 'something else than four parts'}; expected X_train, "
        f"X_test, y_train, y_test.{forgot}",
    )
    sizes = [np.shape(part) for part in result]
    order = "Return them in this order: X_train, X_test, y_train, y_test."
    for n, name in ((0, "X_train"), (1, "X_test")):
        expect(
            len(sizes[n]) == 2 and sizes[n][1] == X.shape[1] and sizes[n][0] > 0,
            f"{CALL_SPLIT}: {name}, the part in place {n + 1}, is no table with the {X.shape[1]} columns of X. {order}",
        )
        expect(
            sizes[n + 2][:1] == sizes[n][:1],
            f"{CALL_SPLIT}: {name} has {sizes[n][0]} rows, but the part in place {n + 3} has another length. {order}",
        )
    X_train, X_test = (np.asarray(part, dtype=float) for part in result[:2])
    y_train, y_test = (
        expect_vector(part, n=len(rows), call=f"{CALL_SPLIT}: {name}").astype(int)
        for part, rows, name in ((result[2], X_train, "y_train"), (result[3], X_test, "y_test"))
    )
    return X_train, X_test, y_train, y_test


@graded(
    points=10,
    hint="Whatever learns (also a scaler) may `fit` on X_train only. For X_new it must use what it learned there.",
)
def test_answer_is_about_the_patient_alone(submission, seed):
    """A patient's answer depends on nobody else in the room"""
    X, y = shuffled(seed)
    train, test = next(fair_groups(y, [seed, 6]))
    X_train, y_train, X_new = X.iloc[train], y[train], X.iloc[test]
    said = answers(submission, X_train, y_train, X_new, keeping=True)
    again = answers(submission, X_train, y_train, X_new)
    expect(
        (said == again).all(),
        f"{CALL_PREDICT} was called twice with the same patients and answered {int(np.sum(said != again))} of them "
        "differently; expected the same. If your model draws random numbers, fix them: random_state=0.",
    )
    turned = answers(submission, X_train, y_train, X_new.iloc[::-1])[::-1]
    few = X_new.iloc[:4]
    side = towards_benign(X_train, y_train, X_new)
    mildest, doubtful = [side.argmax()] * 2000, np.repeat(np.abs(side).argsort()[:20], 40)
    crowds = (
        ("60 others with huge values come as well", X_new.iloc[:60].mul(100)),
        ("2,000 others come as well, all with the values of the mildest lump", X_new.iloc[mildest]),
        ("800 others come as well, all like the 20 most doubtful lumps", X_new.iloc[doubtful]),
    )
    for other, rows, when in (
        (turned, X_new, "the same patients come in reverse order"),
        (answers(submission, X_train, y_train, few), few, "only 4 of the patients come"),
        *(
            (answers(submission, X_train, y_train, pd.concat([X_new, crowd]))[: len(X_new)], X_new, when)
            for when, crowd in crowds
        ),
    ):
        unlike = np.flatnonzero(said[: len(rows)] != other)
        expect(
            not unlike.size,
            lambda rows=rows, other=other, when=when, unlike=unlike: (
                f"{CALL_PREDICT} says {WORDS[int(said[unlike[0]])]} of patient {rows.index[unlike[0]]}, but "
                f"{WORDS[int(other[unlike[0]])]} when {when} ({unlike.size} such patients). Nobody's diagnosis may "
                "hang on who else is in the waiting room: learn from X_train alone, scaling included."
            ),
        )


def towards_benign(X_train: pd.DataFrame, y_train: np.ndarray, X_new: pd.DataFrame) -> np.ndarray:
    """Return how far each new patient lies to the benign side of the middle between the two groups' means."""
    ill, well = X_train[y_train == MALIGNANT].mean(), X_train[y_train == BENIGN].mean()
    spread = X_train.std()
    return ((X_new - (ill + well) / 2) / spread).to_numpy() @ ((well - ill) / spread).to_numpy()


def fair_groups(y: np.ndarray, seed: Sequence[int], n: int = 1) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the positions of n training and test groups (30 %), with as large a share of the ill in each."""
    state = int(np.random.default_rng(seed).integers(2**31))
    yield from StratifiedShuffleSplit(n, test_size=0.3, random_state=state).split(np.zeros((len(y), 1)), y)


def answers(submission, X_train, y_train, X_new, *, keeping: bool = False) -> np.ndarray:
    """Call predict and return a 0 or a 1 for each new patient."""
    given = {"X_train": X_train, "y_train": y_train, "X_new": X_new}
    if keeping:
        result, after = submission.predict.keeping_inputs(*given.values())
        for (name, before), left in zip(given.items(), after, strict=True):
            expect_unchanged(before, left, call=CALL_PREDICT, name=name)
    else:
        result = submission.predict(*given.values())
    expect(
        getattr(result, "shape", ()) != (len(X_new), 2),
        f"{CALL_PREDICT} returned two columns, the probabilities of 0 and of 1; expected one 0 (malignant) or 1 "
        "(benign) for each patient. A model's .predict gives those.",
    )
    said = expect_vector(result, n=len(X_new), call=CALL_PREDICT)
    odd = said[~np.isin(said, (MALIGNANT, BENIGN))]
    odd = odd[np.argsort(np.abs(odd - 0.5))]  # first a value that cannot be read as 0 or 1
    expect(
        not odd.size,
        lambda: (
            f"{CALL_PREDICT} returned {odd[0]:g} for a patient; expected 0 (malignant) or 1 (benign) for each. A "
            "model's .predict gives those, .predict_proba gives probabilities."
        ),
    )
    return said.astype(int)


@graded(
    points=15,
    hint="Bring the columns to one scale before a model learns; then .fit on the training group, .predict for the new.",
)
def test_finds_enough_and_spares_enough(submission, seed):
    """It finds enough cancers without alarming everybody"""
    X, y = shuffled(seed)
    total = dict.fromkeys(COUNTS, 0)
    for train, test in fair_groups(y, [seed, 7], SPLITS):
        with the_data_out_of_reach() as reached_for:
            said = answers(submission, X.iloc[train], y[train], X.iloc[test])
        expect(not reached_for, f"{CALL_PREDICT}: {OUT_OF_REACH}")
        counts = counts_of(y[test], said)
        total = {key: total[key] + counts[key] for key in COUNTS}
    found, missed, alarms, peace = total.values()
    flagged, everybody = found + alarms, sum(total.values())
    if flagged in (0, everybody):
        word, right = (WORDS[MALIGNANT], found) if flagged else (WORDS[BENIGN], peace)
        raise NotYet(
            f"{CALL_PREDICT} says {word} of every one of {everybody} new patients. That is right for {right} of them, "
            "and tells nobody anything. Does your model learn from X_train, and do you return its answers?"
        )
    turned = ""
    if found + peace < missed + alarms:
        turned = " Most answers are the wrong way round: 0 is malignant, 1 is benign."
    expect(
        found >= LEAST_SENSITIVITY * (found + missed),
        f"{CALL_PREDICT}, over {SPLITS} test groups, finds {found} of {found + missed} cancers "
        f"({found / (found + missed):.0%}); expected {LEAST_SENSITIVITY:.0%} or more. Those it misses are sent home."
        f"{turned}",
    )
    expect(
        peace >= LEAST_SPECIFICITY * (peace + alarms),
        f"{CALL_PREDICT}, over {SPLITS} test groups, leaves {peace} of {peace + alarms} healthy patients in peace "
        f"({peace / (peace + alarms):.0%}); expected {LEAST_SPECIFICITY:.0%} or more. Each of the others is told of a "
        f"cancer that is not there.{turned}",
    )
    train, test = next(fair_groups(y, [seed, 7]))
    said = answers(submission, X.iloc[train], y[train], X.iloc[test])
    opposite = answers(submission, X.iloc[train], 1 - y[train], X.iloc[test])
    share = float(np.mean(said != opposite))
    expect(
        share >= LEAST_TURNED,
        f"{CALL_PREDICT} was taught the opposite (y_train with 0 and 1 exchanged) and changed {share:.0%} of its "
        f"answers; expected {LEAST_TURNED:.0%} or more. A program that learns believes its examples: write no fixed "
        "rule into it, and do not look the patients up.",
    )


OUT_OF_REACH = (
    "predict reads the whole data again, with the test patients and their diagnoses; X_train and y_train are all that "
    "it may learn from, or its mistakes are no longer those that new patients would meet"
)


@contextmanager
def the_data_out_of_reach() -> Iterator[list[str]]:
    """Let every reading of scikit-learn's data fail inside the block; yield a list of the tries, swallowed or not."""
    tried: list[str] = []

    def refuse(data_file_name: str, **_: Any) -> None:
        tried.append(data_file_name)
        raise RuntimeError(OUT_OF_REACH)

    with mock.patch("sklearn.datasets._base.load_csv_data", refuse, create=True):  # what load_breast_cancer reads by
        yield tried


NUMBERS = dict.fromkeys(COUNTS, int) | dict.fromkeys(("sensitivity", "specificity", "ppv"), float)
ROUNDED = 0.0051  # two decimals
TEXTS = {"missed_cancer": "missed", "false_alarm": "false_alarms", "not_for": ""}
SMALL = {0: "none zero no", 1: "one", 2: "two both", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


@graded(
    points=10,
    hint="Run `python classifier.py` and copy its last lines. Each of the first two sentences names its count.",
)
def test_note_says_who_is_harmed(submission, document):
    """The note counts the mistakes and says what they mean"""
    note = document("note.yaml", NUMBERS | dict.fromkeys(TEXTS, str), others=True)
    counts = practice_counts(submission)
    for key in COUNTS:
        expect(
            note[key] == counts[key],
            f"{note.where(key)}: {key} is {note[key]}, but your functions give {counts[key]}: so often among the test "
            f"patients, {MEANS[key]}. Run `python classifier.py` again and copy the count.",
        )
    for key, value in list(shares_of(counts).items())[:3]:
        group, keys = GROUPS[key]
        expect(
            abs(note[key] - (0 if value is None else value)) <= ROUNDED,
            f"{note.where(key)}: {key} is {note[key]:g}, which does not follow from your four counts. It starts from "
            f"{group}, {keys} together. Write it as a share from 0 to 1, rounded to two decimals (0.938 is 0.94).",
        )
    for key, about in TEXTS.items():
        words = re.findall(r"\w+", re.sub(r"\d+(?:\.\d+)?\s*(?:%|percent)", "", note[key].casefold()))
        expect(
            len(set(words)) >= 8,
            f"{note.where(key)}: {key} has {len(set(words))} different words; write a whole sentence, of 8 or more, "
            "that a friend could follow. A person should read it: this check only sees that it is there.",
        )
        same = [other for other in TEXTS if other != key and note[other].casefold() == note[key].casefold()]
        expect(not same, f"{note.where(key)}: {key} says the same as {' and '.join(same)}; each asks something else.")
        if about:
            n = counts[about]
            named = {str(n), *SMALL.get(n, "").split()}
            expect(
                named & set(words),
                f"{note.where(key)}: {key} does not say how many patients it is about; your program's count is {n}. "
                "Put the number into the sentence: a friend can picture a number of people, but not `some`.",
            )


def practice_counts(submission) -> dict[str, int]:
    """Return the four counts of the learner's split and predict on the practice seed."""
    X, y = DATA
    X_train, X_test, y_train, y_test = parts_of(submission, X, y, PRACTICE_SEED)
    again = parts_of(submission, X, y, PRACTICE_SEED)[1]
    expect(
        np.array_equal(X_test, again),
        f"split(X, y, {PRACTICE_SEED}) tests on other patients each time it is called, so nobody can count the note's "
        "numbers again. Pass the seed on: random_state=seed.",
    )
    learned, asked = (pd.DataFrame(rows, columns=X.columns) for rows in (X_train, X_test))
    return counts_of(y_test, answers(submission, learned, y_train, asked))


@graded(
    points=10,
    hint="Add the counts of right answers and divide by all patients. The lazy program is right for all benign lumps.",
)
def test_accuracy_is_set_beside_doing_nothing(submission, document):
    """Accuracy stands beside that of a program that never looks"""
    note = document("note.yaml", {"accuracy": float, "lazy_accuracy": float, "lazy_found": int}, others=True)
    counts = practice_counts(submission)
    found, missed, alarms, peace = counts.values()
    everybody = found + missed + alarms + peace
    wanted = {
        "accuracy": (
            (found + peace) / everybody,
            "divide the right answers, found and left_in_peace together, by all patients",
        ),
        "lazy_accuracy": (
            (peace + alarms) / everybody,
            "whoever calls everybody benign is right for all who have no cancer: two of your four counts",
        ),
        "lazy_found": (0, "how many cancers does a program find that never says malignant?"),
    }
    for key, (value, why) in wanted.items():
        expect(
            abs(note[key] - value) <= ROUNDED,
            f"{note.where(key)}: {key} is {note[key]:g}, which does not follow from your counts ({why}), rounded to "
            "two decimals. An accuracy tells little until you know what doing nothing would have scored.",
        )
