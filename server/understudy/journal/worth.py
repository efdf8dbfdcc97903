"""What a judgement of an edit counts for: what is left of it, 0 to 1."""

from __future__ import annotations

JUDGEMENTS = frozenset({"kept", "changed", "undone", "diagnostic_back"})
"""What is said of an edit that tells how good it was; the last one counts."""


def worth(what: str, share: float | None) -> float:
    """How good an edit was by a judgement.

    Args:
        what: one of `JUDGEMENTS`.
        share: of the edit that is left, where the judgement is that it was changed.
    """
    if what == "kept":
        return 1.0
    return min(max(share or 0.0, 0.0), 1.0) if what == "changed" else 0.0
