"""A rewritten future leaves the past alone, and really is another future."""

import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.future import TIMES, end_together, rewrite_after

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
    came = after["admissions"][~after["admissions"]["encounter_id"].isin(before["admissions"]["encounter_id"])]
    assert len(came) == 400
    assert came["patient_id"].isin(over["patient_id"]).all()
    assert (came["admit_time"] > CUT).all()


@pytest.fixture(scope="module")
def together(before) -> dict[str, pd.DataFrame]:
    kept = {name: table.copy() for name, table in before.items()}
    moved = end_together([pd.Timestamp("2023-11-01"), CUT], before)
    for name in TABLES:
        pd.testing.assert_frame_equal(before[name], kept[name])
        assert moved[name].dtypes.equals(before[name].dtypes)
    return moved


@pytest.mark.parametrize("moment", ["2023-11-01", CUT])
def test_many_stays_end_at_each_moment(together, moment) -> None:
    admissions = together["admissions"]
    ends = admissions[(admissions["discharge_time"] == moment) & (admissions["class"] == "inpatient")]
    assert ends["patient_id"].nunique() >= 200
    assert not (ends["disposition"] == "expired").any()


def test_a_patients_record_is_moved_as_a_whole(before, together) -> None:
    moved = pd.concat(
        pd.DataFrame({"patient_id": before[name]["patient_id"], "by": together[name][time] - before[name][time]})
        for name, times in TIMES.items()
        for time in times
    )
    assert (moved.groupby("patient_id")["by"].nunique() == 1).all()
    assert (moved["by"] >= pd.Timedelta(0)).all()
    rest = {name: [column for column in before[name] if column not in TIMES.get(name, ())] for name in TABLES}
    for name, columns in rest.items():
        pd.testing.assert_frame_equal(before[name][columns], together[name][columns])


def test_every_kind_of_news_comes_a_minute_after_a_discharge(together) -> None:
    after = rewrite_after(CUT, together, seed=1)
    admissions = together["admissions"]
    ends = admissions.loc[(admissions["discharge_time"] == CUT) & (admissions["class"] == "inpatient"), "patient_id"]
    next_minute = CUT + pd.Timedelta(minutes=1)
    for name, kind in (("labs", "lab"), ("conditions", "condition")):
        news = after[name][(after[name][KNOWN[name]] == next_minute) & after[name]["patient_id"].isin(ends)]
        assert set(news[kind]) == set(together[name][kind])
        assert news[kind].value_counts().min() >= 8
    came = after["admissions"][after["admissions"]["admit_time"] == next_minute]
    assert came["patient_id"].isin(ends).sum() >= 190


def test_no_results_come_from_where_none_are_sent(after) -> None:
    where = after["admissions"].set_index("encounter_id")["facility"]
    assert "OTHER" not in set(where.reindex(after["labs"]["encounter_id"].unique()).dropna())


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
