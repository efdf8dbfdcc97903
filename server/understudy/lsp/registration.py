"""Ask the client to tell us about files that we do not see change."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError

if TYPE_CHECKING:
    from understudy.lsp.app import App

CONFIGURATION_GLOB = "**/.understudy/config.toml"


async def register_watchers(app: App) -> None:
    """Watch the workspace's own configuration, where the client can."""
    if not app.session.client.watches_files:
        return
    options = lsp.DidChangeWatchedFilesRegistrationOptions(
        watchers=[lsp.FileSystemWatcher(glob_pattern=CONFIGURATION_GLOB)]
    )
    registration = lsp.Registration(
        id="understudy.configuration",
        method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=options,
    )
    with contextlib.suppress(ClientRefusedError):
        await app.ask(
            lsp.CLIENT_REGISTER_CAPABILITY,
            lsp.RegistrationParams(registrations=[registration]),
            timeout_s=10.0,
        )
