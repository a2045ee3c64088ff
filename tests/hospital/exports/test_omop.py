"""The OMOP tables agree with the public ones and with each other, and no concept is invented."""

import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.exports.omop import to_omop


@pytest.fixture(scope="module")
def hospital():
    return build(4, patients=5000)


@pytest.fixture(scope="module")
def omop(hospital):
    with to_omop(hospital) as connection:
        yield connection


def test_every_row_is_there(hospital, omop) -> None:
    of = {
        "person": "patients",
        "observation_period": "patients",
        "visit_occurrence": "admissions",
        "condition_occurrence": "conditions",
        "measurement": "labs",
    }
    for table, source in of.items():
        count, distinct = omop.execute(f"select count(*), count(distinct {table}_id) from {table}").fetchone()
        assert count == distinct == len(hospital.public(source)), table


@pytest.mark.parametrize("table", ["visit_occurrence", "condition_occurrence", "measurement", "observation_period"])
def test_keys_lead_somewhere(omop, table: str) -> None:
    assert omop.execute(f"select count(*) from {table} anti join person using (person_id)").fetchone() == (0,)
    if table in {"condition_occurrence", "measurement"}:
        query = f"select count(*) from {table} anti join visit_occurrence using (visit_occurrence_id, person_id)"
        assert omop.execute(query).fetchone() == (0,)
    if table == "visit_occurrence":
        query = "select care_site_name, count(*) from visit_occurrence join care_site using (care_site_id) group by 1"
        assert dict(omop.execute(query).fetchall()).keys() == {"HOME-MAIN", "HOME-EAST", "OTHER"}


def test_no_concept_is_used_that_the_concept_table_does_not_have(omop) -> None:
    columns = omop.execute(
        "select table_name, column_name from information_schema.columns "
        "where column_name like '%_concept_id' and table_name <> 'concept'"
    ).fetchall()
    assert len(columns) > 8
    for table, column in columns:
        known = "select concept_id from concept"
        assert omop.execute(f"select count(*) from {table} where {column} not in ({known})").fetchone() == (0,)


def test_what_has_no_concept_keeps_the_hospitals_own_word(omop) -> None:
    unmapped = omop.execute("select distinct visit_source_value from visit_occurrence where visit_concept_id = 0")
    assert unmapped.fetchall() == [("observation",)]
    tests = omop.execute(
        "select measurement_source_value, any_value(measurement_concept_id) from measurement group by 1"
    )
    assert dict(tests.fetchall()) == {
        "2160-0": 3016723,
        "718-7": 3000963,
        "2951-2": 3019550,
        "14682-9": 0,
        "6690-2": 0,
        "2524-7": 0,
    }
    assert (
        omop.execute("select count(*) from condition_occurrence where condition_source_value is null").fetchone()[0]
        == 0
    )


def test_a_concept_holds_one_unit_only(omop) -> None:
    units = "select count(distinct unit_source_value) from measurement where measurement_concept_id <> 0"
    for (count,) in omop.execute(f"{units} group by measurement_concept_id").fetchall():
        assert count == 1


def test_times_keep_their_minutes_and_people_their_age(hospital, omop) -> None:
    admissions = hospital.public("admissions").set_index("encounter_id").sort_index()
    visits = omop.execute("from visit_occurrence order by visit_occurrence_id").df()
    assert (visits["visit_start_datetime"].to_numpy() == admissions["admit_time"].to_numpy()).all()
    assert (visits["visit_end_datetime"].to_numpy() == admissions["discharge_time"].to_numpy()).all()
    people = omop.execute("from person order by person_id").df()
    age = hospital.public("patients").sort_values("patient_id")["age"].to_numpy()
    assert (2022 - people["year_of_birth"].to_numpy() == age).all()
    assert pd.Series(people["gender_concept_id"]).isin([8507, 8532]).all()
