"""The six functions by merges, dummy columns and arrays; categories and nullable types where pandas offers them."""

import numpy as np
import pandas as pd


def first_day(admissions, labs, lab):
    stays = admissions.query("`class` == 'inpatient'")[["encounter_id", "facility", "admit_time"]].copy()
    stays["until"] = stays["admit_time"] + np.timedelta64(24, "h")
    results = labs.query("lab == @lab")[["encounter_id", "time", "value"]]
    all_pairs = stays.merge(results, how="left", on="encounter_id")
    all_pairs.loc[all_pairs["time"] > all_pairs["until"], ["time", "value"]] = [pd.NaT, np.nan]
    all_pairs = all_pairs.sort_values(["encounter_id", "time"], na_position="last").drop_duplicates("encounter_id")
    all_pairs["status"] = "not ordered"
    all_pairs.loc[all_pairs["facility"].eq("OTHER"), "status"] = "not sent"
    all_pairs.loc[all_pairs["value"].notna(), "status"] = "measured"
    return all_pairs[["encounter_id", "status", "value"]].astype({"value": "Float64"})


def deaths_by_status(admissions, found):
    joined = admissions.merge(found, on="encounter_id", how="right")
    table = pd.crosstab(joined["status"], joined["disposition"] == "expired").reindex(
        columns=[False, True], fill_value=0
    )
    out = pd.DataFrame({"deaths": table[True], "stays": table.sum(axis=1)})
    return out.assign(death_rate=out["deaths"] / out["stays"]).reset_index()


def table1(df, group):
    yes = df[group].to_numpy(dtype=bool)
    blocks = []
    for name in [column for column in df if column != group]:
        column = df[name]
        if column.dtype.kind in "if":
            X, levels, ddof = column.to_frame(), [""], 1
        else:
            X = pd.get_dummies(column.astype("string"), dtype=float).mask(column.isna())
            levels, ddof = list(X.columns), 0
        X = X.to_numpy(dtype=float)
        with np.errstate(all="ignore"):
            a, b = pd.DataFrame(X[yes]), pd.DataFrame(X[~yes])
            apart = (a.mean() - b.mean()).to_numpy()
            smd = apart / np.sqrt((a.var(ddof=ddof) + b.var(ddof=ddof)).to_numpy() / 2)
        gone = column.isna().to_numpy()
        block = pd.DataFrame({"variable": name, "level": levels, "yes": a.mean(), "no": b.mean()})
        block["smd"] = np.where(apart == 0, 0.0, smd)
        block["missing_yes"], block["missing_no"] = gone[yes].sum(), gone[~yes].sum()
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def net_benefit(y, p, t):
    called = np.where(p >= t, 1.0, 0.0)
    odds = t / (1 - t)
    return np.dot(called, y - (1 - y) * odds) / y.size


def decision_curve(y, p, thresholds):
    t = np.array(thresholds)
    called = (p[:, None] >= t).astype(float)
    gain = y[:, None] - np.outer(1 - y, t / (1 - t))
    curve = {"nobody": np.zeros(t.size), "everybody": gain.mean(axis=0), "score": (called * gain).mean(axis=0)}
    return pd.DataFrame(curve | {"threshold": t})


def calibration_by_group(y, p, group):
    names = group.fillna("not known").astype("category")
    D = pd.get_dummies(names, dtype=float)
    n, observed, expected = D.sum(), D.mul(y.astype(float), axis=0).sum(), D.mul(p, axis=0).sum()
    ratio = observed / expected
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(1 / observed - 1 / n).replace(np.inf, np.nan)
    out = {"n": n, "observed": observed, "expected": expected, "o_e": ratio}
    out |= {"low": ratio * np.exp(-1.96 * error), "high": ratio * np.exp(1.96 * error)}
    return pd.DataFrame(out).rename_axis("group").reset_index()
