"""Ask the client to tell us about what we do not see change."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.languages import all_languages
from understudy.lsp.protocol import ClientRefusedError
from understudy.prompt.library import ENDINGS, FOLDER, user_folder
from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        wanted.append(_watching("understudy.configuration", CONFIGURATION_GLOB))
        wanted.append(_watching("understudy.index", *_indexed_globs()))
        wanted.append(
            _watching("understudy.fragments", f"**/{OWN_FOLDER}/{FOLDER}/*{{{','.join(ENDINGS)}}}")
        )
    wanted += _for_fragments(client.registers)
    if wanted:
        params = lsp.RegistrationParams(registrations=wanted)
        with contextlib.suppress(ClientRefusedError):
            await app.ask(lsp.CLIENT_REGISTER_CAPABILITY, params, timeout_s=10.0)


def _watching(name: str, *globs: str) -> lsp.Registration:
    watchers = [lsp.FileSystemWatcher(glob_pattern=glob) for glob in globs]
    return lsp.Registration(
        id=name,
        method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
    )


def _indexed_globs() -> list[str]:
    """What the index has files of, and the files that tell what it leaves out."""
    languages = (one for one in all_languages().values() if one.outline is not None)
    suffixes = sorted({suffix[1:] for one in languages for suffix in one.suffixes})
    return [f"**/*.{{{','.join(suffixes)}}}", "**/{.gitignore,.understudyignore}"]


def _for_fragments(features: frozenset[str]) -> Iterator[lsp.Registration]:
    """What is offered in fragments of prompts alone, where it can be offered there alone.

    Every other document has a server of its own for these, and some editors ask one server only.
    """
    folders = (f"**/{OWN_FOLDER}/{FOLDER}", user_folder().as_posix())
    selector = [
        lsp.TextDocumentFilterPattern(pattern=f"{folder}/*{ending}", scheme="file")
        for folder in folders
        for ending in ENDINGS
    ]
    options: dict[str, object] = {
        "completion": lsp.CompletionRegistrationOptions(
            document_selector=selector, trigger_characters=["{", ">", "."]
        ),
        "definition": lsp.DefinitionRegistrationOptions(document_selector=selector),
        "rename": lsp.RenameRegistrationOptions(document_selector=selector, prepare_provider=True),
    }
    for name in sorted(features):
        yield lsp.Registration(
            id=f"understudy.fragments.{name}",
            method=f"textDocument/{name}",
            register_options=options[name],
        )
