"""Facts as plain lists, for the way between two processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.index.facts import Definition, Facts, Import

if TYPE_CHECKING:
    from collections.abc import Sequence


def packed(facts: Facts) -> list[Any]:
    """Facts as JSON can hold them."""
    head = (facts.path, facts.language, facts.digest, facts.module)
    return [*head, facts.definitions, facts.imports, facts.uses]


def unpacked(rows: Sequence[Any]) -> Facts:
    """The facts again.

    Raises:
        ValueError, TypeError: when the rows are nothing that `packed` made.
    """
    path, language, digest, module, definitions, imports, uses = rows
    return Facts(
        path,
        language,
        digest,
        module,
        tuple(_definition(row) for row in definitions),
        imports_of(imports),
        tuple(uses),
    )


def _definition(row: Sequence[Any]) -> Definition:
    name, kind, first, head, body, stop, parent, bases, owner = row
    return Definition(name, kind, first, head, body, stop, parent, tuple(bases), owner)


def imports_of(rows: Sequence[Any]) -> tuple[Import, ...]:
    """Imports from their rows."""
    return tuple(
        Import(module, tuple((name, here) for name, here in names), alias, line, passed_on)
        for module, names, alias, line, passed_on in rows
    )
