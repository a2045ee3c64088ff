"""The hospital in SQL: the same rows, only what is public, and never over somebody's own table."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.exports.duckdb import to_duckdb

CORE = ("patients", "admissions", "conditions", "labs")


@pytest.fixture(scope="module")
def hospital():
    return build(1, patients=2000)


@pytest.mark.parametrize("name", CORE)
def test_a_table_comes_back_as_it_went_in(hospital, name: str) -> None:
    public = hospital.public(name)
    with to_duckdb(hospital, tables=CORE) as connection:
        back = connection.table(name).df()
    order = public.columns.tolist()
    pd.testing.assert_frame_equal(
        back.sort_values(order, ignore_index=True), public.sort_values(order, ignore_index=True), check_dtype=False
    )


def test_length_of_stay_in_sql_keeps_the_time_of_day(hospital) -> None:
    admissions = hospital.public("admissions")
    days = (admissions["discharge_time"] - admissions["admit_time"]) / pd.Timedelta(days=1)
    query = "select avg(epoch(discharge_time - admit_time) / 86400) from admissions"
    with to_duckdb(hospital, tables=["admissions"]) as connection:
        assert connection.execute(query).fetchone()[0] == pytest.approx(days.mean())


def test_only_the_tables_that_are_asked_for(hospital, tmp_path: Path) -> None:
    file = tmp_path / "hospital.duckdb"
    to_duckdb(hospital, file, tables=("patients", "labs", "labs")).close()
    with duckdb.connect(str(file), read_only=True) as connection:
        assert connection.execute("show tables").fetchall() == [("labs",), ("patients",)]


def test_a_table_that_is_there_already_is_left_alone(hospital, tmp_path: Path) -> None:
    file = tmp_path / "work.duckdb"
    with duckdb.connect(str(file)) as mine:
        mine.execute("create table labs as select 'mine' as word")
    with pytest.raises(ValueError, match=r"work\.duckdb already has labs\."):
        to_duckdb(hospital, file, tables=CORE)
    with duckdb.connect(str(file)) as mine:
        assert mine.execute("show tables").fetchall() == [("labs",)]
        assert mine.execute("from labs").fetchall() == [("mine",)]


def test_a_file_that_is_no_database_is_named_and_kept(hospital, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, and more than a header's worth of them: " * 100)
    with pytest.raises(ValueError, match=r"notes\.txt cannot be opened as a DuckDB database"):
        to_duckdb(hospital, file)
    assert file.read_text().startswith("my notes")


def test_an_unknown_table_is_refused_before_anything_is_written(hospital, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="Did you mean 'patients'"):
        to_duckdb(hospital, tmp_path / "new.duckdb", tables=["labs", "patient"])
    assert not (tmp_path / "new.duckdb").exists()


def test_an_open_connection_is_used_and_stays_open(hospital) -> None:
    with duckdb.connect() as mine:
        assert to_duckdb(hospital, mine, tables="patients") is mine
        assert mine.execute("select count(*) from patients").fetchone() == (2000,)
