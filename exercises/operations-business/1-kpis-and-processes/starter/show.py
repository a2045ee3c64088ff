"""See numbers and tables of the practice hospital (seed 1). There is nothing to write in this file.

python show.py              your six measures, for 2024 and for each quarter
python show.py los          one measure; also readmission, no_show, boarding, rooms, denials
python show.py stays        the first rows of a table; also bookings, er_arrivals, room_days, claims, head_counts
python show.py beds         patients in bed, counted four times a day
python show.py losses       what became of refused bills, and who was never seen
python show.py save         all six tables as files for a spreadsheet, in the folder tables

On Windows write py instead of python. All data are synthetic. For learning, not for clinical use.
"""

import sys
from pathlib import Path

import pandas as pd

from wardround.grading.documents import read_query
from wardround.grading.faults import Verdict
from wardround.grading.queries import Database
from wardround.hospital import build
from wardround.hospital.year_tables import year_tables

HERE = Path(__file__).parent
READS = {  # measure -> its table, and the column that tells the quarter
    "los": ("stays", "discharge_time"),
    "readmission": ("stays", "discharge_time"),
    "no_show": ("bookings", "slot_time"),
    "boarding": ("er_arrivals", "arrival_time"),
    "rooms": ("room_days", "date"),
    "denials": ("claims", "discharge_time"),
}
TABLES = ("stays", "bookings", "er_arrivals", "room_days", "claims", "head_counts")


def main(asked: list[str]) -> None:
    """Show what is asked for."""
    names = [Path(name).name.removesuffix(".sql") for name in asked] or list(READS)
    known = [*READS, *TABLES, "beds", "losses", "save"]
    for name in names:
        if name not in known:
            sys.exit(f"There is nothing called {name} to show. Write one of: {', '.join(known)}.")
    tables = year_tables(build(seed=1))
    for name in names:
        if name in READS:
            show_measure(name, tables)
        elif name == "beds":
            show_beds(tables["head_counts"])
        elif name == "losses":
            show_losses(tables)
        elif name == "save":
            save(tables)
        else:
            print(f"\n{name}: {len(tables[name]):,} rows, the first ten")
            print(tables[name].head(10).to_string(index=False, na_rep="(empty)"))


def show_measure(name: str, tables: dict[str, pd.DataFrame]) -> None:
    """Run a query of yours on the whole year and on each quarter, and print one line for each."""
    print(f"\n{name}.sql")
    table, when = READS[name]
    try:
        query = read_query(HERE / f"{name}.sql")
        rows = []
        with Database(tables) as database:
            rows.append(database.run(query, name=f"{name}.sql").assign(period="2024"))
            for n in (1, 2, 3, 4):
                part = tables[table][tables[table][when].dt.quarter == n]
                database.replace(table, part.reset_index(drop=True))
                rows.append(database.run(query, name=f"{name}.sql").assign(period=f"quarter {n}"))
    except Verdict as verdict:
        print(verdict.sentence)
        return
    shown = pd.concat(rows).set_index("period")
    print(shown.map(figure).to_string(index_names=False))


def figure(value: object) -> str:
    """Write a number as people do."""
    if pd.isna(value):
        return "(none)"  # no row meets the conditions
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def show_beds(counts: pd.DataFrame) -> None:
    """Print how many patients lie in a bed, by the hour of the count and on average."""
    by_hour = counts.groupby(counts["counted_time"].dt.hour)["patients"].agg(["mean", "min", "max", "sum"])
    by_hour.index = [f"{hour:02d}:00" for hour in by_hour.index]
    every = counts["patients"]
    by_hour.loc["all counts"] = [every.mean(), every.min(), every.max(), every.sum()]
    print("\npatients in the beds of our two houses, 2024")
    print(by_hour.map(lambda value: f"{value:,.1f}".removesuffix(".0")).to_string())


def show_losses(tables: dict[str, pd.DataFrame]) -> None:
    """Print what became of the bills that payers refused, and how many left the emergency department unseen."""
    claims = tables["claims"]
    refused = claims[claims["facility"].ne("OTHER") & claims["denial_reason"].ne("")]
    groups = refused.assign(unpaid=refused["status"] != "overturned").groupby("denial_reason")
    shown = groups.agg(
        refused=("claim_id", "size"),
        still_unpaid=("unpaid", "sum"),
        billed=("billed", "sum"),
        allowed=("allowed", "sum"),
        paid=("paid", "sum"),
    )
    shown.index = [str(reason).replace(" ", "_") for reason in shown.index]
    print("\nbills of our two houses that payers refused, 2024 (the last three columns are US dollars)")
    print(shown.map(lambda value: f"{value:,.0f}").to_string())
    unseen = (tables["er_arrivals"]["disposition"] == "left without being seen").sum()
    print(f"\nleft_unseen: {unseen:,} patients")
    print("missed_slots: what no_show.sql counts as missed")


def save(tables: dict[str, pd.DataFrame]) -> None:
    """Write the tables as CSV files, which every spreadsheet opens."""
    folder = HERE / "tables"
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    print(f"Six tables are in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
