"""What this client can do, resolved once, and what the server announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types as lsp

from understudy.lsp.naming import command_ids
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import Encoding

_ENCODINGS: dict[str, Encoding] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}


@dataclass(frozen=True, slots=True)
class Client:
    """A client's abilities as plain facts.

    Attributes:
        name: `clientInfo.name`, empty when the client does not say.
        encoding: the unit of columns: the first of the client's choices that we know.
        document_changes: takes edits of several documents as one.
        resource_operations: which of `create`, `rename` and `delete` such an edit may hold.
        failure_handling: what it promises about such an edit that fails half way; empty when
            nothing.
        confirms: shows edits that need confirmation as a preview (change annotations).
        tags_actions: shows that an action was written by a model.
        configuration: answers when it is asked for its settings.
        explanations: has a panel in which explanations grow (`experimental.understudy.explanations`).
        previews: shows edits that wait beside the text (`experimental.understudy.previews`).
        status: has a status bar for us (`experimental.understudy.status`).
        contexts: opens what `understudy.contextPreview` answers (`experimental.understudy.contexts`).
        adding_models: how its user gets more models, as a sentence
            (`experimental.understudy.addingModels`).
        inline: shows what a line will be within the text.
        registers: which of `completion`, `definition` and `rename` it takes for some documents alone.
        tells_configuration: says when they change, once it is asked to.
    """

    name: str = ""
    encoding: Encoding = "utf-16"
    document_changes: bool = False
    resource_operations: frozenset[str] = frozenset()
    failure_handling: str = ""
    confirms: bool = False
    tags_actions: bool = False
    progress: bool = False
    shows_documents: bool = False
    configuration: bool = False
    tells_configuration: bool = False
    watches_files: bool = False
    explanations: bool = False
    previews: bool = False
    status: bool = False
    contexts: bool = False
    adding_models: str = ""
    inline: bool = False
    registers: frozenset[str] = frozenset()


def client_of(params: lsp.InitializeParams) -> Client:
    """Read the client's abilities from its `initialize` request."""
    abilities = params.capabilities
    name = params.client_info.name if params.client_info else ""
    edit = _get(abilities, "workspace", "workspace_edit", "change_annotation_support")
    together = _get(abilities, "workspace", "workspace_edit", "document_changes") is True
    operations = _get(abilities, "workspace", "workspace_edit", "resource_operations") or ()
    handling = _get(abilities, "workspace", "workspace_edit", "failure_handling")
    tags = _get(abilities, "text_document", "code_action", "tag_support", "value_set") or ()
    return Client(
        name=name,
        encoding=_encoding(_get(abilities, "general", "position_encodings") or ()),
        # File operations stand among `documentChanges` only, which Neovim does not announce beside.
        document_changes=together or bool(operations),
        resource_operations=frozenset(map(_word, operations)),
        failure_handling=_word(handling) if handling is not None else "",
        confirms=edit is not None,
        tags_actions=lsp.CodeActionTag.LlmGenerated in tags,
        progress=_get(abilities, "window", "work_done_progress") is True,
        shows_documents=_get(abilities, "window", "show_document", "support") is True,
        configuration=_get(abilities, "workspace", "configuration") is True,
        tells_configuration=_registers(abilities, "did_change_configuration"),
        explanations=_ours(abilities.experimental, "explanations"),
        previews=_ours(abilities.experimental, "previews"),
        status=_ours(abilities.experimental, "status"),
        contexts=_ours(abilities.experimental, "contexts"),
        adding_models=_said(abilities.experimental, "addingModels"),
        inline=_get(abilities, "text_document", "inline_completion") is not None,
        watches_files=_registers(abilities, "did_change_watched_files"),
        registers=frozenset(
            name
            for name in ("completion", "definition", "rename")
            if _get(abilities, "text_document", name, "dynamic_registration") is True
        ),
    )


def server_capabilities(client: Client) -> lsp.ServerCapabilities:
    """What the server can do for this client."""
    kinds = {task.kind for task in all_tasks().values()}
    # Every notebook with such cells. Without `notebook`, clients built on lsprotocol fail to read it.
    cells = lsp.NotebookDocumentFilterWithNotebook(
        notebook="*", cells=[lsp.NotebookCellLanguage(language="python")]
    )
    return lsp.ServerCapabilities(
        position_encoding=lsp.PositionEncodingKind(client.encoding),
        text_document_sync=lsp.TextDocumentSyncOptions(
            open_close=True,
            change=lsp.TextDocumentSyncKind.Incremental,
            save=lsp.SaveOptions(include_text=False),
        ),
        notebook_document_sync=lsp.NotebookDocumentSyncOptions(notebook_selector=[cells]),
        code_action_provider=lsp.CodeActionOptions(
            code_action_kinds=cast("list[lsp.CodeActionKind | str]", sorted(kinds)),
        ),
        execute_command_provider=lsp.ExecuteCommandOptions(commands=sorted(command_ids())),
        hover_provider=True,
        code_lens_provider=lsp.CodeLensOptions(),
        inline_completion_provider=client.inline or None,
        workspace=lsp.WorkspaceOptions(
            workspace_folders=lsp.WorkspaceFoldersServerCapabilities(
                supported=True, change_notifications=True
            )
        ),
    )


def _encoding(offered: Iterable[Any]) -> Encoding:
    """The client's first choice that we know; UTF-16 when it names none, as LSP has it."""
    for choice in offered:
        known = _ENCODINGS.get(_word(choice))
        if known is not None:
            return known
    return "utf-16"


def _word(value: Any) -> str:
    return str(getattr(value, "value", value))


def _registers(abilities: lsp.ClientCapabilities, what: str) -> bool:
    return _get(abilities, "workspace", what, "dynamic_registration") is True


def _ours(experimental: Any, what: str) -> bool:
    """Whether a client says that it knows something of ours."""
    return _known(experimental).get(what) is True


def _said(experimental: Any, what: str) -> str:
    """What a client says in words; empty for nothing."""
    said = _known(experimental).get(what)
    return said if isinstance(said, str) else ""


def _known(experimental: Any) -> dict[str, Any]:
    match experimental:
        case {"understudy": dict(said)}:
            return said
        case _:
            return {}


def _get(value: Any, *names: str) -> Any:
    for name in names:
        value = getattr(value, name, None)
        if value is None:
            return None
    return value
