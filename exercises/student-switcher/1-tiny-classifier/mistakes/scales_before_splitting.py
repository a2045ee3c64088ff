"""Scales all patients together before the split, so the training group has seen the test group's values.

fails: test_patients_are_dealt_once
"""

import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


def split(X, y, seed):
    scaled = pd.DataFrame(StandardScaler().fit_transform(X), columns=X.columns, index=X.index)
    return train_test_split(scaled, y, test_size=0.3, random_state=seed, stratify=y)
