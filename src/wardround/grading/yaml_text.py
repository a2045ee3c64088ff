"""YAML read as nodes that know their lines; a fault in its syntax is told in one sentence that a beginner can act on.

Nothing can run, grow or hang: aliases, anchors and tags are refused, depth is bounded, nothing is constructed here.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from wardround.grading.faults import WrongForm
from wardround.grading.yaml_faults import shown, syntax_fault
from wardround.wording import same_word

DEPTH = 30
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, eq=False)
class YamlText:
    """A YAML text as its tree of nodes, which know their lines.

    Attributes:
        name: The file's name.
        top: The node of the whole text: a mapping.
        rows: Its lines, without their ends.
        first_line: How many lines of the file stand above the text.
    """

    name: str
    top: yaml.MappingNode
    rows: tuple[str, ...]
    first_line: int = 0

    def line(self, node: yaml.Node) -> int:
        """Return the line of the file in which a node begins, counted from 1."""
        return int(node.start_mark.line) + 1 + self.first_line

    def where(self, node: yaml.Node | None) -> str:
        """Return `note.yaml, line 3`; the file's name for its whole text."""
        return self.name if node is None or node is self.top else f"{self.name}, line {self.line(node)}"

    def row(self, node: yaml.Node) -> str:
        """Return the line in which a node begins, as it is written."""
        return self.rows[min(int(node.start_mark.line), len(self.rows) - 1)]


@lru_cache(maxsize=64)
def parse_yaml(text: str, name: str, first_line: int = 0) -> YamlText:
    """Read YAML whose top level is keys and values; raise WrongForm with file, line and remedy for any fault.

    Args:
        text: The text, its line ends made alike.
        name: The file's name, for the sentences.
        first_line: How many lines of the file stand above the text.
    """
    rows = tuple(text.split("\n"))
    try:
        node = _node_of(text, name, first_line)
    except yaml.YAMLError as error:
        raise WrongForm(syntax_fault(error, rows, name, first_line)) from None
    if node is None:
        raise WrongForm(f"{name} is empty. Write the keys that the brief shows.")
    if not isinstance(node, yaml.MappingNode):
        for number, row in enumerate(rows, start=1):
            if match := re.match(r"\s*([A-Za-z_]\w*):([^\s:/].*)", row):
                raise WrongForm(
                    f"{name}, line {number + first_line} (`{shown(row.strip())}`): a space is missing after the colon. "
                    f"Write `{match[1]}: {shown(match[2].strip())}`."
                )
        kind = "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
        raise WrongForm(f"{name} holds {kind} at its top; expected lines of `key: value`.")
    return YamlText(name, node, rows, first_line)


def repeated_keys(node: yaml.Node, *, item: bool = False) -> Iterator[tuple[bool, yaml.Node, yaml.Node]]:
    """Yield each key that stands twice in one mapping: whether it opens a list item, its first place, the next one."""
    if isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from repeated_keys(inner, item=True)
    if not isinstance(node, yaml.MappingNode):
        return
    first: dict[Hashable, yaml.Node] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in first:
                yield item and first[key.value] is node.value[0][0], first[key.value], key
            first.setdefault(key.value, key)
        yield from repeated_keys(value)


def repeated(tree: YamlText, opens: bool, first: yaml.Node, again: yaml.Node) -> str:
    """Say that a key stands twice; where it opens a list item, the next item has lost its `- `."""
    key, one_line = shown(first.value), tree.line(first) == tree.line(again)
    lines = f"line {tree.line(first)}" if one_line else f"lines {tree.line(first)} and {tree.line(again)}"
    lost = f"; if the next item of the list begins there, write `- {key}: …`" if opens and not one_line else ""
    remedy = f"Keep one{lost}"
    return f"{tree.name}: the key {key} stands twice ({lines}). {remedy}."


def child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return where a key or a list item stands (the key's node) and the node of its value; None if it is not there."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, value) for key, value in node.value if key.value == str(step)]
        if not pairs:  # a choice as a key, in other letters
            words = [str(key.value) for key, _ in node.value]
            alike = same_word(str(step), words)
            pairs = [(key, value) for key, value in node.value if key.value == alike]
        return pairs[-1] if pairs else None
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and -len(node.value) <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def is_empty(node: yaml.Node) -> bool:
    """Return whether a node is an empty value: nothing, `~`, `null` or two quotes with nothing between them."""
    return isinstance(node, yaml.ScalarNode) and (node.tag == NULL or not node.value.strip())


class _Loader(yaml.SafeLoader):
    """PyYAML's parser, which refuses what could grow while it reads."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        super().__init__(text)
        self.file, self.first_line, self.depth = name, first_line, 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a value; a time such as 8:30 is text, and not the number 510 that YAML 1.1 makes of it."""
        tag = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        sixty = kind is yaml.ScalarNode and tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"} and ":" in value
        return "tag:yaml.org,2002:str" if sixty else tag

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        where = f"{self.file}, line {event.start_mark.line + 1 + self.first_line}"
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise WrongForm(
                f"{where}: `&` and `*` (anchors and aliases) are not read. "
                "Write the value out, or put quotes around text that begins with one."
            )
        if event.tag:
            raise WrongForm(f"{where}: a word that begins with `!` is not read. Put quotes around it.")
        if isinstance(parent, yaml.MappingNode) and index is None and isinstance(event, yaml.CollectionStartEvent):
            raise WrongForm(
                f"{where}: a list or braces stand where a key is expected. Put quotes around text that begins with `[` "
                "or `{`, and write keys as `key: value`."
            )
        if self.depth > DEPTH:
            raise WrongForm(f"{where} is nested too deeply. Write only as many levels as the brief shows.")
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _node_of(text: str, name: str, first_line: int) -> yaml.Node | None:
    loader: Any = _Loader(text, name, first_line)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node
