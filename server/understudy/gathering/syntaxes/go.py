"""Go."""

from __future__ import annotations

from understudy.gathering.syntaxes import STRINGS, Binding, Syntax

SYNTAX = Syntax(
    id="go",
    languages=("go",),
    names=frozenset({"identifier", "type_identifier", "field_identifier", "package_identifier"}),
    members={"selector_expression": ("operand", "field"), "qualified_type": ("package", "name")},
    calls={"call_expression": "function", "composite_literal": "type"},
    transparent=frozenset(
        {"parenthesized_expression", "unary_expression", "pointer_type", "expression_list"}
    ),
    labels={"function_declaration": "name", "method_declaration": "name"},
    bindings={
        "parameter_declaration": Binding("name", "type"),
        "short_var_declaration": Binding("left", value="right"),
        "var_spec": Binding("name", "type", "value"),
        "const_spec": Binding("name", "type", "value"),
        "range_clause": Binding("left", value="right"),
    },
    common=frozenset({"Error", "String", "Len", "Less", "Swap", "Close", "Read", "Write"}),
    strings=(*STRINGS, r"`[^`]*+`?"),
)
