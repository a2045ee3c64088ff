"""A rewritten future leaves the past alone, and really is another future."""

import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.future import rewrite_after

CUT = pd.Timestamp("2024-03-01")
TABLES = ("admissions", "patients", "conditions", "labs")
KNOWN = {"admissions": "admit_time", "conditions": "recorded_time", "labs": "time"}


@pytest.fixture(scope="module")
def before() -> dict[str, pd.DataFrame]:
    hospital = build(1)
    return {name: hospital.public(name) for name in TABLES}


@pytest.fixture(scope="module")
def after(before) -> dict[str, pd.DataFrame]:
    kept = {name: table.copy() for name, table in before.items()}
    rewritten = rewrite_after(CUT, before, seed=1)
    for name in TABLES:
        pd.testing.assert_frame_equal(before[name], kept[name])
    return rewritten


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(list(table.columns)).reset_index(drop=True)


@pytest.mark.parametrize("name", ["conditions", "labs"])
def test_what_was_recorded_before_stays(before, after, name: str) -> None:
    past = [in_order(tables[name][tables[name][KNOWN[name]] <= CUT]) for tables in (before, after)]
    pd.testing.assert_frame_equal(*past)


def test_stays_that_were_over_stay_as_they_were(before, after) -> None:
    over = [in_order(t["admissions"][t["admissions"]["discharge_time"] <= CUT]) for t in (before, after)]
    pd.testing.assert_frame_equal(*over)
    begun = [set(t["admissions"].loc[t["admissions"]["admit_time"] <= CUT, "encounter_id"]) for t in (before, after)]
    assert begun[0] == begun[1]


@pytest.mark.parametrize("name", ["admissions", "conditions", "labs"])
def test_the_future_is_another_one(before, after, name: str) -> None:
    def future(tables):
        return set(tables[name][tables[name][KNOWN[name]] > CUT].astype(str).agg("|".join, axis=1))

    old, new = future(before), future(after)
    assert len(old & new) < 0.5 * len(old), "rows are altered or dropped"
    assert len(new - old) > 300, "and others are added"


def test_stays_that_were_over_get_news_of_each_kind(before, after) -> None:
    over = before["admissions"][before["admissions"]["discharge_time"] <= CUT]
    for name in ("conditions", "labs"):
        news = after[name][(after[name][KNOWN[name]] > CUT) & after[name]["encounter_id"].isin(over["encounter_id"])]
        assert news["encounter_id"].nunique() > 300
    came = after["admissions"][after["admissions"]["admit_time"] == CUT + pd.Timedelta(hours=1)]
    assert len(came) >= 400
    assert came["patient_id"].isin(over["patient_id"]).all()


def test_no_new_kinds_appear(before, after) -> None:
    for name, columns in {
        "admissions": ["class", "facility", "ward"],
        "conditions": ["condition", "code", "source"],
    }.items():
        for column in columns:
            assert set(after[name][column]) <= set(before[name][column])
    assert set(map(tuple, after["labs"][["lab", "unit"]].to_numpy())) == set(
        map(tuple, before["labs"][["lab", "unit"]].to_numpy())
    )
    for name in TABLES:
        assert after[name].dtypes.equals(before[name].dtypes)
