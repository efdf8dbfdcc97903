"""Plain JSON as the classes of `understudy.lsp.extensions` and the like."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from understudy.core.failures import BadRequestError
from understudy.lsp.complaints import complaints
from understudy.lsp.naming import camel

T = TypeVar("T")


def structured(kind: type[T], method: str, value: Any) -> T:
    """Plain JSON as one of these classes.

    Raises:
        BadRequestError: names the method, the place within the value, and what is wrong.
    """
    if not isinstance(value, dict):
        raise BadRequestError(f"`{method}` takes one object.")
    try:
        return _converter().structure(value, kind)
    except (cattrs.BaseValidationError, ValueError, TypeError) as failure:
        raise BadRequestError(f"{complaints(failure, method)}.") from None


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    for plain in (int, str, bool):
        converter.register_structure_hook(plain, _strict)
    converter.register_structure_hook_func(
        lambda kind: kind == list[Any], lambda value, _: _strict(value, list)
    )
    converter.register_structure_hook_factory(attrs.has, _camel_case(converter))
    return converter


def _strict(value: Any, kind: type[Any]) -> Any:
    """No guessing: `"5"` is no number, and `true` neither."""
    if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
        return value
    raise TypeError(f"expected {kind.__name__}, not {type(value).__name__}")


def _camel_case(converter: cattrs.Converter) -> Any:
    def make(kind: type[Any]) -> Any:
        # The classes are annotated with names, because annotations are not evaluated here.
        fields = attrs.fields(attrs.resolve_types(kind))
        renamed: Any = {field.name: override(rename=camel(field.name)) for field in fields}
        return make_dict_structure_fn(kind, converter, **renamed)

    return make
