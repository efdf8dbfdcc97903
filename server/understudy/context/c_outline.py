"""What C and C++ have in common, and what C++ adds.

A query knows no recursion, so pointers to pointers are spelled out to the depth that occurs.
"""

from __future__ import annotations

from understudy.context.outline import Outline


def _deep(*patterns: str) -> str:
    """An alternation: each pattern itself, and behind one or two `*`."""
    once = [f"(pointer_declarator declarator: {pattern})" for pattern in patterns]
    twice = [f"(pointer_declarator declarator: {pattern})" for pattern in once]
    return f"[{' '.join((*patterns, *once, *twice))}]"


_FUNCTION = _deep("(function_declarator declarator: (identifier) @name)")
_GLOBAL = _deep("(identifier) @name", "(array_declarator declarator: (identifier) @name)")
_FIELD = _deep(
    "(field_identifier) @name", "(array_declarator declarator: (field_identifier) @name)"
)
_BEHIND_POINTER = """(function_declarator declarator: (parenthesized_declarator
  (pointer_declarator declarator: ({kind}) @name)))"""

_TAGGED = "".join(
    f"""
({kind} name: (_) @name body: (_) @body) @class
(type_definition type: ({kind} !name body: (_) @body) declarator: (type_identifier) @name) @class
"""
    for kind in ("struct_specifier", "union_specifier", "enum_specifier")
)

_GLOBALS = "".join(
    f"""
({around} (declaration declarator: {_GLOBAL}) @variable.outer)
({around} (declaration declarator: (init_declarator declarator: {_GLOBAL})) @variable.outer)
"""
    for around in ("translation_unit", "preproc_ifdef", "preproc_if", "preproc_else")
)

_BOTH = f"""
(function_definition declarator: {_FUNCTION} body: (_) @body) @function
(declaration declarator: {_FUNCTION}) @function.outer
(field_declaration declarator: {_FIELD}) @field
(field_declaration declarator: {_BEHIND_POINTER.format(kind="field_identifier")}) @field
(enumerator name: (_) @name) @constant
(type_definition declarator: {_deep("(type_identifier) @name")}) @type
(type_definition declarator: {_BEHIND_POINTER.format(kind="type_identifier")}) @type
(preproc_def name: (_) @name) @macro
(preproc_function_def name: (_) @name) @macro
(preproc_include path: (_) @from) @import
"""

_QUALIFIED = "(function_declarator declarator: (qualified_identifier) @qualified)"
_MEMBER = (
    "(function_declarator declarator: [(field_identifier) (destructor_name) (operator_name)] @name)"
)

_CPP = f"""
(class_specifier name: (_) @name (base_class_clause)? @bases body: (_) @body) @class
(struct_specifier name: (_) @name (base_class_clause)? @bases body: (_) @body) @class
(namespace_definition name: (_) @name body: (_) @body) @module
(function_definition declarator: {_deep(_QUALIFIED)} body: (_) @body) @method
(function_definition declarator: (reference_declarator {_QUALIFIED}) body: (_) @body) @method
(function_definition declarator: {_deep(_MEMBER)} body: (_)? @body) @function
(function_definition declarator: (reference_declarator {_MEMBER}) body: (_)? @body) @function
(function_definition declarator:
  (reference_declarator (function_declarator declarator: (identifier) @name))
  body: (_) @body) @function
(declaration declarator: {_deep(_MEMBER)}) @function.outer
(declaration declarator: (reference_declarator
  (function_declarator declarator: (identifier) @name))) @function.outer
(field_declaration declarator: {_deep(_MEMBER)}) @method
(field_declaration declarator: (reference_declarator {_MEMBER})) @method
(field_declaration declarator: (reference_declarator (field_identifier) @name)) @field
(template_declaration (_) @inner) @around
(alias_declaration name: (_) @name) @type
(concept_definition name: (_) @name) @type
(declaration_list (declaration declarator: {_GLOBAL}) @variable.outer)
(declaration_list
  (declaration declarator: (init_declarator declarator: {_GLOBAL})) @variable.outer)
"""

C = Outline(_TAGGED + _BOTH + _GLOBALS, passes_on=True)
CPP = Outline(_CPP + _TAGGED + _BOTH + _GLOBALS, ("[[",), passes_on=True)
