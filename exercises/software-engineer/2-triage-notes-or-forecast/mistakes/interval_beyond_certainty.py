"""Takes the textbook interval p +- 1.96 s.e.: three of three found are then 100 %, give or take nothing.

overrides: image_triage.py
fails: test_shares_are_counted
"""

from image_triage import evaluate as right


def evaluate(lesion, flagged):
    answer = right(lesion, flagged)
    for name, of in (("sensitivity", lesion), ("specificity", ~lesion)):
        if of.any():
            p, reach = answer[name], 1.96 * (answer[name] * (1 - answer[name]) / of.sum()) ** 0.5
            answer |= {f"{name}_low": float(p - reach), f"{name}_high": float(p + reach)}
    return answer
