"""Stop rules on weekly counts: pooled and each, without looking ahead, and a share of nobody is beyond nothing."""

import numpy as np
import pytest

from wardround.grading.stop_rules import first_stop, pooled


@pytest.mark.parametrize(
    ("part", "whole", "limit", "weeks", "how", "stop"),
    [
        ([4, 4, 20, 4, 20, 20], [40] * 6, 0.3, 2, "each", 6),  # two bad weeks apart do not count
        ([4, 4, 20, 4, 20, 20], [40] * 6, 0.29, 2, "pooled", 3),
        ([20, 4, 4], [40] * 3, 0.3, 1, "each", 1),
        ([20, 20, 4, 4], [40] * 4, 0.3, 3, "pooled", 3),  # not before there are three weeks
        ([10, 10, 10], [40] * 3, 0.25, 2, "each", None),  # at the limit is not beyond it
        ([10, 10, 10], [40] * 3, 0.25, 2, "pooled", None),
        ([20, 0, 20, 20], [40, 0, 40, 40], 0.3, 2, "each", 4),  # a share of nobody
        ([0, 0], [0, 0], 0.3, 2, "pooled", None),
        ([4, 3], [40, 3], 0.3, 2, "pooled", None),  # a tiny bad week weighs little
        ([20, 20], [40, 40], 0.3, 3, "pooled", None),  # fewer weeks than it looks back on
    ],
)
def test_a_rule_holds_after_a_week_or_never(part, whole, limit, weeks, how, stop):  # noqa: PLR0917  (a table's row)
    assert first_stop(part, whole, limit, weeks=weeks, how=how) == stop


def test_a_rule_may_hold_below_its_limit():
    assert first_stop([36, 36, 20, 20], [40] * 4, 0.7, weeks=2, how="each", below=True) == 4
    assert first_stop([36, 36, 20, 10], [40] * 4, 0.7, weeks=2, how="pooled", below=True) == 4
    assert first_stop([0, 0], [0, 0], 0.7, weeks=1, how="each", below=True) is None


@pytest.mark.parametrize("how", ["pooled", "each"])
def test_it_does_what_a_loop_over_the_weeks_does(how):
    r = np.random.default_rng(3)
    for _ in range(200):
        whole = r.integers(0, 30, 26)
        part = r.binomial(whole, 0.3)
        weeks, limit = int(r.integers(1, 8)), float(r.choice([0.2, 0.25, 1 / 3, 0.5]))
        slow = None
        for last in range(weeks, 27):
            p, w = part[last - weeks : last], whole[last - weeks : last]
            if how == "pooled":
                p, w = p.sum(keepdims=True), w.sum(keepdims=True)
            if np.all((w > 0) & (p > limit * w)):
                slow = last
                break
        assert first_stop(part, whole, limit, weeks=weeks, how=how) == slow


def test_pooled_shares_begin_when_there_are_enough_weeks():
    assert pooled([10, 20, 0], [40, 40, 0], 2) == [None, pytest.approx(0.375), pytest.approx(0.5)]
    assert pooled([0, 0], [0, 0], 1) == [None, None]
    assert pooled([1, 1], [2, 2], 3) == [None, None]
