"""A sound answer with a forest, the library's table of counts, NaN for "no answer", and arrays for tables."""

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import StratifiedShuffleSplit


def describe(values):
    numbers = np.asarray(values)
    return {
        "count": np.sum(~np.isnan(numbers)),
        "missing": np.isnan(numbers).sum(),
        "mean": np.nanmean(numbers),
        "median": np.nanmedian(numbers),
        "spread": np.nanstd(numbers),
    }


def confusion(y, predicted):
    (found, missed), (alarms, peace) = confusion_matrix(y, predicted, labels=[0, 1])
    return {"found": found, "missed": missed, "false_alarms": alarms, "left_in_peace": peace}


def sensitivity(counts):
    with np.errstate(invalid="ignore"):
        return np.float64(counts["found"]) / (counts["found"] + counts["missed"])


def specificity(counts):
    with np.errstate(invalid="ignore"):
        return np.float64(counts["left_in_peace"]) / (counts["left_in_peace"] + counts["false_alarms"])


def ppv(counts):
    with np.errstate(invalid="ignore"):
        return np.float64(counts["found"]) / (counts["found"] + counts["false_alarms"])


def split(X, y, seed):
    deal = StratifiedShuffleSplit(n_splits=1, test_size=0.25, random_state=seed)
    train, test = next(deal.split(X, y))
    X = X.to_numpy()
    return [X[train], X[test], y[train], y[test]]


def predict(X_train, y_train, X_new):
    forest = RandomForestClassifier(n_estimators=80, random_state=0)
    return forest.fit(X_train, y_train).predict(X_new).astype(float)
