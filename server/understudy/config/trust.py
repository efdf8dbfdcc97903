"""Who is trusted: the file that holds the trust record, and the policy that follows from it.

The file lies in the user's configuration folder, never in a workspace. One that is damaged, or
that others could have written, trusts nothing.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from understudy.config.paths import trust_file
from understudy.config.policy import Policy, Trust
from understudy.config.problems import ConfigProblem, Layer
from understudy.config.trust_record import TrustedCommand, TrustRecord, command_hash
from understudy.core.failures import RefusedError
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.settings import Settings
    from understudy.config.trust_record import Origins

_VERSION = 1
_MAX_BYTES = 16 * 1024 * 1024


def _nowhere(_provider: str) -> tuple[str, str]:
    """Where it is not known where providers are asked, no consent counts."""
    return "", ""


def policy_for(
    root: Path | None,
    *,
    editor_trust: bool | None,
    record: TrustRecord,
    settings: Settings,
    origins: Origins = _nowhere,
) -> Policy:
    """What may be done in a workspace folder.

    Args:
        root: the folder; None for documents outside any.
        editor_trust: what the editor says about it; None when it says nothing.
        record: what the user trusted.
        settings: the folder's own; of the workspace's commands, the trusted ones are let through.
        origins: where providers are asked by these settings.
    """
    if editor_trust is False:
        return Policy(Trust.UNTRUSTED)
    in_record = root is not None and record.trusts(root)
    trust = Trust.TRUSTED if editor_trust or in_record else Trust.RESTRICTED
    if root is None:
        return Policy(trust)
    written = (
        command_hash(root, checker.command)
        for checker in (*settings.checkers.values(), settings.tests.tool)
        if checker.command_from_workspace
    )
    return Policy(trust, record.digests() & frozenset(written), record.clouds_for(root, origins))


def load_record() -> tuple[TrustRecord, ConfigProblem | None]:
    """The record, or an empty one and why it is not believed. Reads one file; never raises."""
    path = trust_file()
    try:
        _check_owner(path)
        return _decode(json.loads(read_plain(path, _MAX_BYTES).decode())), None
    except FileNotFoundError:
        return TrustRecord(), None
    except RefusedError as refusal:
        reason = str(refusal)
    except OSError as failure:
        reason = f"can't be read ({failure.strerror})"
    except (ValueError, RecursionError):
        reason = "is damaged"
    message = (
        f"`{path}` {reason}, so no folder and no command is trusted, and no code is sent anywhere."
    )
    return TrustRecord(), ConfigProblem(Layer.USER, path, "", message)


def save_record(record: TrustRecord) -> None:
    """Put the record in place of the old one, at once or not at all, readable by the user alone.

    Raises:
        RefusedError: when the folder or the file can't be written.
    """
    path = trust_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_text(path, json.dumps(_encode(record), indent=2) + "\n", durable=True)
    except OSError as failure:
        message = f"`{path}` can't be written ({failure.strerror}), so nothing changed."
        raise RefusedError(message) from failure


def set_aside() -> Path | None:
    """Move a record that is not believed out of the way; its new path, None when there is none."""
    path = trust_file()
    aside = path.with_suffix(".broken.json")
    try:
        return path.replace(aside)
    except OSError:
        return None


def _check_owner(path: Path) -> None:
    """Refuse what is no plain file, and on POSIX what another user owns or may write."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise RefusedError("is not a regular file")
    if sys.platform == "win32":
        return
    if found.st_uid not in (0, os.geteuid()):
        raise RefusedError("belongs to another user")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise RefusedError("can be written by other users")


def _encode(record: TrustRecord) -> dict[str, object]:
    commands = {
        trusted.digest: {
            "root": trusted.root,
            "checker": trusted.checker,
            "command": list(trusted.command),
        }
        for trusted in sorted(record.commands)
    }
    return {
        "version": _VERSION,
        "folders": sorted(record.folders),
        "commands": commands,
        "clouds": [list(entry) for entry in sorted(record.clouds)],
        "takeovers": dict(sorted(record.takeovers)),
    }


def _decode(found: object) -> TrustRecord:
    """Read a record strictly: one wrong entry means that something else wrote the file."""
    if not isinstance(found, dict) or found.get("version") != _VERSION:
        raise ValueError("not a record of this version")
    folders, commands = found.get("folders"), found.get("commands")
    if not isinstance(commands, Mapping):
        raise ValueError("commands must be an object")  # noqa: TRY004 (one error for all damage)
    return TrustRecord(
        frozenset(_texts(folders)),
        frozenset(_trusted(digest, entry) for digest, entry in commands.items()),
        frozenset(_clouds(found.get("clouds", []))),
        frozenset(_takeovers(found.get("takeovers", {}))),
    )


def _trusted(digest: str, entry: object) -> TrustedCommand:
    if not isinstance(entry, Mapping):
        raise ValueError("an entry must be an object")  # noqa: TRY004 (one error for all damage)
    root, checker = _texts([entry.get("root"), entry.get("checker")])
    trusted = TrustedCommand(root, checker, _texts(entry.get("command")))
    if trusted.digest != digest:
        raise ValueError("the hash is not that of the command beside it")
    return trusted


def _clouds(found: object) -> Iterator[tuple[str, str, str]]:
    """A folder, a provider and an origin each; records of earlier versions lack the last, or all."""
    if not isinstance(found, list):
        raise ValueError("clouds must be a list")  # noqa: TRY004 (one error for all damage)
    for entry in found:
        root, provider, *origin = _texts(entry)
        if len(origin) > 1:
            raise ValueError("an entry has three parts")
        yield root, provider, "".join(origin)


def _takeovers(found: object) -> Iterator[tuple[str, bool]]:
    if not isinstance(found, Mapping):
        raise ValueError("takeovers must be an object")  # noqa: TRY004 (one error for all damage)
    for root, agreed in found.items():
        if not isinstance(agreed, bool):
            raise ValueError("an answer is true or false")  # noqa: TRY004 (one error for all damage)
        yield str(root), agreed


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError("expected strings")
    return tuple(found)
