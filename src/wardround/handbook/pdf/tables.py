"""Tables: widths from what the cells hold, heads that repeat, cells that span."""

from dataclasses import dataclass
from math import sqrt

from docutils import nodes

from wardround.handbook.pdf.markup import array, boolean
from wardround.handbook.pdf.writer import Writer

# About how many characters fit between the margins at each size (points), less the space between columns.
_SIZES = ((9.0, 88), (8.3, 96), (7.6, 106), (7.0, 116))
_SHORT = 900  # characters: a table of less stays on one page
_LONG_CELL = 1200  # characters: a row with such a cell may break over two pages
_GAP = 3  # characters that a column's own white space costs


@dataclass
class Column:
    """What a column holds, in characters: its longest cell, its longest word, all cells together."""

    longest_cell: int = 1
    longest_word: int = 1
    all_cells: int = 0

    @property
    def least(self) -> int:
        """The width at which no word of the column must be broken."""
        return self.longest_word + _GAP

    @property
    def wanted(self) -> float:
        """The width that reads well: one line for a short cell, more for more text."""
        return max(self.least, min(self.longest_cell, 4 * sqrt(self.all_cells)) + _GAP)


class Tables(Writer):
    """Visitors for tables."""

    def visit_table(self, node: nodes.Element) -> None:
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        group = next(child for child in node.children if isinstance(child, nodes.tgroup))
        anchor = self.anchor(node)
        caption = self.render(title.children) if title is not None else ""
        data = self._data(node, group)
        number = self.number_of(node, "table") if title is not None else ""
        whole = f"whole: {boolean(len(node.astext()) < _SHORT)}"
        if title is None:
            self.out(f"#spaced({whole})[{anchor}{data}]\n\n")
        else:
            self.out(f"#tabled([{number}], [{caption}], {whole})[{anchor}{data}]\n\n")
        raise nodes.SkipNode

    def _data(self, table: nodes.Element, group: nodes.Element) -> str:
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        head = [row for part in group.children if isinstance(part, nodes.thead) for row in part.children]
        body = [row for part in group.children if isinstance(part, nodes.tbody) for row in part.children]
        columns = measure(len(specs), [*head, *body])
        given = "colwidths-given" in table.get("classes", [])
        asked = [spec.get("colwidth", 1) for spec in specs] if given else None
        size, room = size_and_room(columns)
        shares = widths(columns, room, asked)
        stubs = {index for index, spec in enumerate(specs) if spec.get("stub")}
        cells = [f"table.header({''.join(self._row(row, set()) for row in head)}),\n"] if head else []
        cells += [self._row(row, stubs) for row in body]
        rows_break = any(len(entry.astext()) > _LONG_CELL for entry in group.findall(nodes.entry))
        hyphenate = not words_fit(columns, room, asked)
        options = f"{size}pt, {len(head)}, rows-break: {boolean(rows_break)}, hyphenate: {boolean(hyphenate)}"
        return f"#grid-of-data({shares}, {options},\n{''.join(cells)})"

    def _row(self, row: nodes.Node, stubs: set[int]) -> str:
        return "".join(
            self._cell(entry, index in stubs)
            for index, entry in enumerate(row.children)
            if isinstance(entry, nodes.entry)
        )

    def _cell(self, entry: nodes.entry, stub: bool) -> str:
        classes: list[str] = entry.get("classes", [])
        align = next((side for side in ("right", "center") if f"text-{side}" in classes), "")
        options = [f"align: {align} + top"] if align else []
        options += [f"colspan: {entry['morecols'] + 1}"] if entry.get("morecols") else []
        options += [f"rowspan: {entry['morerows'] + 1}"] if entry.get("morerows") else []
        inside = self.render(entry.children)
        shown = f"#strong[{inside}]" if stub else inside
        return f"table.cell({', '.join(options)})[{shown}],\n" if options else f"[{shown}],\n"


def measure(count: int, rows: list[nodes.Node]) -> list[Column]:
    """What each of `count` columns holds. Cells that span columns tell nothing about a single one."""
    columns = [Column() for _ in range(count)]
    taken: dict[int, int] = {}  # column -> rows that a cell from above still reaches into
    for row in rows:
        index = 0
        for entry in (child for child in row.children if isinstance(child, nodes.Element)):
            while taken.get(index, 0) > 0:
                taken[index] -= 1
                index += 1
            span = entry.get("morecols", 0) + 1
            for covered in range(index, index + span):
                taken[covered] = entry.get("morerows", 0)
            if span == 1 and index < count:
                _add(columns[index], entry.astext())
            index += span
    return columns


def _add(column: Column, cell: str) -> None:
    column.longest_cell = max(column.longest_cell, *(len(line) for line in cell.split("\n\n")))
    column.longest_word = max(column.longest_word, *(min(len(word), 24) for word in cell.split() or [""]))
    column.all_cells += len(cell)


def widths(columns: list[Column], room: int, given: list[int] | None) -> str:
    """The columns' widths in Typst: as the page asks, else natural if everything fits, else shares of the line."""
    if given is not None:
        return array([f"{width}fr" for width in given])
    if sum(column.longest_cell + _GAP for column in columns) <= room:
        return array(["auto"] * len(columns))
    least, wanted = sum(column.least for column in columns), sum(column.wanted for column in columns)
    ease = min(1.0, max(0.0, (room - least) / (wanted - least))) if wanted > least else 0.0
    shares = [column.least + ease * (column.wanted - column.least) for column in columns]
    if ease == 1:  # there is room to spare: who holds more text gets more of it
        spare = (room - wanted) / sum(column.all_cells or 1 for column in columns)
        shares = [share + spare * column.all_cells for share, column in zip(shares, columns, strict=True)]
    return array([f"{share:.1f}fr" for share in shares])


def words_fit(columns: list[Column], room: int, given: list[int] | None) -> bool:
    """Is every column wide enough for its longest word? Only then no word need be hyphenated."""
    if given is None:
        return sum(column.least for column in columns) <= room
    return all(column.least <= room * width / sum(given) for column, width in zip(columns, given, strict=True))


def size_and_room(columns: list[Column]) -> tuple[float, int]:
    """The largest size in points at which no word must be broken, and how many characters fit on a line in it."""
    needed = sum(column.least for column in columns)
    return next(((size, room) for size, room in _SIZES if needed <= room), _SIZES[-1])
