"""Rust."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.context.outline import Outline
from understudy.context.rust_imports import unpack
from understudy.languages import Language

_OUTLINE = """
(function_item name: (_) @name body: (_) @body) @function
(function_signature_item name: (_) @name) @function
(struct_item name: (_) @name body: (_)? @body) @class
(union_item name: (_) @name body: (_) @body) @class
(enum_item name: (_) @name body: (_) @body) @class
(trait_item name: (_) @name bounds: (_)? @bases body: (_) @body) @class
(enum_variant name: (_) @name) @field
(field_declaration name: (_) @name) @field
(impl_item type: [(type_identifier) @owner (scoped_type_identifier) @owner
  (generic_type type: [(type_identifier) @owner (scoped_type_identifier) @owner])]) @scope
(const_item name: (_) @name) @constant.outer
(static_item name: (_) @name) @constant.outer
(macro_definition name: (_) @name) @macro
(mod_item name: (_) @name body: (_)? @body) @module
(type_item name: (_) @name) @type.outer
(associated_type name: (_) @name) @type

(use_declaration) @tree
(mod_item !body) @tree
(extern_crate_declaration) @tree
((attribute_item (attribute (identifier) @is.path value: (string_literal) @from))
  . (mod_item name: (_) @as !body) @import)
"""

LANGUAGE = Language(
    id="rust",
    suffixes=frozenset({".rs"}),
    name="Rust",
    fence="rust",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_rust",
        symbols=kinds(
            "function_item impl_item struct_item enum_item union_item trait_item "
            "type_item macro_definition"
        ),
        blocks=kinds(
            "if_expression match_expression for_expression while_expression "
            "loop_expression unsafe_block let_declaration expression_statement "
            "use_declaration const_item static_item mod_item macro_invocation"
        ),
    ),
    outline=Outline(_OUTLINE, ("#[",), unpack=unpack),
    tests=("{stem}_test.rs", "{stem}_tests.rs", "tests/{stem}.rs"),
)
