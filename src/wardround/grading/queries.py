"""A learner's SQL, run in DuckDB: one SELECT over given tables, in memory, without files or network, within a time.

The result is a DataFrame. What goes wrong is one sentence with the file and the line, never an error of DuckDB's own.
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import TracebackType
from typing import Any, Self

import duckdb
import pandas as pd

from wardround.grading.faults import NotYet, WrongForm
from wardround.grading.guard import Clock
from wardround.grading.query_slips import odd_condition, refused_slip
from wardround.wording import listed

QUERY_SECONDS = 5.0
ROW_LIMIT = 200_000
MEMORY = "1GB"
_BEFORE_THE_STATEMENT = re.compile(r"(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_PLACE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_CURLY = "\u2018\u2019\u201a\u201c\u201d\u201e"  # what a word processor makes of quotes
_LOOK_THERE = (
    "Look there and just before: is there a comma between two columns, `and` or `or` between two conditions, something "
    "behind the last of them, and an end to each bracket and quote?"
)
_REMEDIES = {  # what DuckDB says -> what to do
    re.compile(pattern): remedy
    for pattern, remedy in {
        r"Could not convert string '(.+?)' to BOOL": "`and` and `or` join whole comparisons: "
        r"name the column again before '\1', or list words with in (…).",
        r"types '(\w+)\(\)'": r"Nothing stands between the brackets of \1(…).",
        r"'date_?diff\((?!STRING|VARCHAR)": "Three things stand in its brackets: date_diff('minute', earlier, later).",
        r"TIMESTAMP.*INTEGER": "A date stands in single quotes: '2024-12-31'.",
        r"invalid timestamp field format": "Write a date as year, month, day: '2024-12-31'.",
        r"INTERVAL": "The difference of two times is an INTERVAL; date_diff('minute', earlier, later) gives a number.",
    }.items()
}
_CLOSED = (
    "set threads = 1",  # the query works in the thread that asks, whose time is counted
    f"set memory_limit = '{MEMORY}'",
    "set temp_directory = ''",  # nothing spills to disk
    "set python_enable_replacements = false",  # or a table could be named after a variable of the grader's
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)


class Database:
    """Tables in a DuckDB of their own, for queries that can only read them. Use it with `with`, or close it."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Open an empty database; a frame is copied into it, under its name, when a query first mentions that."""
        self._waiting = dict(tables)
        self._frames = dict(tables)
        self._connection = duckdb.connect(":memory:")
        for setting in _CLOSED:
            self._connection.execute(setting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Drop the tables."""
        self._connection.close()

    def replace(self, name: str, frame: pd.DataFrame) -> None:
        """Put another frame in the place of a table; opening a database for each would take ten times as long."""
        self._connection.execute(f'drop table if exists "{name}"')
        self._waiting[name] = self._frames[name] = frame

    def odd_condition(self, text: str) -> str:
        """Return what in a query that runs cannot be meant as it stands, and how to mend it; "" if nothing is found."""
        return odd_condition(text, self._frames)

    def run(self, text: str, *, name: str, first_line: int = 1, seconds: float = QUERY_SECONDS) -> pd.DataFrame:
        """Return what a query gives.

        Args:
            text: One SELECT; `with` before it and comments around it are welcome.
            name: The file that it stands in, for sentences.
            first_line: The line of that file on which `text` begins.
            seconds: The time limit: processor time where the system tells it (see `guard.Clock`).

        Raises:
            WrongForm: it is no single SELECT, DuckDB refuses it, or the result is too large.
            NotYet: it takes too long.
        """
        before = _BEFORE_THE_STATEMENT.match(text)
        start = before.end() if before else 0
        source = _Source(name, first_line + text.count("\n", 0, start), text[start:], self._frames, self._reserved)
        self._load(source.text)
        try:
            source.expect_one_select(self._connection.extract_statements(source.text))
            result: pd.DataFrame = self._within(seconds, source, lambda: self._fetch(source.text))
        except duckdb.Error as error:
            raise WrongForm(source.sentence(error)) from None
        if len(result) > ROW_LIMIT:
            raise WrongForm(
                f"{name} returned more than {ROW_LIMIT:,} rows, far more than any table here has. "
                "Is a condition missing in a join?"
            )
        return result

    def _load(self, statement: str) -> None:
        words = set(re.findall(r"\w+", statement.lower()))
        for name in [name for name in self._waiting if name.lower() in words]:
            frame = self._waiting.pop(name).copy()  # DuckDB cannot read a frame turned round, which is a view
            self._connection.register("given_frame", frame)
            self._connection.sql("from given_frame").create(name)
            self._connection.unregister("given_frame")

    def _fetch(self, statement: str) -> pd.DataFrame:
        """Return the rows, and of more than ROW_LIMIT not many more."""
        answer = self._connection.execute(statement)
        parts = [answer.fetch_df_chunk()]  # the first has the columns, even of an empty result
        while len(parts[-1]) and sum(map(len, parts)) <= ROW_LIMIT:
            parts.append(answer.fetch_df_chunk())
        return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)

    def _reserved(self) -> set[str]:
        """Return SQL's own words, which a column's name may be only in double quotes."""
        found = self._connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
        )
        return {str(word) for (word,) in found.fetchall()}

    def _within(self, seconds: float, source: "_Source", action: Callable[[], Any]) -> Any:
        """Return what `action` returns; interrupt the query when its time is up."""
        clock, done, stopped = Clock(seconds), threading.Event(), threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                if clock.is_up():
                    stopped.set()
                    self._connection.interrupt()

        watcher = threading.Thread(target=watch, daemon=True, name="wardround query limit")
        watcher.start()
        try:
            return action()
        except (duckdb.Error, RuntimeError):
            if stopped.is_set():
                raise NotYet(
                    f"{source.name} was stopped after {seconds:g} seconds. Does a join miss its condition, so that "
                    "every row meets every other? Join on an id, and count the rows before and after."
                ) from None
            raise
        finally:
            done.set()
            watcher.join()


class _Source:
    """A statement and where it stands: what a sentence about it needs."""

    def __init__(
        self, name: str, line: int, text: str, tables: Mapping[str, pd.DataFrame], reserved: Callable[[], set[str]]
    ) -> None:
        self.name = name
        self.line = line  # of the statement's first word
        self.text = text
        self.tables = tables
        self.reserved = reserved

    def expect_one_select(self, statements: Iterable[Any]) -> None:
        """Raise WrongForm unless there is exactly one statement, and it only reads."""
        found = list(statements)
        if not found:
            raise WrongForm(f"{self.name} holds no statement, only comments or blank lines. Write one SELECT.")
        if len(found) > 1:
            raise WrongForm(
                f"{self.name} holds {len(found)} statements; one is run. "
                "Put steps before the SELECT with `with step as (…)`."
            )
        if found[0].type != duckdb.StatementType.SELECT:
            word = (re.match(r"\w+", self.text) or [self.text[:10]])[0].upper()
            raise WrongForm(
                f"{self.name}, line {self.line} begins with {word}; only a SELECT is run, and the tables stay as "
                "they are. Put steps before it with `with step as (…)`."
            )

    def sentence(self, error: duckdb.Error) -> str:
        """Say in one sentence (and a remedy where we know one) what DuckDB has against the query."""
        said = str(error)
        place = _PLACE.search(said)
        line = self.line + int(place[1]) - 1 if place else None
        where = f"{self.name}, line {line}" if line else self.name
        if isinstance(error, duckdb.PermissionException):
            return f"{where}: a query reads the tables {listed(self.tables)}, and no files. Name one after `from`."
        if isinstance(error, duckdb.OutOfMemoryException):
            return f"{self.name} needs more than {MEMORY} of memory. Is a condition missing in a join?"
        told = said[: place.start()] if place else said
        told = re.sub(r"^[\w -]*Error: ", "", " ".join(told.split())).partition(" Candidate functions:")[0]
        told = told.replace(" You might need to add explicit type casts.", "").rstrip(".! ")[:300]
        if match := re.match(r"Table with name (.+?) does not exist", told):
            return f"{where}: there is no table {match[1]}. The tables are {listed(self.tables)}."
        if slip := refused_slip(told, self.text, self.tables):
            return f"{where}: {slip}"
        remedy = self._remedy(error, told)
        return f"{where}: DuckDB says: {told}{'' if told.endswith('?') else '.'}{f' {remedy}' if remedy else ''}"

    def _remedy(self, error: duckdb.Error, told: str) -> str:
        columns = {str(column) for frame in self.tables.values() for column in frame.columns}
        if isinstance(error, duckdb.ParserException):
            for word in sorted(columns & self.reserved()):
                if re.search(rf'(?<!")\b{re.escape(word)}\b(?!")(?!\s+by\b)', self.text, re.IGNORECASE):
                    return f'The column {word} has the name of a word of SQL: write "{word}", with the double quotes.'
            if 'near "where"' in told.lower() and re.search(r"\bgroup\s+by\b", self.text, re.IGNORECASE):
                return "`where` stands before `group by`."
            return _LOOK_THERE
        for pattern, remedy in _REMEDIES.items():
            if found := pattern.search(told):
                return found.expand(remedy)
        match = re.match(r'Referenced column "(.+?)" not found', told)
        if match and match[1][0] in _CURLY:
            return f"The quotes are curly ones: write straight ones, '{match[1].strip(_CURLY)}'."
        if match and (f'"{match[1]}"' in self.text or not get_close_matches(match[1], columns, cutoff=0.74)):
            return f"Text stands in single quotes: '{match[1]}'."
        return ""
