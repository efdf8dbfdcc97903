"""Python."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.context.outline import Outline
from understudy.languages import Language

_OUTLINE = """
(function_definition name: (_) @name body: (_) @body) @function
(class_definition name: (_) @name superclasses: (_)? @bases body: (_) @body) @class
(decorated_definition definition: (_) @inner) @around
(class_definition body: (block
  (expression_statement (assignment left: (identifier) @name)) @field))
(assignment left: (attribute object: (identifier) @is.self attribute: (_) @name)) @field
(assignment left: (pattern_list
  (attribute object: (identifier) @is.self attribute: (_) @name))) @field
(module (expression_statement (assignment left: (identifier) @name)) @variable)
(module (expression_statement (assignment
  left: (pattern_list (identifier) @name))) @variable)
(module (_ (block (expression_statement (assignment left: (identifier) @name)) @variable.outer)))
(module (_ (_ (block
  (expression_statement (assignment left: (identifier) @name)) @variable.outer))))
(type_alias_statement left: (type [(identifier) @name (generic_type (identifier) @name)])) @type

(import_statement name: (dotted_name) @from) @import
(import_statement name: (aliased_import name: (_) @from alias: (_) @as)) @import
(import_from_statement module_name: (_) @from name: (dotted_name) @name) @import
(import_from_statement module_name: (_) @from
  name: (aliased_import name: (_) @name alias: (_) @alias)) @import
(import_from_statement module_name: (_) @from (wildcard_import) @all) @import
"""

LANGUAGE = Language(
    id="python",
    suffixes=frozenset({".py", ".pyi", ".pyw"}),
    name="Python",
    fence="python",
    line_comment="#",
    grammar=Grammar(
        "tree_sitter_python",
        symbols=kinds("function_definition class_definition decorated_definition"),
        blocks=kinds(
            "if_statement for_statement while_statement with_statement try_statement "
            "match_statement expression_statement import_statement "
            "import_from_statement"
        ),
    ),
    outline=Outline(_OUTLINE, ("@",), indented=True, passes_on=True),
    tests=("test_{stem}.py", "{stem}_test.py"),
)
