"""Waits until the mean has moved by a whole standard deviation between patients; 0.20 mg/dL never does.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""


def monitor(reference, current):
    moved = (current.mean() - reference.mean()).abs() > reference.std()
    return [{"column": name, "why": f"the mean of {name} has moved"} for name in moved.index[moved]]
