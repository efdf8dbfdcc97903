"""Ask the client to tell us about what we do not see change."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.protocol import ClientRefusedError

if TYPE_CHECKING:
    from understudy.lsp.app import App

CONFIGURATION_GLOB = "**/.understudy/config.toml"


async def register(app: App) -> None:
    """Have the client tell of changed settings, its own and those in the workspace's file."""
    client = app.session.client
    wanted = []
    if client.tells_configuration:
        wanted.append(
            lsp.Registration(
                id="understudy.settings",
                method=lsp.WORKSPACE_DID_CHANGE_CONFIGURATION,
                register_options=lsp.DidChangeConfigurationRegistrationOptions(
                    section="understudy"
                ),
            )
        )
    if client.watches_files:
        watcher = lsp.FileSystemWatcher(glob_pattern=CONFIGURATION_GLOB)
        wanted.append(
            lsp.Registration(
                id="understudy.configuration",
                method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers=[watcher]),
            )
        )
    if wanted:
        params = lsp.RegistrationParams(registrations=wanted)
        with contextlib.suppress(ClientRefusedError):
            await app.ask(lsp.CLIENT_REGISTER_CAPABILITY, params, timeout_s=10.0)
