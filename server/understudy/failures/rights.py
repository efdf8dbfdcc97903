"""What a server says whose key is good, but not for the model that was asked."""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import INSIDE, Rule

_STATUSES = frozenset({400, 401, 403, 404, INSIDE})
_WHO = r"(?:Authentication Error, )?(?:[\w`'\u2019.@-]{1,80} ){0,6}?"
"""The one whose rights they are, such as a key, a team or a project."""
_MODEL = (
    r"(?:(?:this|the|that|specified|requested) ){0,2}model\b"
    r"(?!['\u2019]|s\b| (?:APIs?|registry|endpoints?|scopes?|twice)\b)"
)
"""One model. Whose key may use none at all is told of models, or of their API."""

RULES = (
    Rule(
        Kind.MODEL_MISSING,
        _WHO + r"not allowed to (?:access|use|call|sample from) " + _MODEL,
        statuses=_STATUSES,
    ),
    Rule(
        Kind.MODEL_MISSING,
        _WHO
        + r"(?:do|does)(?: not|n['\u2019]t) have (?:access|permissions?) to (?:(?:access|use|call) )?"
        + _MODEL,
        statuses=_STATUSES,
    ),
    Rule(Kind.MODEL_MISSING, r"No access to " + _MODEL, statuses=_STATUSES),
)
