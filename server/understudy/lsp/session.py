"""All mutable state of the server. Handlers write it on the loop; jobs get frozen views of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, RefusedError
from understudy.core.text import Span
from understudy.lsp.capabilities import Client
from understudy.lsp.editable import unknown_document
from understudy.lsp.edited import EditedFiles
from understudy.lsp.ready import fits
from understudy.lsp.waiting import ReadyEdits
from understudy.workspace.paths import path_of
from understudy.workspace.view import Notebook, OpenDocument, View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lsprotocol import types as lsp

    from understudy.config.policy import Policy
    from understudy.config.settings import Settings
    from understudy.engine.setup import Setup
    from understudy.lsp.documents import Change, Document
    from understudy.lsp.failed import Failed
    from understudy.lsp.findings import Standing
    from understudy.lsp.fragment_documents import Desk
    from understudy.workspace.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Mends:
    """A configuration document's problems that can be put right, each with its edit.

    Attributes:
        version: the document's version that the ranges belong to.
    """

    version: int
    each: tuple[tuple[lsp.Diagnostic, lsp.TextEdit], ...]


@dataclass(frozen=True, slots=True)
class EditorSays:
    """What the editor configured at one moment, for whoever resolves settings off the loop."""

    options: dict[str, object]
    trust: bool | None
    doubtful: bool

    def set_up(self, root: Path | None) -> Setup:
        """Resolve the settings and the policy of a folder. Reads files."""
        from understudy.engine.setup import set_up

        return set_up(root, self.options, editor_trust=self.trust, doubtful=self.doubtful)


@dataclass
class Session:
    """What the server knows between two messages.

    Attributes:
        client: the client's abilities.
        roots: the workspace folders, in the client's order.
        settings / policies: as resolved for each root; None stands for documents outside all.
        documents: open documents and notebook cells, by URI.
        cells: the URIs of a notebook's cells in their order, by the notebook's URI.
        ready: verified edits that wait.
        desks: what is known beside open fragments of prompts, by URI.
        mends: of open configuration documents, what puts their problems right.
        reasons: what is published about edits for review and failed runs, by document.
        failed: runs that ended with a failure and are shown beside their problems, by document.
        findings: what reviews found and still fits, by document.
        editor_options: what the editor configured, raw.
        options_doubtful: whether a folder may have had a hand in `editor_options`.
        editor_trust: what the editor says about trust; None when it says nothing.
        consents: by folder, provider and origin, whether code may go there: questions that are
            open, or were answered with no.
        testing: held while tests run; several runs at once would only be slower.
        edited: the files that were edited lately.
        standing: by folder, the user's answer to all questions whether a dearer model is asked.
    """

    client: Client = field(default_factory=Client)
    roots: list[Path] = field(default_factory=list)
    settings: dict[Path | None, Settings] = field(default_factory=dict)
    policies: dict[Path | None, Policy] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    ready: ReadyEdits = field(default_factory=ReadyEdits)
    desks: dict[str, Desk] = field(default_factory=dict)
    mends: dict[str, Mends] = field(default_factory=dict)
    reasons: dict[str, list[lsp.Diagnostic]] = field(default_factory=dict)
    failed: dict[str, list[Failed]] = field(default_factory=dict)
    findings: dict[str, list[Standing]] = field(default_factory=dict)
    editor_options: dict[str, object] = field(default_factory=dict)
    options_doubtful: bool = False
    editor_trust: bool | None = None
    consents: dict[tuple[Path, str, str], asyncio.Future[bool]] = field(default_factory=dict)
    standing: dict[Path | None, bool] = field(default_factory=dict)
    edited: EditedFiles = field(default_factory=EditedFiles)
    testing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def editor_says(self) -> EditorSays:
        """What the editor configured and says about trust, as it is now."""
        return EditorSays(
            dict(self.editor_options), self.editor_trust, doubtful=self.options_doubtful
        )

    def document(self, uri: str) -> Document:
        """The open document at `uri`.

        Raises:
            BadRequestError: when the editor has handed over no such document.
        """
        document = self.documents.get(uri)
        if document is None:
            raise BadRequestError(unknown_document(uri))
        return document

    def open(self, item: lsp.TextDocumentItem) -> Document:
        """Take a document that the client opened, or opened again."""
        from understudy.lsp.documents import Document

        document = Document(item.uri, str(item.language_id), item.version, item.text)
        self.documents[item.uri] = document
        self._drop_unfit(item.uri)
        return document

    def lose(self, uri: str) -> None:
        """The text of an open document is unknown: no edit can wait for it."""
        self.documents[uri].lose()
        self._drop_edits(uri)

    def close(self, uri: str) -> None:
        """Forget a document and the edits that waited for it."""
        self.documents.pop(uri, None)
        self.reasons.pop(uri, None)
        self.desks.pop(uri, None)
        self._drop_edits(uri)

    def _drop_edits(self, uri: str) -> None:
        self.mends.pop(uri, None)
        self.failed.pop(uri, None)
        self.findings.pop(uri, None)
        for ready in self.ready.of(uri):
            self.ready.drop(ready.id)
        for ready, _ in self.ready.with_file(uri):
            # What is on disk now may be another text.
            self.ready.drop(ready.id)

    def _drop_unfit(self, uri: str) -> None:
        """Drop edits of several documents that this one was changed under."""
        for ready, file in self.ready.with_file(uri):
            if not fits(file, self.documents[uri]):
                self.ready.drop(ready.id)

    def root_of_uri(self, uri: str) -> Path | None:
        """The innermost workspace folder that holds a document."""
        return self.root_of(self._path_of(uri))

    def _path_of(self, uri: str) -> Path | None:
        """Where a document lies; a cell, whose own URI names no file, lies in its notebook."""
        path = path_of(uri)
        if path is not None or not self.cells:
            return path
        notebook = next((one for one, cells in self.cells.items() if uri in cells), "")
        return path_of(notebook)

    def root_of(self, path: Path | None) -> Path | None:
        """The innermost workspace folder that holds `path`, told by the path alone."""
        if path is None:
            return None
        holding = [root for root in self.roots if path.is_relative_to(root)]
        return max(holding, key=lambda root: len(root.parts), default=None)

    def settings_for(self, root: Path | None) -> Settings:
        """The settings for documents of a workspace folder."""
        from understudy.config.settings import Settings

        return self.settings.get(root) or self.settings.get(None) or Settings()

    def policy_for(self, root: Path | None) -> Policy:
        """What may run for documents of a workspace folder; nothing while that is unknown."""
        from understudy.config.policy import Policy

        return self.policies.get(root) or self.policies.get(None) or Policy()

    def is_known(self, uri: str) -> bool:
        """Whether the text of an open document is known, and the whole notebook that it is in."""
        return not any(self.documents[one].lost for one in self._cells_of(uri) or (uri,))

    def _cells_of(self, uri: str) -> list[str]:
        """The open Python cells of the notebook that a cell is in; empty when it is in none."""
        cells = next((cells for cells in self.cells.values() if uri in cells), [])
        return [
            one
            for one in cells
            if one in self.documents and (one == uri or self.documents[one].language == "python")
        ]

    def _notebook_of(self, uri: str) -> Notebook | None:
        cells = self._cells_of(uri)
        if not cells:
            return None
        texts, here = [self.documents[one].text for one in cells], cells.index(uri)
        return Notebook(tuple(texts[:here]), tuple(texts[here + 1 :]))

    def view(
        self, uri: str, selection: Span | None = None, diagnostics: tuple[Diagnostic, ...] = ()
    ) -> View:
        """The document frozen as it is now.

        Raises:
            BadRequestError: when no such document is open.
            RefusedError: when its text is unknown.
        """
        document = self.document(uri)
        if not self.is_known(uri):
            raise RefusedError(
                "The editor sent a change of this document that could not be carried out, so its "
                "text is unknown. Close it and open it again."
            )
        path = self._path_of(uri)
        root = self.root_of(path)
        return View(
            uri=uri,
            text=document.text,
            policy=self.policy_for(root),
            version=document.version,
            language=document.language,
            path=path,
            root=root,
            roots=tuple(self.roots),
            selection=selection or Span(0, 0),
            diagnostics=diagnostics,
            environment=self.settings_for(root).python.environment,
            notebook=self._notebook_of(uri),
            beside=tuple(self._beside(uri, root)),
            recent=self.edited.but(path, lambda one: self.root_of(one) == root),
        )

    def _beside(self, uri: str, root: Path | None) -> Iterator[OpenDocument]:
        """The other open files of a workspace folder whose text is known."""
        for one in self.documents.values():
            path = path_of(one.uri) if root is not None and one.uri != uri else None
            if path is not None and not one.lost and self.root_of(path) == root:
                yield OpenDocument(one.uri, path, one.language, one.version, one.text)

    def change(self, uri: str, version: int, changes: list[Change]) -> None:
        """Carry out a client's changes, and carry the waiting edits over them.

        Raises:
            BadRequestError: when no such document is open.
        """
        document = self.document(uri)
        before = document.version
        document.change(version, changes, self.client.encoding)
        if self.ready.of(uri):
            self.ready.follow(uri, version, document.changes_since(before), document.line)
        self._drop_unfit(uri)
        self.edited.note(uri)
