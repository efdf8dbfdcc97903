"""What functions and classes of a workspace can be called with, read from their text."""

from __future__ import annotations

import builtins
import inspect
from dataclasses import dataclass
from sys import getsizeof
from typing import TYPE_CHECKING

from understudy.context.members import class_facts
from understudy.context.syntax import captures, parents, parse, query
from understudy.core.bounded_cache import bounded_cache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_KEPT_BYTES = 4_000_000
"""How long the texts may be, in memory, whose signatures are remembered."""

_FUNCTIONS = "(function_definition name: (identifier) @name)"
_PARAMETERS = ("identifier", "typed_parameter", "default_parameter", "typed_default_parameter")
_CLASSES = "(class_definition name: (identifier) @name)"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a call may give.

    Attributes:
        keywords: the names that it may use as keywords.
        open: whether it takes any keyword (`**rest`).
        most: how many arguments without a keyword it takes; None when any number, or unknown.
        least: how many arguments it needs.
    """

    keywords: tuple[str, ...]
    open: bool
    most: int | None = None
    least: int = 0


@bounded_cache(_KEPT_BYTES, lambda _found, text, _name: getsizeof(text))
def signatures(text: str, name: str) -> tuple[Signature, ...]:
    """Every function, method and class of this name in a text."""
    source = parse(text)
    found = [
        _of_function(source, node.parent)
        for node in captures(query(_FUNCTIONS), source.root).get("name", ())
        if node.parent is not None and source.word(node) == name
    ]
    for node in captures(query(_CLASSES), source.root).get("name", ()):
        if node.parent is not None and source.word(node) == name:
            found += _of_class(source, node.parent)
    return tuple(found)


def builtin_keywords(name: str) -> tuple[str, ...]:
    """What a builtin function takes as keywords; empty when there is none, or it does not tell."""
    function = getattr(builtins, name, None)
    try:
        parameters = inspect.signature(function).parameters if callable(function) else {}
    except (TypeError, ValueError):
        return ()
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return tuple(each for each, parameter in parameters.items() if parameter.kind in kinds)


def called_name(call: Node, source: Source) -> str:
    """The last part of what a call calls: `g` in `f.g(1)`; empty for anything else."""
    function = call.child_by_field_name("function")
    if function is not None and function.type == "attribute":
        function = function.child_by_field_name("attribute")
    return source.word(function) if function is not None and function.type == "identifier" else ""


def _of_function(source: Source, function: Node) -> Signature:
    parameters = function.child_by_field_name("parameters")
    keywords: list[str] = []
    is_open = False
    for node in parameters.named_children if parameters is not None else ():
        if node.type == "positional_separator":
            keywords.clear()
        is_open |= "dictionary_splat_pattern" in (node.type, *(c.type for c in node.named_children))
        keywords += _keyword(source, node)
    is_method = keywords[:1] in (["self"], ["cls"]) and _in_class(function)
    if is_method:
        del keywords[0]
    most, least = _counts(parameters.named_children if parameters is not None else ())
    return Signature(
        tuple(keywords),
        is_open,
        most if most is None else most - is_method,
        max(0, least - is_method),
    )


def _counts(parameters: Sequence[Node]) -> tuple[int | None, int]:
    """`(most, least)` of the arguments that fit; `*rest` lets any number through."""
    most = least = 0
    for node in parameters:
        kinds = {node.type, *(child.type for child in node.named_children[:1])}
        if "list_splat_pattern" in kinds:
            return None, least
        if node.type == "keyword_separator" or "dictionary_splat_pattern" in kinds:
            break
        if node.type in ("identifier", "typed_parameter"):
            least += 1
        most += node.type in _PARAMETERS
    return most, least


def _keyword(source: Source, parameter: Node) -> Iterator[str]:
    if parameter.type == "identifier":
        yield source.word(parameter)
    elif parameter.type in ("default_parameter", "typed_default_parameter"):
        name = parameter.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            yield source.word(name)
    elif parameter.type == "typed_parameter":
        name = parameter.named_children[0]
        if name.type == "identifier":
            yield source.word(name)


def _in_class(function: Node) -> bool:
    return any(node.type == "class_definition" for node in parents(function))


def _of_class(source: Source, node: Node) -> Iterator[Signature]:
    """A class is called as its `__init__`; one without it takes its fields, as dataclasses do."""
    body = node.child_by_field_name("body")
    for name in captures(query(_FUNCTIONS), body).get("name", ()) if body is not None else ():
        if source.word(name) == "__init__" and name.parent is not None:
            yield _of_function(source, name.parent)
            return
    named = node.child_by_field_name("name")
    facts = class_facts(source.text, source.word(named)) if named is not None else None
    yield Signature(tuple(sorted(facts.names)) if facts is not None else (), open=False)
