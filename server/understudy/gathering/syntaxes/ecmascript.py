"""TypeScript and JavaScript."""

from __future__ import annotations

from understudy.gathering.syntaxes import STRINGS, Binding, Syntax

_COMMON = (
    "apply bind call catch concat constructor entries every fill filter finally find findIndex flat"
    " flatMap forEach get has includes indexOf join keys length map match matchAll message name next"
    " pop push reduce replace reverse set shift slice some sort splice split startsWith endsWith test"
    " then toFixed toLowerCase toString toUpperCase trim unshift value values"
)
_WHOLE = r"^(?:exports\s*=\s*)?(?:module\.exports|export)\s*=(?:\s*exports\s*=)?"
_NAMELESS = (
    r"^(?:exports\s*=\s*)?module\.(exports)\s*=(?:\s*exports\s*=)?"
    r"\s*(?:async\b|function\b|class\s*(?:\{|extends\b)|\(|[\w$]+\s*=>)"
)
"""A function or a class that is offered where it is written; a function's own name counts only in it."""

SYNTAX = Syntax(
    id="ecmascript",
    languages=("typescript", "typescriptreact", "javascript", "javascriptreact"),
    names=frozenset(
        {
            *("identifier", "type_identifier", "property_identifier"),
            *("shorthand_property_identifier", "private_property_identifier"),
            "shorthand_property_identifier_pattern",
        }
    ),
    members={
        "member_expression": ("object", "property"),
        "nested_type_identifier": ("module", "name"),
        "nested_identifier": ("object", "property"),
    },
    calls={"call_expression": "function", "new_expression": "constructor"},
    transparent=frozenset(
        {
            *("parenthesized_expression", "await_expression", "non_null_expression"),
            *("as_expression", "satisfies_expression"),
        }
    ),
    labels={
        "method_definition": "name",
        "public_field_definition": "name",
        "pair": "key",
        "function_declaration": "name",
        "class_declaration": "name",
    },
    patterns=frozenset({"object_pattern", "pair_pattern", "object_assignment_pattern"}),
    own=frozenset({"this"}),
    above=frozenset({"super"}),
    bindings={
        "required_parameter": Binding("pattern", "type", "value"),
        "optional_parameter": Binding("pattern", "type", "value"),
        "variable_declarator": Binding("name", "type", "value"),
        "for_in_statement": Binding("left", value="right"),
        "arrow_function": Binding("parameter"),
        "catch_clause": Binding("parameter", "type"),
    },
    importing=frozenset({"require"}),
    keyed=True,
    exported=(
        rf"{_NAMELESS}|(?:^export\s+default\s|{_WHOLE})\s*"
        r"(?:(?:abstract|async|class|function\*?|interface|enum|new)\s+)*"
        r"(?!(?:async|class|function|extends)\b)([A-Za-z_$][\w$]*)"
    ),
    exported_whole=rf"{_WHOLE}\s*([A-Za-z_$(])",
    common=frozenset(_COMMON.split()),
    strings=(*STRINGS, r"`(?:[^`\\]++|\\[\s\S])*+`?"),
)
