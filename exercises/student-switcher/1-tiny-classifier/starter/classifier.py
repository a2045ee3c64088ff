"""A tiny classifier: a program that learns from measured cells whether a lump is cancer, and how often it is wrong.

Run `python classifier.py`: it uses your functions, one after the other, and prints what they find. The measurements are
real and openly licensed (Breast Cancer Wisconsin Diagnostic, CC BY 4.0). For learning, not for clinical use.
"""

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer

MALIGNANT = 0  # cancer. This is how the data are coded, and it is the other way round than you might expect
BENIGN = 1  # no cancer


def load() -> tuple[pd.DataFrame, np.ndarray]:
    """Return the table of measurements X, one row per patient, and the array y of what each one had (0 or 1)."""
    data = load_breast_cancer(as_frame=True)
    return data.data, data.target.to_numpy()


def describe(values: pd.Series) -> dict:
    """Describe one column: how many values, how large in the middle, how spread out, how many are missing.

    Args:
        values: numbers; NaN ("not a number") stands where nothing was measured. At least two are there.

    Returns:
        {"count": …, "missing": …, "mean": …, "median": …, "spread": …}; spread is the standard deviation.
    """
    # TODO: fill in the five values. A pandas column can do each of them: values.count() is the first,
    #       and values.isna() marks the missing ones; the sum of its marks is how many there are.
    raise NotImplementedError("describe is not written yet")


def confusion(y: np.ndarray, predicted: np.ndarray) -> dict:
    """Count the four things that can happen to a patient.

    Args:
        y: what each patient really had: 0 (malignant) or 1 (benign).
        predicted: what the program said of the same patients, in the same order and code.

    Returns:
        {"found": …, "missed": …, "false_alarms": …, "left_in_peace": …}, four whole numbers.
    """
    # TODO: mark the ill with `ill = y == MALIGNANT`, and the flagged in the same way.
    #       Patients in both are (ill & flagged); `~ill` means "not ill"; .sum() counts the marks.
    raise NotImplementedError("confusion is not written yet")


def sensitivity(counts: dict) -> float | None:
    """Of all who are ill, return the share that was found (0 to 1); None if nobody is ill."""
    # TODO: who are "all who are ill"? Two of the four counts. If they add up to 0, return None
    raise NotImplementedError("sensitivity is not written yet")


def specificity(counts: dict) -> float | None:
    """Of all who are not ill, return the share that was left in peace (0 to 1); None if everybody is ill."""
    # TODO: as above, for the two counts of people who are not ill
    raise NotImplementedError("specificity is not written yet")


def ppv(counts: dict) -> float | None:
    """Of all who were flagged, return the share that is ill (0 to 1); None if nobody was flagged."""
    # TODO: as above. Which two counts are people who were flagged?
    raise NotImplementedError("ppv is not written yet")


def split(X: pd.DataFrame, y: np.ndarray, seed: int) -> tuple:
    """Deal the patients into two groups: one to learn from, one to test on.

    Args:
        X: the measurements, one row per patient.
        y: what each patient had, in the order of X.
        seed: the number that fixes the shuffling.

    Returns:
        X_train, X_test, y_train, y_test: in this order, with 20 to 40 % of the patients in the test group.
    """
    # TODO: scikit-learn's train_test_split deals X and y together. Look up its parameters
    #       test_size, random_state and stratify.
    raise NotImplementedError("split is not written yet")


def predict(X_train: pd.DataFrame, y_train: np.ndarray, X_new: pd.DataFrame) -> np.ndarray:
    """Learn from the training group, then answer for new patients.

    Args:
        X_train: the measurements of the patients to learn from.
        y_train: what those patients had: 0 (malignant) or 1 (benign).
        X_new: the measurements of the patients to answer for.

    Returns:
        One 0 (malignant) or 1 (benign) for each row of X_new, in its order.
    """
    # TODO: chain StandardScaler() and LogisticRegression() with make_pipeline,
    #       then .fit on the training group and .predict for the new patients
    raise NotImplementedError("predict is not written yet")


def main() -> None:
    """Use every function once, in the order in which you write them."""
    X, y = load()
    print(f"{len(X)} patients, {X.shape[1]} measurements each; {(y == MALIGNANT).sum()} had cancer")
    print("mean radius of the cells:", describe(X["mean radius"]))
    print("a few patients by hand:  ", confusion(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 0, 1, 1])))

    X_train, X_test, y_train, y_test = split(X, y, seed=1)
    print(f"{len(X_train)} patients to learn from, {len(X_test)} to test on")
    counts = confusion(y_test, predict(X_train, y_train, X_test))
    print("on the test group:       ", {name: int(count) for name, count in counts.items()})
    print("sensitivity:", sensitivity(counts))
    print("specificity:", specificity(counts))
    print("PPV:        ", ppv(counts))


if __name__ == "__main__":
    main()
