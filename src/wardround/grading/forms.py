"""Answers with a form: nested YAML, read into typed values that know their lines.

A check says what it needs as a class, and reads the file with the `document` fixture::

    class Step(Form):
        id: Text
        actor: Literal["ai", "human"]
        next: list[Text] = []
        time_limit_min: Positive | None = None

    class Workflow(Form):
        title: Text
        steps: Annotated[list[Step], Field(min_length=2)]

    form = document("workflow.yaml", Workflow)                # others=True lets other checks' keys stand beside these
    form.steps[3].actor                                       # a plain value: "ai"
    form.where("steps", 3, "next")                            # "workflow.yaml, line 41", for your own sentences
    form.steps[3].where("next")                               # the same

Whatever is wrong raises WrongForm: the first three faults of the file, each in its own sentence with its line and what
to write. While a value begins with TODO, Waiting is raised, whatever else is wrong.

A value is taken as it is written and then read as what the field wants. So `no`, `08:30`, `2026-11-22` and `1.10` are
text for a Text field, `yes` is true for a bool, and `"0.2"` is a number for a float; in `float | Text` all is text. A
word of a Literal may differ in its case, and in its spaces, hyphens and underscores: `AI` is `ai` for the check. A key
without a value counts as left out where the field has a default.

A key that Python cannot use as a name, or that a form has as a method (`where`, `copy`, `json`), gets an alias:
`from_: Text = Field(alias="from")`. A rule of your own is a `field_validator` or `model_validator` that raises
ValueError with a whole sentence; the file and line are put before it. `Annotated[str, Field(pattern=r"S-\\d+"),
Reads("an id such as S-12")]` says what to write where pydantic could only show the pattern.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wardround.grading.documents import read_text
from wardround.grading.faults import Waiting, WrongForm
from wardround.grading.form_faults import Fault, faults_of, first_faults, glued
from wardround.grading.kinds import Reads, as_meant, keys_of, kind_of_field
from wardround.grading.yaml_text import NULL, YamlText, child, parse_yaml, repeated, repeated_keys

__all__ = ["Clock", "Count", "Form", "Positive", "Reads", "Share", "Text", "read_form"]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]


def _clock(text: str) -> str:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not match:
        raise PydanticCustomError("clock", "no time of day")
    return f"{int(match[1]):02d}:{match[2]}"


Clock = Annotated[str, AfterValidator(_clock), Reads("a time of day as hours and minutes, such as 08:30")]


@dataclass(frozen=True)
class _Place:
    """Where a form stands. All places are equal, so that forms are compared by their values."""

    tree: YamlText = field(compare=False)
    node: yaml.Node = field(compare=False)


class Form(BaseModel):
    """The keys that an answer, or an item of one of its lists, has. Subclass it; see the module's example."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True, populate_by_name=True
    )
    _place: _Place | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _as_meant(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        optional = {f.alias or name for name, f in cls.model_fields.items() if not f.is_required()}
        kinds = keys_of(cls)
        return {
            key: as_meant(value, kinds[key]) if key in kinds else value
            for key, value in data.items()
            if value is not None or key not in optional
        }

    @classmethod
    def __pydantic_init_subclass__(cls, **settings: Any) -> None:
        """Tell an author at once of a field that no answer could fill."""
        super().__pydantic_init_subclass__(**settings)
        for info in cls.model_fields.values():
            kind_of_field(info)

    def where(self, *path: str | int) -> str:
        """Return file and line of a key or list item: `form.where("steps", 3, "next")`.

        Args:
            path: Keys as they stand in the file (or the fields' names), and indexes from 0. What is not there, such as
                a key that was left out, gets the line of the nearest thing around it that is.
        """
        if self._place is None:
            return type(self).__name__
        tree, node = self._place.tree, self._place.node
        at: yaml.Node = node
        here: Any = self
        for step in path:
            key, here = _step(here, step)
            found = child(node, key)
            if found is None:
                break
            at, node = found
        return tree.where(at)


F = TypeVar("F", bound=Form)


def read_form(path: Path, form: type[F], *, others: bool = False) -> F:
    """Read a YAML answer as a form; raise WrongForm for the first faults, Waiting while a TODO stands.

    Args:
        path: The file.
        form: What the check needs.
        others: Whether top-level keys that the form does not have may stand there; they are not looked at.
    """
    form.model_rebuild()  # names of forms that the check file defines further down
    tree = parse_yaml(read_text(path), path.name)
    keys = set(keys_of(form))
    pairs = [(key, value) for key, value in tree.top.value if not others or key.value in keys]
    todos = [todo for key, value in pairs if key.value in keys for todo in _todos(value, str(key.value))]
    if todos:
        label, node = todos[0]
        more = f" (and {len(todos) - 1} more)" if len(todos) > 1 else ""
        raise Waiting(f"{tree.name} still says TODO for {label} (line {tree.line(node)}){more}")
    faults = [Fault(twice[-1].start_mark.index, repeated(tree, *twice)) for twice in repeated_keys(tree.top)]
    faults += [fault for key, node in pairs if key.value in keys for fault in glued(tree, node)]
    try:
        value = form.model_validate({str(key.value): plain(node) for key, node in pairs})
    except ValidationError as error:
        faults += faults_of(error, tree, form)
    if faults:
        raise WrongForm(first_faults(faults, tree.name))
    _settle(value, tree, tree.top)
    return value


def plain(node: yaml.Node) -> Any:
    """Return a node as lists and dicts of texts as they are written; None for an empty value."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    return None if node.tag == NULL else str(node.value)


def _todos(node: yaml.Node, label: str) -> Iterator[tuple[str, yaml.Node]]:
    """Yield each value that begins with TODO: how a person finds it, and its node."""
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, start=1):
            yield from _todos(item, f"{label} {number}")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _todos(key, label) if isinstance(key, yaml.ScalarNode) else ()
            yield from _todos(value, f"{label} › {key.value}")
    elif re.match(r"TODO\b", str(node.value).strip()):
        yield label, node


def _step(here: Any, step: str | int) -> tuple[str | int, Any]:
    """Return a step of a path as the file has it (a field's alias), and the value there, None if there is none."""
    if isinstance(here, Form) and isinstance(step, str):
        fields = type(here).model_fields
        name = next((name for name, field in fields.items() if step in {name, field.alias}), None)
        return (fields[name].alias or name, getattr(here, name)) if name else (step, None)
    if isinstance(here, Sequence) and isinstance(step, int):
        return step, here[step] if -len(here) <= step < len(here) else None
    return step, here.get(step) if isinstance(here, dict) else None


def _settle(value: Any, tree: YamlText, node: yaml.Node) -> None:
    """Tell a form, and all forms inside it, where they stand."""
    if isinstance(value, Form):
        value._place = _Place(tree, node)
        for name, info in type(value).model_fields.items():
            if found := child(node, info.alias or name):
                _settle(getattr(value, name), tree, found[1])
    elif isinstance(value, list | tuple) and isinstance(node, yaml.SequenceNode):
        for item, inner in zip(value, node.value, strict=False):
            _settle(item, tree, inner)
    elif isinstance(value, dict) and isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            _settle(value.get(key.value), tree, inner)
