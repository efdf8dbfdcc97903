"""Go."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.context.outline import Outline
from understudy.languages import Language

_OUTLINE = """
(package_clause (_) @package)
(function_declaration name: (_) @name body: (_)? @body) @function
(method_declaration receiver: (parameter_list (parameter_declaration type: [
  (type_identifier) @owner (generic_type type: (_) @owner)
  (pointer_type [(type_identifier) @owner (generic_type type: (_) @owner)])]))
  name: (_) @name body: (_)? @body) @method
(type_spec name: (_) @name type: (struct_type) @body) @class
(type_spec name: (_) @name type: (interface_type) @body) @class
(type_spec name: (_) @name) @type
(type_alias name: (_) @name) @type
(type_spec type: (struct_type (field_declaration_list
  (field_declaration !name type: (_) @base)))) @within
(type_spec type: (interface_type (type_elem . (type_identifier) @base .))) @within
(type_spec type: (struct_type (field_declaration_list (field_declaration name: (_) @name) @field)))
(method_elem name: (_) @name) @method
(source_file (const_declaration (const_spec (identifier) @name) @constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @variable))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @variable)))

(import_spec !name path: (_) @from) @import
(import_spec name: (package_identifier) @as path: (_) @from) @import
(import_spec name: (dot) @all path: (_) @from) @import
(import_spec name: (blank_identifier) @as path: (_) @from) @import
"""

LANGUAGE = Language(
    id="go",
    suffixes=frozenset({".go"}),
    name="Go",
    fence="go",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_go",
        symbols=kinds("function_declaration method_declaration type_declaration"),
        blocks=kinds(
            "if_statement for_statement expression_switch_statement "
            "type_switch_statement select_statement import_declaration "
            "const_declaration var_declaration"
        ),
    ),
    outline=Outline(_OUTLINE),
    tests=("{stem}_test.go",),
)
