"""What a check says when an answer is not right: the call, what came back, what was expected, what to do.

Every helper raises NotYet with one sentence (for a wrong type or shape WrongForm, a NotYet that shows no hint).
Comparisons run on NumPy arrays and Python values, and every helper takes whatever a learner's function may have
returned: a wrong type is one more sentence, never an error of ours.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wardround.grading.cells import (
    and_more,
    clean_column,
    ids_of,
    numbers_of,
    order_of,
    rounded,
    rounded_apart,
    short,
)
from wardround.grading.faults import NotYet, WrongForm
from wardround.grading.plain import type_name
from wardround.wording import counted, listed, nearest

WHY_LIMIT = 3000  # ids that are explained to count those alike; beyond it the count says "at least"


def expect(condition: object, sentence: str | Callable[[], str]) -> None:
    """Raise NotYet with the sentence (or with what a function returns for it) unless the condition holds."""
    if not bool(condition):
        raise NotYet(sentence() if callable(sentence) else sentence)


def expect_columns(frame: Any, columns: Mapping[str, str], *, call: str, sql: bool = False) -> pd.DataFrame:
    """Return `frame` with just these columns, each clean; raise WrongForm for a wrong type or a wrong column.

    Args:
        frame: What the learner's function returned.
        columns: Name -> kind: "id", "bool", "number" (finite), "text", "time" or "any".
        call: The call as text, such as "label_readmissions(admissions)".
        sql: Whether a query made it: then the advice is in SQL, not in pandas.
    """
    names = listed(columns)
    if not isinstance(frame, pd.DataFrame):
        forgot = " Does it end with `return`?" if frame is None else ""
        raise WrongForm(f"{call} returned {type_name(frame)}; expected a DataFrame with the columns {names}.{forgot}")
    have = [str(name) for name in frame.columns]
    clean = {}
    for name, kind in columns.items():
        if have.count(name) > 1:
            raise WrongForm(f"{call} returned the column {name} {have.count(name)} times. Keep one.")
        if name not in have:
            raise WrongForm(f"{call} returned no column {name}. {_column_remedy(frame, name, have, columns)}")
        values = frame.iloc[:, have.index(name)]
        clean[name] = clean_column(values, kind, f"the column {name} of {call}", sql=sql)
    return pd.DataFrame(clean)


def _column_remedy(frame: pd.DataFrame, name: str, have: list[str], columns: Mapping[str, str]) -> str:
    if name in [str(level) for level in frame.index.names]:
        return f"{name} is the index; make it a column with .reset_index()."
    near = nearest(name, [other for other in have if other not in columns])
    if near:
        return f"It has {near}: rename that."
    return f"Its columns are {listed(have[:8])}{' …' if len(have) > 8 else ''}; the brief asks for {listed(columns)}."


def expect_one_row_each(
    ids: Any, wanted: Iterable[Any], *, call: str, item: str = "stay", at_least: bool = False
) -> NDArray[Any]:
    """Return the ids as an array if each wanted id stands there exactly once; else raise NotYet.

    Args:
        ids: A column or an index of what the learner's function returned.
        wanted: The ids that must be there.
        call: The call as text.
        item: What an id stands for.
        at_least: Whether other ids may be there as well.
    """
    got, expected = ids_of(ids, call), ids_of(wanted, call)
    counts = Counter(got)
    twice = [i for i, n in counts.items() if n > 1]
    if twice:
        raise NotYet(
            f"{call} returned {item} {twice[0]} {counts[twice[0]]} times{and_more(len(twice) - 1)}; "
            f"expected one row for each {item}."
        )
    missing = sorted(set(expected) - set(got), key=order_of)
    if missing:
        raise NotYet(
            f"{call} returned no row for {item} {missing[0]}{and_more(len(missing) - 1)}; "
            f"expected one row for each of the {counted(len(set(expected)), item)}."
        )
    extra = sorted(set(got) - set(expected), key=order_of)
    if extra and not at_least:
        raise NotYet(
            f"{call} returned a row for {item} {extra[0]}{and_more(len(extra) - 1)}, which is not asked for; "
            f"expected one row for each of the {counted(len(set(expected)), item)} and no other."
        )
    return np.asarray(got)


def expect_same_ids(
    got: Any, wanted: Iterable[Any], *, call: str, marked: str, why: Callable[[Any], str], item: str = "stay"
) -> None:
    """Raise NotYet unless both hold the same ids; say of the first wrong one why it is wrong, and count those alike.

    Args:
        got: The ids that the learner's answer marks.
        wanted: The ids that the truth marks.
        call: The call as text.
        marked: How the answer marks them, such as "as readmitted".
        why: id -> a clause, such as "its return was planned; counting it blames the ward for good follow-up".
        item: What an id stands for.
    """
    mine, truth = set(ids_of(got, call)), set(ids_of(wanted, call))
    extra, missed = sorted(mine - truth, key=order_of), sorted(truth - mine, key=order_of)
    if not extra and not missed:
        return
    if extra:
        said, alike = _reason(extra, why)
        sentence = f"{call} marks {item} {extra[0]} {marked}, but {said}."
        rest = [f"{alike} more like it"] if alike != "0" else []
        others = len(extra) - 1 - int(alike.removeprefix("at least ").replace(",", ""))
        if others > 0 and not alike.startswith("at least"):
            rest.append(f"{others:,} more {_are(others)} marked for other reasons")
        if missed:
            rest.append(f"{_were(len(missed))} missed, the first is {item} {missed[0]}: {why(missed[0])}")
    else:
        said, alike = _reason(missed, why)
        sentence = f"{call} does not mark {item} {missed[0]} {marked}, but {said}."
        rest = [f"{alike} more like it"] if alike != "0" else []
        others = len(missed) - 1 - int(alike.removeprefix("at least ").replace(",", ""))
        if others > 0 and not alike.startswith("at least"):
            rest.append(f"{others:,} more {_are(others)} missed for other reasons")
    raise NotYet(sentence + (f" ({'; '.join(rest)})" if rest else ""))


def _reason(ids: list[Any], why: Callable[[Any], str]) -> tuple[str, str]:
    said = why(ids[0]).strip().rstrip(".")
    looked = ids[1:WHY_LIMIT]
    alike = sum(why(other).strip().rstrip(".") == said for other in looked)
    return said, f"{'at least ' if len(ids) > WHY_LIMIT else ''}{alike:,}"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _were(n: int) -> str:
    return "1 was" if n == 1 else f"{n:,} were"


def expect_same_rows(got: Any, wanted: Any, *, call: str, why: str, item: str = "stay", within: float = 1e-9) -> None:
    """Raise NotYet unless two tables of numbers agree row by row, matched by index and column name (NaN equals NaN).

    Args:
        got: What the learner's function returned this time.
        wanted: What it must be (such as what it returned before).
        call: The call as text, with what was different about it.
        why: What the difference means to a patient or a ward; a whole sentence.
        item: What an index value stands for.
        within: The largest difference that still counts as equal.
    """
    for frame in (got, wanted):
        if not isinstance(frame, pd.DataFrame):
            raise WrongForm(f"{call} returned {type_name(frame)}; expected a DataFrame with one row for each {item}.")
    left, right = [[str(name) for name in frame.columns] for frame in (got, wanted)]
    if sorted(left) != sorted(right):
        odd = sorted(set(left) ^ set(right)) or left
        verb = "has a new column" if odd[0] in left else "lost the column"
        raise NotYet(f"{call} {verb} {odd[0]}{and_more(len(odd) - 1)}. {why}")
    ids = expect_one_row_each(got.index, wanted.index, call=call, item=item).tolist()
    at = {i: n for n, i in enumerate(ids)}
    order = np.array([at[i] for i in ids_of(wanted.index, call)], dtype=int)
    for name in right:
        mine = np.asarray(got.iloc[:, left.index(name)])[order]
        truth = np.asarray(wanted.iloc[:, right.index(name)])
        unlike = _unlike(mine, truth, within)
        if unlike.any():
            n = int(unlike.argmax())
            raise NotYet(
                f"{call} gives {name} = {short(mine[n])} for {item} {wanted.index[n]}, but it should stay "
                f"{short(truth[n])}{and_more(int(unlike.sum()) - 1)}. {why}"
            )


def expect_same_in_company(
    among_all: NDArray[Any], among_some: NDArray[Any], rows: NDArray[np.intp], ids: Any, *, call: str, learn_from: str,
    item: str = "stay", some: str = "half of them come, in reverse order",
) -> None:  # fmt: skip
    """Raise NotYet unless rows that were asked about again, with others missing, get the answer they had among all.

    Args:
        among_all: The answers for all rows, shape (n,).
        among_some: The answers for `rows` alone, in their order, shape (k,).
        rows: The places of those rows among all, shape (k,).
        ids: What each of all rows is called, length n.
        call: The call as text.
        learn_from: Where means and scales must come from.
        item: What an id stands for.
        some: How the rows came the second time.

    A missing answer (NaN) is the same as none, not even as another missing one.
    """
    apart = np.abs(among_all[rows] - among_some)
    worst = int(apart.argmax())
    if not apart[worst] <= 1e-6:  # also where one of the two is missing
        place = rows[worst]
        raise NotYet(
            f"{call} gives {item} {list(ids)[place]} {among_all[place]:.3g}, and {among_some[worst]:.3g} when {some}; "
            f"expected the same, whoever else is asked about. Keep the order of the rows, fix random_state, and learn "
            f"means and scales from {learn_from}."
        )


def _unlike(mine: NDArray[Any], truth: NDArray[Any], within: float) -> NDArray[np.bool_]:
    try:
        a, b = mine.astype(float), truth.astype(float)
    except (TypeError, ValueError):
        return np.array([str(x) != str(y) for x, y in zip(mine.tolist(), truth.tolist(), strict=True)], dtype=bool)
    with np.errstate(invalid="ignore"):
        return ~np.asarray((np.abs(a - b) <= within) | (a == b) | (np.isnan(a) & np.isnan(b)))


def expect_number(value: Any, *, call: str, low: float | None = None, high: float | None = None) -> float:
    """Return `value` as a float if it is one finite number within the limits; else raise WrongForm."""
    allowed = f" from {low:g} to {high:g}" if low is not None and high is not None else ""
    if isinstance(value, np.ndarray | pd.Series) and np.size(value) == 1:
        value = np.asarray(value).ravel()[0]
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        forgot = " Does it end with `return`?" if value is None else ""
        raise WrongForm(f"{call} returned {type_name(value)}; expected one number{allowed}.{forgot}")
    number = float(value)
    if not math.isfinite(number):
        raise WrongForm(f"{call} returned {number}; expected a finite number{allowed}.")
    if (low is not None and number < low) or (high is not None and number > high):
        limits = allowed or (f" of at least {low:g}" if low is not None else f" of at most {high:g}")
        raise WrongForm(f"{call} returned {rounded(number)}; expected a number{limits}.")
    return number


def expect_vector(values: Any, *, n: int, call: str) -> NDArray[np.float64]:
    """Return `values` as n finite floats in one dimension; else raise WrongForm."""
    if values is None or isinstance(values, str | bytes | dict | set | int | float | bool):
        forgot = " Does it end with `return`?" if values is None else ""
        raise WrongForm(
            f"{call} returned {type_name(values)}; expected {counted(n, 'number')}, one for each row.{forgot}"
        )
    try:
        shape = np.shape(values)
    except ValueError:
        raise WrongForm(
            f"{call} returned rows of different lengths; expected {counted(n, 'number')} in one dimension."
        ) from None
    if len(shape) == 2 and shape[1] == 1:
        values, shape = np.asarray(values)[:, 0], shape[:1]
    if len(shape) != 1:
        remedy = " Take the second column: predict_proba(X)[:, 1]." if shape == (n, 2) else ""
        size = " x ".join(str(side) for side in shape) or "one value"
        raise WrongForm(f"{call} returned {size}; expected {counted(n, 'number')} in one dimension.{remedy}")
    if shape[0] != n:
        raise WrongForm(
            f"{call} returned {counted(shape[0], 'number')}; expected {n:,}, one for each row, in the rows' order."
        )
    return numbers_of(values, f"the result of {call}")


def expect_probabilities(values: Any, *, n: int, call: str) -> NDArray[np.float64]:
    """Return `values` as n floats from 0 to 1; else raise WrongForm."""
    numbers = expect_vector(values, n=n, call=call)
    outside = (numbers < 0) | (numbers > 1)
    if outside.any():
        worst = numbers[int(outside.argmax())]
        remedy = (
            "Divide percentages by 100."
            if worst > 1 and numbers.max() <= 100 and numbers.min() >= 0
            else ("A score is not a probability yet: pass it through 1 / (1 + exp(-score)), or use predict_proba.")
        )
        raise WrongForm(
            f"{call} returned {rounded(worst)}{and_more(int(outside.sum()) - 1)}; "
            f"expected probabilities from 0 to 1. {remedy}"
        )
    return numbers


def expect_close(got: Any, wanted: Any, *, within: float, call: str, remedy: str = "") -> None:
    """Raise NotYet unless `got` (a number or a vector) lies within `within` of `wanted`."""
    tail = f" {remedy}" if remedy else ""
    if np.ndim(wanted) == 0:
        number, target = expect_number(got, call=call), float(wanted)
        if abs(number - target) > within:
            mine, right = rounded_apart(number, target)
            raise NotYet(f"{call} gives {mine}, but it should be {right} (within {within:g}).{tail}")
        return
    targets = np.asarray(wanted, dtype=float)
    numbers = expect_vector(got, n=len(targets), call=call)
    off = np.abs(numbers - targets) > within
    if off.any():
        n = int(off.argmax())
        mine, right = rounded_apart(float(numbers[n]), float(targets[n]))
        raise NotYet(
            f"{call} gives {mine} at position {n}, but it should be {right} (within {within:g})"
            f"{and_more(int(off.sum()) - 1)}.{tail}"
        )


def expect_unchanged(before: Any, after: Any, *, call: str, name: str) -> None:
    """Raise NotYet if a call changed its argument `name` in place (values, columns, rows or their order)."""
    found = _difference(before, after)
    if found:
        raise WrongForm(
            f"{call} changed its argument {name} in place ({found}); whoever uses {name} next gets other data. "
            f"Work on a copy: {name} = {name}.copy()"
        )


def _difference(before: Any, after: Any) -> str:
    if not isinstance(before, pd.DataFrame):
        same = type(before) is type(after) and repr(_listed(before)) == repr(_listed(after))
        return "" if same else "its values"
    if not isinstance(after, pd.DataFrame):
        return "it is no DataFrame any more"
    had, has = [str(c) for c in before.columns], [str(c) for c in after.columns]
    if had != has:
        new, gone = [c for c in has if c not in had], [c for c in had if c not in has]
        return f"the column {new[0]} was added" if new else f"the column {gone[0]} is gone" if gone else "column order"
    if len(before) != len(after):
        return f"{counted(len(before), 'row')} became {len(after):,}"
    if before.index.tolist() != after.index.tolist():
        return "the order or the index of its rows"
    for n, name in enumerate(had):
        a, b = before.iloc[:, n], after.iloc[:, n]
        if str(a.dtype) != str(b.dtype):
            return f"the column {name} became {b.dtype}"
        missing = np.asarray(pd.isna(a)), np.asarray(pd.isna(b))
        kept = ~missing[0]
        if (missing[0] != missing[1]).any() or (np.asarray(a)[kept] != np.asarray(b)[kept]).any():
            return f"the values of the column {name}"
    return ""


def _listed(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | pd.Series | pd.Index) else value
