"""What CommonJS modules offer: the parts of an outline for objects and values that are exported in place."""

from __future__ import annotations

_EXPORTS = "(member_expression object: (identifier) @is.module property: (property_identifier) @is.exports)"
_HOLDERS = (
    f"(assignment_expression left: {_EXPORTS} right: (object %s))",
    f"(assignment_expression left: {_EXPORTS} right: (assignment_expression right: (object %s)))",
    "(call_expression function: (member_expression object: (identifier) @is.Object"
    f" property: (property_identifier) @is.assign) arguments: (arguments . {_EXPORTS} . (object %s)))",
    "(call_expression function: (member_expression object: (identifier) @is.Object"
    " property: (property_identifier) @is.assign)"
    " arguments: (arguments . (identifier) @is.exports . (object %s)))",
)
"""Where an object is that a module offers the members of."""
_FUNCTIONS = "[(arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)]"
_MEMBERS = (
    "[(method_definition name: (_) @name body: (_) @body) @function.outer"
    f" (pair key: (_) @name value: {_FUNCTIONS}) @function.outer"
    " (pair key: (_) @name value: (class body: (_) @body)) @class.outer"
    " (pair key: (_) @name) @variable.outer]"
)
"""One pattern, because a grammar's query takes longer to compile with each one."""
_REQUIRE = "(call_expression function: (identifier) @is.require%s arguments: (arguments . (string) @from .))"
_PASSED = (
    "[(pair key: (_) @alias value: (identifier) @name)"
    f" (pair key: (_) @as value: {_REQUIRE % ''})"
    f" (spread_element {_REQUIRE % ' @all'})]"
)
"""What an object offers that is defined elsewhere."""
_NAMELESS = (
    "(member_expression object: (identifier) @is.module"
    " property: (property_identifier) @is.exports @name)"
)


def members(holder: str) -> str:
    """A pattern for the members of an object as definitions of their own.

    Args:
        holder: the pattern of what holds the object, with `%s` for what the object holds.
    """
    return holder % _MEMBERS


DEFINITIONS = "\n".join(
    (
        *map(members, _HOLDERS),
        f"(assignment_expression left: {_EXPORTS} right:"
        " (class name: (_) @name (class_heritage)? @bases body: (_) @body)) @class.outer",
        f"(assignment_expression left: {_NAMELESS} right:"
        " (class !name (class_heritage)? @bases body: (_) @body)) @class.outer",
        f"(assignment_expression left: {_NAMELESS} right:"
        " [(arrow_function body: (_) @body) (function_expression body: (_) @body)])"
        " @function.outer",
    )
)
"""Members of exported objects, and a class or function that is all that is exported."""

IMPORTS = "\n".join(
    (
        *(f"{holder % _PASSED} @import @passed" for holder in _HOLDERS),
        f"(assignment_expression left: {_EXPORTS} right: {_REQUIRE % ' @all'}) @import @passed",
    )
)
"""What is exported of other modules, or under another name."""
