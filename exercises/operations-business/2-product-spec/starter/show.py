"""See what you need for numbers.yaml and for the inputs. There is nothing to write in this file.

python show.py columns calls       the moments of this tool, and the columns it may read; also appeals, beds, places
python show.py save calls-1        writes scores-calls-1.csv, for a spreadsheet
python show.py limits calls-1      how many rows each limit flags, on the 30 days for choosing
python show.py test calls-1 0.55   what the limit .55 does on the 30 test days, and today's order beside it
python show.py waits 1             who waits how long in clinic 1, for each way of double-booking

On Windows write py instead of python. All data are synthetic. For learning, not for clinical use.
"""

import sys
from pathlib import Path

from wardround.hospital.clinic import PLANS, waits
from wardround.hospital.dictionary import tables
from wardround.hospital.moments import WORKS
from wardround.hospital.score_files import DAYS, LAST_FILE, at_limit, by_today, read_name, score_file

HERE = Path(__file__).parent


def main(asked: list[str]) -> None:
    """Show what is asked for."""
    what, *rest = [*asked, ""]
    first, second = [*rest, "", ""][:2]
    if what == "columns" and first in WORKS:
        columns(first)
    elif what == "columns":
        sys.exit(f"Write which tool: python show.py columns {' or '.join(WORKS)}")
    elif what == "waits" and first.isdigit() and 1 <= int(first) <= LAST_FILE:
        clinics(int(first))
    elif what == "waits":
        sys.exit(f"Write the number of a clinic, 1 to {LAST_FILE}, such as python show.py waits 1")
    elif what in {"save", "limits", "test"}:
        try:
            tool, number = read_name(first)
        except ValueError as error:
            sys.exit(f"{str(error)[0].upper()}{str(error)[1:]}.")
        {"save": save, "limits": limits, "test": test}[what](tool, number, second)
    else:
        sys.exit(__doc__)


def columns(name: str) -> None:
    """Print the columns of the tables that a tool may read."""
    work = WORKS[name]
    print(f"\n{work.asks}\nMoments, in hours from {work.zero}:")
    for moment, at in work.moments.items():
        print(f"  {moment:15}{'long before' if at < -8000 else f'{at:g}':>13}   {work.words[moment]}")
    for table in tables():
        if table.name in work.feeds:
            print(f"\n{table.name}: up to {work.feeds[table.name]:g} hours until the tool can read it")
            for column in table.columns:
                print(f"  {table.name}.{column.name:25}{column.means}")


def clinics(number: int) -> None:
    """Print who waits how long, for each way of double-booking."""
    print(f"\nclinic {number}: minutes, on average")
    print(f"{'plan':10}{'far':>6}{'near':>6}{'late':>6}   a second patient gets")
    for plan, words in PLANS.items():
        found = waits(number, plan)
        print(f"{plan:10}{found.far:6.1f}{found.near:6.1f}{found.late:6.1f}   {words}")


def save(tool: str, number: int, _: str) -> None:
    """Write a score file as CSV, which every spreadsheet opens."""
    path = HERE / f"scores-{tool}-{number}.csv"
    score_file(tool, number).to_csv(path, index=False)
    print(f"{path.name} is in this folder: 2,400 rows, one for each slot, claim or patient.")


def limits(tool: str, number: int, _: str) -> None:
    """Print how many rows each limit flags on the days for choosing."""
    file = score_file(tool, number)
    print(f"\n{tool}-{number}, the {DAYS} days for choosing (develop)\n{'limit':>6}{'flagged':>9}{'a day':>8}")
    for step in range(101):
        found = at_limit(file, "develop", step / 100)
        if 0 < found.flagged <= 25 * DAYS:
            print(f"{step / 100:6.2f}{found.flagged:9,}{found.a_day:8.1f}")


def test(tool: str, number: int, limit: str) -> None:
    """Print the counts of one limit on the test days, and of today's order."""
    try:
        value = float(limit.replace(",", "."))
    except ValueError:
        sys.exit(f"Write the limit as a number, such as python show.py test {tool}-{number} 0.55")
    file = score_file(tool, number)
    for half in ("develop", "test"):
        found = at_limit(file, half, value)
        print(
            f"\n{tool}-{number}, the {DAYS} days of {half}: {found.rows:,} rows, {found.cases:,} with happened = yes"
            f"\nlimit {value:.2f}: {found.flagged:,} flagged" + (f", {found.right:,} of them right" * (half == "test"))
        )
    print("\ntoday's order on the test days: the first so many of each day, how often it happened")
    for a_day in range(5, 21):
        found = by_today(file, "test", a_day)
        print(f"  the first {a_day:2}: {found.flagged:4} rows, {found.right:3} right")


if __name__ == "__main__":
    main(sys.argv[1:])
