"""Days 0-30, software engineers: a readmission score you can defend. For learning, not for clinical use."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from wardround.grading import (
    NotYet,
    Waiting,
    expect,
    expect_columns,
    expect_number,
    expect_one_row_each,
    expect_probabilities,
    expect_same_ids,
    expect_same_in_company,
    expect_same_rows,
    expect_unchanged,
    graded,
)
from wardround.grading.ranking import auc
from wardround.hospital import build
from wardround.hospital.future import end_together, rewrite_after

PRACTICE_SEED = 1  # the note's numbers are about this hospital, whatever other seeds are graded
CALL_LABELS = "label_readmissions(admissions)"
CALL_FEATURES = "features(admissions, patients, conditions, labs)"
CALL_RISK = "predict_risk(X_train, y_train, X_new)"
CALL_SPLIT = "split(stays)"
TABLES = ("admissions", "patients", "conditions", "labs")
CUTS = (pd.Timestamp("2023-11-01 12:00"), pd.Timestamp("2024-09-01 12:00"))  # what was recorded after them is altered

# How far answers stay from the true probabilities, on seeds 1 to 60 (about 1190 validation stays, 170 readmissions).
# The true probabilities themselves: soft-label AUC .711 to .745, realised AUC .668 to .775.
#                                          soft-label AUC: mean, worst      realised AUC: mean, highest
#   logistic regression (the solution)            -.022, -.031                   -.021, +.008
#   additive score counted by hand                -.032, -.037                   -.034, +.002
#   random forest, leaves of 15                   -.035, -.050                   -.034, -.011
#   random forest as it comes                     -.062, -.075                   -.061, -.018
#   gradient boosting, small trees                -.042, -.059                   -.042, +.000
#   gradient boosting as it comes                 -.093, -.127                   -.096, -.035
#   the same score for everyone                   -.226, between -.211 and -.245
#   a feature that knows the next stay                                           +.259, never below +.209
SOFT_AUC_BELOW = 0.14  # margins: .013 from the worst sound answer (4 of its s.d. from its mean), .071 from no score
REALISED_AUC_ABOVE = 0.06  # margins: .052 from the highest sound answer, .149 from the leak

NOT_ELIGIBLE = {
    "died": "the patient died in it; nobody comes back from that, so keeping it makes the ward's rate look too good",
    "against advice": "the patient left against medical advice; the ward could not prepare that discharge",
    "transferred": "the patient was moved to another acute hospital; nobody was sent home, the stay goes on there",
    "last 30 days": "the data end less than 30 days after its discharge, so a return could go unseen",
    "emergency": "it is an emergency visit, not an inpatient stay; nobody was discharged from a ward",
    "observation": "it is an observation visit, not an inpatient stay; nobody was discharged from a ward",
    "unknown": "the table has no such encounter",
}
NOT_READMITTED = {
    "planned return": "its return was planned; counting it blames the ward for good follow-up",
    "late return": "the next stay began more than 30 days (30 x 24 hours) after the discharge",
    "emergency visit": "the patient only came to the emergency department; that is a visit, not an admission",
    "observation visit": "the patient was only kept for observation; that is a visit, not an admission",
    "no return": "no stay of that patient follows it",
}
ELIGIBLE = "the patient went home alive from it, neither against advice nor by transfer, 30 days or more before the end"
READMITTED = "an unplanned inpatient stay of that patient, at one of the hospitals, began within 30 days"

# Stays written by hand, each with what must become of it. Times are days (and minutes) after 2024-03-01 08:00.
INPATIENT, EMERGENCY, OBSERVATION = "inpatient", "emergency", "observation"
MINUTE = 1 / (24 * 60)
TO_END = (pd.Timestamp("2025-01-01") - pd.Timestamp("2024-03-01 08:00")) / pd.Timedelta(days=1)
HAND_MADE = [
    # stay, patient, class, admitted, discharged, disposition, planned, what it is
    (9001, "returns after exactly 30 days", INPATIENT, 0, 5, "home", False, "readmitted"),
    (9002, "returns after exactly 30 days", INPATIENT, 35, 40, "home", False, "no return"),
    (9003, "returns one minute too late", INPATIENT, 0, 5, "home", False, "late return"),
    (9004, "returns one minute too late", INPATIENT, 35 + MINUTE, 40, "home", False, "no return"),
    (9005, "returns 40 minutes after going home", INPATIENT, 0, 2, "home", False, "readmitted"),
    (9006, "returns 40 minutes after going home", INPATIENT, 2 + 40 * MINUTE, 6, "home", False, "no return"),
    (9007, "transferred, then back", INPATIENT, 0, 2, "transfer_acute", False, "transferred"),
    (9008, "transferred, then back", INPATIENT, 2.1, 9, "home", False, "readmitted"),
    (9009, "transferred, then back", INPATIENT, 20, 24, "home", False, "no return"),
    (9010, "transferred, never back", INPATIENT, 0, 2, "transfer_acute", False, "transferred"),
    (9011, "transferred, never back", INPATIENT, 2.1, 9, "home_health", False, "no return"),
    (9012, "planned return that is then transferred", INPATIENT, 0, 4, "home", False, "planned return"),
    (9013, "planned return that is then transferred", INPATIENT, 18, 19, "transfer_acute", True, "transferred"),
    (9014, "planned return that is then transferred", INPATIENT, 19.1, 22, "home", False, "no return"),
    (9015, "planned return", INPATIENT, 0, 4, "home", False, "planned return"),
    (9016, "planned return", INPATIENT, 25, 27, "home", True, "no return"),
    (9017, "planned stay, unplanned return", INPATIENT, 0, 4, "home", True, "readmitted"),
    (9018, "planned stay, unplanned return", INPATIENT, 9, 12, "snf", False, "no return"),
    (9019, "emergency visit only", INPATIENT, 0, 3, "home", False, "emergency visit"),
    (9020, "emergency visit only", EMERGENCY, 8, 8.2, "home", False, "emergency"),
    (9021, "emergency visit, then a stay", INPATIENT, 0, 3, "home", False, "readmitted"),
    (9022, "emergency visit, then a stay", EMERGENCY, 8, 8.2, "home", False, "emergency"),
    (9023, "emergency visit, then a stay", INPATIENT, 12, 15, "home", False, "no return"),
    (9024, "observation only", INPATIENT, 0, 3, "home", False, "observation visit"),
    (9025, "observation only", OBSERVATION, 6, 7.2, "home", False, "observation"),
    (9026, "dies", INPATIENT, 0, 3, "expired", False, "died"),
    (9027, "back, and dies", INPATIENT, 0, 3, "snf", False, "readmitted"),
    (9028, "back, and dies", INPATIENT, 7, 12, "expired", False, "died"),
    (9029, "left against advice, and back", INPATIENT, 0, 1, "ama", False, "against advice"),
    (9030, "left against advice, and back", INPATIENT, 3, 8, "home", False, "no return"),
    (9031, "back twice", INPATIENT, 0, 3, "home", False, "readmitted"),
    (9032, "back twice", INPATIENT, 10, 14, "home", False, "readmitted"),
    (9033, "back twice", INPATIENT, 21, 23, "home", False, "no return"),
    (9034, "exactly 30 days before the end", INPATIENT, 100, TO_END - 30, "home", False, "no return"),
    (9035, "a minute less than 30 days", INPATIENT, 100, TO_END - 30 + MINUTE, "home", False, "last 30 days"),
    (9036, "back after months", INPATIENT, 0, 3, "home", False, "late return"),
    (9037, "back after months", INPATIENT, 150, 155, "home", False, "no return"),
]


def hand_made() -> tuple[pd.DataFrame, dict[int, str]]:
    """Return the stays written by hand as an admissions table in no order, and what each one is, as `truth("why")`."""
    names = ["encounter_id", "patient", "class", "admit", "discharge", "disposition", "planned", "why"]
    stays = pd.DataFrame(HAND_MADE, columns=names)
    for moment in ("admit", "discharge"):
        days = pd.to_timedelta(stays[moment], unit="D")
        stays[f"{moment}_time"] = (pd.Timestamp("2024-03-01 08:00") + days).dt.round("min").astype("datetime64[us]")
    stays["patient_id"] = 501 + stays["patient"].factorize()[0]
    stays["ward"] = stays["class"].map({INPATIENT: "MED", EMERGENCY: "ED", OBSERVATION: "OBS"})
    second_leg = stays.groupby("patient_id")["disposition"].shift() == "transfer_acute"
    stays["facility"] = np.select([second_leg, stays["encounter_id"] % 3 > 0], ["HOME-EAST", "OTHER"], "HOME-MAIN")
    stays["admit_source"] = np.select([second_leg, stays["planned"]], ["transfer", "scheduled"], "emergency")
    stays["prior_year_admissions"] = 0
    why = dict(zip(stays["encounter_id"].tolist(), stays["why"], strict=True))
    table = stays.drop(columns=["patient", "admit", "discharge", "why"])
    return table.sample(frac=1, random_state=3).reset_index(drop=True), why


def tables_to_label(hospital) -> Iterator[tuple[str, pd.DataFrame, dict[int, str]]]:
    """Yield what label_readmissions is tried on: the call, the table, and what each encounter is."""
    yield "label_readmissions(HAND_MADE)", *hand_made()
    yield CALL_LABELS, hospital.public("admissions"), hospital.truth("why")


def labels_of(submission, column: str, call: str, admissions: pd.DataFrame) -> pd.DataFrame:
    """Call label_readmissions; return one column of it with encounter_id, clean, with a row for every stay."""
    result, (after,) = submission.label_readmissions.keeping_inputs(admissions)
    expect_unchanged(admissions, after, call=call, name="admissions")
    labels = expect_columns(result, {"encounter_id": "id", column: "bool"}, call=call)
    inpatient = admissions.loc[admissions["class"] == INPATIENT, "encounter_id"]
    expect_one_row_each(labels["encounter_id"], inpatient, call=call, at_least=True)
    return labels


def expect_marks(got: pd.Series, wanted: list[int], admissions: pd.DataFrame, **words) -> None:
    """Compare marked stays with the truth as expect_same_ids does; show the rows behind the first wrong one."""
    try:
        expect_same_ids(got, wanted, **words)
    except NotYet as verdict:
        first = min(set(got) - set(wanted) or set(wanted) - set(got))
        raise NotYet(f"{verdict.sentence} {rows_around(first, admissions)}".strip()) from None


def rows_around(stay: int, admissions: pd.DataFrame) -> str:
    """Return a patient's encounters in order, from the one before a stay to the second after it, as a sentence."""
    patient = admissions.loc[admissions["encounter_id"] == stay, "patient_id"]
    if patient.empty:
        return ""
    rows = admissions[admissions["patient_id"] == patient.iloc[0]].sort_values("admit_time")
    place = rows["encounter_id"].tolist().index(stay)
    shown = [
        f"{row.encounter_id} {row.kind}{', planned' if row.planned else ''}, {row.admit_time:%Y-%m-%d %H:%M} to "
        f"{row.discharge_time:%Y-%m-%d %H:%M}, {row.disposition}"
        for row in rows.iloc[max(0, place - 1) : place + 3].rename(columns={"class": "kind"}).itertuples()
    ]
    return f"The rows of patient {patient.iloc[0]} around it: {'; '.join(shown)}."


@graded(points=15, hint="Ask of every row: was it a stay, who could come back from it, and would the data show it?")
def test_eligible_stays(submission, hospital):
    """Only stays that can be followed are judged"""
    for call, admissions, why in tables_to_label(hospital):
        labels = labels_of(submission, "eligible", call, admissions)
        expect_marks(
            labels.loc[labels["eligible"], "encounter_id"],
            [stay for stay, reason in why.items() if reason not in NOT_ELIGIBLE],
            admissions,
            call=call,
            marked="as eligible",
            why=lambda stay, why=why: NOT_ELIGIBLE.get(why.get(stay, "unknown"), ELIGIBLE),
        )


@graded(points=20, hint="Sort by patient and time, take the next inpatient stay only, then read planned and the gap.")
def test_labels_follow_the_definition(submission, hospital):
    """A readmission is an unplanned stay within 30 days"""
    for call, admissions, why in tables_to_label(hospital):
        labels = labels_of(submission, "readmit30", call, admissions)
        judged = [stay for stay, reason in why.items() if reason not in NOT_ELIGIBLE]
        marked = labels.loc[labels["readmit30"] & labels["encounter_id"].isin(judged), "encounter_id"]
        expect_marks(
            marked,
            [stay for stay in judged if why[stay] == "readmitted"],
            admissions,
            call=call,
            marked="as readmitted",
            why=lambda stay, why=why: NOT_READMITTED.get(why[stay], READMITTED),
        )


@graded(points=15, hint="For every column, ask: on the day of discharge, had somebody already written this down?")
def test_features_know_only_the_past(submission, hospital):
    """Features know nothing from after the discharge"""
    tables = end_together(CUTS, {name: hospital.public(name) for name in TABLES})
    stays = tables["admissions"].query("`class` == 'inpatient'")
    X, after = submission.features.keeping_inputs(*tables.values())
    for (name, before), left in zip(tables.items(), after, strict=True):
        expect_unchanged(before, left, call=CALL_FEATURES, name=name)
    numeric_rows(X, stays["encounter_id"])

    shuffled = [table.sample(frac=1, random_state=hospital.seed).reset_index(drop=True) for table in tables.values()]
    expect_same_rows(
        submission.features(*shuffled),
        X,
        call=f"{CALL_FEATURES}, with the tables' rows in another order,",
        why="A database promises no order: sort by time before you take a first, a last or a next row.",
    )
    for cut in CUTS:
        over = stays.loc[stays["discharge_time"] <= cut, "encounter_id"].to_numpy()
        again = submission.features(*rewrite_after(cut, tables, hospital.seed).values())
        again = numeric_rows(again, over)
        expect_same_rows(
            again[again.index.isin(over)],
            X[X.index.isin(over)],
            call=f"{CALL_FEATURES}, with only what was recorded after {cut:%Y-%m-%d %H:%M} altered,",
            why="That stay had ended by then (here many end at that very minute, and news comes a minute later), "
            "so the column uses what nobody could know at the bedside.",
        )


def numeric_rows(X, stays) -> pd.DataFrame:
    """Return the features if they are a numeric table with one row for each of these stays (and maybe others)."""
    expect(
        isinstance(X, pd.DataFrame),
        f"{CALL_FEATURES} returned {type(X).__name__}; expected a DataFrame, one row for each inpatient stay.",
    )
    expect(X.shape[1] > 0, f"{CALL_FEATURES} returned no columns; a score needs something to go by.")
    expect(
        "encounter_id" not in X.columns and not isinstance(X.index, pd.RangeIndex),
        f"{CALL_FEATURES} returned rows numbered {X.index[:1].tolist()} and so on; expected encounter_id as the index "
        "and not as a column, so that a row finds its stay: .set_index('encounter_id').",
    )
    expect_one_row_each(X.index, stays, call=CALL_FEATURES, at_least=True)
    for name in X.columns:
        what = f"{CALL_FEATURES}: the column {name}"
        expect(
            pd.api.types.is_numeric_dtype(X[name]), f"{what} holds {X[name].dtype}; expected numbers, True or False."
        )
        endless = int(np.isinf(X[name].to_numpy(dtype=float, na_value=np.nan)).sum())
        expect(not endless, f"{what} has {endless} infinite values; expected numbers or NaN.")
    return X


@graded(points=10, hint="Choose a date first. Then look for patients who were in hospital both before and after it.")
def test_split_by_time_and_patient(submission, hospital):
    """Validation is later, on other patients"""
    stays = eligible_stays(hospital)
    parts = parts_of(submission, stays)
    train, validation = (stays[stays["encounter_id"].isin(ids)] for ids in parts)
    share = len(validation) / max(1, len(train) + len(validation))
    expect(
        0.20 <= share <= 0.40,
        f"{CALL_SPLIT} puts {share:.0%} of its stays into validation; expected 20 to 40 %, "
        "enough to learn from and enough to count on.",
    )
    used = (len(train) + len(validation)) / len(stays)
    expect(
        used >= 0.75,
        f"{CALL_SPLIT} leaves out {1 - used:.0%} of the stays; expected at most 25 %, "
        "for what is left out is neither learned from nor checked.",
    )
    last, first = train["discharge_time"].max(), validation["discharge_time"].min()
    early = int((validation["discharge_time"] < last).sum())
    expect(
        last <= first,
        f"{CALL_SPLIT}: {early:,} of {len(validation):,} validation stays ended before the last training stay "
        f"({last:%Y-%m-%d}); expected all of it later. A ward meets its patients after the score was made.",
    )
    both = set(train["patient_id"]) & set(validation["patient_id"])
    expect(
        not both,
        lambda: (
            f"{CALL_SPLIT} has {len(both):,} patients on both sides, the first is patient {min(both)}; expected none. "
            "A model tested on patients it has met looks better than it will be on the ward."
        ),
    )


def eligible_stays(hospital) -> pd.DataFrame:
    """Return the rows of admissions that are index stays."""
    admissions = hospital.public("admissions")
    return admissions[admissions["encounter_id"].isin(hospital.truth("eligible"))].reset_index(drop=True)


def parts_of(submission, stays: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Call split and return the ids of both parts, in its order."""
    result, (after,) = submission.split.keeping_inputs(stays)
    expect_unchanged(stays, after, call=CALL_SPLIT, name="stays")
    parts = expect_columns(result, {"encounter_id": "id", "part": "text"}, call=CALL_SPLIT)
    ids = parts["encounter_id"].to_numpy()
    unknown = parts.loc[~parts["encounter_id"].isin(stays["encounter_id"]), "encounter_id"].tolist()
    expect(not unknown, lambda: f"{CALL_SPLIT} returned stay {unknown[0]}, which is not one of the stays it was given.")
    twice = parts.loc[parts["encounter_id"].duplicated(), "encounter_id"].tolist()
    expect(not twice, lambda: f"{CALL_SPLIT} returned stay {twice[0]} twice; expected each stay in one part at most.")
    words = sorted(set(parts["part"]) - {"train", "validation"})
    expect(not words, lambda: f'{CALL_SPLIT} calls a part "{words[0]}"; expected "train" or "validation".')
    train, validation = (ids[(parts["part"] == part).to_numpy()].tolist() for part in ("train", "validation"))
    expect(train and validation, f'{CALL_SPLIT} leaves one part empty; expected stays in "train" and in "validation".')
    return train, validation


@graded(points=15, hint="On 2,500 stays a plain model does well. An AUC that is too good is a finding.")
def test_risk_ranks_patients_honestly(submission, hospital):
    """The score ranks patients, and not too well"""
    truth = hospital.truth("stays").set_index("encounter_id")
    stays = eligible_stays(hospital)
    cut = stays["discharge_time"].quantile(0.7)
    late = stays["discharge_time"] >= cut
    seen = stays["patient_id"].isin(stays.loc[late, "patient_id"])
    train, validation = stays.loc[~seen, "encounter_id"], stays.loc[late, "encounter_id"]

    p = risk(submission, features_of(submission, hospital), truth["readmit30"].astype(int), train, validation)
    true_p = truth.loc[validation, "p_readmit"].to_numpy()
    happened = truth.loc[validation, "readmit30"].to_numpy(dtype=float)
    expect(
        np.unique(p).size > 1,
        f"{CALL_RISK} gives every stay the same probability ({p[0]:.3g}); then nobody can be chosen for a call home.",
    )
    realised, possible = auc(happened, p), auc(happened, true_p)
    expect(
        realised <= possible + REALISED_AUC_ABOVE,
        f"{CALL_RISK} reaches an AUC of {realised:.2f}; chance leaves room for {possible:.2f} at most. "
        "Too good is a finding: a feature knows what came after the discharge, and no ward will have it in time.",
    )
    reached, best = auc(true_p, p), auc(true_p, true_p)
    expect(
        reached >= best - SOFT_AUC_BELOW,
        f"{CALL_RISK} ranks new stays with an AUC of {reached:.2f}; expected {best - SOFT_AUC_BELOW:.2f} or more "
        f"({best:.2f} is possible, .50 is a coin). A ward that calls the wrong patients helps nobody.",
    )


def features_of(submission, hospital) -> pd.DataFrame:
    """Call features on a hospital's tables and return one numeric row per inpatient stay."""
    tables = {name: hospital.public(name) for name in TABLES}
    stays = tables["admissions"].query("`class` == 'inpatient'")
    return numeric_rows(submission.features(*tables.values()), stays["encounter_id"])


def risk(submission, X: pd.DataFrame, y: pd.Series, train, validation) -> np.ndarray:
    """Call predict_risk on these stays; its answer may depend neither on the company of a new stay nor on chance."""
    given = {"X_train": X.loc[train], "y_train": y.loc[train], "X_new": X.loc[validation]}
    X_new = given["X_new"]
    result, after = submission.predict_risk.keeping_inputs(*given.values())
    for (name, before), left in zip(given.items(), after, strict=True):
        expect_unchanged(before, left, call=CALL_RISK, name=name)
    p = expect_probabilities(result, n=len(X_new), call=CALL_RISK)
    half = np.arange(len(X_new))[::-2]  # every second, from the end
    again = submission.predict_risk(X.loc[train], y.loc[train], X_new.iloc[half])
    again = expect_probabilities(again, n=len(half), call=f"{CALL_RISK}, with half of X_new,")
    expect_same_in_company(p, again, half, X_new.index, call=CALL_RISK, learn_from="X_train")
    return p


@graded(points=10, hint="Sort the scores of the readmitted from high to low. How far down must the line go?")
def test_threshold_is_the_highest_that_will_do(submission, hospital):
    """The threshold is the highest that finds enough"""
    for y, p, wanted in score_sheets(hospital.seed):
        size = f"with {int(y.sum())} readmissions among {len(y)} stays"
        given = f"with y = {y.tolist()} and p = {p.tolist()}" if len(y) <= 8 else size
        call = f"pick_threshold(y, p, {wanted:g}) {given}"
        result, after = submission.pick_threshold.keeping_inputs(y, p, wanted)
        for name, before, left in zip(("y", "p"), (y, p), after, strict=False):
            expect_unchanged(before, left, call=call, name=name)
        got = expect_number(result, call=call)
        found = np.mean(p[y == 1] >= got)
        expect(
            found >= wanted,
            f"{call} returned {got:.4g}, which flags {found:.0%} of the readmitted; expected {wanted:.0%} or more. "
            "The patients below the line go home without a call.",
        )
        highest = max(t for t in p if np.mean(p[y == 1] >= t) >= wanted)
        spared = int(np.sum(p >= got) - np.sum(p >= highest))
        fewer = f" and flags {spared} fewer; each needless flag is a nurse's time" if spared else ""
        expect(
            got >= highest - 1e-9,
            f"{call} returned {got:.4g}, but {highest:.4g} also reaches {wanted:.0%}{fewer}. Expected the highest "
            f"threshold that will do.{rounded_up(wanted, int(y.sum()))}",
        )


def rounded_up(wanted: float, n: int) -> str:
    """Return a remark where a count that is rounded up from wanted x n comes out one too high, else nothing."""
    product = wanted * n
    if np.ceil(product) == np.ceil(product - 1e-9):
        return ""
    return (
        f" {product:.0f} of {n} are enough, but {wanted:g} * {n} is {product!r} in Python, so rounding that up asks "
        "for one more: compare the share that is found with min_sensitivity instead."
    )


def score_sheets(seed: int) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Yield outcomes, scores and a wanted sensitivity: two to check by hand, random ones, one that is just reached."""
    yield np.array([1, 0, 1, 0, 1, 0, 1, 0]), np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]), 0.75
    yield np.array([0, 1, 1, 0]), np.array([0.4, 0.1, 0.3, 0.3]), 1.0
    r = np.random.default_rng([seed, 7])
    for number in range(24):
        size = int(r.integers(20, 200))
        y = (r.random(size) < 0.3).astype(int)
        y[int(r.integers(size))] = 1
        p = 1 / (1 + np.exp(-(r.normal(-1, 1, size) + y)))
        decimals = 1 if number % 3 == 0 else 4
        yield y, np.round(p, decimals), float(np.round(r.uniform(0.31, 0.97), 2) + 0.003)
    # 55 of 100 found is .55 by any way of taking the share (55 / 100, 1 - 45 / 100); only .55 * 100 is more than 55.
    yield (y := r.permutation(np.repeat([1, 0], [100, 150]))), (r.permutation(250) + 1) / 251, 0.55


NOTE = {
    "threshold": float,
    "sensitivity": float,
    "ppv": float,
    "alerts_per_100": float,
    "false_negative": str,
    "false_positive": str,
    "who_acts": str,
    "threshold_reason": str,
}
MEANS = {
    "sensitivity": "the share of the readmitted that is flagged",
    "ppv": "the share of the flagged that was readmitted",
    "alerts_per_100": "the number of flagged stays among 100",
}


@graded(
    points=15,
    hint="Run `python readmission.py`. Of whom is each share: the readmitted, the flagged, all?",
)
def test_note_states_what_was_counted(submission, document):
    """The note says what the score would do"""
    note = document("note.yaml", NOTE)
    hospital = build(PRACTICE_SEED)
    truth = hospital.truth("stays").set_index("encounter_id")
    train, validation = parts_of(submission, eligible_stays(hospital))
    p = risk(submission, features_of(submission, hospital), truth["readmit30"].astype(int), train, validation)
    happened = truth.loc[validation, "readmit30"].to_numpy()
    true_p = truth.loc[validation, "p_readmit"].to_numpy()
    if auc(happened.astype(float), p) > auc(happened.astype(float), true_p) + REALISED_AUC_ABOVE:
        raise Waiting("the note is counted once the score no longer knows the answer: see the check of its ranking")
    flagged = p >= note["threshold"]
    expect(
        0 < flagged.sum() < flagged.size,
        f"{note.where('threshold')}: a threshold of {note['threshold']:g} flags {int(flagged.sum())} of the "
        f"{flagged.size} validation stays; expected some, not all: a list of nobody or of everybody helps no ward.",
    )
    hits, came, alerts, everybody = int(np.sum(flagged & happened)), int(happened.sum()), int(flagged.sum()), p.size
    counted = {
        "sensitivity": (hits / came, 0.01, f"{hits} of the {came} readmitted stays are flagged"),
        "ppv": (hits / alerts, 0.01, f"{hits} of the {alerts} flagged stays were readmitted"),
        "alerts_per_100": (100 * alerts / everybody, 1, f"{alerts} of all {everybody} stays are flagged"),
    }
    for key, (value, within, counts) in counted.items():
        expect(
            abs(note[key] - value) <= within + 1e-9,
            f"{note.where(key)}: {key} is {note[key]:g}, which is not what your functions do. It is {MEANS[key]}. On "
            f"your validation stays of seed {PRACTICE_SEED}, at your threshold {note['threshold']:g}, {counts}. "
            f"Expected what follows from that, within {within:g}: a ward plans its calls by it.",
        )
    texts = [key for key, kind in NOTE.items() if kind is str]
    for key in texts:
        words = len(note[key].split())
        expect(
            words >= 6,
            f"{note.where(key)}: {key} is too short ({words} of at least 6 words); write a sentence that a ward could "
            "act on. A person should judge it: this check only sees that it is there.",
        )
        same = [other for other in texts if other != key and note[other].casefold() == note[key].casefold()]
        expect(not same, f"{note.where(key)}: {key} says the same as {' and '.join(same)}; each asks something else.")
