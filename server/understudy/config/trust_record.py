"""What the user trusts: folders, single commands that a workspace wrote, and who may get code.

Trusting a folder lets its own tools run. It does not let through the commands that files in it
set for checkers: each of those is trusted by its hash, so that a changed one is asked about again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.config.policy import Policy
    from understudy.config.settings import CheckerSettings


@dataclass(frozen=True, slots=True, order=True)
class TrustedCommand:
    """A checker's command, trusted as it is written, in one folder.

    Attributes:
        root: the workspace folder, as `folder_key` spells it.
        checker: for people; another checker with the same command is the same command.
    """

    root: str
    checker: str
    command: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What is trusted."""
        return _digest(self.root, self.command)


@dataclass(frozen=True, slots=True)
class TrustRecord:
    """Everything that was trusted; folders as `folder_key` spells them."""

    folders: frozenset[str] = frozenset()
    commands: frozenset[TrustedCommand] = field(default=frozenset())
    clouds: frozenset[tuple[str, str]] = frozenset()
    """Pairs of a folder and a provider: the folder's code may be sent there."""

    def trusts(self, root: Path) -> bool:
        """Whether a folder, or one above it, is trusted."""
        key = Path(folder_key(root))
        return any(str(folder) in self.folders for folder in (key, *key.parents))

    def digests(self) -> frozenset[str]:
        """The hashes of all trusted commands."""
        return frozenset(command.digest for command in self.commands)

    def clouds_for(self, root: Path) -> frozenset[str]:
        """The providers to which a folder's code may be sent. Folders above it don't count."""
        key = folder_key(root)
        return frozenset(provider for folder, provider in self.clouds if folder == key)

    def with_cloud(self, root: Path, provider: str) -> TrustRecord:
        """The record with leave to send a folder's code to a provider."""
        return replace(self, clouds=self.clouds | {(folder_key(root), provider)})

    def without_cloud(self, root: Path, provider: str | None) -> TrustRecord:
        """The record without that leave; for all providers when None is named."""
        key = folder_key(root)
        gone = {pair for pair in self.clouds if pair[0] == key and provider in (None, pair[1])}
        return replace(self, clouds=self.clouds - gone)

    def with_folder(self, root: Path) -> TrustRecord:
        """The record with a folder trusted."""
        return replace(self, folders=self.folders | {folder_key(root)})

    def with_command(self, root: Path, checker: str, command: tuple[str, ...]) -> TrustRecord:
        """The record with one command trusted."""
        trusted = TrustedCommand(folder_key(root), checker, command)
        return replace(self, commands=self.commands | {trusted})

    def without(self, root: Path, checker: str | None = None) -> TrustRecord:
        """The record without a folder and all its commands, or without those of one checker."""
        key = folder_key(root)
        gone = {
            trusted
            for trusted in self.commands
            if trusted.root == key and checker in (None, trusted.checker)
        }
        folders = self.folders if checker is not None else self.folders - {key}
        return replace(self, folders=folders, commands=self.commands - gone)


def folder_key(root: Path) -> str:
    """One spelling for all the ways to name a folder."""
    return os.path.normcase(os.path.realpath(root))


def command_hash(root: Path, command: tuple[str, ...]) -> str:
    """SHA-256, in hexadecimal digits, of a command in a workspace folder."""
    return _digest(folder_key(root), command)


def may_run_command(policy: Policy, root: Path | None, checker: CheckerSettings) -> bool:
    """Whether a checker's command may be started, as far as who wrote it is concerned.

    Whether programs inside the workspace may run is the policy's own question.
    """
    if not policy.may_run_tools:
        return False
    if not checker.command_from_workspace:
        return True
    return root is not None and command_hash(root, checker.command) in policy.commands


def _digest(root: str, command: tuple[str, ...]) -> str:
    canonical = json.dumps(
        {"command": list(command), "root": root}, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
