"""See what a query of yours gives on the practice hospital (seed 1): python show.py los.sql

Without a name it runs them all. `stays` is what your own stays.sql gives. All data are synthetic. For learning, not for
clinical use.
"""

import sys
from pathlib import Path

import pandas as pd

from wardround.grading.documents import read_query
from wardround.grading.faults import Verdict
from wardround.grading.queries import Database
from wardround.hospital import build

HERE = Path(__file__).parent
TABLES = ("patients", "admissions", "conditions", "claims")
QUERIES = ("stays.sql", "los.sql", "readmission.sql", "cohort.sql", "ehr_vs_claims.sql")


def main(names: list[str]) -> None:
    """Run the queries of these files and print the first rows of each result."""
    hospital = build(seed=1)
    tables = {name: hospital.public(name) for name in TABLES}
    for name in names:
        print(f"\n{name}")
        try:
            given = dict(tables)
            if name in QUERIES[1:4]:
                given["stays"] = rows_of("stays.sql", tables)
            rows = rows_of(name, given)
        except Verdict as verdict:
            print(verdict.sentence)
            continue
        print(rows.head(10).to_string(index=False))
        print(f"{len(rows):,} rows; of the columns of True and False, so many True: {trues(rows)}")


def rows_of(name: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Run one of your files over these tables."""
    with Database(tables) as database:
        return database.run(read_query(HERE / name), name=name)


def trues(rows: pd.DataFrame) -> str:
    """Count the True of each such column."""
    found = rows.select_dtypes("bool").sum()
    return ", ".join(f"{name} {count:,}" for name, count in found.items()) or "none"


if __name__ == "__main__":
    asked = [Path(name).name for name in sys.argv[1:]] or list(QUERIES)
    unknown = [name for name in asked if name not in QUERIES or not (HERE / name).is_file()]
    if unknown:
        sys.exit(f"There is no query {unknown[0]} here. The five are {', '.join(QUERIES)}.")
    main(asked)
