"""SQL of a learner's: what it may do, and what it says when it may not."""

import pandas as pd
import pytest

from wardround.grading.faults import NotYet, WrongForm
from wardround.grading.queries import ROW_LIMIT, Database

ADMISSIONS = pd.DataFrame(
    {
        "encounter_id": [3, 1, 2],
        "ward": ["MED", "SURG", "MED"],
        "admit_time": pd.to_datetime(["2024-03-01 23:00", "2024-03-02 08:00", "2024-03-05 10:00"]),
        "planned": [True, False, False],
    }
)
PATIENTS = pd.DataFrame({"patient_id": [1, 2], "group": ["A", "B"]})
SECRET = pd.DataFrame({"truth": [1]})  # a variable of the grader's, as far as DuckDB can see


@pytest.fixture
def database():
    with Database({"admissions": ADMISSIONS, "patients": PATIENTS}) as opened:
        yield opened


def refused(database, text, **options):
    with pytest.raises(WrongForm) as caught:
        database.run(text, name="los.sql", **options)
    return caught.value.sentence


def test_the_result_is_a_frame_with_the_types_of_its_columns(database):
    rows = database.run(
        "-- by ward\nwith n as (select ward, count(*) as stays from admissions group by ward)\n"
        "select ward, stays, stays > 1 as many from n order by ward;\n",
        name="los.sql",
    )
    assert rows.to_dict("list") == {"ward": ["MED", "SURG"], "stays": [2, 1], "many": [True, False]}
    assert rows["many"].dtype == bool
    times = database.run("select admit_time from admissions where encounter_id = 3", name="los.sql")
    assert times["admit_time"].tolist() == [pd.Timestamp("2024-03-01 23:00")]


def test_an_empty_result_keeps_its_columns(database):
    rows = database.run("select ward, planned from admissions where encounter_id = 99", name="los.sql")
    assert list(rows.columns) == ["ward", "planned"]
    assert rows.empty


def test_a_frame_turned_round_is_read_right():
    with Database({"admissions": ADMISSIONS.iloc[::-1].reset_index(drop=True)}) as database:
        rows = database.run("select * from admissions order by encounter_id", name="los.sql")
    assert rows["ward"].tolist() == ["SURG", "MED", "MED"]


@pytest.mark.parametrize(
    "text",
    [
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "select * from glob('{file}')",
        "copy admissions to '{file}'",
        "attach '{file}' as other",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('https://example.com/a.csv')",
        "set enable_external_access = true",
        "select * from SECRET",
        "drop table admissions",
        "create table new as select 1",
        "insert into admissions select * from admissions",
        "pragma database_list",
        "select * from query('drop table admissions')",
    ],
)
def test_a_query_reads_the_tables_and_nothing_else(database, tmp_path, text):
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    sentence = refused(database, text.format(file=file.as_posix()))
    assert sentence.startswith("los.sql")
    assert "Error:" not in sentence
    assert file.read_text() == "a\n1\n"
    assert len(database.run("from admissions", name="los.sql")) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "los.sql holds no statement, only comments or blank lines. Write one SELECT."),
        ("-- later\n", "los.sql holds no statement, only comments or blank lines. Write one SELECT."),
        (
            "select ';' as a; -- one\n\nselect 2",
            "los.sql holds 2 statements; one is run. Put steps before the SELECT with `with step as (…)`.",
        ),
        (
            "\nupdate admissions set ward = 'MED'",
            "los.sql, line 2 begins with UPDATE; only a SELECT is run, and the tables stay as they are. "
            "Put steps before it with `with step as (…)`.",
        ),
        (
            "select *\nfrom stay",
            "los.sql, line 2: there is no table stay. The tables are admissions and patients.",
        ),
    ],
)
def test_a_wrong_form_is_told_with_its_remedy(database, text, sentence):
    assert refused(database, text) == sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("select\n  wrad\nfrom admissions", 2),
        ("\n\nselect\n  wrad\nfrom admissions", 4),
        ("-- length of stay\n/* by\nward */ select\n  wrad\nfrom admissions", 4),
        ("with a as (\n  select 1 as x\n)\nselect x,\nfrom a where where", 5),
        ("-- a; b\nselect\n'x'::integer", 3),
    ],
)
def test_the_line_is_that_of_the_file(database, text, line):
    assert refused(database, text).startswith(f"los.sql, line {line}: DuckDB says: ")
    assert refused(database, text, first_line=11).startswith(f"los.sql, line {line + 10}: DuckDB says: ")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("select group, count(*) from patients group by 1", 'write "group", with the double quotes'),
        ('select * from admissions where ward = "MED"', "Text stands in single quotes: 'MED'."),
        ("select ward from admissions group by ward where planned", "`where` stands before `group by`."),
        ("select wrad from admissions", '"ward"'),
        ("select sum(admit_time - admit_time) from admissions", "'sum(INTERVAL)'. The difference of two times"),
        ("select count(*) from admissions where ward = MED", "Text stands in single quotes: 'MED'."),
        ("select count(*) from admissions where ward = \u2018MED\u2019", "write straight ones, 'MED'."),
        ("select count(*) from admissions where ward = 'MED' or 'SURG'", "name the column again before 'SURG'"),
        ("select count(*) from admissions where ward = 'MED', planned", "`and` or `or` between two conditions"),
        ("select count(*) as stays avg(1) from admissions", "a comma between two columns"),
        ("select count(*) from admissions where", "something behind the last of them"),
        ("select avg() from admissions", "Nothing stands between the brackets of avg(…)."),
        ("select date_diff(admit_time, admit_time) from admissions", "date_diff('minute', earlier, later)"),
        ("select count(*) from admissions where admit_time < 2024-03-02", "A date stands in single quotes"),
        ("select count(*) from admissions where admit_time < '03/02/2024'", "Write a date as year, month, day"),
    ],
)
def test_common_slips_get_their_remedy(database, text, remedy):
    assert remedy in refused(database, text)


def test_the_reserved_word_is_no_slip_where_it_is_quoted(database):
    sentence = refused(database, 'select "group" frm patients group by 1 order')
    assert "double quotes" not in sentence


def test_a_table_can_be_replaced_before_and_after_it_was_read(database):
    def count(name="admissions"):
        return int(database.run(f"select count(*) as n from {name}", name="los.sql")["n"].iloc[0])

    database.replace("patients", PATIENTS.head(1))
    assert [count(), count("patients")] == [3, 1]
    database.replace("admissions", ADMISSIONS.iloc[::-1].head(2)[["ward"]])
    assert count() == 2
    assert '"ward"' in refused(database, "select wrad from admissions")
    assert "planned" not in refused(database, "select planed from admissions")


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_runs(database):
    with pytest.raises(NotYet, match=r"los.sql was stopped after 0.3 seconds. Does a join miss its condition"):
        database.run("select count(*) from range(100000) a, range(100000) b, range(9) c", name="los.sql", seconds=0.3)
    assert len(database.run("from admissions", name="los.sql")) == 3


def test_a_join_without_a_condition_does_not_fill_the_memory(database):
    sentence = refused(database, "select * from range(1000000) a, range(1000000) b")
    assert sentence.startswith(f"los.sql returned more than {ROW_LIMIT:,} rows")
