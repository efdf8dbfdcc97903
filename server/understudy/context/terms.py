"""Two operands and what an operator says of them, in one form for all that say the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

_EQUAL = {"==": True, "===": True, "is": True, "!=": False, "!==": False, "is not": False}
_WITHIN = {"in": True, "not in": False}
_ORDER = {"<": (False, True), ">": (True, True), ">=": (False, False), "<=": (True, False)}
"""Whether the sides change place to become `<`, and whether that holds or doesn't."""
_SAME = {"&&": "and", "||": "or", "<>": "!=", "~=": "!="}
_EITHER_WAY = frozenset({"+", "*", "&", "|", "^", "and", "or", "=="})
_OTHER = frozenset({"-", "/", "//", "%", "**", "@", "<<", ">>", ">>>", "??", "<=>"})
COMPARES = frozenset({*_EQUAL, *_ORDER})


@dataclass(frozen=True, slots=True)
class Term:
    """Two operands and what is done with them, or a condition; and whether that is to hold.

    Of pairs of operators that say the same of the same operands, one stands for both.

    Attributes:
        text: as it is written.
    """

    operator: str
    operands: tuple[str, ...]
    holds: bool = True
    text: str = field(default="", compare=False)

    @property
    def opposite(self) -> Term:
        """The same, the other way round."""
        return replace(self, holds=not self.holds)


def term_of(left: str, sign: str, right: str) -> Term | None:
    """What an operator says of two operands; None for a sign that is no operator known here."""
    sign = _SAME.get(sign, sign)
    if sign in _EQUAL:
        return Term("==", tuple(sorted((left, right))), _EQUAL[sign])
    if sign in _WITHIN:
        return Term("in", (left, right), _WITHIN[sign])
    if sign in _ORDER:
        swaps, holds = _ORDER[sign]
        return Term("<", (right, left) if swaps else (left, right), holds)
    sign = sign.removesuffix("=") or sign
    if sign in _EITHER_WAY:
        return Term(sign, tuple(sorted((left, right))))
    return Term(sign, (left, right)) if sign in _OTHER else None
