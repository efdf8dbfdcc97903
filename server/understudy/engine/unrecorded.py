"""What is remembered of models in folders that refuse to have anything recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.steps import About, State
    from understudy.journal.ledger import MemoryLedger
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """Failures are counted in memory; whether a model's server answers is no matter of the folder.

    Attributes:
        servers: knows about servers, and is shared with all folders.
        counts: of failures, gone with the process.
    """

    servers: State
    counts: MemoryLedger

    def count(self, about: About, model: str, failure: Failure) -> tuple[int, int]:
        """Count a failure; `(so often this very one, so often its category)` of late."""
        return self.counts.count(about, model, failure)

    def worst(self, about: About, model: str, *, ever: bool = False) -> tuple[str, int]:
        """The category that failed most often, and how often; `("", 0)` for none."""
        return self.counts.worst(about, model, ever=ever)

    def reset(self, about: About, model: str) -> None:
        """Forget the failures: an edit was proved."""
        self.counts.reset(about, model)

    def claim(self, model: Model) -> str:
        """Ask for leave to call a model; a clause says why not, empty for leave."""
        return self.servers.claim(model)

    def unreachable(self, model: Model, failure: Failure) -> None:
        """The model's server failed, or asked for a pause."""
        self.servers.unreachable(model, failure)

    def reached(self, model: Model) -> None:
        """The model's server answered."""
        self.servers.reached(model)
