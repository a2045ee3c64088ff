"""Small trials: what each was made from is what a sound analysis of many of them finds."""

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.small_trials import Design, small_trials
from wardround.hospital.trial import SUBGROUPS

PLAIN = small_trials(5, 400)


def gap(table, part=None) -> float:
    """The difference of the arms' shares of events, in a part of the patients."""
    rows = table if part is None else table[part]
    return rows.loc[rows["arm"] == "drug", "event_30d"].mean() - rows.loc[rows["arm"] == "control", "event_30d"].mean()


def test_they_have_the_columns_of_the_trial_and_the_variants() -> None:
    one, trial = small_trials(1, 1, Design(variants=3))[0].table, build(1).public("trial")
    assert list(one.columns.drop(["variant_01", "variant_02", "variant_03"])) == list(trial.columns)
    assert one.dtypes[trial.columns].equals(trial.dtypes)


def test_the_same_seed_gives_the_same_trials_and_another_design_others() -> None:
    one, again, other = (small_trials(2, 3, design) for design in (Design(), Design(), Design(patients=241)))
    for k in range(3):
        assert one[k].table.equals(again[k].table)
        assert not one[k].table.equals(other[k].table.head(240))
    assert len(other[0].table) == 241


def test_the_difference_of_the_arms_is_right_on_average() -> None:
    off = np.array([gap(trial.table) - trial.effect for trial in PLAIN])
    assert abs(off.mean()) < 3 * off.std() / np.sqrt(len(off))
    assert -0.25 <= min(trial.effect for trial in PLAIN) < -0.2
    assert -0.05 < max(trial.effect for trial in PLAIN) <= 0
    assert {trial.differs for trial in PLAIN} == {""}


def test_everybody_takes_what_the_coin_gave_and_nobody_is_lost() -> None:
    for trial in PLAIN[:20]:
        assert ((trial.table["arm"] == "drug") == trial.table["took_drug"]).all()
        assert (trial.table["event_90d"] >= trial.table["event_30d"]).all()
        assert sorted(trial.table["patient_id"]) == list(range(1, 241))


def test_severity_moves_the_risk_where_it_should() -> None:
    strong = small_trials(5, 100, Design(prognosis=0.2))
    slopes = {
        name: np.mean([np.polyfit(t.table["severity"], t.table["event_30d"], 1)[0] for t in trials])
        for name, trials in (("strong", strong), ("none", PLAIN[:100]))
    }
    assert slopes["strong"] > 0.1
    assert abs(slopes["none"]) < 0.02


def test_an_interaction_is_in_the_named_column_only() -> None:
    trials = small_trials(3, 60, Design(patients=1000, variants=12, interaction=0.36))
    inside, outside = [], []
    for trial in trials:
        x = trial.table[trial.differs]
        part = x == "F" if trial.differs == "sex" else x
        inside.append(gap(trial.table, part))
        outside.append(gap(trial.table, ~part))
        assert abs(trial.effect + 0.36 * part.mean()) < 1e-9
    assert np.mean(inside) == pytest.approx(-0.36, abs=0.03)
    assert np.mean(outside) == pytest.approx(0, abs=0.03)
    assert len({trial.differs for trial in trials}) > 5
    assert {trial.differs for trial in trials} <= {*SUBGROUPS, *(f"variant_{k:02}" for k in range(1, 13))}


def test_a_size_below_one_is_told() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        small_trials(1, 0)
