"""The public tables in DuckDB, for whoever asks the hospital in SQL."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround.hospital.hospital import TABLE_NAMES, Hospital

if TYPE_CHECKING:
    import pandas as pd


def to_duckdb(hospital: Hospital, target: Any = ":memory:", tables: Iterable[str] = TABLE_NAMES) -> Any:
    """Copy public tables into a DuckDB database and return the connection, which the caller closes.

    Args:
        hospital: whose tables.
        target: an open DuckDB connection, or the path of a database file; as it is, a database in memory.
        tables: the names to copy, under which they appear; as it is, every table.

    Raises:
        KeyError: there is no such table; the message lists the known ones. Nothing is written.
        ValueError: the file is no DuckDB database, or it holds a table or view of such a name. Nothing is written.
    """
    names = [tables] if isinstance(tables, str) else list(dict.fromkeys(tables))
    frames = {name: hospital.public(name) for name in names}
    return write(frames, target)


def write(frames: Mapping[str, "pd.DataFrame"], target: Any = ":memory:") -> Any:
    """Write frames as tables, all or none; arguments and errors as in `to_duckdb`."""
    import duckdb

    own = isinstance(target, str | Path)
    try:
        connection = duckdb.connect(str(target)) if own else target
    except duckdb.Error as error:
        raise ValueError(f"{target} cannot be opened as a DuckDB database: {str(error).splitlines()[0]}") from None
    try:
        _refuse_to_overwrite(connection, frames, target)
        connection.begin()
        try:
            for name, frame in frames.items():
                connection.register("_frame", frame)
                connection.table("_frame").create(f'"{name}"')
                connection.unregister("_frame")
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
    except BaseException:
        if own:
            connection.close()
        raise
    return connection


def _refuse_to_overwrite(connection: Any, frames: Mapping[str, Any], target: Any) -> None:
    there = {name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()}
    taken = ", ".join(name for name in frames if name in there)
    if taken:
        where = target if isinstance(target, str | Path) else "The database"
        raise ValueError(f"{where} already has {taken}. Choose another file, or drop what you no longer need.")
