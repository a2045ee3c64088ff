"""Lets the scaler learn from the new patients too, so each one's answer hangs on who else came that day.

fails: test_answer_is_about_the_patient_alone, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def predict(X_train, y_train, X_new):
    scaler = StandardScaler()
    model = LogisticRegression().fit(scaler.fit_transform(X_train), y_train)
    return model.predict(scaler.fit_transform(X_new))
