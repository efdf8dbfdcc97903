"""Java."""

from __future__ import annotations

from understudy.gathering.syntaxes import Binding, Syntax

_COMMON = (
    "add addAll build clear close compareTo contains containsKey entrySet equals filter forEach get"
    " getClass getKey getMessage getName getValue hashCode isEmpty iterator keySet length map of put"
    " remove size stream toString values valueOf"
)

SYNTAX = Syntax(
    id="java",
    languages=("java",),
    names=frozenset({"identifier", "type_identifier"}),
    members={
        "field_access": ("object", "field"),
        "method_invocation": ("object", "name"),
    },
    calls={"object_creation_expression": "type", "method_invocation": ""},
    transparent=frozenset({"parenthesized_expression", "generic_type"}),
    labels={"method_declaration": "name", "constructor_declaration": "name"},
    own=frozenset({"this"}),
    above=frozenset({"super"}),
    bindings={
        "formal_parameter": Binding("name", "type"),
        "local_variable_declaration": Binding("declarator", "type"),
        "variable_declarator": Binding("name", value="value"),
        "enhanced_for_statement": Binding("name", "type"),
        "resource": Binding("name", "type"),
    },
    type_first=True,
    bare_members=True,
    common=frozenset(_COMMON.split()),
)
