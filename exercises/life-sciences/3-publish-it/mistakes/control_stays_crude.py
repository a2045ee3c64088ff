"""Adjusts the effect and leaves the control as it stands: a control by another method controls nothing.

fails: test_control_decides, test_numbers_are_recomputed
"""

import numpy as np
from study import DRAWS, weights


def estimate(rows, protocol, seed):
    rows = rows.sort_values("patient_id")  # or the order of rows decides who is drawn
    treated = rows["treated"].to_numpy(dtype=bool)
    x = rows[protocol["assignment"]["adjusted_for"]].to_numpy(dtype=float)
    events = {name: rows[name].to_numpy(dtype=bool) for name in ("outcome", "control")}
    ratio = protocol["contrast"]["measure"] == "risk ratio"

    def compared(who):
        weight, found = weights(treated[who], x[who]), []
        for name, happened in events.items():
            if name == "control":
                weight = np.ones(len(who))
            with_drug, without = (
                np.average(happened[who][group], weights=weight[group]) for group in (treated[who], ~treated[who])
            )
            found += [with_drug, without, with_drug / without if ratio else with_drug - without]
        return found

    n = len(rows)
    rng = np.random.default_rng(seed)
    spread = 1.96 * np.std([compared(rng.integers(0, n, n)) for _ in range(DRAWS)], axis=0)
    risk_treated, risk_untreated, effect, _, _, control = compared(np.arange(n))
    return {
        "patients": n,
        "treated": int(treated.sum()),
        "risk_treated": risk_treated,
        "risk_untreated": risk_untreated,
        "effect": effect,
        "low": effect - spread[2],
        "high": effect + spread[2],
        "control": control,
        "control_low": control - spread[5],
        "control_high": control + spread[5],
    }
