"""A sound answer without scikit-learn's models: loops, the standard library, and the five most similar patients."""

import math
import statistics

import numpy as np


def describe(values):
    there = [float(value) for value in values if not math.isnan(value)]
    return {
        "count": len(there),
        "missing": len(values) - len(there),
        "mean": statistics.fmean(there),
        "median": statistics.median(there),
        "spread": statistics.pstdev(there),
    }


def confusion(y, predicted):
    counts = {"found": 0, "missed": 0, "false_alarms": 0, "left_in_peace": 0}
    for i in range(len(y)):
        if y[i] == 0 and predicted[i] == 0:
            counts["found"] += 1
        elif y[i] == 0:
            counts["missed"] += 1
        elif predicted[i] == 0:
            counts["false_alarms"] += 1
        else:
            counts["left_in_peace"] += 1
    return counts


def share(part, rest):
    return None if part + rest == 0 else round(part / (part + rest), 3)


def sensitivity(counts):
    return share(counts["found"], counts["missed"])


def specificity(counts):
    return share(counts["left_in_peace"], counts["false_alarms"])


def ppv(counts):
    return share(counts["found"], counts["false_alarms"])


def split(X, y, seed):
    r = np.random.default_rng(seed)
    test = []
    for kind in (0, 1):
        rows = r.permutation(np.flatnonzero(y == kind))
        test.extend(rows[: len(rows) // 4].tolist())
    train = [row for row in range(len(y)) if row not in set(test)]
    return X.iloc[train], X.iloc[test], y[train], y[test]


def predict(X_train, y_train, X_new):
    middle, spread = X_train.mean(), X_train.std()
    known, new = ((X_train - middle) / spread).to_numpy(), ((X_new - middle) / spread).to_numpy()
    answers = []
    for patient in new:
        nearest = np.argsort(((known - patient) ** 2).sum(axis=1))[:5]
        answers.append(1 if sum(y_train[nearest]) >= 3 else 0)
    return answers
