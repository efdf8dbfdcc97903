"""One way in which a provider says no."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from tests.providers.answers import Status

RATE = FailureCategory.RATE_LIMIT
QUOTA = FailureCategory.QUOTA_EXHAUSTED
DOWN = FailureCategory.PROVIDER_UNAVAILABLE
OVERFLOW = FailureCategory.CONTEXT_OVERFLOW
CANNOT = FailureCategory.CAPABILITY_MISMATCH
FILTER = FailureCategory.CONTENT_FILTERED
AUTH = FailureCategory.AUTH_ERROR
TIMEOUT = FailureCategory.TIMEOUT
OURS = FailureCategory.UNKNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """One way of saying no.

    Attributes:
        family: in whose requests the provider says it.
        category: what it means; `unknown` where the request itself is wrong.
        after_s: the wait that is asked for; None when none is.
    """

    name: str
    provider: str
    family: str
    status: Status
    category: FailureCategory
    after_s: float | None = None

    @property
    def window(self) -> int | None:
        """The window, in tokens, that is told about; None for limits of anything else."""
        if self.category is not OVERFLOW:
            return None
        found = re.search(_WINDOW, json.dumps(self.status.body))
        return int(next(filter(None, found.groups()))) if found else None


_WINDOW = (
    r"maximum context length is (\d+)|tokens > (\d+) maximum|exceed context limit: .*? > (\d+)"
    r"|maximum number of tokens allowed \((\d+)|available context size \((\d+)"
    r"|context length of only (\d+)|n_ctx: (\d+)"
)
