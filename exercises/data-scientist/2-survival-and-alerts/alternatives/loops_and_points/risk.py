"""Points counted by hand, with the recent stays to say what a point is worth today."""

import numpy as np
from sklearn.linear_model import LogisticRegression


def _points(X):
    conditions = X.drop(columns=["age", "days", "prior_stays", "lives_alone"]).sum(axis=1)
    stay = (X["days"] > 4).astype(int) + (X["days"] > 8)
    return (2 * X["prior_stays"].clip(upper=4) + X["lives_alone"] + stay + conditions).to_numpy(dtype=float)[:, None]


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    return LogisticRegression().fit(_points(X_recent), y_recent).predict_proba(_points(X_new))[:, 1]


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    ranked = np.sort(p_val)[::-1]
    allowed = int(np.floor(max_alerts * ranked.size / 100 + 1e-9))
    threshold = ranked[:allowed][ranked[:allowed] > ranked[allowed]].min()
    table = np.histogram2d(y_test, p_test >= threshold, bins=[2, 2], range=[[0, 1], [0, 1]])[0].astype(int)
    pairs = p_test[y_test == 1][:, None] - p_test[y_test == 0][None, :]
    x = np.column_stack([np.ones(p_test.size), np.log(p_test) - np.log1p(-p_test)])
    b = np.zeros(2)
    for _ in range(30):
        m = 1 / (1 + np.exp(-x @ b))
        b += np.linalg.solve(x.T @ (x * (m * (1 - m))[:, None]), x.T @ (y_test - m))
    return {
        "threshold": threshold,
        "tp": table[1, 1],
        "fp": table[0, 1],
        "fn": table[1, 0],
        "tn": table[0, 0],
        "auc": np.mean(pairs > 0) + np.mean(pairs == 0) / 2,
        "brier": np.mean(np.square(p_test - y_test)),
        "o_e": np.mean(y_test) / np.mean(p_test),
        "slope": b[1],
    }
