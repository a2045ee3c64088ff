"""Shares of no-shows in groups of past visits, counted without a model; second patients at the head of each part."""

import numpy as np
import pandas as pd


def chance_of_no_show(past, booked):
    def group(visits):
        return [
            pd.cut(visits["lead_days"], [-1, 7, 21, 1000]).cat.codes,
            pd.cut(visits["age"], [0, 45, 65, 200]).cat.codes,
            visits["reminder"],
        ]

    missed = (past["status"] == "no-show").astype(float)
    share = missed.groupby(group(past)).mean()
    rows = pd.MultiIndex.from_arrays(group(booked))
    return share.reindex(rows).fillna(missed.mean()).to_numpy()


def overbook(chances):
    number = int(np.floor(np.sum(chances) / 2))
    return [int(k * len(chances) / number) for k in range(number)]
