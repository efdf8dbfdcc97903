"""How tables of the configuration are described and checked, whatever they hold."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo  # noqa: TC002 (part of annotations that pydantic may read)
from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


@dataclass(frozen=True, slots=True)
class Described:
    """What a field takes, where its type does not say it; `secret`: a reference to a secret."""

    text: str
    secret: bool = False


class Table(BaseModel):
    """A table of the configuration."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        validate_assignment=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed set of words."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema) | {"enum": list(self.values)}

    def _checked(self, word: str) -> str:
        if word not in self.values:
            raise ValueError("this is none of them")
        return word


def spellings(table: type[Table]) -> dict[str, str]:
    """Every way to write the keys of a table, each with the field that it means."""
    names = {name: name for name in table.model_fields}
    return {to_camel(name): name for name in names} | names


def table_of(field: FieldInfo) -> type[Table] | None:
    """The table that a field holds; None for a value and for a mapping."""
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, Table) else None


def entry_of(field: FieldInfo) -> Any:
    """What a mapping with free keys holds under each key; None for any other field."""
    return get_args(field.annotation)[1] if get_origin(field.annotation) is dict else None


def entry_table(field: FieldInfo) -> type[Table] | None:
    """The table that a mapping with free keys holds under each key; None for any other field."""
    entry = entry_of(field)
    return entry if isinstance(entry, type) and issubclass(entry, Table) else None


_KINDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a string",
    list: "a list of strings",
}


def accepts(field: FieldInfo) -> str:
    """What a field takes, for people: `a number from 0 to 1`. Of a mapping: what it holds."""
    kind, metadata = _value_of(field)
    words = choices(field)
    if words:
        is_list = get_origin(kind) is list
        return f"a list of {_series(words, 'and')}" if is_list else _series(words, "or")
    described = next((item.text for item in metadata if isinstance(item, Described)), "")
    if described:
        return described
    limits = bounds(field)
    text = _KINDS.get(get_origin(kind) or kind, "a table")
    return f"{text} from {limits[0]:.10g} to {limits[1]:.10g}" if limits else text


def choices(field: FieldInfo) -> tuple[str, ...]:
    """The words that a field takes, or that the list or the mapping in it holds; empty: any."""
    kind, metadata = _value_of(field)
    if get_origin(kind) is list:
        metadata = _taken_apart(get_args(kind)[0])[1]
    return next((item.values for item in metadata if isinstance(item, Choice)), ())


def bounds(field: FieldInfo) -> tuple[float, float] | None:
    """The smallest and the largest value of a number; None for everything else."""
    metadata = _value_of(field)[1]
    low = next((item.ge for item in metadata if hasattr(item, "ge")), None)
    high = next((item.le for item in metadata if hasattr(item, "le")), None)
    return None if low is None or high is None else (low, high)


def kind_of(field: FieldInfo) -> Any:
    """The type of a field's value, or of the values of the mapping in it, without annotations."""
    return _value_of(field)[0]


def is_reference(field: FieldInfo) -> bool:
    """Whether a field holds a reference to a secret."""
    return any(isinstance(item, Described) and item.secret for item in field.metadata)


def _value_of(field: FieldInfo) -> tuple[Any, list[Any]]:
    if get_origin(field.annotation) is dict:
        return _taken_apart(entry_of(field))
    bare, inner = _taken_apart(field.annotation)
    return bare, [*field.metadata, *inner]


def _taken_apart(kind: Any) -> tuple[Any, list[Any]]:
    """A type without its annotations and without `None`, and the annotations."""
    options = [option for option in get_args(kind) if option is not type(None)]
    if get_origin(kind) in {Union, UnionType} and len(options) == 1:
        return _taken_apart(options[0])
    if get_origin(kind) is Annotated:
        bare, *metadata = get_args(kind)
        # A `Field(ge=…)` inside holds its limits as annotations of its own.
        return bare, [each for item in metadata for each in getattr(item, "metadata", [item])]
    return kind, []


def _series(words: tuple[str, ...], last: str) -> str:
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
