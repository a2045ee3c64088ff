import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from wardround.grading.ranking import auc


@pytest.mark.parametrize("decimals", [1, 6])  # with many ties, and with none
def test_auc_is_that_of_the_library(decimals):
    r = np.random.default_rng(4)
    case, score = r.random(300) < 0.3, np.round(r.random(300), decimals)
    assert auc(case, score) == pytest.approx(roc_auc_score(case, score))


def test_auc_of_true_chances_is_that_of_many_outcomes():
    r = np.random.default_rng(5)
    chance, score = r.random(50), r.random(50)
    outcomes = r.random((4000, 50)) < chance
    many = roc_auc_score(outcomes.ravel(), np.tile(score, 4000))
    assert auc(chance, score) == pytest.approx(many, abs=0.005)
    assert auc(chance, chance) > auc(chance, score)


def test_equal_scores_are_a_coin():
    assert auc([1, 0, 0], [0.2, 0.2, 0.2]) == 0.5
