"""C and C++."""

from __future__ import annotations

from understudy.gathering.syntaxes import Binding, Syntax

_COMMON = (
    "at back begin c_str clear data emplace_back empty end erase find first front get insert length"
    " pop_back push_back reset resize second size str swap value"
)

SYNTAX = Syntax(
    id="c_family",
    languages=("c", "cpp"),
    names=frozenset({"identifier", "type_identifier", "field_identifier", "namespace_identifier"}),
    members={
        "field_expression": ("argument", "field"),
        "qualified_identifier": ("scope", "name"),
    },
    calls={"call_expression": "function", "new_expression": "type"},
    transparent=frozenset(
        {"parenthesized_expression", "pointer_expression", "template_type", "template_function"}
    ),
    own=frozenset({"this"}),
    bindings={
        "parameter_declaration": Binding("declarator", "type"),
        "declaration": Binding("declarator", "type"),
        "init_declarator": Binding("declarator", value="value"),
        "for_range_loop": Binding("declarator", "type", "right"),
    },
    type_first=True,
    bare_members=True,
    common=frozenset(_COMMON.split()),
)
