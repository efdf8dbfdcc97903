"""What may run for a document, and what may leave the machine. In doubt: nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Trust(StrEnum):
    """How far a workspace is trusted."""

    UNTRUSTED = "untrusted"
    """The editor says that the user does not trust this folder: its text is parsed, no tool runs."""
    RESTRICTED = "restricted"
    """Nobody said anything: tools from outside the workspace run, nothing inside it is executed."""
    TRUSTED = "trusted"
    """The user trusts the folder: its own tools may run."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be done for the documents of one workspace.

    Attributes:
        trust: how far the workspace is trusted.
        commands: SHA-256 hashes of the workspace's own commands that the user trusted, one by one.
        clouds: ids of the providers to which the user lets the workspace's code be sent.
    """

    trust: Trust = Trust.UNTRUSTED
    commands: frozenset[str] = field(default=frozenset())
    clouds: frozenset[str] = field(default=frozenset())

    @property
    def may_run_tools(self) -> bool:
        """Whether outside tools may look at the workspace's code at all."""
        return self.trust is not Trust.UNTRUSTED

    @property
    def may_ask_models(self) -> bool:
        """Whether any model outside of this process may see the workspace's code."""
        return self.trust is not Trust.UNTRUSTED

    @property
    def may_run_workspace_tools(self) -> bool:
        """Whether programs that lie inside the workspace may be started."""
        return self.trust is Trust.TRUSTED
