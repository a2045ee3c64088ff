"""The data dictionary says what the tables are: every public column, its type, its values, and where it leads."""

import subprocess
import sys
from pathlib import Path

import pytest
from pandas.api import types

from wardround.hospital import build
from wardround.hospital.dictionary import DictionaryError, TableInfo, tables
from wardround.hospital.hospital import TABLE_NAMES

IS = {
    "whole number": types.is_integer_dtype,
    "number": types.is_float_dtype,
    "text": types.is_string_dtype,
    "true or false": types.is_bool_dtype,
    "time": types.is_datetime64_dtype,
}


@pytest.fixture(scope="module")
def hospital():
    return build(1)


def test_every_public_table_is_described_and_no_other() -> None:
    assert sorted(table.name for table in tables()) == sorted(TABLE_NAMES)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_is_as_it_is_described(hospital, table: TableInfo) -> None:
    shown = hospital.public(table.name)
    assert [column.name for column in table.columns] == shown.columns.tolist()
    for column in table.columns:
        values = shown[column.name]
        assert IS[column.type](values.dtype), f"{column.name} is {values.dtype}, described as {column.type}"
        assert values.isna().any() == column.missing, f"{column.name}: empty values"
        if column.values:
            assert set(values.dropna().unique()) == set(column.values), column.name
        elif column.type == "text":
            assert values.nunique() > 12, f"{column.name}: list its {values.nunique()} values"
        if column.key:
            assert values.is_unique, column.name
        if column.leads_to:
            other, name = column.leads_to.split(".")
            assert values.dropna().isin(hospital.public(other)[name]).all(), column.name


def test_every_table_can_be_joined_or_says_that_it_stands_alone() -> None:
    for table in tables():
        leads = any(column.leads_to for column in table.columns)
        assert leads or table.name == "patients" or table.part != "Patients and their stays"


def test_a_number_that_measures_something_has_a_unit() -> None:
    for table in tables():
        for column in table.columns:
            if column.type == "number" and not column.values:
                assert column.unit, f"{table.name}.{column.name}"


def test_it_is_read_without_the_learners_packages() -> None:
    """Readers build the handbook without them."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('numpy', 'pandas', 'sklearn', 'duckdb')));"
        "from wardround.handbook.data_dictionary import markdown;"
        "from wardround.hospital.dictionary import tables; print(markdown(tables()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "### admissions" in run.stdout


TABLE = "{name: beds, part: P, rows: one, about: A., "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- name: a\n  b: [", "own.yaml is not YAML"),
        ("name: a", "a list of tables is expected"),
        ("- 3", "table number 1: Input should be"),
        (
            f"- {TABLE} columns: [{{name: id, type: int, means: M.}}]}}",
            "beds: columns: id: type: Input should be 'whole",
        ),
        (f"- {TABLE} like: bed}}", "table beds: like: no earlier table is called 'bed'"),
    ],
)
def test_a_fault_is_named_by_table_and_column(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text)
    with pytest.raises(DictionaryError) as caught:
        tables(file)
    assert says in str(caught.value)
