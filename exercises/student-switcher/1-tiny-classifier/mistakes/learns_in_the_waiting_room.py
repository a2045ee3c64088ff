"""Lets the new patients' neighborhood decide, so who sits beside a patient changes the diagnosis.

fails: test_answer_is_about_the_patient_alone, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

import numpy as np
from sklearn.preprocessing import StandardScaler
from sklearn.semi_supervised import LabelSpreading


def predict(X_train, y_train, X_new):
    scaler = StandardScaler().fit(X_train)
    everybody = np.vstack([scaler.transform(X_train), scaler.transform(X_new)])
    known = np.concatenate([y_train, np.full(len(X_new), -1)])
    model = LabelSpreading(kernel="knn", n_neighbors=7).fit(everybody, known)
    return model.transduction_[len(X_train) :]
