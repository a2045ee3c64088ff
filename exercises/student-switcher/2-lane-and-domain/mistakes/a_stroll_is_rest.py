"""Takes everybody under 70 steps in five minutes for resting, and rings at whoever strolls.

fails: test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import telehealth
from telehealth import find_alerts as right


def find_alerts(readings):
    telehealth.STILL = 70
    return right(readings)
