"""What JavaScript and TypeScript, each with or without JSX, have in common."""

from __future__ import annotations

from understudy.context.common_js_outline import DEFINITIONS, IMPORTS, members
from understudy.context.outline import Outline

_ECMASCRIPT = """
(function_declaration name: (_) @name body: (_) @body) @function
(generator_function_declaration name: (_) @name body: (_) @body) @function
(class_declaration name: (_) @name (class_heritage)? @bases body: (_) @body) @class
(export_statement (_) @inner) @around
(class_body (method_definition name: (_) @name body: (_) @body) @method)
(assignment_expression
  left: (member_expression object: (this) property: (_) @name)) @field

(lexical_declaration (variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)
  (generator_function body: (_) @body)])) @function.outer
(variable_declaration (variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)])) @function.outer
(lexical_declaration (variable_declarator name: (identifier) @name value:
  (class body: (_) @body))) @class.outer
(expression_statement (assignment_expression
  left: (member_expression object: (member_expression object: (identifier) @owner
    property: (property_identifier) @is.prototype) property: (property_identifier) @name)
  right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @method.outer
(expression_statement (assignment_expression
  left: (member_expression property: (property_identifier) @name)
  right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @function.outer
(program (expression_statement (assignment_expression
  left: (member_expression object: (identifier) @is.exports property: (_) @name)) @variable))
(program (expression_statement (assignment_expression
  left: (member_expression object: (member_expression object: (identifier) @is.module
    property: (property_identifier) @is.exports) property: (_) @name)) @variable))

(program (lexical_declaration (variable_declarator value: (object
  [(method_definition name: (_) @name body: (_) @body) @method
   (pair key: (property_identifier) @name value: [(arrow_function body: (_) @body)
     (function_expression body: (_) @body)]) @method]))))
(program (export_statement (lexical_declaration (variable_declarator value: (object
  [(method_definition name: (_) @name body: (_) @body) @method
   (pair key: (property_identifier) @name value: [(arrow_function body: (_) @body)
     (function_expression body: (_) @body)]) @method])))))

(program (lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name)) @constant)
(program (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)
(program (lexical_declaration (variable_declarator name: (object_pattern
  [(shorthand_property_identifier_pattern) @name
   (pair_pattern value: (identifier) @name)]))) @variable)
(program (variable_declaration (variable_declarator name: (identifier) @name)) @variable)
(export_statement (lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @name)) @constant)
(export_statement (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)
(export_statement (lexical_declaration (variable_declarator name: (object_pattern
  [(shorthand_property_identifier_pattern) @name
   (pair_pattern value: (identifier) @name)]))) @variable)
(export_statement (variable_declaration (variable_declarator name: (identifier) @name)) @variable)

(import_statement source: (_) @from) @import
(import_statement (import_clause (identifier) @default) source: (_) @from) @import
(import_statement (import_clause (named_imports
  (import_specifier name: (_) @name alias: (_)? @alias))) source: (_) @from) @import
(import_statement (import_clause (namespace_import (identifier) @as)) source: (_) @from) @import
(export_statement "*" @all !declaration source: (_) @from) @import @passed
(export_statement (namespace_export (identifier) @as) source: (_) @from) @import @passed
(export_statement (export_clause
  (export_specifier name: (_) @name alias: (_)? @alias)) source: (_) @from) @import @passed
(export_statement !source (export_clause (export_specifier name: (_) @offered)))
(export_statement !source (export_clause
  (export_specifier name: (_) @name alias: (_) @alias))) @import @passed
(export_statement "default" @name value: [(arrow_function body: (_) @body)
  (function_expression !name body: (_) @body)]) @function
(export_statement "default" @name value: (class !name body: (_) @body)) @class
(export_statement "default" @name value: [(object) (array)]) @variable

(call_expression function: (identifier) @is.require
  arguments: (arguments . (string) @from .)) @import
(variable_declarator name: (identifier) @as value: (call_expression
  function: (identifier) @is.require arguments: (arguments . (string) @from .))) @import
(variable_declarator name: (object_pattern [(shorthand_property_identifier_pattern) @name
  (pair_pattern key: (property_identifier) @name value: (identifier) @alias)])
  value: (call_expression function: (identifier) @is.require
    arguments: (arguments . (string) @from .))) @import
(call_expression function: (import) arguments: (arguments . (string) @from)) @import
(variable_declarator name: (identifier) @as value: (await_expression
  (call_expression function: (import) arguments: (arguments . (string) @from)))) @import
(variable_declarator name: (object_pattern [(shorthand_property_identifier_pattern) @name
  (pair_pattern key: (property_identifier) @name value: (identifier) @alias)])
  value: (await_expression
    (call_expression function: (import) arguments: (arguments . (string) @from)))) @import
"""

_COMMON_JS = f"{DEFINITIONS}\n{IMPORTS}\n"

_JAVASCRIPT = """
(field_definition property: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
(field_definition property: (_) @name) @field
"""

_TYPESCRIPT = """
(abstract_class_declaration name: (_) @name (class_heritage)? @bases body: (_) @body) @class
(interface_declaration name: (_) @name (extends_type_clause)? @bases body: (_) @body) @class
(enum_declaration name: (_) @name body: (_) @body) @class
(enum_body name: (_) @name @field)
(enum_assignment name: (_) @name) @field
(type_alias_declaration name: (_) @name) @type
(type_alias_declaration value: (object_type [
  (property_signature name: (_) @name) @field (method_signature name: (_) @name) @method]))
(type_alias_declaration value: (intersection_type (object_type [
  (property_signature name: (_) @name) @field (method_signature name: (_) @name) @method])))
(interface_body [
  (property_signature name: (_) @name) @field (method_signature name: (_) @name) @method])
(function_signature name: (_) @name) @function
(class_body (method_signature name: (_) @name) @method)
(abstract_method_signature name: (_) @name) @method
(public_field_definition name: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
(public_field_definition name: (_) @name) @field
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @field
(required_parameter "readonly" pattern: (identifier) @name) @field
(optional_parameter (accessibility_modifier) pattern: (identifier) @name) @field
(internal_module name: (_) @name body: (_) @body) @module
(module name: (_) @name body: (_) @body) @module
(ambient_declaration (lexical_declaration (variable_declarator name: (_) @name)) @variable)
(ambient_declaration (variable_declaration (variable_declarator name: (_) @name)) @variable)
(export_statement "default" @name
  value: [(as_expression) (satisfies_expression)]) @variable
(import_statement (import_require_clause (identifier) @as source: (_) @from)) @import
"""
_WHOLE = members('(export_statement "=" (object %s))')

_MARKS = ("@",)
JAVASCRIPT = Outline(_COMMON_JS + _ECMASCRIPT + _JAVASCRIPT, _MARKS)
TYPESCRIPT = Outline(_COMMON_JS + _ECMASCRIPT + _TYPESCRIPT + _WHOLE, _MARKS)
