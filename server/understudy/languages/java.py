"""Java."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.context.outline import Outline
from understudy.languages import Language

_OUTLINE = """
(package_declaration [(identifier) (scoped_identifier)] @package)
(class_declaration name: (_) @name superclass: (_)? @bases interfaces: (_)? @bases
  body: (_) @body) @class
(interface_declaration name: (_) @name (extends_interfaces)? @bases body: (_) @body) @class
(enum_declaration name: (_) @name interfaces: (_)? @bases body: (_) @body) @class
(record_declaration name: (_) @name interfaces: (_)? @bases body: (_) @body) @class
(annotation_type_declaration name: (_) @name body: (_) @body) @class
(record_declaration parameters: (formal_parameters (formal_parameter name: (_) @name) @field))
(method_declaration name: (_) @name body: (_)? @body) @method
(constructor_declaration name: (_) @name body: (_) @body) @method
(compact_constructor_declaration name: (_) @name body: (_) @body) @method
(annotation_type_element_declaration name: (_) @name) @method
(field_declaration declarator: (variable_declarator name: (_) @name)) @field
(constant_declaration declarator: (variable_declarator name: (_) @name)) @field
(enum_constant name: (_) @name) @field

(import_declaration (scoped_identifier scope: (_) @from name: (_) @name) . ";") @import
(import_declaration (identifier) @from . ";") @import
(import_declaration (_) @from (asterisk) @all) @import
"""

LANGUAGE = Language(
    id="java",
    suffixes=frozenset({".java"}),
    name="Java",
    fence="java",
    line_comment="//",
    block_comment=("/*", "*/"),
    grammar=Grammar(
        "tree_sitter_java",
        symbols=kinds(
            "method_declaration constructor_declaration "
            "compact_constructor_declaration class_declaration interface_declaration "
            "enum_declaration record_declaration annotation_type_declaration"
        ),
        blocks=kinds(
            "if_statement for_statement enhanced_for_statement while_statement "
            "do_statement try_statement try_with_resources_statement "
            "switch_expression synchronized_statement expression_statement "
            "field_declaration"
        ),
    ),
    outline=Outline(_OUTLINE, ("@",)),
    tests=("{stem}Test.java", "{stem}Tests.java", "Test{stem}.java", "{stem}IT.java"),
)
