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
    from collections.abc import Callable

    from understudy.config.policy import Policy
    from understudy.config.settings import CheckerSettings

    Origins = Callable[[str], tuple[str, str]]
    """Tells by a provider's id the origin where it is asked now, and its built-in one, as text.

    Empty where there is none.
    """


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
    clouds: frozenset[tuple[str, str, str]] = frozenset()
    """A folder, a provider and an origin each: the folder's code may be sent there.

    The origin is empty in entries of before it was recorded: the provider's built-in one is meant.
    """
    takeovers: frozenset[tuple[str, bool]] = field(default=frozenset())
    """A folder each, and the answer to all questions there whether a dearer model takes over."""

    def trusts(self, root: Path) -> bool:
        """Whether a folder, or one above it, is trusted."""
        key = Path(folder_key(root))
        return any(str(folder) in self.folders for folder in (key, *key.parents))

    def digests(self) -> frozenset[str]:
        """The hashes of all trusted commands."""
        return frozenset(command.digest for command in self.commands)

    def clouds_for(self, root: Path, origins: Origins) -> frozenset[str]:
        """The providers to which a folder's code may be sent. Folders above it don't count.

        Args:
            root: the folder.
            origins: where each provider is asked. Where that is not what was agreed to, its
                consent does not count.
        """
        key, found = folder_key(root), set()
        for folder, provider, agreed in self.clouds:
            now, built_in = origins(provider)
            if folder == key and now and now == (agreed or built_in):
                found.add(provider)
        return frozenset(found)

    def with_cloud(self, root: Path, provider: str, origin: str) -> TrustRecord:
        """The record with leave to send a folder's code to a provider at an origin."""
        return replace(self, clouds=self.clouds | {(folder_key(root), provider, origin)})

    def without_cloud(self, root: Path, provider: str | None) -> TrustRecord:
        """The record without that leave.

        When None is named, for all providers, and without the answer about dearer models too.
        """
        key = folder_key(root)
        gone = {one for one in self.clouds if one[0] == key and provider in (None, one[1])}
        answers = {one for one in self.takeovers if one[0] == key and provider is None}
        return replace(self, clouds=self.clouds - gone, takeovers=self.takeovers - answers)

    def takeover(self, root: Path) -> bool | None:
        """Whether a dearer model may always take over in a folder; None when nothing was said."""
        return dict(self.takeovers).get(folder_key(root))

    def with_takeover(self, root: Path, *, agreed: bool) -> TrustRecord:
        """The record with an answer to all such questions in a folder."""
        key = folder_key(root)
        others = {one for one in self.takeovers if one[0] != key}
        return replace(self, takeovers=frozenset({*others, (key, agreed)}))

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
