"""Cuts off the extremes of whoever came that day: on a day of mild lumps the one severe lump is cut down to mild.

fails: test_answer_is_about_the_patient_alone, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from classifier import predict as right


def predict(X_train, y_train, X_new):
    return right(X_train, y_train, X_new.clip(X_new.quantile(0.05), X_new.quantile(0.95), axis=1))
