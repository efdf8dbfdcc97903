"""Rust."""

from __future__ import annotations

from understudy.gathering.syntaxes import Binding, Syntax

_COMMON = (
    "as_mut as_ref as_str borrow clone cloned cmp collect contains default drop eq err expect extend"
    " filter first fmt from get get_mut insert into into_iter is_empty is_none is_some iter iter_mut"
    " len lock map map_err new next ok or_else pop push read remove send some to_owned to_string"
    " unwrap unwrap_or write"
)

SYNTAX = Syntax(
    id="rust",
    languages=("rust",),
    names=frozenset({"identifier", "type_identifier", "field_identifier"}),
    members={
        "field_expression": ("value", "field"),
        "scoped_identifier": ("path", "name"),
        "scoped_type_identifier": ("path", "name"),
    },
    calls={"call_expression": "function", "struct_expression": "name", "macro_invocation": "macro"},
    transparent=frozenset(
        {
            *("parenthesized_expression", "await_expression", "try_expression"),
            *("reference_expression", "generic_function", "generic_type", "reference_type"),
        }
    ),
    labels={"function_item": "name"},
    tokens="token_tree",
    own=frozenset({"self", "Self"}),
    roots=frozenset({"crate", "super", "self"}),
    outer="super",
    bindings={
        "parameter": Binding("pattern", "type"),
        "let_declaration": Binding("pattern", "type", "value"),
        "for_expression": Binding("pattern", value="value"),
        "let_condition": Binding("pattern", value="value"),
    },
    common=frozenset(_COMMON.split()),
    # A lone `'` begins the name of a lifetime.
    strings=(r'"(?:[^"\\]++|\\[\s\S])*+"?', r"'(?:\\[^'\n]{1,10}|[^'\\\n])'"),
)
