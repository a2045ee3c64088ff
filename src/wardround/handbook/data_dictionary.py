"""The `data-dictionary` directive: every public table of the virtual hospital, as sections that fit a phone."""

from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from wardround.hospital import dictionary
from wardround.hospital.dictionary import Column, DictionaryError, TableInfo

logger = logging.getLogger(__name__)


class DataDictionaryDirective(SphinxDirective):
    """```{data-dictionary}```: a section per group, in it a section per table."""

    def run(self) -> list[nodes.Node]:
        """Return the parsed sections, or a warning that says what is wrong in the dictionary."""
        for file in (__file__, dictionary.__file__, dictionary.PACKAGED):
            self.env.note_dependency(str(Path(file)))
        try:
            text = markdown(dictionary.tables())
        except DictionaryError as error:
            logger.warning("%s", error, location=self.get_location())
            return []
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def markdown(tables: tuple[TableInfo, ...]) -> str:
    """The tables as MyST; headings begin at level two."""
    groups = groupby(tables, key=lambda table: table.part)
    return "\n\n".join(f"## {part}\n\n" + "\n\n".join(_section(table) for table in group) for part, group in groups)


def _section(table: TableInfo) -> str:
    lines = [
        f"(table-{table.name.replace('_', '-')})=",
        f"### {table.name}",
        "",
        f"Rows: {table.rows}. {table.about}",
        "",
    ]
    if table.like:
        lines += [f"Columns: those of [{table.like}](#table-{table.like.replace('_', '-')}).", ""]
    else:
        lines += [f"{_head(column)}\n: {_body(column)}\n" for column in table.columns]
    if table.traps:
        lines += ["Watch out:", "", *(f"- {trap}" for trap in table.traps)]
    return "\n".join(lines)


def _label(table: str) -> str:
    return f"table-{table.replace('_', '-')}"


def _head(column: Column) -> str:
    words = [column.type, *([column.unit] if column.unit else [])]
    words += ["may be empty"] if column.missing else []
    return f"`{column.name}` ({', '.join(words)})"


def _body(column: Column) -> str:
    words = [column.means]
    if column.values:
        values = ("no text" if value == "" else f"`{value}`" for value in column.values)
        words.append(f"One of {', '.join(values)}.")
    if column.key:
        words.append("Names the row.")
    if column.leads_to:
        words.append(f"As in `{column.leads_to}`.")
    return " ".join(words)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("data-dictionary", DataDictionaryDirective)
