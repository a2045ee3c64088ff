"""Patient by patient in plain Python, as on paper."""

import math

import pandas as pd


def km(time, event):
    left, free, rows = len(time), 1.0, []
    by_time = {}
    for when, happened in zip(time.tolist(), event.tolist(), strict=True):
        by_time.setdefault(when, []).append(happened)
    for when in sorted(by_time):
        events = sum(by_time[when])
        if events:
            free *= (left - events) / left
            rows.append((when, left, events, free))
        left -= len(by_time[when])
    return pd.DataFrame(rows, columns=["time", "at_risk", "events", "survival"])


def cumulative_incidence(time, ended):
    left, free, so_far, rows = len(time), 1.0, 0.0, []
    by_time = {}
    for when, how in zip(time.tolist(), ended.tolist(), strict=True):
        by_time.setdefault(when, []).append(how)
    for when in sorted(by_time):
        events, others = by_time[when].count(1), by_time[when].count(2)
        so_far += free * events / left
        if events:
            rows.append({"time": when, "incidence": so_far})
        free *= 1 - (events + others) / left
        left -= len(by_time[when])
    return pd.DataFrame(rows, columns=["time", "incidence"])


def logrank(time, event, group):
    n, own = len(time), int(group.sum())
    observed, expected, variance = 0, 0.0, 0.0
    by_time = {}
    for when, happened, member in zip(time.tolist(), event.tolist(), group.tolist(), strict=True):
        by_time.setdefault(when, []).append((happened, member))
    for when in sorted(by_time):
        d = sum(happened for happened, _ in by_time[when])
        observed += sum(happened and member for happened, member in by_time[when])
        expected += d * own / n
        if n > 1:
            variance += d * own / n * (n - own) / n * (n - d) / (n - 1)
        n -= len(by_time[when])
        own -= sum(member for _, member in by_time[when])
    statistic = (observed - expected) ** 2 / variance
    p = math.erfc(math.sqrt(statistic / 2))
    return {"observed": observed, "expected": expected, "chi2": statistic, "p": p}
