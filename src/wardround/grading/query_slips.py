"""Slips of somebody who writes SQL for the first time: what DuckDB stumbles over, and what it runs as nobody meant it.

A slip is told only where the text shows it: the word that lacks its quotes is one that stands in the table. Each is a
sentence or two with the line that mends it.
"""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from wardround.wording import listed, same_word

FEW = 50  # a column with more different words is a name or an id, not a kind of row
SHOWN = 12  # words of a column that a sentence lists
_EMPTY = "empty|blank|missing"
_TEXT = r"'(?:[^']|'')*'"
_ITEM = rf"(?:{_TEXT}|[\w-]+)"
_COMPARED = re.compile(rf"\b(\w+)\s*(=|<>|!=)\s*({_TEXT})")
_LISTED = re.compile(rf"\b(\w+)\s+(?:not\s+)?in\s*\(((?:\s*{_TEXT}\s*,?)+)\)", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"\b(\w+)\s*(=|<>|!=|\bnot\s+in\b|\bin\b)\s*\(?\s*({_ITEM}(?:\s*,\s*{_ITEM})+)\s*\)?", re.IGNORECASE
)
_DIFFERENCE = re.compile(rf"\bdate_?diff\(\s*{_TEXT}\s*,\s*(\w+)\s*,\s*(\w+)\s*\)", re.IGNORECASE)
_JOINED = re.compile(rf"\b(\w+)\s*(=|<>|!=)\s*({_TEXT})\s+(and|or)\s+\1\s*\2\s*({_TEXT})", re.IGNORECASE)
# At these a condition begins anew; inside brackets another one stands.
_BREAKS = {"select", "from", "where", "on", "having", "group", "order", "when", "then", "else", "end", ","}


def refused_slip(told: str, text: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return what a beginner did where DuckDB refuses a query, and how to mend it; "" if we are not sure.

    Args:
        told: What DuckDB says, without its place.
        text: The statement.
        tables: The tables that it may read.
    """
    code, read = _code(text), _mentioned(text, tables)
    if match := re.match(r'Referenced column "(.+?)" not found', told):
        return _no_column(match[1], code, read)
    if re.search(r"""Could not convert string '' to|timestamp field format: "",""", told):
        match = re.search(r"\b(\w+)\s*(=|<>|!=)\s*''", code)
        return _is_null(match[1], negated=match[2] != "=") if match else ""
    if match := re.search(r"Could not convert string '(\d.*?)' to (DOUBLE|INT|DECIMAL|BIGINT)", told):
        return f"'{match[1]}' is text, and is compared with numbers. Write the number alone, without quotes."
    if match := re.search(rf"\b(\w+)\s+is\s+(not\s+)?(?:{_EMPTY})\b", _masked(code), re.IGNORECASE):
        return _is_null(match[1], negated=bool(match[2]))
    if "TUPLE(" in told or 'near ","' in told:
        return _several(code, read)
    if "syntax error" not in told:
        return ""
    if match := re.search(rf"\b(\w+)\s+(?:(is(?:\s+not)?)\s+|(not)\s*=\s*)({_TEXT})", code, re.IGNORECASE):
        sign = "<>" if match[3] or "not" in match[2].lower() else "="
        return f"`is` goes with null alone, and `not =` is written <>. Write {match[1]} {sign} {match[4]}."
    for _, _, word in _words(read):
        parts = [re.escape(part) for part in re.split("[ -]", word)]
        if len(parts) > 1 and re.search(rf"\b{'[ -]'.join(parts)}\b", _masked(code), re.IGNORECASE):
            return f"Text stands in single quotes: {_quoted(word)}."
    return ""


def odd_condition(text: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return what cannot be meant as it stands in a query that DuckDB runs; "" if nothing is found.

    These are `= null`, a word that its column never holds, a time minus a later one, and two conditions on a column
    that every row meets, or none.
    """
    code, read = _code(text), _mentioned(text, tables)
    words = list(_words(read))
    found = (_odd_null(code, words), _never_held(code, words), _exchanged(code, read), _all_or_none(code))
    return next((slip for slip in found if slip), "")


def _odd_null(code: str, words: list[tuple[str, str, str]]) -> str:
    """Tell of `= null`, and of null where the column holds texts of no letters."""
    for match in re.finditer(r"\b(\w+)\s*(?:(=|<>|!=)\s*|\bis\s+(not\s+)?)null\b", _masked(code), re.IGNORECASE):
        column, sign, negated = match[1], match[2], bool(match[3]) or match[2] in {"<>", "!="}
        if any(name == column.lower() and word == "" for _, name, word in words):
            right = f"{column} {'<>' if negated else '='} ''"
            return f"Where nothing stands in {column}, it is a text of no letters. Write {right}."
        if sign:
            return f"`{match[0]}` is true of no row. {_is_null(column, negated=negated)}"
    return ""


def _never_held(code: str, words: list[tuple[str, str, str]]) -> str:
    """Tell of a word that its column never holds."""
    for column, word in _literals(code):
        held = [(table, other) for table, name, other in words if name == column]
        if held and word not in {other for _, other in held}:
            few = f" It is {listed([_quoted(other) for _, other in held], 'or')}." if len(held) <= SHOWN else ""
            return f"In {held[0][0]}, {column} is never {_quoted(word)}.{few}"
    return ""


def _exchanged(code: str, read: Mapping[str, pd.DataFrame]) -> str:
    """Tell of a difference that begins with the later time."""
    for match in _DIFFERENCE.finditer(code):
        if _is_later(match[1], match[2], read):
            return (
                f"The two times are exchanged: {match[1]} comes after {match[2]}, and the earlier one stands first in "
                "date_diff('minute', earlier, later)."
            )
    return ""


def _all_or_none(code: str) -> str:
    """Tell of two conditions on a column that every row meets, or none."""
    for match in _JOINED.finditer(code):
        column, sign, one, word, other = match.groups()
        if word.lower() == "or" and sign != "=" and one != other:
            return f"Every row meets `{_line(match[0])}`. For neither, write {column} not in ({one}, {other})."
        if word.lower() == "and" and sign == "=" and one != other:
            return f"No row meets `{_line(match[0])}`. For either, write {column} in ({one}, {other})."
    return ""


def mixes_and_or(text: str) -> bool:
    """Tell whether somewhere `and` and `or` join conditions without brackets between them."""
    levels: list[set[str]] = [set()]
    between = False
    for match in re.finditer(r"[(),]|\w+", _masked(_code(text)).lower()):
        word = match[0]
        if word == "(":
            levels.append(set())
        elif word == ")":
            levels = levels[:-1] or [set()]
        elif word in _BREAKS:
            levels[-1] = set()
        elif word == "between":
            between = True
        elif word == "and" and between:
            between = False
        elif word in {"and", "or"}:
            levels[-1].add(word)
            if len(levels[-1]) == 2:
                return True
    return False


MIXED = (
    "Your conditions join `and` and `or` without brackets, and `and` binds first: a and b or c is (a and b) or c. Put "
    "brackets around what belongs together."
)


def _no_column(name: str, code: str, read: Mapping[str, pd.DataFrame]) -> str:
    """Say that a word is taken for a column: it lacks its quotes, or has double ones."""
    compared = re.search(rf"\b(\w+)\s*(=|<>|!=)\s*{re.escape(name)}\b", _masked(code), re.IGNORECASE)
    if compared and re.fullmatch(_EMPTY, name, re.IGNORECASE):
        return _is_null(compared[1], negated=compared[2] != "=")
    found = re.search(rf"(?<![\w'-])[\w-]*\b{re.escape(name)}\b[\w-]*", _masked(code))
    word = same_word(found[0] if found else name, {word for _, _, word in _words(read)})
    if not word:
        return ""
    if f'"{name}"' in code:
        return f"Double quotes are for names of columns. Text stands in single quotes: {_quoted(word)}."
    bare = found[0] if found else name
    return f"{bare} has no quotes, so it is read as a column's name. Text stands in single quotes: {_quoted(word)}."


def _is_null(column: str, *, negated: bool) -> str:
    asked = f"the filled ones with `{column} is not null`" if negated else f"it with `{column} is null`"
    return f"An empty cell of {column} equals nothing, not even ''. Ask for {asked}."


def _several(code: str, read: Mapping[str, pd.DataFrame]) -> str:
    """Say how a column is compared with several words, where the text does it in another way."""
    columns = {str(column).lower() for frame in read.values() for column in frame.columns}
    known = {word for _, _, word in _words(read)}
    for match in _SEVERAL.finditer(code):
        column, sign, items = match[1], match[2].lower(), re.findall(_ITEM, match[3])
        if column.lower() not in columns or any(item.lower() in columns for item in items):
            continue
        words = [item if item.startswith("'") else _quoted(same_word(item, known) or item) for item in items]
        takes = "Brackets go around a list, quotes around its words" if "in" in sign else f"`{sign}` takes one value"
        return f"{takes}. Write {column} {'in' if sign in {'=', 'in'} else 'not in'} ({', '.join(words)})."
    return ""


def _is_later(first: str, second: str, read: Mapping[str, pd.DataFrame]) -> bool:
    """Whether in most rows of a table the first time is later than the second."""
    for frame in read.values():
        names = {str(column).lower(): column for column in frame.columns}
        if first.lower() in names and second.lower() in names:
            one, two = frame[names[first.lower()]], frame[names[second.lower()]]
            if one.dtype.kind == two.dtype.kind == "M":
                return bool((one > two).sum() > (one < two).sum())
    return False


def _literals(code: str) -> Iterator[tuple[str, str]]:
    """Yield each column that is compared with a text, in small letters, and the text."""
    for match in _COMPARED.finditer(code):
        yield match[1].lower(), _bare(match[3])
    for match in _LISTED.finditer(code):
        yield from ((match[1].lower(), _bare(text)) for text in re.findall(_TEXT, match[2]))


def _words(read: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Yield table, column (in small letters) and word, of each column that holds a few words."""
    for name, frame in read.items():
        for column in frame.columns:
            if frame[column].dtype.kind == "O":
                words = frame[column].dropna().unique()
                if len(words) <= FEW and all(isinstance(word, str) for word in words):
                    yield from ((name, str(column).lower(), word) for word in sorted(words))


def _mentioned(text: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    words = set(re.findall(r"\w+", text.lower()))
    return {name: frame for name, frame in tables.items() if name.lower() in words}


def _code(text: str) -> str:
    """Return a statement without its comments."""
    return re.sub(rf"({_TEXT})|--[^\n]*|/\*.*?\*/", lambda match: match[1] or " ", text, flags=re.DOTALL)


def _masked(code: str) -> str:
    """Return code with each text in quotes as ''."""
    return re.sub(_TEXT, "''", code)


def _bare(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _line(text: str) -> str:
    return " ".join(text.split())
