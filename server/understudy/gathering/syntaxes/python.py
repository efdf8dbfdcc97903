"""Python."""

from __future__ import annotations

from understudy.gathering.syntaxes import FIRST, STRINGS, Binding, Syntax

SYNTAX = Syntax(
    id="python",
    languages=("python",),
    names=frozenset({"identifier"}),
    members={"attribute": ("object", "attribute")},
    calls={"call": "function"},
    transparent=frozenset({"parenthesized_expression", "await"}),
    labels={
        "keyword_argument": "name",
        "function_definition": "name",
        "class_definition": "name",
    },
    own=frozenset({"self", "cls"}),
    above=frozenset({"super"}),
    bindings={
        "typed_parameter": Binding(FIRST, "type"),
        "typed_default_parameter": Binding("name", "type"),
        "default_parameter": Binding("name", value="value"),
        "parameters": Binding(FIRST),
        "assignment": Binding("left", "type", "right"),
        "named_expression": Binding("name", value="value"),
        "for_statement": Binding("left", value="right"),
        "for_in_clause": Binding("left", value="right"),
        "as_pattern": Binding("alias", value=FIRST),
    },
    common=frozenset(
        name
        for kind in (str, bytes, list, dict, set, frozenset, tuple, int, float)
        for name in dir(kind)
    ),
    strings=(r'"""[\s\S]*?(?:"""|\Z)', r"'''[\s\S]*?(?:'''|\Z)", *STRINGS),
)
