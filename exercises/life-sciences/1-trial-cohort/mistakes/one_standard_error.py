"""Goes one standard error to either side and calls it a 95 % interval; it holds the truth in two of three trials.

fails: test_interval_holds_the_truth
"""

from trial import ate_rct as right


def ate_rct(trial):
    whole = right(trial)
    error = (whole["hi"] - whole["lo"]) / (2 * 1.96)
    return {"est": whole["est"], "lo": whole["est"] - error, "hi": whole["est"] + error}
